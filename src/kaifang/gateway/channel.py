"""The message channel: apps that connect by websocket are sent their messages there and acknowledge them."""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator
from functools import partial

import msgspec

from kaifang.kernel import Fault, Work
from kaifang.kernel.clock import DAY, MINUTE, wall
from kaifang.kernel.events import Job
from kaifang.kernel.notices import Notice, Notification, resend
from kaifang.kernel.queue import Busy
from kaifang.kernel.shape import encode
from kaifang.kernel.store import Broken
from kaifang.kernel.table import Row, table
from kaifang.kernel.trouble import is_corrupt

from . import codes, envelope
from .apps import App
from .forms import Form, read_form
from .frames import registration
from .house import House
from .http import Exchange, Refusal
from .malformed import Malformed
from .outcome import Outcome
from .relay import Relay
from .seat import GOING, Seat
from .signing import HASHES, signed_fields

REGISTER, CONNECT = b"/websocket/register.do", b"/websocket"
WINDOW = 10 * MINUTE  # how old or early a request may be
LINK_LASTS = MINUTE
SEATS = 32  # connections of one app
OWED_SINCE = 2 * DAY  # longer than any notification is tried
AT_ONCE = 200  # notifications hurried in one unit of work


@table("channel_link", index=[("until",)])
class Link(Row):
    """A token that lets an app connect to its message channel, once and soon."""

    id: str  # link_token
    app: str
    until: int


class Asked(msgspec.Struct):
    """The fields of a request to register or to connect."""

    app_id: str = ""
    timestamp: str = ""  # milliseconds since 1970
    sign_type: str = ""
    app_cert_sn: str = ""
    alipay_root_cert_sn: str = ""
    link_token: str = ""


