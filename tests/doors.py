"""The gateway's two doors as stories use them: every call is signed, verified and answered as on the wire."""

from __future__ import annotations

import asyncio
import json
from typing import Any
from urllib.parse import quote, urlencode

import msgspec

from kaifang.gateway import catalogue, identity
from kaifang.gateway.devices import Hearing, open_devices
from kaifang.gateway.devices.parcel import Said, say, unpack
from kaifang.gateway.door import Door
from kaifang.gateway.envelope import node_name
from kaifang.gateway.forms import encode_fields, write_urlencoded
from kaifang.gateway.house import House, Settings
from kaifang.gateway.keys import load_public_key, stored_private_key
from kaifang.gateway.local import LocalAnswer
from kaifang.gateway.local import ask as ask_door
from kaifang.gateway.signing import RsaSigner, text_with_type, verify
from kaifang.kernel import Who
from kaifang.kernel.clock import SECOND, written
from kaifang.kernel.door import KernelDoor
from kaifang.kernel.method import methods
from kaifang.kernel.platform import Platform
from kaifang.kernel.story import Step, Told
from tests.town import DEVICE_KEYS, KEYS, SECRETS

SIGNER = RsaSigner(stored_private_key(KEYS["app_private_pkcs8_pem"]))
INSIDE = ("inside",)


class WireDoor(KernelDoor):
    """Calls through the gateway; only what has no way in from outside goes straight into the kernel."""

    def __init__(
        self, platform: Platform, known: dict[str, Any], loop: asyncio.AbstractEventLoop, who: identity.Identity
    ) -> None:
        super().__init__(platform, known, loop)
        self.house = House(platform, who, Settings(base_url="http://127.0.0.1"))
        self.door, self.public = Door(self.house), load_public_key(who.public_key["spki_base64"])
        open_devices(self.door, Hearing(self.house))
        self.sessions: dict[str, tuple[str, int]] = {}  # user -> access token, and when it expires
        self.count = 0

    def call(self, step: Step, ask: dict[str, Any]) -> Told:
        """One signed call."""
        method = methods.get(step.call)
        if step.by == "inside" or (method is not None and method.who is Who.INSIDE):
            return super().call(step, ask)
        if step.user and step.by != "wallet":
            return super().call(step, ask)
        told = self.loop.run_until_complete(self._say(step, ask) if step.device else self._call(step, ask))
        self.move(None, 0)
        return told

    async def _call(self, step: Step, ask: dict[str, Any]) -> Told:
        app_id = self.known.get(f"{step.by}.app", "")
        token = step.auth_token or (await self._session(step.user) if step.user else "")
        return await self.send(step, ask, app_id, token)

    async def _say(self, step: Step, ask: dict[str, Any]) -> Told:
        """One message of a device, signed with its key; the answer is verified with the platform's."""
        self.count += 1
        key = self.platform.read(lambda work: work.ask("kaifang.iot.device.key", device_id=step.device)).public_key
        said = Said(
            device_id=step.device, counter=self.count, timestamp=self.platform.clock.now(), method=step.call,
            content=msgspec.Raw(msgspec.json.encode(ask)),
        )  # fmt: skip
        raw = say(SECRETS[DEVICE_KEYS.index(key)], said)
        answer = unpack((await ask_door(self.door, "POST", b"/devices/messages", (), raw)).body)
        assert verify(self.public, answer.body, answer.signature), "the answer's signature does not match"
        told = json.loads(answer.body)
        assert (told["device_id"], told["counter"]) == (step.device, self.count)
        return Told(told["code"], told.get("content", {}), told.get("sub_code", ""))

    async def _session(self, user: str) -> str:
        """A wallet session of a consumer of the town; everybody's password is the same here."""
        now = self.platform.clock.now()
        if self.sessions.get(user, ("", 0))[1] <= now:
            logon = {"logon_id": f"{user}@example.com", "password": "111111"}
            step = Step(call="kaifang.wallet.signin", by="wallet")
            told = await self.send(step, logon, self.known["wallet.app"], "")
            self.sessions[user] = (told.fields["access_token"], now + int(told.fields["expires_in"]) * SECOND)
        return self.sessions[user][0]

    async def send(self, step: Step, ask: dict[str, Any], app_id: str, token: str) -> Told:
        """Sign it, send it, verify the answer."""
        raise NotImplementedError


