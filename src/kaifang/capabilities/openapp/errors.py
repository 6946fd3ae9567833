"""What can be refused."""

from kaifang.kernel import Sort, fault

# Of our own methods
APP_NOT_EXIST = fault(
    "APP_NOT_EXIST", zh="应用不存在，请检查 app_id", en="No application of yours has this number.", fix="Check app_id."
)
APP_NAME_TAKEN = fault(
    "APP_NAME_TAKEN",
    zh="您已有同名的另一种应用，请换一个名称",
    en="Another kind of application of yours has this name.",
    fix="Choose another name.",
)
TOO_MANY_APPS = fault(
    "TOO_MANY_APPS",
    zh="您的应用已达上限，请先关闭不用的应用",
    en="You have as many applications as one may have.",
    fix="Have one closed that you no longer use.",
)
CERT_OF_ANOTHER_APP = fault(
    "CERT_OF_ANOTHER_APP",
    zh="该证书序列号已属于其他应用，请重新签发",
    en="A certificate with this number belongs to another application.",
    fix="Issue a fresh one.",
)
APP_STATE_ERROR = fault(
    "APP_STATE_ERROR",
    zh="应用的当前状态不允许此变更，请先查询",
    en="The application cannot get there from its state.",
    fix="Query it first; a closed one stays closed.",
)
PARTY_NOT_EXIST = fault(
    "PARTY_NOT_EXIST",
    zh="该商户不存在，请检查 user_id",
    en="Nobody has this number.",
    fix="Check the user id of the owner.",
)
REDIRECT_URI_NOT_MATCH = fault(
    "REDIRECT_URI_NOT_MATCH",
    zh="回调地址与应用配置的不一致，请检查 redirect_uri",
    en="redirect_uri is not below the application's callback address.",
    fix="Use the configured address, or change it in the application first.",
)
AUTHORISATION_NOT_EXIST = fault(
    "AUTHORISATION_NOT_EXIST",
    zh="没有有效的应用授权，请检查 app_id",
    en="No valid authorisation is there to withdraw.",
    fix="Check both applications.",
)
INVITATION_NOT_EXIST = fault(
    "INVITATION_NOT_EXIST",
    zh="没有待确认的邀请，请联系应用负责人",
    en="No invitation waits for your answer.",
    fix="Ask the owner of the application to invite you.",
)
FIELD_REQUEST_NOT_EXIST = fault(
    "FIELD_REQUEST_NOT_EXIST",
    zh="没有此字段申请，请检查参数",
    en="No such request for a field was made.",
    fix="Check the application, the method and the field.",
)
FIELD_REQUEST_STATE_ERROR = fault(
    "FIELD_REQUEST_STATE_ERROR",
    zh="该申请不在审核中",
    en="The request is not waiting for a decision.",
    fix="Let the application apply anew.",
)
FILE_NOT_EXIST = fault(
    "FILE_NOT_EXIST", zh="文件不存在，请检查 file_id", en="No file has this number.", fix="Check file_id."
)
CODE_NOT_EXIST = fault("CODE_NOT_EXIST", zh="二维码不存在", en="No code has this number.", fix="Create one first.")

# Of tokens, as the gateway tells them
INVALID_APP_AUTH_TOKEN = fault(
    "aop.invalid-app-auth-token",
    zh="无效的应用授权令牌，请检查 app_auth_token 或让商家重新授权",
    en="No merchant gave this app_auth_token to this application, or took it back.",
    fix="Check app_auth_token, or let the merchant authorise anew.",
    sort=Sort.TOKEN,
)
APP_AUTH_TOKEN_TIME_OUT = fault(
    "aop.app-auth-token-time-out",
    zh="应用授权令牌已过期，请使用刷新后的令牌",
    en="This app_auth_token was replaced by a refreshed one.",
    fix="Use the token that the refresh answered.",
    sort=Sort.TOKEN,
)

