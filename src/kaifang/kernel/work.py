"""One unit of work: one transaction, one caller, one reading of the clock."""

from __future__ import annotations

import contextlib
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from typing import Any, TypeVar, cast

import msgspec

from . import events, ledger, notices
from .ids import Chance, long_number, short_number
from .ledger import NO_HASH
from .method import methods, perform
from .shape import convert
from .store import Tx, read
from .table import Row, table, table_of

R = TypeVar("R", bound=Row)
T = TypeVar("T")


class Caller(msgspec.Struct, frozen=True, kw_only=True):
    """Who asks, as far as the signature and the tokens prove it."""

    app: str = ""  # app_id that signed
    role: str = "anyone"  # anyone, wallet, device, operator or inside
    merchant: str = ""  # the party acted for: the app's owner, or who authorised it
    auth_app: str = ""  # the app acted for: the same app, or the one of the merchant who authorised it
    user: str | None = None  # the user who consented, if a token says so
    scopes: tuple[str, ...] = ()  # what that user consented to
    session: str = ""  # the session whose key signed, if one did, instead of the app's
    address: str = ""  # the network address that a sign-in comes from, where it says something
    device: str = ""  # the device that signed, if one did: it acts for the merchant to whom it is bound
    open_ids: bool = False  # whether this app knows users by open_id only
    notify_url: str | None = None
    return_url: str | None = None


PLATFORM = Caller(role="inside")


@table("writer")
class Writer(Row):
    """One process that writes: its running counts, and the head of its chain."""

    id: int
    numbers: int = 0  # ids given out
    entries: int = 0  # entries of the journal
    head: str = NO_HASH  # hash of the last of them
    events: int = 0  # lines of the outbox
    clock_seen: int = 0  # which version of the clock it goes by, counted from 1; 0 if it does not look


WRITERS = table_of(Writer).primary


class Pace(msgspec.Struct):
    """How the queue of a process gets on, counted since it began."""

    batches: int = 0
    works: int = 0  # units of work in them
    largest: int = 0  # the most in one batch
    waiting: int = 0  # units of work behind the last batch
    recent: deque[tuple[int, int]] = msgspec.field(default_factory=lambda: deque(maxlen=100))  # size and milliseconds

    def note(self, works: int, took: int) -> None:
        """A batch was carried out."""
        self.batches, self.works, self.largest = self.batches + 1, self.works + works, max(self.largest, works)
        self.recent.append((works, took))


class Place(msgspec.Struct):
    """Where work is done: which writer, with which chance; and what the platform learns from it."""

    writer: int
    chance: Chance
    sandbox: bool = True  # whether the money is play money, and the clock may be moved
    shared: bool = False  # whether other processes write too
    home: str = ""  # how browsers reach the platform, such as http://127.0.0.1:8888
    next_due: int | None = None  # the earliest timer set since the platform looked
    listeners: dict[str, Callable[[str], None]] = {}  # event -> who must know, at least once; no subject: of any
    kept: dict[str, Any] = {}  # what handlers remember of what is committed, by names of their own
    told: list[tuple[str, str]] = []  # events with listeners, and their subjects, since the platform looked
    pace: Pace = msgspec.field(default_factory=Pace)  # how the queue gets on
    identity: Any = None  # who the platform is: its keys and certificates, which only its gateway understands
    fronts: int = 0  # processes before this one that have their work done here


class Slow(Exception):  # noqa: N818 - it is no error
    """A handler needs what takes long: whoever runs the work may have it computed outside, and run the work again."""

    def __init__(self, key: Any, compute: Callable[[], Any]) -> None:
        super().__init__(type(self).__name__)
        self.key, self.compute = key, compute

    def __reduce__(self) -> tuple[type[Slow], tuple[Any, Callable[[], Any]]]:
        return Slow, (self.key, self.compute)

    def begin(self, threads: Executor) -> Future[Any]:
        """Have it computed."""
        return threads.submit(self.compute)


class Awaited(Slow):
    """A handler needs what is being found out already: see `Work.awaited`."""

    def __init__(self, future: Future[Any]) -> None:
        super().__init__("awaited", future.result)
        self.future = future

    def begin(self, threads: Executor) -> Future[Any]:
        """It has begun."""
        return self.future


