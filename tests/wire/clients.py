"""Merchants' servers: each is an unmodified SDK in a process of its own, led by a driver in lines of JSON."""

from __future__ import annotations

import json
import os
import re
import subprocess
from pathlib import Path
from typing import Any

from tests.doors import address

from kaifang.cli.home import Home
from kaifang.gateway import catalogue

HERE = Path(__file__).parent


class Refused(Exception):
    """The platform's refusal, as an SDK hands it on."""

    def __init__(self, told: dict[str, str]) -> None:
        super().__init__(f"{told['code']} ({told['family']}): {told['message']}")
        self.code, self.family, self.message = told["code"], told["family"], told["message"]


class Raised(Exception):
    """What an SDK itself raised."""


class Driver:
    """The process with the SDK in it. `close()` it."""

    def __init__(self, command: list[str], world: dict[str, Any], packages: Path | None = None) -> None:
        places = {"PYTHONPATH": str(packages)} if packages else {}
        self.process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env={**os.environ, **places},
        )  # fmt: skip
        self.do("meet", world=world)

    def do(self, what: str, **order: Any) -> Any:
        """Have something done; raises Refused or Raised."""
        assert self.process.stdin is not None and self.process.stdout is not None
        self.process.stdin.write(json.dumps({"do": what, **order}) + "\n")
        self.process.stdin.flush()
        line = self.process.stdout.readline()
        assert line, f"the driver ended with {self.process.wait(10)}"
        told = json.loads(line)
        if "raised" in told:
            raise Raised(told["raised"])
        if "refused" in told:
            raise Refused(told["refused"])
        return told["told"]

    def close(self) -> None:
        """End the process."""
        assert self.process.stdin is not None and self.process.stdout is not None
        self.process.stdin.close()
        self.process.wait(10)
        self.process.stdout.close()


class Client:
    """One app of the world at an SDK; `more` is how the SDK is set up and used."""

    def __init__(self, driver: Driver, name: str, app: str = "coffee", **more: Any) -> None:
        self.driver, self.name, self.app, self.more = driver, name, app, more

    def as_app(self, app: str) -> Client:
        """The same SDK as another app."""
        return type(self)(self.driver, self.name, app, **self.more)

    def using(self, **more: Any) -> Client:
        """The same SDK, set up or used differently."""
        return type(self)(self.driver, self.name, self.app, **self.more | more)

    def ask(self, method: str, content: dict[str, Any], **common: str) -> dict[str, Any]:
        """Call a method; its answer in the names of the wire."""
        told: dict[str, Any] = self.driver.do("call", **self.order(method, content, common))
        return told

    def order(self, method: str, content: dict[str, Any], common: dict[str, str]) -> dict[str, Any]:
        """What the driver is told of a call."""
        return {"app": self.app, "method": method, "content": content, "common": common, **self.more}

    def refusal(self, method: str, content: dict[str, Any], **common: str) -> str:
        """The code with which a call is refused; empty if it is not."""
        try:
            self.ask(method, content, **common)
        except Refused as refusal:
            assert refusal.message
            return refusal.code
        return ""

    def page(self, verb: str, method: str, content: dict[str, Any], **common: str) -> str:
        """Where a page call sends a browser."""
        told: str = self.driver.do("page", verb=verb, **self.order(method, content, common))
        return told

    def string(self, method: str, content: dict[str, Any], **common: str) -> str:
        """The order string for an app."""
        told: str = self.driver.do("string", **self.order(method, content, common))
        return told

    def verify(self, fields: dict[str, str], by: str = "verify") -> bool:
        """Whether the SDK believes a notification."""
        told: bool = self.driver.do(by, app=self.app, fields=fields, **self.more)
        return told

    def result(self, method: str, text: str) -> dict[str, str] | None:
        """What the SDK reads in the result that the wallet hands to an app; None if it does not believe it."""
        told: dict[str, str] | None = self.driver.do("result", app=self.app, method=method, text=text, **self.more)
        return told


class NodeClient(Client):
    """The Node SDK in v2, whose answers have their names in camel case."""

    def ask(self, method: str, content: dict[str, Any], **common: str) -> dict[str, Any]:
        """Call a method; its answer in the names of the wire."""
        told: dict[str, Any] = snake(super().ask(method, content, **common))
        return told

    def order(self, method: str, content: dict[str, Any], common: dict[str, str]) -> dict[str, Any]:
        """What the driver is told of a call."""
        contract = catalogue.contract(method)
        bare = contract is not None and contract.model is None  # its fields stand beside biz_content
        return super().order(method, content, common) | {"bare": bare}


class NodeV3Client(NodeClient):
    """The Node SDK in v3, whose answers are as on the wire and whose refusals have other codes."""

    def ask(self, method: str, content: dict[str, Any], **common: str) -> dict[str, Any]:
        """Call a method; its answer in the names of the wire."""
        verb, path, content = address(method, content)
        order = self.order(method, content, common)
        if verb == "GET":
            order.pop("encrypt", None)  # the SDK would decrypt the answer without having asked for encryption
        told: dict[str, Any] = self.driver.do("curl", verb=verb, path=path, **order)
        return told


class Server:
    """A merchant's or a service provider's server, as the stories of `kaifang demo` ask for one."""

    def __init__(self, client: Client, home: Home, name: str) -> None:
        apps = {app["name"]: app for app in home.read_world()["apps"]}
        client.driver.do("meet", world={"apps": apps})  # guests are there by now
        self.client, self.pid, self.app_id = client.as_app(name), apps[name]["pid"], apps[name]["app_id"]

    def call(self, method: str, **content: Any) -> dict[str, Any]:
        """Call a method; its answer in the names of the wire."""
        return self.client.ask(method, content)


def snake(told: Any) -> Any:
    """Camel case as the wire's names."""
    if isinstance(told, list):
        return [snake(one) for one in told]
    if not isinstance(told, dict):
        return told
    return {re.sub("([A-Z])", lambda letter: "_" + letter[1].lower(), name): snake(one) for name, one in told.items()}
