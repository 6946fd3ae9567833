"""Vouchers meet payments: the best lawful combination is used, and what a refund gives back returns."""

from typing import Annotated

from msgspec import Meta

from kaifang.kernel import Ahead, Count, Key, Line, Money, Shape, Who, Work, fault, method, told_as, total
from kaifang.kernel.clock import period_of

from .errors import INVALID
from .find import signed_in, terms_of
from .funding import last_moment, most_for, release
from .hands import count, restore, spend
from .rules import Basket, Candidate, Choice, Wares, best, fits
from .states import Activity, Voucher
from .tables import ActivityRow, CountRow, Funder, HolderRow, TermsRow, UseRow, VoucherRow

TRADE_NOT_EXIST = fault(
    "TRADE_NOT_EXIST", zh="没有待付款的订单，请检查单号", en="No order of yours that waits has this number.",
    fix="Check trade_no.",
)  # fmt: skip


class Bought(Shape):
    goods_id: Key  # the seller's number
    price: Money  # yuan each
    quantity: Count  # how many


class Apply(Shape):
    trade_no: Key  # the trade that is paid
    out_trade_no: Key  # the seller's number of it
    user: Key  # user id of who pays
    seller: Key  # user id of who is paid
    app: Key  # the app in which it is paid
    store_id: Line | None = None  # the seller's number of the shop
    amount: Money  # yuan of it that vouchers may take something off
    goods: list[Bought] | None = None  # what is bought


class Share(Shape):
    party: str  # user id of who pays this part
    purpose: str  # from which purse
    amount: Money  # yuan
    platform: bool = False  # whether it is the platform


class Off(Shape):
    id: str  # voucher_id
    template_id: str  # activity_id
    name: str  # what people read
    type: str  # ALIPAY_BIZ_VOUCHER, ALIPAY_COMMON_ITEM_VOUCHER or ALIPAY_CASH_VOUCHER
    amount: Money  # yuan taken off
    let_off: Money  # yuan of it that the seller takes less
    shares: list[Share]  # who pays the rest


class Applied(Shape):
    offs: list[Off]  # what is taken off, in this order; all together less than the trade


TYPES = {"item": "ALIPAY_COMMON_ITEM_VOUCHER", "whole": "ALIPAY_BIZ_VOUCHER", "cash": "ALIPAY_CASH_VOUCHER"}


def apply_ahead(look: Ahead, ask: Apply) -> None:
    """What the payer has: all that is read for who has no vouchers."""
    look.row(HolderRow, id=ask.user)


@method("kaifang.voucher.apply", who=Who.INSIDE, ahead=apply_ahead)
def apply(work: Work, ask: Apply) -> Applied:
    """Use a person's vouchers for a trade that is paid now: the combination that takes off most."""
    holder = work.find(HolderRow, id=ask.user)
    if holder is None or not holder.held:
        return Applied(offs=[])
    chosen = choose(work, holder, basket_of(work, ask))
    for one, off in chosen:
        use(work, one, ask.trade_no, off)
    return Applied(offs=[told(one, off) for one, off in chosen])


def basket_of(work: Work, ask: Apply) -> Basket:
    """The order as vouchers look at it."""
    goods = tuple(Wares(one.goods_id, one.price, one.quantity) for one in ask.goods or ())
    return Basket(
        seller=ask.seller, store=ask.store_id or "", app=ask.app, total=ask.amount, goods=goods, now=work.now,
        trade=ask.trade_no, out_trade_no=ask.out_trade_no,
    )  # fmt: skip


def choose(work: Work, holder: HolderRow, basket: Basket) -> Choice:
    """The best lawful combination of what a person has."""
    in_time = [one for one in holder.held if one.ends > basket.now]
    work.want(VoucherRow, sorted(one.id for one in in_time))
    for kind in (ActivityRow, TermsRow):
        work.want(kind, sorted({one.activity for one in in_time}))
    candidates = []
    for held in in_time:
        voucher, row = work.find(VoucherRow, id=held.id), work.find(ActivityRow, id=held.activity)
        assert voucher is not None and row is not None, f"{holder.id} has {held.id}, which does not exist"
        if row.kind in ("order", "sale"):
            continue
        one = Candidate(voucher, row, terms_of(work, row))
        if fits(one, basket) and may_be_used(work, one) and is_funded(work, one):
            candidates.append(one)
    return best(candidates, basket)


def may_be_used(work: Work, one: Candidate) -> bool:
    """Whether this person may use one more of the activity in this period."""
    rule = one.terms.rule
    if rule is None or not rule.quantity_limit_per_user:
        return True
    counted = work.find(CountRow, activity=one.activity.id, who=f"use:{one.voucher.user}")
    now = period_of(rule.quantity_limit_per_user_period_type or "LIFE_CYCLE", work.now)
    return counted is None or counted.period != now or counted.within < rule.quantity_limit_per_user


def is_funded(work: Work, one: Candidate) -> bool:
    """Whether whoever set money aside still has enough there for this one."""
    row = one.activity
    return all(
        work.balance(row.budget(funder.party)) >= (most_for(funder, row))
        for funder in one.terms.funders
        if funder.ahead
    )