class V2Door(WireDoor):
    """Through /gateway.do."""

    async def send(self, step: Step, ask: dict[str, Any], app_id: str, token: str) -> Told:
        """Sign it, send it, verify the answer."""
        fields = {
            "app_id": app_id, "method": step.call, "charset": "utf-8", "sign_type": "RSA2", "version": "1.0",
            "format": "JSON", "timestamp": written(self.platform.clock.now()),
        }  # fmt: skip
        fields |= {"notify_url": step.notify_url, "return_url": step.return_url, "app_auth_token": step.token}
        fields |= {"auth_token": token} | self.business(step.call, ask)
        raw = encode_fields({name: value for name, value in fields.items() if value})
        raw[b"sign"] = SIGNER.sign_many([text_with_type(raw)])[0].encode()
        kind = [(b"content-type", b"application/x-www-form-urlencoded")]
        answer = await ask_door(self.door, "POST", b"/gateway.do", kind, write_urlencoded(raw))
        return self.read(step.call, answer)

    @staticmethod
    def business(method: str, ask: dict[str, Any]) -> dict[str, str]:
        """What goes into biz_content, and what beside it."""
        contract = catalogue.contract(method)
        beside = set(contract.params) if contract is not None else set()
        inside = {name: value for name, value in ask.items() if name not in beside}
        told = {
            name: value if isinstance(value, str) else json.dumps(value)
            for name, value in ask.items()
            if name in beside
        }
        return told | ({"biz_content": json.dumps(inside, ensure_ascii=False)} if inside else {})

    def read(self, method: str, answer: LocalAnswer) -> Told:
        """Verify the envelope and take the node out of it, as the strictest SDK does: by its bytes."""
        if answer.status == 302:
            return Told("10000", {"path": (answer.get(b"location") or b"").decode()})
        if answer.body.startswith(b"<!doctype"):
            return Told("40004", {}, answer.body.decode("gbk").partition("<b>")[2].partition("</b>")[0])
        text = answer.body.decode()
        node, _, rest = text.partition(":")[2].rpartition(',"sign":"')
        assert verify(self.public, node.encode(), rest.removesuffix('"}')), "the answer's signature does not match"
        told = json.loads(answer.body)
        assert list(told)[0] in (node_name(method), "error_response")
        fields = next(iter(told.values()))
        return Told(fields.get("code", "10000"), fields, fields.get("sub_code", ""))


class V3Door(V2Door):
    """Through /v3/, where the method has an address there; page calls have none and go through v2."""

    async def send(self, step: Step, ask: dict[str, Any], app_id: str, token: str) -> Told:
        """Sign it, send it, verify the answer."""
        method = methods.get(step.call)
        if method is None or method.is_page:
            return await super().send(step, ask, app_id, token)
        verb, target, body = self.request(step, ask, token)
        self.count += 1
        told = f"app_id={app_id},nonce={self.count:032x},timestamp={self.platform.clock.now()}"
        lines = [told, verb, target, body, *([step.token] if step.token else []), ""]
        sign = SIGNER.sign_many(["\n".join(lines).encode()])[0]
        headers = [(b"authorization", f"ALIPAY-SHA256withRSA {told},sign={sign}".encode())]
        headers += [(b"content-type", b"application/json")]
        headers += [(b"alipay-app-auth-token", step.token.encode())] if step.token else []
        answer = await ask_door(self.door, verb, target.encode(), headers, body.encode())
        return self.read_v3(answer)

    @staticmethod
    def request(step: Step, ask: dict[str, Any], token: str) -> tuple[str, str, str]:
        """Verb, target and body."""
        verb, path, rest = address(step.call, ask)
        rest |= {name: value for name in ("notify_url", "return_url") if (value := getattr(step, name))}
        query = {"auth_token": token} if token else {}
        if verb in ("GET", "DELETE"):
            texts = {k: v if isinstance(v, str) else json.dumps(v, ensure_ascii=False) for k, v in rest.items()}
            query, rest = query | texts, {}
        body = json.dumps(rest, ensure_ascii=False) if rest or verb == "POST" else ""
        return verb, path + ("?" + urlencode(query) if query else ""), body

    def read_v3(self, answer: LocalAnswer) -> Told:
        """Verify the headers' signature and read the body."""
        timestamp, nonce, sign = (
            answer.get(b"alipay-" + name) or b"" for name in (b"timestamp", b"nonce", b"signature")
        )
        assert verify(self.public, b"%b\n%b\n%b\n" % (timestamp, nonce, answer.body), sign), "wrong signature"
        told = json.loads(answer.body)
        if answer.status in (200, 202):
            return Told("10000" if answer.status == 200 else "10003", told)
        return Told("40004", {"sub_msg": told["message"]}, self.in_full(told["code"]))

    def in_full(self, code: str) -> str:
        """A refusal's code as in v2, where some have a word before them."""
        return next((kind.code for kind in self.faults() if kind.code.removeprefix("isv.").removeprefix("aop.")
                     .removeprefix("isp.") == code), code)  # fmt: skip

    @staticmethod
    def faults() -> list[Any]:
        """Every fault that a method declares, and those that any may have."""
        from kaifang import kernel
        from kaifang.gateway import codes
        from kaifang.kernel import FaultKind

        own = [kind for kind in vars(codes).values() if isinstance(kind, FaultKind)]
        return (
            own
            + [kind for method in methods.values() for kind in method.raises]
            + [kind for kind in vars(kernel).values() if isinstance(kind, FaultKind)]
        )


def address(method: str, ask: dict[str, Any]) -> tuple[str, str, dict[str, Any]]:
    """Verb and path of a method in v3, and what is not said by the path."""
    endpoint, rest = catalogue.endpoint(method), dict(ask)
    if endpoint is None:
        return "POST", "/v3/" + method.replace(".", "/"), rest
    path = endpoint.path
    for name in endpoint.path_params:
        path = path.replace("{" + name + "}", quote(str(rest.pop(name)), safe=""))
    return endpoint.verb, path, rest


DOORS = {"v2": V2Door, "v3": V3Door}
