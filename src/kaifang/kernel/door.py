"""The door straight into the kernel: how a world is seeded, and how stories are told without HTTP."""

from __future__ import annotations

import asyncio
import re
from typing import Any

from .events import Job, due
from .fault import Fault
from .method import allow, methods, perform, read_request
from .notices import Notice, tried
from .platform import Platform, clock_of, move_clock
from .shape import Shape, plain
from .story import Step, Told
from .trouble import LOST, is_corrupt, is_lost, listener_of
from .work import PLATFORM, Caller, Work

HOUSE = Caller(role="operator")  # who may do what the operators may, before there are any apps


class KernelDoor:
    """Calls methods of an opened platform, without a gateway; `known` names the apps and people of the world."""

    def __init__(self, platform: Platform, known: dict[str, Any], loop: asyncio.AbstractEventLoop) -> None:
        self.platform, self.known, self.loop = platform, known, loop
        self.sent: list[dict[str, Any]] = []
        self.language = "zh"  # of refusals
        platform.outside["notice.send"] = self._deliver

    def call(self, step: Step, ask: dict[str, Any]) -> Told:
        """One call in a unit of work of its own."""
        method = methods.get(step.call)
        if method is None:
            return Told("40002", {}, "isv.invalid-method")

        def run(work: Work) -> Shape:
            inner = work.acting(**self.caller(work, step))
            allow(method, inner.caller)
            return perform(method, inner, read_request(method, dict(ask)))

        try:
            answer = self.platform.read(run) if method.reads else self.loop.run_until_complete(self.platform.run(run))
        except Fault as refusal:
            return Told("40004", {"sub_msg": refusal.says(self.language), **refusal.facts}, refusal.kind.code)
        self.move(None, 0)
        return Told(getattr(answer, "CODE", "10000"), plain(answer))

    def caller(self, work: Work, step: Step) -> dict[str, Any]:
        """Who calls, as the gateway would find out from the signature and the tokens."""
        who: dict[str, Any] = {"notify_url": step.notify_url or None, "return_url": step.return_url or None}
        user = self.known.get(step.user) if step.user else None
        if step.device:
            duty = work.ask("kaifang.iot.device.duty", device_id=step.device, method=step.call)
            return {"role": "device", "device": step.device, **plain(duty)}
        if step.by in ("house", "inside"):
            return {"role": "operator" if step.by == "house" else "inside", "user": user, **who}
        app = work.ask("kaifang.openapp.credentials", app_id=self.known[f"{step.by}.app"])
        who |= {"app": app.app_id, "role": app.role, "merchant": app.party, "auth_app": app.app_id}
        who |= {"open_ids": app.open_ids, "user": user}
        if step.token:
            proof = {"app_auth_token": step.token, "app": app.app_id, "method": step.call}
            given = work.ask("kaifang.openapp.authorisation.read", **proof)
            who |= {"merchant": given.user_id, "auth_app": given.auth_app_id}
        if step.auth_token:
            whose = {"app": app.app_id, "auth_app": who["auth_app"]}
            token = work.ask("kaifang.account.token.read", auth_token=step.auth_token, **whose)
            who |= {"user": token.user_id, "scopes": tuple(token.scopes or ())}
        return who

    def move(self, to: int | None, by: int | None) -> None:
        """Move the clock; by nothing, so that what is due now is done."""
        target = to if to is not None else self.platform.clock.now() + (by or 0)
        if target == self.platform.clock.now() and self.platform.read(lambda work: is_settled(work, target)):
            return
        self.platform.do(lambda work: move_clock(work, target))
        self.loop.run_until_complete(self.platform.follow())

    async def _deliver(self, job: Job) -> None:
        """Deliver at once; a receiver whose address ends in /deaf-N is deaf for the first N tries.

        None believes a wrong signature.
        """

        def run(work: Work) -> dict[str, Any]:
            notice = work.find(Notice, id=job.subject)
            assert notice is not None
            url = listener_of(work, notice.app) or notice.url
            if is_lost(job):
                tried(work, job, notice, sent="", status=0, answer=LOST, took=0)
                return {}
            deaf = re.search(r"/deaf-(\d+)$", url)
            heard = not is_corrupt(job) and (not deaf or notice.tries >= int(deaf[1]))
            common = {"notify_id": notice.id, "app_id": notice.app, "notify_type": notice.kind, "to": url}
            tried(work, job, notice, sent="", status=200, answer="success" if heard else "fail", took=0)
            return {**common, **notice.fields, "heard": heard}

        if told := await self.platform.run(run, PLATFORM):  # run itself may be begun more than once
            self.sent.append(told)

    def notified(self) -> list[dict[str, Any]]:
        """What was sent since this was asked last, tries that nobody heard too."""
        sent, self.sent = self.sent, []
        return sent


def is_settled(work: Work, at: int) -> bool:
    """Whether the clock is wanted nowhere else, and nothing is due."""
    return clock_of(work).target is None and not due(work, at, 1)
