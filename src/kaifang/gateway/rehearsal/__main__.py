"""`python -m kaifang.gateway.rehearsal`: plays one recipe, told on standard input, and tells what came of it."""

import os
import resource
import sys
from pathlib import Path
from typing import Any

import msgspec

import kaifang.capabilities
from kaifang.kernel.capability import discover
from kaifang.kernel.store.engine import Reader
from kaifang.kernel.store.postgres import Postgres
from kaifang.kernel.store.sqlite import SqliteReader

from .twin import Impossible, twin_of

MOST_BYTES = 4 << 30
MOST_SECONDS = 120  # of a processor


def play(order: dict[str, Any]) -> dict[str, Any]:
    """The twin, and what the recipe did there."""
    source: Reader = Postgres(order["url"]) if order["url"] else SqliteReader(Path(order["path"]))
    try:
        with twin_of(source, (order["merchant"], order["provider"]), order["days"]) as (month, events, now):
            told = month.play(order["recipe"], order["inputs"], events, now)
    except Impossible as problem:
        return {"problem": str(problem)}
    finally:
        source.close()
    return {name: value for name, value in told.items() if name != "looked"}


os.nice(10)
resource.setrlimit(resource.RLIMIT_AS, (MOST_BYTES, MOST_BYTES))
resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))
discover(kaifang.capabilities)
sys.stdout.buffer.write(msgspec.json.encode(play(msgspec.json.decode(sys.stdin.buffer.read()))))
