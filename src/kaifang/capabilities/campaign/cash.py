"""Cash campaigns: drawn up, paid for at the cashier, opened and closed by time or by hand, and settled."""

import re
from typing import Annotated, Any
from urllib.parse import quote

from msgspec import Meta

from kaifang.kernel import (
    DAY,
    HOUR,
    INVALID_PARAMETER,
    Address,
    Confirm,
    Confirmed,
    Happening,
    Key,
    Moment,
    Money,
    Move,
    Purse,
    Shape,
    Who,
    Work,
    method,
    refusals_of,
    timer,
    told_as,
)
from kaifang.kernel.clock import day_start

from .errors import (
    CASH_AMOUNT_TOO_MUCH,
    CASH_AMOUNT_TOO_SMALL,
    CASH_CAMPAIGN_NOT_EXIST,
    CASH_COUNT_TOO_MUCH,
    CASH_COUNT_TOO_SMALL,
    CASH_CURRENT_STATE_CANNOT_MODIFY,
    CASH_NOT_PAID,
    CASH_PER_AMOUNT_TOO_MUCH,
    CASH_PER_AMOUNT_TOO_SMALL,
    CASH_PRIZE_TYPE_ERROR,
    CASH_SEND_FREQUENCY_ERROR,
    CASH_TARGET_STATE_NOT_ILLEGAL,
    CASH_TIME_CHECK_FAILED,
)
from .find import own_cash
from .states import CashCampaign
from .tables import CashRow

NOW = "NowTime"
CONFIRM = "kaifang.campaign.cash.confirm"
LONGEST = 183 * DAY
MOST_COUNT, LEAST_FEN, MOST_FEN, LEAST_EACH, MOST_EACH = 10_000_000, 100, 1_000_000_000, 20, 20_000
OFTEN = re.compile(r"(?:([DWM])(\d{1,3})\|)?L(\d{1,3})|L(\d{1,3})\|([DWM])(\d{1,3})")


class Create(Shape):
    coupon_name: Annotated[str, Meta(min_length=1, max_length=64)]  # what people and you see it called
    prize_type: Key  # fixed: each gets the same; random: each between half and one and a half times the average
    total_money: Money  # yuan in all: 1.00 to 10,000,000.00
    total_num: int  # how many: 1 to 10,000,000
    start_time: Key  # a moment to come, or NowTime: as soon as it is paid
    end_time: Moment  # within six months
    prize_msg: Annotated[str, Meta(min_length=1, max_length=256)]  # what people read with the money
    send_freqency: Key = "L1"  # how often one person may have one, such as D3|L4: thrice a day, four times in all
    merchant_link: Address | None = None  # where a browser goes once it is paid


class Created(Shape):
    crowd_no: str  # the platform's number
    origin_crowd_no: str  # the same
    pay_url: str  # the page on which you pay, URL-encoded; open for 24 hours


CREATE_FAULTS = [
    CASH_PRIZE_TYPE_ERROR, CASH_TIME_CHECK_FAILED, CASH_COUNT_TOO_SMALL, CASH_COUNT_TOO_MUCH, CASH_AMOUNT_TOO_SMALL,
    CASH_AMOUNT_TOO_MUCH, CASH_PER_AMOUNT_TOO_SMALL, CASH_PER_AMOUNT_TOO_MUCH, CASH_SEND_FREQUENCY_ERROR,
]  # fmt: skip


@method("alipay.marketing.campaign.cash.create", raises=CREATE_FAULTS)
def create(work: Work, ask: Create) -> Created:
    """Draw up a campaign that gives cash away; it can begin once you have paid for it on its page."""
    low, high = each(ask)
    life, period, within = often(ask.send_freqency)
    start = start_of(work, ask)
    row = CashRow(
        id=work.new_id("83000"), merchant=work.caller.merchant, name=ask.coupon_name, message=ask.prize_msg,
        form=ask.prize_type, total=ask.total_money, count=ask.total_num, low=low, high=high, start=start,
        end=ask.end_time.ms, life=life, period=period, within=within, seed=work.chance.hex(64),
        veil=work.chance.hex(64),
    )  # fmt: skip
    work.add(row)
    opened = work.ask(
        "kaifang.cashier.open", kind="pay", title=row.name, amount=row.total, confirm=CONFIRM, subject=row.id,
        expires=work.now + DAY, return_url=back_to(row, ask.merchant_link),
    )  # fmt: skip
    work.later(min(work.now + DAY, row.end), "campaign.cash.unpaid", row.id)
    return Created(crowd_no=row.id, origin_crowd_no=row.id, pay_url=quote(work.link(opened.path), safe=""))


