"""Users' private data: which fields of which methods an application may ask for, and who was granted them."""

from collections.abc import Iterator

import msgspec

from kaifang.kernel import Key, Line, Shape, Text, Who, Work, method
from kaifang.kernel.capability import capabilities
from kaifang.kernel.method import methods

from .errors import (
    API_NAME_ERROR,
    API_NAME_IS_BLANK,
    API_NAME_NO_NEED_APPLY,
    AUTH_API_APPLY_IS_PASS,
    AUTH_API_FIELD_IS_AUDITING,
    AUTHFIELDAPPLY_IS_BLANK,
    CUSTOMER_ANSWER_IS_BLANK,
    FIELD_NAME_IS_BLANK,
    FILE_FORMAT_IS_INVALID,
    FILE_ITEMS_IS_BLANK,
    PACKAGE_CODE_ERROR,
    PACKAGE_CODE_IS_BLANK,
    PRIVACY_FIELD_NOT_EXIST,
    QPS_ANSWER_IS_BLANK,
    SCENE_CODE_ERROR,
    SCENE_CODE_IS_BLANK,
)
from .file import Content, keep, media_type
from .states import FieldRequest
from .tables import FieldAsked

SCENES = {
    "MEMBER": "会员注册与登录 / becoming and being a member",
    "DELIVERY": "配送与上门服务 / delivery and visits",
    "BOOKING": "预约与实名购票 / bookings and tickets in a name",
    "SERVICE": "订单与售后联系 / reaching the buyer about an order",
}
PRIVATE = {"cert_no", "cert_type", "mobile", "user_name"}


class Api(Shape):
    api_name: str  # the method
    field_name: str  # a member of its answer
    package_code: str  # the capability it belongs to


class Apis(Shape):
    apis: list[Api]  # by name


class Nothing(Shape):
    pass


@method("alipay.open.app.api.query", reads=True)
def query(work: Work, ask: Nothing) -> Apis:
    """Query which fields of users' private data you may ask for."""
    return Apis(apis=list(private_fields()))


def private_fields() -> Iterator[Api]:
    """The private members of answers about a user who consented, where the capability looks at what is granted.

    What people tell a merchant themselves, in a form of its own, is the merchant's to read.
    """
    for name, one in sorted(methods.items()):
        if one.who is Who.USER and "kaifang.openapp.field.granted" in capabilities[one.capability].needs:
            members = {field.encode_name for answer in one.answers for field in msgspec.structs.fields(answer)}
            for field in sorted(members & PRIVATE):
                yield Api(api_name=name, field_name=field, package_code=one.capability)


class ScenesAsked(Shape):
    api_name: Key  # the method
    field_name: Key  # a member of its answer


class Scene(Shape):
    scene_code: str  # what a request names
    scene_desc: str  # what it is


class Scenes(Shape):
    auth_field_scene: list[Scene]  # for which uses the field may be asked for


@method("alipay.open.app.api.scene.query", raises=[API_NAME_NO_NEED_APPLY], reads=True)
def scenes(work: Work, ask: ScenesAsked) -> Scenes:
    """Query for which uses a field may be asked for."""
    if not any((api.api_name, api.field_name) == (ask.api_name, ask.field_name) for api in private_fields()):
        raise API_NAME_NO_NEED_APPLY(api_name=ask.api_name, field_name=ask.field_name)
    return Scenes(auth_field_scene=[Scene(scene_code=code, scene_desc=says) for code, says in SCENES.items()])


class Form(Shape):
    api_name: Key | None = None  # the method
    field_name: Key | None = None  # a member of its answer
    package_code: Key | None = None  # as the query of methods told it
    scene_code: Key | None = None  # as the query of scenes told it
    qps_answer: Line | None = None  # how many calls a second you expect within a year
    customer_answer: Text | None = None  # who answers users' questions, and how fast
    memo: Text | None = None  # what else there is to say
    tiny_app_template_id: Key | None = None  # the template you apply for, if any


class Apply(Shape):
    auth_field_apply: Form | None = None  # the form
    picture_1: Content | None = None  # of the use: PNG or JPEG, at most 10 MB; a picture or the video is needed
    picture_2: Content | None = None  # another
    picture_3: Content | None = None  # another
    picture_4: Content | None = None  # another
    picture_5: Content | None = None  # another
    video: Content | None = None  # of the use: MP4, at most 10 MB


