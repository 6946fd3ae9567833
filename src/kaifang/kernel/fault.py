"""A fault is something the caller did or must hear of; a bug is an ordinary exception."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from enum import Enum


class Sort(Enum):
    """Whose concern a fault is; the gateway chooses its codes by it."""

    BUSINESS = "business"  # the request was understood and refused
    ARGUMENT = "argument"  # a field is missing or malformed
    PERMISSION = "permission"  # the app or the user may not do this
    TOKEN = "token"  # an authorisation is unknown, expired or too narrow
    LIMIT = "limit"  # too many calls
    CONDITION = "condition"  # something has to be set up first
    SYSTEM = "system"  # the outcome is unknown: ask again later


class FaultKind:
    """One line of errors.py: a code as on the wire, what happened in both languages, and the cure."""

    __slots__ = ("code", "zh", "en", "fix", "sort", "module")

    def __init__(self, code: str, *, zh: str, en: str, fix: str, sort: Sort, module: str) -> None:
        self.code, self.zh, self.en, self.fix, self.sort, self.module = code, zh, en, fix, sort, module

    def __call__(self, **facts: object) -> Fault:
        """The fault itself, with the facts of this case: `raise TRADE_NOT_EXIST(trade_no=...)`."""
        return Fault(self, facts)

    def __repr__(self) -> str:
        return f"<fault {self.code}>"

    def __reduce__(self) -> tuple[Callable[[Declared], FaultKind], tuple[Declared]]:
        """Another process gets its own object of the same declaration: kinds are told apart by identity."""
        return kind_of, (self.declared,)

    @property
    def declared(self) -> Declared:
        """Where and how it was declared."""
        return self.module, self.code, self.en


Declared = tuple[str, str, str]
kinds: dict[Declared, FaultKind] = {}


def kind_of(declared: Declared) -> FaultKind:
    """The kind that was declared so."""
    return kinds[declared]


class Fault(Exception):
    """A refusal on its way to the caller."""

    def __init__(self, kind: FaultKind, facts: dict[str, object]) -> None:
        super().__init__(kind.code)
        self.kind, self.facts = kind, facts

    def __reduce__(self) -> tuple[type[Fault], tuple[FaultKind, dict[str, object]]]:
        return Fault, (self.kind, self.facts)

    def says(self, language: str = "zh") -> str:
        """One sentence for a person: what happened, with the facts of the case, and the cure."""
        told = "; ".join(f"{name}: {value}" for name, value in self.facts.items() if value is not None)
        if language == "zh":
            return self.kind.zh + (f"（{told}）" if told else "")
        return " ".join(part for part in (self.kind.en, f"({told})" if told else "", self.kind.fix) if part)


def fault(code: str, *, zh: str, en: str, fix: str = "", sort: Sort = Sort.BUSINESS) -> FaultKind:
    """Declare a fault once, in errors.py; `zh` names the cure too where there is one, `fix` is the English cure."""
    kind = FaultKind(code, zh=zh, en=en, fix=fix, sort=sort, module=sys._getframe(1).f_globals.get("__name__", ""))
    if kind.declared in kinds:
        raise TypeError(f"{kind} is declared twice in {kind.module}")
    kinds[kind.declared] = kind
    return kind


class told_as:
    """Tell what others refuse by the fault that is documented here: `with told_as({"THEIR_CODE": OURS}): ...`."""

    __slots__ = ("kinds",)

    def __init__(self, kinds: Mapping[str, FaultKind]) -> None:
        self.kinds = kinds

    def __enter__(self) -> None:
        pass

    def __exit__(self, kind: object, refusal: BaseException | None, trace: object) -> None:
        if isinstance(refusal, Fault) and (ours := self.kinds.get(refusal.kind.code)) is not None:
            raise ours(**refusal.facts) from refusal


INVALID_PARAMETER = fault(
    "isv.invalid-parameter",
    zh="参数无效",
    en="A field is missing or not as it should be.",
    fix="Correct the field named here.",
    sort=Sort.ARGUMENT,
)
ILLEGAL_JSON = fault(
    "isv.illegal-json",
    zh="业务参数不是合法的 JSON 对象",
    en="The content is not a JSON object in UTF-8.",
    fix="Send a JSON object.",
    sort=Sort.ARGUMENT,
)
NO_PERMISSION = fault(
    "isv.insufficient-isv-permissions",
    zh="应用没有调用此接口的权限，请使用有此角色的应用",
    en="This application may not call this method.",
    fix="Call it with an application that has the role named here.",
    sort=Sort.PERMISSION,
)
NO_USER = fault(
    "aop.invalid-auth-token",
    zh="缺少有效的用户授权令牌，请传入 auth_token",
    en="This method acts for a user, and no valid auth_token names one.",
    fix="Let the user sign in or consent, and send the access token as auth_token.",
    sort=Sort.TOKEN,
)
SYSTEM_ERROR = fault(
    "isp.unknow-error",
    zh="系统繁忙，结果未知，请查询后再试",
    en="Something broke on our side and the outcome is unknown.",
    fix="Query before you repeat; quote the reference.",
    sort=Sort.SYSTEM,
)
