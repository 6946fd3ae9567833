"""The bill of a merchant's account: every movement of the balance, and the sums by kind."""

from kaifang.kernel import Moment, Money, Work, total
from kaifang.kernel.statement import Statement

from .find import deals, other_side
from .sheet import Heading, Layout, sheet, sums
from .tables import DealRow
from .words import Names, amount_of, kind_of

DETAIL = Layout(
    title="支付宝账务明细查询",
    list_name="账务明细列表",
    columns="账务流水号,业务流水号,商户订单号,商品名称,发生时间,对方账号,收入金额（+元）,支出金额（-元）,账户余额（元）,交易渠道,业务类型,备注",
)
SUMMARY = Layout(
    title="支付宝账务汇总查询",
    list_name="账务汇总列表",
    columns="类型,收入笔数,收入金额（+元）,支出笔数,支出金额（-元）,总金额（元）",
)
CHANNEL = "余额"


def movements(work: Work, owner: str, start: int, end: int) -> list[Statement]:
    """Every movement of an owner's balance in a span of time, the oldest first."""
    return work.select(Statement, "owner = ? and id >= ? and id < ?", (owner, f"{start:013d}", f"{end:013d}"), "id")


def account_bill(work: Work, heading: Heading) -> tuple[bool, dict[str, bytes]]:
    """Whether anything moved, and the two files that tell it, by the end of their names."""
    rows = movements(work, heading.owner, heading.start, heading.end)
    known, names = deals(work, [row.ref for row in rows]), Names(work)
    detail = sheet(DETAIL, heading, [line(row, known, names) for row in rows], foot(rows))
    kinds = sorted({kind_of(row) for row in rows})
    by_kind = [[kind, *figures([row for row in rows if kind_of(row) == kind])] for kind in kinds]
    summary = sheet(SUMMARY, heading, [*by_kind, ["合计", *figures(rows)]], [])
    return bool(rows), {"账务明细.csv": detail, "账务明细(汇总).csv": summary}


def line(row: Statement, known: dict[str, DealRow], names: Names) -> list[object]:
    """One movement."""
    deal = known.get(row.ref)
    whole = known.get(deal.trade_no) if deal else None
    amount, nothing = amount_of(row), Money(0)
    return [
        row.id, deal.trade_no if deal else row.ref, whole.out_no if whole else "", whole.title if whole else "",
        Moment(row.at), names(other_side(row, whole)), max(amount, nothing), min(amount, nothing),
        Money(row.after), CHANNEL, kind_of(row), whole.note if whole else "",
    ]  # fmt: skip


def ins_and_outs(rows: list[Statement]) -> tuple[list[Money], list[Money]]:
    """What came in, and what went out."""
    amounts = [amount_of(row) for row in rows]
    return [one for one in amounts if one > Money(0)], [one for one in amounts if one < Money(0)]


def figures(rows: list[Statement]) -> list[object]:
    """How often and how much came in and went out."""
    received, paid = ins_and_outs(rows)
    return [len(received), total(received), len(paid), total(paid), total(received) + total(paid)]


def foot(rows: list[Statement]) -> list[str]:
    """The sums at the end of the list."""
    received, paid = ins_and_outs(rows)
    return [sums("支出合计", paid), sums("收入合计", received)]
