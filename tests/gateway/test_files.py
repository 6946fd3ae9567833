"""Files that answers point to: served while the link is good, and nothing else."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from PIL import Image
from tests.visit import Visit

from kaifang.gateway import identity
from kaifang.gateway.door import Door
from kaifang.gateway.files import draw, open_files
from kaifang.gateway.house import House, Settings
from kaifang.gateway.local import LocalAnswer
from kaifang.gateway.local import ask as ask_door
from kaifang.kernel import DAY, HOUR, SECOND, Caller
from kaifang.kernel.clock import written


class Reader:
    """A browser at the town's door."""

    def __init__(self, who: identity.Identity) -> None:
        self.visit = Visit()
        self.house = House(self.visit.platform, who, Settings(base_url="http://127.0.0.1"))
        self.door = Door(self.house)
        open_files(self.door)

    def get(self, url: str, *headers: tuple[bytes, bytes]) -> LocalAnswer:
        """Fetch an address of this platform."""
        parts = urlsplit(url)
        target = parts.path + (f"?{parts.query}" if parts.query else "")
        return self.visit.loop.run_until_complete(ask_door(self.door, "GET", target.encode(), headers))


@pytest.fixture
def reader(tmp_path: object) -> Iterator[Reader]:
    """A browser in a town of its own."""
    made = Reader(identity.take_up(tmp_path, 1_790_000_000_000))  # type: ignore[arg-type]
    yield made
    made.house.close()
    made.visit.close()


def test_a_bill_is_fetched_for_thirty_seconds(reader: Reader) -> None:
    """A zip of the merchant's own; with another token or later there is nothing."""
    day = written(reader.visit.now)[:10]
    reader.visit.move(DAY)
    coffee = reader.visit.app("coffee")
    told = reader.visit.ask(coffee, "alipay.data.dataservice.bill.downloadurl.query", bill_type="trade", bill_date=day)
    answer = reader.get(told.bill_download_url)
    assert answer.status == 200 and answer.get(b"content-type") == b"application/zip"
    assert len(zipfile.ZipFile(io.BytesIO(answer.body)).namelist()) == 2
    assert b"attachment" in (answer.get(b"content-disposition") or b"")
    assert reader.get(told.bill_download_url[:-1] + "x").status == 404
    assert reader.get("/downloadBillFile.resource?fileId=a&fileId=b").status == 404
    assert reader.get("/downloadBillFile.resource?fileId=a&token=%00").status == 404
    reader.visit.move(31 * SECOND)
    assert reader.get(told.bill_download_url).status == 404


