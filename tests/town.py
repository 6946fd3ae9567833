"""The town in which stories play: a seeded platform on either engine, frozen at one moment."""

from __future__ import annotations

import asyncio
import base64
import contextlib
import functools
import json
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import psycopg
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

import kaifang.capabilities
from kaifang.kernel.capability import discover
from kaifang.kernel.clock import Clock
from kaifang.kernel.door import KernelDoor
from kaifang.kernel.ids import Chance
from kaifang.kernel.platform import Platform
from kaifang.kernel.store.engine import Engine
from kaifang.kernel.store.postgres import Postgres
from kaifang.kernel.story import Telling, load

WORLD = Path(kaifang.__file__).parent / "world.yaml"
KEYS = json.loads((Path(__file__).parent / "gateway/vectors/keys.json").read_text())
APPS = ("wallet", "house", "coffee", "books", "helper")
SECRETS = [Ed25519PrivateKey.from_private_bytes(bytes([number]) * 32) for number in (1, 2)]  # of every device
DEVICE_KEYS = [base64.b64encode(secret.public_key().public_bytes_raw()).decode() for secret in SECRETS]
DAWN = 1_790_000_000_000  # 2026-09-21 22:13:20 in Beijing
import_module("kaifang.kernel.method").strict = True  # type: ignore[attr-defined]  # by its name it is the decorator


@functools.cache
def capabilities() -> dict[str, Any]:
    """Every capability there is, imported once."""
    return discover(kaifang.capabilities)


def open_platform(engine: Engine, at: int = DAWN) -> Platform:
    """A platform on this engine whose chance and clock are the same every time."""
    capabilities()
    platform = Platform(engine, clock=Clock(frozen_at=at), chance=Chance(20885))
    platform.open()
    return platform


def settle_town(platform: Platform, loop: asyncio.AbstractEventLoop) -> dict[str, Any]:
    """Let the world's people move in; returns the names that stories know them by."""
    known: dict[str, Any] = {f"{name}.public_key": public_key() for name in APPS}
    known |= {"device.public_key": DEVICE_KEYS[0], "device.next_key": DEVICE_KEYS[1]}
    telling = Telling(load(WORLD), KernelDoor(platform, known, loop), known)
    telling.tell()
    return telling.known


def public_key() -> str:
    """The one test key that every app of the town signs with, bare."""
    return "".join(line for line in KEYS["app_public_pem"].splitlines() if "-----" not in line)


def address(server: psycopg.Connection[Any], name: str) -> str:
    """Where a database of this server is found."""
    return f"postgresql://postgres@/{name}?host={server.info.host}"


@contextlib.contextmanager
def settled_database(server: psycopg.Connection[Any], name: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """A settled town's database, to be copied as a template: its name, and its people's names."""
    server.execute(f"create database {name} template template0 strategy file_copy")
    loop = asyncio.new_event_loop()
    platform = open_platform(Postgres(address(server, name)))
    known = settle_town(platform, loop)
    platform.store.engine.close()
    loop.close()
    yield name, known
    server.execute(f"drop database {name} with (force)")
