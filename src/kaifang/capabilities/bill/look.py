"""One bill of a person's at length, and the paper that proves it."""

from functools import partial

from kaifang.kernel import Key, Moment, Money, Shape, Who, Work, method
from kaifang.kernel.statement import Statement

from .errors import NO_SUCH_BILL
from .find import deals, parts
from .paper import Paper, pdf
from .person import Billed, billed, purses_of
from .tables import DealRow
from .words import Names, kind_of


class Which(Shape):
    bill_id: Key  # the number of the bill


class GivenBack(Shape):
    number: str  # the platform's number of the refund
    at: Moment  # when
    amount: Money  # yuan
    reason: str | None = None  # why


class Seen(Billed):
    out_no: str | None = None  # the merchant's own number of the order
    note: str | None = None  # what was said about it
    total: Money | None = None  # yuan that the order came to, before vouchers
    let_off: Money | None = None  # of it, yuan that vouchers took off
    vouchers: str | None = None  # what these are called
    refunds: list[GivenBack] = []  # what came back of it, the oldest first


@method("kaifang.wallet.bill.look", who=Who.WALLET, reads=True, raises=[NO_SUCH_BILL])
def look(work: Work, ask: Which) -> Seen:
    """Read one bill at length: what for, what was taken off, and what came back."""
    bill, whole = the_bill(work, ask)
    back = parts(work, [whole.id], "refund").get(whole.id, []) if whole else []
    off = whole.by_seller + whole.by_others if whole and whole.kind == "pay" else Money(0)
    fields = {name: getattr(bill, name) for name in Billed.__struct_fields__}
    return Seen(
        **fields, refunds=[given_back(one) for one in back],
        out_no=whole.out_no or None if whole else None, note=whole.note or None if whole else None,
        total=whole.amount if whole else None, let_off=off or None,
        vouchers=whole.vouchers or None if whole else None,
    )  # fmt: skip


def given_back(refund: DealRow) -> GivenBack:
    """A refund as the person reads it."""
    return GivenBack(number=refund.id, at=Moment(refund.at), amount=refund.amount, reason=refund.note or None)


def the_bill(work: Work, ask: Which) -> tuple[Billed, DealRow | None]:
    """The bill with this number, and the deal that it belongs to; one that was never listed is not known yet."""
    purses = purses_of(work)
    found = [row for owner in purses if (row := work.find(Statement, owner=owner, id=ask.bill_id))]
    if not found:
        raise NO_SUCH_BILL(bill_id=ask.bill_id)
    bill = billed(work, found[:1], purses)[0]
    return bill, deals(work, [bill.ref]).get(bill.trade_no or "")


class Receipt(Shape):
    name: str  # what the file is called
    content: bytes  # the PDF


@method("kaifang.wallet.bill.receipt", who=Who.WALLET, reads=True, raises=[NO_SUCH_BILL])
def receipt(work: Work, ask: Which) -> Receipt:
    """Get the paper that proves one bill, as a PDF."""
    bill, whole = the_bill(work, ask)
    sheet = paper(work, bill, whole)
    content = work.slowly(("bill.receipt", bill.bill_id, tuple(sheet.facts)), partial(pdf, sheet))
    return Receipt(name=f"{bill.bill_id}.pdf", content=content)


def paper(work: Work, bill: Billed, whole: DealRow | None) -> Paper:
    """What the paper says: whose it is, what moved, and for what."""
    user = work.caller.user or ""
    line = work.find(Statement, owner=user, id=bill.bill_id)
    facts = [("回单编号", bill.bill_id), ("账户", Names(work)(user)), ("时间", str(bill.at))]
    facts += [("类型", kind_of(line) if line else "银行卡付款"), ("收支", f"{bill.change} 元")]
    facts += [("付款银行卡", f"尾号 {bill.card_tail}")] if bill.card_tail else []
    facts += [("对方", bill.with_whom)] if bill.with_whom else []
    facts += [("说明", bill.title)] if bill.title else []
    facts += [("订单号", bill.trade_no or bill.ref)]
    facts += [("商户订单号", whole.out_no)] if whole and whole.out_no else []
    return Paper(title="电子回单", facts=facts)
