"""Every v2 request that an official client sent is read, verified and signed again to the same bytes."""

import base64
import json
import re
from pathlib import Path
from urllib.parse import urlencode

import pytest

from kaifang.gateway.forms import Form, origin_form, read_codec, read_form
from kaifang.gateway.keys import load_public_key, stored_private_key
from kaifang.gateway.signing import RsaSigner, signed_fields, text_with_type, text_without_type, verify

VECTORS = Path(__file__).parent / "vectors"
KEYS = json.loads((VECTORS / "keys.json").read_text())
APP_KEY = load_public_key(KEYS["app_public_pem"])


def read(name: str) -> list[dict]:
    return json.loads((VECTORS / name).read_text())["vectors"]


def named(vectors: list[dict]) -> list:
    return [pytest.param(vector, id=vector["name"]) for vector in vectors]


PYTHON, NODE, SMALL, PHP_GO = map(
    read, ("v2_python_sdk.json", "v2_node_sdk.json", "v2_python_alipay_sdk.json", "v2_php_go_sdks.json")
)
PAGES = [vector for vector in PYTHON + NODE + SMALL if "output" in vector]


def from_line(line: str, body: bytes = b"", content_type: str = "") -> Form:
    query = origin_form(line.split(" ")[1].encode()).partition(b"?")[2]
    return read_form(query, body, content_type)


def check(form: Form, text: str, sign: str | None = None, sign_type: str = "RSA2") -> None:
    codec = read_codec(form.fields)
    signature = form.fields[b"sign"].decode()
    assert form.clashes == []
    assert sign in (None, signature)
    covered = signed_fields(APP_KEY, form.fields, form.fields[b"sign_type"].decode())
    assert covered is not None
    assert text_with_type(covered) == text.encode(codec)
    private = stored_private_key(KEYS["app_private_pkcs1_pem"])
    assert RsaSigner(private, sign_type).sign_many([text.encode(codec)]) == [signature]


@pytest.mark.parametrize("vector", named([vector for vector in PYTHON if "request_line" in vector]))
def test_official_python_client(vector):
    headers = dict(line.split(": ", 1) for line in vector["headers"])
    form = from_line(vector["request_line"], vector["body_latin1"].encode("latin-1"), headers["Content-type"])
    check(form, vector["sign_content"], vector["sign"], vector["sign_type"])
    codec = read_codec(form.fields)
    assert codec == ("gbk" if "gbk" in vector["name"] else "utf-8")
    assert text_with_type(form.fields).hex() == vector["sign_content_hex"]


def test_python_upload_keeps_every_byte_of_the_file():
    vector = next(vector for vector in PYTHON if vector["name"] == "image_upload_multipart")
    body = vector["body_latin1"].encode("latin-1")
    form = from_line(vector["request_line"], body, "multipart/form-data; boundary=ALIPAY_SDK_PYTHON_BOUNDARY")
    file = form.files[b"image_content"]
    assert (file.name.decode(), file.content_type) == ("图.jpg", "image/jpeg")
    assert file.content == b"\xff\xd8\xff\xe0\x00\x10JFIF\x00-bytes"


@pytest.mark.parametrize("vector", named([vector for vector in NODE if "request" in vector]))
def test_official_node_client(vector):
    request = vector["request"]
    line = f"{request['method']} {request['url']} HTTP/1.1"
    form = from_line(line, request["body_latin1"].encode("latin-1"), request["headers"]["content-type"])
    check(form, vector["sign_content"], vector["sign"])


@pytest.mark.parametrize("vector", named([vector for vector in SMALL if "request_line" in vector]))
def test_small_python_client(vector):
    check(from_line(vector["request_line"]), vector["sign_content"], vector["sign"])


@pytest.mark.parametrize("vector", named(PHP_GO))
def test_php_and_go_clients(vector):
    content_type = (vector["content_type"] or ": ").split(": ", 1)[1]
    body = vector["body"].encode()
    if vector["body"].startswith("base64:"):
        body = base64.b64decode(vector["body"].removeprefix("base64:"))
    form = from_line(vector["request_line"], body, content_type)
    check(form, vector["signing_string"], vector["sign"], vector["sign_type"])


def submitted(html: str) -> tuple[str, bytes]:
    """Where a browser goes with this page's form, and with what; these pages escape quotes and nothing else."""
    action = re.search(r'action="([^"]*)"', html)[1]
    inputs = re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)"', html)
    return action, urlencode([(name, value.replace("&quot;", '"')) for name, value in inputs]).encode()


@pytest.mark.parametrize("vector", named(PAGES))
def test_pages_and_order_strings(vector):
    output, body = vector["output"], b""
    if "<form" in output:
        output, body = submitted(output)
    query = output.partition("?")[2] if output.startswith("http") else output
    form = read_form(query.encode(), body, "application/x-www-form-urlencoded")
    check(form, vector["sign_content"], vector.get("sign"))


def test_php_leaves_zeros_unsigned_and_they_are_left_behind():
    vector = next(vector for vector in PHP_GO if vector["name"] == "php2_oauth_value_zero_dropped")
    form = from_line(vector["request_line"], vector["body"].encode())
    assert form.fields[b"code"] == b"0"
    assert b"code" not in signed_fields(APP_KEY, form.fields, "RSA2")


def test_trade_notification_to_a_node_client():
    vector = next(vector for vector in NODE if vector["name"] == "notify_v1")
    form = read_form(b"", vector["form_body"].encode())
    text, signature = vector["sign_content"].encode(), vector["params"]["sign"]
    assert {name.decode(): value.decode() for name, value in form.fields.items()} == vector["params"]
    assert text_without_type(form.fields) == text
    gateway = stored_private_key(KEYS["gateway_private_pkcs8_pem"])
    assert RsaSigner(gateway).sign_many([text]) == [signature]
    assert verify(load_public_key(KEYS["gateway_public_pem"]), text, signature)
