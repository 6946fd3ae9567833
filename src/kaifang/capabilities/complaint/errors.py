"""What can go wrong with complaints."""

from kaifang.kernel import Sort, fault

# fmt: off
PARAM_ILLEGAL = fault(
    "PARAM_ILLEGAL", zh="参数不合法，请按提示修改", en="A field is not as it should be.",
    fix="Correct the field named here.", sort=Sort.ARGUMENT,
)
AUTHORITY_ILLEGAL = fault(
    "AUTHORITY_ILLEGAL", zh="投诉单不存在，或不属于当前商户", en="No complaint about you has this number.",
    fix="Check complain_event_id, and for whom you ask.",
)
STATUS_CHANGED = fault(
    "STATUS_CHANGED", zh="投诉单状态已变更，请先查询", en="The complaint has moved on.", fix="Query it first.",
)
REFUND_FEEDBACK_FAILED = fault(
    "REFUND_FEEDBACK_FAILED", zh="退款失败，请按提示处理后重试", en="The refund was refused.",
    fix="The reason is named; mend it and submit again.",
)
REFUND_ALREADY_SUCCEED = fault(
    "REFUND_ALREADY_SUCCEED", zh="该交易已全额退款", en="Nothing is left to refund of this trade.",
    fix="Give another feedback_code.",
)
IMAGE_NOT_EXIST = fault(
    "IMAGE_NOT_EXIST", zh="图片不存在", en="There is no such image.", fix="Check the number.",
)
TRADE_NOT_EXIST = fault(
    "TRADE_NOT_EXIST", zh="交易不存在或尚未付款", en="You have paid no trade with this number.", fix="Check trade_no.",
)
COMPLAINT_NOT_EXIST = fault(
    "COMPLAINT_NOT_EXIST", zh="投诉不存在", en="You have no complaint with this number.", fix="Check the number.",
)
COMPLAINT_EXIST = fault(
    "COMPLAINT_EXIST", zh="该交易已有投诉，请补充原投诉", en="There is a complaint about this trade.",
    fix="Supplement the one named here.",
)
COMPLAINT_TOO_LATE = fault(
    "COMPLAINT_TOO_LATE", zh="交易付款已超过 90 天，不能投诉", en="The trade was paid more than 90 days ago.",
    fix="Ask the merchant directly.",
)
# fmt: on
