"""What people have of the platform's points, and the grade they come to."""

from typing import Annotated

from msgspec import Meta

from kaifang.kernel import DAY, NO_USER, Key, Moment, Shape, Who, Work, method

from .hand import points_of, year_of
from .tables import ChangeRow, MemberRow

SOON = 60 * DAY  # points that expire within are said to
GRADES = ((18_000, "diamond"), (10_000, "platinum"), (2_000, "golden"), (0, "primary"))  # points had in a year


class Nothing(Shape):
    pass


class Queried(Shape):
    balance: int  # points
    grade: str  # primary, golden, platinum or diamond
    joint_info: list[str]  # memberships shared with others: none


@method("alipay.user.mpoint.query", who=Who.USER, reads=True)
def query(work: Work, ask: Nothing) -> Queried:
    """Ask how many points somebody who consented has, and of which grade that person is."""
    assert work.caller.user is not None, "a method for users has one"
    return Queried(
        balance=points_of(work, work.caller.user), grade=grade_of(work, work.caller.user), joint_info=[]
    )  # fmt: skip


def grade_of(work: Work, user: str) -> str:
    """The grade that somebody's points of this year, or the one before, come to."""
    row, year = work.find(MemberRow, id=user), year_of(work.now)
    earned = {year: 0, year - 1: 0}
    if row is not None:
        earned |= {row.year: row.earned, row.year - 1: row.before}
    most = max(earned[year], earned[year - 1])
    return next(name for least, name in GRADES if most >= least)


class Look(Shape):
    before: Key | None = None  # changes before this number; the newest if left out
    limit: Annotated[int, Meta(ge=1, le=100)] = 20  # how many


class Change(Shape):
    """Points that were had, spent or lost at once."""

    number: str  # 28 digits
    change: int  # so many more, or less
    why: str  # such as mpoint.add
    ref: str  # the number of what it was for
    at: Moment  # when


class Looked(Shape):
    balance: int  # points
    grade: str  # primary, golden, platinum or diamond
    soon: int  # points that expire within 60 days
    changes: list[Change]  # the newest first


@method("kaifang.mpoint.look", who=Who.WALLET, reads=True)
def look(work: Work, ask: Look) -> Looked:
    """See how many of the platform's points you have, and what became of them."""
    user = work.caller.user
    if user is None:
        raise NO_USER()
    row = work.find(MemberRow, id=user)
    soon = sum(lot.points for lot in row.lots if lot.until <= work.now + SOON) if row is not None else 0
    rows = work.select(ChangeRow, '"user" = ? and id < ?', (user, ask.before or "9"), "id desc", ask.limit)
    changes = [
        Change(number=one.id, change=one.change, why=one.why, ref=one.ref, at=Moment(one.at)) for one in rows
    ]  # fmt: skip
    return Looked(balance=points_of(work, user), grade=grade_of(work, user), soon=soon, changes=changes)


class Whose(Shape):
    user: Key  # a user id


class Grade(Shape):
    grade: str  # primary, golden, platinum or diamond


@method("kaifang.mpoint.grade", who=Who.INSIDE, reads=True)
def grade(work: Work, ask: Whose) -> Grade:
    """Of which grade somebody is."""
    return Grade(grade=grade_of(work, ask.user))
