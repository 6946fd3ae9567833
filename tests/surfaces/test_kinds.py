"""Whatever is confirmed at the cashier: each kind of page from the merchant's call to the way back."""

from __future__ import annotations

from typing import Any

import pytest
from tests.surfaces.conftest import Browser, Town
from tests.surfaces.test_cashier import RETURN, order, returned

PAYS = "付款方式"
KINDS: list[tuple[str, dict[str, Any], str, str, bool]] = [
    (
        "alipay.user.agreement.page.sign",
        {"personal_product_code": "GENERAL_WITHHOLDING_P", "access_params": {"channel": "ALIPAYAPP"}},
        "签约成功", "agreement_no", False,
    ),
    (
        "alipay.fund.auth.order.app.freeze",
        {"out_order_no": "F1", "out_request_no": "F1", "order_title": "押金", "amount": "99.00"},
        "冻结成功", "auth_no", True,
    ),
    (
        "alipay.fund.trans.page.pay",
        {"out_biz_no": "R1", "trans_amount": "6.60", "product_code": "STD_RED_PACKET", "order_title": "开门红包"},
        "红包已发出", "order_id", True,
    ),
    (
        "alipay.fund.trans.app.pay",
        {
            "out_biz_no": "P1", "trans_amount": "8.80", "product_code": "TRANS_ACCOUNT_NO_PWD", "order_title": "还钱",
            "payee_info": {"identity": "bo@example.com", "identity_type": "ALIPAY_LOGON_ID", "name": "李波"},
        },
        "转账成功", "order_id", True,
    ),
]  # fmt: skip


@pytest.mark.parametrize(("method", "asked", "done", "told", "pays"), KINDS, ids=[kind[0] for kind in KINDS])
def test_every_kind_is_confirmed_and_told(
    town: Town, browser: Browser, method: str, asked: dict[str, Any], done: str, told: str, pays: bool
) -> None:
    page = browser.open("/gateway.do?" + town.order(method, asked, return_url=RETURN))
    assert page.status == 200 and browser.went[0].startswith("/cashier/"), page.words
    page = browser.sign_in(page, "anna")
    assert (PAYS in page.words) is pays
    page = browser.press(page, "confirm", pay_password="111111")
    assert done in page.title, page.words
    assert returned(town, page)[told]


def test_a_seller_confirms_a_refund(town: Town, browser: Browser) -> None:
    asked = order(town)
    page = browser.open("/gateway.do?" + town.order("alipay.trade.page.pay", asked))
    browser.press(browser.sign_in(page, "anna"), "confirm", pay_password="111111")
    refund = {"out_trade_no": asked["out_trade_no"], "refund_amount": "8.00", "out_request_no": town.number("R")}
    page = browser.open("/gateway.do?" + town.order("alipay.trade.page.refund", refund, return_url=RETURN))
    assert "确认退款" in page.title and "¥8.00" in page.words
    assert "anna@example.com" not in page.text, "no buyer is proposed where the seller decides"
    other = browser.press(browser.sign_in(page, "anna"), "confirm", pay_password="111111")
    assert other.problem and not other.refresh
    page = browser.sign_in(page, "coffee")
    assert PAYS not in page.words, "it is given back out of the purse it went to"
    page = browser.press(page, "confirm", pay_password="111111")
    assert "退款成功" in page.title and returned(town, page)["refund_amount"] == "8.00"
