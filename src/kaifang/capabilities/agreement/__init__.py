"""Agreements: what a person lets a merchant deduct later, within which limits and on which days, and their end."""

from kaifang.kernel import capability

capability(
    title="Agreements",
    zh="代扣",
    needs=[
        "kaifang.account.openid.give",
        "kaifang.account.party.find",
        "kaifang.cashier.open",
        "kaifang.openapp.address",
    ],
)
