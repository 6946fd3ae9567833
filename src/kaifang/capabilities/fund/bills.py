"""Statements: what moved in whose purse, as it is filed from the journal."""

from typing import Annotated

from msgspec import Meta

from kaifang.kernel import Count, Key, Moment, Money, Shape, Who, Work, method
from kaifang.kernel.statement import Statement, file_entries

from .errors import PARTY_NOT_EXIST
from .find import the_party, the_user
from .tables import Card, Wallet


class Lines(Shape):
    owner: Key  # user id, or card: and the number of a card
    since: int = 0  # milliseconds; from then on
    until: int = 9_999_999_999_999  # milliseconds; before then
    limit: Count = 100  # how many at most, the oldest first
    after: Key | None = None  # the id of the last line that is known


class StatementLine(Shape):
    id: str  # orders the lines in time
    at: Moment  # when
    why: str  # what happened, such as trade.pay
    ref: str  # the number of what it happened to
    change: Money  # yuan; below zero: paid
    after: Money  # yuan in the purse afterwards
    other: str  # whose purse is on the other side


class LinesTold(Shape):
    lines: list[StatementLine]  # the oldest first


@method("kaifang.fund.lines", who=Who.INSIDE)
def lines(work: Work, ask: Lines) -> LinesTold:
    """List what moved in somebody's purse or card."""
    file_entries(work)
    where = "owner = ? and id > ? and id < ?"
    start = ask.after or f"{ask.since:013d}"
    rows = work.select(Statement, where, (ask.owner, start, f"{ask.until:013d}"), "id", min(ask.limit, 1000))
    return LinesTold(lines=[told(row) for row in rows])


def told(row: Statement) -> StatementLine:
    """A line as it is answered."""
    return StatementLine(
        id=row.id, at=Moment(row.at), why=row.why, ref=row.ref, change=Money(row.change), after=Money(row.after),
        other=row.other,
    )  # fmt: skip


class LookAtBills(Shape):
    page_num: Count = 1  # which page, from 1
    page_size: Count = 20  # lines on a page, at most 100
    month: Annotated[str, Meta(pattern=r"^[0-9]{4}-(0[1-9]|1[0-2])\Z")] | None = None  # 2026-09; left out: everything


class Billed(StatementLine):
    with_whom: str | None = None  # who is on the other side, if that is a person or merchant here
    card_tail: str | None = None  # the last digits of the card that moved; left out: the balance


class Bills(Shape):
    bills: list[Billed]  # the newest first


@method("kaifang.wallet.bills", who=Who.WALLET)
def bills(work: Work, ask: LookAtBills) -> Bills:
    """List what moved on a person's balance and cards, the newest first."""
    file_entries(work)
    user, size = the_user(work), min(max(ask.page_size, 1), 100)
    cards = cards_of(work, user)
    owners = [user, *cards]
    first, last = month_of(ask.month)
    where = f"owner in ({', '.join('?' * len(owners))}) and id >= ? and id < ?"
    skipped = size * (max(ask.page_num, 1) - 1)
    rows = work.select(Statement, where, (*owners, first, last), "id desc", size, offset=skipped)
    return Bills(bills=[billed(work, row, cards.get(row.owner)) for row in rows])


def month_of(month: str | None) -> tuple[str, str]:
    """Between which ids the lines of a month stand."""
    if month is None:
        return "0", "A"
    year, number = int(month[:4]), int(month[5:])
    following = f"{year + number // 12:04d}-{number % 12 + 1:02d}"
    return f"{Moment.parse(f'{month}-01').ms:013d}", f"{Moment.parse(f'{following}-01').ms:013d}"


def cards_of(work: Work, user: str) -> dict[str, str]:
    """The owners of a person's card purses, and the last digits of each card."""
    wallet = work.find(Wallet, id=user)
    cards = [work.find(Card, id=card) for card in (wallet.cards if wallet else ())]
    return {card.purse.owner: card.tail for card in cards if card is not None}


def billed(work: Work, row: Statement, tail: str | None) -> Billed:
    """A line as the person reads it."""
    line = told(row)
    with_whom = None
    if row.other.isdigit() and row.other != row.owner:
        with_whom = the_party(work, PARTY_NOT_EXIST, user_id=row.other).name
    fields = {name: getattr(line, name) for name in StatementLine.__struct_fields__}
    return Billed(**fields, with_whom=with_whom, card_tail=tail)