def use(work: Work, one: Candidate, trade: str, off: Money) -> None:
    """Use a voucher for a trade."""
    voucher, row, rule = one.voucher, one.activity, one.terms.rule
    used = work.add(UseRow(voucher=voucher.id, trade=trade, activity=row.id, amount=off))
    if rule is not None and rule.quantity_limit_per_user:
        kind = rule.quantity_limit_per_user_period_type or "LIFE_CYCLE"
        used.period = period_of(kind, work.now)
        count(work, row, (f"use:{voucher.user}", kind, rule.quantity_limit_per_user))
    spend(work, row, voucher, 1, trade_no=trade, amount=off.minor)
    if row.notify_url:
        fields = {
            "voucher_id": voucher.id, "template_id": row.id, "user_id": voucher.user, "trade_no": trade, "amount": off,
            "status": voucher.state,
        }  # fmt: skip
        work.notify(row.app, row.notify_url, "voucher_use_sync", voucher.id, fields)


def told(one: Candidate, off: Money) -> Off:
    """What a voucher took off, and who pays it."""
    funders = one.terms.funders
    parts = dict(zip([f.party for f in funders], off.split([f.percent for f in funders]), strict=True))
    shares = [share_of(one.activity, funder, parts[funder.party]) for funder in funders if funder.ahead]
    return Off(
        id=one.voucher.id, template_id=one.activity.id, name=one.activity.title, type=TYPES[one.sort], amount=off,
        let_off=off - total([share.amount for share in shares]), shares=[share for share in shares if share.amount],
    )  # fmt: skip


def share_of(row: ActivityRow, funder: Funder, amount: Money) -> Share:
    """What one funder pays, from what was set aside."""
    purpose = row.budget(funder.party).purpose
    return Share(party=funder.party, purpose=purpose, amount=amount, platform=funder.platform)


class Returned(Shape):
    voucher_id: Key  # the platform's number
    amount: Money  # yuan of what it took off


class GiveBack(Shape):
    trade_no: Key  # the trade that is refunded
    whole: bool  # whether nothing of it is left
    offs: Annotated[list[Returned], Meta(max_length=100)]  # the vouchers that were used for it


class GivenBack(Shape):
    returned: list[str]  # voucher_id of those that can be used again


@method("kaifang.voucher.give_back", who=Who.INSIDE, raises=[INVALID])
def give_back(work: Work, ask: GiveBack) -> GivenBack:
    """Note what a refund gave back; when nothing of the trade is left, vouchers that are still good return."""
    returned = []
    for one in ask.offs:
        voucher, used = (
            work.find(VoucherRow, id=one.voucher_id),
            work.find(UseRow, voucher=one.voucher_id, trade=ask.trade_no),
        )
        if voucher is None or used is None:
            raise INVALID(field="offs.voucher_id", reason="it was not used for this trade", voucher_id=one.voucher_id)
        row = work.find(ActivityRow, id=voucher.activity)
        assert row is not None, f"voucher {voucher.id} of no activity"
        if ask.whole and hand_back(work, row, voucher, used):
            returned.append(voucher.id)
        if row.state in (Activity.STOPPED.name, Activity.ENDED.name) and last_moment(row) <= work.now:
            release(work, row)
    return GivenBack(returned=returned)


def hand_back(work: Work, row: ActivityRow, voucher: VoucherRow, used: UseRow) -> bool:
    """Undo the use of a voucher; whether it is still good."""
    if not Voucher.give_back.possible(voucher):  # it was good for more uses, and has expired since
        return False
    work.remove(used)
    counted = work.find(CountRow, activity=row.id, who=f"use:{voucher.user}")
    if counted is not None and counted.period == used.period and counted.within:
        counted.within -= 1
    return restore(work, row, voucher, 1, trade_no=used.trade, amount=used.amount.minor)


class Preview(Shape):
    trade_no: Key  # the platform's number of an order that waits for you


class Expected(Shape):
    voucher_id: str  # the platform's number
    title: str  # what it is called
    amount: Money  # yuan that it would take off


class Previewed(Shape):
    total_amount: Money  # yuan that it comes to
    buyer_pay_amount: Money  # yuan that you would pay now
    offs: list[Expected]  # what would be taken off


@method("kaifang.voucher.preview", who=Who.WALLET, reads=True, raises=[TRADE_NOT_EXIST])
def preview(work: Work, ask: Preview) -> Previewed:
    """See what your vouchers would take off an order that waits for you; nothing is used."""
    user = signed_in(work)
    with told_as({"ACQ.TRADE_NOT_EXIST": TRADE_NOT_EXIST}):
        trade = work.ask("kaifang.trade.find", trade_no=ask.trade_no)
    if trade.state not in ("ORDERED", "WAIT_BUYER_PAY") or trade.buyer not in ("", user):
        raise TRADE_NOT_EXIST(trade_no=ask.trade_no)
    order = Apply(
        trade_no=trade.trade_no, out_trade_no=trade.out_trade_no, user=user, seller=trade.seller, app=trade.app,
        store_id=trade.store_id, amount=trade.discountable,
        goods=[Bought(goods_id=one.goods_id, price=one.price, quantity=one.quantity) for one in trade.goods or ()],
    )  # fmt: skip
    holder = work.find(HolderRow, id=user)
    chosen = choose(work, holder, basket_of(work, order)) if holder is not None and trade.discountable else []
    left = trade.total - total([off for _, off in chosen])
    offs = [Expected(voucher_id=one.voucher.id, title=one.activity.title, amount=off) for one, off in chosen]
    return Previewed(total_amount=trade.total, buyer_pay_amount=left, offs=offs)
