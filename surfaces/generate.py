"""What the pages know of the methods, written from the platform's own registry: their addresses and their shapes."""

import json
from pathlib import Path

from kaifang.cli.world import live_methods
from kaifang.gateway.catalogue import endpoint

GENERATED = Path(__file__).parent / "kit" / "generated"
SHAPES = """export interface Methods {
  [method: string]: { ask: any; answer: any };
}
"""


def addresses() -> dict[str, str]:
    """The v3 addresses that do not follow from a method's name."""
    found = {name: endpoint(name) for name in live_methods()}
    told = {name: f"{each.verb} {each.path}" for name, each in found.items() if each}
    return {name: told[name] for name in told if told[name] != f"POST /v3/{name.replace('.', '/')}"}


def write(name: str, text: str) -> None:
    """Write a file if it changes, so that what was built from it stays new."""
    path = GENERATED / name
    path.parent.mkdir(exist_ok=True)
    if not path.exists() or path.read_text() != text:
        path.write_text(text)


if __name__ == "__main__":
    write("addresses.json", json.dumps(addresses(), indent=1))
    write("types.d.ts", SHAPES)
