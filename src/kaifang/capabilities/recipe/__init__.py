"""Recipes: what service providers compose of the platform's methods, and merchants install instead of writing it."""

from kaifang.kernel import capability

capability(
    title="Recipes",
    zh="解决方案",
    needs=["kaifang.account.party.find", "kaifang.market.share.pay", "kaifang.openapp.credentials"],
)
