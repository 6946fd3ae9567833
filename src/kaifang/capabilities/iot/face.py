"""Faces: enrolled with consent, looked at by terminals, and paid with by a token that is good once and for a minute.

The template of a face is what a camera's program makes of it; the platform keeps its digest only, and tells nobody
whose it is but by what the person agrees to: a payment, or a merchant's question that the token answers.
"""

import hashlib
from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta

from kaifang.kernel import INVALID_PARAMETER, MINUTE, Key, Shape, Text, Who, Work, method, told_as
from kaifang.kernel.clock import day

from .errors import (
    FACE_NOT_TRUSTED,
    FACE_TAKEN,
    FACE_UNKNOWN,
    FTOKEN_INVALID,
    MERCHANT_ID_UNMATCHED,
    PHONE_NOT_AGREED,
    ZIM_NOT_EXIST,
)
from .find import Done, calling
from .supplier import is_trusted
from .tables import FaceRow, LookRow

LASTS = 5 * MINUTE  # from the initialisation to the last use


class Enrol(Shape):
    face: Annotated[str, Meta(min_length=4, max_length=4096)]  # the template that the wallet's camera made


@method("kaifang.iot.face.enrol", who=Who.WALLET, raises=[FACE_TAKEN])
def enrol(work: Work, ask: Enrol) -> Done:
    """Let oneself be known by one's face, at every terminal; enrolling again replaces it."""
    user, digest = signed_in(work), digest_of(ask.face)
    taken, before = work.find(FaceRow, id=digest), work.find(FaceRow, user=user)
    if taken is not None and taken.user != user:
        raise FACE_TAKEN()
    if taken is None:
        if before is not None:
            work.remove(before)
        work.add(FaceRow(id=digest, user=user))
        work.tell("face.enrol", user)
    return Done()


class Nothing(Shape):
    pass


@method("kaifang.iot.face.forget", who=Who.WALLET)
def forget(work: Work, ask: Nothing) -> Done:
    """Be known by one's face no longer."""
    known = work.find(FaceRow, user=signed_in(work))
    if known is not None:
        work.remove(known)
        work.tell("face.forget", known.user)
    return Done()


def signed_in(work: Work) -> str:
    """Who is signed in to the wallet."""
    if work.caller.user is None:
        raise INVALID_PARAMETER(field="auth_token", reason="missing; who it is for has to be signed in")
    return work.caller.user


def digest_of(face: str) -> str:
    """What is kept of a template."""
    return hashlib.sha256(face.encode()).hexdigest()


class MerchantInfo(Shape):
    merchant_id: Key | None = None  # the merchant, a user id; checked if given


class Initialize(Shape):
    merchant_info: MerchantInfo | None = None  # where the terminal stands


class Initialized(Shape):
    zim_id: str  # the number of this look at a face
    zim_init_client_data: str  # JSON that the terminal's program begins with


@method("zoloz.authentication.smilepay.initialize", raises=[MERCHANT_ID_UNMATCHED])
def initialize(work: Work, ask: Initialize) -> Initialized:
    """Begin to look at a face; a terminal of the same merchant may do so once within five minutes."""
    named = ask.merchant_info.merchant_id if ask.merchant_info is not None else None
    if named not in (None, work.caller.merchant):
        raise MERCHANT_ID_UNMATCHED(merchant_id=named)
    look = begin(work)
    return Initialized(zim_id=look.id, zim_init_client_data=client_data(look))


class CustomerInitialize(Shape):
    zimmetainfo: Text  # JSON that the terminal's program told of itself
    service_id: Key | None = None  # which service looks
    service_params: Text | None = None  # JSON with more for it


class CustomerInitialized(Shape):
    result: str  # JSON: zimId, and zimInitClientData that the terminal's program begins with


@method("zoloz.authentication.customer.smilepay.initialize")
def customer_initialize(work: Work, ask: CustomerInitialize) -> CustomerInitialized:
    """Begin to look at a face, as merchants do who wish to know who it is."""
    look = begin(work)
    told = {"zimId": look.id, "zimInitClientData": client_data(look)}
    return CustomerInitialized(result=msgspec.json.encode(told).decode())


def begin(work: Work) -> LookRow:
    """A look at a face that a terminal of the caller's may take."""
    return work.add(LookRow(id=f"zim{work.chance.hex(32)}", merchant=work.caller.merchant, until=work.now + LASTS))


def client_data(look: LookRow) -> str:
    """What a terminal's program begins with."""
    return msgspec.json.encode({"zimId": look.id, "until": look.until}).decode()


class Capture(Shape):
    zim_id: Key  # as the initialisation answered
    face: Annotated[str, Meta(min_length=4, max_length=4096)]  # the template that the camera's program made
    phone: bool = False  # whether the person agreed on the screen to tell the merchant the telephone number


class Captured(Shape):
    ftoken: str  # the face token: pays this merchant once within a minute, as auth_code with scene security_code
    expires_in: int  # seconds
    greeting: str  # the name as a screen may show it


