"""Slots: where the platform shows what merchants have for people; who sees what, why, and what came of it."""

from kaifang.kernel import capability

capability(
    title="Slots",
    zh="流量位",
    needs=[
        "alipay.marketing.activity.query",
        "kaifang.account.party.find",
        "kaifang.openapp.credentials",
        "kaifang.review.open",
        "kaifang.review.withdraw",
        "kaifang.trade.find",
        "kaifang.voucher.claimable",
    ],
    uses=[
        "kaifang.card.held",
        "kaifang.card.template.of",
        "kaifang.delivery.offered",
        "kaifang.merchant.shop.nearby",
        "kaifang.merchant.shop.read",
        "kaifang.search.document.read",
        "kaifang.wufu.handout.of",
    ],
)
