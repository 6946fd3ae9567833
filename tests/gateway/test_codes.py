"""Every refusal of the gateway itself, in both protocols: its code, its place and its signature."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from tests.town import KEYS, public_key
from tests.visit import Visit

from kaifang.gateway import identity, nonces
from kaifang.gateway.door import Door
from kaifang.gateway.encryption import decrypt, encrypt, load_key
from kaifang.gateway.envelope import node_name
from kaifang.gateway.forms import encode_fields, write_urlencoded
from kaifang.gateway.house import House, Settings
from kaifang.gateway.keys import load_public_key, stored_private_key
from kaifang.gateway.local import LocalAnswer
from kaifang.gateway.local import ask as ask_door
from kaifang.gateway.signing import RsaSigner, text_with_type, verify
from kaifang.kernel import DAY, HOUR, Fault, Moment
from kaifang.kernel.clock import written

QUERY = "alipay.trade.query"
AES = "AAECAwQFBgcICQoLDA0ODw=="
KEY = stored_private_key(KEYS["app_private_pkcs8_pem"])


class Caller:
    """A merchant's app that signs by hand, so that it can sign wrongly."""

    def __init__(self, who: identity.Identity) -> None:
        self.visit = Visit()
        self.who, self.app = who, self.visit.known["coffee.app"]
        self.house = House(self.visit.platform, who, Settings(base_url="http://127.0.0.1"))
        self.door, self.public = Door(self.house), load_public_key(who.public_key["spki_base64"])

    def house_rule(self, **changes: Any) -> None:
        """Change something of the app, as its owner would in a console."""
        inside = self.visit.app("coffee")
        changed = self.visit.platform.do(
            lambda work: work.acting(role="operator").ask("kaifang.openapp.app.change", app_id=self.app, **changes),
            inside,
        )
        assert changed.app_id == self.app

    def fields(self, **changes: str | None) -> dict[str, str]:
        """The parameters of a query; None leaves one out."""
        told = {
            "app_id": self.app, "method": QUERY, "charset": "utf-8", "sign_type": "RSA2", "version": "1.0",
            "format": "JSON", "timestamp": written(self.visit.now), "biz_content": '{"out_trade_no":"none"}',
        }  # fmt: skip
        return {name: value for name, value in (told | changes).items() if value is not None}

    def send(
        self, sign: str | None = None, codec: str = "utf-8", more: bytes = b"", **changes: str | None
    ) -> LocalAnswer:
        """Sign and send a v2 call; `sign` replaces the signature, `more` is added to the query unsigned."""
        raw = encode_fields(self.fields(**changes), codec)
        kind = raw.get(b"sign_type", b"RSA2").decode()
        signer = RsaSigner(KEY, kind if kind in ("RSA", "RSA2") else "RSA2")
        raw[b"sign"] = sign.encode() if sign is not None else signer.sign_many([text_with_type(raw)])[0].encode()
        if sign == "":
            raw.pop(b"sign")
        head = [(b"content-type", b"application/x-www-form-urlencoded")]
        target = b"/gateway.do" + (b"?" + more if more else b"")
        return self.visit.loop.run_until_complete(ask_door(self.door, "POST", target, head, write_urlencoded(raw)))

    def v3(
        self, path: str = "/v3/alipay/trade/query", body: str = '{"out_trade_no":"none"}', verb: str = "POST",
        sign: str | None = None, header: str | None = None, more: list[tuple[bytes, bytes]] | None = None, **auth: str,
    ) -> LocalAnswer:  # fmt: skip
        """Sign and send a v3 call."""
        told = {"app_id": self.app, "nonce": f"n{self.visit.platform.place.chance.hex(16)}"}
        told |= {"timestamp": str(self.visit.now)} | auth
        text = ",".join(f"{name}={value}" for name, value in told.items() if value)
        signed = RsaSigner(KEY).sign_many([f"{text}\n{verb}\n{path}\n{body}\n".encode()])[0]
        line = f"ALIPAY-SHA256withRSA {text},sign={signed if sign is None else sign}" if header is None else header
        head = [(b"authorization", line.encode())] if line else []
        head += [(b"content-type", b"application/json"), *(more or [])]
        return self.visit.loop.run_until_complete(ask_door(self.door, verb, path.encode(), head, body.encode()))


