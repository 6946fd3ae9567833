"""Opening the windows that are rendered on the server: the cashier and the consent pages."""

from __future__ import annotations

from collections.abc import Sequence

from kaifang.gateway.client import Client, Door

from .cashier import checkout, code
from .cashier.order import order_window
from .consent import membership, merchant, proposal, user
from .fair import check
from .session import Sessions
from .visit import window
from .wallet import Buyer, Wallet


def mount(door: Door, app_id: str, private_key: str, buyers: Sequence[tuple[str, str]] = ()) -> None:
    """Open them at a door, as the wallet app with this key; a sandbox offers its buyers (name, logon_id) to choose."""
    settings = door.house.settings
    wallet = Wallet(
        client=Client(door, app_id, private_key),
        sessions=Sessions(private_key.encode()),
        home=settings.base_url,
        sandbox=settings.sandbox,
        buyers=tuple(Buyer(*buyer) for buyer in buyers) if settings.sandbox else (),
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
