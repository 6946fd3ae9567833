"""Receipts: papers that prove what moved in a merchant's account."""

from typing import Literal

from kaifang.kernel import INVALID_PARAMETER, Happening, Key, Money, Shape, Work, method, timer
from kaifang.kernel.clock import DAY, written
from kaifang.kernel.statement import Statement

from .account import balance_at
from .account_bill import figures, movements
from .download import link
from .errors import BIZ_ERROR
from .find import own
from .paper import Paper, pdf
from .period import day_or_month, is_ready
from .reading import read_all
from .states import Receipt
from .tables import DealRow, FileRow, ReceiptRow
from .transfer import SENT
from .words import Names, kind_of

Kind = Literal[
    "ACCOUNT_LOG_DETAIL", "ACCOUNT_FLOW_DETAIL", "FUND_DETAIL", "ACCOUNT_LOG_SUM_DAILY", "ACCOUNT_LOG_SUM_MONTHLY"
]  # fmt: skip
TITLES = {
    "ACCOUNT_LOG_DETAIL": "余额收支证明", "ACCOUNT_FLOW_DETAIL": "余额收支流水证明", "FUND_DETAIL": "转入转出收支证明",
    "ACCOUNT_LOG_SUM_DAILY": "收支汇总证明（日汇总）", "ACCOUNT_LOG_SUM_MONTHLY": "收支汇总证明（月汇总）",
}  # fmt: skip
MOST = 2000  # movements on one paper
COLUMNS = [("时间", 0), ("类型", 100), ("收支（元）", 160), ("余额（元）", 230), ("对方", 300), ("业务号", 400)]


class Apply(Shape):
    type: Kind  # a movement, the movements of some days, those of a deal, or the sums of a day or a month
    key: Key  # account_log_id, 20260101-20260131, the deal's number, 2026-01-31 or 2026-01
    bill_user_id: Key | None = None  # whose; your own if left out


class Applied(Shape):
    file_id: str  # the receipt's number


@method("alipay.data.bill.ereceipt.apply", raises=[BIZ_ERROR])
def apply(work: Work, ask: Apply) -> Applied:
    """Apply for a receipt of what moved in your account."""
    owner = own(work, ask.bill_user_id, BIZ_ERROR)
    if ask.type not in ("ACCOUNT_LOG_DETAIL", "FUND_DETAIL") and days_of(ask.type, ask.key, work.now) is None:
        raise INVALID_PARAMETER(field="key", reason="20260101-20260131, 2026-01-31 or 2026-01; days that are over")
    row = work.add(ReceiptRow(id=work.new_id("11099"), owner=owner, type=ask.type, key=ask.key))
    work.later(work.now, "receipt.make", row.id)
    return Applied(file_id=row.id)


def days_of(kind: str, key: str, now: int) -> tuple[int, int] | None:
    """From when until when the days of a receipt last; None if it is wrong, or they are not over."""
    if kind == "ACCOUNT_FLOW_DETAIL":
        first, _, last = (f"{part[:4]}-{part[4:6]}-{part[6:]}" for part in key.partition("-"))
        begin, end = day_or_month(first), day_or_month(last)
        found = (begin[0], end[1]) if begin and end and len(key) == 17 else None
        found = found if found and found[0] < found[1] <= found[0] + 366 * DAY else None
    else:
        wanted = 10 if kind == "ACCOUNT_LOG_SUM_DAILY" else 7
        found = day_or_month(key) if len(key) == wanted else None
    return found if found and is_ready(found[1], now) else None


@timer("receipt.make")
def make(work: Work, happening: Happening) -> None:
    """Make the paper of an application, or say why there is none."""
    row = work.find(ReceiptRow, id=happening.subject)
    if row is None or not Receipt.issue.possible(row):
        return
    read_all(work)
    paper = summary(work, row) if row.type.startswith("ACCOUNT_LOG_SUM") else list_of(work, row)
    if isinstance(paper, str):
        row.error = paper
        Receipt.fail(work, row, merchant=row.owner)
        return
    name = f"{row.owner}_{row.id}.pdf"
    work.add(FileRow(id=row.id, owner=row.owner, name=name, content=pdf(paper), made=work.now))
    Receipt.issue(work, row, merchant=row.owner)


def heading(work: Work, row: ReceiptRow) -> list[tuple[str, str]]:
    """Whose receipt it is, and of when."""
    return [("回单编号", row.id), ("账户", Names(work)(row.owner)), ("出具时间", written(work.now))]


def summary(work: Work, row: ReceiptRow) -> Paper:
    """The sums of a day or a month."""
    period = days_of(row.type, row.key, work.now)
    assert period is not None, f"receipt {row.id} was accepted for {row.key}"
    sums = figures(movements(work, row.owner, *period))
    begin, end = (balance_at(work, row.owner, moment) for moment in period)
    facts = [("期间", row.key), ("期初余额", f"{begin} 元"), ("收入", f"{sums[0]} 笔，{sums[1]} 元")]
    facts += [("支出", f"{sums[2]} 笔，{sums[3]} 元"), ("期末余额", f"{end} 元")]
    return Paper(title=TITLES[row.type], facts=[*heading(work, row), *facts])


def list_of(work: Work, row: ReceiptRow) -> Paper | str:
    """The movements that are meant, or why there are none to list."""
    period = days_of(row.type, row.key, work.now)
    if row.type == "ACCOUNT_FLOW_DETAIL":
        assert period is not None, f"receipt {row.id} was accepted for {row.key}"
        found = movements(work, row.owner, *period)
    else:
        column = "id" if row.type == "ACCOUNT_LOG_DETAIL" else "ref"
        found = work.select(Statement, f"owner = ? and {column} = ?", (row.owner, row.key), "id", MOST)
    if len(found) > MOST:
        return f"流水超过 {MOST} 条，请缩短区间"
    names = Names(work)
    rows = [
        [written(one.at), kind_of(one), str(Money(one.change)), str(Money(one.after)), names(one.other), one.ref]
        for one in found
    ]
    if not rows and row.type == "FUND_DETAIL":
        rows = of_transfer(work, row, names)
    if not rows and row.type != "ACCOUNT_FLOW_DETAIL":
        return "账户中没有此编号的流水"
    return Paper(title=TITLES[row.type], facts=heading(work, row), columns=COLUMNS, rows=rows)


def of_transfer(work: Work, row: ReceiptRow, names: Names) -> list[list[str]]:
    """A transfer that moved another purse than the balance: one of a batch, or out of an account book."""
    deal = work.find(DealRow, id=row.key)
    if deal is None or deal.kind not in SENT or row.owner not in (deal.payer, deal.payee):
        return []
    sent = deal.payer == row.owner
    amount, other = (-deal.amount, deal.payee) if sent else (deal.amount, deal.payer)
    return [[written(deal.at), "转账", str(amount), "", names(other), deal.id]]


class Query(Shape):
    file_id: Key  # the receipt's number


class Queried(Shape):
    status: str  # INIT (not made yet), SUCCESS or FAIL
    download_url: str | None = None  # where the PDF can be fetched for 30 seconds
    error_message: str | None = None  # why there is none


@method("alipay.data.bill.ereceipt.query", raises=[BIZ_ERROR])
def query(work: Work, ask: Query) -> Queried:
    """Ask for a receipt; once it is made, get a link to the paper."""
    row = work.find(ReceiptRow, id=ask.file_id)
    if row is None or row.owner != work.caller.merchant:
        raise BIZ_ERROR(file_id=ask.file_id)
    file = work.find(FileRow, id=row.id)
    return Queried(status=row.state, download_url=link(work, file) if file else None, error_message=row.error or None)
