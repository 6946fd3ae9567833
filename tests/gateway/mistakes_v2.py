"""The corpus of mistakes in v2 requests: what is done wrong, and the code of the cause."""

from __future__ import annotations

import base64
import hashlib
import hmac
import html
import json
from urllib.parse import quote, quote_plus, urlencode

from cryptography.hazmat.primitives.asymmetric.padding import MGF1, PSS, PKCS1v15
from cryptography.hazmat.primitives.hashes import MD5, SHA1, SHA256, SHA512

from kaifang.gateway.encryption import encrypt

from .clinic import FORM, SUBJECT, Clinic, joined, key, mistake, signed


def spoilt(clinic: Clinic, text: bytes, **more: str | None) -> str:
    """A right request with a signature over another text."""
    return clinic.send(clinic.fields(**more), signed(text))


# How the signature is written


@mistake("sign-plus-lost")
def plus_lost(clinic: Clinic) -> str:
    for number in range(99):
        fields = clinic.fields(prod_code=str(number))
        sign = signed(joined(fields))
        if "+" in sign:
            return clinic.send(fields, None, body=urlencode(fields) + "&sign=" + sign)
    raise AssertionError("no signature has a plus")


@mistake("sign-still-encoded", change=quote_plus)
@mistake("sign-still-encoded", change=lambda sign: quote_plus(quote_plus(sign)))
@mistake("sign-wrapped", change=lambda sign: "\n".join(sign[at : at + 76] for at in range(0, len(sign), 76)))
@mistake("sign-wrapped", change=lambda sign: "\r\n".join(sign[at : at + 64] for at in range(0, len(sign), 64)) + "\r\n")
@mistake("sign-urlsafe", change=lambda sign: sign.replace("+", "-").replace("/", "_"))
@mistake("sign-urlsafe", change=lambda sign: sign.replace("+", "-").replace("/", "_").rstrip("="))
@mistake("sign-padding-lost", change=lambda sign: sign.rstrip("="))
@mistake("sign-quoted", change=lambda sign: f'"{sign}"')
@mistake("sign-hex", change=lambda sign: base64.b64decode(sign).hex())
@mistake("sign-hex", change=lambda sign: base64.b64decode(sign).hex().upper())
@mistake("sign-encoded-twice", change=lambda sign: base64.b64encode(sign.encode()).decode())
@mistake("sign-cut", change=lambda sign: sign[:255])
@mistake("sign-cut", change=lambda sign: sign[:200])
@mistake("sign-unreadable", change=lambda sign: "签名")
def sign_changed(clinic: Clinic, change) -> str:
    fields = clinic.fields()
    return clinic.send(fields, change(signed(joined(fields))))


# How it is made


@mistake("not-rsa", sign=lambda text: hashlib.md5(text + b"secret").hexdigest())
@mistake("not-rsa", sign=lambda text: hashlib.md5(text + b"secret").hexdigest().upper())
@mistake("not-rsa", sign=lambda text: hmac.digest(b"secret", text, "sha256").hex())
@mistake("not-rsa", sign=lambda text: base64.b64encode(hmac.digest(b"secret", text, "sha256")).decode())
@mistake("not-rsa", sign=lambda text: base64.b64encode(hashlib.sha512(text).digest()).decode())
@mistake("wrong-hash", sign=lambda text: signed(text, kind=SHA1()))
@mistake("wrong-hash", sign=lambda text: signed(text, kind=MD5()))
@mistake("wrong-hash", sign=lambda text: signed(text, kind=SHA512()))
@mistake("hashed-twice", sign=lambda text: signed(hashlib.sha256(text).hexdigest().encode()))
@mistake("hashed-twice", sign=lambda text: signed(hashlib.sha256(text).digest()))
@mistake("hashed-twice", sign=lambda text: signed(hashlib.md5(text).hexdigest().encode()))
@mistake("base64-signed", sign=lambda text: signed(base64.b64encode(text)))
@mistake("key-unknown", sign=lambda text: signed(text, "lost"))
@mistake("key-replaced", sign=lambda text: signed(text, "old"))
@mistake("key-of-another-app", sign=lambda text: signed(text, "sibling"))
@mistake("key-of-stranger", sign=lambda text: signed(text, "stranger"))
@mistake("cert-sn-left-out", sign=lambda text: signed(text, "certified"))
def made_otherwise(clinic: Clinic, sign) -> str:
    fields = clinic.fields()
    return clinic.send(fields, sign(joined(fields)))


@mistake("key-size")
def short_key(clinic: Clinic) -> str:
    fields = clinic.fields()
    key("short", 1024)
    return clinic.send(fields, base64.b64encode(key("short", 1024).sign(joined(fields), PKCS1v15(), SHA256())).decode())


