"""A merchant's account: what is in it, what was in it, and every movement."""

from kaifang.kernel import INVALID_PARAMETER, Key, Moment, Money, Purse, Shape, Work, method
from kaifang.kernel.statement import Statement

from .errors import PROCESSING, USER_AGREEMENT_CHECK_FAIL
from .find import deals, marks, numbers_of, other_side, own, page
from .period import Span, day_or_month, is_ready, span
from .reading import read_all
from .tables import DealRow
from .words import Names, kind_of


class AskBalance(Shape):
    bill_user_id: Key | None = None  # whose; your own if left out


class Balance(Shape):
    total_amount: Money  # yuan in all
    available_amount: Money  # yuan that can be spent
    freeze_amount: Money  # yuan set aside
    settle_amount: Money  # yuan that wait for the settlement of guaranteed trades


@method("alipay.data.bill.balance.query", reads=True, raises=[USER_AGREEMENT_CHECK_FAIL])
def balance(work: Work, ask: AskBalance) -> Balance:
    """Ask what is in your account now."""
    owner = own(work, ask.bill_user_id, USER_AGREEMENT_CHECK_FAIL)
    available, frozen = work.balance(Purse(owner)), set_aside(work, owner)
    return Balance(
        total_amount=available + frozen, available_amount=available, freeze_amount=frozen,
        settle_amount=work.balance(Purse(owner, "escrow")),
    )  # fmt: skip


def set_aside(work: Work, owner: str) -> Money:
    """What is the owner's and cannot be spent: held for something, or kept for sharing."""
    return work.balance(Purse(owner, "held")) + work.balance(Purse(owner, "royalty"))


class AskFrozen(Shape):
    bill_user_id: Key | None = None  # whose; your own if left out


class Frozen(Shape):
    freeze_amount: Money  # yuan set aside


@method("alipay.data.bill.freezebalance.query", reads=True, raises=[USER_AGREEMENT_CHECK_FAIL])
def frozen(work: Work, ask: AskFrozen) -> Frozen:
    """Ask how much of your account is set aside."""
    return Frozen(freeze_amount=set_aside(work, own(work, ask.bill_user_id, USER_AGREEMENT_CHECK_FAIL)))


class AskHistory(Shape):
    biz_date: Key | None = None  # a day that is over, 2026-01-31
    biz_month: Key | None = None  # or a month that is over, 2026-01


class History(Shape):
    beginning_balance: Money  # yuan that could be spent when it began
    ending_balance: Money  # and when it ended


@method("alipay.data.bill.balancehis.query", raises=[PROCESSING])
def history(work: Work, ask: AskHistory) -> History:
    """Ask what was in your account when a day or a month began and ended."""
    field, length = ("biz_date", 10) if ask.biz_date else ("biz_month", 7)
    text = ask.biz_date or ask.biz_month or ""
    if not text or (ask.biz_date and ask.biz_month):
        raise INVALID_PARAMETER(field="biz_date", reason="give biz_date or biz_month, and not both")
    found = day_or_month(text) if len(text) == length else None
    if found is None or found[1] > work.now:
        raise INVALID_PARAMETER(field=field, reason="a day or a month that is over, as 2026-01-31 or 2026-01")
    if not is_ready(found[1], work.now):
        raise PROCESSING()
    read_all(work)
    begin, end = (balance_at(work, work.caller.merchant, moment) for moment in found)
    return History(beginning_balance=begin, ending_balance=end)


def balance_at(work: Work, owner: str, moment: int) -> Money:
    """What could be spent just before a moment: the sum of all movements until then."""
    return Money(work.sum(Statement, "change", "owner = ? and id < ?", (owner, f"{moment:013d}")))


class AskLog(Span):
    alipay_order_no: Key | None = None  # only movements of the trade or transfer with this number
    merchant_order_no: Key | None = None  # or with this number of your own
    bill_user_id: Key | None = None  # whose; your own if left out


class LogItem(Shape):
    """A movement of your account."""

    account_log_id: str  # its number
    trans_dt: Moment  # when
    direction: str  # 收入 (in) or 支出 (out)
    trans_amount: Money  # yuan; below zero: out
    balance: Money  # yuan that could be spent afterwards
    type: str  # what it is called on bills
    alipay_order_no: str  # the number of the trade or transfer
    biz_orig_no: str  # the same
    biz_nos: str  # all numbers: M of the trade, O of this movement's deal
    bill_source: str  # where it comes from
    biz_desc: str  # what happened
    other_account: str | None = None  # who is on the other side
    merchant_order_no: str | None = None  # your own number of the order
    merchant_out_refund_no: str | None = None  # your own number of the refund
    trans_memo: str | None = None  # what for


class Log(Shape):
    detail_list: list[LogItem]  # the oldest first
    page_no: str  # which page
    page_size: str  # lines on a page
    total_size: str  # lines in all


@method("alipay.data.bill.accountlog.query", raises=[USER_AGREEMENT_CHECK_FAIL])
def account_log(work: Work, ask: AskLog) -> Log:
    """List the movements of your account in a span of time, or those of one order in it."""
    owner = own(work, ask.bill_user_id, USER_AGREEMENT_CHECK_FAIL)
    if ask.alipay_order_no and ask.merchant_order_no:
        raise INVALID_PARAMETER(field="merchant_order_no", reason="give one of the two numbers")
    start, end = span(ask)
    read_all(work)
    where, values = "owner = ? and id >= ? and id < ?", [owner, f"{start:013d}", f"{end:013d}"]
    numbers = numbers_of(work, owner, ask.alipay_order_no, ask.merchant_order_no)
    if numbers is not None:
        where, values = f"{where} and ref in ({marks(numbers) or 'null'})", [*values, *numbers]
    rows, told = page(work, Statement, where, values, ask, order="id")
    return Log(detail_list=log_items(work, rows), **told)


def log_items(work: Work, rows: list[Statement]) -> list[LogItem]:
    """Movements with what is known of their deals."""
    known, names = deals(work, [row.ref for row in rows]), Names(work)
    return [log_item(row, known, names) for row in rows]


def log_item(row: Statement, known: dict[str, DealRow], names: Names) -> LogItem:
    """A movement with what is known of its deal."""
    deal = known.get(row.ref)
    trade_no = deal.trade_no if deal else row.ref
    whole = known.get(trade_no)
    return LogItem(
        account_log_id=row.id, trans_dt=Moment(row.at), direction="收入" if row.change > 0 else "支出",
        trans_amount=Money(row.change), balance=Money(row.after), type=kind_of(row), alipay_order_no=trade_no,
        biz_orig_no=trade_no, biz_nos=f"M{{{trade_no}}}|O{{{row.ref}}}", bill_source="商家中心", biz_desc=row.why,
        other_account=names(other_side(row, whole)) or None,
        merchant_order_no=(whole.out_no if whole else "") or None,
        merchant_out_refund_no=(deal.request if deal else "") or None,
        trans_memo=(whole.note or whole.title if whole else "") or None,
    )  # fmt: skip
