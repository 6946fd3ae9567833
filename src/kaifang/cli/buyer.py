"""`kaifang buyer`: what a consumer does with the wallet, from the command line."""

from __future__ import annotations

import re
import urllib.parse
from typing import Any

from .client import Client
from .home import Home, Problem

CASHIER = re.compile(r"/cashier/([A-Za-z0-9]+)")


class Buyer:
    """A consumer of the world, or a merchant as a person, signed in to the wallet."""

    def __init__(self, home: Home, name: str) -> None:
        world = home.read_world()
        people = world["consumers"] + world.get("merchants", [])  # merchants consent to providers, with their wallets
        wanted = ("id", "user_id", "logon_id", "name")
        found = next((one for one in people if name in [one[key] for key in wanted]), None)
        if found is None:
            raise Problem(f"nobody is called {name}; there are {', '.join(one['id'] for one in people)}")
        self.person, self.wallet = found, Client.of(home, "wallet")
        signed_in = self.wallet.call(
            "kaifang.wallet.signin", {"logon_id": found["logon_id"], "password": found["pay_password"]}
        )
        if "access_token" not in signed_in:
            raise Problem(f"{name} cannot sign in: {signed_in}")
        self.token = signed_in["access_token"]

    def ask(self, method: str, **fields: Any) -> dict[str, Any]:
        """Call a method of the wallet as this person."""
        return self.wallet.call(method, fields, auth_token=self.token)

    def code(self) -> str:
        """A fresh pay code, as the wallet shows it to a till."""
        return str(self.ask("kaifang.fund.code.create", kind="bar_code")["auth_code"])

    def pay(self, what: str, channel: str = "") -> dict[str, Any]:
        """Pay a trade number, a scanned QR code, an app's order string or a cashier's address."""
        token = self.cashier(what)
        told = self.ask(
            "kaifang.cashier.confirm", token=token, pay_password=self.person["pay_password"],
            **({"channel": channel} if channel else {}),
        )  # fmt: skip
        if not told.get("done"):
            raise Problem(f"not paid: {told}")
        return told

    def cashier(self, what: str) -> str:
        """The cashier's token for whatever there is to pay."""
        found = CASHIER.search(what)
        if found is None and "sign=" in what:
            found = CASHIER.search(self.wallet.follow(what.partition("?")[2] if "gateway.do?" in what else what))
        if found is None:
            found = CASHIER.search(self.ask("kaifang.wallet.scan", code=what).get("path", ""))
        if found is None:
            raise Problem(f"nothing to pay in {what}")
        return found[1]

    def confirm(self, trade_no: str) -> dict[str, Any]:
        """Confirm that the goods of a guaranteed trade have arrived."""
        return self.ask("kaifang.trade.receive", trade_no=trade_no)

    def approve(self, url: str) -> str:
        """Consent to what an authorisation page asks for; returns where the browser goes."""
        parts = urllib.parse.urlsplit(url)
        asked = dict(urllib.parse.parse_qsl(parts.query))
        wanted = {name: asked[name] for name in ("app_id", "scope", "redirect_uri", "state") if asked.get(name)}
        if parts.path.endswith(("appToAppAuth.htm", "appToAppBatchAuth.htm")):
            wanted.pop("scope", None)
            wanted |= {name: asked[name] for name in ("auth_app_id", "application_type") if asked.get(name)}
            if parts.path.endswith("appToAppBatchAuth.htm"):  # all that the page offers
                offered = self.ask("kaifang.openapp.authorisation.look", **wanted)["apps"]
                wanted["auth_app_ids"] = [app["app_id"] for app in offered]
            return str(self.ask("kaifang.openapp.authorisation.give", **wanted)["redirect_uri"])
        return str(self.ask("kaifang.account.consent.give", **wanted)["redirect_uri"])
