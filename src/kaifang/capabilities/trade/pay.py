"""Paying at once: with a code at the till, by face, by agreement, or out of what was frozen."""

from typing import Any, ClassVar, Literal

import msgspec

from kaifang.kernel import (
    HOUR,
    Ahead,
    Fault,
    Happening,
    Key,
    Moment,
    Money,
    Move,
    Shape,
    Work,
    method,
    timer,
    told_as,
)

from .errors import (
    AGREEMENT_ERROR,
    AGREEMENT_INVALID,
    AGREEMENT_NOT_EXIST,
    AGREEMENT_STATUS_NOT_NORMAL,
    AUTH_AMOUNT_NOT_ENOUGH,
    AUTH_NO_ERROR,
    AUTH_ORDER_HAS_CLOSED,
    AUTH_ORDER_HAS_FINISHED,
    AUTH_ORDER_NOT_PAID,
    BUYER_BALANCE_NOT_ENOUGH,
    BUYER_ENABLE_STATUS_FORBID,
    BUYER_NOT_EXIST,
    CONTEXT_INCONSISTENT,
    CURRENCY_NOT_SUPPORT,
    CYCLE_PAY_DATE_NOT_MATCH,
    CYCLE_PAY_SINGLE_FEE_EXCEED,
    CYCLE_PAY_TOTAL_FEE_EXCEED,
    CYCLE_PAY_TOTAL_TIMES_EXCEED,
    ERROR_BUYER_CERTIFY_LEVEL_LIMIT,
    INVALID,
    MOBILE_PAYMENT_SWITCH_OFF,
    NO_PAYMENT_INSTRUMENTS_AVAILABLE,
    PAYER_UNMATCHED,
    PAYMENT_AUTH_CODE_INVALID,
    PAYMENT_FAIL,
    PRE_AUTH_PROD_CODE_INCONSISTENT,
    PRODUCT_AMOUNT_LIMIT_ERROR,
    TRADE_BUYER_NOT_MATCH,
    TRADE_HAS_CLOSE,
    TRADE_HAS_SUCCESS,
    TRADE_NOT_EXIST,
    USER_FACE_PAYMENT_SWITCH_OFF,
)
from .find import (
    BUYER_FAULTS,
    SELLER_ID_FAULTS,
    Which,
    check_currencies,
    check_waiting,
    name_buyer,
    party,
    the_buyer,
    the_trade,
)
from .order import ORDER_FAULTS, ShopOrder, begin, the_order
from .parts import More
from .payment import (
    FEES,
    PAYMENT_FAULTS,
    Amounts,
    FundBill,
    all_bills,
    amounts,
    buyer_names,
    fee_of,
    moment,
    paid,
    purpose_of,
    take,
)
from .secondary import CLOSED_FAULTS, still_open
from .states import Trade
from .tables import TermsRow, TradeRow
from .terms import receive, terms_of

AT_ONCE = "NORMAL_ASYNC_PAY"  # what the wire calls a payment that the seller need not wait for
Scene = Literal["bar_code", "security_code", "wave_code"]


class AgreementParams(Shape):
    agreement_no: Key  # the number of the agreement that the buyer signed


class Pay(ShopOrder):
    scene: Scene = "bar_code"  # how the code was read; security_code: by a face terminal
    auth_code: Key | None = None  # the code that the buyer showed
    agreement_params: AgreementParams | None = None  # or: the agreement by which it is deducted
    auth_no: Key | None = None  # or: the pre-authorisation out of which it is paid
    auth_confirm_mode: Literal["COMPLETE", "NOT_COMPLETE"] = "NOT_COMPLETE"  # COMPLETE: and give the rest back
    buyer_id: Key | None = None  # with auth_no: who authorised it,
    buyer_open_id: Key | None = None  # or as your app knows that person
    trans_currency: Key | None = None  # CNY
    settle_currency: Key | None = None  # CNY
    is_async_pay: bool = False  # by agreement: soon, and again each hour until it goes through or expires


class Paid(Amounts):
    trade_no: str  # the platform's number
    out_trade_no: str  # the seller's number
    gmt_payment: Moment | None = None  # when it was paid
    fund_bill_list: list[FundBill] = []  # what it was paid with
    async_payment_mode: str | None = None  # of a deduction that may be known later
    async_pay_apply_status: str | None = None  # S: accepted


class Waiting(Paid):
    CODE: ClassVar[str] = "10003"  # the buyer has to confirm in the wallet


