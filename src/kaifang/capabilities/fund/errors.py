"""What can go wrong with money, one line each, named as on the wire."""

from kaifang.kernel import fault

# A fault a paragraph.
# fmt: off

# Paying with what a party has: heard inside the platform; each asker answers with its own documented code.
NO_INSTRUMENT = fault(
    "NO_INSTRUMENT", zh="没有可用的付款方式，请绑定银行卡或换一种付款方式",
    en="There is no balance or card that may pay this.", fix="Bind a card, or allow another channel.",
)
CHANNEL_CLOSED = fault(
    "CHANNEL_CLOSED", zh="这笔付款不支持此方式", en="This may not be paid so.", fix="Choose another way to pay.",
)
BALANCE_PAY_OFF = fault(
    "BALANCE_PAY_OFF", zh="付款方关闭了余额支付，请换一种付款方式", en="The payer has switched balance payments off.",
    fix="Pay by card.",
)
BALANCE_NOT_ENOUGH = fault(
    "BALANCE_NOT_ENOUGH", zh="余额不足，请充值", en="The balance is too small.", fix="Top up, or pay by card.",
)
CARD_BALANCE_NOT_ENOUGH = fault(
    "CARD_BALANCE_NOT_ENOUGH", zh="银行卡余额不足，请换卡", en="The card has not enough money.",
    fix="Use another card.",
)
SINGLE_LIMIT = fault(
    "SINGLE_LIMIT", zh="超出单笔限额，请分次付款", en="This is more than may be paid at once.", fix="Pay in parts.",
)
DAY_LIMIT = fault(
    "DAY_LIMIT", zh="超出今日限额，请明日再试", en="Today's limit is used up.", fix="Try tomorrow.",
)
MONTH_LIMIT = fault(
    "MONTH_LIMIT", zh="超出本月限额，请下月再试", en="This month's limit is used up.", fix="Try next month.",
)
BANK_DOWN = fault(
    "BANK_DOWN", zh="银行系统维护中，请稍后再试", en="The bank is down.", fix="Try later, or another card.",
)
SELLER_SHORT = fault(
    "SELLER_SHORT", zh="退款方余额不足，请充值", en="Whoever gives back has not enough.", fix="Top up and repeat.",
)
CODE_INVALID = fault(
    "CODE_INVALID", zh="付款码无效或已过期，请刷新后重试", en="The payment code is unknown, used or expired.",
    fix="Ask for a fresh code.",
)

# Banks, cards and parties
BANK_NOT_EXIST = fault(
    "BANK_NOT_EXIST", zh="没有这家银行，请检查银行编号", en="There is no such bank.", fix="Check bank_code.",
)
BANK_EXISTS = fault(
    "BANK_EXISTS", zh="银行已存在，请换一个编号", en="This bank was opened before.", fix="Choose another code.",
)
CARD_NOT_EXIST = fault(
    "CARD_NOT_EXIST", zh="没有这张银行卡，请核对卡号与户名", en="There is no such card.",
    fix="Check number and holder.",
)
CARD_BOUND = fault(
    "CARD_BOUND", zh="该卡已被绑定，请先解绑", en="This card is bound to somebody already.",
    fix="Unbind it there first.",
)
PARTY_NOT_EXIST = fault(
    "PARTY_NOT_EXIST", zh="用户不存在，请检查用户号", en="There is no such party.", fix="Check the number.",
)

