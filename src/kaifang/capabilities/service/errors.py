"""What can be refused of services; most are named as on the official wire."""

from kaifang.kernel import Sort, fault

# fmt: off
INVALID = fault(
    "INVALID_PARAMETER", zh="参数无效，请按提示修改", en="A field is not as it should be.",
    fix="Correct the field named here.", sort=Sort.ARGUMENT,
)
XML_FORMAT_ERROR = fault(
    "XML_FORMAT_ERROR", zh="service_xml 不是合法的 XML", en="service_xml is not well-formed XML, or has a DOCTYPE.",
    fix="Send one root element with attribute elements in it.",
)
ATTR_MISS_ID = fault(
    "ATTR_MISS_ID", zh="属性缺少 id", en="An attribute element has no id.", fix="Give each attribute an id.",
)
ATTR_MISS_TYPE = fault(
    "ATTR_MISS_TYPE", zh="属性缺少 type", en="An attribute element has no type.", fix="Give each attribute a type.",
)
ATTR_TYPE_ERROR = fault(
    "ATTR_TYPE_ERROR", zh="属性 type 无效", en="An attribute has an unknown type.",
    fix="Use single, multi, complex or multiComplex.",
)
ATTR_VALUE_ERROR = fault(
    "ATTR_VALUE_ERROR", zh="属性值缺失", en="An attribute that is needed has no value.", fix="Give it a value.",
)
ATTR_RULE_CHECK_ERROR = fault(
    "ATTR_RULE_CHECK_ERROR", zh="属性值不符合规则", en="A value breaks the rule that stands beside it.",
    fix="Correct the value named here.",
)
SERVICE_URL_ERROR = fault(
    "SERVICE_URL_ERROR", zh="服务链接须以 alipays:// 开头", en="serviceUrl does not begin with alipays://.",
    fix="Give the address of a page of your mini-program.",
)
SERVICE_APPID_NOT_IN_URL = fault(
    "SERVICE_APPID_NOT_IN_URL", zh="服务链接不属于当前应用", en="serviceUrl does not name your application.",
    fix="Let it hold appId= and your app_id.",
)
SERVICE_NAME_REPEAT_ERROR = fault(
    "SERVICE_NAME_REPEAT_ERROR", zh="服务名称重复", en="Another service of this application has this name.",
    fix="Choose another name.",
)
SERVICE_URL_REPEAT_ERROR = fault(
    "SERVICE_URL_REPEAT_ERROR", zh="服务链接重复", en="Another service of this application has this address.",
    fix="Give another page.",
)
IDEMPOTENT_CONFLICTED = fault(
    "IDEMPOTENT_CONFLICTED", zh="同一外部业务编号的内容不一致", en="This out_biz_no was used for another service.",
    fix="Use a new number, or name the service_code to change it.",
)
SERVICE_NOT_EXIST = fault(
    "SERVICE_NOT_EXIST", zh="服务不存在，请检查 service_code", en="Your application has no such service.",
    fix="Check service_code.",
)
SERVICE_NULL = fault(
    "SERVICE_NULL", zh="服务不存在", en="Your application has no such service.", fix="Check service_code.",
)
SERVICE_STATUS_IS_AUDITING = fault(
    "SERVICE_STATUS_IS_AUDITING", zh="服务审核中，不能删除", en="The service waits for its review.",
    fix="Wait for the outcome.",
)
SERVICE_STATUS_NOT_EDITABLE = fault(
    "SERVICE_STATUS_NOT_EDITABLE", zh="服务的当前状态不允许此操作",
    en="The service is not in a state that allows this.",
    fix="Query it first.",
)
POI_NOT_EXIST = fault(
    "POI_NOT_EXIST", zh="地点不存在，请检查 poi_id", en="Your application has no such place.", fix="Check poi_id.",
)
POI_STATUS_ERROR = fault(
    "POI_STATUS_ERROR", zh="地点的当前状态不允许此操作", en="The place is not in a state that allows this.",
    fix="Query it first.",
)
POI_OVER_LIMIT = fault(
    "POI_OVER_LIMIT", zh="地点数量已达上限", en="Your application has as many places as it may.",
    fix="Delete one first.",
)
APP_NOT_EXIST = fault(
    "APP_NOT_EXIST", zh="小程序不存在或未上线", en="No such application is online.", fix="Check app_id.",
)
# fmt: on
