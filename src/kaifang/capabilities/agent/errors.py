"""What can be refused of onboardings."""

from kaifang.kernel import fault

# Of transactions
NOT_ISV_APP_TYPE = fault(
    "NOT_ISV_APP_TYPE", zh="应用不是第三方应用，请使用服务商的应用",
    en="The application is not a service provider's.", fix="Use an application whose role is isv.",
)  # fmt: skip
MERCHANT_IS_NOT_EXIST = fault(
    "MERCHANT_IS_NOT_EXIST", zh="商户不存在、已注销或不是商家账户，请核对账号", en="No such merchant is open.",
    fix="Check the account; it is a logon id or a user id, and not your own.",
)  # fmt: skip
MERCHANT_NOT_ENABLED = fault(
    "MERCHANT_NOT_ENABLED", zh="商户账户已被冻结，请联系平台", en="The merchant's account is blocked.",
    fix="Let the merchant ask the platform.",
)  # fmt: skip
MERCHANT_NOT_CERTIFIED = fault(
    "MERCHANT_NOT_CERTIFIED", zh="商户未实名认证，请先完成认证", en="The merchant's identity was not proved.",
    fix="Let the merchant be certified first.",
)  # fmt: skip
INVALID_CONTACT_NAME = fault(
    "INVALID_CONTACT_NAME", zh="联系人名称无效，请检查 contact_name", en="The contact has no name.",
    fix="Correct contact_name.",
)  # fmt: skip
INVALID_CONTACT_MOBILE = fault(
    "INVALID_CONTACT_MOBILE", zh="联系人手机号无效，应为 11 位手机号", en="The contact's mobile number is none.",
    fix="Write 11 digits that begin with 1.",
)  # fmt: skip
INVALID_CONTACT_EMAIL = fault(
    "INVALID_CONTACT_EMAIL", zh="联系人邮箱无效，请检查 contact_email", en="The contact's mail address is none.",
    fix="Correct contact_email.",
)  # fmt: skip
INVALID_BATCH_NO = fault(
    "INVALID_BATCH_NO", zh="事务编号格式不正确，应为 28 位数字", en="A batch_no has 28 digits.",
    fix="Use the one that alipay.open.agent.create answered.",
)  # fmt: skip
BATCH_IS_NOT_EXIST = fault(
    "BATCH_IS_NOT_EXIST", zh="事务不存在，请检查 batch_no", en="There is no such transaction.", fix="Check batch_no.",
)  # fmt: skip
NO_APP_PERMISSION = fault(
    "NO_APP_PERMISSION", zh="该事务不属于此应用，请使用创建它的应用", en="The transaction is another application's.",
    fix="Use the application that created it.",
)  # fmt: skip
BATCH_STATUS_IS_FINAL = fault(
    "BATCH_STATUS_IS_FINAL", zh="事务已提交、取消、超时或结束，请先查询", en="The transaction is past that.",
    fix="Query it; create a new one if it has ended.",
)  # fmt: skip
BATCH_IS_EMPTY = fault(
    "BATCH_IS_EMPTY", zh="事务中没有任何签约或小程序，请先添加", en="Nothing was put into the transaction.",
    fix="Sign a product or create a mini program first.",
)  # fmt: skip
BATCH_STATUS_NOT_SUBMIT = fault(
    "BATCH_STATUS_NOT_SUBMIT", zh="事务尚未提交或已取消，没有申请单", en="The transaction was never submitted.",
    fix="Confirm it first.",
)  # fmt: skip

PRE_AUTH_TICKET_NOT_EXIST = fault(
    "PRE_AUTH_TICKET_NOT_EXIST", zh="订单授权凭证不存在，请检查 order_ticket", en="No merchant gave such a ticket.",
    fix="Use the one that the notification of the order told.",
)  # fmt: skip
PRE_AUTH_INVALID_AUTH_TICKET = fault(
    "PRE_AUTH_INVALID_AUTH_TICKET", zh="订单授权凭证已失效，订单已结束", en="The ticket's order is over.",
    fix="Begin without a ticket: the merchant is asked.",
)  # fmt: skip
PRE_AUTH_INVALID_AUTH_APP_ID = fault(
    "PRE_AUTH_INVALID_AUTH_APP_ID", zh="订单授权凭证不属于此应用", en="The ticket was given to another application.",
    fix="Use the application whose service was ordered.",
)  # fmt: skip
PRE_AUTH_INVALID_AUTH_USER_ID = fault(
    "PRE_AUTH_INVALID_AUTH_USER_ID", zh="订单授权凭证不属于该商户", en="The ticket is another merchant's.",
    fix="Check account.",
)  # fmt: skip