@pytest.fixture(scope="module")
def who(tmp_path_factory: pytest.TempPathFactory) -> identity.Identity:
    """The platform's keys."""
    return identity.take_up(tmp_path_factory.mktemp("keys"), 1_790_000_000_000)


@pytest.fixture
def caller(who: identity.Identity) -> Iterator[Caller]:
    """An app in a town of its own."""
    made = Caller(who)
    yield made
    made.house.close()
    made.visit.close()


def read(caller: Caller, answer: LocalAnswer, sign_type: str = "RSA2") -> tuple[str, dict[str, Any]]:
    """The name of the node and what it says; the signature must cover its bytes."""
    assert answer.status == 200 and (answer.get(b"content-security-policy") or b"").startswith(b"sandbox;")
    head, _, rest = answer.body.partition(b":")
    node, _, sign = rest.rpartition(b',"sign":"')
    node = node.partition(b',"alipay_cert_sn":"')[0]
    assert verify(caller.public, node, sign.removesuffix(b'"}'), sign_type)
    return head.strip(b'{"').decode(), json.loads(node)


REFUSALS: list[tuple[dict[str, Any], str, str]] = [
    ({"method": None}, "40001", "isv.missing-method"),
    ({"method": "alipay.trade.qurey"}, "40002", "isv.invalid-method"),
    ({"method": "alipay.user.antpaas.useridchange.query", "app_id": None}, "40002", "isv.invalid-method"),
    ({"method": "alipay.offline.market.shop.create"}, "40002", "isv.forbidden-api"),
    ({"app_id": None}, "40001", "isv.missing-app-id"),
    ({"app_id": "2021999999999999"}, "40002", "isv.invalid-app-id"),
    ({"charset": "latin-1"}, "40002", "isv.invalid-charset"),
    ({"format": "xml"}, "40002", "isv.invalid-format"),
    ({"version": None}, "40001", "isv.missing-version"),
    ({"version": "one"}, "40002", "isv.invalid-version"),
    ({"timestamp": None}, "40001", "isv.missing-timestamp"),
    ({"timestamp": "2026-09-21"}, "40002", "isv.invalid-timestamp"),
    ({"timestamp": "2026-13-21 00:00:00"}, "40002", "isv.invalid-timestamp"),
    ({"timestamp": "2020-01-01 00:00:00"}, "40002", "isv.invalid-timestamp"),
    ({"sign_type": None}, "40001", "isv.missing-signature-type"),
    ({"sign_type": "MD5"}, "40002", "isv.invalid-signature-type"),
    ({"sign": ""}, "40001", "isv.missing-signature"),
    ({"sign": "AAAA"}, "40002", "isv.invalid-signature"),
    ({"more": b"version=2.0"}, "40002", "isv.suspected-attack"),
    ({"app_cert_sn": "0" * 32}, "40002", "isv.app-cert-not-exist"),
    ({"app_auth_token": "no such token"}, "20001", "aop.invalid-app-auth-token"),
    ({"auth_token": "no such token"}, "20001", "aop.invalid-auth-token"),
    ({"notify_url": "ftp://shop"}, "40002", "isv.invalid-parameter"),
    ({"notify_url": "http://shop/" + "x" * 250}, "40002", "isv.invalid-parameter"),
    ({"notify_url": "http://shop/\x00"}, "40002", "isv.invalid-parameter"),
    ({"return_url": "http://a b"}, "40002", "isv.invalid-parameter"),
    ({"encrypt_type": "DES"}, "40002", "isv.decryption-error-not-valid-encrypt-type"),
    ({"encrypt_type": "AES"}, "40002", "isv.decryption-error-not-valid-encrypt-key"),
    ({"biz_content": "{"}, "40002", "isv.illegal-json"),
    ({"biz_content": "[1]"}, "40002", "isv.illegal-json"),
    ({"biz_content": "[" * 100_000}, "40002", "isv.illegal-json"),
    ({"biz_content": "{", "image_type": "jpg"}, "40002", "isv.illegal-json"),
    ({"biz_content": '{"out_trade_no":[]}'}, "40002", "isv.invalid-parameter"),
    ({"biz_content": '{"x":[' + "1," * 20_001 + "1]}"}, "40002", "isv.invalid-parameter"),
    ({"goods_detail": "[" + "{}," * 20_001 + "{}]"}, "40002", "isv.invalid-parameter"),
    (
        {"biz_content": json.dumps({"x": "[" + "1," * 20_001 + "1]"}).replace(",", "\\u002C")},
        "40002",
        "isv.invalid-parameter",
    ),
    ({"method": "kaifang.clock.move", "biz_content": '{"by":"1d"}'}, "40006", "isv.insufficient-isv-permissions"),
    ({"biz_content": '{"out_trade_no":"none"}'}, "40004", "ACQ.TRADE_NOT_EXIST"),
]


