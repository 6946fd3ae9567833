"""What can go wrong with people, their sign-in and their consent."""

from kaifang.kernel import Sort, fault

PARTY_NOT_EXIST = fault(
    "PARTY_NOT_EXIST",
    zh="用户不存在，请检查用户号或登录号",
    en="Nobody has this number, open_id or logon_id.",
    fix="Check user_id, open_id (each app has its own) or logon_id.",
)
LOGON_ID_TAKEN = fault(
    "LOGON_ID_TAKEN", zh="登录号已被使用，请换一个", en="Somebody signs in with this logon_id.", fix="Choose another."
)
PARTY_CLOSED = fault(
    "PARTY_CLOSED", zh="账户已注销，不能再变更", en="This account was closed for good.", fix="Open a new one."
)
TOKEN_INVALID = fault(
    "aop.invalid-auth-token",
    zh="无效的访问令牌，请让用户重新授权",
    en="The auth_token is unknown, was withdrawn, or was given to another app.",
    fix="Let the user sign in or consent again.",
    sort=Sort.TOKEN,
)
TOKEN_EXPIRED = fault(
    "aop.auth-token-time-out",
    zh="访问令牌已过期，请用刷新令牌换取新令牌",
    en="The auth_token has expired.",
    fix="Refresh it, or let the user sign in or consent again.",
    sort=Sort.TOKEN,
)
USER_PERMISSION = fault(
    "isv.insufficient-user-permissions",
    zh="用户授权范围不足，请引导用户授权所需的 scope",
    en="The user did not consent to this.",
    fix="Ask for consent with the scope named here.",
    sort=Sort.PERMISSION,
)
GRANT_TYPE_INVALID = fault(
    "isv.grant-type-invalid",
    zh="授权类型 grant_type 无效",
    en="No such grant_type.",
    fix="Use authorization_code with code, or refresh_token with refresh_token.",
    sort=Sort.ARGUMENT,
)
CODE_INVALID = fault(
    "isv.code-invalid",
    zh="授权码code无效：不存在、已使用或已过期",
    en="The code is unknown, was used, or has expired.",
    fix="Let the user consent again; a code works once.",
    sort=Sort.ARGUMENT,
)
REFRESH_TOKEN_INVALID = fault(
    "isv.refresh-token-invalid",
    zh="刷新令牌refresh_token无效，请让用户重新授权",
    en="The refresh_token is unknown, or the user withdrew the consent.",
    fix="Let the user consent again.",
    sort=Sort.ARGUMENT,
)
REFRESH_TOKEN_TIME_OUT = fault(
    "isv.refresh-token-time-out",
    zh="刷新令牌refresh_token已过期，请让用户重新授权",
    en="The refresh_token has expired.",
    fix="Let the user consent again.",
    sort=Sort.ARGUMENT,
)
REFRESHED_TOKEN_INVALID = fault(
    "isv.refreshed-token-invalid",
    zh="此令牌已刷新过，请使用最新的refresh_token",
    en="This refresh_token was used before.",
    fix="Use the one that came with the newest access token.",
    sort=Sort.ARGUMENT,
)
UNMATCHED_APP_ID = fault(
    "isv.unmatched-app-id",
    zh="授权码或令牌不属于此应用",
    en="The code or token was given to another app.",
    fix="Exchange it with the app whose page asked for consent.",
    sort=Sort.ARGUMENT,
)
CONSENT_NOT_EXIST = fault(
    "CONSENT_NOT_EXIST",
    zh="您没有授权过此应用",
    en="You have given this app no consent, or withdrawn it.",
    fix="List the consents that stand.",
)
RELATIONSHIP_PARAMETER = fault(
    "INVALID_PARAMETER",
    zh="参数无效，请检查 user_id 或 open_id 以及 scopes",
    en="A field is missing, or a scope is named twice.",
    fix="Give user_id or open_id, and each scope once.",
)
CERTIFY_ARGUMENT = fault(
    "ILLEGAL_ARGUMENT_FORMAT",
    zh="认证参数格式不正确",
    en="A field of the identity is not as it should be.",
    fix="Correct the field named here; an outer_order_no stands for one identity only.",
)
CERTIFY_NOT_EXIST = fault(
    "OPEN_CERTIFY_BILL_NOT_EXIST",
    zh="认证单据不存在，请检查 certify_id",
    en="No identity check has this certify_id.",
    fix="Initialize one; each merchant sees its own.",
)
CERTIFY_ID_EXPIRED = fault(
    "CERTIFY_ID_EXPIRED",
    zh="certify_id 已过期，请重新初始化",
    en="The certify_id was not used within 23 hours.",
    fix="Initialize a new identity check.",
)
CERTIFY_STATUS_ERROR = fault(
    "OPEN_CERTIFY_BILL_STATUS_ERROR",
    zh="认证单据已有结果，不能再次认证",
    en="This identity check is over.",
    fix="Query its result, or initialize a new one.",
)
CERTIFY_OTHER_USER = fault(
    "CERTIFY_USER_NOT_MATCH",
    zh="当前用户不是需要认证的用户",
    en="The merchant asked somebody else to prove who they are.",
    fix="Sign in as that user.",
)
