"""Cash campaigns in people's hands: each who is named gets an amount, once for each of the merchant's numbers."""

from typing import Annotated

from msgspec import Meta

from kaifang.kernel import INVALID_PARAMETER, Address, Key, Money, Move, Purse, Shape, Work, fair, method
from kaifang.kernel.clock import period_of
from kaifang.kernel.fair import Outcome

from .errors import (
    CASH_CAMP_BUDGET_INSUFFICIENT,
    CASH_CAMP_NOT_ALLOW_TRIGGER_OWN,
    CASH_CAMPAIGN_EMERGENCY_STOP,
    CASH_CAMPAIGN_IS_OVER,
    CASH_CAMPAIGN_NOT_EXIST,
    CASH_CAMPAIGN_NOT_START,
    ENTERPRISE_USER_NOT_SUPPORT,
    OUT_BIZ_NO_ILLEGAL,
    USER_ACCESS_FREQUENCY_LIMIT,
    USER_ACCESS_TOTAL_LIMIT,
    USER_NOT_EXIST,
)
from .find import Person, count, count_within, counted, own_cash, the_person
from .states import CashCampaign
from .tables import CashRow, DrawRow

DEFAULT = "default_out_biz_no"
OutNo = Annotated[str, Meta(min_length=1, max_length=64, pattern=r"^\w+$")]


class Trigger(Person):
    crowd_no: Key  # the platform's number
    out_biz_no: OutNo = DEFAULT  # your own number of this; a person has one for each number
    order_price: Money | None = None  # yuan, if just so much is to be given, whatever the campaign says


class Triggered(Shape):
    trigger_result: str  # true
    biz_no: str  # the platform's number
    out_biz_no: str  # your own number
    prize_amount: Money  # yuan
    repeat_trigger_flag: str  # true if this was given before, and nothing more now
    coupon_name: str  # what it is called
    prize_msg: str  # what is read with the money
    partner_id: str  # user id of who gives it
    merchant_logo: Address | None = None  # URL of a picture, if the merchant has one


@method(
    "alipay.marketing.campaign.cash.trigger",
    raises=[
        CASH_CAMPAIGN_NOT_EXIST, CASH_CAMPAIGN_NOT_START, CASH_CAMPAIGN_IS_OVER, CASH_CAMPAIGN_EMERGENCY_STOP,
        CASH_CAMP_BUDGET_INSUFFICIENT, CASH_CAMP_NOT_ALLOW_TRIGGER_OWN, USER_NOT_EXIST, ENTERPRISE_USER_NOT_SUPPORT,
        USER_ACCESS_TOTAL_LIMIT, USER_ACCESS_FREQUENCY_LIMIT, OUT_BIZ_NO_ILLEGAL,
    ],
)  # fmt: skip
def trigger(work: Work, ask: Trigger) -> Triggered:
    """Give somebody cash of a campaign: it is in the balance at once."""
    row = own_cash(work, ask.crowd_no)
    person = the_person(work, ask.user_id, ask.open_id, ask.login_id)
    before = work.find(DrawRow, campaign=row.id, user=person.user_id, out_no=ask.out_biz_no)
    asked = str(ask.order_price) if ask.order_price else ""
    if before is not None:
        if before.asked != asked:
            raise OUT_BIZ_NO_ILLEGAL(out_biz_no=ask.out_biz_no)
        return triggered(work, row, before, "true")
    check_open(work, row)
    if person.user_id == row.merchant:
        raise CASH_CAMP_NOT_ALLOW_TRIGGER_OWN()
    if person.kind != "person":
        raise ENTERPRISE_USER_NOT_SUPPORT()
    if person.status != "NORMAL":
        raise USER_NOT_EXIST(status=person.status)
    return triggered(work, row, give(work, row, person.user_id, ask.out_biz_no, asked), "false")


def check_open(work: Work, row: CashRow) -> None:
    """Whether a campaign gives something now, whether or not its timers have come round yet."""
    if work.now >= row.end or row.state in (CashCampaign.CLOSED.name, CashCampaign.SETTLED.name):
        raise CASH_CAMPAIGN_IS_OVER(crowd_no=row.id)
    if row.state == CashCampaign.PAUSE.name:
        raise CASH_CAMPAIGN_EMERGENCY_STOP(crowd_no=row.id)
    if row.state == CashCampaign.CREATED.name or work.now < row.start:
        raise CASH_CAMPAIGN_NOT_START(crowd_no=row.id)


def give(work: Work, row: CashRow, user: str, out_no: str, asked: str) -> DrawRow:
    """Draw an amount for somebody, and move it."""
    had = counted(work, row.id, user)
    count(had, row.life, USER_ACCESS_TOTAL_LIMIT)
    count_within(had, period_of(row.period, work.now), row.within, USER_ACCESS_FREQUENCY_LIMIT)
    who = fair.alias(row.veil, user)
    got, fen = fair.draw(row.seed, outcomes(row), row.id, who, had.total)
    amount = Money.parse(asked) if asked else Money(fen)
    if amount.minor > 20_000:
        raise INVALID_PARAMETER(field="order_price", reason="one comes to 200.00 yuan at most")
    drawn = DrawRow(
        campaign=row.id, who=who, number=had.total, user=user, out_no=out_no, log=work.new_id("83001"), asked=asked,
        got=got, amount=amount, at=work.now,
    )  # fmt: skip
    work.post(Move(row.budget, Purse(user), amount, CASH_CAMP_BUDGET_INSUFFICIENT), why="campaign.cash", ref=drawn.log)
    work.tell("cash.give", drawn.log, merchant=row.merchant, user=user, crowd_no=row.id, amount=amount.minor)
    return work.add(drawn)


def outcomes(row: CashRow) -> list[Outcome]:
    """What can be drawn: an amount."""
    return [Outcome(name="cash", weight=1, low=row.low, high=row.high)]


def triggered(work: Work, row: CashRow, drawn: DrawRow, repeated: str) -> Triggered:
    """What was given, as the merchant is told."""
    logo = the_person(work, row.merchant).avatar or None
    return Triggered(
        trigger_result="true", biz_no=drawn.log, out_biz_no=drawn.out_no, prize_amount=drawn.amount,
        repeat_trigger_flag=repeated, coupon_name=row.name, prize_msg=row.message, partner_id=row.merchant,
        merchant_logo=logo,
    )  # fmt: skip