# Of signing
BUSINESS_LICENSE_NO_EMPTY = fault(
    "BUSINESS_LICENSE_NO_EMPTY", zh="填写了营业执照但未填写执照号，请补充 business_license_no",
    en="The licence is told of without its number.", fix="Sign the product again, with business_license_no.",
)  # fmt: skip
FEERATE_NOT_INTERVAL = fault(
    "FEERATE_NOT_INTERVAL", zh="费率不在产品允许的区间内，请修改后重新签约",
    en="The rate is not one that the product allows.", fix="Sign the product again, with another rate.",
)  # fmt: skip
FACE_TO_FACE_RATE_PARAM_ERROR = fault(
    "FACE_TO_FACE_RATE_PARAM_ERROR", zh="当面付费率缺失或不在允许区间内",
    en="The rate is missing, or not one that the product allows.",
    fix="Correct rate; it is percent with two decimals.",
)  # fmt: skip
PRODUCT_CANNOT_MIX_SIGN = fault(
    "PRODUCT_CANNOT_MIX_SIGN", zh="通用签约产品不能与其他产品同时提交，请分别提交",
    en="Products of common.sign are submitted by themselves.", fix="Put them into a transaction of their own.",
)  # fmt: skip
ANT_PRODUCT_CONFLICT = fault(
    "ANT_PRODUCT_CONFLICT", zh="商户已签约该产品或有申请正在处理，请先查询签约状态",
    en="The merchant has this product, or another order for it is under way.", fix="Query the sign status.",
)  # fmt: skip
MERCHANT_SIGN_PRODUCT_IN_AUDIT = fault(
    "MERCHANT_SIGN_PRODUCT_IN_AUDIT", zh="该产品已有申请在审核或待商户确认，请等待结果",
    en="An order for this product is under way.", fix="Wait for what becomes of it.",
)  # fmt: skip
MERCHANT_SIGN_PRODUCT_IN_FORBIDD = fault(
    "MERCHANT_SIGN_PRODUCT_IN_FORBIDD", zh="该产品暂不开放签约", en="This product cannot be signed at present.",
    fix="Choose another, or ask the platform.",
)  # fmt: skip
OPEN_API_SIGN_PRODUCT_NOT_SUPPORT = fault(
    "OPEN_API_SIGN_PRODUCT_NOT_SUPPORT", zh="没有这样的产品，请检查 product_code", en="There is no such product.",
    fix="Check product_code.",
)  # fmt: skip
FILE_SIZE_MIN_LIMIT = fault(
    "FILE_SIZE_MIN_LIMIT", zh="图片过小，至少 5KB", en="The picture has less than 5 KB.",
    fix="Send a picture on which something can be read.",
)  # fmt: skip
FILE_FORMAT_IS_INVALID = fault(
    "FILE_FORMAT_IS_INVALID", zh="文件格式不支持，图片应为 png、jpg、gif，文档应为 pdf 或 zip",
    en="The file is of none of the accepted kinds.", fix="Send PNG, JPEG or GIF; documents as PDF or ZIP.",
)  # fmt: skip
QUERY_SIGN_STATUS_NOT_AUTH = fault(
    "QUERY_SIGN_STATUS_NOT_AUTH", zh="无权查询该商户的签约状态，请先获得商户授权",
    en="The merchant has neither authorised you nor signed by you.",
    fix="Let the merchant authorise your application.",
)  # fmt: skip
QUERY_SIGN_STATUS_AUTH_NOT_MATCH = fault(
    "QUERY_SIGN_STATUS_AUTH_NOT_MATCH", zh="授权令牌与所查商户不一致", en="The token is another merchant's.",
    fix="Use the token of the merchant that pid names.",
)  # fmt: skip