AGREEMENT_FAULTS = {
    "AGREEMENT_NOT_EXIST": AGREEMENT_NOT_EXIST,
    "AGREEMENT_STATUS_NOT_NORMAL": AGREEMENT_STATUS_NOT_NORMAL,
    "AGREEMENT_INVALID": AGREEMENT_INVALID,
    "CYCLE_PAY_DATE_NOT_MATCH": CYCLE_PAY_DATE_NOT_MATCH,
    "CYCLE_PAY_SINGLE_FEE_EXCEED": CYCLE_PAY_SINGLE_FEE_EXCEED,
    "CYCLE_PAY_TOTAL_FEE_EXCEED": CYCLE_PAY_TOTAL_FEE_EXCEED,
    "CYCLE_PAY_TOTAL_TIMES_EXCEED": CYCLE_PAY_TOTAL_TIMES_EXCEED,
}
AUTH_FAULTS = {
    "AUTH_NO_ERROR": AUTH_NO_ERROR,
    "AUTH_AMOUNT_NOT_ENOUGH": AUTH_AMOUNT_NOT_ENOUGH,
    "AUTH_ORDER_HAS_FINISHED": AUTH_ORDER_HAS_FINISHED,
    "AUTH_ORDER_HAS_CLOSED": AUTH_ORDER_HAS_CLOSED,
    "AUTH_ORDER_NOT_PAID": AUTH_ORDER_NOT_PAID,
    "PRE_AUTH_PROD_CODE_INCONSISTENT": PRE_AUTH_PROD_CODE_INCONSISTENT,
}


def pay_ahead(look: Ahead, ask: Pay) -> None:
    """The order, its seller, and whoever showed the code."""
    seller = look.caller.merchant
    look.row(TradeRow, seller=seller, out_trade_no=ask.out_trade_no)
    look.row(TermsRow, id=seller)
    look.ask("kaifang.account.party.find", user_id=seller)
    if ask.auth_code and (buyer := look.ask("kaifang.fund.code.take", code=ask.auth_code)):
        look.ask("kaifang.fund.charge", payer=buyer, payee=seller, amount=ask.total_amount, ref="", why="")
        order = {"trade_no": "", "out_trade_no": "", "app": "", "amount": ask.total_amount}
        look.ask("kaifang.voucher.apply", user=buyer, seller=seller, **order)


@method(
    "alipay.trade.pay",
    ahead=pay_ahead,
    raises=[
        *ORDER_FAULTS, *SELLER_ID_FAULTS, *BUYER_FAULTS, PAYMENT_AUTH_CODE_INVALID, MOBILE_PAYMENT_SWITCH_OFF,
        USER_FACE_PAYMENT_SWITCH_OFF, *PAYMENT_FAULTS, *AGREEMENT_FAULTS.values(), *AUTH_FAULTS.values(),
        CURRENCY_NOT_SUPPORT,
    ],
)  # fmt: skip
def pay(work: Work, ask: Pay) -> Paid | Waiting:
    """Charge a buyer for an order: by the code shown at the till, a face, an agreement or a pre-authorisation."""
    check_currencies(ask.trans_currency, ask.settle_currency)
    trade = the_order(work, ask, "pay")
    if trade.state == Trade.ORDERED.name:
        begin(work, trade)
    if ask.auth_no:
        return pay_from_frozen(work, ask, trade, ask.auth_no)
    if ask.agreement_params is not None:
        return pay_by_agreement(work, ask, trade, ask.agreement_params.agreement_no)
    if not ask.auth_code:
        raise INVALID(field="auth_code", reason="give auth_code, agreement_params or auth_no")
    return pay_by_code(work, ask, trade, ask.auth_code)


def pay_by_code(work: Work, ask: Pay, trade: TradeRow, code: str) -> Paid | Waiting:
    """Charge whoever showed the code, or let that person confirm a larger amount first."""
    waiting = trade.more is not None and trade.more.auth_code == code
    if waiting:  # the same code again: the buyer still has not confirmed
        return waiting_for(work, trade, party(work, BUYER_NOT_EXIST, user_id=trade.buyer))
    with told_as({"CODE_INVALID": PAYMENT_AUTH_CODE_INVALID}):
        taken = work.ask("kaifang.fund.code.take", code=code, scene=ask.scene, payee=work.caller.merchant)
    buyer = the_buyer(work, trade, taken.user_id)
    by_face = ask.scene == "security_code"
    if not (buyer.face_pay if by_face else buyer.code_pay):
        raise USER_FACE_PAYMENT_SWITCH_OFF() if by_face else MOBILE_PAYMENT_SWITCH_OFF()
    if trade.total <= buyer.no_password_limit or by_face:
        take(work, trade, buyer)
        return answer(work, trade, buyer)
    known = bool(trade.buyer)
    name_buyer(work, trade, buyer.user_id)
    trade.more = msgspec.structs.replace(trade.more or More(), auth_code=code)
    if not known:
        work.later(trade.expires, "trade.expire", trade.id)
    return waiting_for(work, trade, buyer)


