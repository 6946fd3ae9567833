"""Notifications: what the platform owes is signed, sent, and recorded try by try."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable

import aiohttp

from kaifang.kernel import Work
from kaifang.kernel.clock import written
from kaifang.kernel.events import Job, postpone
from kaifang.kernel.notices import Notice
from kaifang.kernel.queue import Busy
from kaifang.kernel.store import Broken
from kaifang.kernel.trouble import LOST, corrupted, is_corrupt, is_lost, listener_of

from .apps import App
from .channel import Channel
from .forms import URLENCODED, encode_fields, read_codec, write_urlencoded
from .house import House
from .lanes import Crowded, Lanes
from .malformed import Malformed
from .outcome import Outcome, record
from .signing import Fields, text_with_type, text_without_type
from .targets import Barred, connector, read_target

TIMEOUT_SECONDS = 15  # for one try, from the lookup of the name to the last byte
PATIENCE_SECONDS = 10  # for a turn; then the try is put off, so that others come to it
ANSWER_BYTES = 64 * 1024  # more than `success` needs
LONGEST_WAIT_SECONDS = 5  # between two attempts to record what happened


class Notifier:
    """Makes the tries that the platform finds due."""

    def __init__(self, house: House) -> None:
        self.house, self.lanes = house, Lanes()
        self.channel = Channel(house)
        self.session = aiohttp.ClientSession(
            connector=connector(private=house.settings.notifies_private),
            timeout=aiohttp.ClientTimeout(total=TIMEOUT_SECONDS),
            cookie_jar=aiohttp.DummyCookieJar(),
            auto_decompress=False,
            headers={"accept-encoding": "identity", "user-agent": "Kaifang"},
        )
        house.platform.outside["notice.send"] = self

    async def __call__(self, job: Job) -> None:
        """Make one try of one notification; returns when it is recorded, or put off because its lane is crowded."""
        platform = self.house.platform
        notice = platform.read(lambda work: addressed(work, job.subject))
        # A clock that stands still would never come to a try that was put off.
        patience = None if platform.clock.frozen else PATIENCE_SECONDS
        try:
            async with self.lanes.turn(notice.app, place_of(notice.url), patience):
                outcome = await self.attempt(job, notice)
        except Crowded:
            await self.keep(lambda work: postpone(work, job))
            return
        await self.keep(lambda work: record(work, job, outcome))

    async def close(self) -> None:
        """Let go of the connections."""
        await self.channel.close()
        await self.session.close()

    async def attempt(self, job: Job, notice: Notice) -> Outcome:
        """Send it now, by the way that it goes."""
        app = self.house.apps.find(notice.app)
        if app is None:
            return Outcome(answer="there is no such app any more; nothing can be done")
        if is_lost(job):
            return Outcome(answer=LOST)
        if not notice.url:
            return await self.channel.deliver(job, notice)
        return await self.post(notice, app, is_corrupt(job))

    async def post(self, notice: Notice, app: App, corrupt: bool = False) -> Outcome:
        """Send it to its address; with a wrong signature if a sandbox was asked for one."""
        fields = await self.signed(notice, app)
        if corrupt:
            fields[b"sign"] = corrupted(fields[b"sign"].decode()).encode()
        outcome = Outcome(sent=write_urlencoded(fields).decode())
        headers = {"content-type": f"{URLENCODED}; charset={fields[b'charset'].decode()}"}
        begun = time.monotonic()
        try:
            url = read_target(notice.url)
            async with self.session.post(url, data=outcome.sent, headers=headers, allow_redirects=False) as answer:
                outcome.status = answer.status
                outcome.answer = await read_answer(answer)
        except (aiohttp.ClientError, OSError, ValueError, RuntimeError) as problem:
            outcome.answer = what_went_wrong(problem)
        outcome.took = round((time.monotonic() - begun) * 1000)
        return outcome

    async def signed(self, notice: Notice, app: App) -> Fields:
        """What is sent, in the order of its style, with its signature last."""
        told = STYLES[notice.style](notice, app.sign_type, self.house.platform.clock.now())
        fields = encode_fields(told, read_codec({b"charset": told["charset"].encode()}))
        text = text_with_type if notice.style == "message" and app.message_style == "V2" else text_without_type
        return {**fields, b"sign": (await self.house.desk.signature(app.sign_type, text(fields))).encode()}

    async def keep(self, task: Callable[[Work], None]) -> None:
        """Have a unit of work done, however long the store needs: a try that was made must not be forgotten."""
        wait = 0.05
        while True:
            try:
                return await self.house.platform.run(task)
            except (Busy, Broken):
                await asyncio.sleep(wait)
                wait = min(wait * 2, LONGEST_WAIT_SECONDS)


def addressed(work: Work, notify_id: str) -> Notice:
    """A notification, to where it goes now: while somebody listens to its app, there."""
    notice = work.find(Notice, id=notify_id)
    assert notice is not None, f"{notify_id} is owed, but nobody knows what it says"
    notice.url = listener_of(work, notice.app) or notice.url
    return notice


def place_of(url: str) -> str:
    """Scheme, host and port of an address, as far as it has them: who shares them shares a lane."""
    return "/".join(url.split("/", 3)[:3]).lower()


def trade_fields(notice: Notice, sign_type: str, now: int) -> dict[str, str]:
    """What a notification to a notify_url says. Source: protocol notes, 3.1."""
    common = {
        "notify_time": written(now), "notify_type": notice.kind, "notify_id": notice.id, "app_id": notice.app,
        "version": "1.0", "sign_type": sign_type,
    }  # fmt: skip
    return {"charset": "utf-8", **notice.fields, **common}


def message_fields(notice: Notice, sign_type: str, now: int) -> dict[str, str]:
    """What a message to an application gateway says."""
    common = {
        "notify_id": notice.id, "utc_timestamp": str(now), "msg_method": notice.kind, "app_id": notice.app,
        "version": "1.1", "sign_type": sign_type,
    }  # fmt: skip
    return {"charset": "UTF-8", **notice.fields, **common}


STYLES = {"trade": trade_fields, "message": message_fields}


async def read_answer(answer: aiohttp.ClientResponse) -> str:
    """What came back, or why it cannot count."""
    if 300 <= answer.status < 400:
        return "a redirect is not followed; let the address itself answer, or name the one it leads to"
    try:
        await answer.content.readexactly(ANSWER_BYTES + 1)
    except asyncio.IncompleteReadError as whole:
        return whole.partial.decode("utf-8", "replace").replace("\0", "\ufffd")
    return f"more than {ANSWER_BYTES // 1024} kB; answer with the word success alone"


def what_went_wrong(problem: Exception) -> str:
    """Why there is no answer, and what its owner can do about it."""
    cause = getattr(problem, "os_error", problem)
    match cause:
        case Malformed():
            return str(cause)
        case Barred():
            return str(cause.strerror)
        case TimeoutError():
            return f"no whole answer within {TIMEOUT_SECONDS} seconds; answer success first, and work afterwards"
    match problem:
        case aiohttp.ClientConnectorDNSError():
            return "the address names a host that nobody knows; correct it"
        case aiohttp.ClientSSLError():
            return f"TLS failed: {problem}; mend the certificate, or name its authority to the platform (SSL_CERT_FILE)"
        case aiohttp.ClientConnectorError():
            return f"nobody answers there: {problem}; start the receiver, or correct the address"
        case aiohttp.ServerDisconnectedError() | aiohttp.ClientOSError():
            return "the receiver hung up without an answer; look into its log"
    return f"the answer is not proper HTTP: {problem}; look into the receiver's log"
