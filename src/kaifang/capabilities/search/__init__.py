"""Search: boxes of brands and mini-programs, keywords, and full text over all that people look for."""

from kaifang.kernel import capability

capability(
    title="Search",
    zh="搜索",
    needs=[
        "kaifang.account.party.find",
        "kaifang.openapp.credentials",
        "kaifang.review.open",
        "kaifang.service.read",
        "kaifang.voucher.claimable",
    ],
    uses=["kaifang.merchant.shop.read"],
)
