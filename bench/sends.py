"""Signed requests to give vouchers of one hot activity out, each to another person, one a line."""

import base64
import contextlib
import hashlib
import json
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from bench.machine import CACHE
from bench.orders import CHINA, CHUNK, FRESH_SECONDS, signed_body
from bench.server import CannotRun, Running, asked
from bench.town import PROOFS, WARM_UPS, Town, app_id, buyer_id, workers

METHOD = "alipay.marketing.activity.voucher.send"
ACTIVITY = "2025010182600000000000000001"
STOCK = 50_000_000


def numbers(count: int) -> dict[str, range]:
    """Which of the buyers serve for what."""
    first = PROOFS + WARM_UPS
    return {"proof": range(PROOFS), "warm": range(PROOFS, first), "hot": range(first, first + count)}


def _bodies(key: bytes, stamp: str, people: Sequence[int]) -> list[str]:
    """The form bodies for some people."""
    made = []
    for n in people:
        content = json.dumps({"activity_id": ACTIVITY, "user_id": buyer_id(n), "out_biz_no": f"S{n:010d}"})
        made.append(signed_body(app_id(0), METHOD, content, key, stamp))
    return made


def signed_sends(town: Town, count: int, kind: str) -> Path:
    """The file of signed requests of one kind: proof, warm or hot."""
    key = town.keys[0]
    name = hashlib.sha256(f"{Path(__file__).read_text()}{key.hex()}{count}{kind}".encode()).hexdigest()[:16]
    path = CACHE / f"sends-{kind}-{name}.txt"
    if path.exists() and time.time() - path.stat().st_mtime < FRESH_SECONDS:
        return path
    for old in CACHE.glob(f"sends-{kind}-*.txt"):
        with contextlib.suppress(FileNotFoundError):
            old.unlink()
    stamp = datetime.now(UTC).astimezone(CHINA).strftime("%Y-%m-%d %H:%M:%S")
    people = numbers(count)[kind]
    stretches = [people[at : at + CHUNK] for at in range(0, len(people), CHUNK)]
    part = path.with_suffix(".part")
    with workers() as pool, part.open("w", encoding="ascii") as file:
        for bodies in pool.map(partial(_bodies, key, stamp), stretches):
            file.writelines(f"{body}\n" for body in bodies)
    return part.replace(path)


def prove_sent(running: Running, sends: Path) -> None:
    """Give the first of a file out, twice: the answer must be signed and right, and the repeat must give no second."""
    with sends.open() as file:
        body = file.readline().strip()
    first, again = (asked(running, body) for _ in range(2))
    if first.get("code") != "10000" or not first.get("voucher_id"):
        raise CannotRun(f"a voucher was not given: {first}")
    if again.get("voucher_id") != first["voucher_id"]:
        raise CannotRun(f"the same request again was answered otherwise: {again}")


def prove_signed(running: Running, sends: Path) -> None:
    """The same for a server that only counts: it knows no repeats."""
    with sends.open() as file:
        first = asked(running, file.readline().strip())
    if first.get("code") != "10000" or not base64.b64encode(str(first.get("voucher_id")).encode()):
        raise CannotRun(f"a voucher was not given: {first}")
