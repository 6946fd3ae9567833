"""Refusals: every SDK hands on the documented code, whoever is at fault and however it is sent."""

from __future__ import annotations

from typing import Any, NamedTuple

import pytest
from tests.wire.clients import Client, Refused
from tests.wire.town import Town


class Wrong(NamedTuple):
    """Something that is refused."""

    code: str  # as v2 says it; v3 leaves out isv., aop. and isp.
    method: str
    content: dict[str, Any]
    family: str = "40004"
    app: str = "coffee"
    common: dict[str, str] = {}


ORDER = {"out_trade_no": "E1", "total_amount": "1.00", "subject": "x"}
CODE = ORDER | {"scene": "bar_code", "auth_code": "280000000000000000"}
TRANSFER = {
    "out_biz_no": "E2", "trans_amount": "1.00", "product_code": "TRANS_ACCOUNT_NO_PWD",
    "payee_info": {"identity": "nobody@example.com", "identity_type": "ALIPAY_LOGON_ID", "name": "安娜"},
}  # fmt: skip
FREEZE = {"auth_no": "2026000000000000", "out_request_no": "E3", "amount": "1.00", "remark": "x"}
WRONG = [
    Wrong("ACQ.TRADE_NOT_EXIST", "alipay.trade.query", {"out_trade_no": "nothing"}),
    Wrong("ACQ.TRADE_NOT_EXIST", "alipay.trade.refund", {"out_trade_no": "nothing", "refund_amount": "1.00"}),
    Wrong("ACQ.PAYMENT_AUTH_CODE_INVALID", "alipay.trade.pay", CODE),
    Wrong("ACQ.TOTAL_FEE_EXCEED", "alipay.trade.precreate", ORDER | {"total_amount": "100000000.01"}),
    Wrong("ACQ.INVALID_PARAMETER", "alipay.trade.create", ORDER),
    Wrong("isv.invalid-parameter", "alipay.trade.precreate", ORDER | {"total_amount": "one"}, "40002"),
    Wrong("PAYEE_NOT_EXIST", "alipay.fund.trans.uni.transfer", TRANSFER),
    Wrong("ORDER_NOT_EXIST", "alipay.fund.trans.common.query", {"out_biz_no": "nothing"}),
    Wrong("AUTH_ORDER_NOT_EXIST", "alipay.fund.auth.order.unfreeze", FREEZE),
    Wrong("isv.invalid-app-id", "alipay.trade.query", {"out_trade_no": "E1"}, "40002", "stranger"),
    Wrong("isv.invalid-signature", "alipay.trade.query", {"out_trade_no": "E1"}, "40002", "forger"),
    Wrong(
        "aop.invalid-app-auth-token", "alipay.trade.query", {"out_trade_no": "E1"}, "20001", "helper",
        {"app_auth_token": "202611BBffffffffffffffffffffffffffff"},
    ),
    Wrong("aop.invalid-auth-token", "alipay.user.info.share", {}, "20001", "coffee", {"auth_token": "authusrB0"}),
    Wrong("isv.forbidden-api", "alipay.ebpp.invoice.token.batchquery", {"invoice_token": "1", "scene": "x"}, "40002"),
]  # fmt: skip


STATUS = {"40004": "400", "40002": "400", "20001": "401"}  # in v3; what is not open is not found: 404


@pytest.mark.parametrize("wrong", WRONG, ids=lambda wrong: f"{wrong.code}-{wrong.method}")
def test_it_is_refused_by_its_code(client: Client, wrong: Wrong) -> None:
    with pytest.raises(Refused) as refusal:
        client.as_app(wrong.app).ask(wrong.method, wrong.content, **wrong.common)
    code, family = wrong.code, wrong.family
    if client.name == "node-v3":
        code = code.removeprefix("isv.").removeprefix("aop.")
        family = "404" if code == "forbidden-api" else STATUS[family]
    assert (refusal.value.code, refusal.value.family) == (code, family)
    assert refusal.value.message


# What stands in error_response cannot be verified by the Node SDK, so there it is read unchecked.


@pytest.mark.parametrize(
    ("code", "method", "content"),
    [
        ("isv.code-invalid", "alipay.system.oauth.token", {"grant_type": "authorization_code", "code": "never"}),
        ("isv.grant-type-invalid", "alipay.system.oauth.token", {"grant_type": "password", "code": "never"}),
    ],
)
def test_what_stands_in_error_response(client: Client, code: str, method: str, content: dict[str, Any]) -> None:
    if client.name == "node":
        client = client.using(unchecked=True)
    assert client.refusal(method, content) == (code.removeprefix("isv.") if client.name == "node-v3" else code)


@pytest.mark.parametrize("sdk", ["small", "node"], indirect=True)  # the official Python SDK has no such request
def test_a_method_that_nobody_knows(sdk: Client) -> None:
    if sdk.name == "node":
        sdk = sdk.using(unchecked=True)
    assert sdk.refusal("alipay.trade.pray", {"for": "rain"}) == "isv.invalid-method"


def test_a_trade_says_no_by_its_state(town: Town, client: Client) -> None:
    which = {"out_trade_no": town.number("E")}
    asked = which | {"total_amount": "2.00", "subject": "茶"}
    code = {"scene": "bar_code", "auth_code": town.buyer("anna").code()}
    client.ask("alipay.trade.pay", asked | code)
    assert client.refusal("alipay.trade.close", which) == "ACQ.TRADE_STATUS_ERROR"
    assert client.refusal("alipay.trade.precreate", asked) == "ACQ.TRADE_HAS_SUCCESS"
    assert client.refusal("alipay.trade.pay", asked | code | {"total_amount": "3.00"}) == "ACQ.CONTEXT_INCONSISTENT"
    too_much = which | {"refund_amount": "2.01", "out_request_no": "1"}
    assert client.refusal("alipay.trade.refund", too_much) == "ACQ.REASON_TRADE_REFUND_FEE_ERR"
    used = asked | code | {"out_trade_no": town.number("E")}
    assert client.refusal("alipay.trade.pay", used) == "ACQ.PAYMENT_AUTH_CODE_INVALID"
    client.ask("alipay.trade.refund", which | {"refund_amount": "2.00", "out_request_no": "2"})
    again = which | {"refund_amount": "1.00", "out_request_no": "2"}
    assert client.refusal("alipay.trade.refund", again) == "ACQ.DISCORDANT_REPEAT_REQUEST"


@pytest.mark.parametrize("sdk", ["small", "node"], indirect=True)  # the official Python SDK has no such request
def test_nobody_does_what_only_the_platform_may(sdk: Client) -> None:
    assert "permission" in sdk.refusal("kaifang.clock.move", {"by": "1m"})
