"""The logs of several writers read as one, and a clock that never runs backwards."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule
from tests.visit import Visit

from kaifang.kernel import DAY, MINUTE, SECOND, Caller, Moment, Work

OPERATOR = Caller(role="operator")
SMALL = settings(max_examples=20, stateful_step_count=15, deadline=None, suppress_health_check=list(HealthCheck))


@pytest.fixture
def town() -> Iterator[Visit]:
    """A copy of the town."""
    town = Visit()
    yield town
    town.close()


def tell(town: Visit, writer: int, number: int) -> None:
    """One process sees something happen."""

    def happen(work: Work) -> None:
        work.tell("bell.ring", str(number))

    town.platform.place.writer = writer
    town.platform.do(happen)


def test_the_events_of_several_writers_come_in_one_order(town: Visit) -> None:
    for number, writer in enumerate([1, 2, 1, 3, 3, 2, 1, 2, 2, 1]):
        tell(town, writer, number)
        town.wait(SECOND)
    pages: list[Any] = []
    for page in range(1, 6):
        ask = {"name": "bell.ring", "page_num": page, "page_size": 3}
        pages.append(town.ask(OPERATOR, "kaifang.log.events", **ask).events)
    assert [len(page) for page in pages] == [3, 3, 3, 1, 0]
    assert [int(one.subject) for page in pages for one in page] == list(range(9, -1, -1))


def test_the_journal_is_shown_as_it_is_chained(town: Visit) -> None:
    entries = town.ask(OPERATOR, "kaifang.log.entries", page_size=100).entries
    assert [entry.number for entry in entries] == list(range(len(entries), 0, -1))
    assert all(sum(leg.change for leg in entry.legs) == 0 and len(entry.hash) == 64 for entry in entries)


class Clocks(RuleBasedStateMachine):
    """The clock is moved by lengths and to moments, and never runs backwards."""

    def __init__(self) -> None:
        super().__init__()
        self.town = Visit()
        self.now = self.town.now

    @rule(seconds=st.integers(0, 100_000))
    def move_by(self, seconds: int) -> None:
        """It goes on by a length of time."""
        self.moved(self.now + seconds * SECOND, {"by": f"{seconds}s"})

    @rule(offset=st.integers(-2, 9))
    def move_to(self, offset: int) -> None:
        """It goes to a moment, if that is not past."""
        wanted = (self.now + offset * DAY) // SECOND * SECOND
        self.moved(wanted, {"to": Moment(wanted)})

    def moved(self, wanted: int, ask: dict[str, Any]) -> None:
        """Ask for a move, and know where the clock must be afterwards."""
        answer = self.town.race((OPERATOR, "kaifang.clock.move", ask))[0]
        if wanted < self.now:
            assert answer == "CLOCK_RUNS_FORWARD"
        else:
            assert answer.ms == wanted
            self.now = wanted

    @rule()
    def two_move_it(self) -> None:
        """Of two who move it at once, the farther counts."""
        calls = [(OPERATOR, "kaifang.clock.move", {"by": by}) for by in ("2m", "1m")]
        self.town.race(*calls)
        self.now += 2 * MINUTE

    @invariant()
    def the_clock_is_where_it_should_be(self) -> None:
        """The answers agree with the clock itself."""
        told = self.town.ask(OPERATOR, "kaifang.clock.read")
        assert (told.ms, self.town.now, str(told.now)) == (self.now, self.now, str(Moment(self.now)))

    def teardown(self) -> None:
        """Leave."""
        self.town.close()


class TestClocks(Clocks.TestCase):
    settings = SMALL
