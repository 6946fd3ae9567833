"""A plan: what it may show, when and to whom, and how it begins and is over."""

from typing import Any

from kaifang.kernel import DAY, Money, Work, told_as
from kaifang.kernel.shape import plain

from .channel import PAYMENT_RESULT
from .errors import BIZ_ERROR, INVALID
from .material import pictures_of
from .parts import Base, Content, Play, Target
from .states import Delivery
from .tables import PlanRow

LONGEST = 366 * DAY  # how long something is shown at most
HIGHEST = Money(9_999_900)  # what an order can be asked to come to
AT_ONCE = 100  # plans that may show one activity at a time
OF_ONE = 500  # plans that a merchant may have at a time, so that those of its neighbours are looked at too
LIVE = (Delivery.WAITING.name, Delivery.ACTIVE.name)


def period_of(work: Work, base: Base) -> tuple[int, int]:
    """From when until when something is shown."""
    if base.delivery_begin_time is None or base.delivery_end_time is None:
        raise INVALID(field="delivery_base_info", reason="give delivery_begin_time and delivery_end_time")
    begin, end = base.delivery_begin_time.ms, base.delivery_end_time.ms
    if not begin < end <= begin + LONGEST or end <= work.now:
        raise INVALID(field="delivery_end_time", reason="after the beginning and in the future, within a year")
    return begin, end


def content_of(play: Play, booth: str) -> Content:
    """What is shown, said in exactly one way."""
    single, full = play.delivery_single_send_config, play.delivery_full_send_config
    if full is not None and booth != PAYMENT_RESULT:
        raise INVALID(field="delivery_full_send_config", reason=f"only in {PAYMENT_RESULT}")
    if full is not None and (full.delivery_floor_amount is None or full.delivery_floor_amount > HIGHEST):
        raise INVALID(field="delivery_floor_amount", reason=f"0.01 to {HIGHEST}")
    ways = [one for one in (single, full) if one is not None]
    if len(ways) != 1:
        raise INVALID(field="delivery_play_config", reason="give exactly one of its two members")
    content = ways[0].delivery_content_info or Content()
    told = (content.delivery_activity_content, content.delivery_app_content, content.delivery_item_content)
    if sum(one is not None for one in told) != 1:
        raise INVALID(field="delivery_content_info", reason="an activity, a mini-program or goods: exactly one")
    return content


def check_target(work: Work, target: Target | None) -> None:
    """Whether a target can be meant: nothing is shown after payments to merchants who have not asked for it."""
    if target is None:
        return
    rule = target.delivery_merchant_rule
    sellers = [*(target.delivery_merchant_infos or []), *((rule.delivery_merchant_infos or []) if rule else [])]
    if any(one.merchant_id != work.caller.merchant for one in sellers):
        raise INVALID(field="delivery_merchant_infos", reason="yourself")
    if target.delivery_recall_mode == "CITY_RECALL" and target.delivery_available_scope is None:
        raise INVALID(field="delivery_available_scope", reason="CITY_RECALL needs it")


def the_activity(work: Work, activity_id: str) -> Any:
    """An activity of the caller's that is published and not over."""
    with told_as({"ACTIVITY_NOT_EXIST": INVALID}):
        activity = work.ask("alipay.marketing.activity.query", activity_id=activity_id)
    if activity.activity_status != "ACTIVE":
        raise BIZ_ERROR(reason="the activity is a draft, or over", activity_status=activity.activity_status)
    if work.count(PlanRow, "activity = ? and state in (?, ?)", (activity_id, *LIVE)) >= AT_ONCE:
        raise BIZ_ERROR(reason=f"{AT_ONCE} plans show this activity already")
    return activity


def begin(work: Work, row: PlanRow) -> PlanRow:
    """Keep a plan, and show what it shows as soon as it is time."""
    if work.count(PlanRow, "merchant = ? and state in (?, ?)", (row.merchant, *LIVE)) >= OF_ONE:
        raise BIZ_ERROR(reason=f"{OF_ONE} plans of yours are waiting or shown; stop one first")
    work.add(row)
    work.later(row.end, "delivery.end", row.id)
    if row.begin > work.now:
        work.later(row.begin, "delivery.open", row.id)
    else:
        Delivery.open(work, row, **facts(work, row))
    return row


def facts(work: Work, row: PlanRow) -> dict[str, Any]:
    """What the events of a plan tell: all that a slot needs."""
    full = row.play.delivery_full_send_config
    return {
        "merchant": row.merchant, "name": row.name, "booth_code": row.booth, "activity_id": row.activity or None,
        "content": plain(content_of(row.play, row.booth)), "begin": row.begin, "end": row.end,
        "floor": full.delivery_floor_amount if full is not None else None, "pictures": pictures_of(work, row.material),
        "guide": guide_of(row.play), "target": plain(row.target) if row.target is not None else None,
    }  # fmt: skip


def guide_of(play: Play) -> str | None:
    """Where a touch leads, if that was said."""
    single = play.delivery_single_send_config
    config = single.delivery_content_config if single is not None else None
    guide = config.delivery_send_guide if config is not None else None
    return guide.delivery_guide_url if guide is not None else None