@method("kaifang.iot.face.capture", who=Who.DEVICE, raises=[FACE_NOT_TRUSTED, ZIM_NOT_EXIST, FACE_UNKNOWN])
def capture(work: Work, ask: Capture) -> Captured:
    """Look at a face: whoever is known by it pays with the token, or tells the merchant who it is."""
    if not is_trusted(work, calling(work)):
        raise FACE_NOT_TRUSTED()
    look = work.find(LookRow, id=ask.zim_id)
    mine = look is not None and look.merchant == work.caller.merchant
    if look is None or not mine or look.until <= work.now or look.ftoken is not None:
        raise ZIM_NOT_EXIST(zim_id=ask.zim_id)
    known = work.find(FaceRow, id=digest_of(ask.face))
    person = the_person(work, known.user) if known is not None else None
    if known is None or person.status != "NORMAL":
        raise FACE_UNKNOWN()
    wallet = work.acting(role="wallet", user=known.user)
    made = wallet.ask("kaifang.fund.code.create", kind="security_code", payee=look.merchant)
    look.ftoken, look.user, look.phone = made.auth_code, known.user, ask.phone
    work.tell("face.capture", look.id, merchant=look.merchant, device=work.caller.device)
    return Captured(ftoken=made.auth_code, expires_in=made.expires_in, greeting=greeting(person.name))


def the_person(work: Work, user: str) -> Any:
    """What is known of a person."""
    return work.ask("kaifang.account.party.find", user_id=user)


def greeting(name: str) -> str:
    """A name as a screen that others see may show it."""
    return "*" * (len(name) - 1) + name[-1:]


class ExtInfo(Shape):
    query_type: Literal["1", "2"] | None = None  # 1: the telephone number too
    min_age: Key | None = None  # years; whether the person is at least so old
    max_age: Key | None = None  # years; and at most so old


class QueryToken(Shape):
    ftoken: Key  # the face token
    biz_type: Literal["1", "2", "3", "4"]  # 1, 2: who it is; 3, 4: the telephone number too
    zim_id: Key | None = None  # of the look at the face; checked if given
    ext_info: ExtInfo | None = None  # what else is asked


class Phone(Shape):
    """A person's telephone number."""

    user_id: str | None = None  # 16 digits,
    open_id: str | None = None  # or as your app knows that person
    phone: str  # telephone number


class Known(Shape):
    uid: str | None = None  # whose face it is: 16 digits,
    open_id: str | None = None  # or as your app knows that person
    uid_tel_pair_list: list[Phone] | None = None  # the telephone number, if it was asked for and agreed to
    age_check_result: str | None = None  # true or false, if it was asked for and the age is known


@method("zoloz.authentication.customer.ftoken.query", raises=[FTOKEN_INVALID, PHONE_NOT_AGREED])
def query(work: Work, ask: QueryToken) -> Known:
    """Ask whose face it was, instead of a payment: the token is used up by it."""
    more = ask.ext_info or ExtInfo()
    if more.query_type == "2":
        raise INVALID_PARAMETER(field="ext_info.query_type", reason="no pictures of faces are kept")
    look = work.find(LookRow, ftoken=ask.ftoken)
    if look is None or look.merchant != work.caller.merchant or ask.zim_id not in (None, look.id):
        raise FTOKEN_INVALID(ftoken=ask.ftoken)
    with_phone = ask.biz_type in ("3", "4") or more.query_type == "1"
    if with_phone and not look.phone:
        raise PHONE_NOT_AGREED()
    with told_as({"CODE_INVALID": FTOKEN_INVALID}):
        work.ask("kaifang.fund.code.take", code=ask.ftoken, scene="security_code", payee=look.merchant)
    person, names = the_person(work, look.user), names_of(work, look.user)
    phones = [Phone(user_id=names.get("uid"), open_id=names.get("open_id"), phone=person.mobile)]
    return Known(
        **names, uid_tel_pair_list=phones if with_phone and person.mobile else None,
        age_check_result=age_check(work, more, person.cert_no),
    )  # fmt: skip


def names_of(work: Work, user: str) -> dict[str, str]:
    """A person as the asking app may know one."""
    if work.caller.open_ids:
        return {"open_id": work.ask("kaifang.account.openid.give", user_id=user).open_id}
    return {"uid": user}


def age_check(work: Work, ask: ExtInfo, cert_no: str) -> str | None:
    """Whether a person is as old as asked, by the number of the identity card."""
    if ask.min_age is None and ask.max_age is None:
        return None
    low, high = years("min_age", ask.min_age, 0), years("max_age", ask.max_age, 200)
    born = cert_no[6:14]
    if len(cert_no) != 18 or not born.isdecimal():
        return None
    age = (int(day(work.now)) - int(born)) // 10000
    return "true" if low <= age <= high else "false"


def years(field: str, text: str | None, default: int) -> int:
    """A number of years."""
    if text is None:
        return default
    if not text.isdecimal() or len(text) > 3:
        raise INVALID_PARAMETER(field=f"ext_info.{field}", reason="not a number of years")
    return int(text)
