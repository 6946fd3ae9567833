"""Law 1 by official SDKs: what merchants' capabilities tell comes true with those of Python in v2 and Node in v3."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from conftest import missing
from tests.doors import V3Door
from tests.laws.test_stories import STORIES, NewTown, name_of
from tests.town import KEYS
from tests.wire.clients import Client, Refused
from tests.wire.conftest import WAYS, start
from tests.wire.town import can_listen, own_host

from kaifang.gateway import catalogue, identity
from kaifang.gateway.http import Limits, serve
from kaifang.kernel.method import methods
from kaifang.kernel.platform import Platform
from kaifang.kernel.story import Step, Telling, Told, load

MERCHANTS = {
    "agent", "campaign", "card", "commission", "complaint", "delivery", "iot", "market", "merchant", "message",
    "mpoint", "reach", "recipe", "review", "search", "service", "voucher", "wufu",
}  # fmt: skip
HOST = own_host(street=3)


class SdkDoor(V3Door):
    """The first call of each official method, and its first refusal, are an SDK's, over a socket; the rest is not."""

    def __init__(
        self, platform: Platform, known: dict[str, Any], loop: asyncio.AbstractEventLoop, who: identity.Identity
    ) -> None:
        super().__init__(platform, known, loop, who)
        keys = {"private_key_pkcs1": KEYS["app_private_pkcs1_pem"]}
        self.app = keys | {"platform_public_key": who.public_key["spki_base64"]}
        self.server = loop.run_until_complete(serve(self.door, [(HOST, 80)], Limits()))

    def by(self, client: Client, heard: set[tuple[str, bool]]) -> SdkDoor:
        """With this SDK; `heard` is what it has called in other stories."""
        self.client, self.heard = client, heard
        return self

    async def send(self, step: Step, ask: dict[str, Any], app_id: str, token: str) -> Told:
        """Have the SDK send it."""
        method, kind = methods.get(step.call), (step.call, bool(step.fault))
        official = method is not None and not method.is_page and not step.call.startswith("kaifang.")
        if not official or kind in self.heard or self.client.name == "official" and has_gap(ask):
            return await super().send(step, ask, app_id, token)
        self.heard.add(kind)
        common = {"notify_url": step.notify_url, "return_url": step.return_url}
        common |= {"app_auth_token": step.token, "auth_token": token}
        self.client.driver.do("meet", world={"apps": {step.by: self.app | {"app_id": app_id}}})
        call = partial(self.told, step, ask, {name: value for name, value in common.items() if value})
        return await self.loop.run_in_executor(None, call)

    def told(self, step: Step, ask: dict[str, Any], common: dict[str, str]) -> Told:
        """What the SDK was told."""
        contract = catalogue.contract(step.call)
        assert contract is not None
        files = {name: [f"{name}.png", ask[name]] for name in contract.files if name in ask}
        content = {name: value for name, value in ask.items() if name not in files}
        client = self.client.as_app(step.by).using(**{"files": files} if files else {})
        try:
            return Told("10000", client.ask(step.call, content, **common))
        except Refused as refusal:
            return Told("40004", {"sub_msg": refusal.message}, self.in_full(refusal.code))

    def close(self) -> None:
        """Hang up."""
        self.loop.run_until_complete(self.server.drain())
        self.house.close()


def has_gap(ask: dict[str, Any] | list[Any]) -> bool:
    """Whether something is empty on purpose, which Python's SDK leaves out; as it does what is false, to no harm."""
    parts = ask.values() if isinstance(ask, dict) else ask
    return any(has_gap(part) if part and isinstance(part, dict | list) else not part and part is not False
               for part in parts)  # fmt: skip


@pytest.fixture(scope="module", params=["official", "node-v3"])
def client(request: pytest.FixtureRequest) -> Iterator[Client]:
    """An SDK at the servers of all merchants."""
    if not can_listen(HOST, 80):
        missing(f"port 80 of {HOST}", "run as root")
    known = {"gateway_url": f"http://{HOST}/gateway.do"}
    driver = start(request.param.partition("-")[0], HOST, known, request)
    yield WAYS[request.param](lambda _: driver)
    driver.close()


@pytest.fixture(scope="module")
def heard(client: Client) -> set[tuple[str, bool]]:
    """What an SDK has called: the method, and whether it was refused."""
    return set()


@pytest.mark.parametrize("path", [path for path in STORIES if path.parent.parent.name in MERCHANTS], ids=name_of)
def test_it_comes_true(
    path: Path, client: Client, heard: set[tuple[str, bool]], new_town: NewTown, loop: asyncio.AbstractEventLoop,
    *, who: identity.Identity,
) -> None:  # fmt: skip
    platform, known = new_town("sqlite")
    door = SdkDoor(platform, known, loop, who).by(client, heard)
    try:
        Telling(load(path), door, known).tell()
    finally:
        door.close()
