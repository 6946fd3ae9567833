"""Opening the windows: the pages rendered on the server, and those that run in a browser."""

from __future__ import annotations

from collections.abc import Sequence

from kaifang.gateway.client import Client, Door

from .cashier import checkout, code
from .cashier.order import order_window
from .consent import membership, merchant, proposal, user
from .fair import check
from .session import Sessions
from .static import open_facts, open_pages
from .visit import window
from .wallet import Buyer, Wallet


def mount(door: Door, app_id: str, private_key: str, people: Sequence[tuple[str, str, str]] = ()) -> None:
    """Open them at a door, as the wallet app with this key; a sandbox offers its people (name, logon_id, kind)."""
    settings = door.house.settings
    offered = tuple(people) if settings.sandbox else ()
    wallet = Wallet(
        client=Client(door, app_id, private_key),
        sessions=Sessions(private_key.encode()),
        home=settings.base_url,
        sandbox=settings.sandbox,
        buyers=tuple(Buyer(name, logon_id) for name, logon_id, kind in offered if kind == "person"),
    )
    door.open_slow("/cashier", order_window(wallet))
    door.open_slow("/cashier/", window(wallet, checkout.answer))
    door.open_slow("/qr/bax", window(wallet, code.answer))
    door.open_slow(user.PATH, window(wallet, user.answer))
    door.open_slow(proposal.PATH, window(wallet, proposal.answer))
    door.open_slow(check.PATH, window(wallet, check.answer))
    door.open_slow(membership.PATH, window(wallet, membership.answer))
    for path in merchant.PATHS:
        door.open_slow(path, window(wallet, merchant.answer))
    open_pages(door)
    told = [{"name": name, "logon_id": logon_id, "kind": kind} for name, logon_id, kind in offered]
    open_facts(door, {"app_id": app_id, "sandbox": settings.sandbox, "people": told})
