"""Reading the outbox: each event once, page by page; one that cannot be taken in holds up no other."""

from __future__ import annotations

import logging
from collections.abc import Sequence

import pytest

from kaifang.kernel import Work, outbox
from kaifang.kernel.events import Event
from kaifang.kernel.platform import Platform
from kaifang.kernel.store import Broken
from kaifang.kernel.work import Writer
from tests.kernel.conftest import DAWN
from tests.kernel.things import Counter, Thing


def tell(work: Work, *subjects: str) -> None:
    """Announce something about each of them, and something else."""
    for subject in subjects:
        work.tell("outbox.told", subject)
        work.tell("outbox.noise", subject)


def take(work: Work, events: Sequence[Event]) -> None:
    """Count events, keep what they are about, and stumble over those that are bad."""
    counter = work.find(Counter, id="c") or work.add(Counter(id="c"))
    for event in events:
        counter.count += 1
        work.add(Thing(id=event.subject, owner="o"))
        assert work.count(Thing, "id = ?", (event.subject,)) == 1, "what was written so far is seen"
        if event.subject.startswith("bad"):
            raise ValueError(event.subject)


def taken(platform: Platform) -> tuple[int, list[str]]:
    """What was counted, and what is kept."""

    def look(work: Work) -> tuple[int, list[str]]:
        counter = work.find(Counter, id="c")
        return counter.count if counter else 0, [row.id for row in work.select(Thing, order="id")]

    return platform.read(look)


def read(platform: Platform, until: int = 2 * DAWN) -> bool:
    """Read a page."""
    return platform.do(lambda work: outbox.read_on(work, "test", ("outbox.told",), take, until))


def test_each_event_is_read_once(platform: Platform, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outbox, "PAGE", 2)
    platform.do(lambda work: tell(work, "a", "b", "c"))
    assert [read(platform) for _ in range(3)] == [True, False, False]
    assert taken(platform) == (3, ["a", "b", "c"])
    platform.do(lambda work: outbox.pass_over(work, "test"))
    platform.do(lambda work: tell(work, "d"))
    assert not read(platform) and taken(platform) == (4, ["a", "b", "c", "d"])
    platform.do(lambda work: (tell(work, "e"), outbox.pass_over(work, "test")))
    assert not read(platform) and taken(platform) == (4, ["a", "b", "c", "d"])


def test_what_happens_later_waits(platform: Platform) -> None:
    platform.do(lambda work: tell(work, "a"))
    assert not read(platform, DAWN) and taken(platform) == (0, [])
    assert not read(platform, DAWN + 1) and taken(platform) == (1, ["a"])


@pytest.mark.parametrize("page", [1, 2, 3, 9])
def test_what_several_processes_wrote_is_taken_in_as_it_happened(
    platform: Platform, monkeypatch: pytest.MonkeyPatch, page: int
) -> None:
    """What follows from something is never read before it, whoever wrote either, and however much there is."""
    monkeypatch.setattr(outbox, "PAGE", page)
    happened = {7: [1, 4, 5, 9], 8: [2, 3, 8], 9: [6, 7, 10]}  # writer -> when

    def write(work: Work) -> None:
        for writer, moments in happened.items():
            work.add(Writer(id=writer, events=len(moments)))
            for number, at in enumerate(moments, 1):
                facts = {"writer": writer, "number": number, "at": DAWN + at, "subject": f"{at:02}", "facts": "{}"}
                work.add(Event(name="outbox.told", **facts))

    def note(work: Work, events: Sequence[Event]) -> None:
        order.extend(event.subject for event in events)

    order: list[str] = []
    platform.do(write)
    while platform.do(lambda work: outbox.read_on(work, "test", ("outbox.told",), note)):
        pass
    assert order == [f"{at:02}" for at in range(1, 11)]


@pytest.mark.parametrize("bad", [["bad"], ["bad1", "b", "c"], ["a", "bad1", "bad2"], ["a", "bad1", "c", "bad2", "e"]])
def test_one_that_cannot_be_taken_in_is_passed_over(
    platform: Platform, caplog: pytest.LogCaptureFixture, bad: list[str]
) -> None:
    """With a line in the log that says which; whatever it wrote is gone, and the others are taken in once."""
    platform.do(lambda work: tell(work, *bad))
    with caplog.at_level(logging.ERROR, "kaifang"):
        assert not read(platform)
    good = [subject for subject in bad if not subject.startswith("bad")]
    assert taken(platform) == (len(good), good)
    numbers = [1 + 2 * number for number, subject in enumerate(bad) if subject.startswith("bad")]
    assert [record.getMessage() for record in caplog.records] == [
        f"test passes over event (1, {number})" for number in numbers
    ]
    platform.do(lambda work: tell(work, "z"))
    assert not read(platform) and taken(platform)[0] == len(good) + 1


def test_a_database_that_fails_is_not_the_events_fault(platform: Platform) -> None:
    def fail(work: Work, events: Sequence[Event]) -> None:
        raise Broken("gone")

    platform.do(lambda work: tell(work, "a", "b"))
    with pytest.raises(Broken):
        platform.do(lambda work: outbox.read_on(work, "test", ("outbox.told",), fail))
    assert not read(platform) and taken(platform) == (2, ["a", "b"])
