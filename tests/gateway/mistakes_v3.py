"""The corpus of mistakes in v3 requests, and in what stands in any request: what is done wrong, and its cause."""

from __future__ import annotations

import base64
import hashlib
from urllib.parse import quote, urlencode

from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.ciphers.modes import CBC, ECB
from cryptography.hazmat.primitives.hashes import SHA1

from kaifang.gateway.certificates import read_certificates
from kaifang.gateway.encryption import encrypt

from .clinic import FORM, HOST, V3, Clinic, joined, mistake, signed

# Which text is signed


@mistake("last-newline", change=lambda text: text[:-1])
@mistake("line-too-many", change=lambda text: text + b"\n")
@mistake("line-breaks", change=lambda text: text.replace(b"\n", b"\r\n"))
@mistake("line-breaks", change=lambda text: text.replace(b"\n", b"\\n"))
@mistake("line-breaks", change=lambda text: text.replace(b"\n", b""))
@mistake("hashed-twice", change=lambda text: hashlib.sha256(text).hexdigest().encode())
@mistake("charset-other", change=lambda text: text.decode().encode("gbk"))
@mistake("text-unknown", change=lambda text: text.replace(b"A/1", b"A/2"))
@mistake("scheme-included", change=lambda text: b"ALIPAY-SHA256withRSA " + text)
@mistake("members-joined", change=lambda text: text.replace(b",", b", ", 2))
def finished(clinic: Clinic, change) -> str:
    request = V3(clinic)
    return request.send(change(request.text()))


@mistake("verb", line="verb", value=lambda old: "post")
@mistake("verb", line="verb", value=lambda old: "GET")
@mistake("host-included", line="target", value=lambda old: f"https://{HOST}{old}")
@mistake("host-included", line="target", value=lambda old: f"http://{HOST.partition(':')[0]}{old}")
@mistake("path-changed", line="target", value=lambda old: old.removeprefix("/v3"))
@mistake("path-changed", line="target", value=lambda old: old[1:])
@mistake("path-changed", line="target", value=lambda old: "alipay.trade.query")
@mistake("json-rewritten", line="body", value=lambda old: old.replace(":", ": ").replace(",", ", "))
@mistake("json-rewritten", line="body", value=lambda old: old.replace("测试", "\\u6d4b\\u8bd5"))
@mistake("json-rewritten", line="body", value=lambda old: '{\n  "out_trade_no": "A/1",\n  "subject": "测试 1"\n}')
@mistake("body-not-signed", line="body", value=lambda old: "")
@mistake("body-hashed", line="body", value=lambda old: hashlib.sha256(old.encode()).hexdigest())
@mistake("members-order", line="told", value=lambda old: ",".join(sorted(old.split(","), reverse=True)))
@mistake("member-missing", line="told", value=lambda old: old.partition(",")[2])
@mistake("timestamp-changed", line="told", value=lambda old: old[:-3] + f"{int(old[-3:]) + 7:03d}")
def line_changed(clinic: Clinic, line: str, value) -> str:
    request = V3(clinic)
    right = {"told": request.told, "verb": request.verb, "target": request.target, "body": request.body}
    return request.send(request.text(**{line: value(right[line])}))


@mistake("lines-order")
def as_another_platform(clinic: Clinic) -> str:
    request = V3(clinic)
    members = dict(member.split("=") for member in request.told.split(","))
    lines = (request.verb, request.target, members["timestamp"], members["nonce"], request.body)
    return request.send("".join(f"{line}\n" for line in lines).encode())


@mistake("line-missing")
def without_verb(clinic: Clinic) -> str:
    request = V3(clinic)
    return request.send(request.text().replace(b"POST\n", b""))


@mistake("token-missing", spoil=lambda request: request.text().rpartition(b"202609")[0])
@mistake("last-newline", spoil=lambda request: request.text()[:-1])
def with_a_token(clinic: Clinic, spoil) -> str:
    request = V3(clinic)
    request.token = "202609BBtoken1234567890"
    return request.send(spoil(request))


