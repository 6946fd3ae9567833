"""The fields of a request, byte for byte: from the query of its target and from its body."""

import re
from collections.abc import Iterable, Mapping
from urllib.parse import unquote_to_bytes, urlencode

import msgspec
from fast_query_parsers import parse_query_string
from multipart import MultipartError, MultipartSegment, ParserLimitReached, PushMultipartParser, parse_options_header

from .malformed import Malformed, TooLarge

URLENCODED, MULTIPART = "application/x-www-form-urlencoded", "multipart/form-data"
CODECS = {b"utf-8": "utf-8", b"utf8": "utf-8", b"gbk": "gbk", b"gb2312": "gb2312", b"gb18030": "gb18030"}
NAMES_A_FILE = re.compile(r";\s*filename\*?\s*=", re.IGNORECASE)
ESCAPED_NAME = re.compile(rb"&[^=&%]*+%")
LONGEST_BOUNDARY = 200

Pairs = list[tuple[bytes, bytes]]


class Limits(msgspec.Struct, frozen=True):
    """How much of a request is read before it is refused."""

    fields: int = 256  # in the query, and again in the body; files count as well
    field_bytes: int = 4 * 2**20  # of one text, or of a whole urlencoded text
    foreign_bytes: int = 256 * 2**10  # of an urlencoded text that is not plain UTF-8, and so is decoded slowly
    file_bytes: int = 64 * 2**20  # of one file


LIMITS = Limits()


class File(msgspec.Struct, frozen=True):
    """One uploaded file."""

    name: bytes  # as the client called it, in whatever charset: show it to nobody unchecked
    content_type: str  # as the client claims; empty if it does not
    content: bytes


class Form(msgspec.Struct):
    """What a request carries: texts, files, and the names that came twice with different values (the first counts)."""

    fields: dict[bytes, bytes] = {}
    files: dict[bytes, File] = {}
    clashes: list[bytes] = []


def origin_form(target: bytes) -> bytes:
    """The target of a request line without scheme and host, which one official client sends in every line."""
    if target.startswith(b"/"):
        return target
    scheme, found, rest = target.partition(b"://")
    if not found or scheme.lower() not in (b"http", b"https"):
        raise Malformed("target", "is not a path", "ask for a path such as /gateway.do")
    slash = re.search(rb"[/?]", rest)
    place = rest[slash.start() :] if slash else b""
    return place if place.startswith(b"/") else b"/" + place


def read_form(query: bytes, body: bytes, content_type: str = "", limits: Limits = LIMITS) -> Form:
    """Query and body as one form; a body without a content type is taken for an urlencoded one."""
    form = Form()
    _take(form, parse_urlencoded(query, limits))
    kind = content_type.partition(";")[0].strip().lower()
    if kind == MULTIPART:
        _read_multipart(form, body, content_type, limits)
    elif body and kind not in (URLENCODED, ""):
        raise Malformed("content-type", "is not that of a form", f"send {URLENCODED} or {MULTIPART}")
    elif body:
        _take(form, parse_urlencoded(body, limits))
    return form


def _take(form: Form, pairs: Iterable[tuple[bytes, bytes]]) -> None:
    keep = form.fields.setdefault
    for name, value in pairs:
        if keep(name, value) != value:
            form.clashes.append(name)


def parse_urlencoded(text: bytes, limits: Limits = LIMITS) -> Pairs:
    """All names and values, percent-decoded to bytes in their order; empty values are kept."""
    if len(text) > limits.field_bytes:
        raise TooLarge("form", f"is longer than {limits.field_bytes} bytes", "send less, or a file in a multipart body")
    if text.count(b"&") >= limits.fields:
        raise TooLarge("form", f"has more than {limits.fields} fields", "send fewer")
    pairs = _parse_utf8(text)
    if pairs is None and len(text) > limits.foreign_bytes:
        raise TooLarge("form", f"is not UTF-8 and longer than {limits.foreign_bytes} bytes", "send UTF-8, or multipart")
    return _parse_bytes(text) if pairs is None else pairs