@mistake("pss-padding")
def pss(clinic: Clinic) -> str:
    fields = clinic.fields()
    sign = key("own").sign(joined(fields), PSS(MGF1(SHA256()), 32), SHA256())
    return clinic.send(fields, base64.b64encode(sign).decode())


def raw_signed(data: bytes) -> str:
    """What a private key makes of bare bytes, as openssl_private_encrypt does."""
    numbers = key("own").private_numbers()
    padded = b"\0\1" + b"\xff" * (256 - 3 - len(data)) + b"\0" + data
    value = pow(int.from_bytes(padded), numbers.d, numbers.public_numbers.n)
    return base64.b64encode(value.to_bytes(256)).decode()


@mistake("hash-not-named", change=lambda text: hashlib.sha256(text).digest())
@mistake("not-hashed", change=lambda text: hashlib.sha256(text).hexdigest().encode())
def encrypted_with_the_private_key(clinic: Clinic, change) -> str:
    fields = clinic.fields()
    return clinic.send(fields, raw_signed(change(joined(fields))))


@mistake("wrong-hash")
def type_says_sha1(clinic: Clinic) -> str:
    fields = clinic.fields(sign_type="RSA")
    return clinic.send(fields, signed(joined(fields)))


@mistake("key-of-platform")
def answer_sent_back(clinic: Clinic) -> str:
    text = b'{"code":"10000","msg":"Success"}'
    return clinic.send(clinic.fields(), base64.b64encode(clinic.who.key.sign(text, PKCS1v15(), SHA256())).decode())


@mistake("platform-key-uploaded", by="own")
@mistake("platform-key-uploaded", by="lost")
def keys_mixed_up(clinic: Clinic, by: str) -> str:
    fields = clinic.fields(app_id=clinic.misled)
    return clinic.send(fields, signed(joined(fields), by))


@mistake("key-not-of-certificate", by="own")
@mistake("key-of-another-certificate", by="certified too")
@mistake("key-replaced", by="old")
def certificate_named(clinic: Clinic, by: str) -> str:
    fields = clinic.fields(app_cert_sn=clinic.sn, alipay_root_cert_sn=clinic.who.root_sn)
    return clinic.send(fields, signed(joined(fields), by))


@mistake("sign-type-missing")
def in_certificate_mode(clinic: Clinic) -> str:
    fields = clinic.fields(app_cert_sn=clinic.sn, alipay_root_cert_sn=clinic.who.root_sn)
    told = {name: value for name, value in fields.items() if name != "sign_type"}
    return clinic.send(fields, signed(joined(told), "certified"))


# Which text is signed


@mistake("sign-type-missing", names=["sign_type"])
@mistake("field-missing", names=["notify_url"])
@mistake("field-missing", names=["charset"])
@mistake("field-missing", names=["biz_content"])
@mistake("field-missing", names=["version"])
@mistake("field-missing", names=["app_auth_token"])
@mistake("fields-missing", names=["charset", "format", "version"])
@mistake("fields-missing", names=["notify_url", "app_auth_token"])
def left_out(clinic: Clinic, names: list[str]) -> str:
    fields = clinic.fields(app_auth_token="202609BBtoken1234567890")
    return spoilt(clinic, joined({name: fields[name] for name in fields if name not in names}),
                  app_auth_token="202609BBtoken1234567890")  # fmt: skip


@mistake("empty-value-signed", more={"app_auth_token": ""})
@mistake("empty-value-signed", more={"return_url": "null"})
@mistake("field-not-sent", more={"format": "json"})
@mistake("field-not-sent", more={"charset": "UTF-8"})
@mistake("sign-included", more={"sign": ""})
def signed_but_not_sent(clinic: Clinic, more: dict[str, str]) -> str:
    unsent = {name: None for name in more if name != "sign"}
    fields = clinic.fields(**unsent)
    text = "&".join(f"{name}={value}" for name, value in sorted((fields | more).items())).encode()
    return clinic.send(fields, signed(text))


@mistake("empty-values-mixed")
def some_empty_values(clinic: Clinic) -> str:
    fields = clinic.fields(return_url="", auth_token="", app_auth_token="")
    told = sorted((name, value) for name, value in fields.items() if value or name != "auth_token")
    return clinic.send(fields, signed("&".join(f"{name}={value}" for name, value in told).encode()))


