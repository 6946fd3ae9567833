"""People and merchants who move into a sandbox for one scenario only, so that it can be played again and again."""

from __future__ import annotations

from typing import Any

from kaifang.gateway.keys import export_private_key, export_public_key, new_private_key

from .client import Client
from .home import Home

PASSWORD = "111111"  # as everybody's in the seeded world
BANK = "ICBC"


class Guests(Home):
    """The same home; its world knows the guests as well, and no file does."""

    def __init__(self, home: Home) -> None:
        super().__init__(home.folder)
        self.added: dict[str, list[dict[str, Any]]] = {"apps": [], "consumers": [], "merchants": []}
        self.house = Client.of(home, "house")

    def read_world(self) -> dict[str, Any]:
        """The apps with their keys, and the people."""
        world = super().read_world()
        return {**world, **{group: [*world[group], *found] for group, found in self.added.items()}}

    def person(self, id: str, name: str, money: str) -> None:
        """Somebody who has money on the balance."""
        self.move_in("consumers", "person", id, name, money)

    def merchant(self, id: str, name: str, money: str) -> None:
        """A merchant with money on the balance, and an application whose key it made itself."""
        pid = self.move_in("merchants", "merchant", id, name, money)
        key = new_private_key()
        private, public = export_private_key(key), export_public_key(key.public_key())
        asked = {"party": pid, "name": name, "public_key": public["spki_base64"]}
        platform = {name: text for name, text in self.house.app.items() if name.startswith("platform_public_key")}
        app = {
            "name": id, "app_id": self.house.call("kaifang.openapp.app.create", asked)["app_id"], "role": "merchant",
            "pid": pid, "private_key_pkcs1": private["pkcs1_base64"], "private_key_pkcs1_pem": private["pkcs1_pem"],
            "private_key_pkcs8": private["pkcs8_base64"],
        }  # fmt: skip
        self.added["apps"].append(app | platform)

    def move_in(self, group: str, kind: str, id: str, name: str, money: str) -> str:
        """Open an account, and let money arrive on it."""
        person = {"logon_id": f"{id}@example.com", "name": name, "pay_password": PASSWORD}
        user_id: str = self.house.call("kaifang.account.party.open", {"kind": kind, **person})["user_id"]
        self.house.call("kaifang.fund.bank.remit", {"bank_code": BANK, "user_id": user_id, "amount": money})
        self.added[group].append({"id": id, "user_id": user_id, **person})
        return user_id
