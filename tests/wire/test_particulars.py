"""What only one SDK or another can do: uploads, encryption, other charsets and signatures, amounts as numbers."""

from __future__ import annotations

import base64
from typing import Any

import pytest
from tests.wire.clients import Client, NodeV3Client, Refused
from tests.wire.receiver import Receiver
from tests.wire.town import MERCHANTS_CONSENT, Town, queried

PNG = b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8
FILES = {"file_content": ['拿铁 "1".png', base64.b64encode(PNG).decode()]}
UPLOAD = "alipay.open.file.upload"


def till(town: Town, **more: Any) -> dict[str, Any]:
    """An order of 0.30 at the till."""
    usual = {"total_amount": "0.30", "subject": "糖", "scene": "bar_code"}
    return {"out_trade_no": town.number("S"), "auth_code": town.buyer("anna").code(), **usual, **more}


# Uploads


@pytest.mark.parametrize(
    "client", ["official", "node", "node-certificates", "node-v3", "node-v3-certificates"], indirect=True
)
def test_a_file_is_uploaded(client: Client) -> None:
    kept = client.using(files=FILES).ask(UPLOAD, {"biz_code": "content_creation"})
    assert kept["file_id"].startswith("A*")


@pytest.mark.parametrize("client", ["official", "node", "node-v3"], indirect=True)
def test_a_page_is_no_picture(client: Client) -> None:
    files = {"file_content": ["a.png", base64.b64encode(b"<script>alert(1)</script>").decode()]}
    assert client.using(files=files).refusal(UPLOAD, {"biz_code": "content_creation"}).endswith("FILE_CHECK_FAIL")


# The official Python SDK


@pytest.mark.parametrize("sdk", ["official"], indirect=True)
@pytest.mark.parametrize("more", [{"charset": "gbk"}, {"charset": "GB18030"}, {"sign_type": "RSA"}], ids=str)
def test_other_charsets_and_signatures(town: Town, sdk: Client, receiver: Receiver, more: dict[str, str]) -> None:
    asked = till(town, subject="拿铁 & 蛋糕")
    where = f"/{asked['out_trade_no']}"
    sdk.using(**more).ask("alipay.trade.pay", asked, notify_url=receiver.url + where)
    assert receiver.wait(where)[0]["subject"] == "拿铁 & 蛋糕"
    seen = sdk.using(**more).ask("alipay.trade.query", {"out_trade_no": asked["out_trade_no"]})
    assert (seen["trade_status"], seen["subject"]) == ("TRADE_SUCCESS", "拿铁 & 蛋糕")
    with pytest.raises(Refused, match="交易不存在"):
        sdk.using(**more).ask("alipay.trade.query", {"out_trade_no": "nothing"})


# python-alipay-sdk


@pytest.mark.parametrize("sdk", ["small"], indirect=True)
def test_amounts_as_numbers_and_the_older_signature(town: Town, sdk: Client) -> None:
    asked = till(town, total_amount=0.3)
    assert sdk.using(sign_type="RSA").ask("alipay.trade.pay", asked)["total_amount"] == "0.30"
    back = sdk.ask(
        "alipay.trade.refund", {"out_trade_no": asked["out_trade_no"], "refund_amount": 0.1, "out_request_no": "1"}
    )
    assert back["refund_fee"] == "0.10"


@pytest.mark.parametrize("client", ["small-certificates"], indirect=True)
def test_its_own_function_for_transfers(town: Town, client: Client) -> None:
    """It sends `name: null` where no name is given."""
    asked = {"identity_type": "ALIPAY_USER_ID", "identity": town.person("bo")["user_id"], "trans_amount": "0.20"}
    done = client.ask("alipay.fund.trans.uni.transfer", asked | {"out_biz_no": town.number("B")})
    assert done["status"] == "SUCCESS"


# The Node SDK


@pytest.mark.parametrize("client", ["node", "node-certificates", "node-v3"], indirect=True)
def test_what_is_asked_and_answered_is_encrypted(town: Town, client: Client) -> None:
    secret = client.using(encrypt=True, unchecked=True)  # in v2 the SDK cannot verify what is encrypted
    asked = till(town, subject='秘密 {"a": 1}')
    paid = secret.ask("alipay.trade.pay", asked)
    seen = secret.ask("alipay.trade.query", {"trade_no": paid["trade_no"]})
    assert (seen["out_trade_no"], seen["subject"]) == (asked["out_trade_no"], asked["subject"])
    assert secret.refusal("alipay.trade.query", {"out_trade_no": "nothing"}) == "ACQ.TRADE_NOT_EXIST"
    other = secret.as_app("mixed_up")
    assert other.refusal("alipay.trade.query", {"trade_no": "1"}).endswith("decryption-error-unknown")


@pytest.mark.parametrize("sdk", ["node"], indirect=True)
def test_names_in_camel_case(town: Town, sdk: Client) -> None:
    code = town.buyer("anna").code()
    asked = {"outTradeNo": town.number("S"), "totalAmount": "0.30", "subject": "糖", "scene": "bar_code"}
    goods = [{"goodsId": "1", "goodsName": "糖", "quantity": 3, "price": "0.10"}]
    assert sdk.ask("alipay.trade.pay", asked | {"authCode": code, "goodsDetail": goods})["total_amount"] == "0.30"


@pytest.mark.parametrize("client", ["node-certificates"], indirect=True)
def test_the_platforms_certificate_is_downloaded(town: Town, client: Client) -> None:
    app = town.app("coffee")
    told = client.ask("alipay.open.app.alipaycert.download", {"alipay_cert_sn": app["platform_cert_sn"]})
    assert base64.b64decode(told["alipay_cert_content"]).decode() == app["platform_cert"]


@pytest.mark.parametrize("client", ["node-v3"], indirect=True)
def test_v3_for_a_service_provider(town: Town, client: NodeV3Client) -> None:
    back = queried(town.buyer("coffee").approve(town.consent(MERCHANTS_CONSENT, "helper")))
    helper = client.as_app("helper")
    grant = {"grant_type": "authorization_code", "code": back["app_auth_code"]}
    token = helper.ask("alipay.open.auth.token.app", grant)["app_auth_token"]
    paid = helper.ask("alipay.trade.pay", till(town), app_auth_token=token)
    assert client.ask("alipay.trade.query", {"trade_no": paid["trade_no"]})["trade_status"] == "TRADE_SUCCESS"
