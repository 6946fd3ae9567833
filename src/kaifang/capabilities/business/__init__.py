"""Business: how a merchant's shop goes: its orders and refunds, its day by the hour, and who comes back."""

from kaifang.kernel import capability

capability(
    title="Business",
    zh="经营",
    needs=["kaifang.account.party.find"],
)
