"""A person's statement: all bills of a month on paper."""

from functools import partial

from kaifang.kernel import Shape, Who, Work, method
from kaifang.kernel.clock import written
from kaifang.kernel.statement import Statement

from .month import Which, picture
from .paper import Paper, pdf
from .period import day_or_month
from .person import Billed, billed, of_purses, purses_of
from .words import Names

MOST = 2000  # bills on one paper
COLUMNS = [("时间", 0), ("类型", 100), ("收支（元）", 150), ("对方", 220), ("说明", 320)]
KINDS = {
    "SHOPPING": "消费", "DEPOSIT": "押金", "TRANSFER": "转账", "REDPACKET": "红包", "TOPUP": "充值", "WITHDRAW": "提现",
    "OTHER": "其他",
}  # fmt: skip
WIDE = 9  # letters of a name, and twice as many of what it was for, that fit beside the next column


class Paid(Shape):
    name: str  # what the file is called
    content: bytes  # the PDF


@method("kaifang.wallet.bill.statement", who=Who.WALLET)
def statement(work: Work, ask: Which) -> Paid:
    """Get a month's bills on paper, as a PDF: the sums, and each bill, the first one first."""
    sums, purses = picture(work, ask), purses_of(work)
    user = next(iter(purses))
    facts = [("账户", Names(work)(user)), ("期间", sums.month)]
    facts += [("支出", f"{sums.spent} 元"), ("收入", f"{sums.received} 元（其中退回 {sums.given_back} 元）")]
    rows = [line(bill) for bill in bills_of(work, sums.month, purses)]
    facts += [("说明", f"仅列出前 {MOST} 笔")] if len(rows) == MOST else []
    sheet = Paper(title="个人账单", facts=facts, columns=COLUMNS, rows=rows)
    key = ("bill.statement", user, sums.month, tuple(facts), len(rows))
    return Paid(name=f"{sums.month}.pdf", content=work.slowly(key, partial(pdf, sheet)))


def bills_of(work: Work, month: str, purses: dict[str, str | None]) -> list[Billed]:
    """The bills of a month, the first one first."""
    span = day_or_month(month)
    assert span is not None, f"{month} is a month"
    where, values = of_purses(purses)
    within = [f"{moment:013d}" for moment in span]
    rows = work.select(Statement, f"{where} and id >= ? and id < ?", (*values, *within), "id", MOST)
    return billed(work, rows, purses)


def line(bill: Billed) -> list[str]:
    """One bill, as much of it as fits."""
    named, what = bill.with_whom or "", bill.title or ""
    return [written(bill.at.ms), KINDS[bill.kind], str(bill.change), named[:WIDE], what[: 2 * WIDE]]
