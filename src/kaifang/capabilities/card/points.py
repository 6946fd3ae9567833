"""Points in the journal: had, set, lost; and which of them expire when."""

from kaifang.kernel import FOREVER, FaultKind, Money, Move, Purse, Work

from .tables import CardRow, Lot, PointRow

ISSUE, USED, OVER = "issue", "used", "over"  # where a merchant's points come from, and where they go


def point_asset(template: str) -> str:
    """What the journal calls a hundredth of a point."""
    return f"point:{template}"


def stored_asset(template: str) -> str:
    """What the journal calls a fen paid in."""
    return f"stored:{template}"


def points_of(work: Work, row: CardRow) -> int:
    """How many hundredths of points a card has."""
    return work.balance(row.points, point_asset(row.template)).minor


def stored_of(work: Work, row: CardRow) -> int:
    """How many fen are paid in on a card."""
    return work.balance(row.stored, stored_asset(row.template)).minor


def open_purses(work: Work, merchant: str, template: str) -> None:
    """Let a template's points and payments come from the merchant, as many as it says."""
    for asset in (point_asset(template), stored_asset(template)):
        work.limit(Purse(merchant, ISSUE), asset, floor=None)


def have(work: Work, row: CardRow, points: int, until: int, why: str, ref: str) -> None:
    """Give a card points that are good until then."""
    if points:
        amount = Money(points, point_asset(row.template))
        work.post(Move(Purse(row.merchant, ISSUE), row.points, amount), why=why, ref=ref)
        keep(work, row, points, until)
        note(work, row, points, why, ref)


def have_or_pay(work: Work, row: CardRow, points: int, until: int, why: str, ref: str) -> None:
    """Points come to a card; those that it owes are paid first."""
    paid = min(row.owed, points)
    row.owed -= paid
    have(work, row, points - paid, until, why, ref)


def keep(work: Work, row: CardRow, points: int, until: int) -> None:
    """Remember when points expire."""
    lot = next((one for one in row.lots if one.until == until), None)
    if lot is not None:
        lot.points += points
        return
    row.lots = sorted([*row.lots, Lot(until=until, points=points)], key=lambda one: one.until)
    if until < FOREVER:
        work.later(until, "membercard.points_expire", row.id)


def lose(
    work: Work,
    row: CardRow,
    points: int,
    to: str,
    why: str,
    *,
    ref: str,
    short: FaultKind | None = None,
    first: int = 0,
) -> None:
    """Take points from a card: those that expire first, or before them those that expire at a certain time."""
    if points:
        amount = Money(points, point_asset(row.template))
        work.post(Move(row.points, Purse(row.merchant, to), amount, short), why=why, ref=ref)
        left = points
        for lot in sorted(row.lots, key=lambda lot: (lot.until != first, lot.until)):
            taken = min(lot.points, left)
            lot.points, left = lot.points - taken, left - taken
        row.lots = [lot for lot in row.lots if lot.points]
        note(work, row, -points, why, ref)


def note(work: Work, row: CardRow, change: int, why: str, ref: str) -> None:
    """Write a change down for the person to read."""
    row.pointed = work.now
    number = work.new_id("10104")
    work.add(
        PointRow(
            card=row.id, id=number, change=change, after=points_of(work, row), why=why, ref=ref, at=work.now
        )
    )  # fmt: skip


def set_points(work: Work, row: CardRow, points: int, why: str, ref: str) -> None:
    """Let a card have as many points as the merchant says."""
    change = points - points_of(work, row)
    if change > 0:
        have(work, row, change, FOREVER, why, ref)
    else:
        lose(work, row, -change, USED, why, ref=ref)


def set_stored(work: Work, row: CardRow, fen: int, why: str, ref: str) -> None:
    """Let a card have as much paid in as the merchant says."""
    change, merchant = fen - stored_of(work, row), Purse(row.merchant, ISSUE)
    amount = Money(abs(change), stored_asset(row.template))
    source, target = (merchant, row.stored) if change > 0 else (row.stored, merchant)
    work.post(Move(source, target, amount), why=why, ref=ref)


def clear(work: Work, row: CardRow, why: str) -> None:
    """A card that has ended has nothing any more."""
    lose(work, row, points_of(work, row), OVER, why, ref=row.id)
    set_stored(work, row, 0, why, row.id)


def carry_over(work: Work, row: CardRow, template: str) -> None:
    """What is on a card becomes what another template calls so."""
    merchant = Purse(row.merchant, ISSUE)
    for purse, old, new in (
        (row.points, point_asset(row.template), point_asset(template)),
        (row.stored, stored_asset(row.template), stored_asset(template)),
    ):
        amount = work.balance(purse, old)
        back, forth = Move(purse, merchant, amount), Move(merchant, purse, Money(amount.minor, new))
        work.post(back, forth, why="card.move", ref=row.id)


def expire_points(work: Work, row: CardRow) -> None:
    """Points whose time has come are gone."""
    gone = sum(lot.points for lot in row.lots if lot.until <= work.now)
    lose(work, row, gone, OVER, "point.expire", ref=row.id)
