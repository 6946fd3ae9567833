"""Vouchers that are bought: the money waits until they are used, and goes back as the merchant promised."""

from typing import Any

from kaifang.kernel import (
    HOUR,
    Confirm,
    Confirmed,
    Fault,
    Happening,
    Key,
    Money,
    Move,
    Purse,
    Shape,
    Who,
    Work,
    hears,
    method,
    refusals_of,
    timer,
    told_as,
)
from kaifang.kernel.shape import plain

from .claim import Claim
from .errors import (
    ACTIVITY_IS_END,
    ACTIVITY_IS_STOPED,
    ACTIVITY_NOT_EXIST,
    ACTIVITY_NOT_START,
    BIZ_ERROR,
    BUDGET_NOT_ENOUGH,
    VOUCHER_NOT_EXIST,
    VOUCHER_STATUS_ERROR,
)
from .find import any_activity, own_activity, signed_in, terms_of
from .hands import check_open, facts, let_go, new_voucher
from .parts import Sale as Promise
from .states import Sale, Voucher
from .tables import ActivityRow, Bill, SaleRow, VoucherRow

CONFIRM = "kaifang.voucher.bought"


BUY_FAULTS = [ACTIVITY_NOT_EXIST, ACTIVITY_NOT_START, ACTIVITY_IS_END, ACTIVITY_IS_STOPED, BUDGET_NOT_ENOUGH]


class Ordered(Shape):
    order_no: str  # the platform's number
    path: str  # the cashier's page on which it is paid


@method("kaifang.voucher.buy", who=Who.WALLET, raises=BUY_FAULTS)
def buy(work: Work, ask: Claim) -> Ordered:
    """Buy a voucher that is sold: you have it as soon as it is paid at the cashier."""
    user, row = signed_in(work), any_activity(work, ask.activity_id)
    if not row.price:
        raise ACTIVITY_NOT_EXIST(activity_id=row.id)
    check_open(row, work.now)
    if not work.balance(row.stock, row.asset):
        raise BUDGET_NOT_ENOUGH()
    sale = work.add(
        SaleRow(
            id=work.new_id("82603"), activity=row.id, payee=row.merchant, user=user, price=row.price,
            exposure=ask.exposure or "",
        )
    )  # fmt: skip
    opened = work.ask(
        "kaifang.cashier.open", kind="pay", title=row.title, amount=row.price, confirm=CONFIRM, subject=sale.id,
        expires=work.now + HOUR, merchant=row.merchant, app=row.app,
    )  # fmt: skip
    work.later(work.now + HOUR, "voucher.sale_expire", sale.id)
    return Ordered(order_no=sale.id, path=opened.path)


@timer("voucher.sale_expire")
def expire_sale(work: Work, happening: Happening) -> None:
    """Forget what nobody paid in time."""
    sale = work.find(SaleRow, id=happening.subject)
    if sale is not None and Sale.leave.possible(sale):
        Sale.leave(work, sale, user=sale.user, merchant=sale.payee, activity_id=sale.activity)


@method(CONFIRM, who=Who.INSIDE, raises=[BIZ_ERROR])
def bought(work: Work, ask: Confirm) -> Confirmed:
    """Take the money for a voucher, keep it waiting, and give the voucher out."""
    sale = work.find(SaleRow, id=ask.subject)
    if sale is None or sale.user != ask.user_id:
        raise BIZ_ERROR(reason="it was ordered by somebody else", order_no=ask.subject)
    row = any_activity(work, sale.activity)
    try:
        voucher = new_voucher(work, row, sale.user, exposure=sale.exposure)
    except Fault as refusal:
        raise BIZ_ERROR(reason=refusal.says("zh")) from refusal
    with told_as(refusals_of("kaifang.fund.charge", BIZ_ERROR)):
        charged = work.ask(
            "kaifang.fund.charge", payer=sale.user, payee=sale.payee, payee_purpose=sale.purse.purpose,
            amount=sale.price, ref=sale.id, why="voucher.buy", channel=ask.channel,
        )  # fmt: skip
    sale.voucher, sale.bills = voucher.id, [Bill(**plain(bill) | {"amount": bill.amount}) for bill in charged.bills]
    Sale.pay(work, sale, **told(sale), amount=sale.price.minor)
    Voucher.give(work, voucher, **facts(voucher))
    return Confirmed(method=CONFIRM, fields={"order_no": sale.id, "voucher_id": voucher.id})


def told(sale: SaleRow) -> dict[str, Any]:
    """What the events of a sale tell."""
    return {
        "user": sale.user, "merchant": sale.payee, "activity_id": sale.activity, "voucher_id": sale.voucher,
        "exposure": sale.exposure or None,
    }  # fmt: skip


def sale_of(work: Work, voucher_id: str) -> SaleRow | None:
    """How a voucher was bought, if it was."""
    return next(iter(work.select(SaleRow, "voucher = ?", (voucher_id,), limit=1)), None)


