"""What plans offer to everybody: others ask before they let somebody have it."""

from typing import Annotated

from msgspec import Meta

from kaifang.kernel import Key, Shape, Who, Work, method

from .plan import LIVE, is_for_all
from .tables import PlanRow


class AskOffered(Shape):
    merchants: Annotated[list[Key], Meta(min_length=1, max_length=1000)]  # user ids of the merchants whose plans count
    activity_id: Key | None = None  # only this activity


class Offered(Shape):
    activities: list[str]  # those that are shown to everybody now


@method("kaifang.delivery.offered", who=Who.INSIDE, reads=True)
def offered(work: Work, ask: AskOffered) -> Offered:
    """List the activities that plans show to everybody now: anybody may have of them."""
    marks = ", ".join("?" * len(ask.merchants))
    where = f'merchant in ({marks}) and state in (?, ?) and "begin" <= ? and "end" > ? and activity <> \'\''
    values = [*ask.merchants, *LIVE, work.now, work.now]
    if ask.activity_id is not None:
        where, values = f"{where} and activity = ?", [*values, ask.activity_id]
    rows = work.select(PlanRow, where, values)
    return Offered(activities=sorted({row.activity for row in rows if is_for_all(row)}))