@pytest.mark.parametrize(("changes", "code", "sub_code"), REFUSALS, ids=[sub for _, _, sub in REFUSALS])
def test_v2_refuses_by_the_documented_code(caller: Caller, changes: dict[str, Any], code: str, sub_code: str) -> None:
    """Signed, with status 200, in the method's node or, where no method is meant, in error_response."""
    name, told = read(caller, caller.send(**changes), "RSA2")
    assert (told["code"], told["sub_code"]) == (code, sub_code)
    assert told["sub_msg"] and told["msg"]
    unknown = sub_code in ("isv.missing-method", "isv.invalid-method")
    assert name == ("error_response" if unknown else node_name(changes.get("method") or QUERY))


def test_refusals_follow_the_order_of_the_checks(caller: Caller) -> None:
    """Method before app, app before charset, and so on: what is mended, the next one shows."""
    wrong: dict[str, Any] = {
        "method": "no.such", "app_id": "1", "charset": "x", "format": "xml", "version": "x", "timestamp": "x",
        "sign_type": "MD5", "sign": "",
    }  # fmt: skip
    wrong |= {"app_auth_token": "x", "auth_token": "x"}
    seen = []
    while wrong:
        seen.append(read(caller, caller.send(**wrong))[1]["sub_code"])
        wrong.pop(next(iter(wrong)))
    late: dict[str, Any] = {"method": "kaifang.clock.move", "encrypt_type": "DES", "biz_content": "{"}
    while late:
        seen.append(read(caller, caller.send(**late))[1]["sub_code"])
        late.pop(next(iter(late)))
    assert seen == [
        "isv.invalid-method", "isv.invalid-app-id", "isv.invalid-charset", "isv.invalid-format", "isv.invalid-version",
        "isv.invalid-timestamp", "isv.invalid-signature-type", "isv.missing-signature",
        "aop.invalid-app-auth-token", "aop.invalid-auth-token", "isv.insufficient-isv-permissions",
        "isv.decryption-error-not-valid-encrypt-type", "isv.illegal-json",
    ]  # fmt: skip


def test_old_signatures_and_other_charsets_are_answered_alike(caller: Caller) -> None:
    """RSA in RSA, GBK in GBK."""
    assert read(caller, caller.send(sign_type="RSA"), "RSA")[1]["sub_code"] == "ACQ.TRADE_NOT_EXIST"
    answer = caller.send(codec="gbk", charset="GBK", biz_content='{"out_trade_no":"没有"}')
    assert answer.get(b"content-type") == b"text/html;charset=GBK"
    node = answer.body.partition(b":")[2].rpartition(b',"sign":"')
    assert verify(caller.public, node[0], node[2].removesuffix(b'"}'))
    assert json.loads(answer.body.decode("gbk"))[node_name(QUERY)]["sub_code"] == "ACQ.TRADE_NOT_EXIST"


