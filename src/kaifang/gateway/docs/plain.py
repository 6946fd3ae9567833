"""The documentation as plain text for language models: llms.txt, which lists it, and llms-full.txt, which is it."""

from __future__ import annotations

from collections.abc import Iterator

from kaifang.gateway.openapi.operations import address
from kaifang.kernel.method import Method

from . import guide
from .kinds import Member, Reader
from .library import Library
from .site import WORDS, Site, first

LEAD = """# Kaifang

> An open commerce platform that anyone can run. It speaks the official Alipay Open Platform protocol with the official
> method names, so that the official SDKs work against it unmodified: offline, stateful, with a clock that can be moved.
> It is compatible with that protocol, and affiliated with nobody.

Each request is signed with the application's RSA key. v3: a verb and a path, the signature in the Authorization header,
refusals with a status. v2: POST /gateway.do with method=NAME and biz_content. All fields: /openapi.json.
"""


def contents(site: Site, home: str) -> str:
    """What there is to read, with its addresses."""
    lines = [LEAD, "## Guides", ""]
    lines += [f"- [{one.title}]({home}/docs/guides/{one.name}): {one.lead}" for one in guide.guides()]
    for folder in site.library.folders:
        title, says = site.entitled(folder, "en")
        lines += ["", f"## {title}", "", says, "", f"- [States, faults, events]({home}/docs/capabilities/{folder})"]
        lines += [
            f"- [{one.name}]({home}/docs/methods/{one.name}): {first(one)}" for one in site.library.folders[folder]
        ]
    return "\n".join([*lines, ""])


def everything(site: Site) -> str:
    """The guides, and every method with its fields and its refusals."""
    lines = [LEAD]
    for one in guide.guides():
        lines += [(guide.FOLDER / f"{one.name}.md").read_text("utf-8"), ""]
    for folder, mine in site.library.folders.items():
        title, says = site.entitled(folder, "en")
        lines += [f"# {title}", "", says, ""]
        for method in mine:
            lines += [*entry(site.library, method), ""]
    return "\n".join(lines)


def entry(library: Library, method: Method) -> Iterator[str]:
    """A method."""
    verb, path = address(method.name)
    reader = Reader(library.schemas, WORDS["en"])
    yield f"## {method.name}"
    yield method.doc
    yield f"For {WORDS['en']['who_' + method.who.value]}. v3: {verb} {path}"
    yield "Asks:"
    yield from fields(reader.of(method.ask))
    for answer in method.answers:
        yield "Answers:"
        yield from fields(reader.of(answer))
    for kind in library.refusals(method):
        yield f"Refuses {kind.code}: {kind.en} {kind.fix}"


def fields(of: list[Member], indent: str = "") -> Iterator[str]:
    """Members, those inside others below them."""
    for one in of:
        needed, choices = (
            (" required" if one.is_needed else ""),
            (f" one of {', '.join(one.choices)}" if one.choices else ""),
        )
        yield f"{indent}- {one.name} ({one.kind}{needed}{choices}): {one.note}".rstrip(": ")
        yield from fields(one.inner, indent + "  ")
