"""Keywords: words by which a mini-program is found, within its quota."""

from typing import Annotated

from msgspec import Meta

from kaifang.kernel import Count, Happening, Key, Line, Moment, Shape, Who, Work, hears, method

from .box import PageNumber, PageSize, owned
from .errors import APP_NOT_ONLINE, INVALID, INVALID_STATUS, KEYWORDS_EXCEED, NO_PERMISSION
from .states import Keyword
from .tables import KeywordRow, QuotaRow

QUOTA = 20  # keywords of a mini-program, unless the operators say otherwise
Word = Annotated[str, Meta(min_length=1, max_length=16)]
Words = Annotated[list[Word], Meta(max_length=50)]
APP_FAULTS = [NO_PERMISSION, APP_NOT_ONLINE]


def check_app(work: Work, app_id: str) -> None:
    """Whether it is an application of the caller's that is online."""
    app = owned(work, app_id)
    if app is None:
        raise NO_PERMISSION(target_appid=app_id)
    if app.state != "ONLINE":
        raise APP_NOT_ONLINE(target_appid=app_id)


def alive(work: Work, app_id: str) -> list[KeywordRow]:
    """The keywords of a mini-program."""
    return work.select(KeywordRow, "app = ? and state <> ?", (app_id, Keyword.DELETED.name), "id")


def quota(work: Work, app_id: str) -> int:
    """How many more it may have."""
    row = work.find(QuotaRow, id=app_id)
    return max(0, (row.most if row else QUOTA) - len(alive(work, app_id)))


class Apply(Shape):
    target_appid: Key  # your mini-program
    key_words: Annotated[Words, Meta(min_length=1)]  # words
    config_id: Key | None = None  # the keyword that is changed to the one that is given


class Applied(Shape):
    apply_no: str  # of the review


@method("alipay.open.search.appkeyword.apply", raises=[*APP_FAULTS, INVALID, KEYWORDS_EXCEED, INVALID_STATUS])
def apply(work: Work, ask: Apply) -> Applied:
    """Ask for words by which your mini-program is found; those that it has are left out."""
    check_app(work, ask.target_appid)
    rows = alive(work, ask.target_appid)
    if ask.config_id is not None:
        return change(work, rows, ask)
    known = {row.asked: row for row in rows}
    new = [word for word in dict.fromkeys(ask.key_words) if word not in known]
    if not new:
        return Applied(apply_no=known[ask.key_words[0]].apply_no)
    if len(new) > quota(work, ask.target_appid):
        raise KEYWORDS_EXCEED(left=quota(work, ask.target_appid))
    apply_no = work.new_id("20643")
    for word in new:
        work.add(
            KeywordRow(
                id=work.new_id("20644"), app=ask.target_appid, merchant=work.caller.merchant, word="", asked=word,
                apply_no=apply_no, created=work.now,
            )
        )  # fmt: skip
    look_at(work, apply_no, new)
    return Applied(apply_no=apply_no)


def change(work: Work, rows: list[KeywordRow], ask: Apply) -> Applied:
    """Another word in the place of one; that stays until the new one was looked at."""
    row = next((row for row in rows if row.id == ask.config_id), None)
    if row is None or len(ask.key_words) != 1:
        raise INVALID(field="config_id", reason="no keyword of this mini-program, or not one word for it")
    if row.asked != ask.key_words[0]:
        Keyword.change(work, row, merchant=row.merchant)
        row.asked, row.apply_no, row.reason = ask.key_words[0], work.new_id("20643"), ""
        look_at(work, row.apply_no, [row.asked])
    return Applied(apply_no=row.apply_no)


def look_at(work: Work, apply_no: str, words: list[str]) -> None:
    """Ask for the review."""
    merchant = work.caller.merchant
    work.ask("kaifang.review.open", kind="search_keyword", subject=apply_no, merchant=merchant, texts=words)


@hears("review.approve", "review.reject")
def reviewed(work: Work, happening: Happening) -> None:
    """Keywords were looked at."""
    if happening.facts["kind"] != "search_keyword":
        return
    where = "apply_no = ? and state = ?"
    for row in work.select(KeywordRow, where, (happening.facts["about"], Keyword.AUDIT.name), "id"):
        row.reason, row.audited = happening.facts["reason"], work.now
        if happening.name == "review.approve":
            row.word = row.asked
            Keyword.approve(work, row, merchant=row.merchant)
        else:
            to = Keyword.ONLINE if row.word else Keyword.REJECT
            row.asked = row.word or row.asked
            Keyword.reject(work, row, to=to, merchant=row.merchant)