def test_encrypted_calls_are_answered_encrypted(caller: Caller) -> None:
    """Refusals of the method too; what does not decrypt is refused in plain."""
    caller.house_rule(aes_key=AES)
    key = load_key(AES)
    answer = caller.send(encrypt_type="AES", biz_content=encrypt(b'{"out_trade_no":"none"}', key).decode())
    node = json.loads(answer.body)[node_name(QUERY)]
    assert json.loads(decrypt(node.encode(), key))["sub_code"] == "ACQ.TRADE_NOT_EXIST"
    told = read(caller, caller.send(biz_content=encrypt(b'{"out_trade_no":"none"}', key).decode()))[1]
    assert (told["code"], told["sub_code"]) == ("40001", "isv.decryption-error-missing-encrypt-type")
    for wrong in ("AAAA", "no base64", encrypt(b"x" * 40, bytes(16)).decode()):
        assert read(caller, caller.send(encrypt_type="AES", biz_content=wrong))[1]["code"] in ("40003", "40002")
    v3 = caller.v3(body=encrypt(b'{"out_trade_no":"none"}', key).decode(), more=[(b"alipay-encrypt-type", b"AES")])
    assert (v3.status, json.loads(v3.body)["code"]) == (400, "ACQ.TRADE_NOT_EXIST")
    v3 = caller.v3(body=encrypt(b'{"out_trade_no":"none"}', key).decode())
    assert (v3.status, json.loads(v3.body)["code"]) == (400, "decryption-error-missing-encrypt-type")


def test_certificates_are_used_by_whoever_names_one(caller: Caller) -> None:
    """The answer names the platform's own; another root is refused; an app without keys must name one."""
    sn = "0123456789abcdef0123456789abcdef"
    caller.visit.platform.do(
        lambda work: work.ask("kaifang.openapp.cert.add", app_id=caller.app, sn=sn, pem="x", public_key=public_key())
    )
    told = json.loads(caller.send(app_cert_sn=sn, alipay_root_cert_sn=caller.who.root_sn).body)
    assert list(told) == [node_name(QUERY), "alipay_cert_sn", "sign"] and told["alipay_cert_sn"] == caller.who.sn
    wrong = caller.send(app_cert_sn=sn, alipay_root_cert_sn="0" * 32)
    assert json.loads(wrong.body)[node_name(QUERY)]["sub_code"] == "isv.invalid-alipay-root-cert-sn"
    none = caller.send(app_cert_sn=sn)
    assert json.loads(none.body)[node_name(QUERY)]["sub_code"] == "isv.missing-alipay-root-cert-sn"
    download = caller.send(method="alipay.open.app.alipaycert.download", app_cert_sn=sn, version=None)
    assert "40001" not in download.body.decode(), "whoever lacks the platform's certificates need not name them"
    assert caller.v3(app_cert_sn=sn).get(b"alipay-sn") == caller.who.sn.encode()
    assert json.loads(caller.v3(app_cert_sn="1" * 32).body)["code"] == "app-cert-not-exist"


def test_a_certificate_ends_with_its_time(caller: Caller) -> None:
    sn, until = "0123456789abcdef0123456789abcdef", caller.visit.now + 1000
    caller.visit.platform.do(
        lambda work: work.ask(
            "kaifang.openapp.cert.add", app_id=caller.app, sn=sn, pem="x", public_key=public_key(), until=Moment(until)
        )
    )
    asked = {"app_cert_sn": sn, "alipay_root_cert_sn": caller.who.root_sn}
    assert read(caller, caller.send(**asked))[1]["sub_code"] == "ACQ.TRADE_NOT_EXIST"
    caller.visit.wait(1000)
    told = read(caller, caller.send(**asked))[1]
    assert (told["code"], told["sub_code"]) == ("40002", "isv.app-cert-expired")
    assert json.loads(caller.v3(app_cert_sn=sn).body)["code"] == "app-cert-expired"


