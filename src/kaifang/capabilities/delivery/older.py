"""The older way to plan: activities with their slots, each a plan of its own that lasts as long as the activity."""

from collections.abc import Callable, Sequence
from typing import Any

from kaifang.kernel import Fault, Shape, Work

from .channel import the_booth
from .errors import INVALID
from .parts import ActivityContent, Config, Content, Play, SingleSend
from .plan import begin, facts, the_activity
from .states import Delivery
from .tables import PlanRow


class Succeeded(Shape):
    delivery_config: Config  # what was done


class Failed(Shape):
    delivery_config: Config  # what was not
    error_code: str  # INVALID_PARAMETER or BIZ_ERROR
    error_msg: str  # the same in words


def each(work: Work, configs: Sequence[Config], do: Callable[[Work, Config], object]) -> dict[str, Any]:
    """Do something with each; what is refused of one does not hold up the others."""
    done, failed = [], []
    for config in configs:
        try:
            with work.attempt() as part:
                do(part, config)
            done.append(Succeeded(delivery_config=config))
        except Fault as refusal:
            failed.append(Failed(delivery_config=config, error_code=refusal.kind.code, error_msg=refusal.says()))
    return {"success_delivery_config_list": done or None, "error_delivery_config_list": failed or None}


def plan_activity(work: Work, config: Config) -> None:
    """Show an activity in a slot as long as it lasts."""
    booth, activity = the_booth(config.booth_code, "booth_code"), the_activity(work, config.activity_id)
    content = Content(delivery_activity_content=ActivityContent(activity_id=config.activity_id))
    row = PlanRow(
        id=work.new_id("82604"), merchant=work.caller.merchant, name=activity.activity_name, booth=booth,
        activity=config.activity_id, begin=activity.publish_start_time.ms, end=activity.publish_end_time.ms,
        play=Play(delivery_single_send_config=SingleSend(delivery_content_info=content)),
    )  # fmt: skip
    begin(work, row)


def stop_activity(work: Work, config: Config) -> None:
    """Show an activity in a slot no longer."""
    row = newest(work, config)
    if row is None:
        raise INVALID(field="delivery_config_list", reason="no plan of yours shows this activity there")
    Delivery.stop(work, row, **facts(work, row))


def newest(work: Work, config: Config) -> PlanRow | None:
    """The caller's newest plan that shows an activity in a slot."""
    where = "activity = ? and booth = ? and merchant = ?"
    values = (config.activity_id, the_booth(config.booth_code, "booth_code"), work.caller.merchant)
    return next(iter(work.select(PlanRow, where, values, "id desc", 1)), None)
