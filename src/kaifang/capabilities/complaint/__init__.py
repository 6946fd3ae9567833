"""Complaints: what buyers hold against merchants about a trade, who must answer by when, and what that says of them."""

from kaifang.kernel import capability

capability(
    title="Complaints",
    zh="交易投诉",
    needs=[
        "alipay.open.file.upload",
        "alipay.trade.refund",
        "kaifang.account.party.find",
        "kaifang.openapp.file.read",
        "kaifang.openapp.message.send",
        "kaifang.trade.dispute.close",
        "kaifang.trade.dispute.decide",
        "kaifang.trade.dispute.open",
        "kaifang.trade.find",
    ],
)