def _parse_utf8(text: bytes) -> Pairs | None:
    # the fast parser loses non-ASCII text, decodes names before it splits, and leaves a pair that is not
    # UTF-8 undecoded with its equals sign in the name: in all these cases the answer is None
    if not text.isascii() or ESCAPED_NAME.search(b"&" + text):
        return None
    pairs = parse_query_string(text, "&")
    if "=" in "".join([name for name, _ in pairs]):
        return None
    return [(name.encode(), value.encode()) for name, value in pairs]


def _parse_bytes(text: bytes) -> Pairs:
    pairs = []
    for pair in text.replace(b"+", b" ").split(b"&"):
        if pair:
            name, _, value = pair.partition(b"=")
            pairs.append((unquote_to_bytes(name), unquote_to_bytes(value)))
    return pairs


def _read_multipart(form: Form, body: bytes, content_type: str, limits: Limits) -> None:
    for segment, content in parse_multipart(body, content_type, limits):
        name = (segment.name or "").encode("latin-1")
        if not NAMES_A_FILE.search(segment.header("Content-Disposition", "")):
            if len(content) > limits.field_bytes:
                raise TooLarge("form", f"has a text longer than {limits.field_bytes} bytes", "send it as a file")
            _take(form, [(name, content)])
        elif name in form.files:
            form.clashes.append(name)
        else:
            filename = (segment.filename or "").encode("latin-1")
            form.files[name] = File(filename, segment.content_type or "", content)


def parse_multipart(body: bytes, content_type: str, limits: Limits = LIMITS) -> list[tuple[MultipartSegment, bytes]]:
    """The parts of a multipart body: head, with its texts in Latin-1 so that no byte is lost, and content."""
    boundary = parse_options_header(content_type)[1].get("boundary", "")
    if not (0 < len(boundary) <= LONGEST_BOUNDARY and boundary.isascii()):
        raise Malformed("content-type", "names no usable boundary", "name the boundary that the body uses")
    parser = PushMultipartParser(
        boundary,
        max_segment_count=limits.fields,
        max_segment_size=limits.file_bytes,
        header_charset="latin-1",
        strict=True,
    )
    try:
        return _parts(parser, body)
    except ParserLimitReached as error:
        raise TooLarge("form", f"is refused: {error}", "send fewer or smaller parts") from None
    except MultipartError as error:
        raise Malformed("form", f"is not multipart/form-data: {error}", "write it as RFC 7578 says") from None


def _parts(parser: PushMultipartParser, body: bytes) -> list[tuple[MultipartSegment, bytes]]:
    parts: list[tuple[MultipartSegment, bytes]] = []
    with parser:
        for event in parser.parse(body):
            if isinstance(event, MultipartSegment):
                parts.append((event, b""))
            elif event is not None:
                parts[-1] = (parts[-1][0], parts[-1][1] + bytes(event))
    return parts


def signed_bodies(form: Form) -> tuple[bytes, ...]:
    """What a v3 client may have signed as the body of an upload: the part named data, or, some of them, nothing."""
    data = form.fields.get(b"data", b"")
    return (data, b"") if data else (b"",)


def read_codec(fields: Mapping[bytes, bytes]) -> str:
    """The name of Python's codec for the request's charset, UTF-8 if it names none."""
    charset = fields.get(b"charset") or b"utf-8"
    codec = CODECS.get(charset.lower())
    if codec is None:
        raise Malformed("charset", "is not known here", "use utf-8, gbk, gb2312 or gb18030")
    return codec


def encode_fields(fields: Mapping[str, str], codec: str = "utf-8") -> dict[bytes, bytes]:
    """Fields of ours in the bytes of a charset; what that charset cannot say becomes a question mark."""
    return {name.encode(): value.encode(codec, "replace") for name, value in fields.items()}


def write_urlencoded(fields: Mapping[bytes, bytes]) -> bytes:
    """Fields as the body of a POST or the query of an address."""
    return urlencode(fields).encode()
