"""Merchants whom banks bring and settle themselves (间连), and what kind of merchant somebody is."""

from typing import Annotated

from msgspec import Meta

from kaifang.kernel import Key, Shape, Work, method

from .category import the_category
from .entry import BankAbout, Code
from .errors import CATEGORY_NOT_EXIST, EXTERNAL_ID_EXIST, INVALID, ROLE_NOT_EXIST
from .states import Shop
from .tables import IndirectRow, SecondaryRow, ShopRow

Codes = Annotated[list[Code], Meta(max_length=5)]


class Create(BankAbout):
    external_id: Key  # your own number of the merchant; asking twice brings one
    service_codes: Codes = []  # how it is paid: F2F if left out, PC, APP, PRE_F2F, PRE_APP


class Brought(Shape):
    sub_merchant_id: str  # the platform's number of the merchant
    service_codes: list[str]  # ways to be paid that it was granted
    service_fail_reason: str | None = None  # why not the others


@method("ant.merchant.expand.indirect.create", raises=[INVALID, CATEGORY_NOT_EXIST, EXTERNAL_ID_EXIST])
def create(work: Work, ask: Create) -> Brought:
    """Bring a merchant whom you settle yourself; each way to be paid is granted or not, at once."""
    about = said(ask, BankAbout())
    for name in ("name", "alias_name", "service_phone"):
        if not getattr(about, name):
            raise INVALID(field=name, reason="missing; it is required")
    check(about)
    granted, why = grant(about, ask.service_codes or ["F2F"])
    row = work.find(IndirectRow, provider=work.caller.merchant, external_id=ask.external_id)
    if row is None:
        row = work.add(
            IndirectRow(
                id=work.new_party(), provider=work.caller.merchant, external_id=ask.external_id, granted=granted,
                about=about,
            )
        )  # fmt: skip
    elif row.about != about:
        raise EXTERNAL_ID_EXIST(sub_merchant_id=row.id)
    return Brought(sub_merchant_id=row.id, service_codes=row.granted, service_fail_reason=why)


def said(ask: BankAbout, before: BankAbout) -> BankAbout:
    """What a request says of a merchant; what it leaves out stays as it was."""
    return BankAbout(**{name: getattr(ask, name) or getattr(before, name) for name in BankAbout.__struct_fields__})


def check(about: BankAbout) -> None:
    """Whether the kind of business is one."""
    if not (about.mcc or about.category_id):
        raise INVALID(field="mcc", reason="give mcc or category_id")
    the_category(about.mcc or about.category_id or "")


def grant(about: BankAbout, wanted: list[Code]) -> tuple[list[str], str | None]:
    """The ways to be paid that can be granted, and why not the others."""
    lacks = {}
    if not any(one.site_url for one in about.site_info):
        lacks["PC"] = "site_url"
    if not any(one.site_name for one in about.site_info):
        lacks["APP"] = "site_name"
    refused = [f"{code}: {lacks[code]} is missing" for code in wanted if code in lacks]
    return [code for code in wanted if code not in lacks], "; ".join(refused) or None


class Modify(BankAbout):
    sub_merchant_id: Key | None = None  # the merchant,
    external_id: Key | None = None  # or your own number of it
    service_codes: Codes = []  # how it is paid from now on


@method("ant.merchant.expand.indirect.modify", raises=[INVALID, CATEGORY_NOT_EXIST, ROLE_NOT_EXIST])
def modify(work: Work, ask: Modify) -> Brought:
    """Change what you said of a merchant whom you settle yourself; what is left out stays as it is."""
    row = own_indirect(work, ask.sub_merchant_id, ask.external_id)
    about = said(ask, row.about)
    check(about)
    wanted = ask.service_codes or [code for code in CODES if code in row.granted]
    granted, why = grant(about, wanted)
    row.about, row.granted = about, granted
    return Brought(sub_merchant_id=row.id, service_codes=granted, service_fail_reason=why)


CODES: list[Code] = ["F2F", "PC", "APP", "PRE_F2F", "PRE_APP"]


def own_indirect(work: Work, number: str | None, external_id: str | None) -> IndirectRow:
    """The caller's merchant that is meant."""
    if not (number or external_id):
        raise INVALID(field="sub_merchant_id", reason="give sub_merchant_id or external_id")
    which = {"id": number} if number else {"provider": work.caller.merchant, "external_id": external_id}
    row = work.find(IndirectRow, **which)
    if row is None or row.provider != work.caller.merchant:
        raise ROLE_NOT_EXIST(sub_merchant_id=number, external_id=external_id)
    return row


class Query(Shape):
    sub_merchant_id: Key | None = None  # the merchant,
    external_id: Key | None = None  # or your own number of it
    org_pid: Key | None = None  # only if this bank brought it


class Queried(BankAbout):
    sub_merchant_id: str  # the platform's number of the merchant
    external_id: str  # your own
    service_codes: list[str]  # ways to be paid that it was granted
    indirect_level: str  # how much is known of it: INDIRECT_LEVEL_M1 to M4


@method("ant.merchant.expand.indirect.query", raises=[INVALID, ROLE_NOT_EXIST], reads=True)
def query(work: Work, ask: Query) -> Queried:
    """Query what you said of a merchant whom you settle yourself."""
    row = own_indirect(work, ask.sub_merchant_id, ask.external_id)
    if ask.org_pid not in (None, row.about.org_pid):
        raise ROLE_NOT_EXIST(org_pid=ask.org_pid)
    same = {name: getattr(row.about, name) for name in BankAbout.__struct_fields__}
    return Queried(
        sub_merchant_id=row.id, external_id=row.external_id, service_codes=row.granted,
        indirect_level=level(row.about), **same,
    )  # fmt: skip


def level(about: BankAbout) -> str:
    """How much is known: M1 a name, M2 with contact and address, M3 with a licence, M4 with a card too."""
    known = [bool(about.contact_info and about.address_info), bool(about.business_license), bool(about.bankcard_info)]
    steps = next((i for i, one in enumerate(known) if not one), len(known))
    return f"INDIRECT_LEVEL_M{steps + 1}"


class TypeQuery(Shape):
    user_id: Key  # yourself, or the account of one of your secondary merchants


class Typed(Shape):
    indirect_bind_type: str  # indirect: secondary only, duplex: that and with shops of its own, or other
    merchant_sign_type: str  # offline_pay_signed: with an open shop, or other
    kb_type: str  # other


@method("ant.merchant.expand.merchant.type.query", reads=True)
def type_query(work: Work, ask: TypeQuery) -> Typed:
    """Ask what kind of merchant you are, or one whom you brought is; of others nothing is told."""
    bound = work.select(SecondaryRow, "account = ?", (ask.user_id,), "id")
    mine = ask.user_id == work.caller.merchant or any(row.provider == work.caller.merchant for row in bound)
    shops = work.count(ShopRow, "role = ? and state = ?", (ask.user_id, Shop.OPEN.name)) if mine else 0
    bind = ("duplex" if shops else "indirect") if bound and mine else "other"
    return Typed(
        indirect_bind_type=bind, merchant_sign_type="offline_pay_signed" if shops else "other", kb_type="other"
    )
