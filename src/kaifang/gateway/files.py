"""Files that answers point to: bills and outcomes for a short time, pictures of QR codes, and those of merchants."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from functools import lru_cache
from typing import Any
from urllib.parse import quote

import segno

from kaifang.kernel import Fault, Work

from . import codes
from .door import Door
from .house import House
from .http import Exchange
from .pictures import redrawn

KINDS = {"zip": b"application/zip", "pdf": b"application/pdf"}
OUTCOME = re.compile(r"/solution/(\d{28})\.csv")
PAGE, PAGE_SIDE = re.compile(r"/qr(/(?:cashier|proposal)/[0-9A-Za-z]{32})\.png"), 300  # pixels
SAFE = [(b"x-content-type-options", b"nosniff"), (b"content-security-policy", b"default-src 'none'")]
UNKEPT = (b"cache-control", b"no-store")


def open_files(door: Door) -> None:
    """Serve the files at a door."""
    door.open("/downloadBillFile.resource", lambda exchange: serve_bill(door.house, exchange))
    door.open("/qr/", lambda exchange: serve_picture(door.house, exchange))
    door.open("/solution/", lambda exchange: serve_outcome(door.house, exchange))
    door.open_slow("/material/", lambda exchange: serve_material(door.house, exchange))
    door.open_slow("/image/", lambda exchange: serve_image(door.house, exchange))


def found(house: House, exchange: Exchange, look: Callable[[Work], Any]) -> Any:
    """What there is at this address; None if it is refused, which is answered then."""
    try:
        return house.platform.read(look)
    except Fault as refusal:
        refuse(exchange, refusal)
        return None


def behind(exchange: Exchange) -> str:
    """What stands behind the folder in a path."""
    return exchange.path.decode("ascii", "replace").split("/", 2)[2]


def serve_bill(house: House, exchange: Exchange) -> None:
    """Send the file that a link of the bill capability leads to, while it is good."""
    link = exchange.target.decode("ascii", "replace")
    file = found(house, exchange, lambda work: work.ask("kaifang.bill.file", link=link))
    if file is not None:
        kind = KINDS.get(file.name.rpartition(".")[2], b"application/octet-stream")
        attached = f"attachment; filename*=UTF-8''{quote(file.name, safe='')}".encode()
        exchange.reply(200, file.content, [*SAFE, (b"content-disposition", attached), UNKEPT], kind)


def serve_outcome(house: House, exchange: Exchange) -> None:
    """Send the outcome of a batch of a solution to who has its token, which travels beside the address."""
    named = OUTCOME.fullmatch(exchange.path.decode("ascii", "replace"))
    token = (exchange.get(b"x-mass-token") or b"none").decode("ascii", "replace")[:64]
    asked = {"batch_no": named[1] if named else "none", "token": token}
    file = found(house, exchange, lambda work: work.ask("kaifang.market.solution.file", **asked))
    if file is not None:
        exchange.reply(200, file.content, [*SAFE, UNKEPT], b"text/csv;charset=utf-8")


def serve_picture(house: House, exchange: Exchange) -> None:
    """Draw a QR code that an app had made, or one that leads to a page of the cashier, or to a proposal."""
    path = exchange.path.decode("ascii", "replace")
    if page := PAGE.fullmatch(path):
        address = house.platform.read(lambda work: work.link(page[1]))
        send_picture(exchange, draw(address, PAGE_SIDE, "#000000"))
        return
    code = found(house, exchange, lambda work: work.ask("kaifang.openapp.code.read", picture=path))
    if code is not None:
        send_picture(exchange, draw(code.content, code.side, "#000000" if code.style == "square" else code.color))


async def serve_material(house: House, exchange: Exchange) -> None:
    """Send a picture that a merchant brought to be shown."""
    number = behind(exchange)
    picture = found(house, exchange, lambda work: work.ask("kaifang.delivery.material.read", resource_id=number))
    if picture is not None:
        await send_brought(exchange, picture.content)


async def serve_image(house: House, exchange: Exchange) -> None:
    """Send an image that somebody showed with a complaint, or with the answer to one."""
    number = behind(exchange)
    picture = found(house, exchange, lambda work: work.ask("kaifang.merchant.image.read", image_id=number))
    if picture is not None:
        await send_brought(exchange, picture.content)


async def send_brought(exchange: Exchange, content: bytes) -> None:
    """Send what somebody brought as a picture, drawn afresh; what only claims to be one is not sent."""
    if (drawn := await redrawn(content)) is not None:
        send_picture(exchange, *drawn)
    else:
        exchange.reply(415, b"This is no picture that can be shown.", SAFE, b"text/plain;charset=utf-8")


def send_picture(exchange: Exchange, picture: bytes, kind: bytes = b"image/png") -> None:
    """Send a picture, which stays as it is."""
    exchange.reply(200, picture, [*SAFE, (b"cache-control", b"public, max-age=86400")], kind)


@lru_cache(maxsize=256)
def draw(content: str, side: int, dark: str) -> bytes:
    """A QR code as PNG, as near to `side` pixels wide as whole modules allow."""
    code = segno.make_qr(content, error="m")
    picture = io.BytesIO()
    code.save(picture, kind="png", scale=max(1, side // code.symbol_size()[0]), dark=dark)
    return picture.getvalue()


def refuse(exchange: Exchange, refusal: Fault) -> None:
    """Say that there is no such file, or no longer."""
    said = refusal.says(codes.language(exchange.get(b"accept-language")))
    exchange.reply(404, said.encode(), SAFE, b"text/plain;charset=utf-8")
