"""Draw campaigns: drawn up with their prizes, changed, moved on and read."""

from typing import Annotated, Literal

from msgspec import Meta

from kaifang.kernel import (
    INVALID_PARAMETER,
    Fault,
    Happening,
    Key,
    Moment,
    Shape,
    Work,
    method,
    timer,
)
from kaifang.kernel.clock import day_start

from .errors import (
    CAMP_CODE_REPEAT,
    CAMP_NOT_EXIST,
    CAMP_STATUS_ERROR,
    PRIZE_BUDGET_NOT_ENOUGH,
    PRIZE_NOT_EXIST,
    PRIZE_STATUS_ERROR,
)
from .find import own_lottery, prizes_of, the_prize
from .prize import CERTIFICATE, MOST, Kind, close, own_activity, set_odds, stock
from .states import DrawCampaign, Prize
from .tables import LotteryRow, PrizeRow

Times = Annotated[int, Meta(ge=0, le=MOST)]
Rate = Annotated[int, Meta(ge=0, le=100)]
Code = Annotated[str, Meta(min_length=1, max_length=64, pattern=r"^[0-9A-Za-z\u4e00-\u9fff]+$")]
Name = Annotated[str, Meta(min_length=1, max_length=64)]


class Won(Shape):
    """A prize of a campaign."""

    prize_id: Key | None = None  # the platform's number; without one it is a new prize
    prize_name: Name  # what people read
    prize_type: Kind = "CAMP_CERT_PRIZE"  # a certificate, or a voucher by certlot_number; others come by the pool
    prize_total: Annotated[int, Meta(ge=1, le=MOST)]  # how many there are
    prize_start_time: Moment | None = None  # from when it can be won; from the campaign's start, if left out
    prize_end_time: Moment | None = None  # until when; until the campaign's end, if left out
    prize_max_award_limit: Times = 0  # how often one person may win it; 0: any number of times
    frequency_type: Literal["D", "W", "M"] | None = None  # a period: day, week or month
    frequency_count: Times = 0  # how often it can be won in it by all together; 0: any number of times
    certlot_number: Key | None = None  # your voucher activity, if it is a voucher


class Rules(Shape):
    """What a campaign asks of those who draw, by numbers of rules that others keep."""

    crowd_rule_id: Key | None = None  # of a crowd: nobody keeps such rules here, so leave it out
    cert_rule_id: Key | None = None  # of certificates: the same
    promo_rule_id: Key | None = None  # of promotions: the same
    user_rule_id: Key | None = None  # of people: the same
    account_count: Times | None = None  # how often one person may draw; 0: any number of times, here and below
    certification_count: Times | None = None  # how often with one identity card
    mobile_count: Times | None = None  # how often with one telephone number
    appid_count: Times | None = None  # how often from one device, by term_id
    award_rate: Rate | None = None  # of a hundred draws so many win
    mpid: Key | None = None  # which of your merchants it is for, by your own name; says nothing here


Prizes = Annotated[list[Won], Meta(min_length=1, max_length=20)]


class Create(Rules):
    camp_code: Code  # your own name of it: letters, digits and Chinese characters; never used again
    camp_name: Name  # what people read
    camp_start_time: Moment  # from when people can draw, not before today
    camp_end_time: Moment  # until when
    award_count: Times = 0  # how often one person may win; 0: any number of times
    prize_list: Prizes  # what can be won
    trigger_type: Literal["CAMP_USER_TRIGGER"] = "CAMP_USER_TRIGGER"  # people draw by your calls
    trigger_user_rule_id: Key | None = None  # of what makes the platform draw by itself: leave it out


class Created(Shape):
    camp_id: str  # the platform's number


@method("alipay.marketing.campaign.drawcamp.create", once=("camp_code",), clash=CAMP_CODE_REPEAT)
def create(work: Work, ask: Create) -> Created:
    """Draw up a campaign in which people draw prizes; they can once you let it go."""
    refuse_rules(ask)
    check_times(ask.camp_start_time.ms, ask.camp_end_time.ms, day_start(work.now))
    row = LotteryRow(
        id=work.new_id("83100"), merchant=work.caller.merchant, code=ask.camp_code, name=ask.camp_name,
        start=ask.camp_start_time.ms, end=ask.camp_end_time.ms,
        rate=100 if ask.award_rate is None else ask.award_rate, trigger=ask.trigger_type,
        per_account=ask.account_count or 0, per_certificate=ask.certification_count or 0,
        per_mobile=ask.mobile_count or 0, per_terminal=ask.appid_count or 0, wins=ask.award_count,
        seed=work.chance.hex(64), veil=work.chance.hex(64),
    )  # fmt: skip
    work.add(row)
    for prize in ask.prize_list:
        new_prize(work, row, prize)
    set_odds(work, row)
    work.later(row.end, "campaign.draw.end", row.id)
    return Created(camp_id=row.id)


