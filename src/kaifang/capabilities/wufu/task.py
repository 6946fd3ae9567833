"""Tasks: merchants tell who did what the campaign names, and chances are earned by it."""

from kaifang.kernel import Key, Line, Shape, Who, Work, method
from kaifang.kernel.clock import day

from .card import give
from .errors import WUFU_FRIEND_ERROR, WUFU_NOT_EXIST, WUFU_NOT_OPEN, WUFU_TASK_ENOUGH, WUFU_TASK_NOT_EXIST
from .find import open_campaign, person, signed_in, the_campaign
from .tables import DoneRow, GivenRow, Task, WufuRow


class Report(Shape):
    campaign_id: Key  # the platform's number
    task: Key  # its code
    out_no: Key  # your own number of this; telling it twice counts once
    user_id: Key | None = None  # who did it, by user id,
    open_id: Line | None = None  # or as your app knows that person


class Reported(Shape):
    chances: int  # what it earned
    left: int  # how often this person can do it again today


@method(
    "kaifang.wufu.task.report",
    raises=[WUFU_NOT_EXIST, WUFU_NOT_OPEN, WUFU_TASK_NOT_EXIST, WUFU_TASK_ENOUGH, WUFU_FRIEND_ERROR],
)
def report(work: Work, ask: Report) -> Reported:
    """Tell that somebody did a task of yours: it earns chances."""
    row = open_campaign(work, ask.campaign_id)
    task = next((one for one in row.tasks if one.code == ask.task and one.by == work.caller.merchant), None)
    if task is None:
        raise WUFU_TASK_NOT_EXIST(task=ask.task)
    user = person(work, user_id=ask.user_id, open_id=ask.open_id).user_id
    done = work.find(DoneRow, wufu=row.id, task=task.code, user=user) or work.add(
        DoneRow(wufu=row.id, task=task.code, user=user)
    )
    if done.day != day(work.now):
        done.day, done.within = day(work.now), 0
    number = f"{task.code}/{ask.out_no}"
    if work.find(GivenRow, wufu=row.id, user=user, out_no=number) is None:
        if done.within >= task.per_day:
            raise WUFU_TASK_ENOUGH(per_day=task.per_day)
        done.within += 1
        give(work, row, user, task.chances, number)
        work.tell("wufu.task", row.id, user=user, task=task.code, merchant=task.by, chances=task.chances)
    return Reported(chances=task.chances, left=task.per_day - done.within)


class Which(Shape):
    campaign_id: Key  # the platform's number


class Standing(Shape):
    """A task, and how you stand in it."""

    task: str  # its code
    name: str  # what people are to do
    merchant: str  # user id of who tells that you did it
    merchant_name: str  # who that is
    chances: int  # what it earns
    per_day: int  # how often it counts in a day
    done: int  # how often you did it today
    left: int  # how often you still can today


class Standings(Shape):
    tasks: list[Standing]  # in the order of the campaign


@method("kaifang.wufu.task.mine", who=Who.WALLET, reads=True, raises=[WUFU_NOT_EXIST])
def mine(work: Work, ask: Which) -> Standings:
    """See which tasks earn chances, and which of them you did today."""
    user, row = signed_in(work), the_campaign(work, ask.campaign_id)
    return Standings(tasks=[standing(work, row, task, user) for task in row.tasks])


def standing(work: Work, row: WufuRow, task: Task, user: str) -> Standing:
    """How somebody stands in a task."""
    found = work.find(DoneRow, wufu=row.id, task=task.code, user=user)
    done = found.within if found is not None and found.day == day(work.now) else 0
    return Standing(
        task=task.code, name=task.name, merchant=task.by, chances=task.chances, per_day=task.per_day, done=done,
        merchant_name=work.ask("kaifang.account.party.find", user_id=task.by).name, left=task.per_day - done,
    )  # fmt: skip
