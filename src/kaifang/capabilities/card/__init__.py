"""Membership cards: templates, joining with consent, levels, benefits, and points that are earned, spent and expire."""

from kaifang.kernel import capability

capability(
    title="Membership cards",
    zh="会员卡",
    needs=[
        "alipay.marketing.activity.query",
        "kaifang.account.consent.give",
        "kaifang.account.party.find",
        "kaifang.merchant.shop.read",
        "kaifang.mpoint.grade",
        "kaifang.openapp.message.send",
        "kaifang.trade.find",
        "kaifang.voucher.give",
    ],
    uses=["kaifang.merchant.shop.nearby"],
)
