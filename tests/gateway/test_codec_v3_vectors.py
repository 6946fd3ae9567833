"""Every v3 request that an official client sent is verified, and our answer has the bytes it accepted."""

import base64
import json
from pathlib import Path

import pytest

from kaifang.gateway.authorization import parse_authorization, request_texts, response_text
from kaifang.gateway.encryption import decrypt, encrypt, load_key
from kaifang.gateway.envelope import v3_body, v3_headers
from kaifang.gateway.forms import read_form, signed_bodies
from kaifang.gateway.keys import load_public_key, stored_private_key
from kaifang.gateway.signing import RsaSigner, verify

VECTORS = Path(__file__).parent / "vectors"
KEYS = json.loads((VECTORS / "keys.json").read_text())
APP_KEY = load_public_key(KEYS["app_public_pem"])
AES_KEY = load_key(KEYS["aes_key_b64"])


def requests() -> list:
    """All requests in one form: name, verb, target, headers, body, what was signed, signature."""
    found = []
    for vector in json.loads((VECTORS / "v3_node_sdk.json").read_text())["vectors"]:
        request = vector["request"]
        body = request["body_latin1"].encode("latin-1")
        found.append((vector, request["method"], request["url"], request["headers"], body))
    for vector in json.loads((VECTORS / "v3_php_go_sdks.json").read_text())["vectors"]:
        verb, target, _ = vector["request_line"].split(" ")
        body = vector["body"].encode()
        if body.startswith(b"base64:"):
            body = base64.b64decode(body.removeprefix(b"base64:"))
        found.append((vector, verb, target, vector["headers"], body))
    return [pytest.param(*request, id=request[0]["name"]) for request in found]


def bodies(headers: dict, body: bytes) -> tuple[bytes, ...]:
    content_type = headers.get("content-type", "")
    return signed_bodies(read_form(b"", body, content_type)) if content_type.startswith("multipart/") else (body,)


def token(headers: dict) -> bytes | None:
    return headers["alipay-app-auth-token"].encode() if "alipay-app-auth-token" in headers else None


@pytest.mark.parametrize(("vector", "verb", "target", "headers", "body"), requests())
def test_request(vector, verb, target, headers, body):
    authorization = parse_authorization(headers["authorization"].encode())
    texts = list(request_texts(authorization, verb.encode(), target.encode(), bodies(headers, body), token(headers)))
    expected = vector["string_to_sign"].encode()
    assert texts[0] == expected
    assert authorization.sign.decode() == vector["sign"]
    assert verify(APP_KEY, expected, authorization.sign)
    assert not verify(APP_KEY, expected + b"\n", authorization.sign)
    assert RsaSigner(stored_private_key(KEYS["app_private_pkcs8_pem"])).sign_many([expected]) == [vector["sign"]]
    assert (authorization.app_id, bool(authorization.app_cert_sn)) == (KEYS["app_id"], "cert" in vector["name"])
    assert authorization.timestamp.isdigit()
    assert authorization.nonce


def node_vector(name: str) -> dict:
    return next(
        vector for vector in json.loads((VECTORS / "v3_node_sdk.json").read_text())["vectors"] if vector["name"] == name
    )


def test_a_lost_question_mark_is_tried_again():
    found = json.loads((VECTORS / "v3_php_go_sdks.json").read_text())["vectors"]
    vector = next(vector for vector in found if vector["name"] == "gopay3_get_empty_question_mark")
    authorization = parse_authorization(vector["headers"]["authorization"].encode())
    texts = list(request_texts(authorization, b"get", b"/v3/alipay/x", (b"",), None))
    assert [verify(APP_KEY, text, authorization.sign) for text in texts] == [False, True]


def test_extra_members_are_signed_and_read():
    header = node_vector("additional_auth_info")["request"]["headers"]["authorization"]
    assert parse_authorization(header.encode()).expired_seconds == "120"


def test_answer_has_the_bytes_and_the_signature_that_the_client_accepted():
    response = node_vector("post_json")["response"]
    expected = response["headers"]
    body = v3_body({"out_trade_no": "VEC-V3", "qr_code": "https://qr.example/bax02", "subject": "测试"})
    assert body == response["body"].encode()
    text = response_text(expected["alipay-timestamp"], expected["alipay-nonce"], body)
    sign = RsaSigner(stored_private_key(KEYS["gateway_private_pkcs1_pem"])).sign_many([text])[0]
    headers = dict(v3_headers(expected["alipay-timestamp"], expected["alipay-nonce"], sign, "trace"))
    assert {name: headers[name.encode()].decode() for name in expected} == expected
    assert b"alipay-sn" not in headers


ENCRYPTED = {"encrypt", "php3_encrypt_post", "php3_upload_encrypted"}
PLAIN = ['{"out_trade_no":"x"}', '{"out_trade_no":"O\\/1","subject":"测试 & A"}', '{"biz_code":"x"}']


@pytest.mark.parametrize(
    ("case", "plain"), zip([case for case in requests() if case.id in ENCRYPTED], PLAIN, strict=True)
)
def test_encrypted_bodies_are_read_and_written_again(case, plain):
    _, _, _, headers, body = case.values
    signed = bodies(headers, body)[0]
    assert decrypt(signed, AES_KEY).decode() == plain
    assert encrypt(plain.encode(), AES_KEY) == signed