def waiting_for(work: Work, trade: TradeRow, buyer: Any) -> Waiting:
    """Answer that the buyer has to confirm."""
    return Waiting(
        trade_no=trade.id, out_trade_no=trade.out_trade_no, **amounts(trade), **buyer_names(work, trade, buyer.masked)
    )


def pay_by_agreement(work: Work, ask: Pay, trade: TradeRow, agreement_no: str) -> Paid:
    """Deduct from whoever signed the agreement, within what was agreed: now, or soon and until it goes through."""
    asked = "kaifang.agreement.consult" if ask.is_async_pay else "kaifang.agreement.use"
    with told_as(AGREEMENT_FAULTS):
        used = work.ask(
            asked, agreement_no=agreement_no, seller=trade.seller, amount=trade.total, product_code=trade.product,
            out_trade_no=trade.out_trade_no,
        )  # fmt: skip
    accepted = trade.more is not None and trade.more.agreement_no == agreement_no
    said = {"agreement_no": agreement_no, "external_agreement_no": used.external_agreement_no}
    trade.more = msgspec.structs.replace(trade.more or More(), **said)
    buyer = the_buyer(work, trade, used.user_id)
    if not ask.is_async_pay:
        take(work, trade, buyer)
        return answer(work, trade, buyer)
    if not accepted:
        name_buyer(work, trade, buyer.user_id)
        work.later(trade.expires, "trade.expire", trade.id)
        work.later(work.now, "trade.deduct", trade.id)
    told = answer(work, trade, buyer)
    told.async_payment_mode, told.async_pay_apply_status = AT_ONCE, "S"
    return told


@timer("trade.deduct")
def deduct(work: Work, happening: Happening) -> None:
    """Deduct what was accepted, as if it were asked for now.

    What the buyer cannot pay is tried again each hour. What is refused for another reason, such as an agreement that
    has ended, cannot be mended by waiting: the order stays unpaid and is closed, and its seller told, when it expires.
    """
    trade = work.find(TradeRow, id=happening.subject)
    if trade is None or not Trade.pay.possible(trade) or trade.more is None:
        return
    by = {"product_code": trade.product, "agreement_params": {"agreement_no": trade.more.agreement_no}}
    order = {"out_trade_no": trade.out_trade_no, "total_amount": trade.total, "subject": trade.subject}
    try:
        with work.attempt() as part:
            acting = part.acting(merchant=trade.seller, app=trade.app, auth_app=trade.auth_app)
            acting.ask("alipay.trade.pay", **order, **by)
    except Fault as refusal:
        if refusal.kind in PAYMENT_FAULTS:
            work.later(work.now + HOUR, "trade.deduct", trade.id)


def pay_from_frozen(work: Work, ask: Pay, trade: TradeRow, auth_no: str) -> Paid:
    """Pay out of what the buyer had frozen; what comes back later goes to the buyer, not back to the freeze."""
    terms, purpose = terms_of(work, trade.seller), purpose_of(trade)
    still_open(work, trade)
    receive(work, terms, trade.total)
    to = trade.purse(purpose)
    with told_as(AUTH_FAULTS):
        used = work.ask(
            "kaifang.fund.freeze.pay", auth_no=auth_no, payee=to.owner, payee_purpose=to.purpose, amount=trade.total,
            seller=trade.seller, complete=ask.auth_confirm_mode == "COMPLETE", ref=trade.id, product=ask.product_code,
        )  # fmt: skip
    trade.more = msgspec.structs.replace(trade.more or More(), auth_no=auth_no)
    trade.fee = fee_of(terms, trade, purpose)
    work.post(Move(to, FEES, trade.fee), why="trade.pay", ref=trade.id)
    buyer = the_buyer(work, trade, used.user_id)
    named = ask.buyer_id
    if ask.buyer_open_id and not named:
        named = party(work, TRADE_BUYER_NOT_MATCH, open_id=ask.buyer_open_id).user_id
    if named not in (None, buyer.user_id):
        raise TRADE_BUYER_NOT_MATCH()
    paid(work, trade, buyer, purpose, used.bills)
    return answer(work, trade, buyer)


def answer(work: Work, trade: TradeRow, buyer: Any) -> Paid:
    """Answer that it is paid."""
    return Paid(
        trade_no=trade.id, out_trade_no=trade.out_trade_no, gmt_payment=moment(trade.paid),
        fund_bill_list=all_bills(trade), **amounts(trade), **buyer_names(work, trade, buyer.masked),
    )  # fmt: skip


