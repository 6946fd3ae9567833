"""Answers as bytes: the v2 node that is signed and its envelope, the v3 body and its headers."""

import codecs
from functools import lru_cache

import msgspec

from .encryption import encrypt

ERROR_NAME = "error_response"  # where v2 answers what belongs to no method, and the one token method
_json_of = msgspec.json.Encoder().encode

Headers = list[tuple[bytes, bytes]]


def _escape_unmapped(error: UnicodeError) -> tuple[str, int]:
    """For GBK: write what it has no bytes for as JSON escapes, in UTF-16 halves where JSON wants them."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    units = error.object[error.start : error.end].encode("utf-16-be").hex()
    return "".join(f"\\u{units[at : at + 4]}" for at in range(0, len(units), 4)), error.end


codecs.register_error("kaifang.json", _escape_unmapped)


@lru_cache(maxsize=16_384)
def node_name(method: str) -> str:
    """The member that holds a method's answer; only for methods that exist, so that it needs no escaping."""
    return method.replace(".", "_") + "_response"


def coded(answer: bytes, code: str = "10000", msg: str = "Success") -> bytes:
    """The JSON of an answer with the gateway's code in front of its members."""
    head = b'{"code":"%b","msg":"%b"' % (code.encode(), msg.encode())
    return head + b"}" if answer == b"{}" else head + b"," + answer[1:]


def refused(code: str, msg: str, sub_code: str, sub_msg: str) -> bytes:
    """The JSON of a refusal; the sub code is never left out, for without it a client believes in success."""
    return _json_of({"code": code, "msg": msg, "sub_code": sub_code, "sub_msg": sub_msg})


def node(answer: object, codec: str = "utf-8") -> bytes:
    """The bytes that are signed and sent: from JSON that msgspec wrote (never from a node), or from what it can write.

    Slashes are escaped because some clients write the node anew, as PHP does, before they verify it.
    """
    text = (answer if isinstance(answer, bytes) else _json_of(answer)).replace(b"/", b"\\/")
    if text.isascii():
        return text
    text = text.replace(b"\xe2\x80\xa8", b"\\u2028").replace(b"\xe2\x80\xa9", b"\\u2029")
    return text if codec == "utf-8" else text.decode().encode(codec, "kaifang.json")


def encrypted_node(signed: bytes, key: bytes) -> bytes:
    """A node whose JSON only the merchant can read: a string, which is signed with its quotes."""
    return b'"%b"' % encrypt(signed, key)


def v2_body(name: str, signed: bytes, sign: str, cert_sn: str = "") -> bytes:
    """The whole v2 answer; the certificate's number, for those who asked with one, stands before the signature."""
    if cert_sn:
        return b'{"%b":%b,"alipay_cert_sn":"%b","sign":"%b"}' % (
            name.encode(),
            signed,
            cert_sn.encode(),
            sign.encode(),
        )
    return b'{"%b":%b,"sign":"%b"}' % (name.encode(), signed, sign.encode())


def v2_headers(charset: str, trace_id: str) -> Headers:
    """As the official gateway sends them: the charset is that of the request."""
    return [(b"content-type", b"text/html;charset=" + charset.encode()), (b"trace_id", trace_id.encode())]


def v3_body(answer: object) -> bytes:
    """The JSON of an answer or a refusal as a v3 body; never empty, which some clients cannot read."""
    return (answer if isinstance(answer, bytes) else _json_of(answer)) or b"{}"


def v3_refusal(code: str, message: str, links: list[tuple[str, str]]) -> bytes:
    """The v3 body of a refusal, with addresses that explain it and what stands on their links."""
    return _json_of({"code": code, "message": message, "links": [{"link": to, "desc": says} for to, says in links]})


def v3_headers(timestamp: str, nonce: str, sign: str, trace_id: str, cert_sn: str = "") -> Headers:
    """The signature of a v3 answer; lower case, because one official client looks for nothing else."""
    headers = [
        (b"alipay-timestamp", timestamp.encode()),
        (b"alipay-nonce", nonce.encode()),
        (b"alipay-signature", sign.encode()),
        (b"alipay-trace-id", trace_id.encode()),
    ]
    return [*headers, (b"alipay-sn", cert_sn.encode())] if cert_sn else headers
