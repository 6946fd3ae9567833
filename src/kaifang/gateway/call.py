"""One call on its way: from the queue into its unit of work, if need be by the back room, to its answer."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from functools import partial
from typing import TYPE_CHECKING, Any

import msgspec

from kaifang.kernel import Ahead, Caller, Shape, Work
from kaifang.kernel.method import Method, methods, perform
from kaifang.kernel.queue import Busy
from kaifang.kernel.trouble import listener_of
from kaifang.kernel.work import Slow

from . import codes, nonces

if TYPE_CHECKING:
    from .house import House


class Order(msgspec.Struct, gc=False):
    """What of a call is done in its unit of work, in whichever process that is."""

    method: str
    ask: Shape
    nonce: str | None = None  # of a v3 request
    computed: dict[Any, Any] = {}  # what the back room has found out for it

    def look(self, ahead: Ahead) -> None:
        """Say which rows it will read."""
        method = methods[self.method]
        assert method.ahead is not None
        method.ahead(ahead, self.ask)

    def __call__(self, work: Work) -> Shape:
        """Do it; possibly several times, until it is done."""
        method, work.computed = methods[self.method], self.computed
        if work.caller.notify_url is None and not method.reads:
            work.caller = listened_to(work)
        if self.nonce is not None and not method.reads:
            nonces.use(work, self.nonce)
        return perform(method, work, self.ask)


def listened_to(work: Work) -> Caller:
    """The caller; while somebody listens to its notifications, a call that names no address for them gets them sent."""
    url = listener_of(work, work.caller.app)
    return msgspec.structs.replace(work.caller, notify_url=url) if url else work.caller


class Call:
    """An order, who gives it, and who waits for the answer."""

    # An object with methods, not closures: such would know each other, and only the collector could part them.
    __slots__ = ("house", "order", "caller", "done")

    def __init__(self, house: House, order: Order, caller: Caller, done: Callable[[Any], None]) -> None:
        self.house, self.order, self.caller, self.done = house, order, caller, done

    def submit(self, method: Method) -> None:
        """Queue it. Raises Busy."""
        self.house.platform.submit(self.order, self.caller, self.answer, self.order.look if method.ahead else None)

    def read(self) -> None:
        """Answer a call that only reads, now."""
        try:
            found: Any = self.house.platform.read(self.order, self.caller)
        except Exception as problem:  # noqa: BLE001 - whoever waits tells refusals from bugs
            found = problem
        self.answer(found)

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
            self.order.computed[key] = found.result()
            if methods[self.order.method].reads:
                self.read()
            else:
                self.house.platform.submit(self.order, self.caller, self.answer)
        except Busy:
            self.answer(codes.BUSY())
        except Exception as problem:  # noqa: BLE001 - what could not be computed is not taken for an outcome
            self.answer(problem)
