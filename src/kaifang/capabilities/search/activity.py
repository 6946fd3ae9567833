"""Activities of a box: something special that it shows for a while."""

from typing import Annotated, Literal

from msgspec import Meta

from kaifang.kernel import DAY, Address, Happening, Key, Line, Moment, Shape, Work, hears, method, timer
from kaifang.kernel.shape import plain

from .box import OWN_FAULTS, check_merchant, own
from .errors import INVALID, NO_PERMISSION, OVER_ACTIVITIES, OVERLAPPING, STATUS_NOT_ALLOWED
from .states import Box, BoxActivity
from .tables import ActivityRow

LONGEST, MOST = 90 * DAY, 10
ALIVE = (BoxActivity.AUDIT.name, BoxActivity.ONLINE.name)


class Rule(Shape):
    client_platform: Key | None = None  # on which telephones


class Region(Shape):
    region_code: Key  # such as 330100
    region_name: Line  # what it is called
    region_type: Key = "CITY"  # PROVINCE or CITY


class Video(Shape):
    video_btn_text: Line | None = None  # on the button
    video_coverimg_id: Key | None = None  # the picture before it plays
    video_sub_title: Line | None = None  # below
    video_title: Line | None = None  # above


class Apply(Shape):
    box_id: Key  # 28 digits
    title: Annotated[str, Meta(min_length=1, max_length=60)]  # what people read
    action_url: Address  # where a tap leads, alipays://
    start_time: Moment  # from when
    end_time: Moment  # until when, 90 days at most
    material_type: Literal["IMAGE", "VIDEO"]  # what is shown
    material_id: Key  # its number
    background_word: Annotated[str, Meta(max_length=15)] | None = None  # what stands in the empty search field
    merchant_id: Key | None = None  # whose it is: yourself
    oriented_rule: Rule | None = None  # on which telephones
    target_appid: Key | None = None  # the mini-program that a tap leads to
    target_appname: Line | None = None  # what that is called
    target_regions: Annotated[list[Region], Meta(max_length=100)] = []  # where alone it is shown
    video_info: Video | None = None  # what belongs to a video


class Applied(Shape):
    box_activity_id: str  # 28 digits


@method(
    "alipay.open.search.boxactivity.apply",
    raises=[INVALID, *OWN_FAULTS, STATUS_NOT_ALLOWED, OVER_ACTIVITIES, OVERLAPPING],
)  # fmt: skip
def apply(work: Work, ask: Apply) -> Applied:
    """Have a box show something special for a while; it is looked at first, and the same is one activity."""
    box = own(work, ask.box_id, ask.merchant_id)
    if box.state != Box.ONLINE.name:
        raise STATUS_NOT_ALLOWED(state=box.state)
    begin, end = ask.start_time.ms, ask.end_time.ms
    if not ask.action_url.startswith("alipays://"):
        raise INVALID(field="action_url", reason="it begins with alipays://")
    if end <= max(begin, work.now) or end > begin + LONGEST:
        raise INVALID(field="end_time", reason="not after its beginning, past, or more than 90 days later")
    rows = work.select(ActivityRow, "box = ? and state in (?, ?)", (box.id, *ALIVE), "id")
    for row in rows:
        if (row.title, row.material, row.begin, row.end) == (ask.title, ask.material_id, begin, end):
            return Applied(box_activity_id=row.id)
    regions = plain(ask.target_regions)
    if any(row.begin < end and begin < row.end and meet(row.regions, regions) for row in rows):
        raise OVERLAPPING(start_time=ask.start_time, end_time=ask.end_time)
    if len(rows) >= MOST:
        raise OVER_ACTIVITIES(most=MOST)
    row = ActivityRow(
        id=work.new_id("20645"), box=box.id, merchant=box.merchant, title=ask.title, kind=ask.material_type,
        material=ask.material_id, url=ask.action_url, app=ask.target_appid or box.app, begin=begin, end=end,
        app_name=ask.target_appname or box.name, word=ask.background_word or "", regions=regions, modified=work.now,
        rule=plain(ask.oriented_rule or Rule()), video=plain(ask.video_info or Video()),
    )  # fmt: skip
    work.add(row)
    work.later(end, "search.activity.expire", row.id)
    texts = [row.title, row.word, row.material, row.url]
    work.ask("kaifang.review.open", kind="search_activity", subject=row.id, merchant=row.merchant, texts=texts)
    return Applied(box_activity_id=row.id)


