"""Activation links: a page on which a person reads what a merchant asks for, fills it in, and joins."""

import hashlib
from urllib.parse import quote, urlencode, urlsplit

import msgspec

from kaifang.kernel import DAY, Address, Key, Line, Shape, Who, Work, method

from .card import SCOPE
from .errors import (
    CARD_FORM_MISSING,
    CARD_HAS_OPENED,
    CARD_IS_SOLD,
    CARD_TEMPLATE_NOT_EXIST,
    ILLEGAL_ARGUMENT_OUT_STRING,
    INVALID,
    LINK_NOT_EXIST,
    OPEN_FORM_TEMPLATE_NOT_EXIST,
    REQUEST_ID_EXPIRE,
    REQUEST_ID_INVALID,
    TEMPLATE_NOT_EXIST,
)
from .find import own_template, person_meant, template_of, the_person
from .form import Asked, asked_of, fill_in
from .person import Form, Join, join, promises_of
from .tables import CardRow, FormRow, LinkRow, TemplateRow

PAGE = "/card/apply/"
FORM_LASTS = DAY  # how long a merchant can read what was told
LONGEST_OUT_STRING = 256
MOST = 100  # that are listed


class Apply(Shape):
    template_id: Key  # which card
    callback: Address | None = None  # where people go who filled it in, to be opened a card by you; else they join here
    out_string: Address | None = None  # your own note, given back as it is
    follow_app_id: Line | None = None  # kept for later; says nothing


class Applied(Shape):
    apply_card_url: str  # the page, percent-encoded: decode it once


@method(
    "alipay.marketing.card.activateurl.apply",
    raises=[INVALID, CARD_TEMPLATE_NOT_EXIST, OPEN_FORM_TEMPLATE_NOT_EXIST, ILLEGAL_ARGUMENT_OUT_STRING],
)
def apply(work: Work, ask: Apply) -> Applied:
    """Have a link to spread, on which people join; the same question leads to the same link."""
    template = own_template(work, ask.template_id, CARD_TEMPLATE_NOT_EXIST)
    if not template.required:
        raise OPEN_FORM_TEMPLATE_NOT_EXIST(template_id=template.id)
    out_string, callback = ask.out_string or "", ask.callback or ""
    if len(out_string) > LONGEST_OUT_STRING:
        raise ILLEGAL_ARGUMENT_OUT_STRING(longest=LONGEST_OUT_STRING)
    check_callback(callback)
    said = "\n".join((template.id, work.caller.auth_app, callback, out_string))
    number = hashlib.sha256(said.encode()).hexdigest()[:32]
    if work.find(LinkRow, id=number) is None:
        work.add(
            LinkRow(
                id=number, template=template.id, app=work.caller.auth_app, callback=callback, out_string=out_string
            )
        )  # fmt: skip
    return Applied(apply_card_url=quote(work.link(PAGE + number), safe=""))


def check_callback(address: str) -> None:
    """Refuse an address that nobody can be sent to, or that says something already."""
    if not address:
        return
    try:
        there = urlsplit(address)
    except ValueError:
        raise INVALID(field="callback", reason="it is no address") from None
    odd = any(letter <= " " or letter == "\\" for letter in address)
    if there.scheme not in ("http", "https") or not there.hostname or there.query or there.fragment or odd:
        raise INVALID(field="callback", reason="an http or https address without parameters; use out_string for those")


class Links(Shape):
    template_id: Key  # of which card


class Link(Shape):
    """A link that people join by."""

    link: str  # as the page's address ends
    url: str  # the page
    callback: str | None = None  # where people go who filled in the form; absent: they join here
    out_string: str | None = None  # your note


class LinkList(Shape):
    links: list[Link]  # at most 100


@method("kaifang.card.link.list", reads=True, raises=[CARD_TEMPLATE_NOT_EXIST])
def list_links(work: Work, ask: Links) -> LinkList:
    """List the links by which people join a card of yours."""
    template = own_template(work, ask.template_id, CARD_TEMPLATE_NOT_EXIST)
    rows = work.select(LinkRow, "template = ?", (template.id,), "callback, id", MOST)
    return LinkList(
        links=[
            Link(
                link=row.id, url=work.link(PAGE + row.id), callback=row.callback or None,
                out_string=row.out_string or None,
            )
            for row in rows
        ]
    )  # fmt: skip


class Which(Shape):
    link: Key  # as the page's address ends
    exposure: Key | None = None  # the showing that led here


class Looked(Shape):
    template: str  # 28 digits
    title: str  # what people read
    merchant_name: str  # whose card it is
    promises: list[str]  # what members get
    fields: list[Asked]  # what is asked for
    callback: str | None = None  # where one goes afterwards
    card: str | None = None  # the number of the card that the person has of it


@method("kaifang.card.link.look", who=Who.WALLET, reads=True, raises=[LINK_NOT_EXIST])
def look(work: Work, ask: Which) -> Looked:
    """Read what a merchant asks of whoever joins by a link."""
    link, template = linked(work, ask.link)
    user = person_meant(work, None)
    merchant = work.ask("kaifang.account.party.find", user_id=template.merchant)
    own = work.find(CardRow, slot=f"{template.id}/{user}")
    return Looked(
        template=template.id, title=template.name, merchant_name=merchant.name,
        promises=promises_of(work, template),
        fields=asked_of(work, template, user),
        callback=link.callback or None, card=own.id if own is not None else None,
    )  # fmt: skip


def linked(work: Work, number: str) -> tuple[LinkRow, TemplateRow]:
    """A link and the template that it leads to."""
    link = work.find(LinkRow, id=number)
    if link is None:
        raise LINK_NOT_EXIST(link=number)
    return link, template_of(work, link.template, TEMPLATE_NOT_EXIST)


