"""Merchants: their shops and where these are, and how shops and merchants of service providers come to be admitted."""

from kaifang.kernel import capability

capability(
    title="Merchants",
    zh="商户与门店",
    needs=[
        "alipay.open.file.upload",
        "kaifang.account.party.find",
        "kaifang.openapp.credentials",
        "kaifang.openapp.file.read",
        "kaifang.openapp.message.send",
        "kaifang.proposal.open",
        "kaifang.proposal.withdraw",
    ],
)