def test_calls_are_limited_by_app(caller: Caller) -> None:
    """Two a second, then the documented code; in v3 with status 429."""
    caller.house_rule(rate=2)
    codes = [read(caller, caller.send())[1]["code"] for _ in range(4)]
    assert codes[:2] == ["40004", "40004"] and "40005" in codes
    limited = [caller.v3() for _ in range(3)][-1]
    assert (limited.status, json.loads(limited.body)["code"]) == (429, "app-call-limited")


def test_who_comes_when_too_many_wait_is_told_that_nothing_was_done(caller: Caller) -> None:
    caller.visit.platform.queue.most = 0
    create = {"method": "alipay.trade.precreate", "biz_content": '{"out_trade_no":"b1"}'}
    body = '{"out_trade_no":"b1","total_amount":"1.00","subject":"x"}'
    told = read(caller, caller.send(**create | {"biz_content": body}))[1]
    assert (told["code"], told["sub_code"]) == ("20000", "isp.service-busy") and "未被执行" in told["sub_msg"]
    answer = caller.v3("/v3/alipay/trade/precreate", body)
    assert (answer.status, json.loads(answer.body)["code"]) == (503, "service-busy")
    assert read(caller, caller.send())[1]["sub_code"] == "ACQ.TRADE_NOT_EXIST", "who only reads need not wait"


V3: list[tuple[dict[str, Any], int, str]] = [
    ({"header": ""}, 400, "missing-timestamp"),
    ({"header": "Bearer x"}, 400, "invalid-parameter"),
    ({"path": "/v3/alipay/trade/qurey"}, 404, "invalid-method"),
    ({"path": "/v3/alipay/offline/market/shop/create"}, 404, "forbidden-api"),
    ({"verb": "GET"}, 400, "invalid-http-method"),
    ({"app_id": "2021999999999999"}, 400, "invalid-app-id"),
    ({"app_id": ""}, 400, "missing-app-id"),
    ({"nonce": ""}, 400, "missing-nonce"),
    ({"timestamp": ""}, 400, "missing-timestamp"),
    ({"timestamp": "yesterday"}, 400, "invalid-timestamp"),
    ({"timestamp": "1600000000000"}, 400, "invalid-timestamp"),
    ({"sign": "AAAA"}, 400, "invalid-signature"),
    ({"sign": ""}, 400, "missing-signature"),
    ({"body": "{"}, 400, "illegal-json"),
    ({"body": '{"notify_url":"ftp://x"}'}, 400, "invalid-parameter"),
    ({"body": '{"notify_url":"http://x/\\u0000"}'}, 400, "invalid-parameter"),
    ({"more": [(b"alipay-app-auth-token", b"x")]}, 400, "invalid-signature"),
    ({"more": [(b"alipay-encrypt-type", b"DES")]}, 400, "decryption-error-not-valid-encrypt-type"),
    ({"body": '{"x":[' + "1," * 20_001 + "1]}"}, 400, "invalid-parameter"),
    ({"path": "/v3/kaifang/clock/move", "body": '{"by":"1d"}'}, 401, "insufficient-isv-permissions"),
    ({}, 400, "ACQ.TRADE_NOT_EXIST"),
]


@pytest.mark.parametrize(("changes", "status", "code"), V3, ids=[code for _, _, code in V3])
def test_v3_refuses_by_status_and_code(caller: Caller, changes: dict[str, Any], status: int, code: str) -> None:
    """Signed in the headers, with a link to the doctor."""
    answer = caller.v3(**changes)
    told = json.loads(answer.body)
    assert (answer.status, told["code"]) == (status, code) and told["message"] and told["links"][0]["link"]
    timestamp, nonce = answer.get(b"alipay-timestamp"), answer.get(b"alipay-nonce")
    text = b"%b\n%b\n%b\n" % (timestamp, nonce, answer.body)
    assert verify(caller.public, text, answer.get(b"alipay-signature") or b"")


