"""Trades: what a buyer owes a seller, from the order to the last refund, settled at once or guaranteed by escrow."""

from kaifang.kernel import capability

capability(
    title="Trades",
    zh="交易",
    needs=[
        "alipay.trade.pay",
        "alipay.user.agreement.query",
        "kaifang.account.openid.give",
        "kaifang.account.party.find",
        "kaifang.agreement.consult",
        "kaifang.agreement.prepare",
        "kaifang.agreement.sign.confirm",
        "kaifang.agreement.use",
        "kaifang.cashier.extend",
        "kaifang.cashier.open",
        "kaifang.fund.afford",
        "kaifang.fund.charge",
        "kaifang.fund.code.take",
        "kaifang.fund.freeze.pay",
        "kaifang.fund.payout",
        "kaifang.fund.give_back",
        "kaifang.openapp.address",
        "kaifang.openapp.message.send",
        "kaifang.voucher.apply",
        "kaifang.voucher.give_back",
    ],
    uses=["kaifang.merchant.secondary.find"],
)
