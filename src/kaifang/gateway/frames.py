"""The message channel: the answer to a registration, and the text frames both sides send."""

import re
from collections.abc import Mapping

import msgspec

from .malformed import Malformed

HEADER = re.compile(r"([^:\r\n]{1,64}):([^:\r\n]{0,256})")
MOST_HEADERS = 16
_json_of = msgspec.json.Encoder().encode


class Content(msgspec.Struct):
    """The JSON of a frame."""

    protocol: dict[str, str | int | None]  # x-type, x-cmd, x-msgId, ...
    data: msgspec.Raw = msgspec.Raw(b"")  # as sent, for x-sign covers exactly this text


class Frame(msgspec.Struct):
    """One frame: whom it concerns, what it is, and the signed text."""

    headers: dict[str, str]
    protocol: dict[str, str | int | None]
    data: bytes


_read_content = msgspec.json.Decoder(Content).decode


def write_frame(headers: Mapping[str, str], protocol: Mapping[str, str], data: bytes) -> str:
    """A frame with these headers; the data is JSON, signed beforehand."""
    lines = [f"{name}:{value}" for name, value in headers.items()]
    assert all(map(HEADER.fullmatch, lines)), "a header of ours has a colon or a line break"
    content = b'{"protocol":%b,"data":%b}' % (_json_of(dict(protocol)), data)
    return "\r\n".join([*lines, "", content.decode()])


def read_frame(text: str) -> Frame:
    """A frame of a client."""
    head, found, content = text.partition("\r\n\r\n")
    lines = head.split("\r\n", MOST_HEADERS) if found else []
    headers = {match[1]: match[2] for match in map(HEADER.fullmatch, lines) if match}
    if not found or len(headers) != len(lines):
        raise Malformed("frame", "has no proper head", "begin with key:value lines and an empty line")
    try:
        read = _read_content(content)
    except (msgspec.DecodeError, UnicodeError):
        raise Malformed("frame", "has no proper content", "send a JSON object with protocol and data") from None
    return Frame(headers, read.protocol, bytes(read.data))


def registration(response: bytes, sign: str, cert_sn: str = "") -> bytes:
    """The answer to a registration; here the certificate's number stands last."""
    last = b',"alipay_cert_sn":"%b"' % cert_sn.encode() if cert_sn else b""
    return b'{"response":%b,"sign":"%b"%b}' % (response, sign.encode(), last)
