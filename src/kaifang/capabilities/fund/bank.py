"""The banks of this world, simulated: money comes from them, and they can be down."""

from kaifang.kernel import Amount, Key, Line, Money, Move, Purse, Shape, Who, Work, method

from .errors import BANK_EXISTS, BANK_NOT_EXIST, CARD_NOT_EXIST, PARTY_NOT_EXIST, PAYMENT_INFO_INCONSISTENCY
from .find import the_party
from .payout import tell_change
from .states import Transfer
from .tables import Bank, BookRow, TransferRow


class OpenBank(Shape):
    code: Key  # such as ICBC
    name: Line  # what people call it
    floor: Money | None = None  # yuan of this world's money it may give out; none: any amount


class Known(Shape):
    bank_code: str  # such as ICBC
    name: str  # what people call it
    down: bool  # whether its cards cannot pay at the moment


@method("kaifang.fund.bank.open", who=Who.OPERATOR, raises=[BANK_EXISTS])
def open_bank(work: Work, ask: OpenBank) -> Known:
    """Open a simulated bank, from which money comes into this world."""
    if work.find(Bank, id=ask.code) is not None:
        raise BANK_EXISTS(bank_code=ask.code)
    bank = work.add(Bank(id=ask.code, name=ask.name))
    work.limit(bank.world, floor=None if ask.floor is None else -ask.floor.minor)
    return told(bank)


class ChangeBank(Shape):
    bank_code: Key  # which bank
    down: bool | None = None  # whether its cards fail from now on
    name: Line | None = None  # what people call it


@method("kaifang.fund.bank.change", who=Who.OPERATOR, raises=[BANK_NOT_EXIST])
def change(work: Work, ask: ChangeBank) -> Known:
    """Rename a bank, or switch it off and on again to see what happens when a bank fails."""
    bank = the_bank(work, ask.bank_code)
    bank.down = bank.down if ask.down is None else ask.down
    bank.name = ask.name or bank.name
    return told(bank)


class ListBanks(Shape):
    pass


class Banks(Shape):
    banks: list[Known]  # by code


@method("kaifang.fund.bank.list", reads=True)
def list_banks(work: Work, ask: ListBanks) -> Banks:
    """List the banks whose cards can be bound."""
    return Banks(banks=[told(bank) for bank in work.select(Bank, order="id")])


class Remit(Shape):
    bank_code: Key  # from which bank
    user_id: Key | None = None  # to whom, or
    card_no: Key | None = None  # by which number of an account book
    amount: Amount  # yuan
    remark: Line | None = None  # what the sender says
    out_no: Key | None = None  # the bank's own number of it; asking twice remits once


class Remitted(Shape):
    available: Money  # what is in that purse now


@method(
    "kaifang.fund.bank.remit", who=Who.OPERATOR, once=("bank_code", "out_no"), clash=PAYMENT_INFO_INCONSISTENCY,
    raises=[BANK_NOT_EXIST, PARTY_NOT_EXIST, CARD_NOT_EXIST],
)  # fmt: skip
def remit(work: Work, ask: Remit) -> Remitted:
    """Let money arrive on a party's balance or in an account book, as if somebody had sent it from a bank."""
    bank = the_bank(work, ask.bank_code)
    if ask.card_no is not None:
        book = work.find(BookRow, card=ask.card_no)
        if book is None or book.closed:
            raise CARD_NOT_EXIST(card_no=ask.card_no)
        deposit(work, book, bank, ask)
        return Remitted(available=work.balance(book.purse))
    user = the_party(work, PARTY_NOT_EXIST, user_id=ask.user_id or "").user_id
    work.post(Move(bank.world, Purse(user), ask.amount), why="fund.remit", ref=work.new_id("20070"))
    return Remitted(available=work.balance(Purse(user)))


def deposit(work: Work, book: BookRow, bank: Bank, ask: Remit) -> None:
    """Pay into an account book, and let its merchant know if that is wanted."""
    number = work.new_id("11007")
    row = work.add(TransferRow(
        id=number, merchant=book.merchant, product="FUND_ACCOUNT_BOOK", scene="BANK_DEPOSIT", out_biz_no=number,
        origin="kaifang.fund.bank.remit", digest="", amount=ask.amount, remark=ask.remark or "", bank=bank.id,
        payee=book.merchant, payee_purpose=book.purse.purpose, created=work.now, paid=work.now,
    ))  # fmt: skip
    work.post(Move(bank.world, book.purse, ask.amount), why="fund.remit", ref=row.id)
    Transfer.pay(work, row, merchant=row.merchant, payee=row.payee, amount=row.amount, scene=row.scene)
    if book.subscribed == "VALID":
        tell_change(work, row, "FINISH")


def the_bank(work: Work, code: str) -> Bank:
    """The bank with this code."""
    bank = work.find(Bank, id=code)
    if bank is None:
        raise BANK_NOT_EXIST(bank_code=code)
    return bank


def told(bank: Bank) -> Known:
    """A bank as it is answered."""
    return Known(bank_code=bank.id, name=bank.name, down=bank.down)
