"""Searching the journal of everything of value, and looking at one entry and at what an owner has."""

from functools import partial
from typing import Annotated, Any

from msgspec import Meta

from kaifang.kernel import INVALID_PARAMETER, Account, Hold, Key, Line, Moment, Money, Shape, Who, Work, method
from kaifang.kernel.ledger import NO_HASH, Entry, digest
from kaifang.kernel.shape import encode
from kaifang.kernel.work import Writer

from .errors import ENTRY_NOT_EXIST
from .journal import Leg, Written, legs_of, written_of

MOST = 500  # accounts and holds of one owner that are shown
Place = Annotated[str, Meta(max_length=256, pattern=r"^(\d+\.\d+( \d+\.\d+)*)?\Z")]


class Find(Shape):
    owner: Line | None = None  # only entries that touch an account of this owner, such as 2088... or bank:ICBC
    account: Line | None = None  # only those that touch this account: owner/purpose/asset
    why: Key | None = None  # only those for this reason, such as trade.pay
    ref: Key | None = None  # only those about the thing with this number
    amount: Money | None = None  # only those that changed an account by so many yuan, up or down
    since: Moment | None = None  # from when
    until: Moment | None = None  # before when
    page_size: Annotated[int, Meta(ge=1, le=100)] = 20  # 1 to 100
    after: Place = ""  # where the last answer ended: its `next`


class FoundEntries(Shape, kw_only=True):
    entries: list[Written]  # the latest first
    next: str | None = None  # send it as `after` for what comes behind; absent: that was all


@method("kaifang.log.find", who=Who.OPERATOR, reads=True)
def find(work: Work, ask: Find) -> FoundEntries:
    """Search the journal by owner, account, reason, thing, amount and time; all that is said must hold."""
    if ask.amount is not None and not ask.amount:
        raise INVALID_PARAMETER(field="amount", reason="nothing ever changes by nothing")
    return work.found_beside(f"operate.find {encode(ask).decode()}", partial(search, ask=ask))


def search(work: Work, ask: Find) -> FoundEntries:
    """A page of what fits, of all writers, and how far each was looked through."""
    places = dict(part.split(".") for part in ask.after.split()) if ask.after else {}
    found, begun = list[Entry](), dict[int, int]()
    for writer in work.select(Writer, order="id"):
        begun[writer.id] = int(places.get(str(writer.id), writer.entries + 1))
        found += fitting(work, ask, writer.id, begun[writer.id])
    found.sort(key=lambda entry: (entry.at, entry.writer, entry.number), reverse=True)
    kept = found[: ask.page_size]
    for entry in kept:
        begun[entry.writer] = entry.number
    more = " ".join(f"{writer}.{number}" for writer, number in begun.items()) if len(kept) == ask.page_size else None
    return FoundEntries(entries=[written_of(entry) for entry in kept], next=more)


def fitting(work: Work, ask: Find, writer: int, before: int) -> list[Entry]:
    """The latest entries of a writer that fit, before one of them."""
    where, values = tests_of(ask)
    found = list[Entry]()
    while len(found) < ask.page_size:  # the database does not know capitals, nor an amount from a balance
        asked = (writer, before, *values)
        rows = work.select(Entry, f"writer = ? and number < ?{where}", asked, "number desc", ask.page_size)
        found += [row for row in rows if fits(ask, legs_of(row))]
        if len(rows) < ask.page_size:
            break
        before = rows[-1].number
    return found


def tests_of(ask: Find) -> tuple[str, list[Any]]:
    """What is said of an entry, as far as the database can look for it."""
    holds = " and legs like ? escape '!'"
    said: list[tuple[str, Any]] = [
        (" and why = ?", ask.why), (" and ref = ?", ask.ref),
        (" and at >= ?", ask.since.ms if ask.since else None), (" and at < ?", ask.until.ms if ask.until else None),
        (holds, containing(f'"{ask.account}"') if ask.account else None),
        (holds, containing(f'"{ask.owner}/') if ask.owner else None),
        (holds, containing(f"{abs(ask.amount.minor)},") if ask.amount else None),
    ]  # fmt: skip
    return "".join(test for test, value in said if value is not None), [one for _, one in said if one is not None]