def test_a_replayed_request_is_carried_out_once(caller: Caller) -> None:
    """And one that is ten minutes old not at all, unless it says how long it is good."""
    body = '{"out_trade_no":"r1","total_amount":"1.00","subject":"x"}'
    first = caller.v3("/v3/alipay/trade/precreate", body, nonce="same")
    again = caller.v3("/v3/alipay/trade/precreate", body, nonce="same")
    assert first.status == 200 and json.loads(again.body)["code"] == "suspected-attack"
    first, again = caller.v3(nonce="read"), caller.v3(nonce="read")
    assert [json.loads(one.body)["code"] for one in (first, again)] == ["ACQ.TRADE_NOT_EXIST", "suspected-attack"]
    old = str(caller.visit.now - 700_000)
    assert json.loads(caller.v3(timestamp=old).body)["code"] == "invalid-timestamp"
    assert json.loads(caller.v3(timestamp=old, expired_seconds="900").body)["code"] == "ACQ.TRADE_NOT_EXIST"


def test_nonces_are_forgotten_once_they_are_too_old(caller: Caller, monkeypatch: pytest.MonkeyPatch) -> None:
    body = '{"out_trade_no":"r2","total_amount":"1.00","subject":"x"}'
    caller.visit.platform.do(lambda work: [work.add(nonces.Nonce(id=f"{work.now}/{i}")) for i in range(1500)])
    caller.visit.move(HOUR)
    assert caller.v3("/v3/alipay/trade/precreate", body).status == 200
    caller.visit.platform.do(lambda work: nonces.sweep(work, None))
    assert caller.visit.platform.read(lambda work: work.count(nonces.Nonce)) == 1501
    caller.visit.move(DAY)
    assert caller.visit.platform.read(lambda work: work.count(nonces.Nonce)) == 0
    monkeypatch.setattr(nonces, "KEPT", 2)
    heard = nonces.Heard()
    for name in ("a", "b", "c", "a"):
        heard.use(name)  # the first is forgotten for the third
    with pytest.raises(Fault):
        heard.use("c")


def test_what_the_signature_does_not_cover_is_not_believed(caller: Caller) -> None:
    """An empty parameter that was not signed may be there; a filled one may not."""
    assert read(caller, caller.send(more=b"auth_token="))[1]["sub_code"] == "ACQ.TRADE_NOT_EXIST"
    assert read(caller, caller.send(more=b"notify_url=http://evil"))[1]["sub_code"] == "isv.invalid-signature"


def test_page_calls_are_refused_with_a_page(caller: Caller) -> None:
    """In GBK, with what is wrong in both languages, and nothing of the request unescaped."""
    answer = caller.send(method="alipay.trade.page.pay", sign="<script>")
    text = answer.body.decode("gbk")
    assert answer.status == 200 and "isv.invalid-signature" in text and "<script>" not in text


def test_english_is_spoken_to_those_who_ask(caller: Caller) -> None:
    """By the header, in v3."""
    told = json.loads(caller.v3(more=[(b"accept-language", b"en-GB,en")]).body)
    assert told["message"].startswith("No trade")


def test_what_breaks_before_the_method_is_answered_as_a_refusal(
    caller: Caller, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With a reference that finds it in the log; nothing was done."""

    def fail(*_: Any, **__: Any) -> None:
        raise RuntimeError("the database is gone")

    monkeypatch.setattr(caller.house, "caller", fail)
    name, told = read(caller, caller.send(auth_token="x"))
    assert (name, told["code"], told["sub_code"]) == (node_name(QUERY), "20000", "aop.unknow-error")
    answer = caller.v3()
    assert (answer.status, json.loads(answer.body)["code"]) == (500, "unknow-error")