class Delete(Shape):
    target_appid: Key  # your mini-program
    config_id: Key | None = None  # which keyword, by its number,
    key_words: Words = []  # or which words


class Done(Shape):
    pass


@method("alipay.open.search.appkeyword.delete", raises=[*APP_FAULTS, INVALID, INVALID_STATUS])
def delete(work: Work, ask: Delete) -> Done:
    """Delete keywords; those that there are none of stay deleted."""
    check_app(work, ask.target_appid)
    if not ask.config_id and not ask.key_words:
        raise INVALID(field="config_id", reason="give config_id or key_words")
    for row in alive(work, ask.target_appid):
        if row.id == ask.config_id or row.asked in ask.key_words:
            Keyword.delete(work, row, merchant=row.merchant)
    return Done()


class Info(Shape):
    config_id: str  # number of the keyword
    apply_no: str  # of its last review
    status: str  # AUDIT, ONLINE or REJECT
    gmt_create: Moment  # since when it is here
    key_word: str | None = None  # as it was approved
    audit_key_word: str | None = None  # as it was asked for last
    audit_reason: Line | None = None  # why it was rejected
    audit_time: Moment | None = None  # when it was looked at


def info(row: KeywordRow) -> Info:
    """A keyword as its merchant sees it."""
    return Info(
        config_id=row.id, apply_no=row.apply_no, status=row.state, gmt_create=Moment(row.created),
        key_word=row.word or None, audit_key_word=row.asked, audit_reason=row.reason or None,
        audit_time=Moment(row.audited) if row.audited else None,
    )  # fmt: skip


class AskWords(Shape):
    target_appid: Key  # your mini-program
    status: Key | None = None  # only those that stand so
    page_number: PageNumber = 1  # which page, from 1
    page_size: PageSize = 20  # how many on a page


class WordsFound(Shape):
    key_word_info: list[Info]  # the oldest first
    page_number: Count  # which page
    page_size: Count  # how many on a page
    total_count: Count  # how many in all
    total_page_count: Count  # on how many pages


@method("alipay.open.search.appkeyword.batchquery", reads=True, raises=APP_FAULTS)
def list_words(work: Work, ask: AskWords) -> WordsFound:
    """List the keywords of your mini-program."""
    check_app(work, ask.target_appid)
    rows = [row for row in alive(work, ask.target_appid) if ask.status in (None, row.state)]
    skipped = (ask.page_number - 1) * ask.page_size
    return WordsFound(
        key_word_info=[info(row) for row in rows[skipped : skipped + ask.page_size]], page_number=ask.page_number,
        page_size=ask.page_size, total_count=len(rows), total_page_count=-(-len(rows) // ask.page_size),
    )  # fmt: skip


class AskStatus(Shape):
    target_appid: Key  # your mini-program
    apply_no: Key  # of the review


class StatusFound(Shape):
    key_words: list[Info]  # those that were asked for by it


@method("alipay.open.search.appkeyword.querystatus", reads=True, raises=APP_FAULTS)
def query_status(work: Work, ask: AskStatus) -> StatusFound:
    """Ask what became of words that you asked for."""
    check_app(work, ask.target_appid)
    return StatusFound(key_words=[info(row) for row in alive(work, ask.target_appid) if row.apply_no == ask.apply_no])


class AskQuota(Shape):
    target_appid: Key  # your mini-program


class QuotaFound(Shape):
    quota_num: Count  # how many more keywords it may have


@method("alipay.open.search.appkeywordquota.query", reads=True, raises=APP_FAULTS)
def query_quota(work: Work, ask: AskQuota) -> QuotaFound:
    """Ask how many more keywords your mini-program may have."""
    check_app(work, ask.target_appid)
    return QuotaFound(quota_num=quota(work, ask.target_appid))


class SetQuota(Shape):
    app_id: Key  # which mini-program
    most: Annotated[int, Meta(ge=0, le=1000)]  # keywords


class QuotaSet(Shape):
    app_id: str  # the same


@method("kaifang.search.quota.set", who=Who.OPERATOR)
def set_quota(work: Work, ask: SetQuota) -> QuotaSet:
    """Say how many keywords a mini-program may have; what it has stays."""
    row = work.find(QuotaRow, id=ask.app_id) or work.add(QuotaRow(id=ask.app_id, most=ask.most))
    row.most = ask.most
    return QuotaSet(app_id=ask.app_id)