@mistake("blanks-trimmed")
def blanks_sent(clinic: Clinic) -> str:
    request = V3(clinic)
    request.sent_body = request.body.encode() + b"\r\n"
    return request.send()


@mistake("query-missing", change=lambda target: target.partition("?")[0])
@mistake("target-decoded", change=lambda target: target.replace("%E6%B5%8B", "测").replace("%20", " "))
@mistake("target-encoded-otherwise", change=lambda target: target.replace("%20", "+"))
@mistake("target-encoded-otherwise", change=lambda target: "/v3/alipay/user/agreement/query?" + "&".join(
    sorted(target.partition("?")[2].split("&"))))  # fmt: skip
def query_changed(clinic: Clinic, change) -> str:
    request = V3(clinic)
    query = urlencode({"sign_scene": "测 1", "alipay_user_id": "2088", "agreement_no": "1"}, quote_via=quote)
    request.verb, request.body, request.target = "GET", "", f"/v3/alipay/user/agreement/query?{query}"
    return request.send(request.text(target=change(request.target)))


@mistake("empty-line-missing", change=lambda text: text[:-1])
@mistake("empty-body", change=lambda text: text[:-1] + b"{}\n")
def without_body(clinic: Clinic, change) -> str:
    request = V3(clinic)
    request.verb, request.body, request.target = "GET", "", "/v3/alipay/user/agreement/query?agreement_no=1"
    text = change(request.text())
    return request.send(text)


@mistake("query-as-body")
def query_for_body(clinic: Clinic) -> str:
    request = V3(clinic)
    request.verb, request.body, request.target = "GET", "", "/v3/alipay/user/agreement/query?agreement_no=1"
    return request.send(request.text(body="agreement_no=1"))


@mistake("upload-signed-whole")
def whole_upload(clinic: Clinic) -> str:
    request, edge = V3(clinic), "----edge"
    parts = [
        f'--{edge}\r\nContent-Disposition: form-data; name="data"\r\n\r\n{{"biz_code":"x"}}\r\n',
        f'--{edge}\r\nContent-Disposition: form-data; name="file_content"; filename="a"\r\n\r\nPNG\r\n--{edge}--\r\n',
    ]
    request.target, request.body = "/v3/alipay/open/file/upload", "".join(parts)
    request.kind = f"multipart/form-data; boundary={edge}"
    return request.send()


@mistake("signed-before-encrypting")
def encrypted_afterwards(clinic: Clinic) -> str:
    request = V3(clinic)
    request.sent_body = encrypt(request.body.encode(), clinic.aes)
    return request.send()


# Whose key, and how


@mistake("key-unknown", by="lost")
@mistake("key-replaced", by="old")
@mistake("key-of-another-app", by="sibling")
@mistake("cert-sn-left-out", by="certified")
def other_key(clinic: Clinic, by: str) -> str:
    request = V3(clinic)
    request.by = by
    return request.send()


@mistake("key-of-another-certificate", by="certified too")
@mistake("key-not-of-certificate", by="own")
def other_certificate(clinic: Clinic, by: str) -> str:
    request = V3(clinic, app_cert_sn=clinic.sn)
    request.by = by
    return request.send()


@mistake("member-missing")
def certificate_not_signed(clinic: Clinic) -> str:
    request = V3(clinic, app_cert_sn=clinic.sn)
    request.by = "certified"
    return request.send(request.text(told=request.told.rpartition(",app_cert_sn=")[0]))


@mistake("wrong-hash", sign=lambda text: signed(text, kind=SHA1()))
@mistake("sign-urlsafe", sign=lambda text: signed(text).replace("+", "-").replace("/", "_"))
@mistake("sign-still-encoded", sign=lambda text: quote(signed(text), safe=""))
@mistake("sign-quoted", sign=lambda text: f'"{signed(text)}"')
@mistake("sign-hex", sign=lambda text: base64.b64decode(signed(text)).hex())
@mistake("not-rsa", sign=lambda text: hashlib.md5(text).hexdigest())
def signed_otherwise(clinic: Clinic, sign) -> str:
    request = V3(clinic)
    return request.send(sign=sign(request.text()))


