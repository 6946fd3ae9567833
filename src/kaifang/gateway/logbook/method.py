"""The request log: which calls an application made lately, with what it was answered."""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta

from kaifang.gateway.owner import may_look
from kaifang.kernel import Key, Moment, Shape, Work, method

from .kept import Request


class Lines(Shape):
    """Which requests to list."""

    app_id: Key | None = None  # of which application; the calling one, or every one for operators, if left out
    trace: Key | None = None  # only the one with this number, as in the answer's trace_id
    method: Key | None = None  # only calls of this method
    outcome: Key | None = None  # only those with this outcome: 10000, 10003, or the code of a refusal
    refused: bool = False  # only those that were refused
    whole: bool = False  # with what was asked and answered
    page_num: Annotated[int, Meta(ge=1, le=100)] = 1  # from 1
    page_size: Annotated[int, Meta(ge=1, le=100)] = 20  # 1 to 100


class Line(Shape):
    """One request."""

    trace: str  # its number, as in the answer's trace_id
    at: Moment  # when, by the platform's clock
    app_id: str  # whose; empty if that is not known
    method: str  # what was called; empty if that is not known
    version: str  # v2 or v3
    status: int  # of HTTP
    outcome: str  # 10000, 10003, or the code of the refusal
    took: int  # milliseconds
    asked: str | None = None  # as it was sent, with secrets struck out; empty where only the fact is kept
    answered: str | None = None  # JSON of the answer, with secrets struck out


class Listed(Shape):
    """Requests."""

    requests: list[Line]  # the latest first


@method("kaifang.log.requests", reads=True)
def list_requests(work: Work, ask: Lines) -> Listed:
    """List what your application asked lately; sandboxes keep the newest 500 of each application."""
    told = {"app": may_look(work, ask.app_id), "id": ask.trace, "method": ask.method, "outcome": ask.outcome}
    where = {name: value for name, value in told.items() if value is not None}
    sql = [f"{name} = ?" for name in where] + (["outcome not in ('10000', '10003')"] if ask.refused else [])
    skipped = (ask.page_num - 1) * ask.page_size
    found = work.select(
        Request, " and ".join(sql) or "1 = 1", tuple(where.values()), "id desc", ask.page_size, offset=skipped
    )
    return Listed(requests=[line_of(one, ask.whole) for one in found])


def line_of(one: Request, whole: bool) -> Line:
    """A request as it is listed."""
    return Line(
        trace=one.id, at=Moment(one.at), app_id=one.app, method=one.method, version=one.version, status=one.status,
        outcome=one.outcome, took=one.took, asked=one.asked if whole else None,
        answered=one.answered if whole else None,
    )  # fmt: skip
