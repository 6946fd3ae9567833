"""What can go wrong with a trade, one line each, named as on the wire."""

from kaifang.kernel import fault

# A fault a paragraph.
# fmt: off

# The request
INVALID = fault(
    "ACQ.INVALID_PARAMETER", zh="参数无效", en="A field is missing or not as it should be.",
    fix="Correct the field named here.",
)
TOTAL_FEE_EXCEED = fault(
    "ACQ.TOTAL_FEE_EXCEED", zh="订单总金额不在允许范围内，请修改金额",
    en="The amount is outside what a trade may have.", fix="Ask for 0.01 to 100000000.00.",
)
CONTEXT_INCONSISTENT = fault(
    "ACQ.CONTEXT_INCONSISTENT", zh="交易信息与之前的请求不一致，请更换商户订单号",
    en="This out_trade_no stands for an order with other contents.", fix="Use a new out_trade_no, or repeat exactly.",
)
CURRENCY_NOT_SUPPORT = fault(
    "ACQ.CURRENCY_NOT_SUPPORT", zh="不支持该币种，请传 CNY", en="Trades are in yuan only.", fix="Send CNY, or nothing.",
)
NOW_TIME_AFTER_EXPIRE_TIME_ERROR = fault(
    "ACQ.NOW_TIME_AFTER_EXPIRE_TIME_ERROR", zh="超时时间早于当前时间，请设置未来的时间",
    en="The order would be over before it began.", fix="Set time_expire in the future.",
)
SUB_GOODS_SIZE_MAX_COUNT = fault(
    "ACQ.SUB_GOODS_SIZE_MAX_COUNT", zh="商品明细超过 150 条，请减少", en="An order lists at most 150 goods.",
    fix="List fewer.",
)
TRADE_SETTLE_ERROR = fault(
    "ACQ.TRADE_SETTLE_ERROR", zh="结算或分账信息有误，请检查", en="What is asked about settling or sharing cannot be.",
    fix="See the reason.",
)
NOTIFY_STATUS_INVALID = fault(
    "ACQ.NOTIFY_STATUS_INVALID", zh="同步的状态无效，请传 COMPLETE 或 CLOSED", en="There is no such status to report.",
    fix="Report COMPLETE or CLOSED.",
)

# The trade
TRADE_NOT_EXIST = fault(
    "ACQ.TRADE_NOT_EXIST", zh="交易不存在，请检查交易号", en="No trade of yours has this number.",
    fix="Check trade_no and out_trade_no.",
)
TRADE_HAS_SUCCESS = fault(
    "ACQ.TRADE_HAS_SUCCESS", zh="交易已被支付，请查询交易", en="This trade is paid.",
    fix="Query it; never charge again.",
)
TRADE_HAS_CLOSE = fault(
    "ACQ.TRADE_HAS_CLOSE", zh="交易已经关闭，请使用新的商户订单号", en="This trade is closed.",
    fix="Use a new out_trade_no.",
)
TRADE_HAS_FINISHED = fault(
    "ACQ.TRADE_HAS_FINISHED", zh="交易已完结，不能再操作", en="This trade is finished; it is past its refund period.",
    fix="Transfer the money instead.",
)
TRADE_STATUS_ERROR = fault(
    "ACQ.TRADE_STATUS_ERROR", zh="交易状态不合法，请先查询交易", en="The trade is not in a state that allows this.",
    fix="Query the trade first.",
)
REASON_TRADE_STATUS_INVALID = fault(
    "ACQ.REASON_TRADE_STATUS_INVALID", zh="交易状态异常，请先查询交易", en="The trade is not paid yet.",
    fix="Wait until the buyer paid.",
)
REASON_TRADE_BEEN_FREEZEN = fault(
    "ACQ.REASON_TRADE_BEEN_FREEZEN", zh="交易存在争议已被冻结，请先解决争议", en="The buyer disputes this trade.",
    fix="Settle the dispute, or refund.",
)
TRADE_CANCEL_TIME_OUT = fault(
    "ACQ.TRADE_CANCEL_TIME_OUT", zh="超过撤销期限，请改用退款", en="A trade can be cancelled for 24 hours.",
    fix="Refund it.",
)

