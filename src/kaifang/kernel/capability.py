"""Capabilities are folders: the kernel finds them, nobody lists them."""

from __future__ import annotations

import importlib
import pkgutil
import sys
from collections.abc import Sequence
from types import ModuleType

import msgspec


class Capability(msgspec.Struct, frozen=True, kw_only=True):
    """One ability of the platform: a folder under capabilities/."""

    name: str  # the folder
    title: str  # in English
    zh: str  # in Chinese
    needs: tuple[str, ...]  # the methods of others that it asks for
    uses: tuple[str, ...]  # those that it asks for only where they are: see work.ask_if_offered
    doc: str  # one sentence: what it is


capabilities: dict[str, Capability] = {}


def capability(*, title: str, zh: str, needs: Sequence[str] = (), uses: Sequence[str] = ()) -> Capability:
    """Declare the folder whose __init__ calls this."""
    module = sys._getframe(1).f_globals
    name = module["__name__"].rpartition(".")[2]
    doc = (module["__doc__"] or "").strip()
    found = Capability(name=name, title=title, zh=zh, needs=tuple(needs), uses=tuple(uses), doc=doc)
    capabilities[name] = found
    return found


def discover(package: ModuleType) -> dict[str, Capability]:
    """Import every module of every capability in the package, but their tests."""
    for folder in pkgutil.iter_modules(package.__path__, package.__name__ + "."):
        home = importlib.import_module(folder.name)
        for module in pkgutil.iter_modules(home.__path__, folder.name + "."):
            if not module.name.rpartition(".")[2].startswith("test_"):
                importlib.import_module(module.name)
    return capabilities
