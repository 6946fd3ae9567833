"""What a merchant paid in, took out and transferred."""

from typing import Literal

from kaifang.kernel import Moment, Money, Shape, Work, method
from kaifang.kernel.statement import Statement

from .find import deals, marks, page, parts
from .period import Span, span
from .reading import read_all
from .tables import DealRow
from .words import Names

Direction = Literal["DEPOSIT", "WITHDRAW", "TRANSFER"]
# What the journal says of what goes in and out, what that is called, and of which kind it is.
MOVED = {
    "DEPOSIT": (("fund.remit", "wallet.topup"), "充值", "普通充值"),
    "WITHDRAW": (("wallet.withdraw",), "提现", "普通提现"),
}
SENT = {"transfer": "转账至支付宝账户", "bank": "转账至银行卡", "batch": "批量付款"}  # what deals say of transfers


class AskTransfers(Span):
    type: Direction  # DEPOSIT: paid in, WITHDRAW: taken out, TRANSFER: sent to others


class TransferItem(Shape):
    """Money that was paid in, taken out or transferred."""

    order_no: str  # its number
    instruction_id: str  # the number of its movement
    trans_dt: Moment  # when
    amount: Money  # yuan
    service_fee: Money  # yuan the platform took for it
    status: str  # 成功 (done), 处理中 (with the bank) or 退回 (it came back)
    type_desc: str  # 充值, 提现 or 转账
    sub_type_desc: str  # of which kind
    fund_desc: str  # where it came from or went to: 银行卡 or 余额
    account: str  # who is on the other side; of a bank card its bank and the last digits
    memo: str | None = None  # what was said about it


class Transfers(Shape):
    detail_list: list[TransferItem]  # the oldest first
    page_no: str  # which page
    page_size: str  # lines on a page
    total_size: str  # lines in all


@method("alipay.data.bill.transfer.query")
def transfers(work: Work, ask: AskTransfers) -> Transfers:
    """List what you paid in, took out or sent to others in a span of time."""
    start, end = span(ask)
    read_all(work)
    return sent(work, ask, start, end) if ask.type == "TRANSFER" else moved(work, ask, start, end)


def moved(work: Work, ask: AskTransfers, start: int, end: int) -> Transfers:
    """What went into the balance from outside, or out."""
    whys, called, kind = MOVED[ask.type]
    where = f"owner = ? and id >= ? and id < ? and why in ({marks(list(whys))})"
    values = [work.caller.merchant, f"{start:013d}", f"{end:013d}", *whys]
    rows, told = page(work, Statement, where, values, ask, order="id")
    known, names = deals(work, [row.ref for row in rows]), Names(work)
    items = [
        TransferItem(
            order_no=row.ref, instruction_id=row.id, trans_dt=Moment(row.at), amount=Money(abs(row.change)),
            service_fee=Money(0), status="成功", type_desc=called, sub_type_desc=kind, fund_desc=fund_of(row.other),
            account=names(row.other), memo=memo_of(known.get(row.ref)),
        )
        for row in rows
    ]  # fmt: skip
    return Transfers(detail_list=items, **told)


def sent(work: Work, ask: AskTransfers, start: int, end: int) -> Transfers:
    """What was sent to others, out of whichever account it came."""
    where = f"payer = ? and at >= ? and at < ? and kind in ({marks(list(SENT))})"
    rows, told = page(work, DealRow, where, [work.caller.merchant, start, end, *SENT], ask, order="at, id")
    later, names = parts(work, [row.id for row in rows], "arrive", "return"), Names(work)
    items = [
        TransferItem(
            order_no=row.id, instruction_id=row.id, trans_dt=Moment(row.at), amount=row.amount, service_fee=Money(0),
            status=status_of(row, [one.kind for one in later.get(row.id, [])]), type_desc="转账",
            sub_type_desc=SENT[row.kind], fund_desc=fund_of(row.payee), account=names(row.payee), memo=memo_of(row),
        )
        for row in rows
    ]  # fmt: skip
    return Transfers(detail_list=items, **told)


def status_of(row: DealRow, later: list[str]) -> str:
    """How far a transfer has come, by what became of it."""
    if "return" in later:
        return "退回"
    return "处理中" if row.kind == "bank" and "arrive" not in later else "成功"


def fund_of(other: str) -> str:
    """Where money came from or went to."""
    return "余额" if other.isdigit() else "银行卡"


def memo_of(deal: DealRow | None) -> str | None:
    """What was said about it."""
    return (deal.note or deal.title if deal else "") or None
