"""What those who run the platform decide: who may give points and how many, and what is earned by spending."""

from typing import Annotated

from msgspec import Meta

from kaifang.kernel import Count, Key, Money, Move, Shape, Who, Work, method, told_as

from .errors import BIZ_TYPE_INVALID, REPEAT_INCONSISTENT, USER_INVALID
from .tables import ASSET, ISSUE, BusinessRow, RuleRow

PLATFORM = "platform"
Points = Annotated[int, Meta(ge=0, le=10**12)]


class Assign(Shape):
    out_no: Key  # your own number of this; asking twice does it once
    biz_type: Key  # which kind of business
    biz_sub_type: Key = "DEFAULT"  # which kind of it
    merchant: Key  # whose, a user id
    budget: Points = 0  # so many more points that it may give
    most_per_day: Points = 0  # points that one person may have of it in a day; 0: any number


class Assigned(Shape):
    budget: Points  # points that may be given still


@method(
    "kaifang.mpoint.business.assign", who=Who.OPERATOR, once=("out_no",), clash=REPEAT_INCONSISTENT,
    raises=[BIZ_TYPE_INVALID, USER_INVALID],
)  # fmt: skip
def assign(work: Work, ask: Assign) -> Assigned:
    """Let a merchant give and take points for a kind of business."""
    with told_as({"PARTY_NOT_EXIST": USER_INVALID}):
        work.ask("kaifang.account.party.find", user_id=ask.merchant)
    key = key_of(ask.biz_type, ask.biz_sub_type)
    row = work.find(BusinessRow, id=key) or work.add(BusinessRow(id=key, merchant=ask.merchant))
    if row.merchant != ask.merchant:
        raise BIZ_TYPE_INVALID(biz_type=ask.biz_type, reason="it is another merchant's")
    row.most = ask.most_per_day
    work.limit(ISSUE, ASSET, floor=None)
    work.post(Move(ISSUE, row.budget, Money(ask.budget, ASSET)), why="mpoint.budget", ref=ask.out_no)
    return Assigned(budget=work.balance(row.budget, ASSET).minor)


def key_of(biz_type: str, biz_sub_type: str | None) -> str:
    """By which a kind of business is known."""
    return f"{biz_type}:{biz_sub_type or 'DEFAULT'}"


class SetRule(Shape):
    fen_per_point: Count  # spent for one point; 0: none are earned by spending


class RuleSet(Shape):
    fen_per_point: Count  # as it is from now on


@method("kaifang.mpoint.rule.set", who=Who.OPERATOR)
def set_rule(work: Work, ask: SetRule) -> RuleSet:
    """Say how much has to be spent for a point, with any merchant, from now on."""
    row = work.find(RuleRow, id=PLATFORM) or work.add(RuleRow(id=PLATFORM))
    row.fen, row.since = ask.fen_per_point, row.since or work.now
    work.limit(ISSUE, ASSET, floor=None)
    return RuleSet(fen_per_point=row.fen)
