"""A person's own money: the balance, to and from a card, and to a friend."""

from typing import Any

import msgspec

from kaifang.kernel import (
    Amount,
    Key,
    Line,
    Money,
    Move,
    Purse,
    Shape,
    Who,
    Work,
    method,
    told_as,
)

from .bank import the_bank
from .card import own_card
from .charge import CREDIT, TRANSFER_FAULTS, TRANSFER_REFUSALS, Charge, card_refusal, charge, count
from .collect import addressee
from .errors import (
    BALANCE_NOT_ENOUGH,
    BANK_DOWN,
    CARD_BALANCE_NOT_ENOUGH,
    CARD_NOT_EXIST,
    DAY_LIMIT,
    NO_INSTRUMENT,
    PAYEE_NOT_EXIST,
    PAYEE_USERINFO_ERROR,
    PAYEE_USERINFO_STATUS_ERROR,
    PAYER_PAYEE_CANNOT_SAME,
    PAYMENT_INFO_INCONSISTENCY,
    SINGLE_LIMIT,
)
from .find import Done, digest, the_party, the_user, wrong_password
from .payee import Participant, person
from .states import Transfer
from .tables import TransferRow


class Look(Shape):
    pass


class Balance(Shape):
    available: Money  # yuan that can be spent
    frozen: Money  # yuan set aside, by pre-authorisations for instance


@method("kaifang.wallet.balance", who=Who.WALLET, reads=True)
def balance(work: Work, ask: Look) -> Balance:
    """Show a person's own balance."""
    user = the_user(work)
    return Balance(available=work.balance(Purse(user)), frozen=work.balance(Purse(user, "held")))


def active_user(work: Work) -> str:
    """The person who is signed in, if that account is not blocked."""
    user = the_user(work)
    if the_party(work, NO_INSTRUMENT, user_id=user).status != "NORMAL":
        raise NO_INSTRUMENT(reason="the account is blocked")
    return user


class Numbered(Shape):
    """What moves money once for each number that the wallet gives it."""

    out_biz_no: Key | None = None  # the wallet's own number of it; asked again with the same it moves nothing more


def seen(work: Work, scene: str, ask: Any) -> TransferRow | None:
    """What was done under this number before, if anything was."""
    if ask.out_biz_no is None:
        return None
    row = work.find(
        TransferRow, merchant=the_user(work), product="WALLET", scene=scene, out_biz_no=ask.out_biz_no
    )  # fmt: skip
    if row is not None and row.digest != said(ask):
        raise PAYMENT_INFO_INCONSISTENCY(out_biz_no=ask.out_biz_no)
    return row


def note(work: Work, scene: str, ask: Any, number: str) -> None:
    """Keep what was done under the wallet's number."""
    user = the_user(work)
    if ask.out_biz_no is not None:
        work.add(TransferRow(
            id=number, merchant=user, product="WALLET", scene=scene, out_biz_no=ask.out_biz_no, origin="kaifang.wallet",
            digest=said(ask), amount=ask.amount, payer=user, payee=user, created=work.now, paid=work.now,
            state=Transfer.SUCCESS.name,
        ))  # fmt: skip


class Across(Numbered):
    card_id: Key  # which of the own cards
    amount: Amount  # yuan
    pay_password: Key  # the payment password


class Crossed(Done):
    available: Money = Money(0)  # yuan that can be spent now


@method(
    "kaifang.wallet.topup",
    who=Who.WALLET,
    raises=[
        CARD_NOT_EXIST, NO_INSTRUMENT, BANK_DOWN, SINGLE_LIMIT, DAY_LIMIT, CARD_BALANCE_NOT_ENOUGH,
        PAYMENT_INFO_INCONSISTENCY,
    ],
)  # fmt: skip
def topup(work: Work, ask: Across) -> Done | Crossed:
    """Move money from a debit card to the balance."""
    user = active_user(work)
    card = own_card(work, user, ask.card_id)
    done = seen(work, "TOPUP", ask)
    refusal = NO_INSTRUMENT if card.kind == "CREDIT" else card_refusal(work, card, ask.amount)
    if refusal is not None and done is None:
        raise refusal(card_id=card.id)
    wrong = wrong_password(work, ask.pay_password)
    if wrong:
        return wrong
    if done is None:
        number = work.new_id("20070")
        count(work, card, ask.amount)
        move = Move(card.purse, Purse(user), ask.amount, CARD_BALANCE_NOT_ENOUGH)
        work.post(move, why="wallet.topup", ref=number)
        note(work, "TOPUP", ask, number)
    return Crossed(done=True, available=work.balance(Purse(user)))