def each(ask: Create) -> tuple[int, int]:
    """How many fen one comes to, at least and at most."""
    total, count = ask.total_money.minor, ask.total_num
    if ask.prize_type not in ("fixed", "random"):
        raise CASH_PRIZE_TYPE_ERROR(prize_type=ask.prize_type)
    if count < 1:
        raise CASH_COUNT_TOO_SMALL(total_num=count)
    if count > MOST_COUNT:
        raise CASH_COUNT_TOO_MUCH(total_num=count)
    if total < LEAST_FEN:
        raise CASH_AMOUNT_TOO_SMALL(total_money=ask.total_money)
    if total > MOST_FEN:
        raise CASH_AMOUNT_TOO_MUCH(total_money=ask.total_money)
    fixed = ask.prize_type == "fixed"
    if fixed and total % count:
        raise INVALID_PARAMETER(field="total_money", reason="not so many times a whole number of fen")
    low, high = (total // count,) * 2 if fixed else (-(-total // (2 * count)), 3 * total // (2 * count))
    if low < LEAST_EACH:
        raise CASH_PER_AMOUNT_TOO_SMALL(least=Money(low))
    if high > MOST_EACH:
        raise CASH_PER_AMOUNT_TOO_MUCH(most=Money(high))
    return low, high


def often(text: str) -> tuple[int, str, int]:
    """How often one person may have one: in all, and in which period."""
    found = OFTEN.fullmatch(text)
    if not found:
        raise CASH_SEND_FREQUENCY_ERROR(send_freqency=text)
    life, period, within = int(found[3] or found[4]), found[1] or found[5] or "", int(found[2] or found[6] or 0)
    if not 1 <= life <= 100 or (period and not 1 <= within <= life):
        raise CASH_SEND_FREQUENCY_ERROR(send_freqency=text)
    return life, period, within


def start_of(work: Work, ask: Create) -> int:
    """When a campaign is to begin; 0: as soon as it is paid."""
    try:
        start = 0 if ask.start_time == NOW else Moment.parse(ask.start_time).ms
    except ValueError as problem:
        raise CASH_TIME_CHECK_FAILED(start_time=ask.start_time) from problem
    begins = start or work.now
    if begins < work.now or not begins < ask.end_time.ms <= begins + LONGEST:
        raise CASH_TIME_CHECK_FAILED(start_time=ask.start_time, end_time=ask.end_time)
    return start


def back_to(row: CashRow, link: str | None) -> str | None:
    """The merchant's page, told which campaign was paid."""
    return f"{link}{'&' if '?' in link else '?'}crowdNo={row.id}" if link else None


def facts(row: CashRow) -> dict[str, Any]:
    """What the events of a campaign tell."""
    return {"merchant": row.merchant, "crowd_no": row.id}


@method(
    CONFIRM, who=Who.INSIDE, raises=[CASH_CAMPAIGN_NOT_EXIST, CASH_CURRENT_STATE_CANNOT_MODIFY, CASH_NOT_PAID]
)  # fmt: skip
def confirm(work: Work, ask: Confirm) -> Confirmed:
    """Set the merchant's money aside for a campaign; it begins when its time comes."""
    row = work.find(CashRow, id=ask.subject)
    if row is None or row.merchant != ask.user_id:
        raise CASH_CAMPAIGN_NOT_EXIST(crowd_no=ask.subject)
    CashCampaign.pay(work, row, **facts(row))
    with told_as(refusals_of("kaifang.fund.charge", CASH_NOT_PAID)):
        work.ask(
            "kaifang.fund.charge", payer=row.merchant, payee=row.merchant, payee_purpose=row.budget.purpose,
            amount=row.total, ref=row.id, why="campaign.budget", channel=ask.channel,
        )  # fmt: skip
    work.later(row.start, "campaign.cash.open", row.id)
    work.later(row.end, "campaign.cash.close", row.id)
    return Confirmed(method="alipay.marketing.campaign.cash.create", fields={"crowd_no": row.id})


@timer("campaign.cash.open")
def open_in_time(work: Work, happening: Happening) -> None:
    """A campaign that is paid for begins, unless it was paused meanwhile."""
    row = work.find(CashRow, id=happening.subject)
    if row is not None and row.state == CashCampaign.PAID.name:
        CashCampaign.open(work, row, **facts(row))


@timer("campaign.cash.unpaid")
def leave(work: Work, happening: Happening) -> None:
    """A campaign that nobody paid for is over."""
    row = work.find(CashRow, id=happening.subject)
    if row is not None and row.state == CashCampaign.CREATED.name:
        close(work, row)


@timer("campaign.cash.close")
def close_in_time(work: Work, happening: Happening) -> None:
    """A campaign whose time is over gives nothing more."""
    row = work.find(CashRow, id=happening.subject)
    if row is not None and CashCampaign.close.possible(row):
        close(work, row)


def close(work: Work, row: CashRow) -> None:
    """Nothing more is given; what is left goes back in the night."""
    CashCampaign.close(work, row, **facts(row))
    work.later(day_start(work.now) + DAY + 2 * HOUR, "campaign.cash.settle", row.id)


@timer("campaign.cash.settle")
def settle(work: Work, happening: Happening) -> None:
    """What was not given goes back to the merchant."""
    row = work.find(CashRow, id=happening.subject)
    if row is not None and CashCampaign.settle.possible(row):
        rest = work.balance(row.budget)
        work.post(Move(row.budget, Purse(row.merchant), rest), why="campaign.budget_back", ref=row.id)
        CashCampaign.settle(work, row, **facts(row), rest=rest.minor)


class Modify(Shape):
    crowd_no: Key  # the platform's number
    camp_status: Key  # READY: it goes on; PAUSE: it waits; CLOSED: it is over


class Done(Shape):
    pass


@method(
    "alipay.marketing.campaign.cash.status.modify",
    raises=[CASH_CAMPAIGN_NOT_EXIST, CASH_CURRENT_STATE_CANNOT_MODIFY, CASH_TARGET_STATE_NOT_ILLEGAL],
)
def modify(work: Work, ask: Modify) -> Done:
    """Pause a campaign, let it go on, or end it; asking for what it is already changes nothing."""
    row = own_cash(work, ask.crowd_no)
    if ask.camp_status not in ("READY", "PAUSE", "CLOSED"):
        raise CASH_TARGET_STATE_NOT_ILLEGAL(camp_status=ask.camp_status)
    if row.state == ask.camp_status:
        return Done()
    if ask.camp_status == "CLOSED":
        close(work, row)
    elif ask.camp_status == "PAUSE":
        CashCampaign.pause(work, row, **facts(row))
    else:
        CashCampaign.open(work, row, **facts(row))
    return Done()
