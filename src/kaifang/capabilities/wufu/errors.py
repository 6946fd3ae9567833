"""What can go wrong with cards, chances and pools."""

from kaifang.kernel import Sort, fault

# fmt: off
WUFU_NOT_EXIST = fault(
    "WUFU_NOT_EXIST", zh="集福活动不存在，请检查活动号", en="There is no such campaign.", fix="Check campaign_id.",
)
WUFU_NOT_OPEN = fault(
    "WUFU_NOT_OPEN", zh="集福活动未开始或已结束", en="The campaign has not begun, or is over.",
    fix="See its times with kaifang.wufu.campaign.read.",
)
WUFU_ODDS_ERROR = fault(
    "WUFU_ODDS_ERROR", zh="福卡种类或概率设置错误", en="The kinds of cards are not right.",
    fix="Give each a code of its own; one at least is drawn and not wild.", sort=Sort.ARGUMENT,
)
WUFU_NO_CHANCE = fault(
    "WUFU_NO_CHANCE", zh="没有集福机会了，做任务或明天再来", en="No chance is left.",
    fix="Do a task for another, or come back tomorrow.",
)
WUFU_CARD_LACKING = fault(
    "WUFU_CARD_LACKING", zh="没有这张福卡",
    en="There is no such card to give.", fix="See yours with kaifang.wufu.mine.",
)
WUFU_SET_LACKING = fault(
    "WUFU_SET_LACKING", zh="还没有集齐，缺少的福卡见提示", en="The set is not complete.",
    fix="The kinds that are missing are named.",
)
WUFU_SET_TWICE = fault(
    "WUFU_SET_TWICE", zh="你已经集齐过一次", en="You have a share already; nobody has two.",
    fix="Give your cards to friends.",
)
WUFU_FRIEND_ERROR = fault(
    "WUFU_FRIEND_ERROR", zh="对方不存在或就是你自己", en="This is nobody who could be your friend here.",
    fix="Name another person.",
)
WUFU_HANDOVER_NOT_EXIST = fault(
    "WUFU_HANDOVER_NOT_EXIST", zh="没有这次赠送或交换", en="There is no such gift, and none for you.",
    fix="Check its number.",
)
WUFU_HANDOVER_OVER = fault(
    "WUFU_HANDOVER_OVER", zh="赠送或交换已结束", en="The gift or exchange is over.", fix="Begin another.",
)
WUFU_TASK_NOT_EXIST = fault(
    "WUFU_TASK_NOT_EXIST", zh="没有这项任务，或不由你确认", en="There is no such task that you could tell of.",
    fix="Check the task's code.",
)
WUFU_TASK_ENOUGH = fault(
    "WUFU_TASK_ENOUGH", zh="今天这项任务已做满", en="It was done as often as may be in a day.",
    fix="Come back tomorrow.",
)
WUFU_NUMBER_USED = fault(
    "WUFU_NUMBER_USED", zh="编号已用于另一请求", en="This number was used for something else.",
    fix="Use a number of its own for each.", sort=Sort.ARGUMENT,
)
WUFU_NOT_PAID = fault(
    "WUFU_NOT_PAID", zh="付款失败，请按提示处理", en="The money for the pool could not be taken.",
    fix="The reason is named here.",
)
WUFU_HANDOUT_NOT_EXIST = fault(
    "WUFU_HANDOUT_NOT_EXIST", zh="没有这个福卡发放，请检查编号或场景码",
    en="Nothing is handed out under this number or scene.",
    fix="Check handout_id or scene.",
)
WUFU_HANDOUT_OVER = fault(
    "WUFU_HANDOUT_OVER", zh="福卡发放已结束", en="Nothing more is handed out here.", fix="Look for another place.",
)
WUFU_QUOTA_EMPTY = fault(
    "WUFU_QUOTA_EMPTY", zh="福卡配额不足", en="The quota of cards does not cover it.",
    fix="Ask the operator of the campaign for more.",
)
WUFU_TAKEN_ENOUGH = fault(
    "WUFU_TAKEN_ENOUGH", zh="领取次数已达上限",
    en="This person took as many here as one may.", fix="Look for another place.",
)
WUFU_VOUCHER_GONE = fault(
    "WUFU_VOUCHER_GONE", zh="随卡优惠券已不可领取", en="The voucher that comes with the card cannot be had any more.",
    fix="The merchant closes this place, or appends to the voucher activity.",
)
WUFU_SCENE_USED = fault(
    "WUFU_SCENE_USED", zh="场景码已被使用", en="You hand something out under this scene already.",
    fix="Choose another scene.", sort=Sort.ARGUMENT,
)
# fmt: on