# Transfers: who
PAYER_STATUS_ERROR = fault(
    "PAYER_STATUS_ERROR", zh="付款账户状态异常，请联系平台", en="The payer's account is blocked or closed.",
    fix="Contact the platform.",
)
PAYER_REQUESTER_RELATION_INVALID = fault(
    "PAYER_REQUESTER_RELATION_INVALID", zh="付款方不是请求方本人，请检查 payer_info",
    en="Only your own account pays, or an account book of yours.", fix="Leave payer_info out, or name yourself.",
)
PAYEE_NOT_EXIST = fault(
    "PAYEE_NOT_EXIST", zh="收款账号不存在，请检查收款方信息", en="There is no such payee.", fix="Check the identity.",
)
PAYEE_USERINFO_ERROR = fault(
    "PAYEE_USERINFO_ERROR", zh="收款方姓名与账号不匹配，请核对", en="The name is not that of this account.",
    fix="Check the name and the account.",
)
PAYEE_USER_INFO_ERROR = fault(
    "PAYEE_USER_INFO_ERROR", zh="收款方姓名与账号不匹配，请核对", en="The name is not that of this account.",
    fix="Check the name and the account.",
)
PAYEE_CERT_INFO_ERROR = fault(
    "PAYEE_CERT_INFO_ERROR", zh="收款方证件号与账号不匹配，请核对",
    en="The account belongs to somebody with other papers.", fix="Check payee_info.cert_no.",
)
PAYEE_USERINFO_STATUS_ERROR = fault(
    "PAYEE_USERINFO_STATUS_ERROR", zh="收款账户状态异常，请换一个收款方",
    en="The payee's account is blocked or closed.",
    fix="Choose another payee.",
)
BLOCK_USER_FORBBIDEN_RECIEVE = fault(
    "BLOCK_USER_FORBBIDEN_RECIEVE", zh="收款账户已冻结，不能收款", en="The payee's account is blocked or closed.",
    fix="Choose another payee.",
)
PAYER_PAYEE_CANNOT_SAME = fault(
    "PAYER_PAYEE_CANNOT_SAME", zh="收付款方不能相同，请更换收款方", en="Nobody transfers to himself.",
    fix="Choose another payee.",
)
CARD_BIN_ERROR = fault(
    "CARD_BIN_ERROR", zh="无法识别收款银行，请补充银行信息", en="It cannot be told whose card this is.",
    fix="Name the bank in bankcard_ext_info.",
)
PAYEE_CARD_INFO_ERROR = fault(
    "PAYEE_CARD_INFO_ERROR", zh="收款方银行卡信息有误，请核对卡号与户名",
    en="The card has another holder, or is closed.",
    fix="Check number and name.",
)
PAYER_ACCOUNT_BOOK_INFO_EXCEPTION = fault(
    "PAYER_ACCOUNT_BOOK_INFO_EXCEPTION", zh="付款记账本不存在或已关闭，请检查",
    en="The account book to pay from is unknown or closed.", fix="Check the account book.",
)
RECEIVER_ACCOUNT_BOOK_INFO_EXCEPTION = fault(
    "RECEIVER_ACCOUNT_BOOK_INFO_EXCEPTION", zh="收款记账本不存在或已关闭，请检查",
    en="The account book to pay into is unknown or closed.", fix="Check the account book.",
)

