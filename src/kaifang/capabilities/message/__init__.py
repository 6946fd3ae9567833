"""Messages: merchants tell people what they agreed to hear, by templates, and one message once."""

from kaifang.kernel import capability

capability(
    title="Messages",
    zh="模板消息",
    needs=["kaifang.account.party.find", "kaifang.review.words", "kaifang.trade.find"],
)
