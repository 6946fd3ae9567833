"""Sending: to one person who subscribed or just paid, or to all who subscribed."""

import hashlib

from kaifang.kernel import DAY, HOUR, Key, Line, Shape, Work, method, told_as
from kaifang.kernel.shape import encode

from .errors import (
    DATA_SENSITIVE,
    FORM_ID_INVALID,
    FORM_ID_NOT_MATCH_APPID,
    FORM_ID_OVER_TIME,
    FORM_ID_SEND_LIMIT,
    INVALID,
    KEYWORD_ILLEGAL,
    MSG_SINGLE_SD_OVER,
    MSG_UNSUBSCRIBED,
    TRADE_NO_NOT_MATCH_USERID,
    USER_ID_INVALID,
    USER_TEMPLATE_ILLEGAL,
    USER_TEMPLATE_LACK_KEYWORD,
    USER_TEMPLATE_STATUS_ILLEGAL,
)
from .tables import ConsentRow, Fatigue, FormRow, Keyword, MessageRow, TemplateRow
from .template import own_template

ABOUT_TRADE, TRADE_LASTS = 3, 7 * DAY  # messages about one trade, and for how long
WORD_FAULTS = [
    USER_TEMPLATE_ILLEGAL, USER_TEMPLATE_STATUS_ILLEGAL, KEYWORD_ILLEGAL, USER_TEMPLATE_LACK_KEYWORD, DATA_SENSITIVE,
]  # fmt: skip


class Word(Shape):
    value: Line  # what is said


class Send(Shape):
    user_template_id: Key  # the template that your application chose
    data: dict[Key, Word]  # {"keyword1": {"value": ...}, ...}, as JSON text
    page: Line  # where a tap leads in your mini-program
    to_user_id: Key | None = None  # to whom, by user id,
    to_open_id: Line | None = None  # or as your app knows that person
    form_id: Key | None = None  # trade_no of a trade that this person paid; left out: this person subscribed


class Done(Shape):
    pass


@method(
    "alipay.open.app.mini.templatemessage.send",
    raises=[
        *WORD_FAULTS, INVALID, USER_ID_INVALID, FORM_ID_INVALID, FORM_ID_NOT_MATCH_APPID, FORM_ID_OVER_TIME,
        FORM_ID_SEND_LIMIT, TRADE_NO_NOT_MATCH_USERID, MSG_UNSUBSCRIBED, MSG_SINGLE_SD_OVER,
    ],
)  # fmt: skip
def send(work: Work, ask: Send) -> Done:
    """Send a message to one person; the same words about the same thing on one day are one message, sent once."""
    template = own_template(work, ask.user_template_id)
    words = words_of(work, template, ask.data)
    user = the_person(work, ask)
    about = ask.form_id or f"day {(work.now + 8 * HOUR) // DAY}"
    if was_sent(work, template, user, about, words):
        return Done()
    if ask.form_id:
        count_form(work, user, ask.form_id)
    else:
        use_consent(work, template, user)
    deliver(work, template, user, about, words, page=ask.page)
    return Done()


def words_of(work: Work, template: TemplateRow, data: dict[str, Word]) -> list[str]:
    """The value of each of the template's keywords."""
    names = [f"keyword{number}" for number in range(1, len(template.keywords) + 1)]
    for name in data:
        if name not in names:
            raise KEYWORD_ILLEGAL(name=name)
    for name in names:
        if name not in data or not data[name].value.strip():
            raise USER_TEMPLATE_LACK_KEYWORD(name=name)
    words = [data[name].value for name in names]
    forbidden = work.ask("kaifang.review.words", kind="message", texts=words).words
    if forbidden:
        raise DATA_SENSITIVE(words="、".join(forbidden))
    return words


def the_person(work: Work, ask: Send) -> str:
    """Who is to have it."""
    if not (ask.to_user_id or ask.to_open_id):
        raise INVALID(field="to_user_id", reason="give to_user_id or to_open_id")
    with told_as({"PARTY_NOT_EXIST": USER_ID_INVALID}):
        party = work.ask("kaifang.account.party.find", user_id=ask.to_user_id, open_id=ask.to_open_id)
    if party.status != "NORMAL":
        raise USER_ID_INVALID(status=party.status)
    return str(party.user_id)


def count_form(work: Work, user: str, trade_no: str) -> None:
    """Whether this person may be told something about a trade, once more."""
    with told_as({"TRADE_NOT_EXIST": FORM_ID_INVALID, "ACQ.TRADE_NOT_EXIST": FORM_ID_INVALID}):
        trade = work.ask("kaifang.trade.find", trade_no=trade_no, seller=work.caller.merchant)
    if not trade.paid:
        raise FORM_ID_INVALID(form_id=trade_no)
    if trade.app not in (work.caller.app, work.caller.auth_app):
        raise FORM_ID_NOT_MATCH_APPID(form_id=trade_no)
    if trade.buyer != user:
        raise TRADE_NO_NOT_MATCH_USERID(form_id=trade_no)
    if work.now >= trade.paid + TRADE_LASTS:
        raise FORM_ID_OVER_TIME(form_id=trade_no)
    form = work.find(FormRow, id=trade_no) or work.add(FormRow(id=trade_no))
    if form.sent >= ABOUT_TRADE:
        raise FORM_ID_SEND_LIMIT(form_id=trade_no)
    form.sent += 1


def use_consent(work: Work, template: TemplateRow, user: str) -> None:
    """Whether this person agreed to this message, and has not had too many."""
    consent = work.find(ConsentRow, template=template.id, user=user)
    if consent is None or not consent.left:
        raise MSG_UNSUBSCRIBED(user_template_id=template.id)
    if not counted(consent, template.fatigue, work.now):
        raise MSG_SINGLE_SD_OVER(user_template_id=template.id)


def counted(consent: ConsentRow, fatigue: Fatigue | None, now: int) -> bool:
    """Count one more message, if the template's limit leaves room for it."""
    if fatigue is not None:
        days = fatigue.value * (7 if fatigue.unit == "week" else 1)
        monday = 3 * DAY if fatigue.unit == "week" else 0  # 1970 began on a Thursday
        period = (now + 8 * HOUR + monday) // (days * DAY)
        within = consent.within if consent.period == period else 0
        if within >= fatigue.total:
            return False
        consent.period, consent.within = period, within + 1
    if consent.left > 0:
        consent.left -= 1
    return True


def digest(template: TemplateRow, user: str, about: str, words: list[str]) -> str:
    """What makes two messages one."""
    return hashlib.sha256(encode([template.id, user, about, words])).hexdigest()


def was_sent(work: Work, template: TemplateRow, user: str, about: str, words: list[str]) -> bool:
    """Whether the person has this very message."""
    return work.find(MessageRow, content=digest(template, user, about, words)) is not None


def deliver(work: Work, template: TemplateRow, user: str, about: str, words: list[str], *, page: str) -> None:
    """Put a message into the person's inbox."""
    lines = [Keyword(name=name, value=value) for name, value in zip(template.keywords, words, strict=True)]
    row = work.add(
        MessageRow(
            id=work.new_id("20611"), content=digest(template, user, about, words), user=user,
            merchant=template.merchant, app=template.app, template=template.id, title=template.name, lines=lines,
            page=page, sent=work.now,
        )
    )  # fmt: skip
    work.tell("message.sent", row.id, user=user, merchant=row.merchant, template=template.id, exposure=row.id)
