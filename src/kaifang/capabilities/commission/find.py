"""Finding the provider, the merchant and the commission that are meant."""

import re
from typing import Any, Literal

from kaifang.kernel import INVALID_PARAMETER, Fault, Key, Line, Shape, Work, told_as

from .errors import (
    COMMISSION_NOT_EXIST,
    COMMISSION_RATE_ERROR,
    MERCHANT_IS_NOT_EXIST,
    NOT_ISV_APP_TYPE,
    ROLE_ACCOUNT_NOT_EXIST,
)
from .tables import CommissionRow, Receiver

PERCENT = re.compile(r"(\d{1,3})(?:\.(\d{1,2}))?")
TargetType = Literal["MERCHANT", "SHOP", "GOODS"]
MOST = 3000  # basis points of a trade, all parts together


class Merchant(Shape):
    """The merchant as a service provider names one."""

    merchant_id: Key | None = None  # user id, or
    merchant_logon_id: Key | None = None  # the mail address or mobile number to sign in with


class Role(Shape):
    """A partner who gets a part too."""

    role_alipay_account: Key  # the mail address or mobile number to sign in with
    role_account_name: Line | None = None  # whose it is; checked if given
    role_level: Key | None = None  # which level of partners
    role_rate: Key | None = None  # percent of a trade, two decimals at most
    role_type: Key | None = None  # what the partner is, such as a supplier


class Target(Shape):
    """What a commission is of."""

    target_type: TargetType = "MERCHANT"  # MERCHANT, SHOP or GOODS
    target_id: Key | None = None  # your merchant, a store_id or a goods_id
    isv_rate: Key = "0"  # percent of a trade for the service provider, two decimals at most
    commission_role_list: list[Role] = []  # partners who get a part too


def provider(work: Work) -> Any:
    """The service provider's application that calls, for itself or for a merchant."""
    app = work.ask("kaifang.openapp.credentials", app_id=work.caller.app) if work.caller.app else None
    if app is None or app.role != "isv":
        raise NOT_ISV_APP_TYPE()
    return app


def merchant(work: Work, ask: Merchant) -> Any:
    """The merchant who is meant."""
    if ask.merchant_id is None and ask.merchant_logon_id is None:
        raise INVALID_PARAMETER(field="merchant_id", reason="give merchant_id or merchant_logon_id")
    try:
        found = work.ask("kaifang.account.party.find", user_id=ask.merchant_id, logon_id=ask.merchant_logon_id)
    except Fault:
        raise MERCHANT_IS_NOT_EXIST() from None
    if found.kind != "merchant" or found.status == "CLOSED":
        raise MERCHANT_IS_NOT_EXIST()
    return found


def basis_points(text: str) -> int:
    """A percentage as hundredths of a percent, exactly."""
    found = PERCENT.fullmatch(text)
    if found is None:
        raise COMMISSION_RATE_ERROR(rate=text)
    return int(found[1]) * 100 + int((found[2] or "").ljust(2, "0"))


def percent(rate: int) -> str:
    """Basis points as a percentage."""
    return f"{rate // 100}.{rate % 100:02d}"


def receivers(work: Work, target: Target, provider: str, merchant: str) -> list[Receiver]:
    """Who gets what: the service provider first, then the partners."""
    found = [Receiver(party=provider, rate=basis_points(target.isv_rate))]
    for role in target.commission_role_list:
        with told_as({"PARTY_NOT_EXIST": ROLE_ACCOUNT_NOT_EXIST}):
            party = work.ask("kaifang.account.party.find", logon_id=role.role_alipay_account)
        known = {provider, merchant, *(one.party for one in found)}
        if party.status == "CLOSED" or party.user_id in known or role.role_account_name not in (None, party.name):
            raise ROLE_ACCOUNT_NOT_EXIST(role_alipay_account=role.role_alipay_account)
        rate = basis_points(role.role_rate or "0")
        found.append(
            Receiver(party=party.user_id, rate=rate, role=role.role_type or "PARTNER", level=role.role_level or "")
        )
    if not 0 < sum(one.rate for one in found) <= MOST:
        raise COMMISSION_RATE_ERROR(most=percent(MOST))
    return [one for one in found if one.rate or not one.role]


def slot_of(provider: str, merchant: str, scene: str, target: tuple[str, str]) -> str:
    """The place that only one commission can have."""
    return "/".join((provider, merchant, scene, *target))


def own(work: Work, provider: str, merchant: str, scene: str, target: tuple[str, str]) -> CommissionRow:
    """The service provider's commission with this target that waits or is in force."""
    row = work.find(CommissionRow, slot=slot_of(provider, merchant, scene, target))
    if row is None:
        raise COMMISSION_NOT_EXIST(target_id=target[1])
    return row


def current(row: CommissionRow) -> list[Receiver]:
    """Who gets what by the terms that came last."""
    return row.terms[-1].receivers if row.terms else []
