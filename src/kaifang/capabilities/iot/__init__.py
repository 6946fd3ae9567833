"""Devices in shops: tills, face terminals and speakers with keys of their own, bound to merchants and heard of."""

from kaifang.kernel import capability

capability(
    title="Devices in shops",
    zh="门店设备",
    needs=[
        "alipay.marketing.activity.query",
        "kaifang.account.openid.give",
        "kaifang.account.party.find",
        "kaifang.card.join",
        "kaifang.card.template.of",
        "kaifang.fund.code.create",
        "kaifang.fund.code.read",
        "kaifang.fund.code.take",
        "kaifang.merchant.shop.read",
        "kaifang.openapp.credentials",
        "kaifang.trade.find",
        "kaifang.voucher.claimable",
        "kaifang.voucher.give",
    ],
)
