"""A method is a function with a wire name; everything else is read from its signature."""

from __future__ import annotations

import hashlib
import inspect
import typing
from collections.abc import Callable, Sequence
from enum import Enum
from typing import TYPE_CHECKING, Any, TypeVar

import msgspec

from .fault import INVALID_PARAMETER, NO_PERMISSION, NO_USER, Fault, FaultKind
from .shape import Key, Shape, convert, decode, encode, refuse_zeros
from .table import Row, table

if TYPE_CHECKING:
    from .ahead import Ahead
    from .work import Caller, Work

F = TypeVar("F", bound=Callable[..., Any])


class Who(Enum):
    """For whom a method is open."""

    ANYONE = "anyone"  # every signed app
    USER = "user"  # a signed app on behalf of a user who consented (auth_token)
    WALLET = "wallet"  # the platform's own wallet, with or without a user
    DEVICE = "device"  # a device in a shop that signed with its own key
    OPERATOR = "operator"  # those who run the platform
    INSIDE = "inside"  # the platform itself: by work.ask, never over the wire


class Page(Shape):
    """The answer of a method that a browser or the wallet opens: where on this platform it goes."""

    path: str  # path and query on this platform, such as /cashier/...


class Return(Shape):
    """A member of an answer that tells an app the outcome: the gateway adds the common fields and signs.

    With an address it becomes the one that a browser goes back to, without one the text that an app is handed.
    """

    url: str  # as the merchant gave it; empty where an app waits
    method: str  # such as alipay.trade.page.pay.return
    fields: dict[str, str]  # what is told beside the common fields
    app: str  # the app it is told to
    auth_app: str  # the app that was acted for: the same, or that of the merchant who authorised it


class Confirm(Shape):
    """What whoever opened a page of the cashier is asked with when a person has confirmed there."""

    subject: Key  # the number of what was confirmed
    user_id: Key  # who confirmed
    channel: Key | None = None  # what to pay with, where something is paid; the usual if left out


class Confirmed(Shape):
    """What the cashier is to tell the application."""

    method: str  # under which name
    fields: dict[str, str]  # what


class Method(msgspec.Struct, frozen=True, kw_only=True):
    """A published function and what its signature says."""

    name: str
    run: Callable[..., Any]
    ask: type[Shape]
    answers: tuple[type[Shape], ...]
    raises: tuple[FaultKind, ...]
    once: tuple[str, ...]
    clash: FaultKind | None
    who: Who
    reads: bool
    ahead: Callable[[Ahead, Any], Any] | None
    doc: str
    module: str

    @property
    def capability(self) -> str:
        """The folder it lives in."""
        return self.module.split(".")[2]

    @property
    def is_page(self) -> bool:
        """Whether a browser or the wallet opens it."""
        return Page in self.answers


@table("answered")
class Answered(Row):
    """The answer once given to a request, so that a repeat gets the same."""

    id: str  # JSON: method, merchant and the request's own numbers
    ask: str  # digest of the request, and of who consented to it
    kind: str  # which of the method's answers it was
    answer: str  # JSON


methods: dict[str, Method] = {}
strict = False  # whether a fault that a method does not declare is a mistake of ours: so in tests


def method(
    name: str,
    *,
    raises: Sequence[FaultKind] = (),
    once: Sequence[str] = (),
    clash: FaultKind | None = None,
    who: Who = Who.ANYONE,
    reads: bool = False,
    ahead: Callable[[Ahead, Any], Any] | None = None,
) -> Callable[[F], F]:
    """Publish a function under its wire name.

    `once` names the request fields that make a repeat the same call: it is answered as the first one was, and the same
    number with another request raises `clash`. `reads` promises that it changes nothing. `ahead` says which rows it
    will read; that is worth its lines where many are called at once.
    """

    def publish(run: F) -> F:
        hints = typing.get_type_hints(run)
        answer, ask = hints.pop("return"), list(hints.values())[1]
        answers = typing.get_args(answer) if not isinstance(answer, type) else (answer,)
        if name in methods:
            raise TypeError(f"{name} is published twice")
        if bool(once) != bool(clash) or set(once) - set(ask.__struct_fields__):
            raise TypeError(f"{name}: once= needs fields of {ask.__name__}, and clash= with it")
        methods[name] = Method(
            name=name, run=run, ask=ask, answers=answers, raises=tuple(raises), once=tuple(once), clash=clash,
            who=who, reads=reads, ahead=ahead, doc=inspect.getdoc(run) or "", module=run.__module__,
        )  # fmt: skip
        return run

    return publish


def refusals_of(name: str, kind: FaultKind) -> dict[str, FaultKind]:
    """What a method refuses, all of it told as one fault of one's own: for `told_as`."""
    return {refusal.code: kind for refusal in methods[name].raises}


def read_request(method: Method, body: bytes | dict[str, Any]) -> Shape:
    """The typed request; what is wrong with it is named."""
    if isinstance(body, bytes):
        return decode(body, method.ask)
    refuse_zeros(body)
    return convert(body, method.ask)


def allow(method: Method, caller: Caller) -> None:
    """Whether the caller may use the method at all."""
    if method.who is Who.ANYONE:
        return
    if method.who is Who.USER:
        if caller.user is None:
            raise NO_USER()
    elif caller.role not in (method.who.value, Who.INSIDE.value):  # no app has the role inside
        raise NO_PERMISSION(needs=f"the role {method.who.value}")


def perform(method: Method, work: Work, ask: Shape) -> Shape:
    """Run a method in a unit of work, once where it says so."""
    try:
        answer = perform_once(method, work, ask) if method.once else method.run(work, ask)
    except Fault as refusal:
        if strict and not _declared(method, refusal):
            raise AssertionError(f"{method.name} raised {refusal.kind.code}, which it does not declare") from refusal
        raise
    assert isinstance(answer, method.answers), f"{method.name} answered {type(answer).__name__}"
    return answer


def _declared(method: Method, refusal: Fault) -> bool:
    always = (INVALID_PARAMETER, NO_PERMISSION, NO_USER)
    return refusal.kind in method.raises or refusal.kind in always or refusal.kind is method.clash


def perform_once(method: Method, work: Work, ask: Shape) -> Shape:
    """The first time, run and keep the answer; the next time, give it again."""
    numbers = [getattr(ask, name) for name in method.once]
    if None in numbers:
        return method.run(work, ask)  # type: ignore[no-any-return]
    key = encode([method.name, work.caller.merchant, *numbers]).decode()  # JSON: no two lists of numbers are the same
    person = work.caller.user if method.who is Who.USER else None
    digest = hashlib.sha256(encode(ask) + (person or "").encode()).hexdigest()
    seen = work.find(Answered, id=key)
    if seen is not None:
        if seen.ask != digest:
            assert method.clash is not None
            raise method.clash(**{name: getattr(ask, name) for name in method.once})
        return decode(seen.answer.encode(), next(kind for kind in method.answers if kind.__name__ == seen.kind))
    answer = typing.cast(Shape, method.run(work, ask))
    work.add(Answered(id=key, ask=digest, kind=type(answer).__name__, answer=encode(answer).decode()))
    return answer
