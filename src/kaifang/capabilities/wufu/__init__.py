"""Five blessings: cards collected by chance that anybody can check, and a pool split among those with complete sets."""

from kaifang.kernel import capability

capability(
    title="Five blessings",
    zh="集五福",
    needs=[
        "alipay.marketing.activity.voucher.query",
        "kaifang.account.party.find",
        "kaifang.cashier.open",
        "kaifang.fund.charge",
        "kaifang.proposal.open",
        "kaifang.proposal.withdraw",
        "kaifang.trade.find",
        "kaifang.voucher.give",
    ],
)
