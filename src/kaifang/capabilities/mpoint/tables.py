"""What is kept of the platform's points."""

from kaifang.kernel import Purse, Row, Shape, table

from .states import PointOrder

ASSET = "mpoint"  # what the journal calls one point
ISSUE = Purse("platform", "mpoint_issue")  # where they come from: it stands as far below zero as there ever were
OVER = Purse("platform", "mpoint_over")  # what expired, or was taken back


@table("mpoint_business")
class BusinessRow(Row):
    """A kind of business for which a merchant gives or takes points."""

    id: str  # biz_type and biz_sub_type
    merchant: str  # user id
    most: int = 0  # points that a person may have of it in a day; 0: any number

    @property
    def budget(self) -> Purse:
        """What may still be given."""
        return Purse(self.merchant, f"mpoint:{self.id}")


class Lot(Shape):
    """Points that expire together."""

    until: int  # milliseconds
    points: int


@table("mpoint_member")
class MemberRow(Row):
    """Somebody who has, or had, points."""

    id: str  # user id
    lots: list[Lot] = []  # those that expire first first
    year: int = 0  # the year that the next is of
    earned: int = 0  # points had in it
    before: int = 0  # points had in the year before
    rest: int = 0  # fen that were spent and are not worth a point yet; below zero: given back
    owed: int = 0  # points that were spent, and then taken back

    @property
    def hand(self) -> Purse:
        """What there is."""
        return Purse(self.id, "mpoint")


@table("mpoint_change", key=("user", "id"))
class ChangeRow(Row):
    """Points that were had, spent or lost at once."""

    user: str  # user id
    id: str  # 28 digits
    change: int
    why: str  # such as mpoint.add
    ref: str  # the number of what it was for
    at: int  # milliseconds


@table("mpoint_order")
class OrderRow(Row):
    """Points that a merchant took."""

    id: str  # the merchant, and its number
    user: str  # user id
    merchant: str  # user id
    points: int
    state: str = PointOrder.begin.name


@table("mpoint_day", key=("business", "user"))
class DayRow(Row):
    """What somebody had of one kind of business in a day."""

    business: str  # which
    user: str  # user id
    day: str = ""  # which day
    points: int = 0


@table("mpoint_rule")
class RuleRow(Row):
    """What points are given for."""

    id: str  # platform
    fen: int = 0  # spent for one point; 0: none are earned by spending
    since: int = 0  # milliseconds
