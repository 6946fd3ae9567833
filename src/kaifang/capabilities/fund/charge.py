"""Paying with what a party has, and giving back to where it came from."""

from kaifang.kernel import (
    Account,
    Ahead,
    Amount,
    Fault,
    FaultKind,
    Hold,
    Key,
    Line,
    Money,
    Move,
    Purse,
    Shape,
    Who,
    Work,
    method,
)
from kaifang.kernel.clock import day

from .card import available
from .errors import (
    BALANCE_NOT_ENOUGH,
    BALANCE_PAY_OFF,
    BANK_DOWN,
    CARD_BALANCE_NOT_ENOUGH,
    DAY_LIMIT,
    EXCEED_LIMIT_DM_AMOUNT,
    EXCEED_LIMIT_MM_AMOUNT,
    EXCEED_LIMIT_SM_AMOUNT,
    INST_PAY_UNABLE,
    MONTH_LIMIT,
    NO_AVAILABLE_PAYMENT_TOOLS,
    NO_INSTRUMENT,
    PAYER_BALANCE_NOT_ENOUGH,
    SELLER_SHORT,
    SINGLE_LIMIT,
)
from .quota import check, use
from .tables import Bank, Bill, Card, Wallet

# The wire's names for each way to pay, as enable_pay_channels and disable_pay_channels have them.
CHANNELS = {
    "balance": {"balance"},
    "DEBIT": {"debitCardExpress", "bankPay"},
    "CREDIT": {"creditCard", "creditCardExpress", "credit_group"},
}
CREDIT = ",".join(sorted(CHANNELS["CREDIT"]))  # what may not pay for transfers: credit is for buying
FEES = Purse("platform", "fees")


class Spend(Shape):
    payer: Key  # user id
    amount: Amount  # yuan
    ref: Key  # the number of what is paid
    why: Key  # what happened, such as trade.pay
    channel: Key | None = None  # balance or a card id; left out: the balance, then the cards
    enable_channels: Line | None = None  # only these, by comma: balance, debitCardExpress, creditCard ...
    disable_channels: Line | None = None  # none of these, by comma


class Charge(Spend):
    payee: Key  # user id
    payee_purpose: Key = "balance"  # into which of the payee's purses
    fee: Money = Money(0)  # yuan the payee owes the platform for it


class Charged(Shape):
    bills: list[Bill]  # what it was paid with


REFUSALS = [
    NO_INSTRUMENT, BALANCE_PAY_OFF, BALANCE_NOT_ENOUGH, CARD_BALANCE_NOT_ENOUGH, SINGLE_LIMIT, DAY_LIMIT, MONTH_LIMIT,
    BANK_DOWN,
]  # fmt: skip


# How methods that move money to people tell why the payer cannot pay.
TRANSFER_FAULTS = {
    "NO_INSTRUMENT": NO_AVAILABLE_PAYMENT_TOOLS,
    "BALANCE_PAY_OFF": NO_AVAILABLE_PAYMENT_TOOLS,
    "BALANCE_NOT_ENOUGH": PAYER_BALANCE_NOT_ENOUGH,
    "CARD_BALANCE_NOT_ENOUGH": PAYER_BALANCE_NOT_ENOUGH,
    "SINGLE_LIMIT": EXCEED_LIMIT_SM_AMOUNT,
    "DAY_LIMIT": EXCEED_LIMIT_DM_AMOUNT,
    "MONTH_LIMIT": EXCEED_LIMIT_MM_AMOUNT,
    "BANK_DOWN": INST_PAY_UNABLE,
}
TRANSFER_REFUSALS = list(dict.fromkeys(TRANSFER_FAULTS.values()))


def charge_ahead(look: Ahead, ask: Charge) -> None:
    """Who pays, and the purses between which the money moves if the balance pays."""
    look.ask("kaifang.account.party.find", user_id=ask.payer)
    look.row(Wallet, id=ask.payer)
    for purse in (Purse(ask.payer), Purse(ask.payee, ask.payee_purpose)):
        look.row(Account, id=purse.account(ask.amount.currency))


@method("kaifang.fund.charge", who=Who.INSIDE, raises=REFUSALS, ahead=charge_ahead)
def charge(work: Work, ask: Charge) -> Charged:
    """Pay from balance or card to somebody's purse; the first way that can pay does, the first refusal is told."""
    source, bill = choose(work, ask)
    target = Purse(ask.payee, ask.payee_purpose)
    work.post(Move(source, target, ask.amount), Move(target, FEES, ask.fee), why=ask.why, ref=ask.ref)
    return Charged(bills=[bill])


def set_aside(work: Work, ask: Spend) -> tuple[Hold, Bill]:
    """Choose as a payment does, but only hold the money: to be paid out in parts, or given back."""
    source, bill = choose(work, ask)
    return work.hold(source, ask.amount, why=ask.why, ref=ask.ref), bill


def choose(work: Work, ask: Spend) -> tuple[Purse, Bill]:
    """The first purse of the payer that may and can pay, and what it is called; it counts against the limits."""
    payer = work.ask("kaifang.account.party.find", user_id=ask.payer)
    if payer.status != "NORMAL":
        raise NO_INSTRUMENT(reason="the payer is blocked")
    wallet = work.find(Wallet, id=ask.payer)
    if wallet is not None and wallet.limited:
        use(work, ask.payer, "pay", ask.amount)
    refusal: FaultKind | None = None
    if ask.channel in (None, "balance") and open_for("balance", ask):
        refusal = balance_refusal(work, ask) if payer.balance_pay else BALANCE_PAY_OFF
        if refusal is None:
            return Purse(ask.payer), Bill(fund_channel="ALIPAYACCOUNT", amount=ask.amount)
    for card_id in wallet.cards if wallet else ():
        if ask.channel in (None, card_id):
            card = work.find(Card, id=card_id)
            assert card is not None, f"{ask.payer} bound {card_id}, which does not exist"
            if open_for(card.kind, ask):
                problem = card_refusal(work, card, ask.amount)
                if problem is None:
                    count(work, card, ask.amount)
                    return card.purse, card_bill(card, ask.amount)
                refusal = refusal or problem
    raise (refusal or NO_INSTRUMENT)()


