"""What can be refused."""

from kaifang.kernel import Sort, fault

# Of our own methods
APP_NOT_EXIST = fault(
    "APP_NOT_EXIST",
    zh="应用不存在，请检查 app_id",
    en="No application of yours has this number.",
    fix="Check app_id.",
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
    en="The application is not in a state from which it gets there.",
    fix="Query the application first; a closed one stays closed.",
)

# Of tokens, as the gateway tells them
INVALID_APP_AUTH_TOKEN = fault(
    "aop.invalid-app-auth-token",
    zh="无效的应用授权令牌，请检查 app_auth_token 或让商家重新授权",
    en="No merchant gave this app_auth_token to this application, or the merchant took it back.",
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