def test_the_outcome_of_a_batch_needs_its_token(reader: Reader) -> None:
    """A spreadsheet of what became of each line, for an hour; what could be a formula is text."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("lines.csv", "merchant,store\n=1+1@example.com,west\ncoffee@example.com,east\n")
    house, helper = Caller(role="operator"), reader.visit.app("helper")
    reader.visit.ask(house, "kaifang.market.solution.set", solution_code="S", title="s", keys=["store"])
    file = reader.visit.ask(helper, "alipay.open.file.upload", file_content=packed.getvalue()).file_id
    batch = {"out_batch_no": "B", "solution_code": "S", "file_info": [{"file_id": file}]}
    reader.visit.ask(helper, "alipay.merchant.solution.batch.submit", **batch)
    told = reader.visit.ask(helper, "alipay.merchant.solution.batch.query", out_batch_no="B")
    token = (b"x-mass-token", told.file_token.encode())
    lines = reader.get(told.file_url, token).body.decode("utf-8-sig").splitlines()
    assert lines == [
        "record,status,reason", "'=1+1@example.com west,FAILED,商户不存在",
        "coffee@example.com east,REJECTED,商户未授权 SHOP_MANAGE",
    ]  # fmt: skip
    assert reader.get(told.file_url).status == reader.get(told.file_url, (b"x-mass-token", b"guessed")).status == 404
    assert reader.get("/solution/x.csv", token).status == 404
    reader.visit.move(HOUR)
    assert reader.get(told.file_url, token).status == 404


def test_a_code_is_drawn(reader: Reader) -> None:
    """As a PNG about as wide as was asked; a code that nobody made is not."""
    told = reader.visit.ask(reader.visit.app("coffee"), "alipay.open.app.qrcode.create", url_param="page/index")
    square, blue = reader.get(told.qr_code_url), reader.get(told.qr_code_url_circle_blue)
    assert square.status == blue.status == 200 and square.body != blue.body
    assert square.body.startswith(b"\x89PNG") and 100 <= struct.unpack(">I", square.body[16:20])[0] <= 1300
    assert reader.get("/qr/2026092131000001000000000001.png").status == 404


SCRIPT = b"<script>alert(1)</script>"


def picture(kind: str, size: tuple[int, int] = (40, 30)) -> bytes:
    """A picture with more in it than is to be seen: where it was taken, and a page behind its end."""
    drawn, more = io.BytesIO(), Image.Exif()
    more[0x010E] = SCRIPT.decode()  # what it shows
    Image.new("RGB", size, "#0b6b55").save(drawn, kind, exif=more)
    return drawn.getvalue() + SCRIPT


def shown(answer: LocalAnswer) -> Image.Image:
    """The picture that was answered."""
    assert answer.status == 200 and SCRIPT not in answer.body
    assert answer.get(b"content-security-policy") == b"default-src 'none'"
    return Image.open(io.BytesIO(answer.body))


def test_a_picture_of_a_merchant_is_shown_to_everybody(reader: Reader) -> None:
    """Where its upload says, drawn afresh; files that were brought for other purposes are not."""
    coffee, png = reader.visit.app("coffee"), picture("PNG")
    upload = "alipay.marketing.material.image.upload"
    told = reader.visit.ask(coffee, upload, file_content=png, file_key="PROMO_BRAND_LOGO")
    answer = reader.get(told.resource_url)
    assert answer.get(b"content-type") == b"image/png" and shown(answer).size == (40, 30)
    other = reader.visit.ask(coffee, "alipay.open.file.upload", file_content=png, biz_code="private")
    assert reader.get(f"/material/{other.file_id}").status == 404


def test_an_image_of_a_complaint_is_shown(reader: Reader) -> None:
    """Where the complaint says; what was uploaded for other purposes, or is no image, is not."""
    coffee, photo = reader.visit.app("coffee"), picture("JPEG", (3000, 10))
    told = reader.visit.ask(coffee, "alipay.merchant.image.upload", image_type="jpg", image_content=photo)
    answer = reader.get(f"/image/{told.image_id}")
    assert answer.get(b"content-type") == b"image/jpeg" and shown(answer).width == 2048
    assert not shown(answer).getexif()
    for content, use in ((photo, "private"), (b"%PDF-1.4", "complaint")):
        other = reader.visit.ask(coffee, "alipay.open.file.upload", file_content=content, biz_code=use)
        assert reader.get(f"/image/{other.file_id}").status == 404


@pytest.mark.parametrize("content", [b"\x89PNG\r\n\x1a\n" + bytes(9), b"\x89PNG\r\n\x1a\n" + SCRIPT, "bomb"])
def test_what_only_claims_to_be_a_picture_is_not_shown(reader: Reader, content: bytes | str) -> None:
    """Nor is one that would unfold to more than a machine can bear."""
    if isinstance(content, str):
        drawn = io.BytesIO()
        Image.new("1", (30_000, 30_000)).save(drawn, "PNG")
        content = drawn.getvalue()
    told = reader.visit.ask(
        reader.visit.app("coffee"), "alipay.merchant.image.upload", image_type="png", image_content=content
    )
    answer = reader.get(f"/image/{told.image_id}")
    assert answer.status == 415 and SCRIPT not in answer.body


def test_the_code_of_a_freeze_is_drawn(reader: Reader) -> None:
    """What the picture says is the address of the page, in the squares that a reader of codes expects."""
    order = {"out_order_no": "1", "out_request_no": "1", "order_title": "押金", "amount": "1.00"}
    coffee = reader.visit.app("coffee")
    told = reader.visit.ask(coffee, "alipay.fund.auth.order.voucher.create", **order)
    picture = reader.get(told.code_url)
    assert (picture.status, picture.get(b"content-type")) == (200, b"image/png")
    assert picture.body == draw(told.code_value, 300, "#000000")
    assert reader.get(told.code_url.replace("/cashier/", "/cashier/x")).status == 404
