"""The pool of a draw campaign, whose number is the campaign's: prizes put in, taken out and read one by one."""

from typing import Annotated, Literal

from msgspec import Meta

from kaifang.kernel import INVALID_PARAMETER, Key, Line, Moment, Money, Shape, Text, Work, method

from .errors import (
    CAMP_NOT_EXIST,
    CAMP_STATUS_ERROR,
    PRIZE_BUDGET_NOT_ENOUGH,
    PRIZE_NOT_EXIST,
    PRIZE_REPEAT,
    PRIZE_STATUS_ERROR,
)
from .find import own_lottery, the_prize
from .lottery import Name, Times, check_prize
from .prize import CASH, MOST, VOUCHER, Kind, Strategy, close, facts, left, own_activity, price, set_odds, stock
from .states import DrawCampaign, Prize
from .tables import LotteryRow, PrizeRow

MONEY = "MONEY"


class Control(Shape):
    """How often one person may win it."""

    dimension: Literal["USER_ID"] = "USER_ID"  # counted by person
    domain_type: Literal["CAMP_WIN"] = "CAMP_WIN"  # how often it is won
    life_count: Times = 0  # in all; 0: any number of times
    day_count: Literal[0] = 0  # in a day: leave it out, say it with the campaign
    week_count: Literal[0] = 0  # in a week: the same
    month_count: Literal[0] = 0  # in a month: the same
    year_count: Literal[0] = 0  # in a year: the same


class Create(Shape):
    pool_id: Key  # the campaign's camp_id
    out_biz_id: Key  # your own number of it; asking twice makes one
    prize_name: Name  # what people read
    prize_type: Kind  # CASH, VOUCHER or CAMP_CERT_PRIZE
    budget_type: Literal["COUNT", "MONEY"] = "COUNT"  # so many, or of cash so much
    budget_amount: Annotated[int, Meta(ge=1, le=10**9)]  # how many, 999,999 at most; of MONEY how many fen
    prize_price_strategy: Strategy | None = None  # of CASH: what one comes to
    template_id: Key | None = None  # of VOUCHER: your voucher activity
    gmt_begin: Moment | None = None  # from when it can be won; from the campaign's start, if left out
    gmt_end: Moment | None = None  # until when; until the campaign's end, if left out
    count_control_config: Annotated[list[Control], Meta(max_length=1)] = []  # how often one person may win it
    ext_properties: Text | None = None  # more, kept for you
    modulus: Literal[1] = 1  # how many are given at once
    owner: Key | None = None  # user id of whose it is: your own
    prize_sub_type: Key | None = None  # a kind within the kind; says nothing here
    source: Key | None = None  # where you come from; says nothing here


class Created(Shape):
    prize_id: str  # the platform's number


@method(
    "alipay.marketing.campaign.prizepool.prize.create", once=("pool_id", "out_biz_id"), clash=PRIZE_REPEAT,
    raises=[CAMP_NOT_EXIST, CAMP_STATUS_ERROR, PRIZE_BUDGET_NOT_ENOUGH],
)  # fmt: skip
def create(work: Work, ask: Create) -> Created:
    """Put a prize into a campaign's pool; the cash that it may come to is set aside out of your balance."""
    row = own_lottery(work, ask.pool_id)
    if not DrawCampaign.end.possible(row):
        raise CAMP_STATUS_ERROR(camp_status=row.state)
    if ask.owner not in (None, row.merchant):
        raise INVALID_PARAMETER(field="owner", reason="put in prizes of your own")
    prize = new_prize(work, row, ask)
    check_prize(row, prize)
    stock(work, work.add(prize), prize.total)
    set_odds(work, row)
    return Created(prize_id=prize.id)


