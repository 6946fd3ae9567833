"""What plans and deliveries share: their time, and the vouchers that they show."""

from typing import Any

from kaifang.kernel import DAY, INVALID_PARAMETER, Moment, Work, told_as

from .errors import RESOURCE_INVALID

LONGEST = 366 * DAY


def period(work: Work, since: Moment | None, until: Moment | None, names: tuple[str, str]) -> tuple[int, int]:
    """From when until when something is shown, at most a year."""
    if until is None:
        raise INVALID_PARAMETER(field=names[1], reason="missing; until when is it shown")
    begin = since.ms if since is not None else work.now
    if not begin < until.ms <= begin + LONGEST or until.ms <= work.now:
        raise INVALID_PARAMETER(field=names[1], reason="after the beginning and in the future, within a year")
    return begin, until.ms


def check_activity(work: Work, activity_id: str) -> Any:
    """The caller's activity, if it goes on."""
    with told_as({"ACTIVITY_NOT_EXIST": RESOURCE_INVALID, "INVALID_PARAMETER": RESOURCE_INVALID}):
        activity = work.ask("alipay.marketing.activity.query", activity_id=activity_id)
    if activity.activity_status != "ACTIVE":
        raise RESOURCE_INVALID(activity_id=activity_id, activity_status=activity.activity_status)
    return activity
