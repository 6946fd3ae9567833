"""Refunds that are carried out later than asked for: in a moment, or when the seller confirms them on a page."""

from kaifang.kernel import (
    SECOND,
    Fault,
    Happening,
    Key,
    Line,
    Money,
    Page,
    Shape,
    Who,
    Work,
    fault,
    method,
    timer,
    told_as,
)
from kaifang.kernel.shape import plain

from .errors import (
    DISCORDANT_REPEAT_REQUEST,
    INVALID,
    REASON_TRADE_REFUND_FEE_ERR,
    REFUND_AMT_NOT_EQUAL_TOTAL,
    REFUND_FEE_ERROR,
    SELLER_BALANCE_NOT_ENOUGH,
    TRADE_HAS_CLOSE,
    TRADE_HAS_FINISHED,
    TRADE_NOT_EXIST,
    TRADE_STATUS_ERROR,
)
from .find import Which, the_trade
from .refund import Refund, check_amount, check_state
from .states import RefundApplication
from .tables import ApplicationRow, RefundRow, TradeRow

# fmt: off
REFUND_TRADE_FEE_ERROR = fault(
    "ACQ.REFUND_TRADE_FEE_ERROR", zh="退款金额错误，请大于零", en="Nothing is no refund.",
    fix="Ask for more than 0.00.",
)
NOT_THE_SELLER = fault(
    "NOT_THE_SELLER", zh="只有卖家本人可以确认退款", en="Only the seller confirms this refund.",
    fix="Sign in as the seller.",
)
# fmt: on

WAIT = 3 * SECOND


class Apply(Which):
    refund_amount: Money  # yuan; never more than is left
    out_request_no: Key | None = None  # the seller's number of this part; asking twice refunds once
    refund_reason: Line | None = None  # why


class Applied(Shape):
    trade_no: str  # the platform's number
    out_trade_no: str  # the seller's number
    out_request_no: str  # the seller's number of this part
    refund_amount: Money  # yuan
    refund_status: str  # REFUND_PROCESSING, REFUND_SUCCESS or REFUND_FAIL


APPLY_FAULTS = [
    INVALID, TRADE_NOT_EXIST, TRADE_STATUS_ERROR, TRADE_HAS_CLOSE, TRADE_HAS_FINISHED, DISCORDANT_REPEAT_REQUEST,
    REFUND_AMT_NOT_EQUAL_TOTAL, REASON_TRADE_REFUND_FEE_ERR, REFUND_TRADE_FEE_ERROR,
]  # fmt: skip


@method("alipay.trade.refund.apply", raises=APPLY_FAULTS)
def apply(work: Work, ask: Apply) -> Applied:
    """Apply for a refund that is carried out in a moment; ask for its outcome, or apply again, to know."""
    trade = the_trade(work, ask)
    known = application(work, trade, ask)
    if known.state in (RefundApplication.ASKED.name, RefundApplication.REFUND_FAIL.name):
        RefundApplication.process(work, known, seller=trade.seller)
        known.due = work.now + WAIT
        work.later(known.due, "trade.refund", known.id)
    return Applied(
        trade_no=trade.id, out_trade_no=trade.out_trade_no, out_request_no=known.request, refund_amount=known.amount,
        refund_status=known.state,
    )  # fmt: skip


def application(work: Work, trade: TradeRow, ask: Apply) -> ApplicationRow:
    """What was applied for under this number: before, or now."""
    number = ask.out_request_no or trade.out_trade_no
    known = work.find(ApplicationRow, trade=trade.id, request=number)
    done = work.find(RefundRow, trade=trade.id, request=number)
    for before in (known, done):
        if before is not None and before.amount != ask.refund_amount:
            raise DISCORDANT_REPEAT_REQUEST(refund_amount=before.amount)
    if done is None and (known is None or known.state == RefundApplication.REFUND_FAIL.name):
        check_state(trade)
        with told_as({REFUND_FEE_ERROR.code: REFUND_TRADE_FEE_ERROR}):
            check_amount(trade, ask.refund_amount, ask.out_request_no)
    if known is not None:
        return known
    return work.add(
        ApplicationRow(
            id=work.new_id("22005"), trade=trade.id, request=number, amount=ask.refund_amount,
            reason=ask.refund_reason or "",
        )
    )  # fmt: skip