# What stands in the request itself


@mistake("sign-not-sent")
def no_sign(clinic: Clinic) -> str:
    return V3(clinic).send(sign="")


@mistake("authorization-not-sent")
def no_header(clinic: Clinic) -> str:
    answer = clinic.call("POST", b"/v3/alipay/trade/query", [], b"{}")
    return (answer.get(b"alipay-trace-id") or b"").decode()


@mistake("timestamp-in-seconds", change=lambda ms: str(ms // 1000))
@mistake("timestamp-unit", change=lambda ms: str(ms * 1000))
@mistake("timestamp-is-text", change=lambda ms: "2026-09-21 22:13:20")
@mistake("clock-zone", change=lambda ms: str(ms + 8 * 3_600_000))
@mistake("clock-wrong", change=lambda ms: str(ms - 25 * 60_000))
@mistake("timestamp-not-sent", change=lambda ms: "")
def other_time(clinic: Clinic, change) -> str:
    return V3(clinic, timestamp=change(clinic.platform.clock.now())).send()


@mistake("nonce-not-sent", nonce="")
@mistake("app-unknown", app_id="2021009999999999")
@mistake("app-id-is-merchant", app_id="2088000000000001")
@mistake("authorization-quoted", app_id='"2021000000000001"')
@mistake("app-id-not-sent", app_id="")
@mistake("cert-sn-unknown", app_cert_sn="0" * 32)
def other_member(clinic: Clinic, **members: str) -> str:
    return V3(clinic, **members).send()


@mistake("authorization-scheme", scheme="Bearer")
@mistake("authorization-scheme", scheme="ALIPAY-SHA256withRSA2")
def other_scheme(clinic: Clinic, scheme: str) -> str:
    request = V3(clinic)
    request.scheme = scheme
    return request.send()


@mistake("authorization-blanks")
def blanks_between(clinic: Clinic) -> str:
    request = V3(clinic)
    request.told = request.told.replace(",", ", ")
    return request.send()


@mistake("authorization-unreadable")
def said_twice(clinic: Clinic) -> str:
    request = V3(clinic)
    request.told += ",nonce=1"
    return request.send()


@mistake("sign-not-sent", sign=None)
@mistake("sign-type-not-sent", sign_type=None)
@mistake("sign-type-unknown", sign_type="SHA256withRSA")
@mistake("algorithm-unknown", sign_type="MD5")
@mistake("algorithm-unknown", sign_type="HMAC-SHA256")
@mistake("charset-unknown", charset="utf8mb4")
@mistake("timestamp-not-sent", timestamp=None)
@mistake("timestamp-format", timestamp="2026/09/21 22:13:20")
@mistake("timestamp-format", timestamp="2026-09-21T22:13:20")
@mistake("timestamp-is-number", timestamp="1790000000000")
@mistake("clock-wrong", timestamp="2020-01-01 00:00:00")
@mistake("app-id-is-merchant", app_id="2088000000000001")
@mistake("app-id-not-sent", app_id=None)
@mistake("root-sn-official", app_cert_sn="own", alipay_root_cert_sn="687b59193f3f462dd5336e5abf83c5d8_"
         "02941eef3187dddf3d3b83462e1dfcf6")  # fmt: skip
@mistake("root-sn-of-leaf", app_cert_sn="own", alipay_root_cert_sn="platform")
@mistake("root-sn-other", app_cert_sn="own", alipay_root_cert_sn="1" * 32)
@mistake("cert-sn-of-platform", app_cert_sn="platform")
@mistake("cert-sn-of-root", app_cert_sn="root")
@mistake("cert-sn-of-another-app", app_cert_sn="sibling")
@mistake("cert-sn-unknown", app_cert_sn="2" * 32)
@mistake("no-certificate", app_cert_sn="2" * 32, app_id="misled")
@mistake("cert-sn-computed", app_cert_sn="serial")
@mistake("cert-sn-computed", app_cert_sn="hex")
@mistake("cert-sn-computed", app_cert_sn="forwards")
@mistake("cert-sn-computed", app_cert_sn="capitals")
@mistake("no-key-uploaded", app_id="bare")
def other_field(clinic: Clinic, **more: str | None) -> str:
    fields = clinic.fields(**{name: meant(clinic, value) for name, value in more.items() if name != "sign"})
    return clinic.send(fields, None if "sign" in more else signed(joined(fields)))


def meant(clinic: Clinic, value: str | None) -> str | None:
    """What a word of the corpus stands for in this town."""
    row = clinic.ask("kaifang.openapp.cert.query", app_id=clinic.app, sn=clinic.sn)
    certificate = read_certificates(row.pem)[0]
    issuer = ",".join(part.rfc4514_string() for part in certificate.issuer.rdns)
    words = {
        "own": clinic.sn, "platform": clinic.who.sn, "root": clinic.who.root_sn, "sibling": clinic.sibling_sn,
        "serial": str(certificate.serial_number), "hex": f"{certificate.serial_number:x}", "bare": clinic.bare,
        "forwards": hashlib.md5(f"{issuer}{certificate.serial_number}".encode()).hexdigest(), "misled": clinic.misled,
        "capitals": clinic.sn.upper(),
    }  # fmt: skip
    return words.get(value or "", value)


@mistake("cert-sn-not-sent")
def certificates_only(clinic: Clinic) -> str:
    clinic.change(clinic.bare, cert_mode=True)
    try:
        return clinic.send(clinic.fields(app_id=clinic.bare), "x")
    finally:
        clinic.change(clinic.bare, cert_mode=False)


@mistake("field-twice")
def one_field_twice(clinic: Clinic) -> str:
    fields = clinic.fields()
    body = urlencode(fields | {"sign": signed(joined(fields))})
    return clinic.post(body.encode(), FORM, b"/gateway.do?charset=UTF-8")


@mistake("json-instead-of-form")
def json_body(clinic: Clinic) -> str:
    return clinic.post(b'{"app_id":"1"}', "application/json")


@mistake("unreadable")
def broken_upload(clinic: Clinic) -> str:
    return clinic.post(b"no part", "multipart/form-data; boundary=x")


def zeroed(plain: bytes, key: bytes, mode: ECB | CBC, pad: bytes) -> str:
    """AES by hand."""
    encryptor = Cipher(AES(key), mode).encryptor()
    size = -len(plain) % 16 or 16
    return base64.b64encode(encryptor.update(plain + pad * size) + encryptor.finalize()).decode()


PLAIN = b'{"out_trade_no":"A1"}'


@mistake("not-encrypted", crypt=lambda clinic: PLAIN.decode())
@mistake("cipher-not-base64", crypt=lambda clinic: encrypt(PLAIN, clinic.aes).hex())
@mistake("aes-key-of-another-app", crypt=lambda clinic: encrypt(PLAIN, clinic.sibling_aes).decode())
@mistake("aes-mode", crypt=lambda clinic: zeroed(PLAIN, clinic.aes, ECB(), b"\x0b"))
@mistake("aes-padding", crypt=lambda clinic: zeroed(PLAIN, clinic.aes, CBC(bytes(16)), b" "))
@mistake("aes-key-as-text", crypt=lambda clinic: zeroed(PLAIN, base64.b64encode(clinic.aes), CBC(bytes(16)), b"\x0b"))
@mistake("aes-key-unknown", crypt=lambda clinic: encrypt(PLAIN, bytes(range(16))).decode())
def encrypted(clinic: Clinic, crypt) -> str:
    fields = clinic.fields(encrypt_type="AES", biz_content=crypt(clinic))
    return clinic.send(fields, signed(joined(fields)))


@mistake("content-not-in-charset")
def content_in_another_charset(clinic: Clinic) -> str:
    fields = clinic.fields(charset="GBK", biz_content='{"subject":"测试中"}')
    return clinic.send(fields, signed(joined(fields)))
