"""`kaifang sandbox`: platforms side by side, each isolated from the next, made, kept and restored in milliseconds."""

from __future__ import annotations

import sys
import time
from pathlib import Path
from typing import Annotated

import cyclopts
from cyclopts import Parameter

from . import Json, show
from . import sandboxes as kept
from .home import DEFAULT
from .paper import busy, print_table

sandbox = cyclopts.App(name="sandbox", help="Sandboxes side by side: make, choose, keep and restore them.")
sandbox.default_parameter = Parameter(show_default=False)
Called = Annotated[str, Parameter(help="The sandbox's name.")]


@sandbox.command
def new(
    name: Called,
    /,
    *,
    switch: Annotated[bool, Parameter(negative=(), help="Let commands that name no home mean it from now on.")] = False,
    json: Json = False,
) -> None:
    """Make a sandbox: a seeded home of its own, copied from one that is prepared once a day.

    Those that were made on one day have the same people, apps and keys, and share nothing else.
    Example: kaifang sandbox new checkout --switch
    Example: kaifang up --port 8889
    """
    with busy("preparing a home; the next sandboxes take milliseconds", not json), kept.alone():
        kept.prepared()
    begun = time.perf_counter()
    home = kept.make(name)
    took = round((time.perf_counter() - begun) * 1000)
    if switch:
        kept.choose(name)
    if json:
        show({"name": name, "home": str(home), "milliseconds": took, "chosen": switch})
    else:
        print(f"{name} at {home}, in {took} ms; " + ("kaifang up" if switch else f"kaifang sandbox switch {name}"))


@sandbox.command(name="list")
def list_all(*, json: Json = False) -> None:
    """List the sandboxes, which of them is chosen, and where they run.

    Example: kaifang sandbox list
    """
    found = kept.sandboxes()
    if json:
        show(found)
        return
    rows = [("*" if one.chosen else "", one.name, one.url or "stopped", str(one.entries), size(one.bytes), one.home)
            for one in found]  # fmt: skip
    print_table(("", "name", "runs at", "entries", "size", "home"), rows, "no sandbox yet; kaifang sandbox new NAME")


def size(count: int) -> str:
    """How much room something takes."""
    return f"{count / 1e6:.1f} MB"


@sandbox.command
def switch(
    name: Annotated[str, Parameter(help="Which; left out: the home that was meant before.")] = "", /, *,
    json: Json = False,
) -> None:  # fmt: skip
    """Choose the sandbox that all commands without --home mean.

    Example: kaifang sandbox switch checkout
    """
    kept.choose(name)
    home = kept.root() / name if name else kept.BASE.expanduser()
    show({"home": str(home)}) if json else print(f"commands without --home mean {home} now")


@sandbox.command
def snapshot(
    name: Annotated[str, Parameter(help="Which; the home that commands mean now if left out.")] = "",
    /,
    *,
    to: Annotated[Path | None, Parameter(help="The file to write; NAME-DATE-TIME.kaifang if left out.")] = None,
    json: Json = False,
) -> None:
    """Keep a sandbox in one file: books, world and keys. It may run meanwhile.

    Who reads the file has the sandbox's keys.
    Example: kaifang sandbox snapshot checkout --to before.kaifang
    """
    home = kept.folder_of(name) if name else DEFAULT.expanduser().absolute()
    file = to or Path(f"{home.name.lstrip('.')}-{time.strftime('%Y%m%d-%H%M%S')}.kaifang")
    with busy("writing the snapshot", not json):
        told = kept.take(home, file)
    if json:
        show({"file": str(file), **{key: getattr(told, key) for key in told.__struct_fields__}})
    else:
        meanwhile = ", while it ran" if told.running else ""
        print(f"{file}: {told.books.entries} entries, books {told.books.hash[:16]}{meanwhile}")


@sandbox.command
def restore(
    file: Annotated[Path, Parameter(help="A snapshot.")],
    name: Annotated[str, Parameter(help="What to call it; as it was called if left out.")] = "",
    /,
    *,
    replace: Annotated[bool, Parameter(negative=(), help="Put it in the place of the one of that name.")] = False,
    json: Json = False,
) -> None:
    """Make a sandbox out of a snapshot, with the same books to the last hash.

    Example: kaifang sandbox restore before.kaifang again
    """
    with busy("restoring", not json):
        home, told = kept.restore(file, name, replace)
    if json:
        show({"name": home.name, "home": str(home), "books": told.books})
    else:
        print(f"{home.name} at {home}: {told.books.entries} entries, books {told.books.hash[:16]}")


@sandbox.command
def remove(
    name: Called, /, *, yes: Annotated[bool, Parameter(negative=(), help="Without being asked.")] = False,
    json: Json = False,
) -> None:  # fmt: skip
    """Remove a sandbox that does not run, with all that is in it.

    Example: kaifang sandbox remove checkout --yes
    """
    kept.folder_of(name)
    if not (yes or json) and sys.stdin.isatty():
        from rich.prompt import Confirm

        if not Confirm.ask(f"remove {name} with its books?"):
            sys.exit(1)
    kept.remove(name)
    show({"removed": name}) if json else print(f"{name} is gone")
