"""Scopes: what apps may ask users to consent to."""

from msgspec import Struct

from kaifang.kernel import DAY, INVALID_PARAMETER, Shape


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


class ScopeShown(Shape):
    """One line of a consent page."""

    scope: str  # such as auth_user
    zh: str  # what it lets the app know or do, in Chinese
    en: str  # the same in English


def shown(scopes: list[str]) -> list[ScopeShown]:
    """The scopes as a page shows them."""
    return [ScopeShown(scope=name, zh=SCOPES[name].zh, en=SCOPES[name].en) for name in scopes]
