"""What can go wrong with campaigns."""

from kaifang.kernel import Sort, fault

# fmt: off
CASH_PRIZE_TYPE_ERROR = fault(
    "CASH_PRIZE_TYPE_ERROR", zh="红包发放形式错误，请填 fixed 或 random",
    en="Cash is given as fixed or random amounts.",
    fix="Send fixed or random as prize_type.", sort=Sort.ARGUMENT,
)
CASH_TIME_CHECK_FAILED = fault(
    "CASH_TIME_CHECK_FAILED", zh="活动时间不正确，请检查起止时间", en="The times of the campaign are not right.",
    fix="Start in the future or NowTime, end after that and within six months.", sort=Sort.ARGUMENT,
)
CASH_COUNT_TOO_SMALL = fault(
    "CASH_COUNT_TOO_SMALL", zh="红包个数太小，至少 1 个", en="There must be at least one.", fix="Raise total_num.",
    sort=Sort.ARGUMENT,
)
CASH_COUNT_TOO_MUCH = fault(
    "CASH_COUNT_TOO_MUCH", zh="红包个数太大，最多 10000000 个", en="There may be 10,000,000 at most.",
    fix="Lower total_num.", sort=Sort.ARGUMENT,
)
CASH_AMOUNT_TOO_SMALL = fault(
    "CASH_AMOUNT_TOO_SMALL", zh="活动总金额太小，至少 1.00 元", en="A campaign comes to 1.00 yuan at least.",
    fix="Raise total_money.", sort=Sort.ARGUMENT,
)
CASH_AMOUNT_TOO_MUCH = fault(
    "CASH_AMOUNT_TOO_MUCH", zh="活动总金额太大，最多 10000000.00 元", en="A campaign comes to 10,000,000 yuan at most.",
    fix="Lower total_money.", sort=Sort.ARGUMENT,
)
CASH_PER_AMOUNT_TOO_SMALL = fault(
    "CASH_PER_AMOUNT_TOO_SMALL", zh="单个红包金额太小，至少 0.20 元", en="One comes to 0.20 yuan at least.",
    fix="Raise total_money or lower total_num.", sort=Sort.ARGUMENT,
)
CASH_PER_AMOUNT_TOO_MUCH = fault(
    "CASH_PER_AMOUNT_TOO_MUCH", zh="单个红包金额太大，最多 200.00 元", en="One comes to 200.00 yuan at most.",
    fix="Lower total_money or raise total_num.", sort=Sort.ARGUMENT,
)
CASH_SEND_FREQUENCY_ERROR = fault(
    "CASH_SEND_FREQUENCY_ERROR", zh="领取频率设置错误，例如 D3|L4",
    en="How often one person may have one is not right.",
    fix="Write L with 1 to 100, and before it at most one of D, W and M with no more, such as D3|L4.",
    sort=Sort.ARGUMENT,
)
CASH_CAMPAIGN_NOT_EXIST = fault(
    "CASH_CAMPAIGN_NOT_EXIST", zh="现金活动不存在，请检查 crowd_no", en="No cash campaign of yours has this number.",
    fix="Check crowd_no.",
)
CASH_CAMPAIGN_NOT_START = fault(
    "CASH_CAMPAIGN_NOT_START", zh="现金活动未开始", en="The campaign is not paid for, or has not begun.",
    fix="Pay for it on its page, and wait until it begins.",
)
CASH_CAMPAIGN_IS_OVER = fault(
    "CASH_CAMPAIGN_IS_OVER", zh="现金活动已结束", en="The campaign is over.", fix="Create another.",
)
CASH_CAMPAIGN_EMERGENCY_STOP = fault(
    "CASH_CAMPAIGN_EMERGENCY_STOP", zh="现金活动已暂停，请先恢复", en="The campaign is paused.",
    fix="Let it go on: cash.status.modify with READY.",
)
CASH_CAMP_BUDGET_INSUFFICIENT = fault(
    "CASH_CAMP_BUDGET_INSUFFICIENT", zh="现金活动余额不足", en="Not enough is left of the campaign's money.",
    fix="Create another campaign.",
)
CASH_CAMP_NOT_ALLOW_TRIGGER_OWN = fault(
    "CASH_CAMP_NOT_ALLOW_TRIGGER_OWN", zh="不能给自己发红包", en="Whoever pays for a campaign gets nothing of it.",
    fix="Name somebody else.",
)
CASH_CURRENT_STATE_CANNOT_MODIFY = fault(
    "CASH_CURRENT_STATE_CANNOT_MODIFY", zh="活动当前状态不允许此修改，请先查询",
    en="The campaign is not in a state that allows this.", fix="Query it first.",
)
CASH_TARGET_STATE_NOT_ILLEGAL = fault(
    "CASH_TARGET_STATE_NOT_ILLEGAL", zh="目标状态不合法，请填 READY、PAUSE 或 CLOSED",
    en="A campaign is not moved into this state.", fix="Send READY, PAUSE or CLOSED.", sort=Sort.ARGUMENT,
)
CASH_LIST_PAGE_CHECK_FAILED = fault(
    "CASH_LIST_PAGE_CHECK_FAILED", zh="分页参数错误，页码从 1 开始，每页最多 50 条", en="There is no such page.",
    fix="Count pages from 1, with 1 to 50 on each.", sort=Sort.ARGUMENT,
)
CASH_NOT_PAID = fault(
    "CASH_NOT_PAID", zh="现金活动付款失败，请按提示处理", en="The money for the campaign could not be taken.",
    fix="The reason is named here.",
)
USER_NOT_EXIST = fault(
    "USER_NOT_EXIST", zh="用户不存在，请检查用户标识", en="Nobody is known by that.",
    fix="Check user_id, login_id or open_id.",
)
ENTERPRISE_USER_NOT_SUPPORT = fault(
    "ENTERPRISE_USER_NOT_SUPPORT", zh="不支持企业用户", en="Only people take part, not companies.",
    fix="Name a person.",
)
USER_ACCESS_TOTAL_LIMIT = fault(
    "USER_ACCESS_TOTAL_LIMIT", zh="用户领取次数已达上限", en="This person had as many as one may have.",
    fix="Name somebody else.",
)
USER_ACCESS_FREQUENCY_LIMIT = fault(
    "USER_ACCESS_FREQUENCY_LIMIT", zh="用户领取过于频繁，请下个周期再试",
    en="This person had as many as one may have in this period.", fix="Wait for the next day, week or month.",
)
OUT_BIZ_NO_ILLEGAL = fault(
    "OUT_BIZ_NO_ILLEGAL", zh="外部业务号已用于其他金额", en="This number was used with another amount.",
    fix="Use a number of its own for each.", sort=Sort.ARGUMENT,
)
CAMP_NOT_EXIST = fault(
    "CAMP_NOT_EXIST", zh="抽奖活动不存在，请检查 camp_id", en="No draw campaign of yours has this number.",
    fix="Check camp_id.",
)
CAMP_STATUS_ERROR = fault(
    "CAMP_STATUS_ERROR", zh="活动当前状态不允许此操作，请先查询", en="The campaign is not in a state that allows this.",
    fix="Query it first.",
)
CAMP_CODE_REPEAT = fault(
    "CAMP_CODE_REPEAT", zh="活动标识已被使用", en="This code was used for another campaign.",
    fix="Choose another camp_code.",
)
PRIZE_NOT_EXIST = fault(
    "PRIZE_NOT_EXIST", zh="奖品不存在，请检查 prize_id", en="The campaign has no such prize.", fix="Check prize_id.",
)
PRIZE_STATUS_ERROR = fault(
    "PRIZE_STATUS_ERROR", zh="奖品当前状态不允许此操作，请先查询", en="The prize is not in a state that allows this.",
    fix="Query it first.",
)
PRIZE_REPEAT = fault(
    "PRIZE_REPEAT", zh="外部业务流水号已用于其他奖品", en="This number was used for another prize.",
    fix="Use a number of its own for each.", sort=Sort.ARGUMENT,
)
PRIZE_BUDGET_NOT_ENOUGH = fault(
    "PRIZE_BUDGET_NOT_ENOUGH", zh="余额不足，无法预留奖品资金",
    en="Your balance does not cover what the prize may come to.",
    fix="Pay money in, or lower the budget.",
)
# fmt: on
