"""Campaigns: cash and prizes that people draw, out of budgets set aside before, by chance that anybody can check."""

from kaifang.kernel import capability

capability(
    title="Draws and cash campaigns",
    zh="抽奖与现金红包",
    needs=[
        "alipay.marketing.activity.voucher.query",
        "kaifang.account.party.find",
        "kaifang.cashier.open",
        "kaifang.fund.charge",
        "kaifang.voucher.give",
    ],
)
