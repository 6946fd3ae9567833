"""One call on its way: from the queue into its unit of work, if need be by the back room, to its answer."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from functools import partial
from typing import TYPE_CHECKING, Any

from kaifang.kernel import Ahead, Caller, Shape, Work
from kaifang.kernel.method import Method, perform
from kaifang.kernel.queue import Busy
from kaifang.kernel.work import Slow

from . import codes, nonces

if TYPE_CHECKING:
    from .house import House


class Call:
    """A method, its request, who asks, and who waits for the answer."""

    # An object with methods, not closures: such would know each other, and only the collector could part them.
    __slots__ = ("house", "method", "caller", "ask", "done", "nonce", "computed")

    def __init__(self, house: House, method: Method, caller: Caller, ask: Shape, done: Callable[[Any], None]) -> None:
        self.house, self.method, self.caller, self.ask, self.done = house, method, caller, ask, done
        self.nonce: str | None = None  # of a v3 request
        self.computed: dict[Any, Any] = {}  # what the back room has found out for it

    def submit(self) -> None:
        """Queue it. Raises Busy."""
        self.house.platform.submit(self.run, self.caller, self.answer, self.look if self.method.ahead else None)

    def read(self) -> None:
        """Answer a call that only reads, now."""
        try:
            found: Any = self.house.platform.read(self.run, self.caller)
        except Exception as problem:  # noqa: BLE001 - whoever waits tells refusals from bugs
            found = problem
        self.answer(found)

    def look(self, ahead: Ahead) -> None:
        """Say which rows it will read."""
        assert self.method.ahead is not None
        self.method.ahead(ahead, self.ask)

    def run(self, work: Work) -> Shape:
        """Do it in a unit of work; possibly several times, until it is done."""
        work.computed = self.computed
        if self.nonce is not None and not self.method.reads:
            nonces.use(work, self.nonce)
        return perform(self.method, work, self.ask)

    def answer(self, result: Any) -> None:
        """Give whoever waits the answer, or the exception; what takes long is computed first."""
        try:
            if isinstance(result, Slow):
                self.house.backroom.compute(result, self.caller, partial(self.again, result.key))
            else:
                self.done(result)
        except Busy:
            self.done(codes.BUSY())
        except Exception as problem:  # noqa: BLE001 - an answer that cannot be written must not silence its batch
            self.done(problem)

    def again(self, key: Any, found: Future[Any]) -> None:
        """The back room has computed something: go on."""
        try:
            self.computed[key] = found.result()
            self.house.platform.submit(self.run, self.caller, self.answer)
        except Busy:
            self.answer(codes.BUSY())
        except Exception as problem:  # noqa: BLE001 - what could not be computed is not taken for an outcome
            self.answer(problem)