# The buyer
BUYER_NOT_EXIST = fault(
    "ACQ.BUYER_NOT_EXIST", zh="买家不存在，请检查买家标识", en="There is no such buyer.", fix="Check the buyer's id.",
)
TRADE_BUYER_NOT_MATCH = fault(
    "ACQ.TRADE_BUYER_NOT_MATCH", zh="交易买家不匹配，请由原买家支付", en="This trade belongs to another buyer.",
    fix="Let that buyer pay, or use a new out_trade_no.",
)
BUYER_SELLER_EQUAL = fault(
    "ACQ.BUYER_SELLER_EQUAL", zh="买卖家不能相同，请更换买家", en="Nobody buys from himself.",
    fix="Let another account pay.",
)
PAYER_UNMATCHED = fault(
    "ACQ.PAYER_UNMATCHED", zh="付款人与指定的买家信息不符，请由本人支付", en="The payer is not the person named.",
    fix="Let the person in ext_user_info pay.",
)
BUYER_ENABLE_STATUS_FORBID = fault(
    "ACQ.BUYER_ENABLE_STATUS_FORBID", zh="买家账户状态不可用，请买家联系平台", en="The buyer's account is blocked.",
    fix="The buyer should contact the platform.",
)
ERROR_BUYER_CERTIFY_LEVEL_LIMIT = fault(
    "ACQ.ERROR_BUYER_CERTIFY_LEVEL_LIMIT", zh="买家未通过实名认证，请先认证", en="The buyer has not proved who he is.",
    fix="The buyer should certify the account.",
)

# Paying
PAYMENT_AUTH_CODE_INVALID = fault(
    "ACQ.PAYMENT_AUTH_CODE_INVALID", zh="支付授权码无效或已过期，请买家刷新后重试",
    en="The payment code is wrong, used or expired.", fix="Let the buyer show a fresh code.",
)
BUYER_BALANCE_NOT_ENOUGH = fault(
    "ACQ.BUYER_BALANCE_NOT_ENOUGH", zh="买家余额不足，请买家充值或绑卡", en="The buyer's balance is too low.",
    fix="The buyer tops up, or binds a card.",
)
BUYER_BANKCARD_BALANCE_NOT_ENOUGH = fault(
    "ACQ.BUYER_BANKCARD_BALANCE_NOT_ENOUGH", zh="买家银行卡余额不足，请更换付款方式",
    en="The buyer's bank card has too little.", fix="The buyer takes another card.",
)
NO_PAYMENT_INSTRUMENTS_AVAILABLE = fault(
    "ACQ.NO_PAYMENT_INSTRUMENTS_AVAILABLE", zh="没有可用的支付工具，请放宽渠道或绑卡",
    en="The buyer has nothing to pay this with.", fix="Allow more channels, or let the buyer bind a card.",
)
ERROR_BALANCE_PAYMENT_DISABLE = fault(
    "ACQ.ERROR_BALANCE_PAYMENT_DISABLE", zh="买家关闭了余额支付，请买家开启或绑卡",
    en="The buyer switched paying by balance off.", fix="The buyer switches it on, or binds a card.",
)
MOBILE_PAYMENT_SWITCH_OFF = fault(
    "ACQ.MOBILE_PAYMENT_SWITCH_OFF", zh="买家关闭了付款码支付，请买家开启", en="The buyer switched paying by code off.",
    fix="The buyer switches it on.",
)
USER_FACE_PAYMENT_SWITCH_OFF = fault(
    "ACQ.USER_FACE_PAYMENT_SWITCH_OFF", zh="买家关闭了刷脸支付，请买家开启",
    en="The buyer switched paying by face off.", fix="The buyer switches it on.",
)
PAYMENT_FAIL = fault(
    "ACQ.PAYMENT_FAIL", zh="支付失败，请稍后重试", en="The bank did not take part.", fix="Try again, or pay otherwise.",
)
BUYER_PAYMENT_AMOUNT_DAY_LIMIT_ERROR = fault(
    "ACQ.BUYER_PAYMENT_AMOUNT_DAY_LIMIT_ERROR", zh="买家超出当日付款限额，请更换付款方式或次日再付",
    en="The buyer reached the day's limit.", fix="Pay otherwise, or tomorrow.",
)
BUYER_PAYMENT_AMOUNT_MONTH_LIMIT_ERROR = fault(
    "ACQ.BUYER_PAYMENT_AMOUNT_MONTH_LIMIT_ERROR", zh="买家超出当月付款限额，请更换付款方式",
    en="The buyer reached the month's limit.", fix="Pay otherwise.",
)
PRODUCT_AMOUNT_LIMIT_ERROR = fault(
    "ACQ.PRODUCT_AMOUNT_LIMIT_ERROR", zh="超出买家单笔付款限额，请减少金额",
    en="This is more than the buyer may pay at once.", fix="Pay in parts.",
)