# Transfers: how much
PAYER_BALANCE_NOT_ENOUGH = fault(
    "PAYER_BALANCE_NOT_ENOUGH", zh="付款方余额不足，请充值", en="The payer has not enough.", fix="Top up and repeat.",
)
NO_AVAILABLE_PAYMENT_TOOLS = fault(
    "NO_AVAILABLE_PAYMENT_TOOLS", zh="没有可用的付款方式，请换一种", en="Nothing of the payer's may pay this.",
    fix="Bind a card, or switch balance payments on.",
)
EXCEED_LIMIT_SM_AMOUNT = fault(
    "EXCEED_LIMIT_SM_AMOUNT", zh="超出单笔限额，请分次转账", en="This is more than may be transferred at once.",
    fix="Transfer in parts.",
)
EXCEED_LIMIT_DM_AMOUNT = fault(
    "EXCEED_LIMIT_DM_AMOUNT", zh="超出单日限额，请明日再试", en="The day's limit is used up.", fix="Try tomorrow.",
)
EXCEED_LIMIT_MM_AMOUNT = fault(
    "EXCEED_LIMIT_MM_AMOUNT", zh="超出单月限额，请下月再试", en="The month's limit is used up.", fix="Try next month.",
)
EXCEED_LIMIT_SM_MIN_AMOUNT = fault(
    "EXCEED_LIMIT_SM_MIN_AMOUNT", zh="低于最小金额 0.10 元，请提高金额", en="At least 0.10 yuan is transferred.",
    fix="Transfer more.",
)
MEMO_REQUIRED_IN_TRANSFER_ERROR = fault(
    "MEMO_REQUIRED_IN_TRANSFER_ERROR", zh="五万元及以上的转账需要填写备注",
    en="Transfers of 50,000 yuan and more need a remark.", fix="Say in remark what it is for.",
)
PAYMENT_MONEY_NOT_ENOUGH = fault(
    "PAYMENT_MONEY_NOT_ENOUGH", zh="红包剩余金额不足，请减少金额", en="Less than that is left in the red packet.",
    fix="Take less.",
)
INST_PAY_UNABLE = fault(
    "INST_PAY_UNABLE", zh="银行暂时无法处理，请稍后再试", en="The bank is down.", fix="Try later.",
)
BANK_RESPONSE_ERROR = fault(
    "BANK_RESPONSE_ERROR", zh="银行未能处理，款项已退回", en="The bank did not take it; the money is back.",
    fix="Try again.",
)

# Transfers: orders
PAYMENT_INFO_INCONSISTENCY = fault(
    "PAYMENT_INFO_INCONSISTENCY", zh="同一单号的两次请求内容不一致，请更换单号",
    en="This number was used with other contents.", fix="Use a new number, or repeat exactly.",
)
ORDER_NOT_EXIST = fault(
    "ORDER_NOT_EXIST", zh="单据不存在，请检查单号", en="No order of yours has this number.", fix="Check the number.",
)
ORDER_STATUS_INVALID = fault(
    "ORDER_STATUS_INVALID", zh="单据状态不允许此操作，请先查询", en="The order is not in a state that allows this.",
    fix="Query it first.",
)
PRODUCT_NOT_ALLOW_REFUND = fault(
    "PRODUCT_NOT_ALLOW_REFUND", zh="该产品不支持退款", en="Only red packets can be given back.",
    fix="Let the payee transfer it back.",
)
REFUND_MONEY_NOT_ENOUGH = fault(
    "REFUND_MONEY_NOT_ENOUGH", zh="可退金额不足，请减少金额", en="Less than that is left to give back.",
    fix="Refund less.",
)
REFUND_INFO_INCONSISTENCY = fault(
    "REFUND_INFO_INCONSISTENCY", zh="同一退款单号的两次请求内容不一致，请更换单号",
    en="This out_request_no was used with other contents.", fix="Use a new number, or repeat exactly.",
)
NO_PERMISSION_ACCOUNT = fault(
    "NO_PERMISSION_ACCOUNT", zh="无权查询此账户，请检查用户号", en="This account is not yours to look into.",
    fix="Ask about your own account.",
)

