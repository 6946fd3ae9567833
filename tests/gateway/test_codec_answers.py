"""Answers, notifications and frames have exactly the bytes that the official clients accepted."""

import json
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kaifang.gateway.encryption import encrypt, load_key
from kaifang.gateway.envelope import (
    ERROR_NAME,
    coded,
    encrypted_node,
    node,
    node_name,
    refused,
    v2_body,
    v2_headers,
    v3_body,
    v3_headers,
    v3_refusal,
)
from kaifang.gateway.forms import encode_fields, parse_urlencoded
from kaifang.gateway.frames import read_frame, registration, write_frame
from kaifang.gateway.keys import load_public_key, stored_private_key
from kaifang.gateway.malformed import Malformed
from kaifang.gateway.returns import check_return, return_address, return_fields
from kaifang.gateway.signing import RsaSigner, text_with_type, text_without_type, verify

VECTORS = Path(__file__).parent / "vectors"


def load(name: str) -> dict:
    return json.loads((VECTORS / name).read_text())


KEYS, RESPONSES, NOTIFY, CHANNEL = map(load, ("keys.json", "v2_responses.json", "notify.json", "msg_client.json"))
RESPONSES = RESPONSES["vectors"]
GATEWAY_KEY = load_public_key(KEYS["gateway_public_pem"])
NAME = node_name("alipay.trade.query")
MERCHANT_URL = "https://m.example/back"


class Found(msgspec.Struct):
    """An answer as a capability gives it."""

    out_trade_no: str
    qr_code: str
    subject: str
    total_amount: str


FOUND = Found("VEC-R1", "https://qr.example/bax01", '测试 a"b', "88.88")


def sign(message: bytes, sign_type: str = "RSA2") -> str:
    key = stored_private_key(KEYS["gateway_private_pkcs1_pem"])
    return RsaSigner(key, sign_type).sign_many([message])[0]


def answered(codec: str = "utf-8") -> bytes:
    return node(coded(msgspec.json.encode(FOUND)), codec)


def test_plain_answer():
    signed = answered()
    assert NAME == "alipay_trade_query_response"
    assert signed == RESPONSES["plain"]["signed_bytes_utf8"].encode()
    assert v2_body(NAME, signed, sign(signed)) == RESPONSES["plain"]["body"].encode()
    assert verify(GATEWAY_KEY, signed, sign(signed))


def test_answer_in_gbk():
    signed = answered("gbk")
    assert signed.hex() == RESPONSES["gbk"]["signed_hex"]
    assert v2_body(NAME, signed, sign(signed)).hex() == RESPONSES["gbk"]["body_hex"]


def test_answer_signed_with_sha1():
    signed = answered()
    assert signed == RESPONSES["rsa1"]["signed_bytes_utf8"].encode()
    assert sign(signed, "RSA") == RESPONSES["rsa1"]["sign"]
    assert verify(GATEWAY_KEY, signed, RESPONSES["rsa1"]["sign"], "RSA")
    assert not verify(GATEWAY_KEY, signed, RESPONSES["rsa1"]["sign"], "RSA2")


def test_answer_to_a_client_with_certificates():
    signed = answered()
    body = v2_body(NAME, signed, sign(signed), load("cert_sn.json")["alipay_cert_sn"])
    assert body == RESPONSES["cert"]["body"].encode()


def test_encrypted_answer():
    signed = encrypted_node(answered(), load_key(KEYS["aes_key_b64"]))
    assert answered() == RESPONSES["encrypted"]["plaintext"].encode()
    assert signed == RESPONSES["encrypted"]["signed_bytes_utf8"].encode()
    assert v2_body(NAME, signed, sign(signed)) == RESPONSES["encrypted"]["body"].encode()


def test_refused_token():
    signed = node(refused("40002", "Invalid Arguments", "isv.code-invalid", "授权码code无效"))
    assert v2_body(ERROR_NAME, signed, sign(signed)) == RESPONSES["oauth_error"]["body"].encode()


def test_answers_without_members_and_with_other_codes():
    assert coded(b"{}") == b'{"code":"10000","msg":"Success"}'
    waiting = coded(b'{"trade_no":"1"}', "10003", " order success pay inprocess")
    assert waiting == b'{"code":"10003","msg":" order success pay inprocess","trade_no":"1"}'


def test_node_takes_what_msgspec_can_write():
    assert node({"a": "/"}) == node(b'{"a":"/"}') == b'{"a":"\\/"}'
    assert node(FOUND) == node(msgspec.json.encode(FOUND))


@pytest.mark.parametrize("codec", ["utf-8", "gbk", "gb2312", "gb18030"])
@given(text=st.text())
@settings(deadline=None)
def test_any_text_survives_in_any_charset(codec, text):
    signed = node({"subject": text, "x": "a/b\\/c"}, codec)
    assert json.loads(signed.decode(codec)) == {"subject": text, "x": "a/b\\/c"}
    assert signed.count(b"\\/") >= 2 + text.count("/")


def test_slashes_line_separators_and_what_gbk_lacks_are_escaped():
    assert node({"a": "\\/\u2028\u2029"}) == b'{"a":"\\\\\\/\\u2028\\u2029"}'
    assert node({"a": "测€😀"}, "gbk") == b'{"a":"' + "测".encode("gbk") + b'\\u20ac\\ud83d\\ude00"}'
    assert node({"a": "\x1f\x7f\n"}) == b'{"a":"\\u001f\x7f\\n"}'


