"""Taking a card from a merchant, with the voucher that comes with it; and what becomes of that."""

from kaifang.kernel import Fault, Happening, Key, Line, Money, Move, Shape, Who, Work, hears, method

from .card import draw_card, issue, name_of
from .errors import (
    WUFU_FRIEND_ERROR,
    WUFU_HANDOUT_NOT_EXIST,
    WUFU_HANDOUT_OVER,
    WUFU_NOT_OPEN,
    WUFU_QUOTA_EMPTY,
    WUFU_TAKEN_ENOUGH,
    WUFU_VOUCHER_GONE,
)
from .find import open_campaign, person, signed_in
from .tables import HandoutRow, TakeRow, WufuRow

TAKE_FAULTS = [
    WUFU_HANDOUT_NOT_EXIST, WUFU_HANDOUT_OVER, WUFU_NOT_OPEN, WUFU_QUOTA_EMPTY, WUFU_TAKEN_ENOUGH, WUFU_VOUCHER_GONE,
    WUFU_FRIEND_ERROR,
]  # fmt: skip


class Take(Shape):
    handout_id: Key  # the platform's number
    out_no: Key = "once"  # your own number of this, where a person may take several; asking twice takes one
    exposure: Key | None = None  # the showing that led here


class Taken(Shape):
    card_id: str  # the platform's number
    kind: str  # which kind, such as 1001
    name: str  # such as 敬业福
    voucher_id: Line | None = None  # the voucher that came with it


@method("kaifang.wufu.take", who=Who.WALLET, raises=TAKE_FAULTS)
def take(work: Work, ask: Take) -> Taken:
    """Take a card that a merchant hands out, and the voucher that comes with it."""
    user = person(work, user_id=signed_in(work)).user_id
    handout = work.find(HandoutRow, id=ask.handout_id)
    if handout is None:
        raise WUFU_HANDOUT_NOT_EXIST(handout_id=ask.handout_id)
    return taken(work, handout, take_one(work, handout, user, ask.out_no, ask.exposure))


def taken(work: Work, handout: HandoutRow, found: TakeRow) -> Taken:
    """What was taken, as people are told."""
    row = work.find(WufuRow, id=handout.wufu)
    assert row is not None, f"{handout.id} is of no campaign"
    return Taken(card_id=found.card, kind=found.got, name=name_of(row, found.got), voucher_id=found.voucher)


def take_one(work: Work, handout: HandoutRow, user: str, out_no: str, exposure: str | None = None) -> TakeRow:
    """One card out of a merchant's quota, once for each number."""
    found = work.find(TakeRow, handout=handout.id, user=user, out_no=out_no)
    if found is not None:
        return found
    row = open_campaign(work, handout.wufu)
    if handout.closed:
        raise WUFU_HANDOUT_OVER(handout_id=handout.id)
    before = work.count(TakeRow, 'handout = ? and "user" = ?', (handout.id, user))
    if before >= handout.per_user:
        raise WUFU_TAKEN_ENOUGH(per_user=handout.per_user)
    one = Money(1, row.quota)
    work.post(Move(handout.stock, row.spent, one, WUFU_QUOTA_EMPTY), why="wufu.take", ref=handout.id)
    card, got = card_of(work, row, handout, user, f"{handout.id}/{out_no}")
    voucher = voucher_of(work, handout, user, card, exposure) if handout.activity else None
    work.tell(
        "wufu.take", card, campaign_id=row.id, handout_id=handout.id, merchant=handout.merchant, user=user, kind=got,
        voucher_id=voucher, exposure=exposure, shop_id=handout.shop,
    )  # fmt: skip
    taken = TakeRow(
        handout=handout.id, user=user, number=before + 1, out_no=out_no, card=card, got=got, voucher=voucher
    )
    return work.add(taken)


def card_of(work: Work, row: WufuRow, handout: HandoutRow, user: str, out_no: str) -> tuple[str, str]:
    """The card that somebody gets: its number and kind."""
    if not handout.gives:
        drawn = draw_card(work, row, user, out_no, handout.id)
        return drawn.card, drawn.got
    card = work.new_id("84001")
    issue(work, row, user, handout.gives, card)
    return card, handout.gives


def voucher_of(work: Work, handout: HandoutRow, user: str, card: str, exposure: str | None) -> str:
    """The voucher that comes with a card."""
    try:
        given = work.ask(
            "kaifang.voucher.give", activity_id=handout.activity, user=user, out_no=card, exposure=exposure
        )
    except Fault as refusal:
        raise WUFU_VOUCHER_GONE(reason=refusal.kind.code) from refusal
    return str(given.voucher_id)


@hears("voucher.use")
def used(work: Work, happening: Happening) -> None:
    """A voucher that came with a card was used: that is what the card brought."""
    found = work.find(TakeRow, voucher=happening.subject)
    if found is None or found.trade:
        return
    found.trade = str(happening.facts.get("trade_no") or happening.subject)
    try:
        with work.attempt() as part:
            found.revenue = part.ask("kaifang.trade.find", trade_no=found.trade).total
    except Fault:
        found.revenue = Money(0)  # used by its code alone: what was paid there is not known here


@hears("voucher.give_back")
def unused(work: Work, happening: Happening) -> None:
    """A refund brought the voucher back: the card brought nothing so far."""
    found = work.find(TakeRow, voucher=happening.subject)
    if found is not None:
        found.trade, found.revenue = "", Money(0)
