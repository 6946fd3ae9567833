"""Trying a recipe on a twin: what it would have done for a merchant lately, without anything being done."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial
from typing import Annotated, Any

import msgspec
from msgspec import Meta

from kaifang.kernel import DAY, NO_PERMISSION, Key, Moment, Shape, Work, fault, method, told_as
from kaifang.kernel.shape import encode

SECONDS = 60  # that a rehearsal may take
NOT_SERVED = fault(
    "NOT_SERVED",
    zh="该商家应用未授权给您，请先取得授权",
    en="This application does not let you act for it.",
    fix="Have its merchant authorise you; kaifang.openapp.authorisation.served lists who did.",
)
threads = ThreadPoolExecutor(1, "rehearsal")  # one at a time: it costs a processor


class Try(Shape):
    """A recipe to be tried."""

    recipe: dict[str, Any]  # what it says, as kaifang.recipe.read answers it
    auth_app_id: Key  # the merchant's application for which it would act: one that authorised you
    inputs: Annotated[dict[Key, Any], Meta(max_length=30)] = {}  # as the merchant would fill them in
    days: Annotated[int, Meta(ge=1, le=90)] = 30  # how far it looks back


class Count(Shape):
    """How often something came of it."""

    what: str  # a rule and how its runs ended, a rule and what it was refused with, or a figure
    count: int  # how often; of a figure its total


class Tried(Shape, kw_only=True):
    """What it would have done."""

    start: Moment  # from when it was played
    until: Moment  # until when
    problem: str | None = None  # why it cannot be played; absent: it was
    events: int  # that really happened to the merchant
    runs: list[Count]  # by rule and state
    refusals: list[Count]  # by rule and code
    figures: list[Count]  # by name
    money: str  # yuan that the merchant would have more; with a minus sign: less
    trouble: str  # why a condition could not be read last; empty: it could


@method("kaifang.recipe.try", raises=[NOT_SERVED], reads=True)
def rehearse(work: Work, ask: Try) -> Tried:
    """Play a recipe against a copy of the sandbox, and tell what it would have done; the copy is thrown away."""
    if not work.place.sandbox:
        raise NO_PERMISSION(needs="a sandbox: where money is real nobody copies it")
    with told_as({"APP_NOT_ISV": NOT_SERVED}):
        served = work.ask("kaifang.openapp.authorisation.served", state="VALID", auth_app_id=ask.auth_app_id)
    if not served.merchants:
        raise NOT_SERVED(auth_app_id=ask.auth_app_id)
    engine: Any = work.tx.batch.engine
    order = {
        "url": engine.url if engine.rounds else "", "path": "" if engine.rounds else str(engine.path),
        "merchant": ask.auth_app_id, "provider": work.caller.app, "recipe": ask.recipe, "inputs": ask.inputs,
        "days": ask.days,
    }  # fmt: skip
    told = work.found_once(f"rehearsal {encode(order).decode()}", begin(partial(played, order)))
    span = {"start": Moment(work.now - ask.days * DAY), "until": Moment(work.now)}
    counts = {name: counted(told.get(name, {})) for name in ("runs", "refusals", "figures")}
    return Tried(
        **span, **counts, problem=told.get("problem"), events=told.get("events", 0), money=told.get("money", "0.00"),
        trouble=told.get("trouble", ""),
    )  # fmt: skip


def begin(play: Callable[[], dict[str, Any]]) -> Callable[[], Future[dict[str, Any]]]:
    """How a rehearsal is begun: after those before it."""
    return lambda: threads.submit(play)


def played(order: dict[str, Any]) -> dict[str, Any]:
    """What a process of its own tells; why it does not, if it fails or takes too long."""
    call = [sys.executable, "-m", "kaifang.gateway.rehearsal"]
    how: dict[str, Any] = {"capture_output": True, "timeout": SECONDS, "check": False}
    try:
        done = subprocess.run(call, input=encode(order), **how)  # noqa: S603 - what it runs is ours
    except subprocess.TimeoutExpired:
        return {"problem": f"it took longer than {SECONDS} seconds; try fewer days"}
    if done.returncode:
        last = done.stderr.decode("utf-8", "replace").strip().rpartition("\n")[2]
        return {"problem": f"the rehearsal broke: {last[:300]}"}
    return msgspec.json.decode(done.stdout, type=dict[str, Any])


def counted(told: dict[str, int]) -> list[Count]:
    """Counts as a list."""
    return [Count(what=what, count=count) for what, count in told.items()]