def test_v3_bodies_and_headers():
    assert v3_body(b"") == v3_body({}) == b"{}"
    assert v3_body(FOUND).startswith(b'{"out_trade_no":"VEC-R1","qr_code":"https://qr')
    refusal = v3_refusal("invalid-signature", "验签出错", [("https://open.example/e", "解决方案")])
    assert json.loads(refusal) == {
        "code": "invalid-signature",
        "message": "验签出错",
        "links": [{"link": "https://open.example/e", "desc": "解决方案"}],
    }
    headers = v3_headers("1716182055700", "n0nce0001", "S", "T", "47c6")
    assert headers[-1] == (b"alipay-sn", b"47c6")
    assert all(name == name.lower() for name, _ in headers + v2_headers("GBK", "T"))
    assert dict(v2_headers("GBK", "T"))[b"content-type"] == b"text/html;charset=GBK"


def test_message_notification():
    vector = NOTIFY["message_api"]
    fields = encode_fields(vector["params"])
    assert text_without_type(fields) == vector["content_excluding_sign_type"].encode()
    assert sign(text_without_type(fields)) == vector["sign_excluding_sign_type"]
    assert text_with_type(fields) == vector["content_including_sign_type"].encode()
    assert sign(text_with_type(fields)) == vector["sign_including_sign_type"]


def test_return_to_the_merchant():
    vector = NOTIFY["page_return"]
    ours = {
        name: value for name, value in parse_urlencoded(vector["content"].replace(" ", "+").encode()) if name != b"x"
    }
    fields = return_fields(MERCHANT_URL + "?x=1", ours)
    assert text_without_type(fields) == vector["content"].encode()
    signed = {**fields, b"sign": sign(text_without_type(fields)).encode(), b"sign_type": b"RSA2"}
    assert return_address(MERCHANT_URL + "?x=1", signed) == vector["url"]


def test_return_keeps_what_the_merchant_put_there():
    fields = return_fields(MERCHANT_URL + "?b=%B2%E2&a=&c=1+2#top", {b"total_amount": b"1"})
    assert fields == {b"a": b"", b"b": b"\xb2\xe2", b"c": b"1 2", b"total_amount": b"1"}
    address = return_address(MERCHANT_URL + "?b=%B2%E2&a=&c=1+2#top", fields)
    assert address == MERCHANT_URL + "?a=&b=%B2%E2&c=1+2&total_amount=1#top"


@pytest.mark.parametrize("query", ["sign=1", "sign_type=x", "method=refund", "a=1&a=2"])
def test_return_refuses_parameters_that_would_hide_ours(query):
    with pytest.raises(Malformed, match="return_url already has a parameter"):
        check_return(f"{MERCHANT_URL}?{query}")


def test_return_refuses_what_is_no_address():
    with pytest.raises(Malformed, match="return_url is not a web address"):
        check_return("https://[::1/back")
    check_return(f"{MERCHANT_URL}?out_trade_no=T1&a=")


def test_of_two_parameters_with_one_name_ours_stands():
    fields = return_fields(f"{MERCHANT_URL}?out_trade_no=mine&a=1", {b"out_trade_no": b"T1"})
    assert fields == {b"a": b"1", b"out_trade_no": b"T1"}


def test_registration_of_a_message_channel():
    response = b'{"code":"10000","msg":"Success","link_token":"lt-0001"}'
    assert registration(response, sign(response)) == CHANNEL["register_response"].encode()
    assert registration(response, "S", "47c6").endswith(b'"sign":"S","alipay_cert_sn":"47c6"}')


def test_message_frame():
    frame, data = CHANNEL["consume_frame"], CHANNEL["signed_text"].encode()
    read = read_frame(frame)
    assert read.data == data
    assert read.protocol["x-sign"] == sign(data)
    assert read.headers == {"from-sys": "openmsg", "from-sys-ip": "127.0.0.1", "stream-id": "s0000000000001"}
    assert write_frame(read.headers, read.protocol, read.data) == frame


def test_acknowledgement_needs_no_data():
    read = read_frame('stream-id:s1\r\n\r\n{"protocol":{"x-cmd":"CONSUME_ACK","x-msgId":"1","x-status":"SUCCESS"}}')
    assert (read.protocol["x-status"], read.data) == ("SUCCESS", b"")


@pytest.mark.parametrize(
    "frame",
    [
        "",
        "{}",
        "a:1\r\n\r\n",
        "a:1\r\n\r\n{}",
        "a:1\r\n\r\n[]",
        'a:1\r\n\r\n{"protocol":[]}',
        'a\r\n\r\n{"protocol":{}}',
        'a:1:2\r\n\r\n{"protocol":{}}',
        'a:1\r\na:2\r\n\r\n{"protocol":{}}',
        "".join(f"h{n}:1\r\n" for n in range(99)) + '\r\n{"protocol":{}}',
        'a:1\r\n\r\n{"protocol":{"x":"\ud800"}}',
    ],
)
def test_broken_frames_are_refused(frame):
    with pytest.raises(Malformed, match="frame has no proper"):
        read_frame(frame)


def test_no_header_of_ours_can_smuggle_another():
    with pytest.raises(AssertionError, match="a header of ours"):
        write_frame({"stream-id": "1\r\nfrom-sys:x"}, {}, b"{}")


def test_aes_vector():
    vector = RESPONSES["aes"]
    assert encrypt(vector["plaintext"].encode(), load_key(vector["key_b64"])) == vector["ciphertext_b64"].encode()