class Channel:
    """Answers below /websocket, and delivers to whoever is connected there."""

    def __init__(self, house: House) -> None:
        self.house = house
        self.seats: dict[str, list[Seat]] = {}
        self.relay = Relay(house, self.deliver_here)

    async def __call__(self, exchange: Exchange) -> None:
        """Answer a request."""
        if exchange.path == REGISTER:
            await self.register(exchange)
        elif exchange.path == CONNECT:
            await self.connect(exchange)
        else:
            raise Refusal(404, "NOT_FOUND", "Nothing is here; register at /websocket/register.do.")

    async def close(self) -> None:
        """Say goodbye to everybody."""
        await self.relay.close()
        seats = [seat for seats in self.seats.values() for seat in seats]
        await asyncio.gather(*[seat.socket.close(GOING, "the platform is going away") for seat in seats])

    async def deliver(self, job: Job, notice: Notice) -> Outcome:
        """Send a message to its app, if that is connected anywhere, and wait for the acknowledgement."""
        return await self.deliver_here(job) or await self.relay.hand_over(job, notice.app)

    async def deliver_here(self, job: Job) -> Outcome | None:
        """The same, if it is connected to this process: to one connection after the other."""
        notice = self.house.platform.read(lambda work: work.find(Notice, id=job.subject))
        app = self.house.apps.find(notice.app) if notice else None
        seats = self.seats.get(app.id, []) if app else []
        seat = next((seat for seat in seats if not seat.socket.closed), None)
        if notice is None or app is None or seat is None:
            return None
        seats.remove(seat)
        seats.append(seat)
        return await seat.deliver(notice, app, is_corrupt(job))

    # Coming in

    async def register(self, exchange: Exchange) -> None:
        """Give an app a token to connect with."""
        asked, form = read_asked(exchange)
        try:
            app = self.check(asked, form)
            token = await self.house.platform.run(partial(new_link, app=app.id))
            told = envelope.coded(encode({"link_token": token}))
        except Exception as problem:  # noqa: BLE001 - answered with its cure, or with a reference that finds it
            told = self.refusal(problem)
        sign = await self.house.desk.signature(asked.sign_type if asked.sign_type in HASHES else "RSA2", told)
        exchange.reply(200, registration(told, sign, self.house.identity.sn if asked.app_cert_sn else ""))

    async def connect(self, exchange: Exchange) -> None:
        """Take an app's websocket, have sent what it is owed, and hear what it says until it leaves."""
        asked, form = read_asked(exchange)
        try:
            app = self.check(asked, form)
        except Fault as problem:
            exchange.reply(403, self.refusal(problem))
            return
        if not exchange.websocket_wanted:
            raise Refusal(426, "WEBSOCKET_WANTED", "This is a websocket; connect with ws:// or wss://.")
        if not await self.house.platform.run(partial(use_link, app=app.id, token=asked.link_token)):
            raise Refusal(403, "INVALID_LINK_TOKEN", "This link_token is unknown, used or too old; register again.")
        if len(self.seats.get(app.id, ())) >= SEATS:
            raise Refusal(429, "TOO_MANY_CONNECTIONS", f"An app has at most {SEATS} connections; close one first.")
        seat = Seat(self.house, app, asked.app_cert_sn, exchange.websocket())
        async with self._seated(seat):
            await self.send_owed(app.id)
            await seat.hear()

    @contextlib.asynccontextmanager
    async def _seated(self, seat: Seat) -> AsyncIterator[None]:
        """Count a connection in, and out again."""
        seats = self.seats.setdefault(seat.app, [])
        seats.append(seat)
        try:
            await self.relay.announce(seat.app, present=True)
            yield
        finally:
            seats.remove(seat)
            await seat.socket.close()
            if not seats and self.seats.pop(seat.app, None) is not None:
                with contextlib.suppress(Busy, Broken):  # at worst another process finds it out by itself
                    await self.relay.announce(seat.app, present=False)

    async def send_owed(self, app: str) -> None:
        """Have everything sent now that the app was not there for."""
        after: str | None = ""
        while after is not None:
            after = await self.house.platform.run(partial(hurry, app=app, after=after))

    def check(self, asked: Asked, form: Form) -> App:
        """The app that signed these fields."""
        if form.clashes:
            raise codes.SUSPECTED_ATTACK(field=form.clashes[0].decode("ascii", "replace")[:64])
        app = self.house.app(asked.app_id)
        if asked.sign_type not in HASHES:
            raise codes.INVALID_SIGN_TYPE(sign_type=asked.sign_type[:16])
        self._timely(asked.timestamp)
        root = asked.alipay_root_cert_sn
        if asked.app_cert_sn and root and root != self.house.identity.root_sn:
            raise codes.INVALID_ROOT_CERT(expected=self.house.identity.root_sn)
        if signed_fields(self.house.signing_key(app, asked.app_cert_sn), form.fields, asked.sign_type) is None:
            raise codes.INVALID_SIGN(trace=self.house.new_trace())
        if not app.spend(time.monotonic()):
            raise codes.CALL_LIMITED(calls_a_second=app.rate)
        return app

    def _timely(self, sent: str) -> None:
        if not (sent.isascii() and sent.isdecimal() and len(sent) < 15):
            raise codes.INVALID_TIMESTAMP(field="timestamp", reason="milliseconds since 1970 are wanted")
        # A sandbox's clock is moved while its clients' are not: either clock may vouch for the request.
        if min(abs(int(sent) - wall()), abs(int(sent) - self.house.platform.clock.now())) > WINDOW:
            raise codes.INVALID_TIMESTAMP()

    def refusal(self, problem: Exception) -> bytes:
        """What the client hears of a problem."""
        fault = self.house.refusal(problem, self.house.new_trace())
        code, msg = codes.v2_code(fault.kind)
        return envelope.refused(code, msg, fault.kind.code, fault.says())


def read_asked(exchange: Exchange) -> tuple[Asked, Form]:
    """The fields of a request, as text and as they were signed."""
    try:
        form = read_form(exchange.query, b"")
    except Malformed as problem:
        raise Refusal(400, "BAD_QUERY", f"{problem}.") from None
    told = {name.decode("ascii", "replace"): value.decode("ascii", "replace") for name, value in form.fields.items()}
    return msgspec.convert(told, Asked), form


def new_link(work: Work, app: str) -> str:
    """A token for an app; those that nobody used in time are forgotten."""
    for old in work.select(Link, "until < ?", (work.now,), "until", 100):
        work.remove(old)
    return work.add(Link(id=work.chance.text(40), app=app, until=work.now + LINK_LASTS)).id


def use_link(work: Work, app: str, token: str) -> bool:
    """Whether this is a token of the app's; it is none afterwards."""
    link = work.find(Link, id=token)
    if link is None or link.app != app:
        return False
    work.remove(link)
    return link.until >= work.now


def hurry(work: Work, app: str, after: str) -> str | None:
    """Have some of what an app is owed through its channel sent now; the number after which there may be more."""
    states = (Notification.OWED.name, Notification.RETRYING.name)
    where = "app = ? and at > ? and url = '' and state in (?, ?) and id > ?"
    owed = work.select(Notice, where, (app, work.now - OWED_SINCE, *states, after), "id", AT_ONCE)
    for notice in owed:
        if notice.next_at > work.now:
            resend(work, notice)
    return owed[-1].id if len(owed) == AT_ONCE else None
