"""Runs as their merchant sees them: every call with what was asked and answered, to be resumed or undone."""

from typing import Annotated, Any, Literal

from msgspec import Meta

from kaifang.kernel import Key, Moment, Money, Shape, Work, method

from .errors import INSTALLATION_NOT_EXIST, NOT_THE_MERCHANT, RUN_NOT_EXIST, RUN_STATUS_ERROR, UNDO_REFUSED
from .find import Which, installation, installed, the_merchant
from .running import advance
from .setting_up import take_back
from .share import book
from .states import Installation, Run
from .tables import RunRow, StepRow


class Called(Shape):
    """A call that a run made."""

    number: int  # from 1
    step: int  # which step of the rule, from 1
    call: str  # the method
    asked: dict[str, Any]  # what it was asked
    answered: dict[str, Any]  # what it answered
    refusal: str | None = None  # or the code of why it did not
    moved: Money  # yuan of yours that it moved; below zero: that came to you
    takes_back: int | None = None  # the number of the call that this one undid
    at: Moment  # when


class Seen(Shape):
    run_id: str  # 28 digits
    installation_id: str  # which installation's
    rule: str  # which rule; empty: the set-up
    version: str  # of which version
    state: str  # RUNNING, WAITING, DONE, FAILED, LEFT or UNDONE
    event: dict[str, Any]  # what began it
    steps: int  # how many are behind it
    waits_on: str | None = None  # for which event it waits
    waits_until: Moment | None = None  # until when at most
    refusal: str | None = None  # the code that it failed with
    reason: str | None = None  # in words
    share: Money  # yuan that it costs you
    began: Moment  # when
    ended: Moment | None = None  # when it was done, left or undone


class Detail(Seen):
    calls: list[Called]  # what it did, in order


class List(Which):
    state: Literal["RUNNING", "WAITING", "DONE", "FAILED", "LEFT", "UNDONE"] | None = None  # only those
    page_num: Annotated[int, Meta(ge=1, le=10_000)] = 1  # from 1
    page_size: Annotated[int, Meta(ge=1, le=100)] = 20  # 1 to 100


class Listed(Shape):
    runs: list[Seen]  # the latest first


@method("kaifang.recipe.run.list", reads=True, raises=[NOT_THE_MERCHANT, INSTALLATION_NOT_EXIST])
def list_runs(work: Work, ask: List) -> Listed:
    """List the runs of an installation of yours, its set-up among them."""
    row = installation(work, ask.installation_id)
    where, values = "installation = ?", (row.id,)
    if ask.state is not None:
        where, values = f"{where} and state = ?", (row.id, ask.state)
    runs = work.select(
        RunRow, where, values, "at desc, id desc", ask.page_size, offset=(ask.page_num - 1) * ask.page_size
    )
    return Listed(runs=[Seen(**seen(run)) for run in runs])


def seen(run: RunRow) -> dict[str, Any]:
    """What is told of a run."""
    return {
        "run_id": run.id, "installation_id": run.installation, "rule": run.rule, "version": run.version_no,
        "state": run.state, "event": run.event, "steps": run.step, "waits_on": run.waits_on or None,
        "waits_until": Moment(run.waits_until) if run.state == Run.WAITING.name else None,
        "refusal": run.refusal or None, "reason": run.reason or None, "share": run.share, "began": Moment(run.at),
        "ended": Moment(run.ended) if run.ended else None,
    }  # fmt: skip


class WhichRun(Shape):
    run_id: Key  # 28 digits


def own_run(work: Work, number: str) -> RunRow:
    """A run of the calling merchant's."""
    run = work.find(RunRow, id=number)
    if run is None or run.merchant != the_merchant(work):
        raise RUN_NOT_EXIST(run_id=number)
    return run


@method("kaifang.recipe.run.look", reads=True, raises=[NOT_THE_MERCHANT, RUN_NOT_EXIST])
def look(work: Work, ask: WhichRun) -> Detail:
    """Look at a run: every call with what was asked and answered."""
    return detail(work, own_run(work, ask.run_id))


def detail(work: Work, run: RunRow) -> Detail:
    """A run with its calls."""
    return Detail(**seen(run), calls=calls_of(work, run))


def calls_of(work: Work, run: RunRow) -> list[Called]:
    """What a run did, in order."""
    made = work.select(StepRow, "run = ?", (run.id,), "number")
    return [
        Called(
            number=one.number, step=one.place + 1, call=one.call, asked=one.asked, answered=one.answered,
            refusal=one.refusal or None, moved=one.moved, takes_back=one.takes_back or None, at=Moment(one.at),
        )
        for one in made
    ]  # fmt: skip


@method("kaifang.recipe.run.resume", raises=[NOT_THE_MERCHANT, RUN_NOT_EXIST, RUN_STATUS_ERROR])
def resume(work: Work, ask: WhichRun) -> Detail:
    """Resume a run that failed, at the step that was refused; what was done before is not done again."""
    run = own_run(work, ask.run_id)
    Run.resume(work, run, installation=run.installation)
    run.refusal = run.reason = ""
    advance(work, run)
    return detail(work, run)


@method("kaifang.recipe.run.undo", raises=[NOT_THE_MERCHANT, RUN_NOT_EXIST, RUN_STATUS_ERROR, UNDO_REFUSED])
def undo(work: Work, ask: WhichRun) -> Detail:
    """Undo a run: its steps are taken back, the last first, its share and figures too."""
    run = own_run(work, ask.run_id)
    row = installed(work, run)
    if not run.rule or row.state == Installation.REMOVED.name or not Run.undo.possible(run):
        raise RUN_STATUS_ERROR(state=run.state)
    was_done = run.state == Run.DONE.name
    take_back(work, run, row)
    if was_done:
        book(work, run, row, -1)
    return detail(work, run)
