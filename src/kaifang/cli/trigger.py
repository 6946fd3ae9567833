"""`kaifang trigger`: let something happen in the sandbox, and see the notification arrive."""

from __future__ import annotations

import time
from typing import Annotated, Any

from cyclopts import Parameter
from cyclopts.validators import Number

from . import AppName, Json, Where, show
from .client import Client
from .home import DEFAULT, Home
from .paper import print_table

LOOK_SECONDS = 0.2
SETTLED = ("DELIVERED", "GIVEN_UP")


def trigger(
    event: Annotated[str, Parameter(help="A trigger, or what it brings, such as trade_status_sync.")] = "",
    /,
    *,
    app: AppName = "coffee",
    notify_url: Annotated[str, Parameter(help="Where to notify it; else whoever listens, or its gateway.")] = "",
    wait: Annotated[
        float, Parameter(validator=Number(gte=0), show_default=True, help="Seconds to wait for the first answer.")
    ] = 5.0,
    home: Where = DEFAULT,
    json: Json = False,
) -> None:
    """Let something happen in the sandbox, by real calls, so that an app is told of it; without an event, list them.

    Example: kaifang trigger
    Example: kaifang trigger trade.paid --app coffee --notify-url http://127.0.0.1:5000/notify
    """
    client = Client.of(Home(home), app)
    if not event:
        told = client.call("kaifang.trigger.list", {})
        show(told) if json else print_list(told)
        return
    asked = {"trigger": event} | ({"notify_url": notify_url} if notify_url else {})
    before = {one["notify_id"] for one in latest(client)}
    fired = client.call("kaifang.trigger.fire", asked)
    notices = follow(client, fired, before, wait)
    if json:
        show(fired | {"notices": notices})
    else:
        print(*lines(fired, notices), sep="\n")


def print_list(told: dict[str, Any]) -> None:
    """What there is to trigger, and what there is not."""
    rows = [(one["trigger"], f"{one['en']}\n{one['tells'][0]}") for one in told["triggers"]]
    print_table(("trigger", "what happens, and what it brings"), rows, "nothing can be triggered here")
    print("\nwhat nothing triggers:")
    print_table(("kind", "why"), [(one["kind"], one["en"]) for one in told["untriggered"]], "")


def latest(client: Client) -> list[dict[str, Any]]:
    """What the app was told last."""
    return list(client.call("kaifang.log.notices", {"page_size": 50})["notices"])


def follow(client: Client, fired: dict[str, Any], before: set[str], seconds: float) -> list[dict[str, Any]]:
    """The notifications that come of it, once each of them was tried."""
    until = time.monotonic() + seconds
    while True:
        mine = [one for one in latest(client) if one["kind"] in fired["tells"] and one["notify_id"] not in before]
        kinds = {one["kind"] for one in mine}
        if set(fired["tells"]) <= kinds and all(one["tries"] for one in mine) or time.monotonic() >= until:
            return mine[::-1]
        time.sleep(LOOK_SECONDS)


def lines(fired: dict[str, Any], notices: list[dict[str, Any]]) -> list[str]:
    """The same for people."""
    made = "  ".join(f"{name} {value}" for name, value in fired["made"].items())
    told = [f"{fired['trigger']}  {made}"]
    for one in notices:
        where = one["url"] or "the message channel"
        told.append(f"  {one['kind']}  {one['notify_id']}  {one['state']} after {one['tries']} tries at {where}")
    return told if notices else [*told, f"  nothing was sent yet to {fired['notify_url']}; see: kaifang logs"]
