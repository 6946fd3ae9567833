"""A handler that did something dear is not begun again for the rows that it reads afterwards."""

from __future__ import annotations

from kaifang.kernel import Work
from kaifang.kernel.platform import Platform
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
