"""An agreement in force: looking at it, turning it into another product, and ending it."""

from kaifang.kernel import Key, Moment, Money, Shape, Work, method

from .calendar import day_text, next_day
from .errors import (
    AGREEMENT_HAS_UNSIGNED,
    AGREEMENT_NOT_EXIST,
    NOT_SUPPORTED_BUSINESS,
    PRODUCT_CODE_IS_INVALID,
    PRODUCTCODE_ALREADY_UPDATE,
    USER_AGREEMENT_NOT_EXIST,
    USER_AGREEMENT_STATUS_IS_EXPIRED,
    USER_AGREEMENT_STATUS_NOT_NORMAL,
)
from .find import FIND_FAULTS, Which, agreement_meant, own_agreement, slot_of
from .notices import tell_unsigned
from .offer import PeriodRules, read_rules
from .product import CYCLE
from .states import Agreement
from .tables import AgreementRow


class Query(Which):
    pass


class Queried(Shape):
    agreement_no: str  # its number
    status: str  # TEMP, NORMAL or STOP
    personal_product_code: str  # the product
    sign_scene: str  # the scene it was signed for
    third_party_type: str  # what you are to the person
    pricipal_type: str  # CARD
    invalid_time: Moment  # when it ends by itself
    external_agreement_no: str | None = None  # your own number
    external_logon_id: str | None = None  # who the person is in your shop
    alipay_logon_id: str | None = None  # who signed, masked
    principal_id: str | None = None  # who signed, by user id,
    principal_open_id: str | None = None  # or as your app knows that person
    sign_time: Moment | None = None  # when it was signed
    valid_time: Moment | None = None  # since when it is in force
    single_quota: Money | None = None  # yuan that may be deducted at once
    last_deduct_time: Moment | None = None  # when something was deducted last
    next_deduct_time: Moment | None = None  # the day on which the next deduction is due
    device_id: str | None = None  # the device it is for, by your own number


@method(
    "alipay.user.agreement.query",
    raises=[USER_AGREEMENT_NOT_EXIST, AGREEMENT_HAS_UNSIGNED, *FIND_FAULTS],
    reads=True,
)
def query(work: Work, ask: Query) -> Queried:
    """Look at an agreement: its state, its limits, and when something is due."""
    row = agreement_meant(work, ask, USER_AGREEMENT_NOT_EXIST)
    if row.state == Agreement.UNSIGN.name:
        raise AGREEMENT_HAS_UNSIGNED(agreement_no=row.id)
    by_open_id = work.caller.open_ids
    return Queried(
        agreement_no=row.id, status=row.state, personal_product_code=row.product, sign_scene=row.scene,
        third_party_type=row.third_party_type, pricipal_type="CARD", invalid_time=Moment(row.invalid),
        external_agreement_no=row.external_agreement_no or None, external_logon_id=row.external_logon_id or None,
        alipay_logon_id=work.ask("kaifang.account.party.find", user_id=row.user).masked if row.user else None,
        principal_id=None if by_open_id else row.user or None, principal_open_id=row.open_id or None,
        sign_time=moment(row.signed), valid_time=moment(row.signed), last_deduct_time=moment(row.last),
        single_quota=row.rules.single if row.rules else None, next_deduct_time=next_deduction(row, work.now),
        device_id=row.device or None,
    )  # fmt: skip


def moment(ms: int) -> Moment | None:
    """A moment, unless there is none yet."""
    return Moment(ms) if ms else None


def next_deduction(row: AgreementRow, now: int) -> Moment | None:
    """The day on which the next deduction is due."""
    return Moment(next_day(row.rules, row.due, now)) if row.rules else None


class Unsign(Which):
    pass


class Unsigned(Shape):
    pass


@method(
    "alipay.user.agreement.unsign",
    raises=[AGREEMENT_NOT_EXIST, USER_AGREEMENT_STATUS_NOT_NORMAL, *FIND_FAULTS],
)
def unsign(work: Work, ask: Unsign) -> Unsigned:
    """End an agreement; nothing can be deducted by it any more."""
    row = agreement_meant(work, ask, AGREEMENT_NOT_EXIST)
    end(work, row, work.caller.notify_url)
    return Unsigned()


def end(work: Work, row: AgreementRow, url: str | None) -> None:
    """Somebody ended it: make room for another one, and let the merchant know."""
    Agreement.unsign(work, row, merchant=row.merchant, user=row.user)
    row.slot = None
    tell_unsigned(work, row, url)


class Transfer(Shape):
    agreement_no: Key  # which agreement
    target_product_code: Key  # CYCLE_PAY_AUTH_P
    period_rule_params: PeriodRules  # the rules that hold from now on


class Transferred(Shape):
    amount: Money  # yuan at once, at most
    execute_time: str  # the first day on which it is due, 2026-01-31
    period: str  # how long a period lasts
    period_type: str  # in days (DAY) or months (MONTH)
    total_amount: Money | None = None  # yuan in all, at most
    total_payments: str | None = None  # how often, at most


@method(
    "alipay.user.agreement.transfer",
    raises=[
        USER_AGREEMENT_NOT_EXIST, PRODUCT_CODE_IS_INVALID, USER_AGREEMENT_STATUS_IS_EXPIRED,
        PRODUCTCODE_ALREADY_UPDATE, NOT_SUPPORTED_BUSINESS,
    ],
)  # fmt: skip
def transfer(work: Work, ask: Transfer) -> Transferred:
    """Turn an agreement without rules into one of deductions by period, which lets you do less than before."""
    if ask.target_product_code != CYCLE:
        raise PRODUCT_CODE_IS_INVALID(target_product_code=ask.target_product_code)
    rules = read_rules(ask.period_rule_params)
    row = own_agreement(work, ask.agreement_no, USER_AGREEMENT_NOT_EXIST)
    if row.state == Agreement.UNSIGN.name:
        raise USER_AGREEMENT_STATUS_IS_EXPIRED(agreement_no=row.id)
    if row.product == CYCLE:
        raise PRODUCTCODE_ALREADY_UPDATE(agreement_no=row.id)
    slot = slot_of(row.merchant, CYCLE, row.scene, row.external_agreement_no or f"@{row.user}")
    if not Agreement.transfer.possible(row) or work.find(AgreementRow, slot=slot) is not None:
        raise NOT_SUPPORTED_BUSINESS(status=row.state)
    Agreement.transfer(work, row, merchant=row.merchant, user=row.user, product=CYCLE)
    row.product, row.slot, row.rules, row.due = CYCLE, slot, rules, next_day(rules, rules.first, work.now)
    return Transferred(
        amount=rules.single, execute_time=day_text(rules.first), period=str(rules.period),
        period_type=rules.period_type, total_amount=rules.total or None,
        total_payments=str(rules.payments) if rules.payments else None,
    )  # fmt: skip
