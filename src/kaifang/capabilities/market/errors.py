"""What can be refused in the market of services."""

from kaifang.kernel import fault

# Of commodities
NOT_ISV_APP_TYPE = fault(
    "NOT_ISV_APP_TYPE",
    zh="应用不是第三方应用，请使用服务商的应用",
    en="The application is not a service provider's.",
    fix="Use an application whose role is isv.",
)
COMMODITY_NOT_EXIST = fault(
    "COMMODITY_NOT_EXIST",
    zh="服务商品不存在，请检查 commodity_id",
    en="There is no such commodity.",
    fix="Check commodity_id and user_id.",
)
COMMODITY_STATUS_ERROR = fault(
    "COMMODITY_STATUS_ERROR",
    zh="服务商品的当前状态不允许此操作，请先查询",
    en="The commodity is not in a state that allows this.",
    fix="Query it first.",
)
DISPLAY_NOT_EXIST = fault(
    "DISPLAY_NOT_EXIST",
    zh="没有这样的挂载，请检查 displayapp_id",
    en="There is no such place where it is shown.",
    fix="Check displayapp_id.",
)
NO_PERMISSION_OFFLINE_SHOP = fault(
    "NO_PERMISSION_OFFLINE_SHOP",
    zh="无权下架该门店，服务商品不属于调用方",
    en="The commodity is another provider's.",
    fix="Use your own commodity_id.",
)
COMMODITY_SHOP_NOT_EXIST = fault(
    "COMMODITY_SHOP_NOT_EXIST",
    zh="该门店没有此服务，请检查 shop_id",
    en="The shop does not have this service.",
    fix="Check shop_id.",
)
SHOP_STATUS_NOT_SUPPORT = fault(
    "SHOP_STATUS_NOT_SUPPORT",
    zh="该门店的服务不在上架状态",
    en="The service is not on there.",
    fix="Query the order first.",
)

# Of orders
AGENT_AUTH_FAIL = fault(
    "AGENT_AUTH_FAIL",
    zh="未获得商户授权，请先让商户授权",
    en="The merchant lets you order for it neither by a token nor by its word.",
    fix="Let the merchant authorise you first.",
)
NOT_SUPPORT_ORDER_BY_OPENAPI = fault(
    "NOT_SUPPORT_ORDER_BY_OPENAPI",
    zh="该服务商品不存在、未上架或不支持接口订购",
    en="The commodity cannot be ordered like this.",
    fix="Check merchandise_id; it is for mini programs, and on sale.",
)
USER_NOT_EXIST = fault(
    "USER_NOT_EXIST",
    zh="商户不存在，请检查 merchant_pid",
    en="There is no such merchant.",
    fix="Check merchant_pid.",
)
USER_INVALID_STATUS = fault(
    "USER_INVALID_STATUS",
    zh="商户账户状态异常，请联系平台",
    en="The merchant's account is blocked or closed.",
    fix="Let the merchant ask the platform.",
)
APP_ID_ILLEGAL = fault(
    "APP_ID_ILLEGAL",
    zh="小程序不存在或不属于该商户，请检查 mini_app_id",
    en="The merchant has no such mini program.",
    fix="Check mini_app_id.",
)
APP_ID_EXIST = fault(
    "APP_ID_EXIST",
    zh="该小程序已有进行中的此服务订单",
    en="The mini program has an order of this under way.",
    fix="Wait for what becomes of it.",
)
SHOP_NOT_EXIST = fault(
    "SHOP_NOT_EXIST",
    zh="门店不存在或不属于您，请检查门店号",
    en="You have no such shop.",
    fix="Check the number of the shop.",
)
APP_NAME_IS_BLANK = fault(
    "APP_NAME_IS_BLANK",
    zh="小程序名称为空，请填写 app_name 或 mini_app_id",
    en="There is neither a mini program nor a name for a new one.",
    fix="Give mini_app_id or app_name.",
)
INVALID_MINI_APP_NAME_LENGTH = fault(
    "INVALID_MINI_APP_NAME_LENGTH",
    zh="小程序名称长度应为 3 到 20 个字符，一个中文字等于 2 个字符",
    en="The name has not 3 to 20 letters; a Chinese one counts twice.",
    fix="Shorten or lengthen it.",
)
BIZ_ERROR = fault(
    "BIZ_ERROR",
    zh="业务处理失败，请检查后重试",
    en="This cannot be done.",
    fix="Correct what is named here.",
)
ORDER_NOT_EXIST = fault(
    "ORDER_NOT_EXIST",
    zh="服务订单不存在，请检查 commodity_order_id",
    en="There is no such order.",
    fix="Check commodity_order_id.",
)
COMMODITY_ORDER_STATUS_INVALID = fault(
    "COMMODITY_ORDER_STATUS_INVALID",
    zh="服务订单的当前状态不允许此操作，请先查询",
    en="The order is not in a state that allows this.",
    fix="Query it first.",
)
NO_PERMISSION_ACCETP_ORDER = fault(
    "NO_PERMISSION_ACCETP_ORDER",
    zh="无权接单，订单不属于该服务商",
    en="The order is another provider's.",
    fix="Use your own.",
)
NO_PERMISSION_REJECT_ORDER = fault(
    "NO_PERMISSION_REJECT_ORDER",
    zh="无权拒单，订单不属于该服务商",
    en="The order is another provider's.",
    fix="Use your own.",
)
QUERY_FAILD = fault(
    "QUERY_FAILD",
    zh="服务订单不存在，请检查 commodity_order_id",
    en="There is no such order.",
    fix="Check commodity_order_id.",
)
NOPERMISSION_QUERY = fault(
    "NOPERMISSION_QUERY",
    zh="无权查询该订单",
    en="The order is neither yours nor your merchant's.",
    fix="Use your own.",
)
BALANCE_NOT_ENOUGH = fault(
    "BALANCE_NOT_ENOUGH",
    zh="余额不足，请充值后重试",
    en="The balance is not enough.",
    fix="Fill it up, and pay again.",
)

