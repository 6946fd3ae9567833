"""What a seller is told of his trades: which state, on which product, with which members."""

from typing import Any

import msgspec

from kaifang.kernel import Moment, Money, Shape, Work, total
from kaifang.kernel.clock import written

from .parts import Off
from .states import Trade
from .tables import RefundRow, TradeRow
from .terms import terms_of

SUCCESS, CLOSED, FINISHED = Trade.TRADE_SUCCESS.name, Trade.TRADE_CLOSED.name, Trade.TRADE_FINISHED.name
# The products whose sellers are told of every state; all others hear of the payment only. Protocol notes, 3.5.
TELL_ALL = {"wap", "app"}


def tell_seller(work: Work, trade: TradeRow, refund: RefundRow | None = None) -> None:
    """Owe the seller a notification of the state the trade has come to, where that was agreed."""
    if not trade.notify_url:
        return
    payment = trade.state == SUCCESS and refund is None
    if payment or trade.way in TELL_ALL or terms_of(work, trade.seller).tell_all:
        fields = {**facts(trade), **people(work, trade), **(refund_facts(refund) if refund else {})}
        work.notify(trade.app, trade.notify_url, "trade_status_sync", trade.id, fields)


def facts(trade: TradeRow) -> dict[str, object]:
    """What there is to say of a trade."""
    more = trade.more
    told: dict[str, object] = {
        "auth_app_id": trade.auth_app, "trade_no": trade.id, "out_trade_no": trade.out_trade_no,
        "trade_status": trade.state, "total_amount": trade.total, "seller_id": trade.seller, "subject": trade.subject,
        "gmt_create": Moment(trade.created), "body": more.body if more else None,
        "passback_params": more.passback_params if more else None,
    }  # fmt: skip
    if trade.paid:
        told |= {
            "gmt_payment": Moment(trade.paid), "receipt_amount": trade.received, "invoice_amount": trade.owed,
            "buyer_pay_amount": trade.owed, "point_amount": "0.00", "fund_bill_list": camel(trade),
            "agreement_no": more.agreement_no if more else None,
            "alipay_sub_merchant_id": more.smid if more else None,
            "external_agreement_no": more.external_agreement_no if more else None,
        }  # fmt: skip
    if trade.paid and trade.offs:
        told["voucher_detail_list"] = camel_vouchers(trade)
    if trade.state == CLOSED:
        told["gmt_close"] = Moment(trade.ended)
    return told


def people(work: Work, trade: TradeRow) -> dict[str, object]:
    """Who sold, and who bought as far as the app may know him."""
    seller = work.ask("kaifang.account.party.find", user_id=trade.seller)
    told: dict[str, object] = {"seller_email": seller.logon_id}
    if trade.buyer:
        told["buyer_logon_id"] = work.ask("kaifang.account.party.find", user_id=trade.buyer).masked
        told["buyer_open_id" if trade.open_id else "buyer_id"] = trade.open_id or trade.buyer
    return told


def refund_facts(refund: RefundRow) -> dict[str, object]:
    """What there is to say of a refund; refund_fee is the sum of all of them."""
    return {
        "refund_fee": refund.total,
        "send_back_fee": refund.amount,
        "gmt_refund": f"{written(refund.at)}.{refund.at % 1000:03d}",
        "out_biz_no": refund.request,
        **deposit_back(refund),
    }


def deposit_back(refund: RefundRow) -> dict[str, object]:
    """What of a refund went back to a bank card; the banks of this world answer at once."""
    amount = total([bill.amount for bill in refund.bills if bill.card_id])
    if not amount:
        return {}
    return {"dback_status": "S", "dback_amount": amount, "bank_ack_time": Moment(refund.at)}


def tell_deposit_back(work: Work, trade: TradeRow, refund: RefundRow) -> None:
    """Message the seller's apps that a part of a refund reached a bank card."""
    if back := deposit_back(refund):
        content = {"trade_no": trade.id, "out_trade_no": trade.out_trade_no, "out_request_no": refund.request, **back}
        work.ask(
            "kaifang.openapp.message.send", msg_method="alipay.trade.refund.depositback.completed", content=content,
            merchant=trade.seller, subject=trade.id,
        )  # fmt: skip


class Contribution(Shape):
    contribute_type: str  # PLATFORM, or BRAND: a merchant other than the seller
    contribute_amount: Money  # yuan


class VoucherDetail(Shape):
    id: str  # voucher_id
    template_id: str  # of which activity
    name: str  # what people read
    type: str  # ALIPAY_BIZ_VOUCHER, ALIPAY_COMMON_ITEM_VOUCHER or ALIPAY_CASH_VOUCHER
    amount: Money  # yuan taken off
    merchant_contribute: Money  # yuan of it that the seller pays
    other_contribute: Money  # yuan of it that others pay
    other_contribute_detail: list[Contribution] | None = None  # which others


def voucher_details(offs: list[Off], seller: str) -> list[VoucherDetail] | None:
    """What each voucher took off, and who pays it."""
    return [voucher_detail(off, seller) for off in offs] or None


def voucher_detail(off: Off, seller: str) -> VoucherDetail:
    """What a voucher took off, and who pays it."""
    others = [share for share in off.shares if share.party != seller]
    detail = [
        Contribution(contribute_type="PLATFORM" if share.platform else "BRAND", contribute_amount=share.amount)
        for share in others
    ]
    other = total([share.amount for share in others])
    return VoucherDetail(
        id=off.id, template_id=off.template_id, name=off.name, type=off.type, amount=off.amount,
        merchant_contribute=off.amount - other, other_contribute=other, other_contribute_detail=detail or None,
    )  # fmt: skip


def discounts(offs: list[Off], seller: str) -> dict[str, Any]:
    """What the seller and what others pay of what vouchers took off, and what these are called; nothing without any."""
    if not offs:
        return {}
    details = [voucher_detail(off, seller) for off in offs]
    return {
        "discount": total([one.other_contribute for one in details]),
        "mdiscount": total([one.merchant_contribute for one in details]),
        "let_off": total([off.let_off for off in offs]), "vouchers": "，".join(off.name for off in offs),
    }  # fmt: skip


def camel(trade: TradeRow) -> str:
    """What it was paid with, in the spelling that only notifications have."""
    told = []
    for bill in trade.bills:
        one = {"amount": str(bill.amount), "fundChannel": bill.fund_channel}
        told.append(one | ({"bankCode": bill.bank_code} if bill.bank_code else {}))
    off = discounts(trade.offs, trade.seller)
    for channel, amount in (("DISCOUNT", off.get("discount")), ("MDISCOUNT", off.get("mdiscount"))):
        if amount:
            told.append({"amount": str(amount), "fundChannel": channel})
    return msgspec.json.encode(told).decode()


def camel_vouchers(trade: TradeRow) -> str:
    """What vouchers took off, in the same spelling."""
    told = [
        {
            "amount": str(one.amount), "merchantContribute": str(one.merchant_contribute), "name": one.name,
            "otherContribute": str(one.other_contribute), "type": one.type, "voucherId": one.id,
        }
        for one in (voucher_details(trade.offs, trade.seller) or ())
    ]  # fmt: skip
    return msgspec.json.encode(told).decode()
