"""What a merchant offers a person to sign: the product, the scene, the rules, and how long it holds."""

from typing import Annotated, Literal

from msgspec import Meta

from kaifang.kernel import FOREVER, INVALID_PARAMETER, Amount, Key, Line, Moment, Money, Shape, Work
from kaifang.kernel.clock import day_start, local

from .calendar import LAST_DAY, validity_end
from .errors import PRODUCT_CODE_NOT_SUPPORTED_ERROR, USER_AGREEMENT_EXIST
from .find import same_offers, slot_of
from .product import CYCLE, NO_SCENE, check_product
from .states import Agreement
from .tables import Ages, AgreementRow, Rules

SHORTEST_DAYS = 7

Validity = Annotated[str, Meta(max_length=5, pattern=r"^[1-9]\d{0,3}[dm]$")]


class PeriodRules(Shape):
    """When and how much may be deducted by period."""

    period_type: Literal["DAY", "MONTH"]  # what a period is counted in
    period: Annotated[int, Meta(ge=1, le=1200)]  # how many of them it lasts; at least 7 days
    execute_time: Moment  # the first day on which it is due; with MONTH the 28th at the latest
    single_amount: Amount  # yuan at once, at most
    total_amount: Amount | None = None  # yuan in all, at most; any amount if left out
    total_payments: Annotated[int, Meta(ge=1, le=1_000_000)] | None = None  # how often at most; any number if left out


class Device(Shape):
    """The device that an agreement is for."""

    device_id: Key | None = None  # your own number of it


class Offer(Shape):
    """What every way to sign says alike."""

    personal_product_code: Key  # CYCLE_PAY_AUTH_P for deductions by period, or GENERAL_WITHHOLDING_P
    product_code: Key | None = None  # of the deductions: CYCLE_PAY_AUTH or GENERAL_WITHHOLDING
    sign_scene: Key = NO_SCENE  # what kind of business it is for, such as INDUSTRY|DIGITAL_MEDIA
    external_agreement_no: Key | None = None  # your own number; needs a sign_scene
    external_logon_id: Line | None = None  # who the person is in your shop, as the page shows it
    third_party_type: Literal["PARTNER", "MERCHANT"] = "PARTNER"  # what you are to the person
    sign_validity_period: Validity | None = None  # how long it holds, such as 90d or 12m; for good if left out
    period_rule_params: PeriodRules | None = None  # the rules; needed with CYCLE_PAY_AUTH_P
    user_age_range: Ages | None = None  # how old who signs has to be, by the number of the identity card
    device_params: Device | None = None  # the device it is for


OFFER_FAULTS = [PRODUCT_CODE_NOT_SUPPORTED_ERROR, USER_AGREEMENT_EXIST]


def propose(work: Work, ask: Offer, until: int) -> AgreementRow:
    """Keep an offer until it is signed; a later one under the same number takes its place."""
    check_product(ask.personal_product_code, ask.product_code)
    rules = the_rules(ask)
    caller, number = work.caller, ask.external_agreement_no or ""
    if number and ask.sign_scene == NO_SCENE:
        raise INVALID_PARAMETER(field="sign_scene", reason="needed with external_agreement_no")
    merchant, product, scene = caller.merchant, ask.personal_product_code, ask.sign_scene
    if number and work.find(AgreementRow, slot=slot_of(merchant, product, scene, number)) is not None:
        raise USER_AGREEMENT_EXIST(external_agreement_no=number)
    if number:
        forget_earlier(work, ask, number)
    row = AgreementRow(
        id=work.new_id("54600"), merchant=merchant, app=caller.app, auth_app=caller.auth_app, product=product,
        scene=scene, third_party_type=ask.third_party_type, external_agreement_no=number,
        external_logon_id=ask.external_logon_id or "", open_ids=caller.open_ids, offered_until=until,
        invalid=validity_end(work.now, ask.sign_validity_period), notify_url=caller.notify_url or "", rules=rules,
        due=rules.first if rules else 0, ages=ask.user_age_range,
        device=(ask.device_params.device_id if ask.device_params else None) or "",
    )  # fmt: skip
    work.later(until, "agreement.forget", row.id)
    return work.add(row)


def forget_earlier(work: Work, ask: Offer, number: str) -> None:
    """Withdraw what was offered under the same number: nobody shall sign other terms than were read."""
    for row in same_offers(work, ask.personal_product_code, ask.sign_scene, number):
        if row.state == Agreement.TEMP.name:
            work.remove(row)


def the_rules(ask: Offer) -> Rules | None:
    """The rules of deductions by period; other products have none."""
    if ask.personal_product_code != CYCLE:
        return None
    if ask.period_rule_params is None:
        raise INVALID_PARAMETER(field="period_rule_params", reason=f"missing; it is required with {CYCLE}")
    return read_rules(ask.period_rule_params)


def read_rules(asked: PeriodRules) -> Rules:
    """Rules that can be kept on the calendar."""
    first = day_start(asked.execute_time.ms)
    if asked.period_type == "DAY" and asked.period < SHORTEST_DAYS:
        raise INVALID_PARAMETER(field="period_rule_params.period", reason=f"at least {SHORTEST_DAYS} days")
    if asked.period_type == "MONTH" and local(first).day > LAST_DAY:
        raise INVALID_PARAMETER(field="period_rule_params.execute_time", reason=f"not after the {LAST_DAY}th")
    if not 0 <= first < FOREVER:
        raise INVALID_PARAMETER(field="period_rule_params.execute_time", reason="between 1970 and 2115")
    return Rules(
        period_type=asked.period_type, period=asked.period, first=first, single=Money(asked.single_amount.minor),
        total=Money(asked.total_amount.minor if asked.total_amount else 0), payments=asked.total_payments or 0,
    )  # fmt: skip
