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
PARTY_STATUS_ERROR = fault(
    "PARTY_STATUS_ERROR",
    zh="用户当前状态不允许此变更",
    en="The party's status does not allow this change.",
    fix="Blocked parties are unblocked or closed, normal ones blocked or closed.",
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