@hears("voucher.use", "voucher.expire", "voucher.invalidate", "voucher.give_back")
def over(work: Work, happening: Happening) -> None:
    """When a voucher that was bought is used up, expires or is void, its money goes where it belongs."""
    sale = sale_of(work, happening.subject)
    voucher = work.find(VoucherRow, id=happening.subject)
    if sale is None or voucher is None or voucher.state == Voucher.SENDED.name or not Sale.settle.possible(sale):
        return
    row = any_activity(work, sale.activity)
    kept = voucher.state == Voucher.EXPIRED.name and not promise(work, row).overdue_refundable
    earned = sale.price if kept else sale.price.split([voucher.used_times, row.times - voucher.used_times])[0]
    settle(work, sale, earned)


def promise(work: Work, row: ActivityRow) -> Promise:
    """What the merchant promised to buyers."""
    mode = terms_of(work, row).send
    assert mode is not None and mode.voucher_sale_mode_info is not None, f"activity {row.id} is not sold"
    return mode.voucher_sale_mode_info


def settle(work: Work, sale: SaleRow, earned: Money) -> None:
    """Let the merchant have what is his, and the buyer the rest."""
    sale.earned, back = earned, sale.price - earned
    work.post(Move(sale.purse, Purse(sale.payee), earned), why="voucher.settle", ref=sale.id)
    if back:
        work.ask(
            "kaifang.fund.give_back", payer=sale.user, source_owner=sale.payee, source_purpose=sale.purse.purpose,
            amount=back, bills=plain(sale.bills), ref=sale.id, why="voucher.sale_back",
        )  # fmt: skip
    move = Sale.settle if earned else Sale.give_back
    move(work, sale, **told(sale), amount=earned.minor)


def wait_again(work: Work, voucher: VoucherRow) -> None:
    """The use of a voucher is undone: if it was bought, what the merchant got for it waits again."""
    sale = sale_of(work, voucher.id)
    if sale is not None and Sale.undo.possible(sale):
        work.post(Move(Purse(sale.payee), sale.purse, sale.earned, BIZ_ERROR), why="voucher.undo", ref=sale.id)
        Sale.undo(work, sale, **told(sale), amount=sale.earned.minor)
        sale.earned = Money(0)


def can_go_back(work: Work, row: ActivityRow, voucher: VoucherRow) -> bool:
    """Whether a voucher that was bought is as good as new, and was sold with that promise."""
    return not (voucher.used_times or voucher.trade) and promise(work, row).refundable


class GiveBack(Shape):
    voucher_id: Key  # the platform's number of a voucher that you bought


class GivenBack(Shape):
    refund_amount: Money  # yuan that go back to where they came from


@method("kaifang.voucher.return", who=Who.WALLET, raises=[VOUCHER_NOT_EXIST, VOUCHER_STATUS_ERROR, BIZ_ERROR])
def give_back(work: Work, ask: GiveBack) -> GivenBack:
    """Give a voucher back that you bought and never used; your money comes back."""
    user, voucher = signed_in(work), work.find(VoucherRow, id=ask.voucher_id)
    sale = sale_of(work, ask.voucher_id)
    if voucher is None or voucher.user != user or sale is None:
        raise VOUCHER_NOT_EXIST(voucher_id=ask.voucher_id)
    if not Voucher.invalidate.possible(voucher) or not Sale.give_back.possible(sale):
        raise VOUCHER_STATUS_ERROR(state=voucher.state)
    row = any_activity(work, sale.activity)
    if not can_go_back(work, row, voucher):
        raise BIZ_ERROR(reason="it was used, is kept for an order, or was sold for good")
    Voucher.invalidate(work, voucher, **facts(voucher))
    let_go(work, voucher)
    work.post(Move(Purse(user, "voucher"), row.over, voucher.units(row)), why="voucher.return", ref=voucher.id)
    settle(work, sale, Money(0))
    return GivenBack(refund_amount=sale.price)


class AskSettle(Shape):
    activity_id: Key  # the platform's number
    order_no: Key  # the platform's number of a sale
    settle_no: Key | None = None  # the same


class SettleDetail(Shape):
    amount: Money  # yuan
    status: str  # SUCCESS
    trans_in: str  # user id of who got it
    trans_in_type: str  # userId


class SettleSummary(Shape):
    charge: Money  # yuan that the platform took: nothing


class Settled(Shape):
    order_no: str  # the platform's number of the sale
    settle_info: list[SettleDetail]  # who got what; nothing as long as it waits
    summary: SettleSummary  # what it cost


@method("alipay.marketing.activity.settle.query", reads=True, raises=[ACTIVITY_NOT_EXIST, BIZ_ERROR])
def settle_query(work: Work, ask: AskSettle) -> Settled:
    """Ask who got the money of a voucher that you sold."""
    row, sale = own_activity(work, ask.activity_id, "order"), work.find(SaleRow, id=ask.order_no)
    if sale is None or sale.activity != row.id:
        raise BIZ_ERROR(reason="no such sale", order_no=ask.order_no)
    parts = [(sale.payee, sale.earned), (sale.user, sale.price - sale.earned)]
    done = sale.state in (Sale.SETTLED.name, Sale.RETURNED.name)
    found = [
        SettleDetail(amount=amount, status="SUCCESS", trans_in=who, trans_in_type="userId")
        for who, amount in (parts if done else ())
        if amount
    ]
    return Settled(order_no=sale.id, settle_info=found, summary=SettleSummary(charge=Money(0)))