def meet(one: list[dict[str, str]], other: list[dict[str, str]]) -> bool:
    """Whether two lists of regions have one in common; no regions are all of them."""
    codes = {region["region_code"] for region in one} & {region["region_code"] for region in other}
    return not one or not other or bool(codes)


@hears("review.approve", "review.reject")
def reviewed(work: Work, happening: Happening) -> None:
    """An activity was looked at."""
    if happening.facts["kind"] != "search_activity":
        return
    row = work.find(ActivityRow, id=happening.facts["about"])
    assert row is not None, f"no activity {happening.facts['about']}"
    if row.state == BoxActivity.AUDIT.name:
        row.reason, row.modified = happening.facts["reason"], work.now
        arrow = BoxActivity.approve if happening.name == "review.approve" else BoxActivity.reject
        arrow(work, row, merchant=row.merchant)


@timer("search.activity.expire")
def expire(work: Work, happening: Happening) -> None:
    """Its time is over."""
    row = work.find(ActivityRow, id=happening.subject)
    if row is not None and BoxActivity.expire.possible(row):
        BoxActivity.expire(work, row, merchant=row.merchant)
        row.modified = work.now


class Query(Shape):
    box_activity_id: Key  # 28 digits
    merchant_id: Key | None = None  # whose it is: yourself


class WordInfo(Shape):
    background_word: str  # what stands in the empty search field
    status: str  # AUDIT, ONLINE or REJECT, as the activity
    fail_reason: Line | None = None  # why it was rejected


class Found(Shape):
    box_activity_id: str  # 28 digits
    box_id: str  # 28 digits
    title: str  # what people read
    material_type: str  # IMAGE or VIDEO
    material_url: str  # where it can be seen
    start_time: Moment  # from when
    end_time: Moment  # until when
    gmt_modified: Moment  # when it changed last
    status: str  # AUDIT, ONLINE, REJECT or EXPIRE
    run_status: str  # INITIAL, ONLINE or EXPIRE
    target_appid: str  # the mini-program that a tap leads to
    target_appname: str  # what that is called
    target_regions: list[Region]  # where alone it is shown
    oriented_rule: Rule  # on which telephones
    video_info: Video  # what belongs to a video
    background_word: str | None = None  # what stands in the empty search field
    background_word_info: WordInfo | None = None  # how that stands
    fail_reason: Line | None = None  # why it was rejected


@method("alipay.open.search.boxactivity.query", reads=True, raises=OWN_FAULTS)
def query(work: Work, ask: Query) -> Found:
    """Ask how an activity of a box stands."""
    check_merchant(work, ask.merchant_id)
    row = work.find(ActivityRow, id=ask.box_activity_id)
    if row is None or row.merchant != work.caller.merchant:
        raise NO_PERMISSION(box_activity_id=ask.box_activity_id)
    word = WordInfo(background_word=row.word, status=row.state, fail_reason=row.reason or None) if row.word else None
    return Found(
        box_activity_id=row.id, box_id=row.box, title=row.title, material_type=row.kind,
        material_url=work.link(f"/material/{row.material}"), start_time=Moment(row.begin), end_time=Moment(row.end),
        gmt_modified=Moment(row.modified), status=row.state, run_status=running(row, work.now), target_appid=row.app,
        target_appname=row.app_name, target_regions=[Region(**one) for one in row.regions],
        oriented_rule=Rule(**row.rule), video_info=Video(**row.video), background_word=row.word or None,
        background_word_info=word, fail_reason=row.reason or None,
    )  # fmt: skip


def running(row: ActivityRow, now: int) -> str:
    """Whether people see it."""
    if row.end <= now or row.state in (BoxActivity.EXPIRE.name, BoxActivity.REJECT.name):
        return "EXPIRE"
    return "ONLINE" if row.state == BoxActivity.ONLINE.name and row.begin <= now else "INITIAL"
