"""What can go wrong with vouchers."""

from kaifang.kernel import Sort, fault

# fmt: off
INVALID = fault(
    "INVALID_PARAMETER", zh="参数无效，请按提示修改", en="A field is not as it should be.",
    fix="Correct the field named here.", sort=Sort.ARGUMENT,
)
BIZ_ERROR = fault(
    "BIZ_ERROR", zh="当前不能这样做，请先查询", en="This cannot be done now.", fix="Query first; the reason is named.",
)
ACTIVITY_NOT_EXIST = fault(
    "ACTIVITY_NOT_EXIST", zh="活动不存在，请检查活动号", en="No activity of yours has this number.",
    fix="Check activity_id.",
)
ACTIVITY_NOT_PERMISSION = fault(
    "ACTIVITY_NOT_PERMISSION", zh="没有操作该活动的权限", en="This activity is not yours.",
    fix="Name an activity of your own.",
)
ACTIVITY_NOT_ACTIVE = fault(
    "ACTIVITY_NOT_ACTIVE", zh="活动未生效，请先发布", en="The activity is not published yet.", fix="Publish it first.",
)
ACTIVITY_NOT_START = fault(
    "ACTIVITY_NOT_START", zh="活动未开始", en="The activity has not begun yet.", fix="Wait until it begins.",
)
ACTIVITY_IS_END = fault(
    "ACTIVITY_IS_END", zh="活动已结束", en="The activity is over.", fix="Look for another.",
)
ACTIVITY_IS_STOPED = fault(
    "ACTIVITY_IS_STOPED", zh="活动已停止", en="The activity was stopped.", fix="Look for another.",
)
BUDGET_NOT_ENOUGH = fault(
    "BUDGET_NOT_ENOUGH", zh="券已领完", en="Nothing is left of it.", fix="Append to the activity, or look for another.",
)
COUNT_OVER_LIMIT = fault(
    "COUNT_OVER_LIMIT", zh="领取次数超过限制", en="No more may be had, by this person or by anybody today.",
    fix="Wait for the next period named here, if there is one.",
)
USER_NOT_ALLOWED = fault(
    "USER_NOT_ALLOWED", zh="该用户不符合领取条件", en="This person may not have it.", fix="The reason is named here.",
)
VOUCHER_NOT_OFFERED = fault(
    "VOUCHER_NOT_OFFERED", zh="该券未向您开放领取", en="This voucher is not offered to you.",
    fix="Claim it where it is shown to you, while it is shown, and name that showing in exposure.",
)
VOUCHER_NOT_EXIST = fault(
    "VOUCHER_NOT_EXIST", zh="券不存在，请检查券号", en="No such voucher is known to you.", fix="Check its number.",
)
VOUCHER_STATUS_ERROR = fault(
    "VOUCHER_STATUS_ERROR", zh="券状态不允许此操作，请先查询", en="The voucher is not in a state that allows this.",
    fix="Query it first.",
)
TEMPLATE_NOT_EXIST = fault(
    "TEMPLATE_NOT_EXIST", zh="券模板不存在，请检查模板号", en="No template of yours has this number.",
    fix="Check template_id.",
)
TEMPLATE_STATUS_ERROR = fault(
    "TEMPLATE_STATUS_ERROR", zh="模板状态不允许此操作，请先查询", en="The template is not in a state that allows this.",
    fix="Query it first.",
)
# fmt: on