class Work:
    """What a handler is given. Its methods are the whole of what a handler may do."""

    __slots__ = ("tx", "now", "caller", "place", "afterwards", "computed", "hops")

    def __init__(self, tx: Tx, now: int, caller: Caller, place: Place) -> None:
        self.tx, self.now, self.caller, self.place = tx, now, caller, place
        self.afterwards: list[str] = []
        self.computed: dict[Any, Any] | None = None  # outside, by its key; None where nobody computes outside
        self.hops = 0  # how often the house has acted by itself since somebody did: timers and events hand it on

    @property
    def writer(self) -> Writer:
        """The counts of the process that does this work."""
        return self.tx.take((WRITERS, self.place.writer)) or self.tx.add(Writer(id=self.place.writer))

    @property
    def chance(self) -> Chance:
        """The source of secrets and draws."""
        return self.place.chance

    # Rows

    def find(self, kind: type[R], **key: Any) -> R | None:
        """The row with this key, or None: an own copy, changed in place."""
        return self.tx.take(table_of(kind).place(key))  # type: ignore[no-any-return]

    def add(self, row: R) -> R:
        """Keep a new row."""
        return self.tx.add(row)

    def remove(self, row: Row) -> None:
        """Forget a row."""
        self.tx.remove(row)

    def want(self, kind: type[Row], keys: Sequence[Any]) -> None:
        """Say which rows will be needed together, so that they are read in one go."""
        self.tx.want(kind, keys)

    def select(
        self, kind: type[R], where: str = "1 = 1", values: Sequence[Any] = (), order: str = "", limit: int = 0, *,
        offset: int = 0,
    ) -> list[R]:  # fmt: skip
        """The rows for which an SQL condition holds; `?` stands for each value. What was written so far is seen."""
        return self.tx.select(kind, where, values, order, limit, offset=offset)

    def count(self, kind: type[Row], where: str = "1 = 1", values: Sequence[Any] = ()) -> int:
        """How many rows there are for which an SQL condition holds."""
        sql = f'select count(*) from "{table_of(kind).name}" where {where}'  # noqa: S608
        return int(self.tx.query(sql, values)[0][0])

    def sum(self, kind: type[Row], column: str, where: str = "1 = 1", values: Sequence[Any] = ()) -> int:
        """The sum of a column over the rows for which an SQL condition holds."""
        sql = f'select coalesce(sum("{column}"), 0) from "{table_of(kind).name}" where {where}'  # noqa: S608
        return int(self.tx.query(sql, values)[0][0])

    @staticmethod
    def key_of(row: Any) -> Any:
        """The primary key of a row."""
        return table_of(type(row)).key_of(row)

    # Numbers

    def new_id(self, kind: str = "00000") -> str:
        """A new number of 28 digits; the five digits of its kind stand behind the day."""
        return long_number(self.now, kind, self.place.writer, self._count())

    def new_party(self, prefix: str = "2088") -> str:
        """A new number of 16 digits that starts with the prefix, as parties and apps have them."""
        return short_number(prefix, self.place.writer, self._count())

    def _count(self) -> int:
        writer = self.writer
        writer.numbers += 1
        return writer.numbers

    # Value

    balance = ledger.balance
    limit = ledger.limit
    post = ledger.post
    hold = ledger.hold
    settle = ledger.settle
    void = ledger.void

    # Others

    tell = events.tell
    later = events.later
    moved = events.moved
    notify = notices.notify

    def ask(self, name: str, /, **fields: Any) -> Any:
        """Call another capability's method inside this unit of work; its refusal is raised, and refuses all of it."""
        method = methods[name]
        try:
            return perform(method, self, convert(fields, method.ask))
        except Exception:
            self.tx.refused |= not method.reads
            raise

    def ask_if_offered(self, name: str, /, **fields: Any) -> Any:
        """The same of a capability that need not be here; None if it is not."""
        return self.ask(name, **fields) if name in methods else None

    @contextlib.contextmanager
    def attempt(self) -> Iterator[Work]:
        """A part of this work whose refusal leaves no trace: who catches it can go on."""
        inner = self.within(self.caller, Tx(self.tx))
        try:
            yield inner
        except Exception:
            inner.tx.drop()
            raise
        inner.tx.merge()

    def acting(self, **changes: Any) -> Work:
        """The same unit of work for another caller: a timer acting for a merchant, say."""
        return self.within(msgspec.structs.replace(self.caller, **changes), self.tx)

    def within(self, caller: Caller, tx: Tx) -> Work:
        """The same place and time."""
        inner = Work(tx, self.now, caller, self.place)
        inner.afterwards, inner.computed, inner.hops = self.afterwards, self.computed, self.hops
        return inner

    def link(self, path: str) -> str:
        """The address of a page or file of this platform, for people outside."""
        return self.place.home + path

    def go_on(self) -> None:
        """Do not begin again for rows that are missed from here on: what was done so far is too dear for that."""
        self.tx.batch.gather = False

    def slowly(self, key: Any, compute: Callable[[], T]) -> T:
        """The outcome of something that takes long and touches nothing; it is computed once for a key.

        It may be computed in another process: `compute` is a function of a module, or a partial of one.
        """
        if self.computed is None:
            self.go_on()
            return compute()
        if key not in self.computed:
            raise Slow(key, compute)
        return cast(T, self.computed[key])

    def beside(self, find: Callable[[Work], T]) -> Future[T]:
        """Begin to find something out from what is committed, in a thread and a view of its own."""
        another, now, place = self.tx.batch.engine.another, self.now, self.place

        def run() -> T:
            with contextlib.closing(another()) as reader:
                return read(reader, lambda tx: find(Work(tx, now, PLATFORM, place)))

        threads = ThreadPoolExecutor(1, "beside")
        try:
            return threads.submit(run)
        finally:
            threads.shutdown(wait=False)

    def awaited(self, future: Future[T]) -> T:
        """What came of something that was begun; if that is not known yet the work is run again once it is.

        Where nobody computes outside, it is waited for here.
        """
        if self.computed is None or future.done():
            return future.result()
        raise Awaited(future)

    def found_beside(self, key: str, find: Callable[[Work], T]) -> T:
        """What is found out in a thread and a view of its own; who asks the same meanwhile waits for the same."""
        return self.found_once(key, lambda: self.beside(find))

    def found_once(self, key: str, begin: Callable[[], Future[T]]) -> T:
        """What comes of something that takes long, begun unless it is under way already."""
        under_way = self.place.kept
        if key not in under_way:
            under_way[key] = begin()
        future = under_way[key]
        try:
            found = self.awaited(future)
        finally:
            if future.done():
                under_way.pop(key, None)
        self.go_on()  # else it would be begun again for the next row that is missed
        return cast(T, found)

    def note_due(self, due: int) -> None:
        """Remember the earliest timer set, so that the platform wakes for it."""
        if self.place.next_due is None or due < self.place.next_due:
            self.place.next_due = due