class OrderPay(Shape):
    trade_no: Key  # the platform's number
    out_request_no: Key  # the seller's number of this request; asking twice pays once
    total_amount: Money  # yuan: what the trade is for
    is_async_pay: bool = False  # soon, and again each hour until it goes through or the trade expires
    buyer_id: Key | None = None  # whose trade it is: the user id,
    buyer_open_id: Key | None = None  # or as your app knows that person


class OrderPaid(Shape):
    trade_no: str  # the platform's number
    out_trade_no: str  # the seller's number
    out_request_no: str  # the seller's number of this request
    total_amount: Money  # yuan
    gmt_payment: Moment | None = None  # when it was paid
    async_payment_mode: str | None = None  # of a payment that is accepted, and known later


DOCUMENTED = {BUYER_BALANCE_NOT_ENOUGH, NO_PAYMENT_INSTRUMENTS_AVAILABLE, PRODUCT_AMOUNT_LIMIT_ERROR}
REFUSED = [BUYER_ENABLE_STATUS_FORBID, PAYER_UNMATCHED, ERROR_BUYER_CERTIFY_LEVEL_LIMIT, *CLOSED_FAULTS]
OTHERWISE = {kind.code: kind if kind in DOCUMENTED else PAYMENT_FAIL for kind in [*PAYMENT_FAULTS, *REFUSED]}


@method(
    "alipay.trade.order.pay", once=("trade_no", "out_request_no"), clash=CONTEXT_INCONSISTENT,
    raises=[
        TRADE_NOT_EXIST, TRADE_HAS_SUCCESS, TRADE_HAS_CLOSE, TRADE_BUYER_NOT_MATCH, AGREEMENT_ERROR, *DOCUMENTED,
        PAYMENT_FAIL,
    ],
)  # fmt: skip
def order_pay(work: Work, ask: OrderPay) -> OrderPaid:
    """Pay a trade that was opened before, by the agreement that its buyer has signed with the seller."""
    trade = the_trade(work, Which(trade_no=ask.trade_no))
    if trade.total != ask.total_amount:
        raise CONTEXT_INCONSISTENT(total_amount=trade.total)
    check_waiting(trade)
    user = party(work, TRADE_BUYER_NOT_MATCH, user_id=ask.buyer_id or trade.buyer or None, open_id=ask.buyer_open_id)
    if user.user_id != trade.buyer:
        raise TRADE_BUYER_NOT_MATCH()
    if ask.is_async_pay:
        withholding(work, trade, "kaifang.agreement.consult")
        work.later(work.now, "trade.order_pay", trade.id)
    else:
        pay_open(work, trade)
    return OrderPaid(
        trade_no=trade.id, out_trade_no=trade.out_trade_no, out_request_no=ask.out_request_no,
        total_amount=trade.total, gmt_payment=moment(trade.paid),
        async_payment_mode=AT_ONCE if ask.is_async_pay else None,
    )  # fmt: skip


def pay_open(work: Work, trade: TradeRow) -> None:
    """Pay a trade that waits for its buyer, by the agreement with the seller."""
    agreement = withholding(work, trade, "kaifang.agreement.use")
    trade.more = msgspec.structs.replace(trade.more or More(), agreement_no=agreement)
    with told_as(OTHERWISE):
        take(work, trade, the_buyer(work, trade, trade.buyer))


@timer("trade.order_pay")
def pay_accepted(work: Work, happening: Happening) -> None:
    """Pay what was accepted to be paid later; what the buyer cannot pay is tried again each hour."""
    trade = work.find(TradeRow, id=happening.subject)
    if trade is None or not Trade.pay.possible(trade):
        return
    try:
        with work.attempt() as part:
            acting = part.acting(merchant=trade.seller, app=trade.app, auth_app=trade.auth_app)
            pay_open(acting, the_trade(acting, Which(trade_no=trade.id)))
    except Fault as refusal:
        if refusal.kind in (*DOCUMENTED, PAYMENT_FAIL):
            work.later(work.now + HOUR, "trade.order_pay", trade.id)


def withholding(work: Work, trade: TradeRow, how: str) -> str:
    """Use, or only consult, the agreement by which the seller may deduct from a trade's buyer."""
    try:
        signed = work.ask(
            "alipay.user.agreement.query", alipay_user_id=trade.buyer, personal_product_code="GENERAL_WITHHOLDING_P"
        )
        work.ask(
            how, agreement_no=signed.agreement_no, seller=trade.seller, amount=trade.total,
            product_code="GENERAL_WITHHOLDING", out_trade_no=trade.out_trade_no,
        )  # fmt: skip
    except Fault as refusal:
        raise AGREEMENT_ERROR(reason=refusal.says("zh")) from refusal
    number: str = signed.agreement_no
    return number