INVALID_APP_AUTH_TOKEN_NO_API = fault(
    "aop.invalid-app-auth-token-no-api",
    zh="商家未授权调用此接口，请让商家重新授权",
    en="The merchant did not leave this method to the application.",
    fix="Let the merchant authorise anew, for more.",
    sort=Sort.TOKEN,
)
# Of exchanging codes and tokens
APP_NOT_ISV = fault(
    "APP_NOT_ISV",
    zh="应用不是第三方应用，请使用服务商的应用",
    en="The application is not a service provider's.",
    fix="Use an application whose role is isv.",
)
GRANT_TYPE_INVALID = fault(
    "GRANT_TYPE_INVALID",
    zh="grant_type 无效，应为 authorization_code 或 refresh_token",
    en="grant_type is neither authorization_code nor refresh_token.",
    fix="Use one of the two.",
)
AUTH_CODE_NOT_EXIST = fault(
    "AUTH_CODE_NOT_EXIST",
    zh="授权码不存在，请检查 code",
    en="No app_auth_code like this was given.",
    fix="Check code, or let the merchant authorise anew.",
)
AUTH_CODE_NOT_VALID = fault(
    "AUTH_CODE_NOT_VALID",
    zh="授权码已使用或已过期，请让商家重新授权",
    en="The app_auth_code was used, or its day is over.",
    fix="Let the merchant authorise anew.",
)
APP_ID_NOT_CONSISTENT = fault(
    "APP_ID_NOT_CONSISTENT",
    zh="授权码不属于此应用，请使用被授权的应用",
    en="The code or token was given to another application.",
    fix="Call with the application that was authorised.",
)
AUTH_TOKEN_NOT_FOUND = fault(
    "AUTH_TOKEN_NOT_FOUND",
    zh="商家已取消授权，请让商家重新授权",
    en="The merchant has withdrawn the authorisation.",
    fix="Let the merchant authorise anew.",
)
REFRESH_TOKEN_NOT_EXIST = fault(
    "REFRESH_TOKEN_NOT_EXIST",
    zh="刷新令牌不存在，请检查 refresh_token",
    en="No refresh_token like this was given.",
    fix="Check refresh_token.",
)
REFRESH_TOKEN_NOT_VALID = fault(
    "REFRESH_TOKEN_NOT_VALID",
    zh="刷新令牌已失效，商家已取消授权",
    en="The refresh_token is void: the merchant has withdrawn the authorisation.",
    fix="Let the merchant authorise anew.",
)
REFRESH_TOKEN_TIME_OUT = fault(
    "REFRESH_TOKEN_TIME_OUT",
    zh="刷新令牌已过期，请让商家重新授权",
    en="The refresh_token has expired.",
    fix="Let the merchant authorise anew.",
)
AUTH_TOKEN_NOT_EXISTED = fault(
    "AUTH_TOKEN_NOT_EXISTED",
    zh="应用授权令牌不存在，请检查 app_auth_token",
    en="No app_auth_token like this was given.",
    fix="Check app_auth_token.",
)
AUTH_TOKEN_NOT_CONSISTENT = fault(
    "AUTH_TOKEN_NOT_CONSISTENT",
    zh="应用授权令牌不属于此应用",
    en="The app_auth_token was given to another application.",
    fix="Call with the application that was authorised.",
)

# Of keys for encryption
ACCESS_DENIED = fault(
    "ACCESS_DENIED",
    zh="没有权限操作该应用，请先获得商家授权",
    en="This application is not yours, and its merchant has not authorised you.",
    fix="Let the merchant authorise your application first.",
)

# Of users' private data
API_NAME_NO_NEED_APPLY = fault(
    "API_NAME_NO_NEED_APPLY",
    zh="该接口字段无需申请，可直接使用",
    en="This field of this method needs no request.",
    fix="Use it as it is, or query what may be requested.",
)
AUTHFIELDAPPLY_IS_BLANK = fault(
    "AUTHFIELDAPPLY_IS_BLANK",
    zh="申请表单为空，请传入 auth_field_apply",
    en="The request has no form.",
    fix="Send auth_field_apply.",
)
API_NAME_IS_BLANK = fault(
    "API_NAME_IS_BLANK", zh="接口名为空，请传入 api_name", en="The form names no method.", fix="Fill in api_name."
)
FIELD_NAME_IS_BLANK = fault(
    "FIELD_NAME_IS_BLANK", zh="字段名为空，请传入 field_name", en="The form names no field.", fix="Fill in field_name."
)
PACKAGE_CODE_IS_BLANK = fault(
    "PACKAGE_CODE_IS_BLANK",
    zh="功能 code 为空，请传入 package_code",
    en="The form names no package.",
    fix="Fill in package_code as the query of methods told it.",
)
SCENE_CODE_IS_BLANK = fault(
    "SCENE_CODE_IS_BLANK",
    zh="场景 code 为空，请传入 scene_code",
    en="The form names no scene.",
    fix="Fill in scene_code as the query of scenes told it.",
)
QPS_ANSWER_IS_BLANK = fault(
    "QPS_ANSWER_IS_BLANK",
    zh="调用量预估为空，请传入 qps_answer",
    en="The form does not say how often it will be called.",
    fix="Fill in qps_answer.",
)
CUSTOMER_ANSWER_IS_BLANK = fault(
    "CUSTOMER_ANSWER_IS_BLANK",
    zh="客服渠道说明为空，请传入 customer_answer",
    en="The form does not say who answers users.",
    fix="Fill in customer_answer.",
)
FILE_ITEMS_IS_BLANK = fault(
    "FILE_ITEMS_IS_BLANK",
    zh="未上传图片或视频，请至少上传一个",
    en="There is neither a picture nor a video of the use.",
    fix="Upload at least one.",
)
FILE_FORMAT_IS_INVALID = fault(
    "FILE_FORMAT_IS_INVALID",
    zh="文件格式不支持，图片支持 png、jpg，视频支持 mp4",
    en="A picture is no PNG or JPEG, or the video no MP4.",
    fix="Convert it first.",
)
API_NAME_ERROR = fault(
    "API_NAME_ERROR",
    zh="接口不存在或无可申请字段，请先查询",
    en="No method of this name has fields that may be requested.",
    fix="Query what may be requested.",
)
PRIVACY_FIELD_NOT_EXIST = fault(
    "PRIVACY_FIELD_NOT_EXIST",
    zh="接口没有此字段可申请，请先查询",
    en="The method has no such field to be requested.",
    fix="Query what may be requested.",
)
PACKAGE_CODE_ERROR = fault(
    "PACKAGE_CODE_ERROR",
    zh="功能 code 与接口不一致，请先查询",
    en="The package is not the method's.",
    fix="Use package_code as the query of methods told it.",
)
SCENE_CODE_ERROR = fault(
    "SCENE_CODE_ERROR",
    zh="场景 code 不存在，请先查询",
    en="The field has no such scene.",
    fix="Use scene_code as the query of scenes told it.",
)
AUTH_API_APPLY_IS_PASS = fault(
    "AUTH_API_APPLY_IS_PASS",
    zh="该字段申请已通过，无需重复申请",
    en="The request for this field was granted already.",
    fix="Use the field.",
)
AUTH_API_FIELD_IS_AUDITING = fault(
    "AUTH_API_FIELD_IS_AUDITING",
    zh="该字段申请审核中，请等待结果",
    en="A request for this field is being decided.",
    fix="Wait for the decision.",
)