class Applied(Shape):
    pass


BLANKS = {
    "api_name": API_NAME_IS_BLANK, "field_name": FIELD_NAME_IS_BLANK, "package_code": PACKAGE_CODE_IS_BLANK,
    "scene_code": SCENE_CODE_IS_BLANK, "qps_answer": QPS_ANSWER_IS_BLANK, "customer_answer": CUSTOMER_ANSWER_IS_BLANK,
}  # fmt: skip
APPLY_FAULTS = [
    AUTHFIELDAPPLY_IS_BLANK, *BLANKS.values(), FILE_ITEMS_IS_BLANK, FILE_FORMAT_IS_INVALID, API_NAME_ERROR,
    PRIVACY_FIELD_NOT_EXIST, PACKAGE_CODE_ERROR, SCENE_CODE_ERROR, AUTH_API_APPLY_IS_PASS, AUTH_API_FIELD_IS_AUDITING,
]  # fmt: skip


@method("alipay.open.app.api.field.apply", raises=APPLY_FAULTS)
def apply(work: Work, ask: Apply) -> Applied:
    """Ask for a field of users' private data; the platform's operators decide."""
    form = ask.auth_field_apply
    if form is None:
        raise AUTHFIELDAPPLY_IS_BLANK()
    for name, refusal in BLANKS.items():
        if not getattr(form, name):
            raise refusal()
    proofs = proofs_of(ask)
    check_field(form)
    asked = open_request(work, form)
    asked.scene_code, asked.user_app, asked.asked_at = str(form.scene_code), work.caller.app, work.now
    asked.answers = {name: told for name in form.__struct_fields__[4:] if (told := getattr(form, name))}
    asked.proofs = [keep(work, "api_field_apply", content).id for content in proofs]
    return Applied()


def proofs_of(ask: Apply) -> list[bytes]:
    """The pictures and the video of the use."""
    pictures = [told for name in ask.__struct_fields__ if name.startswith("picture") and (told := getattr(ask, name))]
    videos = [ask.video] if ask.video else []
    if not pictures + videos:
        raise FILE_ITEMS_IS_BLANK()
    right = all(media_type(picture) in ("image/png", "image/jpeg") for picture in pictures)
    if not right or any(media_type(video) != "video/mp4" for video in videos):
        raise FILE_FORMAT_IS_INVALID()
    return pictures + videos


def check_field(form: Form) -> None:
    """Refuse a form about what cannot be asked for."""
    of_api = [api for api in private_fields() if api.api_name == form.api_name]
    if not of_api:
        raise API_NAME_ERROR(api_name=form.api_name)
    if form.field_name not in [api.field_name for api in of_api]:
        raise PRIVACY_FIELD_NOT_EXIST(field_name=form.field_name)
    if form.package_code != of_api[0].package_code:
        raise PACKAGE_CODE_ERROR(package_code=form.package_code)
    if form.scene_code not in SCENES:
        raise SCENE_CODE_ERROR(scene_code=form.scene_code)


def open_request(work: Work, form: Form) -> FieldAsked:
    """The request for this field, fresh or repeated after it was rejected."""
    app, api, field = work.caller.auth_app, str(form.api_name), str(form.field_name)
    asked = work.find(FieldAsked, id=request_id(app, api, field))
    if asked is None:
        return work.add(
            FieldAsked(
                id=request_id(app, api, field), app=app, user_app=app, api_name=api, field_name=field,
                package=str(form.package_code), scene_code="", answers={}, proofs=[], asked_at=work.now,
            )
        )  # fmt: skip
    if asked.state == FieldRequest.AGREE.name:
        raise AUTH_API_APPLY_IS_PASS()
    if asked.state == FieldRequest.AUDIT.name:
        raise AUTH_API_FIELD_IS_AUDITING()
    FieldRequest.repeat(work, asked)
    asked.reason = ""
    return asked


def request_id(app: str, api_name: str, field_name: str) -> str:
    """How a request is found."""
    return f"{app}/{api_name}/{field_name}"