@mistake("value-changed", signs={"charset": "UTF-8"})
@mistake("value-changed", signs={"sign_type": "RSA"})
@mistake("value-changed", signs={"format": "json"})
@mistake("timestamp-changed", signs={"timestamp": "2026-09-21 22:13:21"})
@mistake("timestamp-changed", signs={"timestamp": "2026-09-21 14:13:20"})
@mistake("blanks-trimmed", signs={"biz_content": '{"a":"1"}'}, sends={"biz_content": '{"a":"1"}\n'})
@mistake("html-escaped", signs={"notify_url": "https://x.cn/?a&b"}, sends={"notify_url": "https://x.cn/?a&amp;b"})
@mistake("html-escaped", signs={"biz_content": '{"a":"1"}'}, sends={"biz_content": html.escape('{"a":"1"}')})
@mistake("html-escaped", signs={"biz_content": html.escape('{"a":"1"}')}, sends={"biz_content": '{"a":"1"}'})
def said_otherwise(clinic: Clinic, signs: dict[str, str], sends: dict[str, str] | None = None) -> str:
    sent = clinic.fields(**(sends or {}))
    return clinic.send(sent, signed(joined({**sent, **signs})))


CONTENT = {"out_trade_no": "A/1", "subject": SUBJECT, "total_amount": 88.88, "goods": [{"id": 1, "none": None}]}


def written(**how: object) -> str:
    """The content as a JSON library writes it."""
    return json.dumps(CONTENT, **{"ensure_ascii": False, **how})  # type: ignore[arg-type]


def as_go(text: str) -> str:
    """The same JSON with the letters escaped that mean something in a page."""
    return text.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e")


@mistake("json-rewritten", sends=written(separators=(",", ":")), signs=written())
@mistake("json-rewritten", sends=written(), signs=written(separators=(",", ":")))
@mistake("json-rewritten", sends=written(), signs=written(sort_keys=True, separators=(",", ":")))
@mistake("json-rewritten", sends=written(), signs=written(ensure_ascii=True))
@mistake("json-rewritten", sends=written(ensure_ascii=True), signs=written(separators=(",", ":")))
@mistake("json-rewritten", sends=written(indent=2), signs=written(separators=(",", ":")))
@mistake("json-rewritten", sends=written(), signs=written(indent=4))
@mistake("json-rewritten", sends=written(), signs=written().replace("/", "\\/"))
@mistake("json-rewritten", sends=written(), signs=written(ensure_ascii=True, separators=(",", ":")).replace("/", "\\/"))
@mistake("json-rewritten", sends=written(), signs=as_go(written(separators=(",", ":"))))
def rewritten(clinic: Clinic, sends: str, signs: str) -> str:
    return spoilt(clinic, joined(clinic.fields(biz_content=signs)), biz_content=sends)


@mistake("order", order=list)
@mistake("order", order=lambda pairs: sorted(pairs, reverse=True))
@mistake("order", order=lambda pairs: sorted(pairs, key=lambda pair: (pair[0] == "biz_content", pair[0])))
def unsorted(clinic: Clinic, order) -> str:
    fields = clinic.fields()
    return clinic.send(fields, signed("&".join(f"{name}={value}" for name, value in order(fields.items())).encode()))


@mistake("values-encoded", encode=quote_plus)
@mistake("values-encoded", encode=lambda value: quote(value, safe=""))
@mistake("values-encoded", encode=quote)
@mistake("encoded-twice", encode=lambda value: quote_plus(quote_plus(value)))
def encoded_first(clinic: Clinic, encode) -> str:
    fields = clinic.fields()
    return clinic.send(fields, signed(joined({name: encode(value) for name, value in fields.items()})))


@mistake("sent-encoded-twice")
def encoded_on_the_way(clinic: Clinic) -> str:
    fields = clinic.fields()
    sign = signed(joined(fields))
    content = quote_plus(fields["biz_content"])
    return clinic.send({**fields, "biz_content": content}, sign)


@mistake("plus-not-encoded")
def plus_in_a_value(clinic: Clinic) -> str:
    fields = clinic.fields()
    body = urlencode(fields | {"sign": signed(joined(fields))}, quote_via=quote).replace("A%2BB", "A+B")
    return clinic.send({}, None, body=body)


@mistake("ampersand-not-encoded")
def ampersand_in_a_value(clinic: Clinic) -> str:
    fields = clinic.fields()
    body = urlencode(fields | {"sign": signed(joined(fields))})
    return clinic.send({}, None, body=body.replace(quote_plus(fields["notify_url"]), fields["notify_url"]))