class Submit(Which):
    form: Form = {}  # what the person tells: OPEN_FORM_FIELD_... to its value


class Submitted(Shape):
    card: str | None = None  # the card's number, if the person joined here
    redirect_uri: str | None = None  # else where the browser goes, with what the merchant opens the card by:
    request_id: str | None = None  # what was told is read by this,
    auth_code: str | None = None  # and the card opened by the token that this is exchanged for


@method(
    "kaifang.card.link.submit", who=Who.WALLET,
    raises=[LINK_NOT_EXIST, CARD_FORM_MISSING, CARD_HAS_OPENED, CARD_IS_SOLD],
)  # fmt: skip
def submit(work: Work, ask: Submit) -> Submitted:
    """Fill in the form of a link, which is the consent: join, or let the merchant open the card."""
    link, template = linked(work, ask.link)
    user = person_meant(work, None)
    if not link.callback:
        card = join(work, Join(template=template.id, exposure=ask.exposure, form=ask.form))
        return Submitted(card=card.card)
    if work.find(CardRow, slot=f"{template.id}/{user}") is not None:
        raise CARD_HAS_OPENED(template_id=template.id)
    form = keep(work, template, user, ask)
    consent = work.ask("kaifang.account.consent.give", app_id=link.app, scope=SCOPE)
    told = {
        "app_id": link.app, "source": "alipay_wallet", "scope": SCOPE, "auth_code": consent.auth_code,
        "template_id": template.id, "request_id": form.request, "out_string": link.out_string,
    }  # fmt: skip
    query = urlencode({name: value for name, value in told.items() if value})
    back = f"{link.callback}?{query}"
    return Submitted(redirect_uri=back, request_id=form.request, auth_code=consent.auth_code)


def keep(work: Work, template: TemplateRow, user: str, ask: Submit) -> FormRow:
    """Keep what a person told a merchant, in place of what they told before."""
    told = fill_in(work, template, the_person(work, "user", user_id=user), ask.form)
    form = work.find(FormRow, template=template.id, user=user)
    if form is None:
        form = work.add(
            FormRow(
                template=template.id, user=user, request="", merchant=template.merchant, told={}, exposure="", at=0
            )
        )  # fmt: skip
    form.request, form.told, form.exposure, form.at = work.chance.text(32), told, ask.exposure or "", work.now
    work.tell(
        "membercard.form", form.request, user=user, merchant=template.merchant, template_id=template.id,
        exposure=ask.exposure,
    )  # fmt: skip
    return form


class FormQuery(Shape):
    biz_type: Key  # MEMBER_CARD
    request_id: Key  # as it came to your callback
    template_id: Key  # which card


class Queried(Shape):
    infos: str  # JSON: a list of OPEN_FORM_FIELD_... with its value, each alone


@method(
    "alipay.marketing.card.activateform.query", who=Who.USER, reads=True,
    raises=[INVALID, REQUEST_ID_INVALID, REQUEST_ID_EXPIRE],
)  # fmt: skip
def query(work: Work, ask: FormQuery) -> Queried:
    """Read what a person filled in, with the token that came of it; within a day."""
    if ask.biz_type != "MEMBER_CARD":
        raise INVALID(field="biz_type", reason="MEMBER_CARD")
    form = work.find(FormRow, request=ask.request_id)
    known = form is not None and (form.merchant, form.user) == (work.caller.merchant, work.caller.user)
    if form is None or not known or form.template != ask.template_id:
        raise REQUEST_ID_INVALID(request_id=ask.request_id)
    if form.at + FORM_LASTS <= work.now:
        raise REQUEST_ID_EXPIRE(request_id=ask.request_id)
    return Queried(infos=msgspec.json.encode([{name: value} for name, value in form.told.items()]).decode())


class Nothing(Shape):
    pass


class Known(Shape):
    user_name: str | None = None  # as on the identity card
    mobile: str | None = None  # telephone number
    gender: str | None = None  # F or M
    person_birthday: str | None = None  # 2000-12-31
    person_birthday_without_year: str | None = None  # 1231
    cert_type: str | None = None  # 0: identity card
    cert_no: str | None = None  # its number
    email: str | None = None  # mail address
    city: str | None = None  # where they live
    address: str | None = None  # where exactly
    is_student_certified: str | None = None  # T or F
    member_grade: str | None = None  # primary, golden, platinum or diamond


TOLD = {
    "NAME": "user_name", "MOBILE": "mobile", "GENDER": "gender", "BIRTHDAY": "person_birthday",
    "BIRTHDAY_WITHOUT_YEAR": "person_birthday_without_year", "CERT_TYPE": "cert_type", "CERT_NO": "cert_no",
    "IDCARD": "cert_no", "EMAIL": "email", "CITY": "city", "ADDRESS": "address", "IS_STUDENT": "is_student_certified",
    "MEMBER_GRADE": "member_grade",
}  # fmt: skip


@method("alipay.marketing.card.authinfo.query", who=Who.USER, reads=True)
def authinfo(work: Work, ask: Nothing) -> Known:
    """Read what the person told you in forms so far, the latest first; what they never told is absent."""
    where = 'merchant = ? and "user" = ?'
    forms = work.select(FormRow, where, (work.caller.merchant, work.caller.user), "at, template")
    said = {name: value for form in forms for name, value in form.told.items()}
    short = {name.removeprefix("OPEN_FORM_FIELD_"): value for name, value in said.items()}
    found = {TOLD[name]: value for name, value in short.items() if name in TOLD}
    if "IDCARD" in short:
        found["cert_type"] = "0"
    return Known(**found)
