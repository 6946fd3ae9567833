"""Money: balances, bank cards, payment codes, transfers, red packets, pre-authorisation, batches and account books."""

from kaifang.kernel import capability

capability(
    title="Funds",
    zh="资金",
    needs=[
        "kaifang.account.openid.give",
        "kaifang.account.party.find",
        "kaifang.account.password.check",
        "kaifang.cashier.open",
        "kaifang.openapp.message.send",
    ],
)
