"""The cashier: the one place where a person sees what they are asked for, and confirms it or leaves."""

from kaifang.kernel import capability

capability(
    title="Cashier",
    zh="收银台",
    needs=[
        "kaifang.account.party.find",
        "kaifang.account.password.check",
        "kaifang.merchant.trust.read",
        "kaifang.trade.scan",
    ],
)