def new_prize(work: Work, row: LotteryRow, ask: Create) -> PrizeRow:
    """The prize that is asked for."""
    low, high = price(ask.prize_price_strategy) if ask.prize_type == CASH else (0, 0)
    if (ask.budget_type == MONEY) and (ask.prize_type != CASH or ask.budget_amount < high):
        raise INVALID_PARAMETER(field="budget_amount", reason="a budget of money is for CASH, enough for one")
    if ask.budget_type != MONEY and ask.budget_amount > MOST:
        raise INVALID_PARAMETER(field="budget_amount", reason=f"{MOST} at most")
    if (ask.prize_type == VOUCHER) != bool(ask.template_id):
        raise INVALID_PARAMETER(field="template_id", reason="your voucher activity for VOUCHER, nothing for others")
    return PrizeRow(
        id=work.new_id("83101"), campaign=row.id, merchant=row.merchant, out_no=ask.out_biz_id, name=ask.prize_name,
        kind=ask.prize_type, activity=own_activity(work, ask.template_id, "template_id") if ask.template_id else "",
        budget=ask.budget_type, total=ask.budget_amount, low=low, high=high,
        start=ask.gmt_begin.ms if ask.gmt_begin else row.start, end=ask.gmt_end.ms if ask.gmt_end else row.end,
        per_user=ask.count_control_config[0].life_count if ask.count_control_config else 0,
        more=ask.ext_properties or "",
    )  # fmt: skip


class Delete(Shape):
    pool_id: Key  # the campaign's camp_id
    prize_id: Key  # the platform's number
    out_biz_id: Key | None = None  # your own number of this request
    source: Key | None = None  # where you come from; says nothing here
    status: Literal["PRIZE_PAUSED", "PRIZE_CLOSED"] = "PRIZE_PAUSED"  # let it wait, or close it for good


class Done(Shape):
    pass


@method(
    "alipay.marketing.campaign.prizepool.prize.delete",
    raises=[CAMP_NOT_EXIST, PRIZE_NOT_EXIST, PRIZE_STATUS_ERROR],
)
def delete(work: Work, ask: Delete) -> Done:
    """Take a prize out of the pool: whoever draws it meanwhile gets nothing; a closed one is drawn no more."""
    row = own_lottery(work, ask.pool_id)
    prize = the_prize(work, row, ask.prize_id)
    if prize.state == ask.status:
        return Done()
    if ask.status == Prize.PRIZE_PAUSED.name:
        Prize.pause(work, prize, **facts(prize))
    else:
        close(work, prize)
        set_odds(work, row)
    return Done()


class Query(Shape):
    camp_id: Key | None = None  # the campaign,
    pool_id: Key | None = None  # or its pool, which has the same number
    prize_id: Key  # the platform's number


class Config(Shape):
    """A prize as it was put in."""

    prize_id: str  # the platform's number
    prize_name: str  # what people read
    prize_type: str  # CASH, VOUCHER or CAMP_CERT_PRIZE
    budget_type: str  # COUNT, or AMOUNT: money
    amount: str  # how many there were, or fen
    remain_amount: str  # how many are left, or fen
    status: str  # PRIZE_OPENED, PRIZE_PAUSED or PRIZE_CLOSED
    gmt_begin: Moment  # from when it can be won
    gmt_end: Moment  # until when
    owner: str  # user id of whose it is
    platform_type: str  # MERCHANT
    prize_price_strategy: Strategy | None = None  # of CASH: what one comes to
    count_control_config: list[Control] | None = None  # how often one person may win it
    ext_properties: Line | None = None  # more, as you told it


class Queried(Shape):
    prize_config: Config  # the prize


@method(
    "alipay.marketing.campaign.prizepool.prize.query", reads=True, raises=[CAMP_NOT_EXIST, PRIZE_NOT_EXIST]
)  # fmt: skip
def query(work: Work, ask: Query) -> Queried:
    """Read a prize of a campaign, and how much of it is left."""
    prize = the_prize(work, own_lottery(work, ask.camp_id or ask.pool_id or ""), ask.prize_id)
    return Queried(
        prize_config=Config(
            prize_id=prize.id, prize_name=prize.name, prize_type=prize.kind, amount=str(prize.total),
            budget_type="AMOUNT" if prize.budget == MONEY else prize.budget, remain_amount=str(left(work, prize)),
            status=prize.state, gmt_begin=Moment(prize.start), gmt_end=Moment(prize.end), owner=prize.merchant,
            platform_type="MERCHANT", prize_price_strategy=strategy(prize), ext_properties=prize.more or None,
            count_control_config=[Control(life_count=prize.per_user)] if prize.per_user else None,
        )
    )  # fmt: skip


def strategy(prize: PrizeRow) -> Strategy | None:
    """What a prize of cash comes to, as it was told."""
    if prize.kind != CASH:
        return None
    if prize.low == prize.high:
        return Strategy(strategy_type="FIX_PRICE", strategy_value=Money(prize.low))
    return Strategy(strategy_type="RANDOM_PRICE", min_price=Money(prize.low), max_price=Money(prize.high))
