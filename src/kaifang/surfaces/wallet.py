"""The platform's own wallet app, as which its pages call the gateway."""

from __future__ import annotations

from typing import NamedTuple

from kaifang.gateway.client import Client

from .session import Sessions


class Buyer(NamedTuple):
    """Somebody of a sandbox's world, offered to choose where people sign in."""

    name: str
    logon_id: str


class Wallet(NamedTuple):
    """What the pages work with."""

    client: Client
    sessions: Sessions
    home: str  # how browsers reach the platform
    sandbox: bool
    buyers: tuple[Buyer, ...]  # none but in a sandbox