@method(
    "kaifang.wallet.withdraw",
    who=Who.WALLET,
    raises=[CARD_NOT_EXIST, NO_INSTRUMENT, BANK_DOWN, BALANCE_NOT_ENOUGH, PAYMENT_INFO_INCONSISTENCY],
)
def withdraw(work: Work, ask: Across) -> Done | Crossed:
    """Move money from the balance to an own card; a credit card is paid off with it."""
    user = active_user(work)
    card = own_card(work, user, ask.card_id)
    done = seen(work, "WITHDRAW", ask)
    if done is None and card.closed:
        raise NO_INSTRUMENT(card_id=card.id, reason="the bank has closed this card")
    if done is None and the_bank(work, card.bank).down:
        raise BANK_DOWN(bank_code=card.bank)
    wrong = wrong_password(work, ask.pay_password)
    if wrong:
        return wrong
    if done is None:
        number = work.new_id("20070")
        work.post(Move(Purse(user), card.purse, ask.amount, BALANCE_NOT_ENOUGH), why="wallet.withdraw", ref=number)
        note(work, "WITHDRAW", ask, number)
    return Crossed(done=True, available=work.balance(Purse(user)))


class Send(Shape):
    out_biz_no: Key  # the wallet's own number of it; the same number transfers once
    payee: Line  # logon id of who gets it, or the text of that person's code
    name: Line | None = None  # that person's name, checked if given
    amount: Amount  # yuan
    remark: Line | None = None  # what it is for
    channel: Key | None = None  # balance, or the number of an own card; left out: the usual
    pay_password: Key  # the payment password


class Sent(Done):
    order_id: str  # the number of the transfer
    payee_name: str  # who got it


@method(
    "kaifang.wallet.transfer",
    who=Who.WALLET,
    raises=[
        PAYEE_NOT_EXIST, PAYEE_USERINFO_ERROR, PAYEE_USERINFO_STATUS_ERROR, PAYER_PAYEE_CANNOT_SAME,
        PAYMENT_INFO_INCONSISTENCY, *TRANSFER_REFUSALS,
    ],
)  # fmt: skip
def transfer(work: Work, ask: Send) -> Done | Sent:
    """Transfer money to another person, once for each number that the wallet gives it."""
    user = the_user(work)
    payee = friend(work, ask)
    if payee.user_id == user:
        raise PAYER_PAYEE_CANNOT_SAME(payee=user)
    wrong = wrong_password(work, ask.pay_password)
    if wrong:
        return wrong
    row = work.find(TransferRow, merchant=user, product="WALLET", scene="TRANSFER", out_biz_no=ask.out_biz_no)
    if row is None:
        row = send(work, ask, user, payee.user_id)
    elif row.digest != said(ask):
        raise PAYMENT_INFO_INCONSISTENCY(out_biz_no=ask.out_biz_no)
    return Sent(done=True, order_id=row.id, payee_name=payee.name)


def said(ask: Any) -> str:
    """What is kept of a request, but for the password."""
    return digest(msgspec.structs.replace(ask, pay_password="-"))


def friend(work: Work, ask: Send) -> Any:
    """Who gets it, in good standing; a code that asks for an amount is paid that much."""
    party, code = addressee(work, ask.payee)
    if code is not None and code.amount not in (0, ask.amount.minor):
        raise PAYMENT_INFO_INCONSISTENCY(amount=Money(code.amount))
    return person(work, Participant(identity=party.user_id, identity_type="ALIPAY_USER_ID", name=ask.name))


def send(work: Work, ask: Send, user: str, payee: str) -> TransferRow:
    """Move the money, and keep what was said about it."""
    row = work.add(TransferRow(
        id=work.new_id("11007"), merchant=user, product="WALLET", scene="TRANSFER", out_biz_no=ask.out_biz_no,
        origin="kaifang.wallet.transfer", digest=said(ask), amount=ask.amount, remark=ask.remark or "", payer=user,
        payee=payee, created=work.now, paid=work.now,
    ))  # fmt: skip
    with told_as(TRANSFER_FAULTS):
        charge(work, Charge(
            payer=user, payee=payee, amount=ask.amount, ref=row.id, why="wallet.transfer", channel=ask.channel,
            disable_channels=CREDIT,
        ))  # fmt: skip
    facts = {"amount": row.amount, "scene": row.scene, "out_biz_no": row.out_biz_no, "remark": row.remark}
    Transfer.pay(work, row, merchant=user, payer=user, payee=payee, **facts)
    return row
