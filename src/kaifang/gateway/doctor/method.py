"""The doctor's methods: what is wrong with a call or a notification, and which calls went wrong lately."""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta

from kaifang.gateway.owner import may_look, owns
from kaifang.kernel import Key, Moment, Shape, Work, fault, method
from kaifang.kernel.notices import Delivery, Notice
from kaifang.kernel.trouble import Trouble

from .cases import Case
from .diagnosis import Diagnosis, diagnose
from .difference import Difference
from .findings import Cause, Finding, told
from .keyring import Chart, read_chart
from .masks import visible
from .notices import examined

CASE_NOT_EXIST = fault(
    "CASE_NOT_EXIST",
    zh="没有这个跟踪号的病历：调用没有失败，或者病历已让位给更新的",
    en="Nothing is kept under this number: no call of that trace failed verification, or newer ones took its place.",
    fix="Take the trace from the answer's trace_id, or the notify_id from the notification.",
)


class Explain(Shape):
    """A call or a notification to be explained."""

    trace: Key  # trace_id of a refused call, or notify_id of a notification


class Try(Shape):
    """One sending of a notification."""

    number: int  # 1 for the first
    at: Moment  # when
    status: int  # HTTP status; 0 when nobody answered
    answer: str  # what came back, or what went wrong


class Explained(Shape):
    """What is wrong with it."""

    trace: str  # the same number
    about: str  # call or notice
    at: Moment  # when it happened
    app_id: str  # whose call or notification; empty if that is not known
    method: str  # what was called, or the notification's type
    refusal: str  # code that the call was refused with, or the notification's state
    causes: list[Cause]  # what is wrong, the gravest first
    server_text: str | None = None  # string that the platform checked
    signed_text: str | None = None  # string that was signed, where it was found
    difference: Difference | None = None  # where the two part for the first time
    hash: str | None = None  # which the signature was made with
    digest: str | None = None  # that the signature contains, in hexadecimal digits
    expected_digest: str | None = None  # of the platform's string
    url: str | None = None  # where the notification is sent
    tries: list[Try] | None = None  # of the notification


@method("kaifang.doctor.explain", raises=[CASE_NOT_EXIST], reads=True)
def explain(work: Work, ask: Explain) -> Explained:
    """Explain why a call of your application failed verification, or why a notification was not acknowledged."""
    found = find(work.acting(role="inside"), ask.trace)
    if not owns(work, found.case.app if isinstance(found, Chart) else found.app_id):
        raise CASE_NOT_EXIST(trace=ask.trace)
    return explained(found) if isinstance(found, Chart) else found


def find(work: Work, trace: str) -> Chart | Explained:
    """A call with what is known of it, still to be explained, or a notification explained."""
    case = work.find(Case, id=trace)
    if case is not None:
        return read_chart(work, case)
    notice = work.find(Notice, id=trace)
    if notice is None:
        raise CASE_NOT_EXIST(trace=trace)
    deliveries = work.select(Delivery, "notice = ?", (trace,), "number")
    trouble = work.select(Trouble, "app = ? and how = ?", (notice.app, "CORRUPT"))
    forged = max((one.tries for one in trouble if notice.id in one.met), default=0)
    return explained_notice(notice, deliveries, examined(notice, deliveries, forged))


def explained(chart: Chart) -> Explained:
    """Why a call failed; this may take a second."""
    case, found = chart.case, diagnose(chart)
    return Explained(
        trace=case.id, about="call", at=Moment(case.at), app_id=case.app, method=case.method, refusal=case.code,
        causes=causes(found), server_text=visible(found.server_text) or None,
        signed_text=visible(found.signed_text) or None, difference=found.difference, hash=found.hash or None,
        digest=found.digest or None, expected_digest=found.expected_digest or None,
    )  # fmt: skip


def causes(found: Diagnosis) -> list[Cause]:
    """The findings in words."""
    return [told(finding) for finding in found.findings]


def explained_notice(notice: Notice, deliveries: list[Delivery], finding: Finding) -> Explained:
    """Why a notification was not acknowledged."""
    tries = [
        Try(number=one.number, at=Moment(one.at), status=one.status, answer=visible(one.answer)) for one in deliveries
    ]
    return Explained(
        trace=notice.id, about="notice", at=Moment(notice.at), app_id=notice.app, method=notice.kind,
        refusal=notice.state, causes=[told(finding)], url=notice.url, tries=tries,
    )  # fmt: skip


class List(Shape):
    """Which calls to list."""

    app_id: Key | None = None  # of which application; the calling one, or every one for operators, if left out
    page_size: Annotated[int, Meta(ge=1, le=100)] = 20  # 1 to 100


class Kept(Shape):
    """A call that failed verification."""

    trace: str  # number to ask about
    at: Moment  # when
    app_id: str  # whose; empty if that is not known
    method: str  # what was called
    refusal: str  # code of the refusal


class Listed(Shape):
    """Calls that failed verification."""

    cases: list[Kept]  # the latest first


@method("kaifang.doctor.list", reads=True)
def list_cases(work: Work, ask: List) -> Listed:
    """List the calls of your application that failed verification lately."""
    app = may_look(work, ask.app_id)
    where, values = ("app = ?", (app,)) if app else ("1 = 1", ())
    found = work.select(Case, where, values, "id desc", ask.page_size)
    return Listed(
        cases=[
            Kept(trace=case.id, at=Moment(case.at), app_id=case.app, method=case.method, refusal=case.code)
            for case in found
        ]
    )