def refuse_rules(ask: Rules) -> None:
    """A rule that nobody keeps would silently let everybody in."""
    for name in ("crowd_rule_id", "cert_rule_id", "promo_rule_id", "user_rule_id", "trigger_user_rule_id"):
        if getattr(ask, name, None):
            raise INVALID_PARAMETER(field=name, reason="there is no such rule; leave it out")


def check_times(start: int, end: int, first: int) -> None:
    """A campaign begins today at the earliest, and ends after that."""
    if start < first:
        raise INVALID_PARAMETER(field="camp_start_time", reason="before today")
    if end <= start:
        raise INVALID_PARAMETER(field="camp_end_time", reason="not after the start")


def new_prize(work: Work, row: LotteryRow, ask: Won) -> None:
    """A prize that is told with its campaign."""
    if ask.prize_type != CERTIFICATE:
        raise INVALID_PARAMETER(field="prize_type", reason="put it in by prizepool.prize.create")
    activity = own_activity(work, ask.certlot_number, "certlot_number") if ask.certlot_number else ""
    prize = PrizeRow(
        id=work.new_id("83101"), campaign=row.id, merchant=row.merchant, name=ask.prize_name, kind=ask.prize_type,
        activity=activity, total=ask.prize_total, per_user=ask.prize_max_award_limit,
        period=ask.frequency_type or "", within=ask.frequency_count if ask.frequency_type else 0,
        start=ask.prize_start_time.ms if ask.prize_start_time else row.start,
        end=ask.prize_end_time.ms if ask.prize_end_time else row.end,
    )  # fmt: skip
    check_prize(row, prize)
    stock(work, work.add(prize), prize.total)


def check_prize(row: LotteryRow, prize: PrizeRow) -> None:
    """A prize can be won within its campaign's time."""
    if not row.start <= prize.start < prize.end <= row.end:
        raise INVALID_PARAMETER(field="prize_start_time", reason="before its end, both within the campaign's time")


class Update(Rules):
    camp_id: Key  # the platform's number
    camp_name: Name | None = None  # what people read
    camp_start_time: Moment | None = None  # from when people can draw
    camp_end_time: Moment | None = None  # until when
    prize_list: Prizes | None = None  # all prizes that are to be: those without a number are new, others are closed


class Result(Shape):
    camp_result: bool  # whether it is done


@method(
    "alipay.marketing.campaign.drawcamp.update",
    raises=[CAMP_NOT_EXIST, CAMP_STATUS_ERROR, PRIZE_NOT_EXIST, PRIZE_STATUS_ERROR, PRIZE_BUDGET_NOT_ENOUGH],
)
def update(work: Work, ask: Update) -> Result:
    """Change a campaign; what is left out stays. Whoever draws later draws by the new odds, and both are public."""
    row = own_lottery(work, ask.camp_id)
    if not DrawCampaign.end.possible(row):
        raise CAMP_STATUS_ERROR(camp_status=row.state)
    refuse_rules(ask)
    row.name = ask.camp_name or row.name
    row.start = ask.camp_start_time.ms if ask.camp_start_time else row.start
    if ask.camp_end_time and ask.camp_end_time.ms != row.end:
        row.end = ask.camp_end_time.ms
        work.later(row.end, "campaign.draw.end", row.id)
    check_times(row.start, row.end, row.start)
    for name, column in LIMITS.items():
        if getattr(ask, name) is not None:
            setattr(row, column, getattr(ask, name))
    if ask.prize_list is not None:
        replace(work, row, ask.prize_list)
    set_odds(work, row)
    return Result(camp_result=True)


LIMITS = {
    "account_count": "per_account", "certification_count": "per_certificate", "mobile_count": "per_mobile",
    "appid_count": "per_terminal", "award_rate": "rate",
}  # fmt: skip


def replace(work: Work, row: LotteryRow, prizes: list[Won]) -> None:
    """Let a campaign have these prizes, and no others."""
    kept = {one.prize_id for one in prizes}
    for prize in prizes_of(work, row.id):
        if prize.id not in kept and Prize.close.possible(prize):
            close(work, prize)
    for one in prizes:
        if one.prize_id is None:
            new_prize(work, row, one)
        else:
            change(work, row, the_prize(work, row, one.prize_id), one)


def change(work: Work, row: LotteryRow, prize: PrizeRow, ask: Won) -> None:
    """Change a prize; there may be more of it, never fewer."""
    if not Prize.close.possible(prize):
        raise PRIZE_STATUS_ERROR(prize_id=prize.id, status=prize.state)
    if ask.prize_total < prize.total or prize.budget == "MONEY" and ask.prize_total != prize.total:
        raise INVALID_PARAMETER(field="prize_total", reason=f"not fewer than the {prize.total} that there are")
    prize.name, more, prize.total = ask.prize_name, ask.prize_total - prize.total, ask.prize_total
    prize.start = ask.prize_start_time.ms if ask.prize_start_time else prize.start
    prize.end = ask.prize_end_time.ms if ask.prize_end_time else prize.end
    check_prize(row, prize)
    stock(work, prize, more)


