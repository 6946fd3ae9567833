"""What can be refused in search; named as on the official wire."""

from kaifang.kernel import Sort, fault

# fmt: off
INVALID = fault(
    "INVALID_PARAMETER", zh="参数无效，请按提示修改", en="A field is not as it should be.",
    fix="Correct the field named here.", sort=Sort.ARGUMENT,
)
NO_PERMISSION = fault(
    "NO_PERMISSION", zh="没有操作权限，请检查编号", en="It is not yours, or does not exist.",
    fix="Name one of your own.",
)
ISV_NOT_AUTH = fault(
    "ISV_NOT_AUTH", zh="服务商未获得商家授权", en="You do not act for this merchant.",
    fix="Act with the merchant's app_auth_token.",
)
APP_HAS_BOX = fault(
    "APP_HAS_CONFIG_SEARCH_BOX", zh="该小程序已有搜索直达", en="This mini-program has a box already.",
    fix="Modify it, or take it offline first.",
)
BRAND_HAS_BOX = fault(
    "BRAND_HAS_CONFIG_SEARCH_BOX", zh="该品牌已有搜索直达", en="This brand has a box already.",
    fix="Modify it, or take it offline first.",
)
NO_TINY_APP = fault(
    "RELATED_ACCOUNT_NO_TINY_APP", zh="关联账号中没有小程序", en="None of the related accounts is a mini-program.",
    fix="Name one of your mini-programs.",
)
ACCESS_FAIL = fault(
    "SEARCH_BOX_ACCESS_CHECK_FAIL", zh="不符合搜索直达的准入条件", en="The box cannot be admitted as it is.",
    fix="Ask alipay.open.search.box.consult what is missing.",
)
STATUS_NOT_ALLOWED = fault(
    "STATUS_NOT_ALLOWED_OPERATE", zh="当前状态不允许此操作", en="It is not in a state that allows this.",
    fix="Query it first.",
)
APP_NOT_ONLINE = fault(
    "APP_NOT_ONLINE", zh="小程序未上线", en="The mini-program is not online.", fix="Bring it online first.",
)
KEYWORDS_EXCEED = fault(
    "KEYWORDS_EXCEED_MAX_LIMIT", zh="关键词数量超过配额", en="More keywords than are left of the quota.",
    fix="Delete some first; alipay.open.search.appkeywordquota.query says how many are left.",
)
INVALID_STATUS = fault(
    "INVALID_STATUS", zh="关键词审核中，不能删除", en="The keyword waits for its review.", fix="Wait for the outcome.",
)
OVER_ACTIVITIES = fault(
    "OVER_ACT_MAX_LIMIT", zh="活动数量已达上限", en="The box has as many activities as it may.",
    fix="Wait until one is over.",
)
OVERLAPPING = fault(
    "DELIVERY_TIME_OVERLAPPING", zh="同一地区的活动时间重叠", en="Another activity of the box is there at that time.",
    fix="Choose another time, or other regions.",
)
# fmt: on
