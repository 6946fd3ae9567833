"""Looking ahead: the rows that a batch's requests will read are read in a few goes, and it changes no result."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from typing import Any

import pytest

from kaifang.kernel import Shape, Work, fault, method
from kaifang.kernel.ahead import Ahead
from kaifang.kernel.fault import Fault, told_as
from kaifang.kernel.method import methods
from kaifang.kernel.platform import Platform
from kaifang.kernel.work import PLATFORM
from tests.kernel.things import Counter, Thing

THEIRS = fault("T.THEIRS", zh="别人的", en="Theirs.")
OURS = fault("T.OURS", zh="我们的", en="Ours.")


class Grow(Shape):
    thing: str  # whose counter


class Grown(Shape):
    count: int  # how far it is


def ahead(look: Ahead, ask: Grow) -> None:
    """The thing, then the counter that it names."""
    if thing := look.row(Thing, id=ask.thing):
        look.row(Counter, id=thing.owner)


def grow(work: Work, ask: Grow) -> Grown:
    """Count one more on the counter of a thing."""
    thing = work.find(Thing, id=ask.thing)
    assert thing is not None
    counter = work.find(Counter, id=thing.owner)
    assert counter is not None
    counter.count += 1
    return Grown(count=counter.count)


@pytest.fixture
def published() -> Iterator[None]:
    """The test's methods, for as long as it runs."""
    before = dict(methods)
    method("test.grow", ahead=ahead)(grow)
    method("test.blind")(grow)
    yield
    methods.clear()
    methods.update(before)


def settle(platform: Platform) -> None:
    """Twenty things that share five counters; nothing of them is remembered."""
    platform.do(lambda work: [work.add(Counter(id=f"c{i}")) for i in range(5)])
    platform.do(lambda work: [work.add(Thing(id=f"t{i:02d}", owner=f"c{i % 5}")) for i in range(20)])
    platform.store.rows.clear()


def play(platform: Platform, loop: asyncio.AbstractEventLoop, name: str) -> tuple[list[int], int]:
    """Have twenty requests of a method answered in one batch; how far each counted, and how often rows were read."""
    reads: list[int] = []
    read = platform.store.engine.read

    def counted(*asked: Any) -> Any:
        reads.append(1)
        return read(*asked)

    async def ask() -> list[int]:
        answers: list[asyncio.Future[Any]] = []
        for i in range(20):
            answer = asyncio.get_running_loop().create_future()
            answers.append(answer)
            asked = Grow(thing=f"t{i:02d}")
            platform.submit(
                lambda work, asked=asked: grow(work, asked), PLATFORM, answer.set_result,
                lambda look, asked=asked: look.ask(name, thing=asked.thing),
            )  # fmt: skip
        return [(await answer).count for answer in answers]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(platform.store.engine, "read", counted)
        return loop.run_until_complete(ask()), len(reads)


@pytest.mark.usefixtures("published")
def test_rows_of_a_batch_are_read_in_a_few_goes(platform: Platform, loop: asyncio.AbstractEventLoop) -> None:
    """The writer's and the things, then the counters: two goes, however many ask."""
    settle(platform)
    counts, reads = play(platform, loop, "test.grow")
    assert sorted(counts) == sorted([1, 2, 3, 4] * 5)
    assert reads <= 4


@pytest.mark.usefixtures("published")
def test_who_looks_at_nothing_is_answered_the_same(platform: Platform, loop: asyncio.AbstractEventLoop) -> None:
    """Looking ahead is a hint."""
    settle(platform)
    counts, reads = play(platform, loop, "test.blind")
    assert sorted(counts) == sorted([1, 2, 3, 4] * 5) and reads > 2


def test_what_others_refuse_is_told_as_ours() -> None:
    """With the facts of the case; what nobody translates stays what it is."""
    with pytest.raises(Fault) as refusal, told_as({"T.THEIRS": OURS}):
        raise THEIRS(number=1)
    assert refusal.value.kind is OURS and refusal.value.facts == {"number": 1}
    with pytest.raises(Fault) as refusal, told_as({"T.OTHER": OURS}):
        raise THEIRS()
    assert refusal.value.kind is THEIRS
    with pytest.raises(ValueError), told_as({"T.THEIRS": OURS}):
        raise ValueError
