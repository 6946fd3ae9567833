"""How the platform is: its version, its database, how long work waits, what is overdue, and who serves."""

from kaifang import __version__
from kaifang.kernel import SECOND, Moment, Shape, Who, Work, method
from kaifang.kernel.events import Job
from kaifang.kernel.platform import clock_of
from kaifang.kernel.work import Writer

SIZES = {
    "sqlite": "select page_count * page_size from pragma_page_count(), pragma_page_size()",
    "postgres": "select pg_database_size(current_database())",
}


class Ask(Shape):
    pass


class Process(Shape):
    writer: int  # its number
    here: bool  # whether it answered this
    serves: bool  # whether it runs now
    entries: int  # of the journal that it wrote
    events: int  # of the outbox that it wrote


class Pace(Shape):
    batches: int  # that it carried out since it began
    works: int  # units of work in them
    largest: int  # the most in one
    lately: int  # in the last hundred batches
    wait: int  # milliseconds that a batch took lately, half of them
    longest: int  # milliseconds that the slowest of them took
    waiting: int  # units of work that waited behind this one


class Health(Shape, kw_only=True):
    release: str  # of the platform, such as 0.1.0
    engine: str  # sqlite or postgres
    sandbox: bool  # whether the money is play money, and the clock may be moved
    now: Moment  # the platform's time
    stands: bool  # whether its clock stands still
    bytes: int  # that the database takes
    processes: list[Process]  # those that write
    fronts: int  # processes before the one that writes here
    pace: Pace  # of the process that answered
    overdue: int  # timers and events that should have been done a second ago
    oldest: Moment | None = None  # since when the first of them waits


@method("kaifang.health.read", who=Who.OPERATOR)
def read(work: Work, ask: Ask) -> Health:
    """See how the platform is; it is the process that writes which answers."""
    engine, pace = work.tx.batch.engine, work.place.pace
    late = (work.now - SECOND,)
    oldest = work.select(Job, "due < ?", late, "due, id", 1)
    name = "postgres" if engine.rounds else "sqlite"
    return Health(
        release=__version__, engine=name, sandbox=work.place.sandbox, now=Moment(work.now),
        stands=clock_of(work).frozen_at is not None, bytes=int(work.tx.query(SIZES[name], ())[0][0]),
        processes=processes(work), fronts=work.place.fronts, overdue=work.count(Job, "due < ?", late),
        oldest=Moment(oldest[0].due) if oldest else None,
        pace=Pace(
            batches=pace.batches, works=pace.works, largest=pace.largest, waiting=pace.waiting,
            lately=sum(size for size, _ in pace.recent), wait=middle([took for _, took in pace.recent]),
            longest=max((took for _, took in pace.recent), default=0),
        ),
    )  # fmt: skip


def processes(work: Work) -> list[Process]:
    """Every process that ever wrote here, and whether it still runs."""
    serving = work.tx.batch.engine.writers()
    return [
        Process(
            writer=row.id, here=row.id == work.place.writer, serves=row.id in serving, entries=row.entries,
            events=row.events,
        )
        for row in work.select(Writer, order="id")
    ]  # fmt: skip


def middle(values: list[int]) -> int:
    """The one in the middle."""
    return sorted(values)[len(values) // 2] if values else 0
