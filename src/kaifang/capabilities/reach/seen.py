"""What people saw of what they searched for: told by the wallet, so that searching itself writes nothing."""

from typing import Annotated, Literal

from msgspec import Meta

from kaifang.kernel import Key, Shape, Who, Work, method

from .errors import INVALID
from .feed import signed_in
from .reading import wake
from .tables import ExposureRow

SLOT = "search"
OFFERED = {"VOUCHER": "VOUCHER", "APP": "APP"}  # everything else is a page


class Item(Shape):
    kind: Literal["SHOP", "SERVICE", "APP", "VOUCHER", "BOX"]  # as the search answered
    id: Key  # as the search answered


class Seen(Shape):
    report_no: Key  # the wallet's own number of this; telling it twice counts once
    items: Annotated[list[Item], Meta(min_length=1, max_length=50)]  # what came into view, in its order


class Counted(Shape):
    exposures: list[str]  # the number of each showing, in the same order; empty for what is not there any more


@method("kaifang.reach.seen", who=Who.WALLET, once=("report_no",), clash=INVALID, raises=[INVALID])
def seen(work: Work, ask: Seen) -> Counted:
    """Tell what of a search came into this person's view; each is a showing that what follows can name."""
    user = signed_in(work)
    numbers = [expose(work, user, item) for item in ask.items]
    shown = [number for number in numbers if number]
    if shown:
        work.tell("reach.show", shown[0], user=user, exposures=shown)
        wake(work)
    return Counted(exposures=numbers)


def expose(work: Work, user: str, item: Item) -> str:
    """Keep one showing, if the thing is there."""
    found = work.ask_if_offered("kaifang.search.document.read", kind=item.kind, id=item.id)
    if found is None or not found.merchant:
        return ""
    row = ExposureRow(
        id=work.new_id("20622"), user=user, merchant=found.merchant, slot=SLOT, placement="",
        kind=OFFERED.get(item.kind, "PAGE"), offer=item.id, at=work.now, points={},
    )  # fmt: skip
    return work.add(row).id
