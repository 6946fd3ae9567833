"""Asking beforehand whether a buyer who signed an agreement could pay, and whether anybody would advance it."""

from typing import Any, Literal

from kaifang.kernel import Fault, Key, Money, Shape, Work, fault, method

from .find import party

# fmt: off
USER_NOT_EXIST = fault(
    "USER_NOT_EXIST", zh="用户不存在，请检查用户号", en="There is no such user.", fix="Check the id.",
)
USER_STAUTS_ERROR = fault(
    "USER_STAUTS_ERROR", zh="用户状态异常，请用户联系平台", en="The user's account is not in use.",
    fix="The user should contact the platform.",
)
ILLEGAL_AGREEMENT = fault(
    "ILLEGAL_AGREEMENT", zh="协议无效，请检查协议号", en="There is no such agreement in force.",
    fix="Check agreement_no.",
)
# fmt: on


class AdvanceConsult(Shape):
    alipay_user_id: Key | None = None  # who would buy; needed unless an agreement is named
    agreement_no: Key | None = None  # the agreement by which it would be deducted
    consult_scene: Literal["ORDER_RISK_EVALUATION"] | None = None  # also answer risk_level
    estimated_order_amount: Money | None = None  # yuan: what the order might come to


class Advance(Shape):
    refer_result: str  # false: this platform advances nothing, it takes money from those who have it
    result_code: str  # BUYER_NOT_SUPPORT_ADVANCEPAY
    result_message: str  # the same in words
    wait_repayment_amount: Money  # yuan that the user owes: none
    wait_repayment_order_count: int  # orders that were advanced: none
    risk_level: str | None = None  # 1: the user has as much; 2: the user has not


@method("alipay.trade.advance.consult", reads=True, raises=[USER_NOT_EXIST, USER_STAUTS_ERROR, ILLEGAL_AGREEMENT])
def advance_consult(work: Work, ask: AdvanceConsult) -> Advance:
    """Ask whether the platform would advance an order, and whether its buyer could pay it."""
    user_id = signer(work, ask.agreement_no) if ask.agreement_no else ask.alipay_user_id
    user = party(work, USER_NOT_EXIST, user_id=user_id or "unknown")
    if user.status != "NORMAL":
        raise USER_STAUTS_ERROR(status=user.status)
    level = None
    if ask.consult_scene is not None and ask.agreement_no:
        level = "1" if has(work, user, ask.estimated_order_amount or Money(0)) else "2"
    return Advance(
        refer_result="false", result_code="BUYER_NOT_SUPPORT_ADVANCEPAY", result_message="平台不提供垫资",
        wait_repayment_amount=Money(0), wait_repayment_order_count=0, risk_level=level,
    )  # fmt: skip


def signer(work: Work, agreement_no: str) -> str:
    """Who signed an agreement with the caller that is in force."""
    try:
        signed = work.ask("alipay.user.agreement.query", agreement_no=agreement_no)
    except Fault as refusal:
        raise ILLEGAL_AGREEMENT(agreement_no=agreement_no) from refusal
    if signed.status != "NORMAL":
        raise ILLEGAL_AGREEMENT(status=signed.status)
    if signed.principal_id is not None:
        return str(signed.principal_id)
    return str(party(work, USER_NOT_EXIST, open_id=signed.principal_open_id).user_id)


def has(work: Work, user: Any, amount: Money) -> bool:
    """Whether a user's balance or a card could pay this much."""
    return bool(work.ask("kaifang.fund.afford", payer=user.user_id, amount=amount).able)


class PayConsult(Shape):
    agreement_no: Key  # the agreement by which it would be deducted: without one nobody's means are told
    apply_amount: Money  # yuan
    buyer_id: Key | None = None  # who would pay: who signed


class Consulted(Shape):
    refer_result: str  # AVAILABLE or UNAVAILABLE
    result_code: str | None = None  # why not
    result_msg: str | None = None  # the same in words


@method("alipay.trade.pay.consult", reads=True)
def pay_consult(work: Work, ask: PayConsult) -> Consulted:
    """Ask whether a buyer who signed an agreement could pay so much."""
    try:
        user = party(work, USER_NOT_EXIST, user_id=signer(work, ask.agreement_no))
    except Fault:
        return Consulted(refer_result="UNAVAILABLE", result_code="USER_ENJOYPAY_NOT_SIGNED", result_msg="用户未签约")
    if ask.buyer_id not in (None, user.user_id) or user.status != "NORMAL":
        return Consulted(refer_result="UNAVAILABLE", result_code="USER_CREDIT_HAD_FREEZEN", result_msg="用户不可用")
    if not has(work, user, ask.apply_amount):
        return Consulted(
            refer_result="UNAVAILABLE", result_code="ENJOYPAY_AVAILABLE_AMOUNT_NOT_ENOUGH", result_msg="可用额度不足"
        )
    return Consulted(refer_result="AVAILABLE")
