"""A person's bills: what moved on the balance and on the bank cards, what for, and what became of it."""

from collections.abc import Sequence
from typing import Annotated, Any, Literal

from msgspec import Meta

from kaifang.kernel import NO_USER, Key, Line, Moment, Money, Shape, Who, Work, method, total
from kaifang.kernel.statement import Statement

from .find import deals, marks, parts
from .period import day_or_month
from .reading import read_all
from .tables import DealRow
from .transfer import status_of
from .words import is_party

Kind = Literal["SHOPPING", "DEPOSIT", "TRANSFER", "REDPACKET", "TOPUP", "WITHDRAW", "OTHER"]
State = Literal["DONE", "DEALING", "RETURNED", "PART_REFUNDED", "REFUNDED"]
Month = Annotated[str, Meta(pattern=r"^20[0-9]{2}-(0[1-9]|1[0-2])\Z")]
# How the journal's words for what happened begin, for each kind of bill; the first that fits counts.
WORDS = {
    "SHOPPING": ("trade.", "voucher.", "market."),
    "DEPOSIT": ("freeze.",),
    "TRANSFER": ("wallet.transfer", "transfer.", "batch."),
    "REDPACKET": ("redpacket.", "packet.", "coupon.", "wufu.", "prize.", "campaign."),
    "TOPUP": ("wallet.topup", "fund.remit", "card.issue"),
    "WITHDRAW": ("wallet.withdraw",),
}
OWN = ("TOPUP", "WITHDRAW")  # between a person's own purses: neither spent nor received
TOGETHER, MOST = 100, 20  # movements that are read together; how many such pages one question looks through
NEWEST = "A"  # after every number of a movement


class LookAtBills(Shape):
    kind: Kind | None = None  # only these: what was bought, frozen, sent, given, paid in or taken out
    direction: Literal["IN", "OUT"] | None = None  # only what came, or only what went
    state: State | None = None  # only what stands like this
    month: Month | None = None  # only those of this month, 2026-09
    keyword: Line | None = None  # only those that say this: what for, with whom, or one of the numbers
    before: Key | None = None  # only older ones than this: the `next` of the answer before
    limit: Annotated[int, Meta(ge=1, le=100)] = 20  # how many


class Billed(Shape):
    bill_id: str  # its number; orders the bills in time
    at: Moment  # when
    kind: str  # SHOPPING, DEPOSIT, TRANSFER, REDPACKET, TOPUP, WITHDRAW or OTHER
    why: str  # what happened, such as trade.pay
    ref: str  # the number of what it happened to
    change: Money  # yuan; below zero: paid
    after: Money  # yuan in the purse afterwards
    counted: bool  # whether it counts as spent or received; false: it moved between your own purses
    state: str  # DONE, DEALING (with the bank), RETURNED, PART_REFUNDED or REFUNDED
    title: str | None = None  # what for
    with_whom: str | None = None  # who is on the other side, if that is a person or merchant here
    card_tail: str | None = None  # the last digits of the card that moved; left out: the balance alone
    trade_no: str | None = None  # the trade or transfer that it belongs to


class Bills(Shape):
    bills: list[Billed]  # the newest first
    next: str | None = None  # ask for what is older `before` this; left out: there is nothing older


@method("kaifang.wallet.bills", who=Who.WALLET)
def bills(work: Work, ask: LookAtBills) -> Bills:
    """List what moved on a person's balance and cards, the newest first."""
    read_all(work)
    purses = purses_of(work)
    where, values = meant(purses, ask)
    found: list[Billed] = []
    before = ask.before or NEWEST
    for _ in range(MOST):
        rows = work.select(Statement, f"{where} and id < ?", (*values, before), "id desc", TOGETHER)
        for bill in billed(work, rows, purses):
            if fits(bill, ask):
                found.append(bill)
                if len(found) == ask.limit:
                    return Bills(bills=found, next=bill.bill_id)
        if len(rows) < TOGETHER:
            return Bills(bills=found)
        before = rows[-1].id
    return Bills(bills=found, next=before)


def purses_of(work: Work) -> dict[str, str | None]:
    """The owners of a person's purses, and the last digits of the card where it is one's; the balance first."""
    if work.caller.user is None:
        raise NO_USER()
    cards = work.ask("kaifang.fund.card.list").cards
    return {work.caller.user: None} | {f"card:{card.card_id}": card.tail for card in cards}