class Move(Shape):
    camp_id: Key  # the platform's number
    camp_status: Literal["CAMP_GOING", "CAMP_PAUSED", "CAMP_ENDED"]  # let it go, let it wait, or end it


@method("alipay.marketing.campaign.drawcamp.status.update", raises=[CAMP_NOT_EXIST, CAMP_STATUS_ERROR])
def move(work: Work, ask: Move) -> Result:
    """Let a campaign go, pause it, or end it for good; asking for what it is already changes nothing."""
    row = own_lottery(work, ask.camp_id)
    if row.state == ask.camp_status:
        return Result(camp_result=True)
    if ask.camp_status == "CAMP_ENDED":
        end_now(work, row)
    else:
        arrow = DrawCampaign.go if ask.camp_status == "CAMP_GOING" else DrawCampaign.pause
        arrow(work, row, merchant=row.merchant, camp_id=row.id)
    return Result(camp_result=True)


def end_now(work: Work, row: LotteryRow) -> None:
    """Nobody draws any more, what was not won goes back, and the seed is public."""
    DrawCampaign.end(work, row, merchant=row.merchant, camp_id=row.id)
    for prize in prizes_of(work, row.id):
        if Prize.close.possible(prize):
            close(work, prize)


@timer("campaign.draw.end")
def end_in_time(work: Work, happening: Happening) -> None:
    """End a campaign whose time is over; a later end has its own timer."""
    row = work.find(LotteryRow, id=happening.subject)
    if row is not None and DrawCampaign.end.possible(row) and row.end <= work.now:
        end_now(work, row)


class Query(Shape):
    camp_id: Key  # the platform's number


class Queried(Shape):
    camp_id: str  # the platform's number
    camp_code: str  # your own name of it
    camp_name: str  # what people read
    camp_status: str  # CAMP_CREATED, CAMP_GOING, CAMP_PAUSED or CAMP_ENDED
    camp_start_time: Moment  # from when people can draw
    camp_end_time: Moment  # until when
    trigger_type: str  # CAMP_USER_TRIGGER
    award_rate: str  # of a hundred draws so many win
    award_count: str  # how often one person may win; 0: any number of times, here and below
    account_count: str  # how often one person may draw
    certification_count: str  # how often with one identity card
    mobile_count: str  # how often with one telephone number
    appid_count: str  # how often from one device
    creator: str  # user id of the merchant
    prize_list: list[Won]  # what can be won


@method("alipay.marketing.campaign.drawcamp.query", reads=True, raises=[CAMP_NOT_EXIST])
def query(work: Work, ask: Query) -> Queried:
    """Read a campaign with the prizes that can be won of it."""
    row = own_lottery(work, ask.camp_id)
    return Queried(
        camp_id=row.id, camp_code=row.code, camp_name=row.name, camp_status=row.state, trigger_type=row.trigger,
        camp_start_time=Moment(row.start), camp_end_time=Moment(row.end), award_rate=str(row.rate),
        award_count=str(row.wins), account_count=str(row.per_account), certification_count=str(row.per_certificate),
        mobile_count=str(row.per_mobile), appid_count=str(row.per_terminal), creator=row.merchant,
        prize_list=[listed(one) for one in prizes_of(work, row.id) if one.state != Prize.PRIZE_CLOSED.name],
    )  # fmt: skip


def listed(prize: PrizeRow) -> Won:
    """A prize as it was told."""
    return Won(
        prize_id=prize.id, prize_name=prize.name, prize_total=prize.total,
        prize_type=prize.kind,  # type: ignore[arg-type]
        prize_start_time=Moment(prize.start), prize_end_time=Moment(prize.end), prize_max_award_limit=prize.per_user,
        certlot_number=prize.activity or None, frequency_type=prize.period or None,  # type: ignore[arg-type]
        frequency_count=prize.within,
    )  # fmt: skip


class White(Shape):
    camp_id: Key  # the platform's number
    user_id_list: Annotated[str, Meta(max_length=4096)]  # who may draw, by comma: user ids or logon ids; empty: all


@method("alipay.marketing.campaign.drawcamp.whitelist.create", raises=[CAMP_NOT_EXIST])
def allow_only(work: Work, ask: White) -> Result:
    """Let only these people draw, in the place of those who were named before; with nobody named everybody may."""
    row = own_lottery(work, ask.camp_id)
    named = [one.strip() for one in ask.user_id_list.split(",") if one.strip()]
    if len(named) > 100:
        raise INVALID_PARAMETER(field="user_id_list", reason="100 people at most")
    row.whitelist = [user_named(work, one) for one in named]
    return Result(camp_result=True)


def user_named(work: Work, name: str) -> str:
    """The user id of somebody who is named by that or by a logon id."""
    which = {"user_id": name} if name.startswith("2088") and len(name) == 16 else {"logon_id": name}
    try:
        with work.attempt() as part:
            return str(part.ask("kaifang.account.party.find", **which).user_id)
    except Fault as refusal:
        raise INVALID_PARAMETER(field="user_id_list", reason=f"nobody is known as {name[:40]}") from refusal
