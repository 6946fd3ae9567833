"""Signatures, Authorization headers and ciphertexts that are wrong, and what exactly is vouched for."""

import base64
import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kaifang.gateway.authorization import parse_authorization, request_texts
from kaifang.gateway.encryption import WrongBase64, WrongKey, WrongPadding, decrypt, encrypt, load_key
from kaifang.gateway.forms import read_form
from kaifang.gateway.keys import load_public_key, stored_private_key
from kaifang.gateway.malformed import Malformed
from kaifang.gateway.signing import RsaSigner, signed_fields, text_with_type, verify

VECTORS = Path(__file__).parent / "vectors"
KEYS = json.loads((VECTORS / "keys.json").read_text())
APP_KEY = load_public_key(KEYS["app_public_pem"])
AES_KEY = load_key(KEYS["aes_key_b64"])
SIGNER = RsaSigner(stored_private_key(KEYS["app_private_pkcs1_pem"]))


def signed(text: bytes, **more: bytes) -> dict[bytes, bytes]:
    """The fields of a request whose client signed exactly this text."""
    fields = {name.encode(): value for name, value in more.items()}
    return {**fields, b"sign": SIGNER.sign_many([text])[0].encode()}


def covered(fields: dict[bytes, bytes]) -> set[bytes] | None:
    found = signed_fields(APP_KEY, fields, "RSA2")
    return None if found is None else set(found) - {b"sign"}


def test_signer_keeps_the_order_of_messages():
    messages = [b"a", b"b", b"", b"a"]
    signatures = SIGNER.sign_many(messages)
    assert [verify(APP_KEY, *pair) for pair in zip(messages, signatures, strict=True)] == [True] * 4
    assert not verify(APP_KEY, b"a", signatures[1])
    assert SIGNER.sign_many([]) == []


def test_unknown_sign_types_are_a_mistake_of_ours():
    with pytest.raises(KeyError):
        verify(APP_KEY, b"", b"", "SM2")


@pytest.mark.parametrize(
    "spoil",
    [
        lambda sign: "",
        lambda sign: "!" + sign[1:],
        lambda sign: sign[:-2],
        lambda sign: sign + "=",
        lambda sign: sign.replace("+", " "),
        lambda sign: sign[:64] + "\n" + sign[64:],
        lambda sign: sign + "\x00",
        lambda sign: "测" + sign,
        lambda sign: sign * 1000,
        lambda sign: base64.b64encode(bytes(256)).decode(),
        lambda sign: base64.b64encode(b"x").decode(),
    ],
)
def test_spoilt_signatures_are_no_signatures(spoil):
    message = next(text for text in map(str.encode, map(str, range(99))) if "+" in SIGNER.sign_many([text])[0])
    good = SIGNER.sign_many([message])[0]
    assert verify(APP_KEY, message, good)
    assert verify(APP_KEY, message, good.encode())
    assert not verify(APP_KEY, message, spoil(good))


def test_fields_are_sorted_by_bytes_and_nothing_is_encoded():
    fields = {b"b": b"&=%", b"B": b"\xb2\xe2", b"_": b"", b"sign": b"x", b"sign_type": b"RSA2"}
    assert text_with_type(fields) == b"B=\xb2\xe2&_=&b=&=%&sign_type=RSA2"


def test_empty_values_are_left_out_or_signed():
    assert covered(signed(b"a=1", a=b"1", b=b"")) == {b"a"}
    assert covered(signed(b"a=1&b=", a=b"1", b=b"")) == {b"a", b"b"}
    assert covered(signed(b"a=1", a=b"1", z=b"0", b=b"")) == {b"a"}
    assert covered(signed(b"a=1&z=0", a=b"1", z=b"0", b=b"")) == {b"a", b"z"}


@pytest.mark.parametrize("more", [{"c": b"1"}, {"c": b" "}, {"c": b"00"}, {"sign_type": b"RSA2"}])
def test_what_is_added_on_the_way_breaks_the_signature(more):
    assert covered(signed(b"a=1", a=b"1")) == {b"a"}
    assert covered(signed(b"a=1", a=b"1", **more)) is None


def test_unsigned_requests_are_not_covered():
    assert covered({b"a": b"1"}) is None
    assert covered({b"a": b"1", b"sign": b""}) is None
    assert covered({}) is None


@given(st.dictionaries(st.binary(min_size=1, max_size=6), st.sampled_from([b"", b"0", b"1", b"\xff&="]), max_size=6))
@settings(deadline=None, max_examples=30)
def test_an_honest_client_is_always_verified_over_the_wire(fields):
    fields.pop(b"sign", None)
    request = {**fields, b"sign": SIGNER.sign_many([text_with_type(fields)])[0].encode()}
    body = "&".join(
        "=".join("".join(f"%{byte:02x}" for byte in side) for side in pair) for pair in request.items()
    ).encode()
    assert signed_fields(APP_KEY, read_form(b"", body).fields, "RSA2") is not None


