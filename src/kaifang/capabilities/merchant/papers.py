"""Whether what is said of a secondary merchant will do: its papers, how it is paid, and where that is settled to."""

from typing import Any

from kaifang.kernel import Work, told_as

from .category import the_category
from .entry import Full, WantedMerchant
from .errors import INVALID, QUALIFICATION_REQUIRED, SETTLE_ACCOUNT_INVALID
from .find import check_images

PERSON, FACE_TO_FACE = "06", "当面付"
CERTIFICATES = {
    "01": ("201", "2011"), "02": ("218",), "03": ("204",), "04": ("206",), "05": ("219",), PERSON: ("100",),
    "07": ("201", "2011"),
}  # fmt: skip
LISTS = ("biz_cards", "contact_infos", "in_door_images", "out_door_images", "sites")
SITES = {"电脑支付": ("01",), "wap支付": ("01",), "app支付": ("02", "06"), "jsapi支付": ("06",)}


def wanted_merchant(work: Work, external_id: str, name: str, mcc: str, about: Full) -> WantedMerchant:
    """The secondary merchant that is asked for, if there can be one.

    The account that is settled to agrees itself, whoever else would: refunds and shares are taken out of it again.
    """
    category = the_category(mcc)
    if category.licence and not about.qualifications:
        raise QUALIFICATION_REQUIRED(mcc=mcc, needs=category.licence)
    check_papers(about)
    check_services(about)
    account = settled_to(work, name, about)
    signer = party_of(work, "binding_alipay_logon_id", about.binding_alipay_logon_id)
    check_images(work, images_of(about))
    return WantedMerchant(
        external_id=external_id, name=name, category=category.code, account=account, about=about,
        signer=account or (signer.user_id if signer else ""),
    )  # fmt: skip


def full(ask: Any) -> Full:
    """What a request says; what the wire has one of in some calls is a list in all of them here."""
    said = {name: getattr(ask, name) for name in Full.__struct_fields__ if hasattr(ask, name)}
    for name in LISTS:
        if not isinstance(said[name], list):
            said[name] = [said[name]] if said[name] else []
    return Full(**said)


def check_papers(about: Full) -> None:
    """Whether the certificate fits the kind of merchant, and there is somebody to be asked."""
    kind = about.merchant_type or "01"
    if about.cert_type not in CERTIFICATES[kind]:
        raise INVALID(field="cert_type", reason=f"{' or '.join(CERTIFICATES[kind])} for merchant_type {kind}")
    needed = ["cert_no"] if kind == PERSON else ["cert_no", "legal_name", "legal_cert_no"]
    for name in needed:
        if not getattr(about, name):
            raise INVALID(field=name, reason="missing; it is required for this merchant_type")
    if not all(one.name and one.mobile for one in about.contact_infos) or not about.contact_infos:
        raise INVALID(field="contact_infos", reason="name and mobile of at least one person are required")


def check_services(about: Full) -> None:
    """Whether everything is said that the ways to be paid need."""
    if not about.service:
        raise INVALID(field="service", reason="missing; at least one is required")
    address = about.business_address
    if FACE_TO_FACE in about.service:
        if address is None or not (address.province_code and address.city_code and address.address):
            raise INVALID(field="business_address", reason=f"required for {FACE_TO_FACE}")
        if not (about.in_door_images and about.out_door_images):
            raise INVALID(field="out_door_images", reason=f"images inside and outside are required for {FACE_TO_FACE}")
    types = {one.site_type for one in about.sites}
    for service in about.service:
        if service in SITES and not types & set(SITES[service]):
            raise INVALID(field="sites", reason=f"type {' or '.join(SITES[service])} is required for {service}")


def settled_to(work: Work, name: str, about: Full) -> str:
    """The account that is settled to, by the rule; empty if it is the card."""
    account = party_of(work, "alipay_logon_id", about.alipay_logon_id)
    if account is not None and account.name not in (name, about.cert_name):
        raise SETTLE_ACCOUNT_INVALID(field="alipay_logon_id", reason="the account has another name")
    if about.biz_cards and about.merchant_type == PERSON:
        raise SETTLE_ACCOUNT_INVALID(field="biz_cards", reason="a person is settled to an account")
    if account is None and not about.biz_cards:
        raise SETTLE_ACCOUNT_INVALID(field="alipay_logon_id", reason="give an account or a card")
    rule = about.default_settle_rule
    if rule is None:
        return account.user_id if account is not None else ""
    cards = [one.account_no for one in about.biz_cards]
    targets = [about.alipay_logon_id] if rule.default_settle_type == "alipayAccount" else cards
    if rule.default_settle_target not in targets:
        raise SETTLE_ACCOUNT_INVALID(field="default_settle_rule", reason="neither the account nor the card given here")
    return account.user_id if account is not None and rule.default_settle_type == "alipayAccount" else ""


def party_of(work: Work, field: str, logon_id: str | None) -> Any:
    """Whose account it is; None if none is named."""
    if logon_id is None:
        return None
    with told_as({"PARTY_NOT_EXIST": SETTLE_ACCOUNT_INVALID}):
        found = work.ask("kaifang.account.party.find", logon_id=logon_id)
    if found.status != "NORMAL":
        raise SETTLE_ACCOUNT_INVALID(field=field, status=found.status)
    return found


def images_of(about: Full) -> list[str]:
    """Every image that is named."""
    named = [
        about.cert_image, about.cert_image_back, about.license_auth_letter_image, about.legal_cert_front_image,
        about.legal_cert_back_image, *about.in_door_images, *about.out_door_images,
    ]  # fmt: skip
    named += [one.industry_qualification_image for one in about.qualifications]
    named += [image for one in about.sites for image in (one.screenshot_image, one.auth_letter_image)]
    return [one for one in named if one]
