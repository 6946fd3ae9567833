"""Seeding a world: people and merchants move in, apps get keys and certificates in every form the SDKs want."""

from __future__ import annotations

import asyncio
import base64
import re
from pathlib import Path
from typing import Any

import msgspec

import kaifang
from kaifang.gateway.certificates import certificate_sn, read_certificates
from kaifang.gateway.identity import Identity, write_private
from kaifang.gateway.keys import export_private_key, export_public_key, load_public_key, new_private_key
from kaifang.kernel.clock import Moment, lasts, wall
from kaifang.kernel.door import KernelDoor
from kaifang.kernel.platform import Platform
from kaifang.kernel.story import Step, Story, Telling, Told, Untrue, load

from .home import Home, Problem

WORLD = Path(kaifang.__file__).parent / "world.yaml"
SEASON = WORLD.with_name("season.yaml")  # what is going on there
HOUSE = WORLD.with_name("house.yaml")  # what production begins with
KEY_WANTED = re.compile(r"\$\{(\w+)\.public_key\}")
TIME_WANTED = re.compile(r"\$\{in\.(\w+)\}")  # a moment so long after the seeding


def seed(home: Home, platform: Platform, identity: Identity, world: Path = WORLD) -> None:
    """Tell the world's story to an opened platform, and keep what its clients need in the home folder."""
    loop = asyncio.new_event_loop()
    try:
        Settlers(platform, identity, loop).settle(home, [world, SEASON] if world == WORLD else [world])
    except (OSError, Untrue) as problem:
        raise Problem(f"the world cannot be seeded: {problem}") from None
    finally:
        loop.close()


def moments(text: str, now: int) -> dict[str, str]:
    """The moments that a story wants, counted from now."""
    return {f"in.{span}": str(Moment(now + lasts(span))) for span in TIME_WANTED.findall(text)}


class Settlers:
    """Moves a world in, and notes what outsiders need to know of it."""

    def __init__(self, platform: Platform, identity: Identity, loop: asyncio.AbstractEventLoop) -> None:
        self.platform, self.identity = platform, identity
        self.known: dict[str, Any] = {"secret": platform.place.chance.digits(6)}  # for who never signs in
        self.door = KernelDoor(platform, self.known, loop)
        self.people: list[dict[str, Any]] = []
        self.apps: list[dict[str, Any]] = []
        self.keys: dict[str, dict[str, str]] = {}

    def settle(self, home: Home, paths: list[Path]) -> None:
        """Tell the stories, certify the apps, introduce everybody, and write world.json."""
        told_of = [(load(path), path.read_text("utf-8")) for path in paths]
        # First of all that is kept, since a database that knows a certificate is not seeded again.
        self._ask("kaifang.openapp.platformcert.add", sn=self.identity.sn, pem=self.identity.chain_file)
        for story, text in told_of:
            self._tell(story, text)
        for app in self.apps:
            self._certify(app)
        self._introduce()
        told: dict[str, Any] = {"apps": self.apps, "consumers": [], "merchants": []}
        for one in self.people:
            told["consumers" if one.pop("kind") == "person" else "merchants"].append(one)
        write_private(home.world, msgspec.json.format(msgspec.json.encode(told), indent=1).decode())

    def _tell(self, story: Story, text: str) -> None:
        for name in sorted(set(KEY_WANTED.findall(text))):
            self._make_key(name)
        self.known |= moments(text, self.platform.clock.now())
        telling = Telling(story, self.door, self.known)
        telling.tell(self._note)
        self.known.update(telling.known)

    def _make_key(self, name: str) -> None:
        key = new_private_key()
        self.keys[name] = export_private_key(key) | export_public_key(key.public_key())
        self.known[f"{name}.public_key"] = self.keys[name]["spki_base64"]

    def _note(self, step: Step, ask: dict[str, Any], told: Told) -> None:
        if step.call == "kaifang.account.party.open":
            name = (step.answer or {})["user_id"].removeprefix("$")
            person = {key: ask[key] for key in ("kind", "name", "logon_id", "pay_password")}
            self.people.append({"id": name, "user_id": told.fields["user_id"], **person})
        if step.call == "kaifang.openapp.app.create":
            name = (step.answer or {})["app_id"].removeprefix("$").removesuffix(".app")
            role = ask.get("role", "merchant")
            self.apps.append({"name": name, "app_id": told.fields["app_id"], "role": role, "pid": ask["party"]})

    def _ask(self, method: str, **fields: Any) -> dict[str, Any]:
        told = self.door.call(Step(call=method, by="inside"), fields)
        assert not told.fault, f"{method}: {told.fault} {told.fields}"
        return told.fields

    def _certify(self, app: dict[str, Any]) -> None:
        keys = self.keys[app["name"]]
        pem = self.identity.certify(app["app_id"], load_public_key(keys["spki_base64"]), wall())
        (certificate,) = read_certificates(pem)
        sn, until = certificate_sn(certificate), Moment(round(certificate.not_valid_after_utc.timestamp() * 1000))
        self._ask(
            "kaifang.openapp.cert.add", app_id=app["app_id"], sn=sn, pem=pem, public_key=keys["spki_base64"],
            until=str(until),
        )  # fmt: skip
        aes = base64.b64encode(bytes.fromhex(self.platform.place.chance.hex(32))).decode()
        self._ask("kaifang.openapp.app.change", app_id=app["app_id"], aes_key=aes)
        platform = self.identity.public_key
        app |= {
            "private_key_pkcs1": keys["pkcs1_base64"], "private_key_pkcs1_pem": keys["pkcs1_pem"],
            "private_key_pkcs8": keys["pkcs8_base64"], "private_key_pkcs8_pem": keys["pkcs8_pem"],
            "app_public_key": keys["spki_base64"], "platform_public_key": platform["spki_base64"],
            "platform_public_key_pem": platform["spki_pem"], "aes_key": aes,
            "app_cert": pem, "app_cert_sn": sn, "platform_cert": self.identity.chain_file,
            "platform_cert_sn": self.identity.sn, "root_cert": self.identity.root_file,
            "root_cert_sn": self.identity.root_sn,
        }  # fmt: skip

    def _introduce(self) -> None:
        """Give every consumer the open_id by which each app knows them."""
        for person in self.people:
            if person["kind"] == "person":
                person["open_ids"] = {
                    app["app_id"]: self._ask(
                        "kaifang.account.openid.give", user_id=person["user_id"], app=app["app_id"]
                    )["open_id"]
                    for app in self.apps
                    if app["role"] in ("merchant", "isv")
                }
                person["open_id"] = next(iter(person["open_ids"].values()))