# Of members
INVALID_LOGON_ID = fault(
    "INVALID_LOGON_ID",
    zh="登录账号格式错误，应为邮箱或手机号",
    en="logon_id is neither a mail address nor a mobile number.",
    fix="Check logon_id.",
)
INVALID_ROLE = fault(
    "INVALID_ROLE",
    zh="角色错误，应为 DEVELOPER 或 EXPERIENCER",
    en="There is no such role.",
    fix="Use DEVELOPER or EXPERIENCER.",
)
USER_INFO_NOT_EXIST = fault(
    "USER_INFO_NOT_EXIST",
    zh="用户不存在，请检查登录账号",
    en="Nobody signs in with this logon_id.",
    fix="Check logon_id.",
)
USER_ID_IS_BLANK = fault(
    "USER_ID_IS_BLANK",
    zh="用户标识为空，请传入 user_id 或 open_id",
    en="Nobody is named.",
    fix="Send user_id or open_id.",
)
APPLICATION_TYPE_NOT_MINIAPP = fault(
    "APPLICATION_TYPE_NOT_MINIAPP",
    zh="应用不是小程序，只有小程序有成员",
    en="The application is not a mini program.",
    fix="Only mini programs have members.",
)
CANNOT_INVITE_MANAGER = fault(
    "CANNOT_INVITE_MANAGER", zh="不能邀请应用的所有者", en="The owner needs no invitation.", fix="Invite somebody else."
)
DEVELOPER_ALREADY_EXSIT = fault(
    "DEVELOPER_ALREADY_EXSIT",
    zh="该用户已是开发者",
    en="This user is a developer already, or invited.",
    fix="Query the members.",
)
DEVELOPER_ALREADY_REFUSED = fault(
    "DEVELOPER_ALREADY_REFUSED",
    zh="该用户已拒绝成为开发者，请先删除其记录",
    en="This user has refused to be a developer.",
    fix="Delete the member before you invite again.",
)
EXPERIENCER_ALREADY_EXIST = fault(
    "EXPERIENCER_ALREADY_EXIST",
    zh="该用户已是体验者",
    en="This user is an experiencer already, or invited.",
    fix="Query the members.",
)
EXPERIENCER_ALREADY_REFUSED = fault(
    "EXPERIENCER_ALREADY_REFUSED",
    zh="该用户已拒绝成为体验者，请先删除其记录",
    en="This user has refused to be an experiencer.",
    fix="Delete the member before you invite again.",
)
ROLE_OVER_LIMIT = fault(
    "ROLE_OVER_LIMIT",
    zh="该角色的成员已满，请先删除成员",
    en="There are as many members of this role as an application may have.",
    fix="Delete one first.",
)
ROLE_NOT_EXSIT = fault(
    "ROLE_NOT_EXSIT", zh="该用户没有此角色", en="This user does not have this role.", fix="Query the members."
)

# Of files and codes
FILE_CHECK_FAIL = fault(
    "FILE_CHECK_FAIL",
    zh="文件校验失败，请检查文件格式与 md5",
    en="The file is of no known type, or is not the one whose md5 you gave.",
    fix="Check the file.",
)
HM_BG_COLOR_INVALID = fault(
    "HM_BG_COLOR_INVALID",
    zh="二维码颜色错误，应为十六进制颜色值",
    en="The colour is not written in hexadecimal.",
    fix="Write it as 0x1677FF or #1677FF.",
)
QRCODE_DESC_CHECK_INVALID = fault(
    "QRCODE_DESC_CHECK_INVALID",
    zh="二维码描述不合法，请使用可见文字",
    en="The description holds something that cannot be printed.",
    fix="Use plain text.",
)
