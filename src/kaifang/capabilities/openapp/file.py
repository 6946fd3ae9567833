"""Files that applications bring: pictures, videos and documents that other calls then name."""

import hashlib
from typing import Annotated

from msgspec import Meta

from kaifang.kernel import Key, Line, Shape, Who, Work, method

from .errors import FILE_CHECK_FAIL, FILE_NOT_EXIST
from .tables import File

LARGEST = 10 * 1024 * 1024
Content = Annotated[bytes, Meta(min_length=1, max_length=LARGEST)]
BEGINNINGS = {
    b"\x89PNG\r\n\x1a\n": "image/png",
    b"\xff\xd8\xff": "image/jpeg",
    b"GIF87a": "image/gif",
    b"GIF89a": "image/gif",
    b"%PDF-": "application/pdf",
    b"PK\x03\x04": "application/zip",
}
BOXES = (b"ftypisom", b"ftypiso2", b"ftypmp41", b"ftypmp42", b"ftypavc1", b"ftypM4V", b"ftypMSNV", b"ftypdash")


class Upload(Shape, kw_only=True):
    file_content: Content  # the file, at most 10 MB: PNG, JPEG, GIF, WebP, BMP, MP4, PDF or ZIP
    biz_code: Line = ""  # what for, such as content_creation
    md5: Key | None = None  # of the file, in hexadecimal; checked if given


class Uploaded(Shape):
    file_id: str  # what other calls name the file by


@method("alipay.open.file.upload", raises=[FILE_CHECK_FAIL])
def upload(work: Work, ask: Upload) -> Uploaded:
    """Upload a file that other calls can then name."""
    digest = hashlib.md5(ask.file_content, usedforsecurity=False).hexdigest()
    if ask.md5 is not None and ask.md5.lower() != digest:
        raise FILE_CHECK_FAIL(md5=digest)
    return Uploaded(file_id=keep(work, ask.biz_code, ask.file_content).id)


def keep(work: Work, use: str, content: bytes) -> File:
    """Keep a file of a known type under a name that cannot be guessed."""
    kind = media_type(content)
    if kind is None:
        raise FILE_CHECK_FAIL(reason="neither PNG, JPEG, GIF, WebP, BMP, MP4, PDF nor ZIP")
    name, user = f"A*{work.chance.text(24)}", owner(work)
    return work.add(File(id=name, app=work.caller.auth_app, user=user, use=use, type=kind, content=content))


def owner(work: Work) -> str:
    """Whose a file is beside its application's: the wallet brings those of many people."""
    return work.caller.user or "" if work.caller.role == "wallet" else ""


def media_type(content: bytes) -> str | None:
    """What a file is, by what it begins with: nothing that a browser could run."""
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return "image/webp"
    if content[:2] == b"BM" and int.from_bytes(content[2:6], "little") == len(content):
        return "image/bmp"
    if content[4:12].startswith(BOXES):
        return "video/mp4"
    return next((kind for beginning, kind in BEGINNINGS.items() if content.startswith(beginning)), None)


class Which(Shape):
    file_id: Key  # as the upload answered


class Read(Shape):
    app: str  # who brought it
    user: str  # for whom, if the wallet did; else empty
    use: str  # what for
    type: str  # media type
    content: bytes  # the file


@method("kaifang.openapp.file.read", raises=[FILE_NOT_EXIST], who=Who.INSIDE, reads=True)
def read(work: Work, ask: Which) -> Read:
    """Read a file, to show it to people or to look into it."""
    file = work.find(File, id=ask.file_id)
    if file is None:
        raise FILE_NOT_EXIST(file_id=ask.file_id)
    return Read(app=file.app, user=file.user, use=file.use, type=file.type, content=file.content)
