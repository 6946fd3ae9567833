"""The official side of cards: merchants' own pages let people take, accept and count them, by scene."""

from typing import Annotated, Literal

from msgspec import Meta

from kaifang.kernel import INVALID_PARAMETER, Fault, Key, Line, Shape, Text, Work, method

from .card import held
from .errors import WUFU_FRIEND_ERROR, WUFU_HANDOUT_NOT_EXIST, WUFU_HANDOVER_NOT_EXIST, WUFU_HANDOVER_OVER
from .find import person, the_campaign
from .friend import take as take_gift
from .states import Wufu
from .tables import HandoutRow, HandoverRow
from .take import TAKE_FAULTS, take_one, taken


def at_scene(work: Work, scene: str) -> HandoutRow:
    """The caller's place with this name."""
    handout = work.find(HandoutRow, merchant=work.caller.merchant, scene=scene)
    if handout is None:
        raise WUFU_HANDOUT_NOT_EXIST(scene=scene)
    return handout


class Receive(Shape):
    scene: Key  # your name of the place
    front_biz_no: Key  # your own number of this; a person has one for each number
    user_id: Key  # user id of who takes it


class Received(Shape):
    card_id: str  # the platform's number
    card_type: str  # which kind, such as 1001


@method("alipay.fund.coupon.wufu.card.receive", raises=TAKE_FAULTS)
def receive(work: Work, ask: Receive) -> Received:
    """Let somebody take a card at a place of yours."""
    handout, user = at_scene(work, ask.scene), person(work, user_id=ask.user_id).user_id
    found = take_one(work, handout, user, ask.front_biz_no)
    return Received(card_id=found.card, card_type=found.got)


class Apply(Shape):
    sence_code: Key  # your name of the place
    biz_id: Key  # your own number of this; a person has one for each number
    user_id: Key | None = None  # who takes it, by user id,
    open_id: Line | None = None  # or as your app knows that person


class Surprise(Shape):
    """Something that came of it."""

    prize_name: str  # such as 敬业福
    prize_num: int  # how many
    prize_desc: str  # what it is: the number of the card or voucher


class Applied(Shape):
    prize_list: list[Surprise]  # the card, and the voucher that came with it


@method("alipay.fund.coupon.wufu.card.apply", raises=TAKE_FAULTS)
def apply(work: Work, ask: Apply) -> Applied:
    """Let somebody take a surprise at a place of yours: a card, and what comes with it."""
    handout = at_scene(work, ask.sence_code)
    user = person(work, user_id=ask.user_id, open_id=ask.open_id).user_id
    told = taken(work, handout, take_one(work, handout, user, ask.biz_id))
    prizes = [Surprise(prize_name=told.name, prize_num=1, prize_desc=told.card_id)]
    if told.voucher_id:
        prizes.append(Surprise(prize_name=handout.title, prize_num=1, prize_desc=told.voucher_id))
    return Applied(prize_list=prizes)


class Accept(Shape):
    card_id: Key  # the number of the gift: handover_id
    sender_user_id: Key  # user id of who gives it
    user_id: Key  # user id of who takes it
    source: Key | None = None  # where you come from; says nothing here


class Accepted(Shape):
    card_name: str  # such as 敬业福
    card_type: str  # which kind, such as 1001


@method(
    "alipay.fund.coupon.wufu.card.accept", raises=[WUFU_HANDOVER_NOT_EXIST, WUFU_HANDOVER_OVER, WUFU_FRIEND_ERROR]
)  # fmt: skip
def accept(work: Work, ask: Accept) -> Accepted:
    """Let somebody take a card that a friend gives."""
    handover = work.find(HandoverRow, id=ask.card_id)
    if handover is None or handover.user != ask.sender_user_id:
        raise WUFU_HANDOVER_NOT_EXIST(card_id=ask.card_id)
    told = take_gift(work, handover.id, person(work, user_id=ask.user_id).user_id)
    return Accepted(card_name=told.name, card_type=told.kind)


class Query(Shape):
    scene: Key  # your name of the place
    user_id: Key  # user id of whose cards


class Queried(Shape):
    count: str  # how many cards of the campaign this person has


@method("alipay.fund.coupon.wufu.card.query", reads=True, raises=[WUFU_HANDOUT_NOT_EXIST, WUFU_FRIEND_ERROR])
def query(work: Work, ask: Query) -> Queried:
    """Count the cards that somebody has in the campaign of a place of yours."""
    row, user = the_campaign(work, at_scene(work, ask.scene).wufu), person(work, user_id=ask.user_id).user_id
    return Queried(count=str(sum(held(work, row, user, kind.code) for kind in row.kinds)))


