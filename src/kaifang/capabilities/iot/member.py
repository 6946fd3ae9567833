"""Becoming a member with one tap, on the screen of a till or a face terminal, while one pays."""

from typing import Any

from kaifang.kernel import INVALID_PARAMETER, MINUTE, Key, Shape, Who, Work, method, told_as

from .errors import JOIN_REFUSED, OFFER_GONE
from .find import calling
from .tables import LookRow

OPEN = 5 * MINUTE  # how long after a payment its buyer can be meant


class Person(Shape):
    zim_id: Key | None = None  # the look at that person's face, or
    trade_no: Key | None = None  # the trade that the person has just paid


class Card(Shape):
    """A card that the person can join, or has."""

    template: str  # its number, to join by
    title: str  # what people read
    promises: list[str]  # what members get, a line each
    card: str | None = None  # the number of the person's own card; absent: not a member yet


class Offered(Shape):
    cards: list[Card]  # of the merchant whose device this is


@method("kaifang.iot.member.offer", who=Who.DEVICE, raises=[OFFER_GONE])
def offer(work: Work, ask: Person) -> Offered:
    """See which cards of the merchant the person at the device can join, to offer them on the screen."""
    found = joinable(work, person_at(work, ask))
    return Offered(
        cards=[
            Card(template=one.template, title=one.title, promises=one.promises, card=one.card)
            for one in found
        ]
    )  # fmt: skip


class Join(Person):
    template: Key  # which card, as it was offered
    exposure: Key | None = None  # the showing that led here


class Joined(Shape):
    card: str  # its number
    external_no: str  # the merchant's number of it


@method("kaifang.iot.member.join", who=Who.DEVICE, raises=[OFFER_GONE, JOIN_REFUSED])
def join(work: Work, ask: Join) -> Joined:
    """Let the person at the device become a member: the tap on the screen is the consent. Twice joins once."""
    user, device = person_at(work, ask), calling(work)
    if ask.template not in [one.template for one in joinable(work, user)]:
        raise JOIN_REFUSED(
            template=ask.template, reason="not a card of this merchant, or one that asks for personal data"
        )
    with told_as(dict.fromkeys(CARD_REFUSALS, JOIN_REFUSED)):
        card = wallet_of(work, user).ask(
            "kaifang.card.join", template=ask.template, shop=device.shop or None, exposure=ask.exposure,
            trade_no=ask.trade_no,
        )  # fmt: skip
    work.tell(
        "device.join", device.id, merchant=device.merchant, user=user, card=card.card, template=ask.template,
        exposure=ask.exposure, trade_no=ask.trade_no,
    )  # fmt: skip
    return Joined(card=card.card, external_no=card.external_no)


CARD_REFUSALS = (
    "CARD_FORM_MISSING", "CARD_HAS_OPENED", "TEMPLATE_NOT_EXIST", "TRADE_NOT_EXIST", "INVALID_PARAMETER",
)  # fmt: skip


def person_at(work: Work, ask: Person) -> str:
    """Who is at the device: whose face it saw, or who has paid just now."""
    if ask.zim_id is not None:
        look = work.find(LookRow, id=ask.zim_id)
        if look is not None and look.merchant == work.caller.merchant and look.user and look.until > work.now:
            return look.user
    elif ask.trade_no is not None:
        with told_as({"ACQ.TRADE_NOT_EXIST": OFFER_GONE}):
            trade = work.ask("kaifang.trade.find", trade_no=ask.trade_no, seller=work.caller.merchant)
        if trade.paid + OPEN > work.now:
            return str(trade.buyer)
    else:
        raise INVALID_PARAMETER(field="zim_id", reason="give zim_id or trade_no")
    raise OFFER_GONE()


def wallet_of(work: Work, user: str) -> Work:
    """The same unit of work, for the person at the device."""
    return work.acting(role="wallet", user=user)


def joinable(work: Work, user: str) -> list[Any]:
    """The cards of the device's merchant that cost and ask nothing: who must tell or pay does so on a telephone."""
    asked = {"merchant": work.caller.merchant, "shop": calling(work).shop or None}
    found = wallet_of(work, user).ask("kaifang.card.template.of", **asked).templates
    return [one for one in found if not one.required and one.price is None]
