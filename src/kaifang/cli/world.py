"""What can be told of a platform without its being asked over the wire: its world, its methods, its books."""

from __future__ import annotations

import contextlib
from typing import Any

from rich.table import Table

import kaifang.capabilities
import kaifang.gateway.doctor  # whose methods are called like all others
import kaifang.gateway.logbook  # and these
from kaifang.kernel import Purse, Who
from kaifang.kernel.capability import discover
from kaifang.kernel.ledger import Account
from kaifang.kernel.method import methods
from kaifang.kernel.money import Money
from kaifang.kernel.store import Broken, Store
from kaifang.kernel.verify import Proof
from kaifang.kernel.verify import verify as prove_books

from .home import Home, Problem
from .paper import table


def live_methods() -> list[str]:
    """The methods that may be called over the wire."""
    discover(kaifang.capabilities)
    return sorted(name for name, method in methods.items() if method.who is not Who.INSIDE)


def read_world(home: Home) -> dict[str, Any]:
    """Everything a client needs, with everybody's balance of this moment."""
    told = {"merchants": [], **home.read_world()}
    with contextlib.suppress(Problem):
        told["base_url"] = home.running().url
        told["gateway_url"] = f"{told['base_url']}/gateway.do"
    engine = home.books()

    def balances(tx: Any) -> dict[str, str]:
        found = {}
        for one in [*told["consumers"], *told["merchants"]]:
            account = tx.find(Account, id=Purse(one["user_id"]).account("CNY"))
            found[one["user_id"]] = str(Money(account.balance if account else 0))
        return found

    try:
        kept = Store(engine).read(balances)
    finally:
        engine.close()
    for group in ("consumers", "merchants"):
        told[group] = [one | {"balance": kept[one["user_id"]]} for one in told[group]]
    return {"gateway_url": told.pop("gateway_url", ""), "base_url": told.pop("base_url", ""), **told}


def world_table(told: dict[str, Any]) -> list[Table | str]:
    """The world for a terminal."""
    rows = [(app["app_id"], app["name"], app["role"], app["pid"]) for app in told["apps"]]
    apps = table(("app_id", "name", "role", "merchant pid"), rows, "\nApps")
    gateway = f"gateway: {told['gateway_url'] or 'not running'}"
    groups = [people_table(name.capitalize(), told[name]) for name in ("merchants", "consumers")]
    return [gateway, apps, *groups, "\nkeys and certificates: add --json"]


def people_table(title: str, people: list[dict[str, Any]]) -> Table:
    """Who they are and what they have."""
    rows = [(f"{one['id']} {one['name']}", one["logon_id"], one["user_id"], one["balance"]) for one in people]
    return table(("name", "logon id", "user_id", "balance"), rows, f"\n{title}")


def prove(home: Home, database: str = "") -> Proof:
    """Verify the journal of this home's database."""
    engine = home.books(database)
    try:
        with engine.reading():
            return prove_books(engine)
    except Broken as problem:
        raise Problem(f"no platform keeps its books there: {problem}") from None
    finally:
        engine.close()
