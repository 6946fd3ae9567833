"""One running platform a session, the SDKs that talk to it, and a merchant's server that is notified."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from conftest import missing
from tests.surfaces.conftest import Browser
from tests.wire.clients import HERE, Client, Driver, NodeClient, NodeV3Client
from tests.wire.receiver import Receiver
from tests.wire.town import Town, can_listen, free_port, own_host


@pytest.fixture(scope="session")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    """The platform, on a port of its own and, where that is allowed, on port 80 as well."""
    host = own_host()
    ports = [free_port(host), *([80] if can_listen(host, 80) else [])]
    town = Town(tmp_path_factory.mktemp("town"), host, ports)
    yield town
    assert town.stop() == 0, town.log.read_text()


@pytest.fixture(scope="session")
def known(town: Town) -> dict[str, Any]:
    """What drivers are told of the world: its apps, and three more with something wrong."""
    apps = {app["name"]: app for app in town.world["apps"]}
    apps["stranger"] = apps["coffee"] | {"app_id": "2021000000000000"}
    keys = {name: apps["books"][name] for name in apps["books"] if name.startswith("private_key")}
    apps["forger"] = apps["coffee"] | keys
    apps["mixed_up"] = apps["coffee"] | {"aes_key": apps["books"]["aes_key"]}
    return {"gateway_url": town.world["gateway_url"], "apps": apps}


@pytest.fixture(scope="session")
def receiver() -> Iterator[Receiver]:
    """The merchant's server."""
    receiver = Receiver()
    yield receiver
    receiver.close()


@pytest.fixture
def browser(town: Town) -> Browser:
    """A browser for people at the cashier."""
    return Browser(town.world["base_url"])


@pytest.fixture(scope="session")
def drivers(town: Town, known: dict[str, Any], request: pytest.FixtureRequest) -> Iterator[Callable[[str], Driver]]:
    """The SDKs, each started when it is first asked for."""
    started: dict[str, Driver] = {}

    def driver(sdk: str) -> Driver:
        if sdk not in started:
            started[sdk] = start(sdk, town.plain_host, known, request)
        return started[sdk]

    yield driver
    for one in started.values():
        one.close()


def start(sdk: str, plain_host: str, known: dict[str, Any], request: pytest.FixtureRequest) -> Driver:
    """An SDK in a process of its own; one of them speaks to port 80 only."""
    if sdk == "node":
        return Driver([request.getfixturevalue("node"), str(request.getfixturevalue("node_sdk") / "driver.js")], known)
    packages = request.getfixturevalue(f"{sdk}_sdk")
    if sdk == "official":
        if not plain_host:
            missing("port 80, the only one that alipay-sdk-python speaks to", "run as root")
        known = known | {"gateway_url": f"http://{plain_host}/gateway.do"}
    return Driver([sys.executable, str(HERE / sdk / "driver.py")], known, packages)


WAYS: dict[str, Callable[[Callable[[str], Driver]], Client]] = {
    "official": lambda drivers: Client(drivers("official"), "official"),
    "small": lambda drivers: Client(drivers("small"), "small"),
    "small-certificates": lambda drivers: Client(drivers("small"), "small", mode="certificates"),
    "node": lambda drivers: NodeClient(drivers("node"), "node"),
    "node-certificates": lambda drivers: NodeClient(drivers("node"), "node", mode="certificates"),
    "node-v3": lambda drivers: NodeV3Client(drivers("node"), "node-v3"),
    "node-v3-encrypted": lambda drivers: NodeV3Client(drivers("node"), "node-v3", encrypt=True),
    "node-v3-certificates": lambda drivers: NodeV3Client(drivers("node"), "node-v3", mode="certificates"),
}


@pytest.fixture(params=WAYS)
def client(request: pytest.FixtureRequest, drivers: Callable[[str], Driver]) -> Client:
    """The coffee shop's server, with every SDK and in every way in which it can be set up."""
    return WAYS[request.param](drivers)


@pytest.fixture(params=["official", "small", "node"])
def sdk(request: pytest.FixtureRequest, drivers: Callable[[str], Driver]) -> Client:
    """The coffee shop's server, with every SDK in its plainest way."""
    return WAYS[request.param](drivers)
