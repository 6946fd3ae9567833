"""What can be refused of slots and what is shown in them."""

from kaifang.kernel import Sort, fault

# fmt: off
INVALID = fault(
    "INVALID_PARAMETER", zh="参数无效，请按提示修改", en="A field is not as it should be.",
    fix="Correct the field named here.", sort=Sort.ARGUMENT,
)
SLOT_NOT_EXIST = fault(
    "SLOT_NOT_EXIST", zh="没有这样的流量位，或已关闭", en="No such slot is open.",
    fix="List the slots with kaifang.reach.slot.list.",
)
PLACEMENT_NOT_EXIST = fault(
    "PLACEMENT_NOT_EXIST", zh="投放不存在，请检查编号", en="You placed nothing under this number.",
    fix="Check its number.",
)
PLACEMENT_STATUS_ERROR = fault(
    "PLACEMENT_STATUS_ERROR", zh="投放的当前状态不允许此操作，请先查询",
    en="What was placed is not in a state that allows this.", fix="Query it first.",
)
EXPOSURE_NOT_EXIST = fault(
    "EXPOSURE_NOT_EXIST", zh="没有这样的展示", en="Nothing was shown under this number.", fix="Check exposure.",
)
TRADE_NOT_EXIST = fault(
    "TRADE_NOT_EXIST", zh="没有已支付的该笔交易", en="You paid no trade of this number.", fix="Check trade_no.",
)
# fmt: on
