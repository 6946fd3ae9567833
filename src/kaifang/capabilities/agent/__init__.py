"""Service providers bring merchants: what they sign and open for them comes true once the merchant agrees."""

from kaifang.kernel import capability

capability(
    title="Onboarding by service providers",
    zh="服务商代入驻",
    needs=[
        "alipay.open.file.upload",
        "kaifang.account.party.find",
        "kaifang.market.ticket.read",
        "kaifang.openapp.app.create",
        "kaifang.openapp.app.list",
        "kaifang.openapp.authorisation.grant",
        "kaifang.openapp.credentials",
        "kaifang.openapp.message.send",
        "kaifang.proposal.open",
        "kaifang.proposal.withdraw",
        "kaifang.trade.terms.set",
    ],
)
