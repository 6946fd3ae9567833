"""Signing from the merchant's own page: the person is told a code, and the merchant hands it in."""

from typing import Literal

from kaifang.kernel import (
    MINUTE,
    NO_PERMISSION,
    SECOND,
    Key,
    Line,
    Moment,
    Shape,
    Who,
    Work,
    method,
)

from .errors import (
    APPLY_TOKEN_NOT_EXIST,
    BINDED_MOBILE_NOT_MATCH,
    CONFIRM_NO_NOT_MATCH,
    SIGN_USER_NOT_MATCH,
    USER_AGREEMENT_EXIST,
    USER_NOT_EXIST_ERROR,
    USER_STATUS_NOT_NORMAL,
)
from .find import Person, person_meant, signed_in
from .offer import OFFER_FAULTS, Offer, propose
from .product import NAMES
from .signing import check_person, put_in_force
from .tables import AgreementRow, Application, TermsRow

CODE_LASTS = 10 * MINUTE


class Verify(Shape):
    """What else you know of the person."""

    cert_no: Key | None = None  # the last four characters of the number of the identity card


class Sign(Offer):
    alipay_user_id: Key | None = None  # who shall sign, by user id,
    alipay_open_id: Line | None = None  # or as your app knows that person,
    alipay_logon_id: Line | None = None  # or by the mail address or mobile number to sign in with
    confirm_type: Literal["M"] | None = None  # M: by a code that the person is told; else without confirmation
    binded_mobile: Key | None = None  # the person's mobile number, to be sure
    verify_params: Verify | None = None  # what else you know of the person, to be sure


class Signed(Shape):
    alipay_logon_id: str  # who, by mail address or mobile number, masked
    alipay_user_id: str | None = None  # who, by user id,
    alipay_open_id: str | None = None  # or as your app knows that person
    agreement_no: str | None = None  # its number, if it is signed already
    apply_token: str | None = None  # if not: for alipay.user.agreement.sign.confirm, within 10 minutes
    external_logon_id: str | None = None  # who the person is in your shop


@method(
    "alipay.user.agreement.sign",
    raises=[
        *OFFER_FAULTS, USER_NOT_EXIST_ERROR, USER_STATUS_NOT_NORMAL, SIGN_USER_NOT_MATCH, BINDED_MOBILE_NOT_MATCH,
    ],
)  # fmt: skip
def sign(work: Work, ask: Sign) -> Signed:
    """Ask a person to sign on your own page; the code that the person is told completes it."""
    person = person_meant(work, Person(**{name: getattr(ask, name) for name in Person.__struct_fields__}))
    row = propose(work, ask, work.now + CODE_LASTS)
    row.only_user = person.user_id
    check_person(work, row, person)
    known = ask.verify_params.cert_no if ask.verify_params else None
    if known is not None and known.upper() != person.cert_no[-4:].upper():
        raise SIGN_USER_NOT_MATCH(field="verify_params.cert_no")
    if ask.binded_mobile is not None and ask.binded_mobile != person.mobile:
        raise BINDED_MOBILE_NOT_MATCH()
    told = Signed(alipay_logon_id=person.masked, external_logon_id=row.external_logon_id or None)
    if work.caller.open_ids:
        given = work.ask("kaifang.account.openid.give", user_id=person.user_id, app=work.caller.auth_app)
        told.alipay_open_id = given.open_id
    else:
        told.alipay_user_id = person.user_id
    if ask.confirm_type is None:
        may_skip_confirmation(work)
        put_in_force(work, row, person)
        told.agreement_no = row.id
    else:
        told.apply_token = apply(work, row, person.user_id)
    return told


def may_skip_confirmation(work: Work) -> None:
    """Whether the platform trusts the merchant to have asked the person himself."""
    terms = work.find(TermsRow, id=work.caller.merchant)
    if terms is None or not terms.unconfirmed:
        raise NO_PERMISSION(needs="confirm_type M, or the operator's leave to sign without confirmation")


def apply(work: Work, row: AgreementRow, user: str) -> str:
    """Keep an application with the code that completes it; a refusal counts no tries, so the code is long."""
    token = f"{work.now // SECOND:08x}{work.chance.text(24)}"
    work.add(Application(id=token, agreement=row.id, user=user, code=work.chance.text(8)))
    work.later(row.offered_until, "agreement.application_end", token)
    return token


class SignConfirm(Shape):
    apply_token: Key  # as alipay.user.agreement.sign gave it
    confirm_no: Key  # the code that the person was told


class SignConfirmed(Shape):
    agreement_no: str  # its number
    status: str  # NORMAL


@method(
    "alipay.user.agreement.sign.confirm",
    raises=[APPLY_TOKEN_NOT_EXIST, CONFIRM_NO_NOT_MATCH, USER_STATUS_NOT_NORMAL, USER_AGREEMENT_EXIST],
)
def sign_confirm(work: Work, ask: SignConfirm) -> SignConfirmed:
    """Complete an application with the code that the person was told."""
    application = work.find(Application, id=ask.apply_token)
    row = work.find(AgreementRow, id=application.agreement) if application else None
    if application is None or row is None or row.merchant != work.caller.merchant or row.offered_until <= work.now:
        raise APPLY_TOKEN_NOT_EXIST()
    if ask.confirm_no != application.code:
        raise CONFIRM_NO_NOT_MATCH()
    put_in_force(work, row, work.ask("kaifang.account.party.find", user_id=application.user))
    work.remove(application)
    return SignConfirmed(agreement_no=row.id, status=row.state)


class LookCodes(Shape):
    pass


class Code(Shape):
    """A code that completes an application."""

    merchant: str  # who asks
    product: str  # what for
    confirm_no: str  # 8 letters and digits
    expires: Moment  # until when


class Codes(Shape):
    codes: list[Code]  # the newest first


@method("kaifang.agreement.codes", who=Who.WALLET, reads=True)
def codes(work: Work, ask: LookCodes) -> Codes:
    """Read the codes of agreements that merchants ask you to sign: what a text message would bring."""
    found = []
    for one in work.select(Application, '"user" = ?', (signed_in(work),), "id desc", 20):
        row = work.find(AgreementRow, id=one.agreement)
        if row is not None:
            name = work.ask("kaifang.account.party.find", user_id=row.merchant).name
            found.append(
                Code(merchant=name, product=NAMES[row.product], confirm_no=one.code, expires=Moment(row.offered_until))
            )
    return Codes(codes=found)


class SetTerms(Shape):
    merchant: Key  # user id
    unconfirmed: bool  # whether he may sign for people without their confirmation


class Terms(Shape):
    merchant: str  # user id
    unconfirmed: bool  # whether he may sign for people without their confirmation


@method("kaifang.agreement.terms.set", who=Who.OPERATOR)
def set_terms(work: Work, ask: SetTerms) -> Terms:
    """Trust a merchant to ask people himself, or no longer."""
    terms = work.find(TermsRow, id=ask.merchant) or work.add(TermsRow(id=ask.merchant))
    terms.unconfirmed = ask.unconfirmed
    return Terms(merchant=terms.id, unconfirmed=terms.unconfirmed)
