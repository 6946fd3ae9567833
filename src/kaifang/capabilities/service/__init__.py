"""Services and mini-programs as people find them: what each can do, where it is, and which ones a person keeps."""

from kaifang.kernel import capability

capability(
    title="Services",
    zh="服务与小程序入口",
    needs=[
        "alipay.open.file.upload",
        "kaifang.account.party.find",
        "kaifang.openapp.credentials",
        "kaifang.review.open",
        "kaifang.review.withdraw",
    ],
)
