"""The catalogue of capabilities and methods: what is live, what is known and not built, and what stories tell."""

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Annotated

from msgspec import Meta

import kaifang
from kaifang.gateway import catalogue
from kaifang.kernel import Key, Line, Shape, Who, Work, method
from kaifang.kernel.capability import capabilities
from kaifang.kernel.method import methods

CALLED = re.compile(r"^- call: ([a-z0-9_.]+)|^  call: ([a-z0-9_.]+)", re.MULTILINE)


class Which(Shape):
    """Which capabilities to list."""

    capability: Key | None = None  # only this one


class Covered(Shape):
    """How much of a capability there is."""

    capability: str  # its name
    title: str  # in English
    zh: str  # in Chinese
    about: str  # one sentence; empty: it is not built
    official: int  # official methods of it that are live
    own: int  # methods of it that only this platform has
    wanted: int  # official methods that it is for; 0: that was never counted
    missing: int  # those of them that are not live yet
    told: int  # of its live methods that can be called from outside, how many a story calls
    stories: int  # stories that tell of it


class Coverage(Shape):
    """How much there is of everything."""

    capabilities: list[Covered]  # by name, those that are not built at the end
    official: int  # official methods that are live
    known: int  # official methods that are known at all
    own: int  # methods that only this platform has


@method("kaifang.coverage.capabilities", reads=True)
def list_capabilities(work: Work, ask: Which) -> Coverage:
    """List the capabilities with what of the official catalogue is live, and what stories tell of them."""
    wanted, built = catalogue.wanted(), sorted({*capabilities, *(one.capability for one in methods.values())})
    live = [name for name in methods if not name.startswith(catalogue.OWN)]
    rows = [covered(name) for name in built] + [
        Covered(
            capability=name, title=name, zh=name, about="", official=0, own=0, told=0, stories=0, wanted=len(of),
            missing=sum(one not in methods for one in of),
        )
        for name, of in wanted.items()
        if name not in built and of
    ]  # fmt: skip
    return Coverage(
        capabilities=[row for row in rows if ask.capability in (None, row.capability)], official=len(live),
        known=len(all_names()), own=len(methods) - len(live),
    )  # fmt: skip


def covered(name: str) -> Covered:
    """What is live of a capability, and what stories tell of it."""
    about, mine = capabilities.get(name), [one for one in methods.values() if one.capability == name]
    wanted = catalogue.wanted().get(name, ())
    outside = [one for one in mine if one.who is not Who.INSIDE]
    return Covered(
        capability=name, title=about.title if about else name, zh=about.zh if about else name,
        about=about.doc if about else "Part of the gateway.", wanted=len(wanted),
        official=sum(not one.name.startswith(catalogue.OWN) for one in mine),
        own=sum(one.name.startswith(catalogue.OWN) for one in mine),
        missing=sum(one not in methods for one in wanted),
        told=sum(bool(calls()[one.name]) for one in outside), stories=told_of()[name],
    )  # fmt: skip


class List(Shape):
    """Which methods to list."""

    capability: Key | None = None  # only those of it, those that it is for and that are not live too
    text: Line = ""  # only those with this in their name or sentence
    live: bool | None = None  # only those that are live, or are not
    page_num: Annotated[int, Meta(ge=1, le=10_000)] = 1  # from 1
    page_size: Annotated[int, Meta(ge=1, le=200)] = 50  # 1 to 200


class Known(Shape, kw_only=True):
    """A method that is live, or known."""

    method_name: str  # such as alipay.trade.pay
    capability: str  # of which it is, or would be; empty: that is not known
    live: bool  # whether it can be called
    official: bool  # whether the official platform has it
    who: str | None = None  # for whom: anyone, user, wallet, device, operator or inside
    reads: bool | None = None  # whether it changes nothing
    about: str | None = None  # one sentence
    verb: str | None = None  # of its v3 address
    path: str | None = None  # of its v3 address
    faults: list[str] | None = None  # what it refuses with
    stories: int | None = None  # how many stories call it


class Listed(Shape):
    """Methods that are live, or known."""

    methods: list[Known]  # by name
    total: int  # how many there are on all pages


@method("kaifang.coverage.methods", reads=True)
def list_methods(work: Work, ask: List) -> Listed:
    """List methods: live ones, and those of the official catalogue that are not."""
    found = [name for name in meant(ask) if (ask.live is None or (name in methods) == ask.live) and fits(name, ask)]
    start = (ask.page_num - 1) * ask.page_size
    return Listed(methods=[known(name) for name in found[start : start + ask.page_size]], total=len(found))


def meant(ask: List) -> list[str]:
    """The names among which to look."""
    if ask.capability is None:
        return list(all_names_and_own())
    mine = {one.name for one in methods.values() if one.capability == ask.capability}
    return sorted(mine.union(catalogue.wanted().get(ask.capability, ())))


def fits(name: str, ask: List) -> bool:
    """Whether the words asked for stand in its name or sentence."""
    about = methods[name].doc if name in methods else ""
    return all(word in name or word in about.lower() for word in ask.text.lower().split())


def known(name: str) -> Known:
    """What is known of a method."""
    official, address = not name.startswith(catalogue.OWN), catalogue.endpoint(name)
    if name not in methods:
        return Known(
            method_name=name, capability=home_of().get(name, ""), live=False, official=official,
            verb=address.verb if address else None, path=address.path if address else None,
        )  # fmt: skip
    one = methods[name]
    outside = one.who not in (Who.INSIDE, Who.DEVICE) and not one.is_page
    path = address.path if address else f"/v3/{name.replace('.', '/')}"
    return Known(
        method_name=name, capability=one.capability, live=True, official=official, who=one.who.value, reads=one.reads,
        about=one.doc.split("\n")[0], verb=(address.verb if address else "POST") if outside else None,
        path=path if outside else None, faults=[kind.code for kind in one.raises], stories=calls()[name],
    )  # fmt: skip


@cache
def all_names() -> frozenset[str]:
    """Every official method that is known."""
    return frozenset(catalogue.wire().methods) | frozenset(catalogue.table().by_method)


@cache
def all_names_and_own() -> tuple[str, ...]:
    """Those, and the platform's own."""
    return tuple(sorted(all_names() | methods.keys()))


@cache
def home_of() -> dict[str, str]:
    """The capability that an official method would be of."""
    return {name: home for home, names in catalogue.wanted().items() for name in names}


def stories() -> Iterator[tuple[str, str]]:
    """The folder and the text of each story."""
    for path in sorted(Path(kaifang.__file__).parent.glob("**/stories/*.yaml")):
        yield path.parent.parent.name, path.read_text("utf-8")


@cache
def calls() -> Counter[str]:
    """How many stories call a method."""
    return Counter(name for _, text in stories() for name in {one or other for one, other in CALLED.findall(text)})


@cache
def told_of() -> Counter[str]:
    """How many stories tell of a capability."""
    return Counter(folder for folder, _ in stories())
