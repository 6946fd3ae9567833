"""Deliveries: what merchants have shown in the platform's slots, when and to whom, with pictures of their own."""

from kaifang.kernel import capability

capability(
    title="Deliveries",
    zh="推广投放",
    needs=["alipay.marketing.activity.query", "alipay.open.file.upload", "kaifang.openapp.file.read"],
)