@mistake("joined-otherwise", change=lambda text: text + b"&")
@mistake("joined-otherwise", change=lambda text: b"?" + text)
@mistake("blank-at-end", change=lambda text: text + b"\n")
@mistake("byte-order-mark", change=lambda text: b"\xef\xbb\xbf" + text)
@mistake("case-changed", change=bytes.lower)
@mistake("charset-other", change=lambda text: text.decode().encode("gbk"))
@mistake("charset-other", change=lambda text: text.decode().encode("latin-1", "replace"))
@mistake("address-included", change=lambda text: b"https://pay.example.com:8888/gateway.do?" + text)
@mistake("text-unknown", change=lambda text: text.replace(b"88.88", b"99.99"))
def finished(clinic: Clinic, change) -> str:
    return spoilt(clinic, change(joined(clinic.fields())))


@mistake("joined-otherwise", line="{}{}", between="")
@mistake("joined-otherwise", line='{}="{}"', between="&")
@mistake("joined-otherwise", line="{}={}", between="")
@mistake("joined-otherwise", line="{}={}", between="\n")
def joined_by(clinic: Clinic, line: str, between: str) -> str:
    pairs = sorted(clinic.fields().items())
    return spoilt(clinic, between.join(line.format(*pair) for pair in pairs).encode())


@mistake("content-alone")
def content_alone(clinic: Clinic) -> str:
    return spoilt(clinic, clinic.fields()["biz_content"].encode())


@mistake("charset-other", told="GBK", sent="gbk", signs="utf-8")
@mistake("charset-other", told="utf-8", sent="gbk", signs="utf-8")
@mistake("charset-other", told="GBK", sent="utf-8", signs="gbk")
def in_another_charset(clinic: Clinic, told: str, sent: str, signs: str) -> str:
    fields = clinic.fields(charset=told)
    return clinic.send(fields, signed(joined(fields, signs)), codec=sent)


@mistake("signed-before-encrypting", drop=False)
@mistake("signed-before-encrypting", drop=True)
def encrypted_afterwards(clinic: Clinic, drop: bool) -> str:
    fields = clinic.fields(encrypt_type=None if drop else "AES")
    sent = clinic.fields(encrypt_type="AES", biz_content=encrypt(fields["biz_content"].encode(), clinic.aes).decode())
    return clinic.send(sent, signed(joined(fields)))


@mistake("query-missing", part="body")
@mistake("body-missing", part="query")
@mistake("order", part="query, body")
def in_two_parts(clinic: Clinic, part: str) -> str:
    fields = clinic.fields()
    body = {name: fields.pop(name) for name in ("biz_content", "notify_url")}
    parts = {"query": fields, "body": body}
    text = b"&".join(joined(parts[name]) for name in part.split(", "))
    query = urlencode(fields | {"sign": signed(text)})
    return clinic.post(urlencode(body).encode(), FORM, f"/gateway.do?{query}".encode())


# Two mistakes at once: the first is named, the other beside it


@mistake("sign-type-missing", second="charset-other", change=lambda text: text.decode().encode("gbk"))
@mistake("sign-type-missing", second="hashed-twice", change=lambda text: hashlib.sha256(text).hexdigest().encode())
@mistake("sign-type-missing", second="blank-at-end", change=lambda text: text + b"\n")
def and_without_type(clinic: Clinic, second: str, change) -> str:
    fields = clinic.fields()
    return clinic.send(fields, signed(change(joined({**fields, "sign_type": ""}))))


@mistake("key-of-another-app", second="sign-type-missing")
def wrong_key_and_text(clinic: Clinic, second: str) -> str:
    fields = clinic.fields()
    return clinic.send(fields, signed(joined({**fields, "sign_type": ""}), "sibling"))


@mistake("sign-wrapped", second="order")
def wrapped_and_unsorted(clinic: Clinic, second: str) -> str:
    fields = clinic.fields()
    sign = signed("&".join(f"{name}={value}" for name, value in fields.items()).encode())
    return clinic.send(fields, sign[:100] + "\n" + sign[100:])


@mistake("json-rewritten", second="values-encoded")
def rewritten_and_encoded(clinic: Clinic, second: str) -> str:
    fields = clinic.fields(biz_content=written(separators=(",", ":")))
    told = clinic.fields(biz_content=written())
    return clinic.send(fields, signed(joined({name: quote_plus(value) for name, value in told.items()})))


@mistake("field-missing", second="order")
def missing_and_unsorted(clinic: Clinic, second: str) -> str:
    fields = clinic.fields()
    text = "&".join(f"{name}={value}" for name, value in fields.items() if name != "notify_url")
    return clinic.send(fields, signed(text.encode()))


@mistake("wrong-hash", second="sign-type-missing")
def old_hash_and_no_type(clinic: Clinic, second: str) -> str:
    fields = clinic.fields()
    return clinic.send(fields, signed(joined({**fields, "sign_type": ""}), kind=SHA1()))
