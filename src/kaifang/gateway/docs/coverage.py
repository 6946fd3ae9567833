"""What is built, of what was wanted, and what of it is told by stories: counted, never written down."""

from __future__ import annotations

from typing import NamedTuple

from kaifang.gateway import catalogue
from kaifang.kernel.method import Method

from .library import Library


class Row(NamedTuple):
    """A capability in numbers."""

    folder: str
    live: int  # official methods that are live
    wanted: int  # official methods that it is for
    own: int  # methods of the platform's own
    shown: int  # of both, those that a story shows working
    stories: int
    faults: int  # that its methods declare
    told: int  # of these, those that a story tells
    missing: list[str]  # wanted and not live


def rows(library: Library) -> list[Row]:
    """Each capability, and what is wanted of one that is not begun."""
    wanted = catalogue.wanted()
    return [row(library, folder, set(wanted.get(folder, ()))) for folder in sorted({*library.folders, *wanted})]


def row(library: Library, folder: str, wanted: set[str]) -> Row:
    """One capability."""
    mine = library.folders.get(folder, [])
    official = {one.name for one in mine if catalogue.known(one.name)}
    declared = {(one.name, kind.code) for one in mine for kind in one.raises}
    told = {
        (one.name, telling.step.fault) for one in mine for telling in library.tellings.get(one.name, ())
    }  # fmt: skip
    return Row(
        folder=folder, live=len(official), wanted=len(wanted | official), own=len(mine) - len(official),
        shown=sum(is_shown(library, one) for one in mine),
        stories=sum(tale.folder == folder for tale in library.tales), faults=len({code for _, code in declared}),
        told=len({code for _, code in declared & told}), missing=sorted(wanted - library.methods.keys()),
    )  # fmt: skip


def is_shown(library: Library, method: Method) -> bool:
    """Whether a story calls it and is answered."""
    return any(not telling.step.fault for telling in library.tellings.get(method.name, ()))


def total(rows: list[Row]) -> Row:
    """All of them."""
    sums = [sum(column) for column in zip(*[one[1:8] for one in rows], strict=True)]
    return Row("", *sums, missing=[])