TICKET_NOT_EXIST = fault(
    "TICKET_NOT_EXIST",
    zh="订单授权凭证不存在",
    en="No order has such a ticket.",
    fix="Use the one that the notification of the order told.",
)

# Of items
PARAMS_ERROR = fault(
    "PARAMS_ERROR",
    zh="参数错误，请指明门店或小程序",
    en="It is not said which shop or mini program is meant.",
    fix="Give shop_id or mini_app_id.",
)
COMMODITY_ORDER_ITEM_NOT_EXIST = fault(
    "COMMODITY_ORDER_ITEM_NOT_EXIST",
    zh="订单明细不存在，请检查门店或小程序",
    en="The order has no such item.",
    fix="Check commodity_order_id, shop_id and mini_app_id.",
)
ITEM_STATUS_NOT_ALLOW = fault(
    "ITEM_STATUS_NOT_ALLOW",
    zh="订单明细的当前状态不允许此操作，请先查询",
    en="The item is not in a state that allows this.",
    fix="Query the order first.",
)
NO_PERMISSION_COMFIRM_ORDERITEM = fault(
    "NO_PERMISSION_COMFIRM_ORDERITEM",
    zh="无权确认该订单明细",
    en="The order is another provider's.",
    fix="Use your own.",
)
CONFIRM_CHARGE_ITEM_NOT_ALLOW = fault(
    "CONFIRM_CHARGE_ITEM_NOT_ALLOW",
    zh="收费的订单明细须由商户本人确认",
    en="What the merchant pays for, it confirms itself.",
    fix="Wait for the merchant, or for seven days.",
)
NO_PERMISSION_OPERATION = fault(
    "NO_PERMISSION_OPERATION",
    zh="无权操作该订单明细",
    en="The order is another provider's.",
    fix="Use your own.",
)
NO_PERMISSION_CANCEL_ORDER_ITEM = fault(
    "NO_PERMISSION_CANCEL_ORDER_ITEM",
    zh="无权取消该订单明细",
    en="The order is another provider's.",
    fix="Use your own.",
)

# Of solutions
SOLUTION_NOT_EXIST = fault(
    "SOLUTION_NOT_EXIST",
    zh="解决方案不存在，请检查 solution_code",
    en="There is no such solution.",
    fix="Check solution_code.",
)
SCENE_NOT_EXIST = fault(
    "SCENE_NOT_EXIST",
    zh="解决方案没有该场景，请检查 scene_code",
    en="The solution has no such scene.",
    fix="Check scene_code.",
)
FILE_NOT_EXIST = fault(
    "FILE_NOT_EXIST",
    zh="文件不存在，请检查 file_id",
    en="You have uploaded no such file.",
    fix="Check file_id.",
)
FILE_CONTENT_ERROR = fault(
    "FILE_CONTENT_ERROR",
    zh="文件内容不正确，应为含一个 UTF-8 CSV 的 zip，最多 1000 行",
    en="The file is no ZIP with one CSV in UTF-8 of at most 1,000 lines and the columns needed.",
    fix="Correct what is named here.",
)
BATCH_NOT_EXIST = fault(
    "BATCH_NOT_EXIST",
    zh="批次不存在，请检查批次号",
    en="You have handed in no such batch.",
    fix="Check batch_no and out_batch_no.",
)
OUT_BATCH_NO_REPEAT = fault(
    "OUT_BATCH_NO_REPEAT",
    zh="外部批次号已用于另一批次",
    en="out_batch_no was used for another batch.",
    fix="Use a new one.",
)
RECORD_NOT_EXIST = fault(
    "RECORD_NOT_EXIST",
    zh="没有符合条件的记录，请检查 record_data",
    en="You have no such record.",
    fix="Check record_data.",
)
RECORD_STATUS_ERROR = fault(
    "RECORD_STATUS_ERROR",
    zh="记录的当前状态不允许此操作，请先查询",
    en="The record is not in a state that allows this.",
    fix="Query it first.",
)
FILE_LINK_EXPIRED = fault(
    "FILE_LINK_EXPIRED",
    zh="下载链接无效或已过期，请重新查询",
    en="The link or its token is not good, or not any more.",
    fix="Query the batch again.",
)
