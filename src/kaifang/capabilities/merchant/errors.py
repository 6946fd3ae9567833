"""What can go wrong with shops and with the merchants of service providers."""

from kaifang.kernel import Sort, fault

# fmt: off
INVALID = fault(
    "INVALID_PARAMETER", zh="参数无效，请按提示修改", en="A field is not as it should be.",
    fix="Correct the field named here.", sort=Sort.ARGUMENT,
)
ROLE_NOT_EXIST = fault(
    "IP_ROLE_NOT_EXIST", zh="商户角色不存在或不属于当前请求方，请检查 ip_role_id",
    en="No merchant of yours has this number.", fix="Give your own user id, or the smid of one of your merchants.",
)
SHOP_NOT_EXIST = fault(
    "SHOP_NOT_EXIST", zh="门店不存在，请检查门店号", en="No shop of yours has this number.",
    fix="Check shop_id, or store_id with ip_role_id.",
)
SHOP_CLOSED = fault(
    "SHOP_CLOSED", zh="门店已关闭", en="The shop was closed for good.", fix="Open another one.",
)
STORE_ID_EXIST = fault(
    "STORE_ID_EXIST", zh="门店编号已被使用，请更换 store_id 或修改已有门店",
    en="Another shop of this merchant has this number.",
    fix="Take another store_id, or modify the shop named here.",
)
CATEGORY_NOT_EXIST = fault(
    "SHOP_CATEGORY_NOT_EXIST", zh="类目不存在，请用 ant.merchant.expand.mcc.query 查询",
    en="No category has this code.",
    fix="Ask ant.merchant.expand.mcc.query for the codes.",
)
QUALIFICATION_REQUIRED = fault(
    "QUALIFICATION_REQUIRED", zh="该类目需要行业资质，请补充 qualifications",
    en="This kind of business needs a licence.",
    fix="Upload the licence, and name it in qualifications.",
)
IMAGE_NOT_EXIST = fault(
    "IMAGE_NOT_EXIST", zh="图片不存在，请重新上传", en="You have uploaded no image under this number.",
    fix="Upload it, and give the image_id of the answer.",
)
SETTLE_ACCOUNT_INVALID = fault(
    "SETTLE_ACCOUNT_INVALID", zh="结算账户无效，请核对账号、户名与默认结算规则",
    en="Money cannot be settled there.", fix="Check the account, its name, and the rule.",
)
EXTERNAL_ID_EXIST = fault(
    "EXTERNAL_ID_EXIST", zh="商户编号已被使用，请更换 external_id 或修改已有商户",
    en="Another merchant of yours has this number.", fix="Take another external_id, or modify the one named here.",
)
OUT_BIZ_NO_USED = fault(
    "OUT_BIZ_NO_USED", zh="外部业务号已被使用", en="You have used this number for something else.",
    fix="Take another out_biz_no.",
)
TOKEN_USED = fault(
    "TOKEN_USED", zh="门店码已被使用", en="This code belongs to another shop.", fix="Give another one, or none.",
)
CODE_NOT_EXIST = fault(
    "SHOPCODE_NOT_EXIST", zh="门店码无效", en="No shop has this code.", fix="Read it again.",
)
ORDER_NOT_EXIST = fault(
    "ORDER_NOT_EXIST", zh="申请单不存在，请检查 order_id", en="No application of yours has this number.",
    fix="Check order_id.",
)
ORDER_REVIEWED = fault(
    "ORDER_REVIEWED", zh="申请单已审核，不能再次处理", en="This application was decided already.", fix="Query it.",
)
ORDER_UNDER_REVIEW = fault(
    "ORDER_UNDER_REVIEW", zh="已有申请在审核中，请等待审核结果",
    en="Another application for the same thing is being reviewed.",
    fix="Wait until that is decided.",
)
# fmt: on
