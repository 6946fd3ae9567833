"""The bill of a merchant's trades: what was sold and given back, line by line and shop by shop, also for others."""

import msgspec

from kaifang.kernel import Moment, Money, Work, total

from .find import deals, parts
from .sheet import Heading, Layout, sheet
from .tables import DealRow
from .words import Names

NOTHING = Money(0)
Costs = dict[str, tuple[Money, Money]]
DETAIL = Layout(
    title="支付宝业务明细查询",
    list_name="业务明细列表",
    columns="支付宝交易号,商户订单号,业务类型,商品名称,创建时间,完成时间,门店编号,门店名称,操作员,终端号,对方账户,订单金额（元）,商家实收（元）,"
    "支付宝红包（元）,集分宝（元）,支付宝优惠（元）,商家优惠（元）,券核销金额（元）,券名称,商家红包消费金额（元）,卡消费金额（元）,"
    "退款批次号/请求号,服务费（元）,分润（元）,备注",
)
SUMMARY = Layout(
    title="支付宝业务汇总查询",
    list_name="业务汇总列表",
    columns="门店编号,门店名称,交易订单总笔数,退款订单总笔数,订单金额（元）,商家实收（元）,支付宝优惠（元）,商家优惠（元）,卡消费金额（元）,"
    "服务费（元）,分润（元）,实收净额（元）",
    dashes_at_end=(40, 37),
)


WHOSE = "二级商户编号"
ZFT_DETAIL = msgspec.structs.replace(DETAIL, columns=f"{DETAIL.columns},{WHOSE}")
ZFT_SUMMARY = msgspec.structs.replace(
    SUMMARY, columns=SUMMARY.columns.replace("门店编号,门店名称", f"{WHOSE},二级商户名称")
)


def trade_bill(work: Work, heading: Heading) -> tuple[bool, dict[str, bytes]]:
    """Whether anything was sold or given back, and the two files that tell it, by the end of their names."""
    rows = deals_of(work, heading, "smid = ?")
    whole, names = deals(work, [row.trade_no for row in rows]), Names(work)
    costs = costs_of(work, heading, rows)
    detail = sheet(DETAIL, heading, [line(row, whole, costs[row.id], names) for row in rows], foot(rows))
    summary = sheet(SUMMARY, heading, by_group(rows, costs, {row.id: shop_of(row, whole) for row in rows}), [])
    return bool(rows), {"业务明细.csv": detail, "业务明细(汇总).csv": summary}


def zft_bill(work: Work, heading: Heading) -> tuple[bool, dict[str, bytes]]:
    """The same of what was sold for secondary merchants, whose money it is; one column more says for whom."""
    rows = deals_of(work, heading, "smid = ?" if heading.smid else "smid <> ?")
    whole, names = deals(work, [row.trade_no for row in rows]), Names(work)
    costs = costs_of(work, heading, rows)
    lines = [[*line(row, whole, costs[row.id], names), row.smid] for row in rows]
    summary = sheet(ZFT_SUMMARY, heading, by_group(rows, costs, {row.id: row.smid for row in rows}), [])
    return bool(rows), {"业务明细.csv": sheet(ZFT_DETAIL, heading, lines, foot(rows)), "业务明细(汇总).csv": summary}


def deals_of(work: Work, heading: Heading, whose: str) -> list[DealRow]:
    """What was sold and given back in the time of a bill."""
    where = f"payee = ? and at >= ? and at < ? and kind in (?, ?) and {whose}"
    values = (heading.owner, heading.start, heading.end, "pay", "refund", heading.smid)
    return work.select(DealRow, where, values, "at, id")


def by_group(rows: list[DealRow], costs: Costs, groups: dict[str, str]) -> list[list[object]]:
    """The figures of each shop or merchant, and of all."""
    names = sorted(set(groups.values()))
    each = [[name, "", *figures([row for row in rows if groups[row.id] == name], costs)] for name in names]
    return [*each, ["合计", "", *figures(rows, costs)]]


def shop_of(row: DealRow, whole: dict[str, DealRow]) -> str:
    """The shop in which it was sold; a refund belongs where the sale was."""
    sale = whole.get(row.trade_no)
    return sale.store if sale else row.store


def signed(row: DealRow, amount: Money) -> Money:
    """An amount of a sale, or below zero of a refund."""
    return amount if row.kind == "pay" else -amount


def received(row: DealRow) -> Money:
    """What came in, or below zero what went back."""
    return signed(row, row.amount - row.let_off)


def costs_of(work: Work, heading: Heading, rows: list[DealRow]) -> Costs:
    """The platform's fee and the shares of others in each sale, below zero; above zero where they are given back.

    What was charged or shared for a sale later in the bill's time stands with the sale, so that lines stay sales and
    refunds; what was after that time is only in the bill of the account.
    """
    sales = [row.id for row in rows if row.kind == "pay"]
    later = parts(work, sales, "settle", "share")
    costs = {row.id: (row.fee, row.shares) for row in rows}
    for sale in sales:
        now = [one for one in later.get(sale, []) if one.at < heading.end]
        fees = costs[sale][0] + total([one.fee for one in now])
        costs[sale] = (-fees, -total([one.amount for one in now if one.kind == "share"]))
    return costs


def line(row: DealRow, whole: dict[str, DealRow], costs: tuple[Money, Money], names: Names) -> list[object]:
    """One sale or refund."""
    sale = whole.get(row.trade_no) or row
    return [
        row.trade_no, row.out_no, "交易" if row.kind == "pay" else "退款", sale.title, Moment(sale.created),
        Moment(row.at), sale.store, "", sale.clerk, sale.till, names(row.payer), signed(row, row.amount),
        received(row), NOTHING, NOTHING, signed(row, row.by_others), signed(row, row.by_seller),
        signed(row, row.by_seller + row.by_others), row.vouchers, NOTHING, NOTHING, row.request, *costs, row.note,
    ]  # fmt: skip


def figures(rows: list[DealRow], costs: Costs) -> list[object]:
    """The figures of one shop, or of all."""
    gross, sales = total([received(row) for row in rows]), sum(row.kind == "pay" for row in rows)
    ordered = total([signed(row, row.amount) for row in rows])
    others, own = (total([signed(row, getattr(row, name)) for row in rows]) for name in ("by_others", "by_seller"))
    fee, shares = (total([costs[row.id][which] for row in rows]) for which in (0, 1))
    net = gross + fee + shares
    return [sales, len(rows) - sales, ordered, gross, others, own, NOTHING, fee, shares, net]


def foot(rows: list[DealRow]) -> list[str]:
    """How many sales and refunds there were, and what they came to."""
    sales, back = ([row for row in rows if row.kind == kind] for kind in ("pay", "refund"))
    in_all, off = (total([received(row) for row in sales]), total([row.by_seller for row in sales]))
    returned, off_back = (total([received(row) for row in back]), total([-row.by_seller for row in back]))
    return [
        f"#交易合计：{len(sales)}笔，商家实收共{in_all}元，商家优惠共{off}元",
        f"#退款合计：{len(back)}笔，商家实收退款共{returned}元，商家优惠退款共{off_back}元",
    ]
