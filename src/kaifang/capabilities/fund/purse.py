"""A person's own balance: what is in it, topping it up, and taking money out to a card."""

from kaifang.kernel import Amount, Key, Money, Move, Purse, Shape, Who, Work, method

from .bank import the_bank
from .card import own_card
from .charge import card_refusal, count
from .errors import (
    BALANCE_NOT_ENOUGH,
    BANK_DOWN,
    CARD_BALANCE_NOT_ENOUGH,
    CARD_NOT_EXIST,
    DAY_LIMIT,
    NO_INSTRUMENT,
    SINGLE_LIMIT,
)
from .find import Done, the_user, wrong_password


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


class Across(Shape):
    card_id: Key  # which of the own cards
    amount: Amount  # yuan
    pay_password: Key  # the payment password


class Crossed(Done):
    available: Money = Money(0)  # yuan that can be spent now


@method(
    "kaifang.wallet.topup",
    who=Who.WALLET,
    raises=[CARD_NOT_EXIST, NO_INSTRUMENT, BANK_DOWN, SINGLE_LIMIT, DAY_LIMIT, CARD_BALANCE_NOT_ENOUGH],
)
def topup(work: Work, ask: Across) -> Done | Crossed:
    """Move money from a debit card to the balance."""
    user = the_user(work)
    card = own_card(work, user, ask.card_id)
    refusal = NO_INSTRUMENT if card.kind == "CREDIT" else card_refusal(work, card, ask.amount)
    if refusal is not None:
        raise refusal(card_id=card.id)
    wrong = wrong_password(work, ask.pay_password)
    if wrong:
        return wrong
    count(work, card, ask.amount)
    work.post(Move(card.purse, Purse(user), ask.amount, CARD_BALANCE_NOT_ENOUGH), why="wallet.topup", ref=card.id)
    return Crossed(done=True, available=work.balance(Purse(user)))


@method("kaifang.wallet.withdraw", who=Who.WALLET, raises=[CARD_NOT_EXIST, BANK_DOWN, BALANCE_NOT_ENOUGH])
def withdraw(work: Work, ask: Across) -> Done | Crossed:
    """Move money from the balance to an own card; a credit card is paid off with it."""
    user = the_user(work)
    card = own_card(work, user, ask.card_id)
    if the_bank(work, card.bank).down:
        raise BANK_DOWN(bank_code=card.bank)
    wrong = wrong_password(work, ask.pay_password)
    if wrong:
        return wrong
    work.post(Move(Purse(user), card.purse, ask.amount, BALANCE_NOT_ENOUGH), why="wallet.withdraw", ref=card.id)
    return Crossed(done=True, available=work.balance(Purse(user)))
