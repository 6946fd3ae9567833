"""Secondary merchants whose money is settled directly to them (直付通): brought, changed, consulted about."""

from typing import Annotated, Any, Literal

from msgspec import Meta

from kaifang.kernel import Key, Line, Shape, Work, method

from .entry import Entry, Full, Proved, Site, WantedMerchant
from .errors import (
    CATEGORY_NOT_EXIST,
    EXTERNAL_ID_EXIST,
    IMAGE_NOT_EXIST,
    INVALID,
    ORDER_UNDER_REVIEW,
    QUALIFICATION_REQUIRED,
    ROLE_NOT_EXIST,
    SETTLE_ACCOUNT_INVALID,
)
from .papers import full, party_of, wanted_merchant
from .parts import ContactInfo, SettleCard
from .review import apply, doubt_of
from .secondary import own_secondary, slot_of_secondary
from .tables import AdmissionRow, SecondaryRow

Name = Annotated[str, Meta(min_length=1, max_length=128)]
CHECKS = [INVALID, CATEGORY_NOT_EXIST, QUALIFICATION_REQUIRED, IMAGE_NOT_EXIST, SETTLE_ACCOUNT_INVALID]


class Create(Full):
    external_id: Key  # your own number of the merchant; asking twice brings one
    name: Name  # as on its certificate
    mcc: Key  # what it sells; ant.merchant.expand.mcc.query has the list
    merchant_nature: Key | None = None  # what kind of owner it has


class Ordered(Shape):
    order_id: str  # the number of the application


@method("ant.merchant.expand.indirect.zft.create", raises=[*CHECKS, EXTERNAL_ID_EXIST, ORDER_UNDER_REVIEW])
def create(work: Work, ask: Create) -> Ordered:
    """Apply for a secondary merchant; where it has an account, that account has to agree."""
    return bring(work, wanted_merchant(work, ask.external_id, ask.name, ask.mcc, full(ask)))


def bring(work: Work, wanted: WantedMerchant) -> Ordered:
    """An application for a secondary merchant, or the one by which there is one already."""
    provider = work.caller.merchant
    known = work.find(SecondaryRow, provider=provider, external_id=wanted.external_id)
    if known is not None:
        order = work.find(AdmissionRow, id=known.order)
        if order is None or order.wanted != wanted:
            raise EXTERNAL_ID_EXIST(smid=known.id)
        return Ordered(order_id=known.order)
    order = apply(work, f"MERCHANT/{provider}/{wanted.external_id}", wanted, kind="ZHIFUTONG_CREATE", role=provider)
    return Ordered(order_id=order.id)


class Simple(Entry):
    external_id: Key  # your own number of the merchant; asking twice brings one
    name: Name  # as its account is called
    mcc: Key  # what it sells
    binding_alipay_logon_id: Line  # the account that agrees; it also proves who it is
    biz_cards: SettleCard | None = None  # type: ignore[assignment]  # the card that is settled to
    contact_infos: ContactInfo | None = None  # type: ignore[assignment]  # who can be asked
    in_door_images: Key | None = None  # type: ignore[assignment]  # image of its rooms, as the upload answered
    out_door_images: Key | None = None  # type: ignore[assignment]  # image of its front, as the upload answered
    sites: Site | None = None  # type: ignore[assignment]  # where it sells in the net
    sign_confirm_type: Literal["ONLINE", "OFFLINE"] | None = None  # how it agrees: on a page, either way


@method("ant.merchant.expand.indirect.zft.simplecreate", raises=[*CHECKS, EXTERNAL_ID_EXIST, ORDER_UNDER_REVIEW])
def simple_create(work: Work, ask: Simple) -> Ordered:
    """Apply for a secondary merchant without certificates: its own account says who it is."""
    account = signer_of(work, ask)
    about = full(ask)
    person = account.kind == "person"
    about.merchant_type, about.cert_type = ("06", "100") if person else ("01", "201")
    about.cert_no, about.legal_name = account.cert_no or account.user_id, account.name
    about.legal_cert_no = account.cert_no or account.user_id
    return bring(work, wanted_merchant(work, ask.external_id, ask.name, ask.mcc, about))


def signer_of(work: Work, ask: Simple) -> Any:
    """The account that agrees; it is called as the merchant is."""
    account = party_of(work, "binding_alipay_logon_id", ask.binding_alipay_logon_id)
    if account.name != ask.name:
        raise SETTLE_ACCOUNT_INVALID(field="binding_alipay_logon_id", reason="the account has another name")
    return account


class Modify(Proved):
    smid: Key | None = None  # the secondary merchant,
    external_id: Key | None = None  # or your own number of it
    name: Name | None = None  # as on its certificate
    mcc: Key | None = None  # what it sells


@method("ant.merchant.expand.indirect.zft.modify", raises=[*CHECKS, ROLE_NOT_EXIST, ORDER_UNDER_REVIEW])
def modify(work: Work, ask: Modify) -> Ordered:
    """Apply for a change of a secondary merchant; another account that is settled to has to agree."""
    row = own_secondary(work, ask.smid, ask.external_id)
    said = full(ask)
    about = Full(**{name: getattr(said, name) or getattr(row.about, name) for name in Full.__struct_fields__})
    wanted = wanted_merchant(work, row.external_id, ask.name or row.name, ask.mcc or row.category, about)
    if wanted.account == row.account:
        wanted.signer = ""
    order = apply(work, slot_of_secondary(row), wanted, kind="ZHIFUTONG_MODIFY", role=row.provider, smid=row.id)
    return Ordered(order_id=order.id)


class Consult(Full):
    external_id: Key  # your own number of the merchant
    name: Name  # as on its certificate
    mcc: Key  # what it sells


class Consulted(Shape):
    account_audit: bool  # whether an account would have to agree
    risk_audit: bool  # whether people would look at the application


@method("ant.merchant.expand.indirect.zft.consult", raises=CHECKS, reads=True)
def consult(work: Work, ask: Consult) -> Consulted:
    """Ask whether a secondary merchant could be brought, and what that would take; nothing is applied for."""
    wanted = wanted_merchant(work, ask.external_id, ask.name, ask.mcc, full(ask))
    return Consulted(account_audit=bool(wanted.signer), risk_audit=bool(doubt_of(wanted)))
