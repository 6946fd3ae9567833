"""Vouchers: SDKs draw an activity up, publish it, send, see it taken off a payment, and give everything back."""

from __future__ import annotations

import base64
from datetime import datetime, timedelta
from typing import Any

import pytest
from tests.wire.clients import Client
from tests.wire.town import Town

ACTIVITY, PERSON = "alipay.marketing.activity.voucher.", "alipay.marketing.activity.user.queryvoucher"
SDKS = pytest.mark.parametrize("client", ["official", "node", "node-certificates", "small"], indirect=True)
PNG = base64.b64encode(b"\x89PNG\r\n\x1a\n" + bytes(99)).decode()


def ending(town: Town, days: int) -> str:
    """So many days from now."""
    return str(datetime.now() + timedelta(days=days))[:19]


def published(town: Town, client: Client, **more: Any) -> str:
    """An activity of two yuan off, for orders of ten or more."""
    asked = {
        "out_biz_no": town.number("A"), "activity_base_info": {"activity_name": "满10减2"},
        "voucher_deduct_info": {
            "voucher_type": "FIX_VOUCHER", "fix_voucher_info": {"amount": "2.00", "floor_amount": "10.00"},
        },
        "voucher_send_mode_info": {
            "voucher_send_mode": "DIRECT_SEND_MODE",
            "voucher_send_rule_info": {"quantity": 3, "publish_end_time": ending(town, 5)},
        },
        "voucher_use_rule_info": {
            "voucher_use_time_info": {
                "period_type": "RELATIVE", "relative_period_info": {"valid_days_after_receive": 3},
            }
        },
        "voucher_display_pattern_info": {"brand_name": "街角咖啡", "voucher_name": "两元券"}, **more,
    }  # fmt: skip
    made = str(client.ask(ACTIVITY + "create", asked)["activity_id"])
    client.ask(ACTIVITY + "publish", {"activity_id": made, "out_biz_no": town.number("P")})
    return made


@SDKS
def test_a_voucher_is_sent_taken_off_and_comes_back(town: Town, client: Client) -> None:
    activity, anna = published(town, client), town.person("anna")["user_id"]
    give = {"activity_id": activity, "user_id": anna, "out_biz_no": town.number("S")}
    voucher = client.ask(ACTIVITY + "send", give)["voucher_id"]
    assert client.ask(ACTIVITY + "send", give)["voucher_id"] == voucher
    before = town.balance("anna")
    order = {"out_trade_no": town.number("V"), "total_amount": "12.50", "subject": "拿铁", "scene": "bar_code"}
    paid = client.ask("alipay.trade.pay", order | {"auth_code": town.buyer("anna").code()})
    assert (paid["total_amount"], paid["buyer_pay_amount"], paid["receipt_amount"]) == ("12.50", "10.50", "10.50")
    (detail,) = paid["voucher_detail_list"]
    assert (detail["id"], detail["amount"], detail["merchant_contribute"]) == (voucher, "2.00", "2.00")
    assert (detail["name"], detail["template_id"]) == ("两元券", activity)
    assert str(before - town.balance("anna")) == "10.50"
    seen = client.ask("alipay.trade.query", {"trade_no": paid["trade_no"]})
    assert seen["voucher_detail_list"] == paid["voucher_detail_list"] and seen["mdiscount_amount"] == "2.00"
    assert client.ask(PERSON, {"voucher_id": voucher})["voucher_status"] == "USED"
    part = {"trade_no": paid["trade_no"], "refund_amount": "2.50", "out_request_no": "R1"}
    assert client.ask("alipay.trade.refund", part)["present_refund_buyer_amount"] == "2.10"
    assert client.ask(PERSON, {"voucher_id": voucher})["voucher_status"] == "USED"
    rest = {"trade_no": paid["trade_no"], "refund_amount": "10.00", "out_request_no": "R2"}
    assert client.ask("alipay.trade.refund", rest)["refund_fee"] == "12.50"
    assert town.balance("anna") == before
    assert client.ask(PERSON, {"voucher_id": voucher})["voucher_status"] == "SENDED"
    client.ask(ACTIVITY + "stop", {"activity_id": activity, "out_biz_no": town.number("E")})
    told = client.ask(ACTIVITY + "query", {"activity_id": activity})
    assert (told["activity_status"], told["voucher_inventory_info"]["send_count"]) == ("CLOSED", 1)
    order |= {"out_trade_no": town.number("V"), "auth_code": town.buyer("anna").code()}
    assert client.ask("alipay.trade.pay", order)["buyer_pay_amount"] == "10.50"


@SDKS
def test_an_activity_is_delivered(town: Town, client: Client) -> None:
    plan = {
        "out_biz_no": town.number("D"), "delivery_booth_code": "PAYMENT_RESULT", "merchant_access_mode": "SELF_MODE",
        "delivery_base_info": {
            "delivery_name": "一周", "delivery_begin_time": ending(town, -1), "delivery_end_time": ending(town, 4),
        },
        "delivery_play_config": {
            "delivery_single_send_config": {
                "delivery_content_info": {
                    "delivery_content_type": "ACTIVITY",
                    "delivery_activity_content": {"activity_id": published(town, client)},
                }
            }
        },
    }  # fmt: skip
    made = client.ask("alipay.marketing.activity.delivery.create", plan)["delivery_id"]
    query = {"delivery_id": made}
    assert client.ask("alipay.marketing.activity.delivery.query", query)["delivery_status"] == "ACTIVE"
    client.ask("alipay.marketing.activity.delivery.stop", query | {"out_biz_no": town.number("E")})
    assert client.ask("alipay.marketing.activity.delivery.query", query)["delivery_status"] == "STOPPED"


@pytest.mark.parametrize("client", ["official", "node", "node-certificates"], indirect=True)
def test_a_picture_is_brought(client: Client) -> None:
    upload = client.using(files={"file_content": ["杯.png", PNG]})
    kept = upload.ask("alipay.marketing.material.image.upload", {"file_key": "PROMO_VOUCHER_IMAGE"})
    assert kept["resource_id"].startswith("A*") and kept["resource_url"].endswith(kept["resource_id"])
    assert upload.refusal("alipay.marketing.material.image.upload", {"file_key": "ELSE"}) == "INVALID_PARAMETER"
