"""Vouchers: what merchants and the platform take off for people, from the activity to the last fen settled."""

from kaifang.kernel import capability

capability(
    title="Vouchers",
    zh="优惠券",
    needs=[
        "kaifang.account.party.find",
        "kaifang.cashier.open",
        "kaifang.fund.charge",
        "kaifang.fund.give_back",
        "kaifang.trade.find",
    ],
    uses=[
        "alipay.marketing.activity.deliverychannel.query",
        "kaifang.delivery.offered",
        "kaifang.merchant.shop.nearby",
        "kaifang.merchant.shop.read",
        "kaifang.reach.offered",
    ],
)
