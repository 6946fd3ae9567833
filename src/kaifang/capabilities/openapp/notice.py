"""Looking after the notifications that an application was sent."""

from typing import Annotated, Literal

from msgspec import Meta

from kaifang.kernel import INVALID_PARAMETER, MINUTE, Key, Shape, Who, Work, method
from kaifang.kernel.notices import Delivery, Notice, Notification, resend

from .address import read_url
from .find import owns
from .subscription import Done
from .tables import App

WORTH_ASKING = MINUTE  # how long after sending a notification proves itself
RESULTS = {"OWED": "WAIT", "RETRYING": "FAIL", "GIVEN_UP": "FAIL", "DELIVERED": "SUCCESS"}


class Query(Shape):
    trade_no: Key  # the number of the trade, or of what else it was about


class Told(Shape):
    notify_id: str  # the same in every try
    biz_id: str  # what it is about
    biz_no: str  # user id of the application's owner
    send_times: str  # how often it was sent
    send_result: str  # WAIT before it was sent, SUCCESS once acknowledged, else FAIL


class Queried(Shape):
    notify_info_list: list[Told]  # the latest first, at most 100


@method("alipay.open.app.notify.query", reads=True)
def query(work: Work, ask: Query) -> Queried:
    """Query what became of the notifications about a trade."""
    where, values = "app = ? and subject = ?", (work.caller.app, ask.trade_no)
    found = work.select(Notice, where, values, "at desc, id desc", 100)
    app = work.find(App, id=work.caller.app)
    return Queried(
        notify_info_list=[
            Told(
                notify_id=notice.id, biz_id=notice.subject, biz_no=app.party if app else "",
                send_times=str(notice.tries), send_result=RESULTS[notice.state],
            )
            for notice in found
        ]
    )  # fmt: skip


class Modify(Shape):
    pass


@method("alipay.open.app.notify.modify")
def modify(work: Work, ask: Modify) -> Done:
    """Send what is still owed to you to another address: the notify_url of this call."""
    if not work.caller.notify_url:
        raise INVALID_PARAMETER(field="notify_url", reason="missing; it is where notifications shall go")
    url = read_url("notify_url", work.caller.notify_url)
    where = "app = ? and style = 'trade' and state in ('OWED', 'RETRYING', 'GIVEN_UP')"
    for notice in work.select(Notice, where, (work.caller.app,), "id"):
        notice.url = url
    return Done()


class Retry(Shape):
    notify_id_list: Annotated[list[Key], Meta(min_length=1, max_length=100)]  # which, 1 to 100


@method("alipay.open.app.notify.retry")
def retry(work: Work, ask: Retry) -> Done:
    """Have notifications sent again now, acknowledged or not."""
    for notify_id in dict.fromkeys(ask.notify_id_list):
        notice = work.find(Notice, id=notify_id)
        if notice is None or not is_own(work, notice):
            raise INVALID_PARAMETER(field="notify_id_list", reason=f"no notification of yours is {notify_id}")
        resend(work, notice)
    return Done()


def is_own(work: Work, notice: Notice) -> bool:
    """Whether it is owed to the calling application, or to one that the caller looks after in a console."""
    app = work.find(App, id=notice.app)
    return notice.app == work.caller.app or app is not None and owns(work, app)


class Verify(Shape):
    notify_id: Key  # as it stood in the notification


@method("alipay.open.app.notify.verify", reads=True)
def verify(work: Work, ask: Verify) -> Done:
    """Make sure that a notification came from here: within a minute of its sending, before you acknowledge it."""
    notice = work.find(Notice, id=ask.notify_id)
    if notice is None or notice.app != work.caller.app:
        raise INVALID_PARAMETER(field="notify_id", reason="no notification of yours is this")
    if not is_fresh(work, notice):
        raise INVALID_PARAMETER(field="notify_id", reason="acknowledged already, or sent more than a minute ago")
    return Done()


def is_fresh(work: Work, notice: Notice) -> bool:
    """Whether it was just sent, or is on its way, and was not acknowledged."""
    if notice.state == Notification.DELIVERED.name:
        return False
    if 0 < notice.next_at <= work.now:
        return True
    last = work.find(Delivery, notice=notice.id, number=notice.tries)
    return last is not None and work.now - last.at < WORTH_ASKING


class Check(Shape):
    partner: Key  # user id of who asks
    notify_id: Key  # as it stood in the notification


class Checked(Shape):
    told: Literal["true", "false", "invalid"]  # what the old service notify_verify answers


@method("kaifang.openapp.notice.check", who=Who.INSIDE, reads=True)
def check(work: Work, ask: Check) -> Checked:
    """What the old service notify_verify answers: invalid if this is no notification of the partner's."""
    notice = work.find(Notice, id=ask.notify_id)
    app = work.find(App, id=notice.app) if notice else None
    if notice is None or app is None or app.party != ask.partner:
        return Checked(told="invalid")
    return Checked(told="true" if is_fresh(work, notice) else "false")
