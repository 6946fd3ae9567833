"""Commissions: the part of a merchant's trades that goes to the service provider who brings them, settled each day."""

from kaifang.kernel import capability

capability(
    title="Commissions",
    zh="服务商佣金",
    needs=[
        "kaifang.account.party.find",
        "kaifang.openapp.credentials",
        "kaifang.proposal.open",
        "kaifang.proposal.withdraw",
        "kaifang.trade.find",
    ],
)
