"""What an app hands over to be paid: an order string, the same words that the gateway is called with."""

from __future__ import annotations

from kaifang.gateway.client import Exchange

from ..visit import Handler, Visit
from ..wallet import Wallet


def order_window(wallet: Wallet) -> Handler:
    """Sends /cashier?ORDER to the gateway as it is, which verifies it and leads to its checkout."""

    async def handle(exchange: Exchange) -> None:
        if exchange.path == b"/cashier" and exchange.query and exchange.method in ("GET", "HEAD"):
            Visit(exchange, wallet).go(b"/gateway.do?" + exchange.query)
        else:
            visit = Visit(exchange, wallet)
            visit.refuse(404, visit.words.not_found)

    return handle
