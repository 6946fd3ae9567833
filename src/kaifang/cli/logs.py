"""`kaifang logs`: what an app asked, what happened to it, and what it was told, as it happens."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from typing import Annotated, Any, Literal

import msgspec
from cyclopts import Parameter
from cyclopts.validators import Number
from rich.text import Text

from . import Json, Where
from .client import Client
from .home import DEFAULT, Home
from .paper import console

LOOK_SECONDS = 0.5
MOST = 100  # of a kind that are asked for at once
MOST_KNOWN = 20_000  # lines that are remembered as told
Kind = Literal["requests", "events", "notices"]
Line = dict[str, Any]
STYLES = {"requests": "cyan", "events": "", "notices": "magenta"}


class Log:
    """The lines of one app, or of all, from the platform's three logs."""

    def __init__(self, home: Home, app: str) -> None:
        self.house = Client.of(home, "house")
        self.app: dict[str, Any] | None = Client.of(home, app).app if app else None
        self.which = {"app_id": self.app["app_id"]} if self.app else {}

    def requests(self, most: int) -> Iterator[Line]:
        """What was asked and answered."""
        for one in self.house.call("kaifang.log.requests", self.which | {"page_size": most})["requests"]:
            said = f"{one['method'] or '?'}  {one['outcome']}  {one['took']} ms  {one['trace']}"
            yield {"at": one["at"], "log": "requests", "key": one["trace"], "says": said, "is": one,
                   "bad": one["outcome"] not in ("10000", "10003")}  # fmt: skip

    def events(self, most: int) -> Iterator[Line]:
        """What happened."""
        for one in self.house.call("kaifang.log.events", {"page_size": MOST if self.app else most})["events"]:
            if self.concerns(one):
                key, said = f"{one['writer']}/{one['number']}", f"{one['name']}  {one['subject']}"
                yield {"at": one["at"], "log": "events", "key": key, "says": said, "is": one}

    def notices(self, most: int) -> Iterator[Line]:
        """What was told, each time that something came of it."""
        for one in self.house.call("kaifang.log.notices", self.which | {"page_size": most})["notices"]:
            where, often = one["url"] or "its message channel", "once" if one["tries"] == 1 else f"{one['tries']} times"
            said = f"{one['kind']}  {one['state']}, sent {often}  {one['notify_id']}  {where}"
            yield {"at": one["owed"], "log": "notices", "key": f"{one['notify_id']}/{one['tries']}", "says": said,
                   "is": one, "bad": one["state"] in ("RETRYING", "GIVEN_UP")}  # fmt: skip

    def concerns(self, event: dict[str, Any]) -> bool:
        """Whether an event names the app or its owner."""
        told = {event["subject"], *(value for value in event["facts"].values() if isinstance(value, str))}
        return self.app is None or bool(told & {self.app["app_id"], self.app["pid"]})

    def lines(self, kinds: tuple[Kind, ...], most: int) -> list[Line]:
        """The latest of each, in the order in which they happened."""
        read: dict[Kind, Callable[[int], Iterator[Line]]] = {
            "requests": self.requests, "events": self.events, "notices": self.notices,
        }  # fmt: skip
        found = [line for kind in kinds for line in [*read[kind](most)][::-1]]
        return sorted(found, key=lambda line: line["at"])


def logs(
    *,
    app: Annotated[str, Parameter(help="Only what concerns this app: its name in the world, or its app_id.")] = "",
    kind: Annotated[
        list[Kind] | None, Parameter(consume_multiple=False, negative=(), help="Only this log; repeatable.")
    ] = None,
    last: Annotated[
        int, Parameter(validator=Number(gte=0, lte=MOST), show_default=True, help="How many lines of what has been.")
    ] = 20,
    follow: Annotated[bool, Parameter(name=["--follow", "-f"], negative=(), help="Go on, until Ctrl-C.")] = False,
    home: Where = DEFAULT,
    json: Json = False,
) -> None:
    """Show what apps asked, what happened, and what they were told: the latest, and with --follow what comes.

    A request that failed verification is explained by kaifang doctor TRACE.
    Example: kaifang logs --app coffee --follow
    Example: kaifang logs --kind requests --last 5 --json
    """
    log, kinds = Log(Home(home), app), tuple(kind or ("requests", "events", "notices"))
    told: dict[str, None] = {}
    lines = log.lines(kinds, MOST)
    for line in lines[: len(lines) - last]:
        told[line["log"] + line["key"]] = None
    printer = print_json if json else print_line
    try:
        while True:
            for line in lines:
                if line["log"] + line["key"] not in told:
                    told[line["log"] + line["key"]] = None
                    printer(line)
            if not follow:
                return
            for key in list(told)[: max(0, len(told) - MOST_KNOWN)]:
                del told[key]
            time.sleep(LOOK_SECONDS)
            lines = log.lines(kinds, MOST)
    except KeyboardInterrupt:
        return


def print_json(line: Line) -> None:
    """A line for programs."""
    print(msgspec.json.encode({"log": line["log"], **line["is"]}).decode(), flush=True)


def print_line(line: Line) -> None:
    """A line for people; red where somebody should look."""
    style = "red" if line.get("bad") else STYLES[line["log"]]
    console().print(Text(f"{line['at'][5:]}  {line['log']:<8}  {line['says']}", style=style), soft_wrap=True)
