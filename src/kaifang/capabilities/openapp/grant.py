"""What became of requests for users' private data: deciding them, and what was granted."""

from typing import Annotated, Literal

from msgspec import Meta

from kaifang.kernel import Key, Line, Moment, Shape, Who, Work, method

from .errors import FIELD_REQUEST_NOT_EXIST, FIELD_REQUEST_STATE_ERROR
from .field import Nothing, request_id
from .message import tell_app
from .states import FieldRequest
from .tables import FieldAsked


class Record(Shape):
    api_name: str  # the method
    field_name: str  # a member of its answer
    package_code: str  # the capability it belongs to
    status: str  # AUDIT, AGREE, REJECT or INVALID
    reason: str | None = None  # why it was rejected
    user_app_id: str | None = None  # the application that applied


class Records(Shape):
    records: list[Record]  # by method and field


class Queried(Shape):
    auth_field_response: Records  # the requests made for your application


@method("alipay.open.app.api.field.query", reads=True)
def query(work: Work, ask: Nothing) -> Queried:
    """Query what became of your requests for users' private data."""
    found = work.select(FieldAsked, "app = ?", (work.caller.auth_app,), "id")
    return Queried(auth_field_response=Records(records=[record(asked) for asked in found]))


def record(asked: FieldAsked) -> Record:
    """A request as its application sees it."""
    return Record(
        api_name=asked.api_name, field_name=asked.field_name, package_code=asked.package, status=asked.state,
        reason=asked.reason or None, user_app_id=asked.user_app,
    )  # fmt: skip


class Decide(Shape):
    app_id: Key  # which application's request
    api_name: Key  # the method
    field_name: Key  # a member of its answer
    agree: bool  # whether it may have the field
    reason: Line = ""  # why not


@method(
    "kaifang.openapp.field.decide", raises=[FIELD_REQUEST_NOT_EXIST, FIELD_REQUEST_STATE_ERROR], who=Who.OPERATOR
)  # fmt: skip
def decide(work: Work, ask: Decide) -> Record:
    """Grant or reject an application's request for users' private data; the application hears of it."""
    asked = work.find(FieldAsked, id=request_id(ask.app_id, ask.api_name, ask.field_name))
    if asked is None:
        raise FIELD_REQUEST_NOT_EXIST(app_id=ask.app_id)
    if ask.agree:
        FieldRequest.agree(work, asked)
    else:
        FieldRequest.reject(work, asked)
        asked.reason = ask.reason
    tell_outcome(work, asked)
    return record(asked)


def tell_outcome(work: Work, asked: FieldAsked) -> None:
    """Tell the application what became of its request."""
    content = {
        "app_id": asked.app, "user_app_id": asked.user_app, "api_name": asked.api_name,
        "field_name": asked.field_name, "package_code": asked.package, "status": asked.state,
        "reason": asked.reason,
    }  # fmt: skip
    tell_app(work, asked.app, "alipay.open.app.api.field.changed", asked.id, content)


class List(Shape):
    state: Literal["AUDIT", "AGREE", "REJECT", "INVALID"] = "AUDIT"  # which requests
    page_num: Annotated[int, Meta(ge=1, le=10_000)] = 1  # from 1
    page_size: Annotated[int, Meta(ge=1, le=100)] = 20  # 1 to 100


class Request(Record, kw_only=True):
    app_id: str  # whose it is
    scene_code: str  # for which use
    answers: dict[str, str]  # what the applicant says of it
    proofs: list[str]  # file ids of pictures and a video of the use
    asked: Moment  # when


class Requests(Shape):
    requests: list[Request]  # the oldest first


@method("kaifang.openapp.field.list", who=Who.OPERATOR, reads=True)
def list_requests(work: Work, ask: List) -> Requests:
    """List the requests for users' private data, those first that wait longest."""
    skipped = (ask.page_num - 1) * ask.page_size
    found = work.select(FieldAsked, "state = ?", (ask.state,), "asked_at, id", ask.page_size, offset=skipped)
    return Requests(
        requests=[
            Request(
                **{name: getattr(record(asked), name) for name in Record.__struct_fields__}, app_id=asked.app,
                scene_code=asked.scene_code, answers=asked.answers, proofs=asked.proofs, asked=Moment(asked.asked_at),
            )
            for asked in found
        ]
    )  # fmt: skip


class Granted(Shape):
    api_name: Key  # the method
    app: Key | None = None  # whose grants; those of the application acted for if left out


class Fields(Shape):
    fields: list[str]  # the members of its answer that the application was granted


@method("kaifang.openapp.field.granted", who=Who.INSIDE, reads=True)
def granted(work: Work, ask: Granted) -> Fields:
    """Which private fields of a method's answer an application may have."""
    where = "app = ? and api_name = ? and state = ?"
    values = (ask.app or work.caller.auth_app, ask.api_name, FieldRequest.AGREE.name)
    return Fields(fields=[asked.field_name for asked in work.select(FieldAsked, where, values, "id")])


def lapse_requests(work: Work, app: str, user_app: str) -> None:
    """What a service provider asked for on a merchant's behalf ends with its authorisation."""
    for asked in work.select(FieldAsked, "app = ? and user_app = ?", (app, user_app), "id"):
        if FieldRequest.lapse.possible(asked):
            FieldRequest.lapse(work, asked)
            tell_outcome(work, asked)
