"""Bank cards: issued by the simulated banks, bound by people and merchants."""

from typing import Annotated, Literal

from msgspec import Meta

from kaifang.kernel import Account, Key, Line, Money, Move, Shape, Who, Work, method

from .bank import the_bank
from .errors import BANK_NOT_EXIST, CARD_BOUND, CARD_NOT_EXIST, PARTY_NOT_EXIST
from .find import spoken_for, the_party
from .tables import Bank, Card, Wallet

Number = Annotated[str, Meta(pattern=r"^[0-9]{12,19}\Z")]


class Bind(Shape):
    bank_code: Key  # whose card it is
    card_no: Number  # what is printed on it: 12 to 19 digits
    name: Line  # the name printed on it
    user_id: Key | None = None  # operators: who binds it; left out: it is issued and bound by nobody yet
    kind: Literal["DEBIT", "CREDIT"] = "DEBIT"  # operators: whether it spends money or credit
    balance: Money = Money(0)  # operators: yuan on it at the bank; for a credit card, the credit line
    single_limit: Money = Money(0)  # operators: yuan it may pay at once; zero: any amount
    day_limit: Money = Money(0)  # operators: yuan it may pay in a day; zero: any amount


class Held(Shape):
    card_id: str  # its number here
    bank_code: str  # whose card it is
    bank_name: str  # what people call the bank
    kind: str  # DEBIT or CREDIT
    tail: str  # the last four digits
    name: str  # the name printed on it


@method("kaifang.fund.card.bind", raises=[BANK_NOT_EXIST, CARD_NOT_EXIST, CARD_BOUND, PARTY_NOT_EXIST])
def bind(work: Work, ask: Bind) -> Held:
    """Bind a bank card: a wallet's user binds one that the bank knows, operators issue new ones."""
    bank = the_bank(work, ask.bank_code)
    issuing = work.caller.role == "operator"
    owner = "" if issuing and ask.user_id is None else spoken_for(work, ask.user_id)
    if owner:
        the_party(work, PARTY_NOT_EXIST, user_id=owner)
    card = work.find(Card, number=ask.card_no) or (issue(work, bank, ask) if issuing else None)
    if card is None or card.bank != bank.id or card.holder != ask.name:
        raise CARD_NOT_EXIST(card_no=ask.card_no, bank_code=bank.id)
    if card.owner:
        raise CARD_BOUND(card_no=ask.card_no)
    card.owner = owner
    if owner:
        wallet = the_wallet(work, owner)
        wallet.cards = [*wallet.cards, card.id]
    return told(card, bank)


def issue(work: Work, bank: Bank, ask: Bind) -> Card:
    """A new card, with money or credit on it."""
    card = Card(
        id=work.new_id("33001"), owner="", bank=bank.id, number=ask.card_no, holder=ask.name, kind=ask.kind,
        single_limit=ask.single_limit, day_limit=ask.day_limit,
    )  # fmt: skip
    if ask.kind == "CREDIT":
        work.limit(card.purse, floor=-ask.balance.minor)
    else:
        work.post(Move(bank.world, card.purse, ask.balance), why="card.issue", ref=card.id)
    return work.add(card)


class Which(Shape):
    card_id: Key  # its number here
    user_id: Key | None = None  # operators: whose card it is


@method("kaifang.fund.card.unbind", raises=[CARD_NOT_EXIST])
def unbind(work: Work, ask: Which) -> Held:
    """Unbind a card; what is on it stays at the bank, and money given back still reaches it."""
    owner = spoken_for(work, ask.user_id)
    card, wallet = own_card(work, owner, ask.card_id), the_wallet(work, owner)
    wallet.cards = [other for other in wallet.cards if other != card.id]
    card.owner = ""
    return told(card, the_bank(work, card.bank))


@method("kaifang.fund.card.prefer", raises=[CARD_NOT_EXIST])
def prefer(work: Work, ask: Which) -> Held:
    """Let a card be the one that pays when the balance is too small."""
    owner = spoken_for(work, ask.user_id)
    card, wallet = own_card(work, owner, ask.card_id), the_wallet(work, owner)
    wallet.cards = [card.id, *(other for other in wallet.cards if other != card.id)]
    return told(card, the_bank(work, card.bank))


class ListCards(Shape):
    user_id: Key | None = None  # operators: whose cards


class Cards(Shape):
    cards: list[Held]  # the preferred one first


@method("kaifang.fund.card.list", reads=True)
def list_cards(work: Work, ask: ListCards) -> Cards:
    """List the cards that somebody has bound."""
    wallet = work.find(Wallet, id=spoken_for(work, ask.user_id))
    found = [work.find(Card, id=card) for card in (wallet.cards if wallet else ())]
    return Cards(cards=[told(card, the_bank(work, card.bank)) for card in found if card is not None])


class ChangeCard(Shape):
    card_id: Key  # which card
    single_limit: Money | None = None  # yuan it may pay at once; zero: any amount
    day_limit: Money | None = None  # yuan it may pay in a day; zero: any amount
    credit: Money | None = None  # yuan of credit; for a credit card
    closed: bool | None = None  # whether the bank closes it: it pays nothing, and what arrives is sent back


class AtBank(Shape):
    card_id: str  # which card
    available: Money  # what it can pay


@method("kaifang.fund.card.change", who=Who.OPERATOR, raises=[CARD_NOT_EXIST])
def change(work: Work, ask: ChangeCard) -> AtBank:
    """Let the bank change what a card may pay; it answers what the card can pay now."""
    card = work.find(Card, id=ask.card_id)
    if card is None or ask.credit is not None and card.kind != "CREDIT":
        raise CARD_NOT_EXIST(card_id=ask.card_id)
    card.single_limit = card.single_limit if ask.single_limit is None else ask.single_limit
    card.day_limit = card.day_limit if ask.day_limit is None else ask.day_limit
    card.closed = card.closed if ask.closed is None else ask.closed
    if ask.credit is not None:
        work.limit(card.purse, floor=-ask.credit.minor)
    return AtBank(card_id=card.id, available=available(work, card))


def available(work: Work, card: Card) -> Money:
    """What the card can pay at the bank."""
    account = work.find(Account, id=card.purse.account("CNY"))
    return Money(account.balance - (account.floor or 0) if account else 0)


def own_card(work: Work, owner: str, card_id: str) -> Card:
    """A card that this party has bound."""
    card = work.find(Card, id=card_id)
    if card is None or card.owner != owner:
        raise CARD_NOT_EXIST(card_id=card_id)
    return card


def the_wallet(work: Work, owner: str) -> Wallet:
    """How this party pays."""
    return work.find(Wallet, id=owner) or work.add(Wallet(id=owner))


def told(card: Card, bank: Bank) -> Held:
    """A card as it is answered."""
    return Held(
        card_id=card.id, bank_code=card.bank, bank_name=bank.name, kind=card.kind, tail=card.tail, name=card.holder
    )
