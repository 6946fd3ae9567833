"""What a merchant paid in, took out and transferred."""

from typing import Literal

from kaifang.kernel import Moment, Money, Shape, Work, method
from kaifang.kernel.statement import Statement

from .find import deals, marks, page
from .period import Span, span
from .reading import read_all
from .tables import DealRow
from .words import Names

Direction = Literal["DEPOSIT", "WITHDRAW", "TRANSFER"]
# What the journal says of each type, what it is called, and whether it is money going out.
TYPES: dict[str, tuple[tuple[str, ...], str, bool]] = {
    "DEPOSIT": (("fund.remit", "wallet.topup"), "充值", False),
    "WITHDRAW": (("wallet.withdraw",), "提现", True),
    "TRANSFER": (("transfer.pay", "transfer.accept", "wallet.transfer", "batch.transfer"), "转账", True),
}
SUB_TYPES = {
    "fund.remit": "普通充值", "wallet.topup": "普通充值", "wallet.withdraw": "普通提现",
    "transfer.accept": "转账至银行卡", "batch.transfer": "批量付款",
}  # fmt: skip
TO_ACCOUNT = "转账至支付宝账户"


class AskTransfers(Span):
    type: Direction  # DEPOSIT: paid in, WITHDRAW: taken out, TRANSFER: sent to others


class TransferItem(Shape):
    """Money that was paid in, taken out or transferred."""

    order_no: str  # its number
    instruction_id: str  # the number of its movement
    trans_dt: Moment  # when
    amount: Money  # yuan
    service_fee: Money  # yuan the platform took for it
    status: str  # 成功 (done) or 退回 (it came back)
    type_desc: str  # 充值, 提现 or 转账
    sub_type_desc: str  # of which kind
    fund_desc: str  # where it came from or went to: 银行卡 or 余额
    account: str  # who is on the other side
    memo: str | None = None  # what was said about it


class Transfers(Shape):
    detail_list: list[TransferItem]  # the oldest first
    page_no: str  # which page
    page_size: str  # lines on a page
    total_size: str  # lines in all


@method("alipay.data.bill.transfer.query")
def transfers(work: Work, ask: AskTransfers) -> Transfers:
    """List what you paid in, took out or sent to others in a span of time."""
    whys, called, out = TYPES[ask.type]
    start, end = span(ask)
    read_all(work)
    where = f"owner = ? and id >= ? and id < ? and why in ({marks(list(whys))}) and change {'<' if out else '>'} 0"
    values = [work.caller.merchant, f"{start:013d}", f"{end:013d}", *whys]
    rows, told = page(work, Statement, where, values, ask, order="id")
    known, names = deals(work, [row.ref for row in rows]), Names(work)
    back = came_back(work, rows)
    items = [transfer_item(row, known.get(row.ref), called, names) for row in rows]
    for item in items:
        item.status = "退回" if item.order_no in back else "成功"
    return Transfers(detail_list=items, **told)


def came_back(work: Work, rows: list[Statement]) -> set[str]:
    """The transfers that the bank sent back."""
    sent = sorted({row.ref for row in rows if row.why == "transfer.accept"})
    where = f"owner = ? and ref in ({marks(sent)}) and why = ?"
    values = (rows[0].owner, *sent, "transfer.return") if sent else ()
    return {row.ref for row in work.select(Statement, where, values)} if sent else set()


def transfer_item(row: Statement, deal: DealRow | None, called: str, names: Names) -> TransferItem:
    """A movement, as the list of transfers has it."""
    at_bank = not row.other.isdigit()
    return TransferItem(
        order_no=row.ref, instruction_id=row.id, trans_dt=Moment(row.at), amount=Money(abs(row.change)),
        service_fee=Money(0), status="成功", type_desc=called, sub_type_desc=SUB_TYPES.get(row.why, TO_ACCOUNT),
        fund_desc="银行卡" if at_bank else "余额", account=names(row.other),
        memo=(deal.note or deal.title if deal else "") or None,
    )  # fmt: skip