# Of mini programs
LOGO_IS_BLANK = fault(
    "LOGO_IS_BLANK", zh="小程序图标为空，请上传 app_logo", en="The logo is empty.", fix="Send a picture.",
)  # fmt: skip
INVALID_MINI_APP_NAME = fault(
    "INVALID_MINI_APP_NAME", zh="小程序名称只能由中文、数字、英文及下划线组成",
    en="The name has other letters than those allowed.", fix="Use Chinese, digits, Latin letters and _ only.",
)  # fmt: skip
INVALID_MINI_APP_NAME_LENGTH = fault(
    "INVALID_MINI_APP_NAME_LENGTH", zh="小程序名称长度应为 3 到 20 个字符，一个中文字等于 2 个字符",
    en="The name has not 3 to 20 letters; a Chinese one counts twice.", fix="Shorten or lengthen it.",
)  # fmt: skip
INVALID_MINI_APP_EN_NAME = fault(
    "INVALID_MINI_APP_EN_NAME", zh="小程序英文名称只能由英文、数字及下划线组成",
    en="The English name has other letters than those allowed.", fix="Use Latin letters, digits and _ only.",
)  # fmt: skip
INVALID_MINI_APP_EN_NAME_LENGTH = fault(
    "INVALID_MINI_APP_EN_NAME_LENGTH", zh="小程序英文名称长度应为 3 到 20 个字符",
    en="The English name has not 3 to 20 letters.", fix="Shorten or lengthen it.",
)  # fmt: skip
INVALID_MINI_APP_SLOGAN_LENGTH = fault(
    "INVALID_MINI_APP_SLOGAN_LENGTH", zh="小程序简介长度应为 10 到 32 个字符",
    en="The slogan has not 10 to 32 letters.", fix="Shorten or lengthen it.",
)  # fmt: skip
INVALID_MINI_APP_DESC_LENGTH = fault(
    "INVALID_MINI_APP_DESC_LENGTH", zh="小程序描述长度应为 20 到 200 个字",
    en="The description has not 20 to 200 letters.", fix="Shorten or lengthen it.",
)  # fmt: skip
SERVICE_TEL_AND_MAIL_BOTH_BLANK = fault(
    "SERVICE_TEL_AND_MAIL_BOTH_BLANK", zh="客服电话和邮箱不能同时为空",
    en="There is neither a telephone number nor a mail address for people's questions.",
    fix="Give service_phone or service_email.",
)  # fmt: skip
INVALID_MINI_APP_SERVICE_TEL = fault(
    "INVALID_MINI_APP_SERVICE_TEL", zh="客服电话格式不正确", en="The telephone number is none.",
    fix="Correct service_phone.",
)  # fmt: skip
INVALID_MINI_APP_SERVICE_MAIL = fault(
    "INVALID_MINI_APP_SERVICE_MAIL", zh="客服邮箱格式不正确", en="The mail address is none.",
    fix="Correct service_email.",
)  # fmt: skip
CATEGORY_IS_BLANK = fault(
    "CATEGORY_IS_BLANK", zh="小程序类目为空，请填写 app_category_ids 或 mini_category_ids",
    en="The mini program has no category.", fix="Give mini_category_ids.",
)  # fmt: skip
CATEGOTY_NUM_IS_INVALID = fault(
    "CATEGOTY_NUM_IS_INVALID", zh="小程序类目最多三个", en="The mini program has more than three categories.",
    fix="Name three at most.",
)  # fmt: skip
INVALID_CATEGORY = fault(
    "INVALID_CATEGORY", zh="小程序类目格式不正确，应为 一级_二级，以分号分隔",
    en="A category is not written as it should be.", fix="Write them as 11_12;12_13.",
)  # fmt: skip

# Of our own methods
ORDER_NOT_EXIST = fault(
    "ORDER_NOT_EXIST", zh="申请单不存在，请检查 order_no", en="There is no such order.", fix="Check order_no.",
)  # fmt: skip
PRODUCT_NOT_EXIST = fault(
    "PRODUCT_NOT_EXIST", zh="产品不存在，请检查 product_code", en="There is no such product.",
    fix="Check product_code, or say all of it to make one.",
)  # fmt: skip
CONTRACT_NOT_EXIST = fault(
    "CONTRACT_NOT_EXIST", zh="没有生效中的签约，请检查 product_code", en="You have no such product in force.",
    fix="List what you have signed.",
)  # fmt: skip