def containing(word: str) -> str:
    """A pattern for texts that hold a word, whatever it is."""
    escaped = word.replace("!", "!!").replace("%", "!%").replace("_", "!_")
    return f"%{escaped}%"


def fits(ask: Find, legs: list[Leg]) -> bool:
    """Whether an entry really touches what is looked for."""
    return (
        (ask.account is None or any(leg.account == ask.account for leg in legs))
        and (ask.owner is None or any(leg.account.rsplit("/", 2)[0] == ask.owner for leg in legs))
        and (ask.amount is None or any(changes_by(leg, ask.amount) for leg in legs))
    )


def changes_by(leg: Leg, amount: Money) -> bool:
    """Whether so many yuan came or went."""
    return leg.account.endswith(f"/{amount.currency}") and abs(leg.change) == abs(amount.minor)


class Which(Shape):
    writer: Annotated[int, Meta(ge=1, le=999)]  # whose chain it stands in
    number: Annotated[int, Meta(ge=1, le=10**15)]  # its place there


class Seen(Written):
    before: str  # the hash of the entry before it, which its own covers
    whole: bool  # whether its hash is that of what it says, and the changes of each asset sum to nothing


@method("kaifang.log.entry", who=Who.OPERATOR, reads=True, raises=[ENTRY_NOT_EXIST])
def look(work: Work, ask: Which) -> Seen:
    """Look at one entry of the journal, and prove it by the one before it."""
    entry = work.find(Entry, writer=ask.writer, number=ask.number)
    if entry is None:
        raise ENTRY_NOT_EXIST(writer=ask.writer, number=ask.number)
    last = work.find(Entry, writer=ask.writer, number=ask.number - 1)
    before = last.hash if last else NO_HASH
    said = (entry.writer, entry.number, entry.at, entry.why, entry.ref, entry.legs)
    written = written_of(entry)
    sums: dict[str, int] = {}
    for leg in written.legs:
        asset = leg.account.rpartition("/")[2]
        sums[asset] = sums.get(asset, 0) + leg.change
    same = {name: getattr(written, name) for name in Written.__struct_fields__}
    return Seen(**same, before=before, whole=digest(before, *said) == entry.hash and not any(sums.values()))


class Whose(Shape):
    owner: Line  # a user id, or a name such as bank:ICBC, platform or escrow


class Has(Shape):
    account: str  # owner, purpose and asset
    purpose: str  # what for
    asset: str  # CNY, or points, stocks and quotas by their own names
    balance: int  # smallest units
    floor: int | None = None  # what it never goes below; absent: it stands for the world outside
    ceiling: int | None = None  # what it never goes above; absent: no such bound


class Keeps(Shape):
    hold_id: str  # the number of what is set aside
    purpose: str  # from which purse
    asset: str  # of what
    left: int  # how much is still held, smallest units
    why: str  # what for, such as freeze.authorise
    ref: str  # the number of the thing


class Accounts(Shape):
    accounts: list[Has]  # by purpose and asset, at most 500
    holds: list[Keeps]  # what is set aside of them, at most 500


@method("kaifang.log.accounts", who=Who.OPERATOR, reads=True)
def accounts(work: Work, ask: Whose) -> Accounts:
    """See everything of value that an owner has in the journal, and what is set aside of it."""
    rows = work.select(Account, "owner = ?", (ask.owner,), "purpose, asset", MOST)
    held = work.select(Hold, 'owner = ? and "left" <> 0', (ask.owner,), "id", MOST)
    return Accounts(
        accounts=[
            Has(
                account=row.id, purpose=row.purpose, asset=row.asset, balance=row.balance, floor=row.floor,
                ceiling=row.ceiling,
            )
            for row in rows
        ],
        holds=[
            Keeps(hold_id=row.id, purpose=row.purpose, asset=row.asset, left=row.left, why=row.why, ref=row.ref)
            for row in held
        ],
    )  # fmt: skip
