"""Exchanging points: for a voucher at once, or for what the merchant hands over."""

from kaifang.kernel import Fault, Key, Shape, Who, Work, method

from .errors import CARD_NOT_EXIT, EXCHANGE_NOT_EXIST, INVALID, POINT_NOT_ENOUGH, SPENDING_ENDED, VOUCHER_NOT_HAD
from .find import held_card, person_meant
from .numbers import write_points
from .points import USED, have_or_pay, lose, points_of
from .rule import rule_of, until_of
from .states import MemberCard, Spending
from .tables import CardRow, Exchange, SpendRow
from .tell import facts, tell_merchant


class Spend(Shape):
    card: Key  # the platform's number
    key: Key  # what the points are exchanged for, by the merchant's name of it
    out_no: Key  # your own number of this; asking twice spends once
    exposure: Key | None = None  # the showing that led here


class Spent(Shape):
    spend_no: str  # 28 digits; what the merchant knows it by
    title: str  # what was had
    points: str  # what it took
    after: str  # what is left
    voucher_id: str | None = None  # the voucher, if it was one


@method(
    "kaifang.card.spend", who=Who.WALLET,
    raises=[CARD_NOT_EXIT, EXCHANGE_NOT_EXIST, POINT_NOT_ENOUGH, VOUCHER_NOT_HAD, INVALID],
)  # fmt: skip
def spend(work: Work, ask: Spend) -> Spent:
    """Exchange points of your card for something that its merchant offers for them."""
    row = held_card(work, person_meant(work, None), ask.card)
    known = work.find(SpendRow, card=row.id, out_no=ask.out_no)
    if known is not None:
        if known.key != ask.key:
            raise INVALID(field="out_no", reason="it was used for something else")
        return spent(work, row, known)
    offer = offered(work, row, ask.key)
    found = SpendRow(
        id=work.new_id("10105"), card=row.id, out_no=ask.out_no, merchant=row.merchant, key=offer.key,
        title=offer.title, points=offer.points,
    )  # fmt: skip
    lose(work, row, offer.points, USED, "point.spend", ref=found.id, short=POINT_NOT_ENOUGH)
    if offer.activity:
        found.voucher = voucher(work, row, offer.activity, found.id, ask.exposure)
    work.add(found)
    told = facts(row, exposure=ask.exposure, card=row.id, key=offer.key, points=write_points(offer.points))
    work.tell("membercard.spend", found.id, **told)
    tell_merchant(work, row, "SPENT", spend_no=found.id, key=offer.key, points=write_points(offer.points))
    return spent(work, row, found)


def offered(work: Work, row: CardRow, key: str) -> Exchange:
    """What is offered for points under this name."""
    rule = rule_of(work, row.template)
    found = next((one for one in rule.exchanges if one.key == key), None) if rule is not None else None
    if found is None:
        raise EXCHANGE_NOT_EXIST(key=key)
    return found


def voucher(work: Work, row: CardRow, activity: str, number: str, exposure: str | None) -> str:
    """A voucher of the activity; if there is none, nothing was spent."""
    try:
        given = work.ask(
            "kaifang.voucher.give", activity_id=activity, user=row.user, out_no=number, exposure=exposure
        )  # fmt: skip
    except Fault as refusal:
        raise VOUCHER_NOT_HAD(reason=refusal.kind.code) from None
    return str(given.voucher_id)


def spent(work: Work, row: CardRow, found: SpendRow) -> Spent:
    """What was had for points."""
    return Spent(
        spend_no=found.id, title=found.title, points=write_points(found.points),
        after=write_points(points_of(work, row)), voucher_id=found.voucher or None,
    )  # fmt: skip


class Undo(Shape):
    spend_no: Key  # which


class Undone(Shape):
    spend_no: str  # which


@method("kaifang.card.spend.undo", raises=[EXCHANGE_NOT_EXIST, SPENDING_ENDED, CARD_NOT_EXIT])
def undo(work: Work, ask: Undo) -> Undone:
    """Give a member's points back for what you did not hand over; vouchers are not taken back."""
    found = work.find(SpendRow, id=ask.spend_no)
    if found is None or found.merchant != work.caller.merchant or found.voucher:
        raise EXCHANGE_NOT_EXIST(spend_no=ask.spend_no)
    row = work.find(CardRow, id=found.card)
    if row is None or row.state != MemberCard.ACTIVE.name:
        raise CARD_NOT_EXIT(card=found.card)
    Spending.give_back(work, found, **facts(row))
    have_or_pay(work, row, found.points, until_of(rule_of(work, row.template), work.now), "point.give_back", found.id)
    return Undone(spend_no=found.id)
