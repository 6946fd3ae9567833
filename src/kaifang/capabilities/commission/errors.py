"""What can be refused of commissions."""

from kaifang.kernel import fault

NOT_ISV_APP_TYPE = fault(
    "NOT_ISV_APP_TYPE",
    zh="应用不是第三方应用，请使用服务商的应用",
    en="The application is not a service provider's.",
    fix="Use an application whose role is isv.",
)
MERCHANT_IS_NOT_EXIST = fault(
    "MERCHANT_IS_NOT_EXIST",
    zh="商户不存在或已注销，请核对商户号、登录账号和名称",
    en="No such merchant is open.",
    fix="Check merchant_id, or merchant_logon_id, and merchant_name.",
)
ROLE_ACCOUNT_NOT_EXIST = fault(
    "ROLE_ACCOUNT_NOT_EXIST",
    zh="合作伙伴账号不存在或重复，请核对 role_alipay_account",
    en="A partner's account does not exist, or is named twice.",
    fix="Check role_alipay_account.",
)
COMMISSION_EXIST = fault(
    "COMMISSION_EXIST",
    zh="该商户在此场景与目标下已有抽佣，请修改原抽佣",
    en="There is a commission for this merchant, scene and target already.",
    fix="Modify it, or end it first.",
)
COMMISSION_NOT_EXIST = fault(
    "COMMISSION_NOT_EXIST",
    zh="没有这样的抽佣，请核对商户、场景和目标",
    en="You have no such commission in force or waiting.",
    fix="Check the merchant, the scene and the target.",
)
COMMISSION_STATUS_ERROR = fault(
    "COMMISSION_STATUS_ERROR",
    zh="抽佣的当前状态不允许此操作，请先查询",
    en="The commission is not in a state that allows this.",
    fix="Query it first.",
)
COMMISSION_RATE_ERROR = fault(
    "COMMISSION_RATE_ERROR",
    zh="抽佣比例无效：单位为百分比，最多两位小数，合计大于 0 且不超过 30",
    en="The rates are percentages with two decimals at most, above 0 and together at most 30.",
    fix="Correct the rates.",
)
APP_NOT_EXIST = fault(
    "APP_NOT_EXIST",
    zh="应用不存在或不是第三方应用，请检查 app_id",
    en="No service provider's application has this number.",
    fix="Check app_id.",
)
SHARE_SHORT = fault(
    "SHARE_SHORT",
    zh="商户余额不足，未支付分成",
    en="The merchant's balance is not enough for the share.",
    fix="Pay it again when there is more.",
)
SHARE_CLASH = fault(
    "SHARE_CLASH",
    zh="同一分成号的参数不一致",
    en="This number was used for another share.",
    fix="Use a new ref.",
)
