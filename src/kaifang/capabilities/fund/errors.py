"""What can go wrong with money."""

from kaifang.kernel import Sort, fault

# Paying with what a party has: heard inside the platform, each asker answers with its own documented code.
NO_INSTRUMENT = fault(
    "NO_INSTRUMENT",
    zh="没有可用的付款方式，请绑定银行卡或换一种付款方式",
    en="There is no balance or card that may pay this.",
    fix="Bind a card, or allow another channel.",
)
BALANCE_PAY_OFF = fault(
    "BALANCE_PAY_OFF", zh="付款方关闭了余额支付", en="The payer has switched balance payments off.", fix="Pay by card."
)
BALANCE_NOT_ENOUGH = fault(
    "BALANCE_NOT_ENOUGH", zh="余额不足，请充值", en="The balance is too small.", fix="Top up, or pay by card."
)
CARD_BALANCE_NOT_ENOUGH = fault(
    "CARD_BALANCE_NOT_ENOUGH", zh="银行卡余额不足，请换卡", en="The card has not enough money.", fix="Use another card."
)
SINGLE_LIMIT = fault(
    "SINGLE_LIMIT", zh="超出单笔限额，请分次付款", en="More than may be paid at once.", fix="Pay in parts."
)
DAY_LIMIT = fault("DAY_LIMIT", zh="超出今日限额，请明日再试", en="Today's limit is used up.", fix="Try tomorrow.")
MONTH_LIMIT = fault(
    "MONTH_LIMIT", zh="超出本月限额，请下月再试", en="This month's limit is used up.", fix="Try next month."
)
BANK_DOWN = fault(
    "BANK_DOWN", zh="银行系统维护中，请稍后再试", en="The bank is down.", fix="Try later, or another card."
)
SELLER_SHORT = fault(
    "SELLER_SHORT", zh="退款方余额不足，请充值", en="Whoever pays back has not enough.", fix="Top up and repeat."
)
CODE_INVALID = fault(
    "CODE_INVALID",
    zh="付款码无效或已过期，请刷新后重试",
    en="The payment code is unknown, used or expired.",
    fix="Ask for a fresh code.",
)

# Banks and cards
BANK_NOT_EXIST = fault("BANK_NOT_EXIST", zh="没有这家银行", en="There is no such bank.", fix="Check bank_code.")
BANK_EXISTS = fault("BANK_EXISTS", zh="银行已存在", en="This bank was opened before.", fix="Choose another code.")
CARD_NOT_EXIST = fault(
    "CARD_NOT_EXIST", zh="没有这张银行卡，请核对卡号与户名", en="There is no such card.", fix="Check number and holder."
)
CARD_BOUND = fault(
    "CARD_BOUND", zh="该卡已被绑定", en="This card is bound to somebody already.", fix="Unbind it there first."
)
PARTY_NOT_EXIST = fault(
    "PARTY_NOT_EXIST", zh="用户不存在", en="There is no such party.", fix="Check the number.", sort=Sort.BUSINESS
)
