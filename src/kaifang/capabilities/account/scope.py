"""Scopes: what apps may ask users to consent to."""

from msgspec import Struct

from kaifang.kernel import DAY, INVALID_PARAMETER, Shape, Work


class Scope(Struct, frozen=True):
    """One thing to consent to: in words, and for how long a token for it lasts."""

    zh: str
    en: str
    lasts: int = 15 * DAY  # milliseconds, the access token
    refresh_lasts: int = 30 * DAY  # milliseconds, the refresh token


SILENT = "auth_base"  # needs no page: it tells no more than who the user is to this app
PROFILE = "auth_user"
SCOPES = {
    SILENT: Scope("获取你的用户标识", "Know you again when you come back"),
    PROFILE: Scope("获取你的昵称、头像、性别、地区及收货地址", "Your nickname, picture, gender, place and address"),
    "auth_zhima": Scope("查询你的芝麻信用", "Your credit standing", lasts=DAY),
    "auth_ecard": Scope("查询和管理你在该商家的会员卡", "Your membership cards with this merchant"),
}


def read_scopes(text: str, field: str = "scope") -> list[str]:
    """The scopes in a list with commas, each once, in their order."""
    asked = list(dict.fromkeys(part for part in (part.strip() for part in text.split(",")) if part))
    unknown = [name for name in asked if name not in SCOPES]
    if unknown or not asked:
        known = ", ".join(SCOPES)
        raise INVALID_PARAMETER(field=field, reason=f"the scopes are {known}, separated by commas")
    return asked


# What an app may read with PROFILE only if the platform let it, and the user was told: in Chinese, in English.
PRIVATE = {
    "user_name": ("姓名", "name"),
    "mobile": ("手机号", "mobile number"),
    "cert_type": ("证件类型", "kind of identity card"),
    "cert_no": ("证件号码", "number of your identity card"),
}


def private_fields(work: Work, app: str, scopes: list[str]) -> list[str]:
    """Which private fields the platform lets an app ask for, if it asks for a profile at all."""
    if PROFILE not in scopes:
        return []
    granted = work.ask("kaifang.openapp.field.granted", api_name="alipay.user.info.share", app=app).fields
    return [name for name in PRIVATE if name in granted]


class ScopeShown(Shape):
    """One line of a consent page."""

    scope: str  # such as auth_user
    zh: str  # what it lets the app know or do, in Chinese
    en: str  # the same in English


def shown(scopes: list[str], fields: list[str]) -> list[ScopeShown]:
    """The scopes as a page shows them, and the private fields among what they let an app know."""
    lines = [ScopeShown(scope=name, zh=SCOPES[name].zh, en=SCOPES[name].en) for name in scopes]
    words = [PRIVATE[name] for name in fields]
    private = ScopeShown(
        scope=PROFILE, zh=f"获取你的{'、'.join(zh for zh, _ in words)}", en=f"Your {', '.join(en for _, en in words)}"
    )
    return [*lines, private] if words else lines
