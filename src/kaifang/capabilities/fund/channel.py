"""What a person could pay an amount with, and why not with the rest."""

from collections.abc import Iterator
from typing import Literal

from kaifang.kernel import Amount, Fault, FaultKind, Key, Line, Money, Purse, Shape, Who, Work, method

from .bank import the_bank
from .charge import CREDIT, Spend, balance_refusal, card_refusal, open_for
from .errors import BALANCE_PAY_OFF, CARD_BALANCE_NOT_ENOUGH, CHANNEL_CLOSED, NO_INSTRUMENT, PAYER_STATUS_ERROR
from .find import the_party, the_user
from .quota import check
from .tables import Card, Wallet


class ListChannels(Shape):
    amount: Amount  # yuan to be paid
    purpose: Literal["pay", "transfer"] = "pay"  # transfer: to people, for which credit cards may not pay
    enable_channels: Line | None = None  # only these, by comma, as the cashier page says
    disable_channels: Line | None = None  # none of these, by comma, as the cashier page says


class Refused(Shape):
    code: str  # the fault's code, such as BALANCE_NOT_ENOUGH
    zh: str  # what stands against it, in Chinese
    en: str  # the same in English


class Channel(Shape):
    channel: Key  # balance, or the number of a card; what payments are told
    kind: str  # BALANCE, DEBIT or CREDIT
    bank_name: str | None = None  # whose card
    tail: str | None = None  # its last four digits
    available: Money | None = None  # yuan on the balance; what is on a card its bank knows
    refused: Refused | None = None  # why it cannot pay this; left out: it can


class Channels(Shape):
    channels: list[Channel]  # the balance, then the cards, the preferred one first: the first that can pay would


@method("kaifang.fund.channel.list", who=Who.WALLET, reads=True)
def list_channels(work: Work, ask: ListChannels) -> Channels:
    """List what a person could pay an amount with; nothing is moved, and nothing counted."""
    user = the_user(work)
    disabled = [name for name in (ask.disable_channels, CREDIT if ask.purpose == "transfer" else None) if name]
    spend = Spend(
        payer=user, amount=ask.amount, ref="-", why="-", enable_channels=ask.enable_channels,
        disable_channels=",".join(disabled) or None,
    )  # fmt: skip
    stop = refusal_of_all(work, spend)
    return Channels(channels=[balance(work, spend, stop), *cards(work, spend, stop)])


def refusal_of_all(work: Work, spend: Spend) -> FaultKind | None:
    """What stands against every way to pay: a blocked account, or a limit."""
    wallet = work.find(Wallet, id=spend.payer)
    if the_party(work, NO_INSTRUMENT, user_id=spend.payer).status != "NORMAL":
        return PAYER_STATUS_ERROR
    try:
        if wallet is not None and wallet.limited:
            check(work, spend.payer, "pay", spend.amount)
    except Fault as refusal:
        return refusal.kind
    return None


def balance(work: Work, spend: Spend, stop: FaultKind | None) -> Channel:
    """The balance as a way to pay."""
    off = None if the_party(work, NO_INSTRUMENT, user_id=spend.payer).balance_pay else BALANCE_PAY_OFF
    closed = None if open_for("balance", spend) else CHANNEL_CLOSED
    return Channel(
        channel="balance", kind="BALANCE", available=work.balance(Purse(spend.payer)),
        refused=told(stop or closed or off or balance_refusal(work, spend)),
    )  # fmt: skip


def cards(work: Work, spend: Spend, stop: FaultKind | None) -> Iterator[Channel]:
    """Each bound card as a way to pay."""
    wallet = work.find(Wallet, id=spend.payer)
    for card_id in wallet.cards if wallet else ():
        card = work.find(Card, id=card_id)
        assert card is not None, f"{spend.payer} bound {card_id}, which does not exist"
        closed = None if open_for(card.kind, spend) else CHANNEL_CLOSED
        yield Channel(
            channel=card.id, kind=card.kind, bank_name=the_bank(work, card.bank).name, tail=card.tail,
            refused=told(stop or closed or known_refusal(work, card, spend)),
        )  # fmt: skip


def known_refusal(work: Work, card: Card, spend: Spend) -> FaultKind | None:
    """Why a card cannot pay, as far as that is known beforehand: what is on it, its bank says when it is to pay."""
    refusal = card_refusal(work, card, spend.amount)
    return None if refusal is CARD_BALANCE_NOT_ENOUGH else refusal


def told(refusal: FaultKind | None) -> Refused | None:
    """What stands against a way to pay, as it is answered."""
    return Refused(code=refusal.code, zh=refusal.zh, en=f"{refusal.en} {refusal.fix}".strip()) if refusal else None
