"""What can go wrong with the platform's points."""

from kaifang.kernel import fault

# fmt: off
REPEAT_INCONSISTENT = fault(
    "REPEAT_INCONSISTENT", zh="同一流水号的参数不一致，请更换流水号", en="This number was used for something else.",
    fix="Use a new out_biz_no.",
)
BIZ_TYPE_INVALID = fault(
    "BIZ_TYPE_INVALID", zh="业务类型未分配给该商户，请联系平台", en="This kind of business was not given to you.",
    fix="Ask those who run the platform for a biz_type.",
)
USER_INVALID = fault(
    "USER_INVALID", zh="用户不存在或状态异常，请核对", en="There is no such person whose account is in use.",
    fix="Check user_id, or open_id.",
)
BUDGET_NOT_ENOUGH = fault(
    "BUDGET_NOT_ENOUGH", zh="积分预算不足", en="Not enough points are left of what you may give.",
    fix="Ask those who run the platform for more.",
)
DAY_LIMIT = fault(
    "DAY_LIMIT", zh="超过该用户当日可得积分上限", en="This person may have no more of it today.",
    fix="Try again tomorrow.",
)
POINT_NOT_ENOUGH = fault(
    "POINT_NOT_ENOUGH", zh="积分余额不足", en="The person has not enough points.", fix="Ask for fewer.",
)
ORDER_NOT_EXIST = fault(
    "ORDER_NOT_EXIST", zh="没有该流水号的扣减记录，请核对", en="You took no points under this number.",
    fix="Use the out_biz_no that the points were taken by.",
)
# fmt: on
