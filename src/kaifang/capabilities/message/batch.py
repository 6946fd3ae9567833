"""One message to all who subscribed to a template."""

from kaifang.kernel import Count, Happening, Key, Line, Moment, Shape, Work, method, timer

from .errors import BATCH_NOT_EXIST, INVALID
from .send import WORD_FAULTS, Word, counted, deliver, words_of
from .states import Batch, Template
from .tables import BatchRow, ConsentRow, TemplateRow
from .template import own_template

PAGE = 500  # people who are told together


class BatchSend(Shape):
    template_id: Key  # the template that your application chose
    data: dict[Key, Word]  # {"keyword1": {"value": ...}, ...}, as JSON text
    page: Line  # where a tap leads in your mini-program
    schedule_send_time: Moment | None = None  # when; at once if left out
    crowd_code: Key | None = None  # only to a crowd; there are none here yet


class BatchSent(Shape):
    batch_msg_id: str  # 28 digits


@method("alipay.open.app.mini.templatemessage.batchsend", raises=[*WORD_FAULTS, INVALID])
def batch_send(work: Work, ask: BatchSend) -> BatchSent:
    """Send a message to all who subscribed to a template, now or later."""
    template = own_template(work, ask.template_id)
    words = words_of(work, template, ask.data)
    if ask.crowd_code is not None:
        raise INVALID(field="crowd_code", reason="no such crowd; leave it out to reach all who subscribed")
    due = ask.schedule_send_time.ms if ask.schedule_send_time else work.now
    if due < work.now:
        raise INVALID(field="schedule_send_time", reason="it is past")
    row = BatchRow(id=work.new_id("20612"), app=template.app, template=template.id, words=words, page=ask.page, due=due)
    work.add(row)
    work.later(due, "message.batch", row.id, after="")
    return BatchSent(batch_msg_id=row.id)


@timer("message.batch")
def send_page(work: Work, happening: Happening) -> None:
    """Tell the next few hundred people; who has had enough of these is left out."""
    row = work.find(BatchRow, id=happening.subject)
    assert row is not None, f"no batch {happening.subject}"
    template = work.find(TemplateRow, id=row.template)
    assert template is not None, f"no template {row.template}"
    if template.state != Template.STARTUP.name:
        Batch.fail(work, row, merchant=template.merchant)
        return
    if Batch.begin_sending.possible(row):
        Batch.begin_sending(work, row, merchant=template.merchant)
    where = 'template = ? and "left" <> 0 and "user" > ?'
    people = work.select(ConsentRow, where, (template.id, happening.facts["after"]), '"user"', PAGE)
    for consent in people:
        if counted(consent, template.fatigue, work.now):
            deliver(work, template, consent.user, row.id, row.words, page=row.page)
            row.sent += 1
    if len(people) == PAGE:
        work.later(work.now, "message.batch", row.id, after=people[-1].user)
    else:
        Batch.end(work, row, merchant=template.merchant)


class AskBatch(Shape):
    batch_msg_id: Key  # 28 digits


class KeywordTold(Shape):
    name: str  # what it is
    value: str  # what was said


class Content(Shape):
    title: str  # what people read above the message
    keyword_list: list[KeywordTold]  # the lines
    jump_url: str  # where a tap leads


class Record(Shape):
    batch_msg_id: str  # 28 digits
    template_id: str  # by which template
    msg_content: Content  # what was said
    msg_send_count: Count  # to how many so far
    msg_send_status: str  # WAIT, SENDING, SUCCESS or FAIL
    msg_send_time: Moment  # when


class BatchFound(Shape):
    record: Record  # how it stands


@method("alipay.open.app.mini.batchtemplatemsg.query", reads=True, raises=[BATCH_NOT_EXIST])
def query_batch(work: Work, ask: AskBatch) -> BatchFound:
    """Ask how far a message to all has come."""
    row = work.find(BatchRow, id=ask.batch_msg_id)
    if row is None or row.app != work.caller.auth_app:
        raise BATCH_NOT_EXIST(batch_msg_id=ask.batch_msg_id)
    template = work.find(TemplateRow, id=row.template)
    assert template is not None, f"no template {row.template}"
    lines = [KeywordTold(name=name, value=value) for name, value in zip(template.keywords, row.words, strict=True)]
    record = Record(
        batch_msg_id=row.id, template_id=row.template, msg_send_count=row.sent, msg_send_status=row.state,
        msg_content=Content(title=template.name, keyword_list=lines, jump_url=row.page),
        msg_send_time=Moment(row.due),
    )  # fmt: skip
    return BatchFound(record=record)
