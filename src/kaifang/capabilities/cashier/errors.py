"""What can go wrong at the cashier."""

from kaifang.kernel import fault

CHECKOUT_NOT_EXIST = fault(
    "CHECKOUT_NOT_EXIST",
    zh="收银台链接无效，请回到商家重新发起",
    en="No cashier page has this token.",
    fix="Go back to the merchant and begin again.",
)
CHECKOUT_DONE = fault(
    "CHECKOUT_DONE", zh="已经确认过了，无需重复操作", en="This was confirmed already.", fix="Nothing is left to do."
)
CHECKOUT_LEFT = fault(
    "CHECKOUT_LEFT", zh="已经离开收银台，请回到商家重新发起", en="The cashier page was left.", fix="Begin again."
)
CHECKOUT_EXPIRED = fault(
    "CHECKOUT_EXPIRED", zh="收银台已超时，请回到商家重新发起", en="The cashier page has expired.", fix="Begin again."
)
CHECKOUT_CHANGED = fault(
    "CHECKOUT_CHANGED",
    zh="金额已变化，请核对后重新确认",
    en="The amount is not the one that was shown.",
    fix="Look at it again.",
)
SCAN_CODE_INVALID = fault(
    "SCAN_CODE_INVALID",
    zh="无法识别此二维码，或订单已失效",
    en="Nothing can be paid by this code.",
    fix="Ask the merchant for a new one.",
)
