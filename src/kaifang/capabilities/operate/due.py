"""What is due: the timers and events that wait for their time, and the notifications that wait to be heard."""

from typing import Annotated

from msgspec import Meta

from kaifang.kernel import Moment, Shape, Who, Work, method
from kaifang.kernel.events import Job


class Until(Shape):
    until: Moment | None = None  # what is due by then; left out: whenever
    page_num: Annotated[int, Meta(ge=1, le=1_000)] = 1  # from 1
    page_size: Annotated[int, Meta(ge=1, le=100)] = 20  # 1 to 100


class Waits(Shape):
    due: Moment  # when
    name: str  # what is done then
    event: str  # what is heard then, or the timer's own name
    subject: str  # the number of the thing it is about; empty: of none in particular
    tries: int  # how often it failed


class Kind(Shape):
    name: str  # what is done
    count: int  # how often


class Due(Shape):
    jobs: list[Waits]  # the earliest first
    kinds: list[Kind]  # how many of which, the most first
    total: int  # how many there are on all pages


@method("kaifang.clock.due", who=Who.OPERATOR, reads=True)
def due(work: Work, ask: Until) -> Due:
    """See what is due until a moment: what happens on the way when the clock is moved there."""
    where, values = ("due <= ?", (ask.until.ms,)) if ask.until else ("1 = 1", ())
    jobs = work.select(Job, where, values, "due, id", ask.page_size, offset=(ask.page_num - 1) * ask.page_size)
    sql = f"select name, count(*) from job where {where} group by name order by count(*) desc, name"  # noqa: S608
    kinds = [Kind(name=plain(name), count=int(count)) for name, count in work.tx.query(sql, values)]
    return Due(
        jobs=[
            Waits(due=Moment(job.due), name=plain(job.name), event=job.event, subject=job.subject, tries=job.tries)
            for job in jobs
        ],
        kinds=kinds, total=sum(kind.count for kind in kinds),
    )  # fmt: skip


def plain(name: str) -> str:
    """A timer by its name; who hears an event, by capability and function."""
    return name.removeprefix("kaifang.capabilities.").replace(".hears.", ".")


class Nothing(Shape):
    pass


class Owed(Shape, kw_only=True):
    app_id: str  # to which application
    owed: int  # not sent yet
    retrying: int  # sent, and not acknowledged yet
    given_up: int  # not acknowledged in time
    delivered: int  # acknowledged
    since: Moment | None = None  # the oldest that still waits
    next_try: Moment | None = None  # when the next one is sent


class Queue(Shape):
    apps: list[Owed]  # those first to whom most is owed


@method("kaifang.log.owed", who=Who.OPERATOR, reads=True)
def owed(work: Work, ask: Nothing) -> Queue:
    """See what is owed to applications, how late it is, and what was given up, by application."""
    return work.found_beside("operate.owed", count_owed)


SUMS = """select app, state, count(*), min(at), min(case when next_at > 0 then next_at end) from notice
group by app, state order by app, state"""


def count_owed(work: Work) -> Queue:
    """Counted by application and state."""
    apps: dict[str, Owed] = {}
    for app, state, count, since, soonest in work.tx.query(SUMS, ()):
        one = apps.setdefault(app, Owed(app_id=app, owed=0, retrying=0, given_up=0, delivered=0))
        setattr(one, state.lower(), int(count))
        if state in ("OWED", "RETRYING"):
            one.since = earlier(one.since, since)
            one.next_try = earlier(one.next_try, soonest)
    return Queue(apps=sorted(apps.values(), key=lambda one: (-one.owed - one.retrying, -one.given_up, one.app_id)))


def earlier(known: Moment | None, at: int | None) -> Moment | None:
    """The earlier of two moments, of which either may be missing."""
    moments = [moment for moment in (known, Moment(int(at)) if at else None) if moment is not None]
    return min(moments, key=lambda moment: moment.ms, default=None)
