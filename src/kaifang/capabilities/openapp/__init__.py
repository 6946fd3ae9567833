"""Applications: what a merchant or a service provider signs with, may do, is told of, and acts for others by."""

from kaifang.kernel import capability

capability(
    title="Applications",
    zh="开放应用",
    needs=["kaifang.account.openid.give", "kaifang.account.party.find", "kaifang.account.token.read"],
)