# The seller
SELLER_NOT_EXIST = fault(
    "ACQ.SELLER_NOT_EXIST", zh="卖家不存在，请检查 seller_id", en="There is no such seller.", fix="Check seller_id.",
)
INVALID_RECEIVE_ACCOUNT = fault(
    "ACQ.INVALID_RECEIVE_ACCOUNT", zh="卖家不在约定的收款账户之列，请去掉 seller_id",
    en="You may not receive into this account.", fix="Leave seller_id out.",
)
SELLER_BEEN_BLOCKED = fault(
    "ACQ.SELLER_BEEN_BLOCKED", zh="商家账号被冻结，请联系平台", en="The seller's account is blocked.",
    fix="Contact the platform.",
)
MERCHANT_STATUS_NOT_NORMAL = fault(
    "ACQ.MERCHANT_STATUS_NOT_NORMAL", zh="商户状态异常，请联系平台", en="The seller's account is closed.",
    fix="Contact the platform.",
)
MERCHANT_PERM_RECEIPT_SUSPEND_LIMIT = fault(
    "ACQ.MERCHANT_PERM_RECEIPT_SUSPEND_LIMIT", zh="商户暂停收款，请联系平台",
    en="The seller may not receive at present.", fix="Contact the platform.",
)
MERCHANT_PERM_RECEIPT_SINGLE_LIMIT = fault(
    "ACQ.MERCHANT_PERM_RECEIPT_SINGLE_LIMIT", zh="超过商户单笔收款限额，请拆分或联系平台",
    en="This is more than the seller may receive at once.", fix="Ask the platform for a higher limit.",
)
MERCHANT_PERM_RECEIPT_DAY_LIMIT = fault(
    "ACQ.MERCHANT_PERM_RECEIPT_DAY_LIMIT", zh="超过商户当日收款限额，请次日再收或联系平台",
    en="This is more than the seller may receive today.", fix="Ask the platform for a higher limit.",
)
SELLER_BALANCE_NOT_ENOUGH = fault(
    "ACQ.SELLER_BALANCE_NOT_ENOUGH", zh="卖家余额不足，请充值后重试", en="The account that gives back has too little.",
    fix="Top it up and repeat.",
)

# Agreements
AGREEMENT_NOT_EXIST = fault(
    "ACQ.AGREEMENT_NOT_EXIST", zh="用户协议不存在，请检查协议号", en="There is no such agreement with you.",
    fix="Check agreement_no.",
)
AGREEMENT_STATUS_NOT_NORMAL = fault(
    "ACQ.AGREEMENT_STATUS_NOT_NORMAL", zh="用户协议已失效，请重新签约", en="The agreement is not in force.",
    fix="Let the user sign again.",
)
AGREEMENT_INVALID = fault(
    "ACQ.AGREEMENT_INVALID", zh="用户协议不适用于该产品，请检查产品码", en="The agreement is not for this product.",
    fix="Check product_code.",
)
AGREEMENT_ERROR = fault(
    "ACQ.AGREEMENT_ERROR", zh="买家没有与商家签约代扣，请先签约",
    en="The buyer has signed no agreement that pays this.", fix="Let the buyer sign, or pay otherwise.",
)
CYCLE_PAY_DATE_NOT_MATCH = fault(
    "ACQ.CYCLE_PAY_DATE_NOT_MATCH", zh="扣款日期不在约定的周期内，请在约定日扣款",
    en="The agreement does not allow a deduction today.", fix="Deduct on the agreed day.",
)
CYCLE_PAY_SINGLE_FEE_EXCEED = fault(
    "ACQ.CYCLE_PAY_SINGLE_FEE_EXCEED", zh="超过约定的单次扣款金额，请减少金额",
    en="The agreement does not allow this much at once.", fix="Deduct less.",
)
CYCLE_PAY_TOTAL_FEE_EXCEED = fault(
    "ACQ.CYCLE_PAY_TOTAL_FEE_EXCEED", zh="超过约定的扣款总金额，请重新签约",
    en="The agreement does not allow this much in all.", fix="Let the user sign again.",
)
CYCLE_PAY_TOTAL_TIMES_EXCEED = fault(
    "ACQ.CYCLE_PAY_TOTAL_TIMES_EXCEED", zh="超过约定的扣款总次数，请重新签约",
    en="The agreement does not allow another deduction.", fix="Let the user sign again.",
)