class Cost(Shape):
    cost_count: Annotated[int, Meta(ge=1, le=10_000)]  # how many cards are to be given for something
    cost_merchant_card: Literal["Y", "N", "true", "false"] = "N"  # whether kinds that only merchants hand out count
    source: Key | None = None  # SHOP, GAME or SQUARE; says nothing here
    ext_info: Text | None = None  # more; says nothing here
    user_id: Key | None = None  # whose cards, by user id,
    open_id: Line | None = None  # or as your app knows that person


class Number(Shape):
    """How many cards of a kind somebody has."""

    card_template_id: str  # which kind
    name: str  # such as 敬业福
    count: int  # how many
    selected_count: int  # how many of them would be given: those that are there several times first
    serial: int  # the place of the kind in the campaign, from 1


class Costs(Shape):
    success: bool  # whether it could be looked up
    can_cost: bool  # whether cards can be given now
    have_enough_cards: bool  # whether this person has so many
    card_numbers: list[Number]  # by kind
    result_code: str  # SUCCESS


@method("alipay.fund.coupon.wufu.costassets.query", reads=True, raises=[WUFU_HANDOUT_NOT_EXIST, WUFU_FRIEND_ERROR])
def cost(work: Work, ask: Cost) -> Costs:
    """Ask whether somebody has so many cards of the campaign in which you opened a place last."""
    places = work.select(HandoutRow, "merchant = ?", (work.caller.merchant,), "id desc", 1)
    if not places:
        raise WUFU_HANDOUT_NOT_EXIST()
    row, user = the_campaign(work, places[0].wufu), person(work, user_id=ask.user_id, open_id=ask.open_id).user_id
    merchants = ask.cost_merchant_card in ("Y", "true")
    kinds = [kind for kind in row.kinds if kind.weight or merchants]
    counts = [held(work, row, user, kind.code) for kind in kinds]
    chosen = choose(counts, ask.cost_count)
    numbers = [
        Number(card_template_id=kind.code, name=kind.name, count=count, selected_count=part, serial=serial)
        for serial, (kind, count, part) in enumerate(zip(kinds, counts, chosen, strict=True), 1)
    ]
    return Costs(
        success=True, can_cost=row.state == Wufu.COLLECTING.name, have_enough_cards=sum(counts) >= ask.cost_count,
        card_numbers=numbers, result_code="SUCCESS",
    )  # fmt: skip


def choose(counts: list[int], wanted: int) -> list[int]:
    """How many of each kind are given, so that as many kinds as possible stay."""
    chosen = [0] * len(counts)
    for _ in range(min(wanted, sum(counts))):
        most = max(range(len(counts)), key=lambda at: counts[at] - chosen[at])
        chosen[most] += 1
    return chosen


class Live(Shape):
    scene: Key  # your name of the live room
    card_type: Literal["WAN_NENG_FU", "SURPRISE_CARD"]  # a wild card, or a surprise
    taobao_id: Line  # who watches: here the user id or logon id
    front_biz_no: Key  # your own number of this; a person has one for each number


class Caught(Shape):
    """Something that was won."""

    prize_name: str  # such as 万能福
    prize_down_desc_text: str | None = None  # what it is: the number of the voucher that came with it


class Lived(Shape):
    prized: bool  # whether something was won
    prize_list: list[Caught]  # what


@method("alipay.fund.coupon.wufu.live.accept", raises=[WUFU_HANDOUT_NOT_EXIST, WUFU_FRIEND_ERROR])
def live(work: Work, ask: Live) -> Lived:
    """Let somebody who watches take a card in a live room of yours, as long as there are some."""
    handout = at_scene(work, ask.scene)
    kind = the_campaign(work, handout.wufu).kind(handout.gives)
    if handout.slot != "LIVE" or (ask.card_type == "WAN_NENG_FU") != (kind is not None and kind.wild):
        raise INVALID_PARAMETER(field="card_type", reason="not what this place hands out to those who watch")
    which = {"user_id": ask.taobao_id} if ask.taobao_id.startswith("2088") else {"logon_id": ask.taobao_id}
    user = person(work, **which).user_id
    try:
        with work.attempt() as part:
            told = taken(part, handout, take_one(part, handout, user, ask.front_biz_no))
    except Fault:
        return Lived(prized=False, prize_list=[])
    return Lived(prized=True, prize_list=[Caught(prize_name=told.name, prize_down_desc_text=told.voucher_id)])