def open_for(kind: str, ask: Spend) -> bool:
    """Whether the asker lets this kind of purse pay."""
    enabled = not ask.enable_channels or CHANNELS[kind] & set(ask.enable_channels.split(","))
    return bool(enabled) and not CHANNELS[kind] & set((ask.disable_channels or "").split(","))


def balance_refusal(work: Work, ask: Spend) -> FaultKind | None:
    """Why the balance cannot pay this, if so."""
    return BALANCE_NOT_ENOUGH if work.balance(Purse(ask.payer)) < ask.amount else None


def card_refusal(work: Work, card: Card, amount: Money) -> FaultKind | None:
    """Why the bank refuses to let this card pay, if so."""
    bank = work.find(Bank, id=card.bank)
    if card.closed:
        return NO_INSTRUMENT
    if bank is None or bank.down:
        return BANK_DOWN
    if card.single_limit and amount > card.single_limit:
        return SINGLE_LIMIT
    if card.day_limit and used_today(work, card) + amount > card.day_limit:
        return DAY_LIMIT
    return CARD_BALANCE_NOT_ENOUGH if available(work, card) < amount else None


def used_today(work: Work, card: Card) -> Money:
    """What the card paid since midnight in Beijing."""
    return card.day_used if card.day == day(work.now) else Money(0)


def count(work: Work, card: Card, amount: Money) -> None:
    """Count a payment against the card's day."""
    card.day_used = used_today(work, card) + amount
    card.day = day(work.now)


def card_bill(card: Card, amount: Money) -> Bill:
    """What a card paid."""
    return Bill(
        fund_channel="BANKCARD", amount=amount, bank_code=card.bank, fund_type=f"{card.kind}_CARD", card_id=card.id
    )


class GiveBack(Shape):
    payer: Key  # who had paid
    source_owner: Key  # who gives it back
    source_purpose: Key = "balance"  # from which purse
    amount: Amount  # yuan
    bills: list[Bill]  # what it had been paid with
    already: Money = Money(0)  # yuan given back before
    ref: Key  # the number of what is given back
    why: Key  # what happened, such as trade.refund


@method("kaifang.fund.give_back", who=Who.INSIDE, raises=[SELLER_SHORT])
def give_back(work: Work, ask: GiveBack) -> Charged:
    """Give money back to where it came from, in the order in which it was paid."""
    parts = [landing(work, part) for part in rest_of(ask.bills, ask.already, ask.amount)]
    source = Purse(ask.source_owner, ask.source_purpose)
    moves = [Move(source, origin(ask.payer, part), part.amount, SELLER_SHORT) for part in parts]
    work.post(*moves, why=ask.why, ref=ask.ref)
    return Charged(bills=parts)


def rest_of(bills: list[Bill], already: Money, amount: Money) -> list[Bill]:
    """The parts of the bills that follow what was given back already."""
    parts = []
    for bill in bills:
        skipped = min(already, bill.amount)
        taken = min(amount, bill.amount - skipped)
        already, amount = already - skipped, amount - taken
        if taken:
            fields = {name: getattr(bill, name) for name in Bill.__struct_fields__}
            parts.append(Bill(**fields | {"amount": taken}))
    assert not amount, f"{amount} more to give back than had been paid"
    return parts


def landing(work: Work, bill: Bill) -> Bill:
    """Where a part can go back to: the balance, if its bank has closed the card that paid."""
    card = work.find(Card, id=bill.card_id) if bill.card_id else None
    return Bill(fund_channel="ALIPAYACCOUNT", amount=bill.amount) if card is not None and card.closed else bill


def origin(payer: str, bill: Bill) -> Purse:
    """The purse that paid this part."""
    return Purse(f"card:{bill.card_id}", "bank") if bill.card_id else Purse(payer)


class Afford(Shape):
    payer: Key  # user id
    amount: Money  # yuan


class Affordable(Shape):
    able: bool  # whether the balance or a card could pay it now


@method("kaifang.fund.afford", who=Who.INSIDE, reads=True)
def afford(work: Work, ask: Afford) -> Affordable:
    """Ask whether somebody could pay so much now; nothing is moved, and nothing counted."""
    payer, wallet = work.ask("kaifang.account.party.find", user_id=ask.payer), work.find(Wallet, id=ask.payer)
    if payer.status != "NORMAL" or (wallet is not None and wallet.limited and beyond(work, ask)):
        return Affordable(able=False)
    if payer.balance_pay and work.balance(Purse(ask.payer)) >= ask.amount:
        return Affordable(able=True)
    cards = [work.find(Card, id=card) for card in (wallet.cards if wallet else ())]
    return Affordable(able=any(card is not None and card_refusal(work, card, ask.amount) is None for card in cards))


def beyond(work: Work, ask: Afford) -> bool:
    """Whether an amount is beyond what the payer's limits leave."""
    try:
        check(work, ask.payer, "pay", ask.amount)
    except Fault:
        return True
    return False
