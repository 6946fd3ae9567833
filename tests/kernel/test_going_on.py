"""A handler that did something dear is not begun again for the rows that it reads afterwards."""

from __future__ import annotations

import threading
from typing import Any

import pytest

from kaifang.kernel import Work
from kaifang.kernel.platform import Platform
from kaifang.kernel.work import PLATFORM, Awaited, Slow
from tests.kernel.things import Counter, Thing


def test_what_was_dear_is_done_once(platform: Platform) -> None:
    done = {"cheap": 0, "dear": 0}

    def handler(work: Work, dear: bool) -> None:
        if dear:
            work.find(Counter, id="before")
            work.go_on()
        done["dear" if dear else "cheap"] += 1
        assert work.find(Thing, id="1") is None
        assert work.find(Counter, id="after") is None

    platform.do(lambda work: handler(work, dear=True))
    platform.do(lambda work: handler(work, dear=False))
    rounds = 3 if platform.store.engine.rounds else 1  # without it, one beginning for each read
    assert done == {"dear": 1, "cheap": rounds}


def test_who_goes_on_is_not_forgotten_by_those_who_wait(platform: Platform) -> None:
    """Of one batch, one handler reads and changes at once what another one only then learns that it needs."""

    def grow(work: Work, dear: bool) -> int:
        if dear:
            work.go_on()
        counter = work.find(Counter, id="c")
        assert counter is not None
        counter.count += 1
        work.add(Thing(id=str(counter.count), owner="o"))
        return counter.count

    platform.do(lambda work: work.add(Counter(id="c")))
    jobs = [lambda tx, dear=dear: grow(Work(tx, 0, PLATFORM, platform.place), dear) for dear in (False, True, False)]
    assert sorted(platform.store.run(jobs)) == [1, 2, 3]
    assert platform.read(lambda work: work.count(Thing)) == 3


def test_what_is_slow_is_computed_here_unless_somebody_computes_it_elsewhere(platform: Platform) -> None:
    """Within a method that a method asked for, too; and the work begins again with what was computed."""
    began, computed = [], dict[Any, Any]()

    def handler(work: Work, outside: bool) -> int:
        work.computed = computed if outside else None
        inner = work.acting(app="other")
        began.append(outside)
        work.add(Thing(id=str(len(began)), owner="o"))
        return inner.slowly(("square", 7), lambda: 49) + 1

    assert platform.do(lambda work: handler(work, outside=False)) == 50
    with pytest.raises(Slow) as slow:
        platform.do(lambda work: handler(work, outside=True))
    assert platform.read(lambda work: work.count(Thing)) == 1, "who has to wait leaves nothing behind"
    computed[slow.value.key] = slow.value.compute()
    assert platform.do(lambda work: handler(work, outside=True)) == 50
    assert began == [False, True, True]


def test_what_is_found_out_beside_is_found_in_what_is_committed(platform: Platform) -> None:
    """In a thread and a view of its own; whoever needs it is run again once it is known, or waits here."""

    def look(work: Work) -> tuple[int, str]:
        return work.count(Counter), threading.current_thread().name

    def run(work: Work) -> tuple[int, str]:
        work.add(Counter(id=f"c{work.new_id()}"))
        return work.awaited(work.beside(look))

    for committed in range(2):
        count, thread = platform.do(run)
        assert (count, thread.split("_")[0]) == (committed, "beside")

    gate = threading.Event()

    def outside(work: Work) -> tuple[int, str]:
        work.computed = {}
        return work.awaited(work.beside(lambda inner: (gate.wait(20), look(inner))[1]))

    with pytest.raises(Awaited) as awaited:
        platform.do(outside)
    gate.set()
    assert awaited.value.future.result(20)[0] == 2
