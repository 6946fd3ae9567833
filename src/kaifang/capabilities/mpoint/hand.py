"""Points in people's hands: had, lost, and which of them expire when."""

from kaifang.kernel import FaultKind, Happening, Money, Move, Purse, Work, timer
from kaifang.kernel.clock import local

from .tables import ASSET, OVER, ChangeRow, Lot, MemberRow


def member(work: Work, user: str) -> MemberRow:
    """What is known of somebody's points."""
    return work.find(MemberRow, id=user) or work.add(MemberRow(id=user))


def points_of(work: Work, user: str) -> int:
    """How many somebody has."""
    return work.balance(Purse(user, "mpoint"), ASSET).minor


def year_of(now: int) -> int:
    """The Beijing year."""
    return local(now).year


def until_of(now: int) -> int:
    """Points are good until the end of the year after."""
    there = local(now).replace(month=1, day=1, hour=0, minute=0, second=0, microsecond=0)
    return round(there.replace(year=there.year + 2).timestamp() * 1000)


def have(
    work: Work, row: MemberRow, points: int, source: Purse, why: str, *, ref: str, short: FaultKind | None = None
) -> None:
    """Give somebody points out of a purse."""
    work.post(Move(source, row.hand, Money(points, ASSET), short), why=why, ref=ref)
    until = until_of(work.now)
    lot = next((one for one in row.lots if one.until == until), None)
    if lot is None:
        row.lots = [*row.lots, Lot(until=until, points=points)]
        work.later(until, "mpoint.expire", row.id)
    else:
        lot.points += points
    note(work, row, points, why, ref)


def have_or_pay(work: Work, row: MemberRow, points: int, source: Purse, why: str, *, ref: str) -> None:
    """Give somebody points out of a purse; those that are owed are paid first."""
    paid = min(row.owed, points)
    row.owed -= paid
    work.post(Move(source, OVER, Money(paid, ASSET)), why="mpoint.owed", ref=ref)
    if points > paid:
        have(work, row, points - paid, source, why, ref=ref)


def grow(row: MemberRow, points: int, now: int) -> None:
    """Count what was had this year, or taken back, by which people come to a grade."""
    year = year_of(now)
    if row.year != year:
        row.before, row.earned, row.year = (row.earned if row.year == year - 1 else 0), 0, year
    row.earned = max(0, row.earned + points)


def lose(
    work: Work, row: MemberRow, points: int, to: Purse, why: str, *, ref: str, short: FaultKind | None = None
) -> None:
    """Take points from somebody, those that expire first first."""
    work.post(Move(row.hand, to, Money(points, ASSET), short), why=why, ref=ref)
    left = points
    for lot in row.lots:
        taken = min(lot.points, left)
        lot.points, left = lot.points - taken, left - taken
    row.lots = [lot for lot in row.lots if lot.points]
    note(work, row, -points, why, ref)


def note(work: Work, row: MemberRow, change: int, why: str, ref: str) -> None:
    """Write a change down for the person to read."""
    work.add(ChangeRow(user=row.id, id=work.new_id("10110"), change=change, why=why, ref=ref, at=work.now))


@timer("mpoint.expire")
def expire(work: Work, happening: Happening) -> None:
    """A year's points are gone at the end of the next."""
    row = work.find(MemberRow, id=happening.subject)
    gone = sum(lot.points for lot in row.lots if lot.until <= work.now) if row is not None else 0
    if row is not None and gone:
        lose(work, row, gone, OVER, "mpoint.expire", ref=row.id)
