"""QR codes that open an application at one of its pages."""

import re
from typing import Annotated, Literal
from urllib.parse import urlencode

from msgspec import Meta

from kaifang.kernel import Address, Key, Line, Shape, Who, Work, method

from .errors import CODE_NOT_EXIST, HM_BG_COLOR_INVALID, QRCODE_DESC_CHECK_INVALID
from .tables import Code

COLOR = re.compile(r"(?:0x|#)?([0-9A-Fa-f]{6})")
PICTURE = re.compile(r"/qr/(?P<id>\d{1,64})(?:-(?P<style>blue|white))?\.png$")
SIDES = {"s": 280, "m": 560, "l": 1120}  # pixels
DARKEST = "1677FF"


class Create(Shape, kw_only=True):
    url_param: Annotated[str, Meta(min_length=1, max_length=256)]  # which page, such as page/index/index
    query_param: Annotated[str, Meta(max_length=256)] = ""  # launch parameters, such as x=1&y=2
    describe: Line = ""  # what people are told beside the code
    color: Key | None = None  # of the round ones, in hexadecimal
    size: Literal["s", "m", "l"] = "m"  # small, medium or large


class Created(Shape):
    qr_code_url: str  # the square picture
    qr_code_url_circle_blue: str  # the round one, in your colour
    qr_code_url_circle_white: str  # the round one on white


@method("alipay.open.app.qrcode.create", raises=[HM_BG_COLOR_INVALID, QRCODE_DESC_CHECK_INVALID])
def create(work: Work, ask: Create) -> Created:
    """Make a QR code that opens your mini program at a page."""
    color = COLOR.fullmatch(ask.color or DARKEST)
    if color is None:
        raise HM_BG_COLOR_INVALID(color=ask.color)
    if not ask.describe.isprintable():
        raise QRCODE_DESC_CHECK_INVALID()
    code = Code(
        id=work.new_id("31000"), app=work.caller.auth_app, page=ask.url_param, query=ask.query_param,
        describe=ask.describe, color=f"#{color[1].upper()}", side=SIDES[ask.size],
    )  # fmt: skip
    work.add(code)
    return Created(
        qr_code_url=work.link(f"/qr/{code.id}.png"),
        qr_code_url_circle_blue=work.link(f"/qr/{code.id}-blue.png"),
        qr_code_url_circle_white=work.link(f"/qr/{code.id}-white.png"),
    )


class Which(Shape):
    picture: Address  # the picture's address, or its path


class Read(Shape):
    style: str  # square, blue or white
    content: str  # what the code says to who scans it
    app_id: str  # which application it opens
    describe: str  # what people are told beside the code
    color: str  # of the round ones, such as #1677FF
    side: int  # pixels


@method("kaifang.openapp.code.read", raises=[CODE_NOT_EXIST], who=Who.INSIDE, reads=True)
def read(work: Work, ask: Which) -> Read:
    """What a code says and how it shall look, for who draws it."""
    named = PICTURE.search(ask.picture)
    code = work.find(Code, id=named["id"]) if named else None
    if named is None or code is None:
        raise CODE_NOT_EXIST(picture=ask.picture)
    opened = {"appId": code.app, "page": code.page} | ({"query": code.query} if code.query else {})
    content = "alipays://platformapi/startapp?" + urlencode(opened)
    return Read(
        style=named["style"] or "square", content=content, app_id=code.app, describe=code.describe, color=code.color,
        side=code.side,
    )  # fmt: skip