# Pre-authorisation
ILLEGAL_ARGUMENT = fault(
    "ILLEGAL_ARGUMENT", zh="参数有误，请按说明修改", en="A field is missing or not as it should be.",
    fix="Correct the field named here.",
)
UNIQUE_VIOLATION = fault(
    "UNIQUE_VIOLATION", zh="同一单号的两次请求内容不一致，请更换单号", en="This number was used with other contents.",
    fix="Use a new number, or repeat exactly.",
)
AUTH_ORDER_NOT_EXIST = fault(
    "AUTH_ORDER_NOT_EXIST", zh="授权订单不存在，请检查单号", en="No authorisation of yours has this number.",
    fix="Check auth_no and out_order_no.",
)
AUTH_OPERATION_NOT_EXIST = fault(
    "AUTH_OPERATION_NOT_EXIST", zh="授权操作不存在，请检查流水号", en="The order has no such operation.",
    fix="Check operation_id and out_request_no.",
)
ORDER_ALREADY_CLOSED = fault(
    "ORDER_ALREADY_CLOSED", zh="订单已关闭，请使用新的单号", en="This order is closed.", fix="Use a new out_order_no.",
)
ORDER_ALREADY_FINISH = fault(
    "ORDER_ALREADY_FINISH", zh="订单已完结，请使用新的单号", en="This order is finished.",
    fix="Use a new out_order_no.",
)
FREEZE_ALREADY_SUCCESS = fault(
    "FREEZE_ALREADY_SUCCESS", zh="已冻结成功，请查询", en="The money is frozen already.", fix="Query the order.",
)
ILLEGAL_STATUS = fault(
    "ILLEGAL_STATUS", zh="订单状态不允许此操作，请先查询", en="The order is not in a state that allows this.",
    fix="Query it first.",
)
REQUEST_AMOUNT_EXCEED = fault(
    "REQUEST_AMOUNT_EXCEED", zh="金额超出剩余金额，请减少金额", en="Less than that is left.", fix="Ask for less.",
)
CANCEL_OPERATION_TIME_OUT = fault(
    "CANCEL_OPERATION_TIME_OUT", zh="超过撤销期限，请改用解冻", en="An operation can be cancelled for 24 hours.",
    fix="Unfreeze instead.",
)
CURRENCY_VERIFICATION_FAIL = fault(
    "CURRENCY_VERIFICATION_FAIL", zh="仅支持人民币，请传 CNY", en="Only yuan are frozen.", fix="Send CNY.",
)
PAYMENT_AUTH_CODE_INVALID = fault(
    "PAYMENT_AUTH_CODE_INVALID", zh="付款码无效或已过期，请用户刷新后重试", en="The code is unknown, used or expired.",
    fix="Let the user show a fresh code.",
)
MONEY_NOT_ENOUGH = fault(
    "MONEY_NOT_ENOUGH", zh="用户资金不足，请用户充值或换卡", en="The user has not enough.", fix="The user tops up.",
)
NO_PAYMENT_INSTRUMENTS_AVAILABLE = fault(
    "NO_PAYMENT_INSTRUMENTS_AVAILABLE", zh="没有可用的付款方式，请放宽渠道或绑卡",
    en="The user has nothing that may pay this.", fix="Allow more channels, or let the user bind a card.",
)
ERROR_BALANCE_PAYMENT_DISABLE = fault(
    "ERROR_BALANCE_PAYMENT_DISABLE", zh="用户关闭了余额支付，请用户开启或绑卡",
    en="The user has switched balance payments off.", fix="The user switches it on, or binds a card.",
)
USER_FACE_PAYMENT_SWITCH_OFF = fault(
    "USER_FACE_PAYMENT_SWITCH_OFF", zh="用户关闭了刷脸支付，请用户开启", en="The user has switched paying by face off.",
    fix="The user switches it on.",
)
PRODUCT_AMOUNT_LIMIT_ERROR = fault(
    "PRODUCT_AMOUNT_LIMIT_ERROR", zh="超出限额，请减少金额或改日再试", en="A limit of the user or the card is used up.",
    fix="Freeze less, or on another day.",
)
USER_BANKCARD_PAY_ERROR = fault(
    "USER_BANKCARD_PAY_ERROR", zh="用户的银行暂不可用，请换卡或稍后再试", en="The bank of the user's card is down.",
    fix="Use another card, or try later.",
)
PAYER_USER_STATUS_LIMIT = fault(
    "PAYER_USER_STATUS_LIMIT", zh="用户账户状态异常，请用户联系平台", en="The user's account is blocked or closed.",
    fix="The user contacts the platform.",
)
PAYEE_USER_STATUS_LIMIT = fault(
    "PAYEE_USER_STATUS_LIMIT", zh="收款方账户状态异常，请联系平台", en="The payee's account is blocked or closed.",
    fix="Contact the platform.",
)
PAYER_PAYEE_EQUAL = fault(
    "PAYER_PAYEE_EQUAL", zh="收付款方不能相同", en="Nobody freezes money for himself.", fix="Let another user pay.",
)
AUTH_NO_ERROR = fault(
    "AUTH_NO_ERROR", zh="预授权号有误，请检查", en="No authorisation for this seller has this number.",
    fix="Check auth_no.",
)
PRE_AUTH_PROD_CODE_INCONSISTENT = fault(
    "PRE_AUTH_PROD_CODE_INCONSISTENT", zh="产品码与授权时不一致，请检查", en="It was frozen for another product.",
    fix="Name the product that it was frozen with.",
)
AUTH_AMOUNT_NOT_ENOUGH = fault(
    "AUTH_AMOUNT_NOT_ENOUGH", zh="剩余冻结金额不足，请减少金额", en="Less than that is still frozen.",
    fix="Charge less.",
)
AUTH_ORDER_NOT_PAID = fault(
    "AUTH_ORDER_NOT_PAID", zh="预授权尚未完成冻结，请稍后再试", en="Nothing is frozen yet.", fix="Wait for the user.",
)
AUTH_ORDER_HAS_FINISHED = fault(
    "AUTH_ORDER_HAS_FINISHED", zh="预授权已完结", en="This authorisation is used up.", fix="Freeze anew.",
)
AUTH_ORDER_HAS_CLOSED = fault(
    "AUTH_ORDER_HAS_CLOSED", zh="预授权已关闭", en="This authorisation is closed.", fix="Freeze anew.",
)

