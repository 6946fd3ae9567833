"""What time does to cards."""

from kaifang.kernel import Happening, Work, timer

from .card import end
from .points import expire_points
from .states import MemberCard
from .tables import CardRow, CodeRow
from .tell import facts, tell_merchant


@timer("membercard.expire")
def expire(work: Work, happening: Happening) -> None:
    """A card's time is over."""
    row = work.find(CardRow, id=happening.subject)
    if row is not None and MemberCard.expire.possible(row):
        MemberCard.expire(work, row, **facts(row))
        end(work, row, "card.expire")
        tell_merchant(work, row, "EXPIRED")


@timer("membercard.points_expire")
def points_expire(work: Work, happening: Happening) -> None:
    """Some of a card's points are good no longer."""
    row = work.find(CardRow, id=happening.subject)
    if row is not None and row.state == MemberCard.ACTIVE.name:
        expire_points(work, row)


@timer("membercard.code_expire")
def code_expire(work: Work, happening: Happening) -> None:
    """A code that nobody looks at any more is forgotten."""
    code = work.find(CodeRow, id=happening.subject)
    if code is not None:
        work.remove(code)