# Pre-authorisations
AUTH_NO_ERROR = fault(
    "ACQ.AUTH_NO_ERROR", zh="预授权号不存在，请检查 auth_no", en="There is no such pre-authorisation with you.",
    fix="Check auth_no.",
)
AUTH_AMOUNT_NOT_ENOUGH = fault(
    "ACQ.AUTH_AMOUNT_NOT_ENOUGH", zh="预授权剩余金额不足，请减少金额", en="Less than this is still frozen.",
    fix="Ask for less.",
)
AUTH_ORDER_HAS_FINISHED = fault(
    "ACQ.AUTH_ORDER_HAS_FINISHED", zh="预授权订单已完成，请使用新的授权",
    en="Nothing is left of this pre-authorisation.", fix="Let the buyer authorise anew.",
)
AUTH_ORDER_HAS_CLOSED = fault(
    "ACQ.AUTH_ORDER_HAS_CLOSED", zh="预授权订单已关闭，请使用新的授权", en="This pre-authorisation was given up.",
    fix="Let the buyer authorise anew.",
)
AUTH_ORDER_NOT_PAID = fault(
    "ACQ.AUTH_ORDER_NOT_PAID", zh="预授权订单未完成授权，请等待买家授权", en="The buyer has not authorised it yet.",
    fix="Wait for the buyer.",
)
PRE_AUTH_PROD_CODE_INCONSISTENT = fault(
    "ACQ.PRE_AUTH_PROD_CODE_INCONSISTENT", zh="产品码与授权时不一致，请传授权时的 product_code",
    en="The money was frozen for another product.", fix="Send the product_code that it was frozen with.",
)

# Refunds
REFUND_FEE_ERROR = fault(
    "ACQ.REFUND_FEE_ERROR", zh="退款金额有误，请大于零", en="Nothing is no refund.", fix="Ask for more than 0.00.",
)
REFUND_AMT_NOT_EQUAL_TOTAL = fault(
    "ACQ.REFUND_AMT_NOT_EQUAL_TOTAL", zh="全额退款金额须等于订单金额，部分退款请传 out_request_no",
    en="Without out_request_no the whole trade is refunded.", fix="Send out_request_no to refund a part.",
)
REASON_TRADE_REFUND_FEE_ERR = fault(
    "ACQ.REASON_TRADE_REFUND_FEE_ERR", zh="退款金额超过可退金额，请减少金额", en="More would go back than was paid.",
    fix="Refund at most what is left.",
)
DISCORDANT_REPEAT_REQUEST = fault(
    "ACQ.DISCORDANT_REPEAT_REQUEST", zh="请求号已被使用且内容不同，请更换请求号",
    en="This out_request_no was used for something else.", fix="Use a new out_request_no, or repeat exactly.",
)
TRADE_NOT_ALLOW_REFUND = fault(
    "ACQ.TRADE_NOT_ALLOW_REFUND", zh="当前交易不允许退款，请等待处理中的退款完成",
    en="Another refund of this trade is under way.", fix="Wait for it.",
)
REFUNDALLOC_UNAUTH_LIMIT = fault(
    "ACQ.REFUNDALLOC_UNAUTH_LIMIT", zh="分账收入方未授权退分账，请先绑定分账关系",
    en="The receiver is not bound to you any more.", fix="Bind the receiver, or leave its share.",
)
REFUND_ROYALTY_PAYEE_ACCOUNT_NOT_EXIST = fault(
    "ACQ.REFUND_ROYALTY_PAYEE_ACCOUNT_NOT_EXIST", zh="退分账账户不存在，请检查 trans_out",
    en="There is no such account to take a share back from.", fix="Check trans_out.",
)

