"""The orders as they go over the wire: signed form bodies, one a line, kept on disk because signing them takes long."""

import argparse
import base64
import hashlib
import json
import time
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from functools import partial
from pathlib import Path
from urllib.parse import urlencode

from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.hashes import SHA256

import bench.town
from bench.machine import CACHE
from bench.town import Order, Town, app_id, load_key, workers

FRESH_SECONDS = 12 * 3600  # a gateway may refuse a timestamp older than a day
CHUNK = 500
HOT_MERCHANT = 0
CHINA = timezone(timedelta(hours=8))


def _business(order: Order) -> str:
    """What a till sends to have a pay code charged."""
    yuan = f"{order.amount // 100}.{order.amount % 100:02d}"
    content = {
        "out_trade_no": order.out_trade_no,
        "scene": "bar_code",
        "auth_code": order.auth_code,
        "product_code": "FACE_TO_FACE_PAYMENT",
        "subject": "早餐 豆浆和油条",
        "total_amount": yuan,
        "store_id": f"NJ_{order.merchant:05d}",
        "operator_id": "till_01",
        "terminal_id": "NJ_T_001",
        "goods_detail": [{"goods_id": "apple-01", "goods_name": "豆浆", "quantity": "1", "price": yuan}],
        "timeout_express": "90m",
    }
    return json.dumps(content, ensure_ascii=False, separators=(",", ":"))


def _body(order: Order, key: bytes, stamp: str) -> str:
    """The form body of one order, signed as the official clients sign."""
    return signed_body(app_id(order.merchant), "alipay.trade.pay", _business(order), key, stamp)


def signed_body(app: str, method: str, content: str, key: bytes, stamp: str) -> str:
    """The form body of one request, signed as the official clients sign."""
    fields = {
        "app_id": app,
        "method": method,
        "format": "json",
        "charset": "utf-8",
        "sign_type": "RSA2",
        "timestamp": stamp,
        "version": "1.0",
        "biz_content": content,
    }
    text = "&".join(f"{name}={fields[name]}" for name in sorted(fields))
    fields["sign"] = base64.b64encode(load_key(key).sign(text.encode(), PKCS1v15(), SHA256())).decode()
    return urlencode(fields)


def _bodies(town: Town, merchant: int | None, stamp: str, numbers: Sequence[int]) -> list[str]:
    """A stretch of orders, each with its own merchant or all with one."""
    signed = []
    for order in map(town.order, numbers):
        if merchant is not None:
            order = replace(order, merchant=merchant)
        signed.append(_body(order, town.keys[order.merchant], stamp))
    return signed


def signed_file(town: Town, kind: str) -> Path:
    """The file of signed orders of one kind: proof, warm, many, or hot (those of many, all to one merchant)."""
    numbers = town.numbers["many" if kind == "hot" else kind]
    merchant = HOT_MERCHANT if kind == "hot" else None
    texts = [Path(file).read_text() for file in (__file__, bench.town.__file__)]
    source = [*texts, repr(town), kind, *(key.hex() for key in town.keys)]
    name = hashlib.sha256("\n".join(source).encode()).hexdigest()[:16]
    path = CACHE / f"orders-{kind}-{name}.txt"
    if path.exists() and time.time() - path.stat().st_mtime < FRESH_SECONDS:
        return path
    for old in CACHE.glob(f"orders-{kind}-*.txt"):
        if time.time() - old.stat().st_mtime > FRESH_SECONDS:
            old.unlink()
    stamp = datetime.now(UTC).astimezone(CHINA).strftime("%Y-%m-%d %H:%M:%S")
    stretches = [numbers[at : at + CHUNK] for at in range(0, len(numbers), CHUNK)]
    part = path.with_suffix(".part")
    with workers() as pool, part.open("w", encoding="ascii") as file:
        for bodies in pool.map(partial(_bodies, town, merchant, stamp), stretches):
            file.writelines(f"{body}\n" for body in bodies)
    return part.replace(path)


def main() -> None:
    """Sign a few orders and say where they lie."""
    parser = argparse.ArgumentParser(prog="python -m bench.orders", description=__doc__)
    parser.add_argument("--merchants", type=int, default=1_000)
    parser.add_argument("--orders", type=int, default=20_000)
    parser.add_argument("--quick", action="store_true", help="ten merchants, a thousand orders")
    ask = parser.parse_args()
    merchants, orders = (10, 1_000) if ask.quick else (ask.merchants, ask.orders)
    town = Town(merchants=merchants, buyers=100_000, orders=orders, history=0)
    for kind in ("proof", "warm", "many", "hot"):
        began = time.perf_counter()
        path = signed_file(town, kind)
        lines = path.read_bytes().count(b"\n")
        print(f"{kind:6} {lines:7,} orders in {time.perf_counter() - began:.1f} s: {path}")


if __name__ == "__main__":
    main()
