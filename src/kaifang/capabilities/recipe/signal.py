"""What the merchant's own systems tell a recipe."""

from typing import Annotated, Any

from msgspec import Meta

from kaifang.kernel import Key, Moment, Shape, Work, method

from .errors import INSTALLATION_NOT_EXIST, INSTALLATION_STATUS_ERROR, NOT_THE_MERCHANT, SIGNAL_CLASH, SIGNAL_INVALID
from .find import Which, content_of, installation
from .hears import hear
from .inputs import read
from .language import Name
from .states import Installation


class Signal(Which):
    signal: Name  # which of the recipe's signals
    ref: Key  # your own number of this; telling it twice is telling it once
    data: Annotated[dict[Name, Any], Meta(max_length=20)] = {}  # what comes with it


class Signalled(Shape):
    installation_id: str  # which
    ref: str  # your own number of it


@method(
    "kaifang.recipe.signal", once=("installation_id", "ref"), clash=SIGNAL_CLASH,
    raises=[NOT_THE_MERCHANT, INSTALLATION_NOT_EXIST, INSTALLATION_STATUS_ERROR, SIGNAL_INVALID],
)  # fmt: skip
def signal(work: Work, ask: Signal) -> Signalled:
    """Tell a recipe what has happened in your own systems."""
    row = installation(work, ask.installation_id)
    if row.state == Installation.REMOVED.name:
        raise INSTALLATION_STATUS_ERROR(state=row.state)
    known = content_of(work, row).signals.get(ask.signal)
    if known is None:
        raise SIGNAL_INVALID(signal=ask.signal)
    event: dict[str, Any] = {"event": f"signal.{ask.signal}", "id": ask.ref, "at": str(Moment(work.now))}
    unknown = sorted(ask.data.keys() - known.data.keys())
    for name in known.data.keys() | unknown:
        try:
            if name in unknown or ask.data.get(name) is None:
                raise ValueError("unknown" if name in unknown else "missing")
            event[name] = read(known.data[name], ask.data[name])
        except ValueError as problem:
            raise SIGNAL_INVALID(field=f"data.{name}", reason=str(problem)) from None
    hear(work, row, event["event"], event)
    return Signalled(installation_id=row.id, ref=ask.ref)
