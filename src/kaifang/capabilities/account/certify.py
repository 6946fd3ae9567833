"""Identity checks: a merchant says who somebody should be, that person confirms it, and the merchant asks whether."""

from typing import Annotated, Literal

from msgspec import Meta

from kaifang.kernel import HOUR, Address, Confirm, Confirmed, Happening, Key, Page, Shape, Who, Work, method, timer

from .errors import (
    CERTIFY_ARGUMENT,
    CERTIFY_ID_EXPIRED,
    CERTIFY_NOT_EXIST,
    CERTIFY_OTHER_USER,
    CERTIFY_STATUS_ERROR,
)
from .find import Whom, the_party
from .states import Certification
from .tables import CertificationRow, OpenIdRow, PartyRow

LASTS = 23 * HOUR
RETURN = "alipay.user.certify.open.certify.return"


class Identity(Whom):
    """Who somebody should be."""

    identity_type: Literal["CERT_INFO"]  # an identity in words, the only kind there is here
    cert_type: Literal["IDENTITY_CARD"]  # identity card of mainland China
    cert_name: Annotated[str, Meta(min_length=1, max_length=64)]  # name on the card
    cert_no: Annotated[str, Meta(min_length=18, max_length=18, pattern="^[0-9]{17}[0-9Xx]$")]  # number of the card


class Config(Shape):
    """How the merchant wants it done."""

    return_url: Address | None = None  # where the browser goes afterwards


class Initialize(Shape):
    outer_order_no: Key  # the merchant's own number for this check; asking twice gives the same certify_id
    biz_code: Literal["FACE", "CERT_PHOTO", "CERT_PHOTO_FACE", "SMART_FACE"]  # how; here always by password
    identity_param: Identity  # who somebody should be
    merchant_config: Config | None = None  # how the merchant wants it done


class Initialized(Shape):
    certify_id: str  # 32 letters and digits, good for 23 hours


@method("alipay.user.certify.open.initialize", raises=[CERTIFY_ARGUMENT])
def initialize(work: Work, ask: Initialize) -> Initialized:
    """Begin an identity check: say who somebody should be."""
    identity, user = ask.identity_param, who_is_meant(work, ask.identity_param)
    fresh = CertificationRow(
        id=work.chance.hex(32), merchant=work.caller.merchant, outer_order_no=ask.outer_order_no,
        name=identity.cert_name, cert_no=identity.cert_no.upper(), user=user,
        return_url=(ask.merchant_config and ask.merchant_config.return_url) or "",
    )  # fmt: skip
    known = work.find(CertificationRow, merchant=fresh.merchant, outer_order_no=fresh.outer_order_no)
    if known is None:
        work.add(fresh)
        work.later(work.now + LASTS, "certify.expire", fresh.id)
        return Initialized(certify_id=fresh.id)
    if (known.name, known.cert_no, known.user) != (fresh.name, fresh.cert_no, fresh.user):
        raise CERTIFY_ARGUMENT(field="outer_order_no", reason="it was used for another identity")
    return Initialized(certify_id=known.id)


def who_is_meant(work: Work, identity: Identity) -> str:
    """The user who has to confirm, if the merchant named one."""
    if identity.open_id and not identity.user_id:
        known = work.find(OpenIdRow, app=work.caller.auth_app, open_id=identity.open_id)
        if known is None:
            raise CERTIFY_ARGUMENT(field="open_id", reason="your app knows nobody by it")
        return known.user
    if identity.user_id and work.find(PartyRow, id=identity.user_id) is None:
        raise CERTIFY_ARGUMENT(field="user_id", reason="nobody has this number")
    return identity.user_id or ""


@timer("certify.expire")
def expire(work: Work, happening: Happening) -> None:
    """End an identity check that nobody confirmed in time."""
    check = work.find(CertificationRow, id=happening.subject)
    if check is not None and Certification.expire.possible(check):
        Certification.expire(work, check)


class Which(Shape):
    certify_id: Key  # the number that initialize gave


@method("alipay.user.certify.open.certify", raises=[CERTIFY_NOT_EXIST, CERTIFY_ID_EXPIRED, CERTIFY_STATUS_ERROR])
def certify(work: Work, ask: Which) -> Page:
    """Open the page on which the person confirms to be who the merchant says."""
    check = the_check(work, ask.certify_id)
    if not Certification.succeed.possible(check):
        raise Certification.refusal(check.state)(certify_id=check.id)
    opened = work.ask(
        "kaifang.cashier.open", kind="certify", title="身份验证", confirm="kaifang.account.certify.confirm",
        subject=check.id, return_url=work.caller.return_url or check.return_url,
        details={"姓名": masked_name(check.name), "证件号": f"{check.cert_no[0]}{'*' * 16}{check.cert_no[-1]}"},
    )  # fmt: skip
    return Page(path=opened.path)


def masked_name(name: str) -> str:
    """A name that only who bears it recognises: *娜."""
    return "*" * (len(name) - 1) + name[-1]


def the_check(work: Work, certify_id: str) -> CertificationRow:
    """The merchant's own identity check with this number."""
    check = work.find(CertificationRow, id=certify_id)
    if check is None or check.merchant != work.caller.merchant:
        raise CERTIFY_NOT_EXIST(certify_id=certify_id)
    return check


@method(
    "kaifang.account.certify.confirm", who=Who.INSIDE,
    raises=[CERTIFY_NOT_EXIST, CERTIFY_ID_EXPIRED, CERTIFY_STATUS_ERROR, CERTIFY_OTHER_USER],
)  # fmt: skip
def confirm(work: Work, ask: Confirm) -> Confirmed:
    """Hold who confirmed against who they should be; the merchant queries what came of it."""
    check = work.find(CertificationRow, id=ask.subject)
    if check is None:
        raise CERTIFY_NOT_EXIST(certify_id=ask.subject)
    if check.user not in ("", ask.user_id):
        raise CERTIFY_OTHER_USER()
    party = the_party(work, ask.user_id)
    if (party.name, party.cert_no) == (check.name, check.cert_no):
        Certification.succeed(work, check, user=party.id)
    else:
        check.fail_reason = "姓名或证件号与用户不一致"
        Certification.fail(work, check, user=party.id)
    return Confirmed(method=RETURN, fields={"certify_id": check.id})


class Result(Shape):
    passed: str  # T if the person is who they should be, else F
    fail_reason: str | None = None  # why not, once that is known


@method("alipay.user.certify.open.query", reads=True, raises=[CERTIFY_NOT_EXIST, CERTIFY_ID_EXPIRED])
def query(work: Work, ask: Which) -> Result:
    """Ask whether the person proved to be who they should be."""
    check = the_check(work, ask.certify_id)
    if check.state == Certification.EXPIRED.name:
        raise CERTIFY_ID_EXPIRED(certify_id=check.id)
    passed = check.state == Certification.PASSED.name
    return Result(passed="T" if passed else "F", fail_reason=check.fail_reason or None)
