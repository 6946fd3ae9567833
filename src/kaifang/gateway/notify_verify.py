"""notify_verify: the old service that tells a receiver whether a notification came from here."""

from __future__ import annotations

from kaifang.kernel import Fault

from .forms import read_form
from .house import House
from .http import Exchange
from .signing import Fields


def asks(exchange: Exchange) -> bool:
    """Whether a request to the gateway is one for this service, which knows neither methods nor signatures."""
    return b"service=notify_verify" in exchange.query and fields(exchange).get(b"service") == b"notify_verify"


def answer(house: House, exchange: Exchange) -> None:
    """Say true, false or invalid, as plain text."""
    asked = fields(exchange)
    partner, notify_id = (asked.get(name, b"").decode("ascii", "replace") for name in (b"partner", b"notify_id"))
    try:
        told = house.platform.read(
            lambda work: work.ask("kaifang.openapp.notice.check", partner=partner, notify_id=notify_id).told
        )
    except Fault:  # one of them is missing or no number at all
        told = "invalid"
    exchange.reply(200, told.encode(), [(b"cache-control", b"no-store")], b"text/plain;charset=utf-8")


def fields(exchange: Exchange) -> Fields:
    """What the query says."""
    return read_form(exchange.query, b"").fields