def meant(purses: dict[str, str | None], ask: LookAtBills) -> tuple[str, list[Any]]:
    """Which movements can be meant, as far as they tell it themselves."""
    where, values = of_purses(purses)
    if ask.month is not None:
        where, values = f"{where} and id >= ? and id < ?", [*values, *month_of(ask.month)]
    if ask.direction is not None:
        where = f"{where} and change {'>' if ask.direction == 'IN' else '<'} 0"
    if ask.kind is not None:
        kind, words = of_kind(ask.kind)
        where, values = f"{where} and {kind}", [*values, *words]
    return where, values


def of_purses(purses: dict[str, str | None]) -> tuple[str, list[Any]]:
    """The movements of these purses; what goes between them is told of the balance alone."""
    owners, user = list(purses), next(iter(purses))
    return f"owner in ({marks(owners)}) and not (owner <> ? and other = ?)", [*owners, user, user]


def of_kind(kind: str) -> tuple[str, list[str]]:
    """The movements of a kind."""
    words = WORDS.get(kind) or [word for others in WORDS.values() for word in others]
    fits = " or ".join(["why like ?"] * len(words))
    return f"{'' if kind in WORDS else 'not '}({fits})", [f"{word}%" for word in words]


def kind_of(why: str) -> str:
    """Of which kind a movement is, by what happened."""
    return next((kind for kind, words in WORDS.items() if why.startswith(tuple(words))), "OTHER")


def month_of(month: str) -> tuple[str, str]:
    """Between which numbers the movements of a month stand."""
    span = day_or_month(month)
    assert span is not None, f"{month} is a month"
    return f"{span[0]:013d}", f"{span[1]:013d}"


def billed(work: Work, rows: Sequence[Statement], purses: dict[str, str | None]) -> list[Billed]:
    """Movements as the person reads them, with what is known of their deals."""
    known = deals(work, [row.ref for row in rows])
    later = parts(work, [deal.trade_no for deal in known.values()], "refund", "arrive", "return")
    return [one_bill(work, row, purses, known, later) for row in rows]


def one_bill(
    work: Work, row: Statement, purses: dict[str, str | None], known: dict[str, DealRow],
    later: dict[str, list[DealRow]],
) -> Billed:  # fmt: skip
    """One movement as the person reads it."""
    deal = known.get(row.ref)
    whole = known.get(deal.trade_no) if deal else None
    kind = kind_of(row.why)
    return Billed(
        bill_id=row.id, at=Moment(row.at), kind=kind, why=row.why, ref=row.ref, change=Money(row.change),
        after=Money(row.after), counted=kind not in OWN, state=state_of(row, whole, later.get(row.ref, [])),
        title=(whole.title or whole.note if whole else "") or None, with_whom=name_of(work, row),
        card_tail=purses[row.owner] or purses.get(row.other), trade_no=whole.id if whole else None,
    )  # fmt: skip


def state_of(row: Statement, whole: DealRow | None, later: list[DealRow]) -> str:
    """What became of it: of a payment how much was refunded, of a transfer whether it arrived."""
    if whole is None or whole.id != row.ref or row.change > 0:
        return "DONE"
    if whole.kind == "pay":
        back = total([one.amount for one in later if one.kind == "refund"])
        return "REFUNDED" if back >= whole.amount else "PART_REFUNDED" if back else "DONE"
    return {"处理中": "DEALING", "退回": "RETURNED"}.get(status_of(whole, [one.kind for one in later]), "DONE")


def name_of(work: Work, row: Statement) -> str | None:
    """Who is on the other side, if that is somebody here."""
    if not is_party(row.other) or row.other == row.owner:
        return None
    return str(work.ask("kaifang.account.party.find", user_id=row.other).name)


def fits(bill: Billed, ask: LookAtBills) -> bool:
    """Whether a bill stands as wanted, and says what is looked for."""
    if ask.state not in (None, bill.state):
        return False
    said = (bill.title, bill.with_whom, bill.ref, bill.trade_no, bill.bill_id)
    return not ask.keyword or any(ask.keyword.casefold() in (one or "").casefold() for one in said)
