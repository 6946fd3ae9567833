"""What the lists of a merchant's business share: which of its rows are meant, and which page of them."""

from collections.abc import Sequence
from typing import Annotated, TypeVar

from msgspec import Meta

from kaifang.kernel import DAY, INVALID_PARAMETER, Key, Line, Moment, Row, Shape, Work, holding
from kaifang.kernel.clock import day_start

R = TypeVar("R", bound=Row)
LONGEST, USUAL = 366 * DAY, 31 * DAY

PageNumber = Annotated[int, Meta(ge=1, le=100_000)]
PageSize = Annotated[int, Meta(ge=1, le=100)]


class Listed(Shape):
    begin_time: Moment | None = None  # from then on; 31 days before end_time if left out
    end_time: Moment | None = None  # before then; up to now if left out; at most 366 days after begin_time
    keyword: Line | None = None  # part of what it is for, or of a number of it
    store_id: Key | None = None  # only of this shop of yours
    ascending: bool = False  # the smallest or oldest first
    page_num: PageNumber = 1  # from 1
    page_size: PageSize = 20  # 1 to 100


def span(work: Work, begin: Moment | None, end: Moment | None) -> tuple[int, int]:
    """From when until when, in milliseconds."""
    until = end.ms if end is not None else day_start(work.now) + DAY
    since = begin.ms if begin is not None else until - USUAL
    if not 0 < until - since <= LONGEST:
        raise INVALID_PARAMETER(field="end_time", reason="after begin_time, at most 366 days")
    return since, until


def wanted(work: Work, ask: Listed, time: str, named: tuple[str, ...]) -> tuple[str, list[object]]:
    """Which rows are meant, as an SQL condition: `time` is the column of their moment, `named` are looked through."""
    where, values = f"merchant = ? and {time} >= ? and {time} < ?", [
        work.caller.merchant, *span(work, ask.begin_time, ask.end_time)
    ]  # fmt: skip
    if ask.store_id:
        where, values = f"{where} and store = ?", [*values, ask.store_id]
    if ask.keyword:
        condition, texts = holding(ask.keyword, *named)
        where, values = f"{where} and {condition}", [*values, *texts]
    return where, values


def paged(work: Work, kind: type[R], ask: Listed, column: str, where: str, values: list[object]) -> Sequence[R]:
    """The page of those rows that is asked for, in the order of a column."""
    way = "asc" if ask.ascending else "desc"
    skipped = (ask.page_num - 1) * ask.page_size
    return work.select(kind, where, values, f"{column} {way}, id {way}", ask.page_size, offset=skipped)


def masked(work: Work, users: list[str]) -> dict[str, str]:
    """How people may be named to those they bought from."""
    return {user: work.ask("kaifang.account.party.find", user_id=user).masked for user in sorted(set(users)) if user}