@timer("trade.refund")
def refund_later(work: Work, happening: Happening) -> None:
    """Carry out what was applied for; what cannot be is kept with its reason."""
    row = work.find(ApplicationRow, id=happening.subject)
    if row is not None and RefundApplication.succeed.possible(row):
        carry_out(work, row)


def carry_out(work: Work, row: ApplicationRow) -> None:
    """Refund for the seller, as if he had asked for it directly."""
    trade = work.find(TradeRow, id=row.trade)
    assert trade is not None, f"application {row.id} for no trade"
    try:
        asked = Refund(
            trade_no=trade.id, out_request_no=row.request, refund_amount=row.amount, refund_reason=row.reason
        )
        refund_for(work, trade, asked)
    except Fault as refusal:
        row.error = refusal.kind.code
        RefundApplication.fail(work, row, seller=trade.seller, error=row.error)
    else:
        row.error = ""
        RefundApplication.succeed(work, row, seller=trade.seller)


def refund_for(work: Work, trade: TradeRow, asked: Refund) -> None:
    """Refund a trade in its seller's name; a refusal leaves no trace."""
    with work.attempt() as part:
        acting = part.acting(merchant=trade.seller, app=trade.app, auth_app=trade.auth_app)
        acting.ask("alipay.trade.refund", **plain(asked))


@method("alipay.trade.page.refund", raises=APPLY_FAULTS)
def page_refund(work: Work, ask: Apply) -> Page:
    """Open a page on which the seller confirms a refund with the payment password."""
    trade = the_trade(work, ask)
    row = application(work, trade, ask)
    opened = work.ask(
        "kaifang.cashier.open", kind="refund", title=trade.subject, amount=row.amount, subject=row.id,
        confirm="kaifang.trade.refund.confirm", return_url=work.caller.return_url, details={"退款单号": row.id},
    )  # fmt: skip
    return Page(path=opened.path)


class ConfirmRefund(Shape):
    subject: Key  # the number of the application
    user_id: Key  # who confirmed
    channel: Key | None = None  # nothing to choose here


class RefundConfirmed(Shape):
    method: str  # under which name it is told
    fields: dict[str, str]  # what is told


@method(
    "kaifang.trade.refund.confirm", who=Who.INSIDE, raises=[TRADE_NOT_EXIST, NOT_THE_SELLER, SELLER_BALANCE_NOT_ENOUGH]
)  # fmt: skip
def confirm_refund(work: Work, ask: ConfirmRefund) -> RefundConfirmed:
    """Carry out a refund that the seller confirmed at the cashier."""
    row = work.find(ApplicationRow, id=ask.subject)
    trade = work.find(TradeRow, id=row.trade) if row is not None else None
    if row is None or trade is None:
        raise TRADE_NOT_EXIST()
    if ask.user_id != trade.seller:
        raise NOT_THE_SELLER()
    if row.state in (RefundApplication.ASKED.name, RefundApplication.REFUND_FAIL.name):
        RefundApplication.process(work, row, seller=trade.seller)
        carry_out(work, row)
    if row.state == RefundApplication.REFUND_FAIL.name:
        raise SELLER_BALANCE_NOT_ENOUGH(reason=row.error)
    fields = {
        "trade_no": trade.id, "out_trade_no": trade.out_trade_no, "out_request_no": row.request,
        "refund_amount": str(row.amount),
    }  # fmt: skip
    return RefundConfirmed(method="alipay.trade.page.refund.return", fields=fields)
