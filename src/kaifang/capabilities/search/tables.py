"""What is kept of boxes, keywords, activities, and of what is found by full text."""

from typing import Any

from kaifang.kernel import Row, Shape, table

from .states import Box, BoxActivity, Keyword


class Module(Shape):
    """A part of a box: what people see of it, and what waits for its review."""

    id: str
    shown: Any  # what people see; None: nothing
    asked: Any = None  # what was asked for last
    apply_no: str = ""
    status: str = "ONLINE"  # AUDIT, ONLINE or REJECT
    reason: str = ""
    modified: int = 0  # milliseconds


@table("search_box", index=[("merchant", "id"), ("app",), ("brand",)])
class BoxRow(Row):
    """What a search for a brand or a mini-program leads straight to."""

    id: str  # box_id
    merchant: str  # user id
    brand: str  # brand_id; empty for a mini-program's box
    app: str  # target_appid; empty for a brand's box
    name: str
    modules: dict[str, Module]  # by module_type
    reason: str = ""  # why it was rejected
    state: str = Box.begin.name


@table("search_keyword", index=[("app", "id"), ("apply_no",), ("word",)])
class KeywordRow(Row):
    """A word by which a mini-program is found."""

    id: str  # config_id
    app: str
    merchant: str  # user id
    word: str  # as it was approved; empty: not yet
    asked: str  # as it was asked for last
    apply_no: str
    created: int  # milliseconds
    audited: int = 0  # milliseconds
    reason: str = ""  # why it was rejected
    state: str = Keyword.begin.name


@table("search_quota")
class QuotaRow(Row):
    """How many keywords a mini-program may have."""

    id: str  # app_id
    most: int


@table("search_activity", index=[("box", "id")])
class ActivityRow(Row):
    """Something special that a box shows for a while."""

    id: str  # box_activity_id
    box: str  # box_id
    merchant: str  # user id
    title: str
    kind: str  # IMAGE or VIDEO
    material: str  # number of the picture or video
    url: str  # where a tap leads
    app: str  # target_appid
    app_name: str
    word: str  # what stands in the empty search field
    regions: list[dict[str, str]]  # none: everywhere
    rule: dict[str, str]
    video: dict[str, str]
    begin: int  # milliseconds
    end: int
    modified: int
    reason: str = ""  # why it was rejected
    state: str = BoxActivity.begin.name


@table("search_document", index=[("writer", "number")])
class DocumentRow(Row):
    """Something that people can find by words; each process that searches has all of them in an index of its own."""

    id: str  # kind and subject
    kind: str  # SHOP, SERVICE, APP, VOUCHER or BOX
    subject: str  # its number
    merchant: str  # user id
    title: str
    text: str  # what else people might look for
    words: list[str]  # what leads straight to it
    link: str  # where a tap leads; empty: it is opened by its number
    longitude: int | None = None  # millionths of a degree
    latitude: int | None = None
    gone: bool = False
    writer: int = 0  # who changed it last,
    number: int = 0  # and which of its changes that was
