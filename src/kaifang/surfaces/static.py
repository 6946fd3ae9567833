"""The pages that run in a browser: built beforehand, served from memory, and given nothing but themselves to run."""

from __future__ import annotations

import base64
import gzip
import hashlib
import mimetypes
from collections.abc import Callable
from pathlib import Path

import msgspec

from kaifang.gateway.client import Door, Exchange

BUILT = Path(__file__).with_name("built")
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; "
    "connect-src 'self'; media-src 'self' blob:; manifest-src 'self'; worker-src 'self'; form-action 'self'; "
    "frame-ancestors 'none'; base-uri 'none'"
)
HEADERS = [
    (b"content-security-policy", POLICY.encode()),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"permissions-policy", b"camera=(self), geolocation=(self), microphone=()"),
    (b"referrer-policy", b"no-referrer"),
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
]
KEPT = (b"cache-control", b"public, max-age=31536000, immutable")  # its name changes with it
ASKED = (b"cache-control", b"no-cache")  # kept, and asked for again each time
SMALLEST = 512  # bytes below which nothing is gained by packing
PACKED = ("text/", "application/json", "application/manifest+json", "image/svg+xml", "application/wasm")
ABSENT = b"The pages of this checkout have not been built: `make up` does.\n"


class File(msgspec.Struct, frozen=True):
    """A file as it is sent."""

    kind: bytes
    content: bytes
    packed: bytes  # with gzip; empty where that gains nothing
    mark: bytes  # its ETag
    kept: bool  # whether a browser may keep it for good


def open_pages(door: Door) -> None:
    """Serve the wallet at the root, and the consoles."""
    wallet, console = read_files(BUILT / "wallet"), read_files(BUILT / "console")
    door.open("/", served(wallet, ""))
    door.open("/console", served(console, "/console"))


def open_facts(door: Door, facts: dict[str, object]) -> None:
    """Serve what the pages have to know before anybody signs in."""
    body = msgspec.json.encode(facts)

    def answer(exchange: Exchange) -> None:
        exchange.reply(200, body, [*HEADERS, (b"cache-control", b"no-store")], b"application/json;charset=utf-8")

    door.open("/surfaces.json", answer)


def read_files(folder: Path) -> dict[str, File]:
    """Every file below a folder, by its path there; the page itself also by none."""
    files = {
        path.relative_to(folder).as_posix(): read_file(path, kept=path.parent.name == "assets")
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
    return files | ({"": files["index.html"]} if "index.html" in files else {})


def read_file(path: Path, kept: bool) -> File:
    """A file, packed where that gains something."""
    content = path.read_bytes()
    kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    if path.suffix == ".webmanifest":
        kind = "application/manifest+json"
    packed = gzip.compress(content, 9, mtime=0) if len(content) >= SMALLEST and kind.startswith(PACKED) else b""
    mark = base64.urlsafe_b64encode(hashlib.sha256(content).digest()[:12])
    charset = ";charset=utf-8" if kind.startswith("text/") else ""
    return File((kind + charset).encode(), content, packed, b'"' + mark + b'"', kept)


def served(files: dict[str, File], root: str) -> Callable[[Exchange], None]:
    """Answers with these files; the folder without its slash leads to the one with it."""

    def answer(exchange: Exchange) -> None:
        path = exchange.path.decode("ascii", "replace").removeprefix(root)
        file = files.get(path.removeprefix("/"))
        if root and not path:
            exchange.reply(308, b"", [(b"location", f"{root}/".encode())])
        elif path == "/" and not files:
            exchange.reply(503, ABSENT, HEADERS, b"text/plain;charset=utf-8")
        elif file is None:
            exchange.reply(404, b'{"code":"not-found","message":"Nothing is here."}')
        elif exchange.method not in ("GET", "HEAD"):
            exchange.reply(405, b"", [(b"allow", b"GET, HEAD")])
        else:
            send(exchange, file)

    return answer


def send(exchange: Exchange, file: File) -> None:
    """Send a file, unless the browser has it."""
    headers = [*HEADERS, KEPT if file.kept else ASKED, (b"etag", file.mark), (b"vary", b"accept-encoding")]
    if exchange.get(b"if-none-match") == file.mark:
        exchange.reply(304, b"", headers)
    elif file.packed and b"gzip" in (exchange.get(b"accept-encoding") or b""):
        exchange.reply(200, file.packed, [*headers, (b"content-encoding", b"gzip")], file.kind)
    else:
        exchange.reply(200, file.content, headers, file.kind)