HEADER = b"ALIPAY-SHA256withRSA app_id=1,nonce=n,timestamp=2,sign=YQ=="


def test_members_may_come_in_any_order_and_are_signed_as_sent():
    read = parse_authorization(b"alipay-sha256WITHRSA timestamp=2,x=,sign=3,nonce=n,app_id=1,sign=YQ==")
    assert (read.text, read.sign) == (b"timestamp=2,x=,sign=3,nonce=n,app_id=1", b"YQ==")
    assert (read.app_id, read.nonce, read.timestamp, read.app_cert_sn) == ("1", "n", "2", "")


def test_a_client_without_a_key_sends_no_signature():
    read = parse_authorization(b"ALIPAY-SHA256withRSA app_id=1,nonce=n,timestamp=2")
    assert (read.text, read.sign) == (b"app_id=1,nonce=n,timestamp=2", b"")
    assert parse_authorization(b"ALIPAY-SHA256withRSA").timestamp == ""


@pytest.mark.parametrize(
    "header",
    [
        b"",
        b"Bearer x",
        b"ALIPAY-SHA256withRSAapp_id=1,sign=YQ==",
        HEADER.replace(b"app_id=1", b"app_id=1,app_id=2"),
        HEADER.replace(b"nonce=n", b"nonce=\n"),
        HEADER.replace(b"nonce=n", b"nonce=\x00"),
        HEADER.replace(b"nonce=n", "nonce=测".encode()),
        HEADER.replace(b"nonce=n", b"nonce=" + b"n" * 5000),
    ],
)
def test_broken_authorizations_are_refused(header):
    with pytest.raises(Malformed, match="authorization"):
        parse_authorization(header)


def test_alternatives_come_in_the_order_of_their_likelihood():
    read = parse_authorization(HEADER)
    texts = list(request_texts(read, b"post", b"/v3/x", (b"{}", b""), b"T"))
    lines = [text.split(b"\n")[1:] for text in texts]
    assert lines == [
        [b"POST", b"/v3/x", b"{}", b"T", b""],
        [b"POST", b"/v3/x?", b"{}", b"T", b""],
        [b"POST", b"/v3/x", b"", b"T", b""],
        [b"POST", b"/v3/x?", b"", b"T", b""],
    ]
    assert len(list(request_texts(read, b"GET", b"/v3/x?a=1", (b"",), None))) == 1


@given(st.binary(max_size=100))
@settings(deadline=None)
def test_what_is_encrypted_is_decrypted(plain):
    assert decrypt(encrypt(plain, AES_KEY), AES_KEY) == plain


@pytest.mark.parametrize("text", [b"", b"=", b"!!!!", b"YQ==", b"YQ", b"\xff", base64.b64encode(bytes(17)), b"A" * 65])
def test_what_is_no_ciphertext_is_refused(text):
    with pytest.raises(WrongBase64, match="biz_content is not base64 of whole AES blocks"):
        decrypt(text, AES_KEY)


@pytest.mark.parametrize(
    "key", ["", "AAECAwQFBgcICQoLDA0OD", "测", "AAEC", base64.b64encode(bytes(32)).decode(), "a" * 16]
)
def test_wrong_aes_keys_are_refused(key):
    with pytest.raises(WrongKey, match="encrypt_key is not base64 of 16 bytes"):
        load_key(key)


def test_another_key_or_a_cut_ciphertext_does_not_decrypt():
    text = encrypt(b'{"out_trade_no":"1234567890"}', AES_KEY)
    with pytest.raises(WrongPadding, match="does not decrypt"):
        decrypt(text, bytes(16))
    cut = base64.b64encode(base64.b64decode(text)[:16])
    with pytest.raises(WrongPadding):
        decrypt(cut, AES_KEY)


def test_one_client_encrypts_with_the_text_of_the_key_and_is_not_understood():
    vectors = json.loads((VECTORS / "v2_php_go_sdks.json").read_text())["vectors"]
    bodies = {vector["name"]: vector["body"].encode() for vector in vectors}
    foreign = read_form(b"", bodies["gopay_encrypted_without_encrypt_type_nonstandard_key"]).fields[b"biz_content"]
    with pytest.raises(WrongPadding):
        decrypt(foreign, AES_KEY)
    for name in ("php2_query_encrypted", "sw_encrypted", "sw_cert_encrypted"):
        text = read_form(b"", bodies[name]).fields[b"biz_content"]
        assert json.loads(decrypt(text, AES_KEY))["out_trade_no"].startswith("T/1")
        assert encrypt(decrypt(text, AES_KEY), AES_KEY) == text