# Account books
TRUSTEESHIP_ACCOUNT_NOT_EXIST = fault(
    "TRUSTEESHIP_ACCOUNT_NOT_EXIST", zh="记账本不存在，请检查编号", en="You have no such account book.",
    fix="Check account_book_id and scene_code.",
)
ACCOUNT_BOOK_INFO_QUERY_FAIL = fault(
    "ACCOUNT_BOOK_INFO_QUERY_FAIL", zh="记账本不存在或已关闭，请检查编号", en="You have no such open account book.",
    fix="Check account_book_id.",
)
OPEN_ACCOUNT_BOOK_ERROR = fault(
    "OPEN_ACCOUNT_BOOK_ERROR", zh="该用户的记账本已关闭，不能再开通", en="The account book of this user was closed.",
    fix="Use another merchant_user_id.",
)
ACCOUNT_BOOK_NOT_EMPTY = fault(
    "ACCOUNT_BOOK_NOT_EMPTY", zh="记账本还有余额，请先转出", en="There is money in the account book.",
    fix="Transfer it out first.",
)
SUBSCRIPTION_RELATION_NOT_EXIST = fault(
    "SUBSCRIPTION_RELATION_NOT_EXIST", zh="未订阅此记账本的通知，请先订阅",
    en="This account book was never subscribed to.",
    fix="Subscribe first.",
)
BIZ_PRODUCT_CODE_ERROR = fault(
    "BIZ_PRODUCT_CODE_ERROR", zh="产品码或场景码有误，请传 SATF_FUND_BOOK 与 DEFAULT",
    en="There is no such product or scene.", fix="Send SATF_FUND_BOOK and DEFAULT.",
)

# Coupons and red packets of the wallet
USER_AGREEMENT_VERIFY_FAIL = fault(
    "USER_AGREEMENT_VERIFY_FAIL", zh="付款方没有授权此商家代扣，请换一个付款方",
    en="This payer lets you take nothing without asking.", fix="Pay from your own account, or by a page.",
)
RED_PACKET_NOT_EXIST = fault(
    "RED_PACKET_NOT_EXIST", zh="红包不存在，请检查链接", en="There is no such red packet.", fix="Check the link.",
)
RED_PACKET_OVER = fault(
    "RED_PACKET_OVER", zh="红包已被领完或已过期", en="The red packet is empty or was given back.",
    fix="Be faster next time.",
)