# Settling and sharing
ALLOC_AMOUNT_VALIDATE_ERROR = fault(
    "ACQ.ALLOC_AMOUNT_VALIDATE_ERROR", zh="分账金额超过可分金额，请减少金额", en="More would be shared than may be.",
    fix="Share at most what is left, and no more than the agreed part.",
)
ALLOC_REFUSE_BEFORE_SETTLE = fault(
    "ACQ.ALLOC_REFUSE_BEFORE_SETTLE", zh="交易尚未确认结算，请结算后再分账", en="The money is still in escrow.",
    fix="Confirm the settlement first.",
)
ALLOC_REFUSE_AFTER_REFUND = fault(
    "ACQ.ALLOC_REFUSE_AFTER_REFUND", zh="交易已全额退款，不能分账", en="Everything was refunded.",
    fix="Nothing is left.",
)
ALREADY_FINISH_ALLOC = fault(
    "ACQ.ALREADY_FINISH_ALLOC", zh="分账已完结，不能再分账", en="You said that sharing is finished.",
    fix="Transfer the money instead.",
)
TXN_RESULT_ACCOUNT_BALANCE_NOT_ENOUGH = fault(
    "ACQ.TXN_RESULT_ACCOUNT_BALANCE_NOT_ENOUGH", zh="分账支出方余额不足，请充值", en="The seller's balance is too low.",
    fix="Top it up and repeat.",
)
ROYALTY_RECEIVER_INVALID = fault(
    "ACQ.ROYALTY_RECEIVER_INVALID", zh="分账收入方未绑定，请先绑定分账关系", en="The receiver is not bound to you.",
    fix="Bind it with alipay.trade.royalty.relation.bind.",
)
ROYALTY_ACCOUNT_NOT_EXIST = fault(
    "ACQ.ROYALTY_ACCOUNT_NOT_EXIST", zh="分账账户不存在，请检查 trans_in", en="There is no such account.",
    fix="Check trans_in.",
)
ROYALTY_ACCOUNTS_EQUAL = fault(
    "ACQ.ROYALTY_ACCOUNTS_EQUAL", zh="分账双方不能相同，请更换收入方", en="Giver and receiver are the same.",
    fix="Name another receiver.",
)
ROYALTY_ACCOUNT_NAME_NOT_MATCH = fault(
    "ACQ.ROYALTY_ACCOUNT_NAME_NOT_MATCH", zh="收入方姓名不匹配，请检查 trans_in_name",
    en="The receiver has another name.", fix="Check trans_in_name.",
)
MUST_ALLOC_FROM_ROOT_ACCOUNT = fault(
    "ACQ.MUST_ALLOC_FROM_ROOT_ACCOUNT", zh="只能从交易的收款账户分账，请去掉 trans_out",
    en="Shares come out of the account that was paid.", fix="Leave trans_out out.",
)
SETTLE_SCENE_NOT_SUPPORT = fault(
    "ACQ.SETTLE_SCENE_NOT_SUPPORT", zh="该交易为即时到账，无需确认结算", en="This trade was settled when it was paid.",
    fix="Nothing is to be done.",
)
ILLEGAL_SETTLE_STATE = fault(
    "ACQ.ILLEGAL_SETTLE_STATE", zh="交易存在争议，暂不能结算，请先解决争议", en="The buyer disputes this trade.",
    fix="Settle the dispute first.",
)
ALREADY_CONFIRM_SETTLE = fault(
    "ACQ.ALREADY_CONFIRM_SETTLE", zh="交易已确认结算，请勿重复", en="This trade is settled.",
    fix="Nothing is to be done.",
)
INVALID_SETTLE_AMOUNT_PARAMETER = fault(
    "ACQ.INVALID_SETTLE_AMOUNT_PARAMETER", zh="结算金额有误，请检查金额", en="The amount is not what can be settled.",
    fix="Settle what is left, or a part of it in actual_amount.",
)
SETTLE_ACCOUNT_INVALID = fault(
    "ACQ.SETTLE_ACCOUNT_INVALID", zh="结算收款方无效，请传 defaultSettle", en="A trade is settled to its seller.",
    fix="Use defaultSettle.",
)

# Secondary merchants
SECONDARY_MERCHANT_ID_INVALID = fault(
    "ACQ.SECONDARY_MERCHANT_ID_INVALID", zh="二级商户编号错误，请检查 sub_merchant.merchant_id",
    en="No merchant whom you brought has this number.", fix="Check sub_merchant.merchant_id.",
)
SECONDARY_MERCHANT_STATUS_ERROR = fault(
    "ACQ.SECONDARY_MERCHANT_STATUS_ERROR", zh="二级商户状态异常，请联系平台",
    en="The secondary merchant is suspended, or you let it go.", fix="Contact the platform.",
)
SECONDARY_MERCHANT_ALIPAY_ACCOUNT_INVALID = fault(
    "ACQ.SECONDARY_MERCHANT_ALIPAY_ACCOUNT_INVALID", zh="二级商户的结算账户无效，请使用其进件并确认的账户",
    en="The secondary merchant's money cannot go to this account.",
    fix="Name the account that agreed to be settled to, in use.",
)
SETTLE_ENTITY_ID_INVALID = fault(
    "ACQ.SETTLE_ENTITY_ID_INVALID", zh="结算主体无效，请传该交易的二级商户编号",
    en="The money of this trade is another's.", fix="Name the secondary merchant of the trade, or leave it out.",
)
RISK_SETTLE_SUSPEND = fault(
    "ACQ.RISK_SETTLE_SUSPEND", zh="二级商户已被暂停结算，请联系平台", en="The secondary merchant is suspended.",
    fix="Wait until the platform resumes it.",
)
