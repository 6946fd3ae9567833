"""Slots as data: where things are shown, how many at once, how often to one person."""

from typing import Annotated

from msgspec import Meta

from kaifang.kernel import Key, Line, Shape, Who, Work, method

from .errors import SLOT_NOT_EXIST
from .tables import SlotRow

Few = Annotated[int, Meta(ge=1, le=50)]


class Slot(Shape):
    slot: Key  # its code
    zh: Line  # what it is called
    en: Line  # the same in English
    shown: Few = 3  # how many things are shown at once
    per_day: Few = 3  # how often a person sees one thing a day, unless it says less
    open: bool = True  # whether it is filled


# Those that every platform begins with; the operators may change each of them, and add others.
BUILT_IN = [
    Slot(slot="home_card", zh="首页卡片", en="Cards on the home page"),
    Slot(slot="my_apps", zh="我的小程序", en="My mini-programs", shown=4),
    Slot(slot="app_grid", zh="应用九宫格", en="The grid of applications", shown=9, per_day=10),
    Slot(slot="search", zh="搜索", en="Search", shown=5, per_day=20),
    Slot(slot="message", zh="消息", en="Messages", shown=5),
    Slot(slot="payment_success", zh="支付成功页", en="The page after paying", shown=3, per_day=5),
    Slot(slot="shop_page", zh="商家主页", en="The page of a shop", shown=5, per_day=10),
    Slot(slot="live_room", zh="直播间", en="The live room", shown=5, per_day=10),
    Slot(slot="mini_layer", zh="小程序快窗", en="The layer over a mini-program", shown=1),
]


def every_slot(work: Work) -> dict[str, Slot]:
    """All slots as they are now."""
    changed = {
        row.id: Slot(slot=row.id, zh=row.zh, en=row.en, shown=row.shown, per_day=row.per_day, open=row.open)
        for row in work.select(SlotRow, order="id")
    }
    return {slot.slot: slot for slot in BUILT_IN} | changed


def open_slot(work: Work, code: str) -> Slot:
    """The slot with this code, if it is filled."""
    row = work.find(SlotRow, id=code)
    if row is not None:
        slot = Slot(slot=row.id, zh=row.zh, en=row.en, shown=row.shown, per_day=row.per_day, open=row.open)
    else:
        slot = next((one for one in BUILT_IN if one.slot == code), None)
    if slot is None or not slot.open:
        raise SLOT_NOT_EXIST(slot=code)
    return slot


class SlotSet(Shape):
    slot: str  # the same


@method("kaifang.reach.slot.set", who=Who.OPERATOR)
def set_slot(work: Work, ask: Slot) -> SlotSet:
    """Add a slot, or say how one is filled from now on."""
    row = work.find(SlotRow, id=ask.slot)
    if row is None:
        row = SlotRow(id=ask.slot, zh=ask.zh, en=ask.en, shown=ask.shown, per_day=ask.per_day, open=ask.open)
        work.add(row)
    row.zh, row.en, row.shown, row.per_day, row.open = ask.zh, ask.en, ask.shown, ask.per_day, ask.open
    return SlotSet(slot=ask.slot)


class ListSlots(Shape):
    pass


class Slots(Shape):
    slots: list[Slot]  # by code


@method("kaifang.reach.slot.list", reads=True)
def list_slots(work: Work, ask: ListSlots) -> Slots:
    """List where things can be shown."""
    return Slots(slots=[slot for _, slot in sorted(every_slot(work).items())])