# Of running a merchant's business
ILLEGAL_ISV_USER = fault(
    "ILLEGAL_ISV_USER", zh="调用方不是服务商，请使用服务商的应用", en="The application is not a service provider's.",
    fix="Use an application whose role is isv.",
)  # fmt: skip
ILLEGAL_MERCHANT_NO = fault(
    "ILLEGAL_MERCHANT_NO", zh="商户号不存在或不是商家账户，请检查 merchant_no", en="No merchant has this number.",
    fix="Check merchant_no.",
)  # fmt: skip
ILLEGAL_ALIPAY_ACCOUNT = fault(
    "ILLEGAL_ALIPAY_ACCOUNT", zh="登录账号不存在或不是商家账户，请检查 alipay_account",
    en="No merchant signs in with this.", fix="Check alipay_account.",
)  # fmt: skip
ILLEGAL_OPERATE_TYPE = fault(
    "ILLEGAL_OPERATE_TYPE", zh="操作类型无效，应为 ACCOUNT_BIND 或 OPERATION_AUTH",
    en="operate_type is neither ACCOUNT_BIND nor OPERATION_AUTH.", fix="Use one of the two.",
)  # fmt: skip
ILLEGAL_INDIRECT_MERCHANT = fault(
    "ILLEGAL_INDIRECT_MERCHANT", zh="账号绑定仅适用于间连商户，该商户为直连商户",
    en="Accounts are bound to indirect merchants, and this is none.", fix="Use OPERATION_AUTH.",
)  # fmt: skip
ILLEGAL_PRODUCT_CODE = fault(
    "ILLEGAL_PRODUCT_CODE", zh="接入产品编号无效，应为 OPENAPI_AUTH_DEFAULT",
    en="access_product_code is not OPENAPI_AUTH_DEFAULT.", fix="Use it, or name the scenes.",
)  # fmt: skip
ILLEGAL_SCENE_OR_PERMISSIONS = fault(
    "ILLEGAL_SCENE_OR_PERMISSIONS", zh="场景或权限无效，请检查 isv_scene_permissions",
    en="A scene or permission does not exist.", fix="Write SCENE:PERMISSION,PERMISSION;SCENE:PERMISSION.",
)  # fmt: skip
MERCHANT_HAS_BOUND = fault(
    "MERCHANT_HAS_BOUND", zh="商户已授权这些场景，无需重复申请", en="The merchant has agreed to all of this already.",
    fix="Go ahead.",
)  # fmt: skip
NO_PERMISSION_BATCH = fault(
    "NO_PERMISSION", zh="该操作批次不属于调用方", en="The operation is another service provider's.",
    fix="Use your own batch_no.",
)  # fmt: skip
AUTH_RECORD_LOSE = fault(
    "AUTH_RECORD_LOSE", zh="没有这样的操作批次，请检查 batch_no", en="There is no such operation.",
    fix="Check batch_no.",
)  # fmt: skip
OPERATION_NOT_EXIST = fault(
    "OPERATION_NOT_EXIST", zh="没有这样的代运营授权", en="You have given no such word.",
    fix="List what you have given.",
)  # fmt: skip

# Of asking for several things at once
ILLEGAL_PARAMS = fault(
    "ILLEGAL_PARAMS", zh="参数无效，请检查后重试", en="Something is missing or not as it should be.",
    fix="Correct the field named here.",
)  # fmt: skip
SIGNAUTH_ISV_NOT_EXIST = fault(
    "SIGNAUTH_ISV_NOT_EXIST", zh="服务商不存在，请使用服务商的应用",
    en="The application is not a service provider's.", fix="Use an application whose role is isv.",
)  # fmt: skip
SIGNAUTH_MERCHANT_NOT_EXIST = fault(
    "SIGNAUTH_MERCHANT_NOT_EXIST", zh="商户不存在，请检查 merchant_logon_id", en="No merchant signs in with this.",
    fix="Check merchant_logon_id; it is no user id.",
)  # fmt: skip
SIGNORDER_NOT_EXSIT = fault(
    "SIGNORDER_NOT_EXSIT", zh="签约单不存在，请检查 sign_order_no", en="There is no such signing order.",
    fix="Check sign_order_no.",
)  # fmt: skip
SIGNORDER_ABNORMAL = fault(
    "SIGNORDER_ABNORMAL", zh="签约单不是批量签约模式，或已结束",
    en="The signing order asks the merchant itself, or has ended.",
    fix="Begin it with sign_mode, and confirm it first.",
)  # fmt: skip
SIGNORDER_ISV_NOT_MATCH = fault(
    "SIGNORDER_ISV_NOT_MATCH", zh="签约单不属于该服务商", en="The signing order is another service provider's.",
    fix="Use your own.",
)  # fmt: skip
SIGNORDER_MERCHANT_NOT_MATCH = fault(
    "SIGNORDER_MERCHANT_NOT_MATCH", zh="签约单与商户不一致", en="The signing order is of another merchant.",
    fix="Check merchant_logon_id.",
)  # fmt: skip
SIGNORDER_BINDED = fault(
    "SIGNORDER_BINDED", zh="签约单已用于另一授权订单", en="The signing order is part of another question.",
    fix="Query that one.",
)  # fmt: skip
ISVAUTH_SCENE_NOT_EXIST = fault(
    "ISVAUTH_SCENE_NOT_EXIST", zh="场景不存在，请检查 scene_code", en="There is no such scene.",
    fix="Check scene_code.",
)  # fmt: skip
ISVAUTH_SCENE_PERMISSION_NOT_MATCH = fault(
    "ISVAUTH_SCENE_PERMISSION_NOT_MATCH", zh="权限与场景不一致，请检查 scene_permissions",
    en="The scene has no such permission.", fix="Check scene_permissions.",
)  # fmt: skip
SIGNAUTH_ORDER_NOT_EXIST = fault(
    "SIGNAUTH_ORDER_NOT_EXIST", zh="授权订单不存在，请检查 order_id", en="There is no such order.",
    fix="Check order_id.",
)  # fmt: skip
SIGNAUTH_ISV_NOT_MATCH = fault(
    "SIGNAUTH_ISV_NOT_MATCH", zh="授权订单不属于该服务商", en="The order is another service provider's.",
    fix="Use your own.",
)  # fmt: skip
