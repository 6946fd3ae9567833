"""Finding the campaign and the person that are meant, and counting how often."""

from typing import Any

from kaifang.kernel import INVALID_PARAMETER, FaultKind, Key, Line, Shape, Work, told_as

from .errors import CAMP_NOT_EXIST, CASH_CAMPAIGN_NOT_EXIST, PRIZE_NOT_EXIST, USER_NOT_EXIST
from .tables import CashRow, CountRow, LotteryRow, PrizeRow


class Person(Shape):
    """A person as a merchant names one."""

    user_id: Key | None = None  # by user id,
    login_id: Line | None = None  # by mail address or mobile number,
    open_id: Line | None = None  # or as your app knows that person


def the_person(work: Work, user_id: str | None, open_id: str | None = None, logon_id: str | None = None) -> Any:
    """What is known of the person who is named."""
    if not (user_id or open_id or logon_id):
        raise INVALID_PARAMETER(field="user_id", reason="missing; say who it is")
    with told_as({"PARTY_NOT_EXIST": USER_NOT_EXIST}):
        return work.ask("kaifang.account.party.find", user_id=user_id, open_id=open_id, logon_id=logon_id)


def own_cash(work: Work, crowd_no: str) -> CashRow:
    """The caller's cash campaign with this number."""
    row = work.find(CashRow, id=crowd_no)
    if row is None or row.merchant != work.caller.merchant:
        raise CASH_CAMPAIGN_NOT_EXIST(crowd_no=crowd_no)
    return row


def own_lottery(work: Work, camp_id: str) -> LotteryRow:
    """The caller's draw campaign with this number."""
    row = work.find(LotteryRow, id=camp_id)
    if row is None or row.merchant != work.caller.merchant:
        raise CAMP_NOT_EXIST(camp_id=camp_id)
    return row


def prizes_of(work: Work, camp_id: str) -> list[PrizeRow]:
    """All prizes that a campaign ever had, the oldest first."""
    return work.select(PrizeRow, "campaign = ?", (camp_id,), "id")


def the_prize(work: Work, row: LotteryRow, prize_id: str) -> PrizeRow:
    """A prize of a campaign."""
    prize = work.find(PrizeRow, id=prize_id)
    if prize is None or prize.campaign != row.id:
        raise PRIZE_NOT_EXIST(prize_id=prize_id)
    return prize


def times(work: Work, campaign: str, who: str) -> int:
    """How often somebody or something had a part in a campaign so far."""
    row = work.find(CountRow, campaign=campaign, who=who)
    return row.total if row is not None else 0


def counted(work: Work, campaign: str, who: str) -> CountRow:
    """The same, to count one more."""
    return work.find(CountRow, campaign=campaign, who=who) or work.add(CountRow(campaign=campaign, who=who))


def count(row: CountRow, most: int, over: FaultKind) -> None:
    """Count one more in all; 0 is no limit."""
    if most and row.total >= most:
        raise over(most=most)
    row.total += 1


def count_within(row: CountRow, period: str, most: int, over: FaultKind) -> None:
    """Count one more in the present period, which has a name; 0 is no limit."""
    within = row.within if row.period == period else 0
    if most and within >= most:
        raise over(most=most)
    row.period, row.within = period, within + 1
