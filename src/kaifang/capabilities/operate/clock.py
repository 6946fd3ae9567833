"""The platform's clock: looking at it, and moving it on so that a year passes in a minute."""

from kaifang.kernel import DAY, INVALID_PARAMETER, NO_PERMISSION, Key, Moment, Shape, Who, Work, method
from kaifang.kernel.clock import lasts
from kaifang.kernel.platform import clock_of, move_clock

from .errors import CLOCK_RUNS_FORWARD, CLOCK_TOO_FAR

FARTHEST = 3660 * DAY


class Read(Shape):
    pass


class Told(Shape):
    now: Moment  # Beijing time
    ms: int  # the same in milliseconds since 1970
    stands: bool  # whether it stands still


@method("kaifang.clock.read", reads=True)
def read(work: Work, ask: Read) -> Told:
    """Read the platform's clock."""
    return Told(now=Moment(work.now), ms=work.now, stands=clock_of(work).frozen_at is not None)


class Move(Shape):
    to: Moment | None = None  # until when, or
    by: Key | None = None  # how far: 90s, 15m, 2h or 10d; neither: not at all
    stand: bool | None = None  # whether it stands still from there; left out: as it did before


@method("kaifang.clock.move", raises=[CLOCK_RUNS_FORWARD, CLOCK_TOO_FAR], who=Who.OPERATOR)
def move(work: Work, ask: Move) -> Told:
    """Move the clock on; whatever falls due on the way is done, in order, before the answer comes."""
    if not work.place.sandbox:
        raise NO_PERMISSION(needs="a sandbox: where money is real the clock is")
    target = goal(work, ask)
    if target < work.now:
        raise CLOCK_RUNS_FORWARD(now=Moment(work.now))
    if target - work.now > FARTHEST:
        raise CLOCK_TOO_FAR(latest=Moment(work.now + FARTHEST))
    move_clock(work, target, stand=ask.stand)
    return Told(now=Moment(target), ms=target, stands=clock_of(work).stand)


def goal(work: Work, ask: Move) -> int:
    """When the clock is wanted to be."""
    if ask.to is not None and ask.by is not None:
        raise INVALID_PARAMETER(field="by", reason="give to or by, not both")
    if ask.to is not None:
        return ask.to.ms
    try:
        return work.now + lasts(ask.by or "0s")
    except ValueError as problem:
        raise INVALID_PARAMETER(field="by", reason=str(problem)) from None
