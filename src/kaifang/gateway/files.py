"""Files that answers point to: bills and outcomes for a short time, pictures of QR codes, and those of merchants."""

from __future__ import annotations

import io
import re
from functools import lru_cache
from urllib.parse import quote

import segno

from kaifang.kernel import Fault

from . import codes
from .door import Door
from .house import House
from .http import Exchange

KINDS = {"zip": b"application/zip", "pdf": b"application/pdf"}
OUTCOME = re.compile(r"/solution/(\d{28})\.csv")
PAGE, PAGE_SIDE = re.compile(r"/qr(/(?:cashier|proposal)/[0-9A-Za-z]{32})\.png"), 300  # pixels
SAFE = [(b"x-content-type-options", b"nosniff"), (b"content-security-policy", b"default-src 'none'")]


def open_files(door: Door) -> None:
    """Serve the files at a door."""
    door.open("/downloadBillFile.resource", lambda exchange: serve_bill(door.house, exchange))
    door.open("/qr/", lambda exchange: serve_picture(door.house, exchange))
    door.open("/solution/", lambda exchange: serve_outcome(door.house, exchange))
    door.open("/material/", lambda exchange: serve_material(door.house, exchange))
    door.open("/image/", lambda exchange: serve_image(door.house, exchange))


def serve_bill(house: House, exchange: Exchange) -> None:
    """Send the file that a link of the bill capability leads to, while it is good."""
    try:
        link = exchange.target.decode("ascii", "replace")
        file = house.platform.read(lambda work: work.ask("kaifang.bill.file", link=link))
    except Fault as refusal:
        refuse(exchange, refusal)
        return
    name = quote(file.name, safe="")
    headers = [
        (b"content-disposition", f"attachment; filename*=UTF-8''{name}".encode()),
        (b"cache-control", b"no-store"),
    ]
    exchange.reply(
        200, file.content, [*SAFE, *headers], KINDS.get(file.name.rpartition(".")[2], b"application/octet-stream")
    )


def serve_outcome(house: House, exchange: Exchange) -> None:
    """Send the outcome of a batch of a solution to who has its token, which travels beside the address."""
    named = OUTCOME.fullmatch(exchange.path.decode("ascii", "replace"))
    token = (exchange.get(b"x-mass-token") or b"none").decode("ascii", "replace")[:64]
    asked = {"batch_no": named[1] if named else "none", "token": token}
    try:
        file = house.platform.read(lambda work: work.ask("kaifang.market.solution.file", **asked))
    except Fault as refusal:
        refuse(exchange, refusal)
        return
    exchange.reply(200, file.content, [*SAFE, (b"cache-control", b"no-store")], b"text/csv;charset=utf-8")


def serve_picture(house: House, exchange: Exchange) -> None:
    """Draw a QR code that an app had made, or one that leads to a page of the cashier, or to a proposal."""
    path = exchange.path.decode("ascii", "replace")
    if page := PAGE.fullmatch(path):
        address = house.platform.read(lambda work: work.link(page[1]))
        send_picture(exchange, draw(address, PAGE_SIDE, "#000000"))
        return
    try:
        code = house.platform.read(lambda work: work.ask("kaifang.openapp.code.read", picture=path))
    except Fault as refusal:
        refuse(exchange, refusal)
        return
    send_picture(exchange, draw(code.content, code.side, "#000000" if code.style == "square" else code.color))


def serve_material(house: House, exchange: Exchange) -> None:
    """Send a picture that a merchant brought to be shown."""
    number = exchange.path.decode("ascii", "replace").removeprefix("/material/")
    try:
        found = house.platform.read(lambda work: work.ask("kaifang.delivery.material.read", resource_id=number))
    except Fault as refusal:
        refuse(exchange, refusal)
        return
    send_picture(exchange, found.content, found.type.encode())


def serve_image(house: House, exchange: Exchange) -> None:
    """Send an image that somebody showed with a complaint, or with the answer to one."""
    number = exchange.path.decode("ascii", "replace").removeprefix("/image/")
    try:
        found = house.platform.read(lambda work: work.ask("kaifang.merchant.image.read", image_id=number))
    except Fault as refusal:
        refuse(exchange, refusal)
        return
    send_picture(exchange, found.content, found.type.encode())


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
