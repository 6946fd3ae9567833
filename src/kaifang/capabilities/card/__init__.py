"""Membership cards: templates, joining with consent, levels, benefits, and points that are earned, spent and expire."""

from kaifang.kernel import capability

capability(
    title="Membership cards",
    zh="会员卡",
    needs=["kaifang.account.party.find", "kaifang.openapp.message.send"],
)
