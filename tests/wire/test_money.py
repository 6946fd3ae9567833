"""Money that is sent to people, and money that is kept aside for a while."""

from __future__ import annotations

from decimal import Decimal

from tests.wire.clients import Client
from tests.wire.receiver import Receiver
from tests.wire.town import Town


def transfer(town: Town, **more: str) -> dict[str, object]:
    """A transfer of 1.20 to Anna, under a number of its own."""
    return {
        "out_biz_no": town.number("B"), "trans_amount": "1.20", "product_code": "TRANS_ACCOUNT_NO_PWD",
        "biz_scene": "DIRECT_TRANSFER", "order_title": "稿费",
        "payee_info": {"identity": "anna@example.com", "identity_type": "ALIPAY_LOGON_ID", "name": "安娜"}, **more,
    }  # fmt: skip


def test_a_transfer_arrives_once(town: Town, client: Client) -> None:
    before = town.balance("anna")
    asked = transfer(town)
    done = client.ask("alipay.fund.trans.uni.transfer", asked)
    assert (done["status"], done["out_biz_no"]) == ("SUCCESS", asked["out_biz_no"])
    assert client.ask("alipay.fund.trans.uni.transfer", asked)["order_id"] == done["order_id"]
    which = {name: asked[name] for name in ("out_biz_no", "product_code", "biz_scene")}
    seen = client.ask("alipay.fund.trans.common.query", which)
    assert (seen["order_id"], seen["status"], seen["trans_amount"]) == (done["order_id"], "SUCCESS", "1.20")
    assert town.balance("anna") - before == Decimal("1.20")
    other = client.refusal("alipay.fund.trans.uni.transfer", asked | {"trans_amount": "1.30"})
    assert other == "PAYMENT_INFO_INCONSISTENCY"


def test_the_older_transfer(town: Town, sdk: Client) -> None:
    asked = {
        "out_biz_no": town.number("B"), "payee_type": "ALIPAY_LOGONID", "payee_account": "bo@example.com",
        "amount": "1.00",
    }  # fmt: skip
    done = sdk.ask("alipay.fund.trans.toaccount.transfer", asked)
    seen = sdk.ask("alipay.fund.trans.order.query", {"out_biz_no": asked["out_biz_no"]})
    assert (seen["order_id"], seen["status"]) == (done["order_id"], "SUCCESS")


def test_a_change_of_a_transfer_is_a_message(town: Town, sdk: Client, receiver: Receiver) -> None:
    app = sdk.as_app("books")
    where = f"/{town.number('M')}"
    town.kaifang(
        "call", "kaifang.openapp.app.change",
        f'{{"app_id": "{town.app("books")["app_id"]}", "gateway": "{receiver.url}{where}"}}', "--app", "books",
    )  # fmt: skip
    app.ask("alipay.open.app.message.topic.subscribe", {"topic": "alipay.fund.trans.order.changed"})
    done = app.ask("alipay.fund.trans.uni.transfer", transfer(town))
    (message,) = receiver.wait(where)
    assert message["msg_method"] == "alipay.fund.trans.order.changed" and done["order_id"] in message["biz_content"]
    assert app.verify(message)
    assert not app.verify(message | {"biz_content": message["biz_content"].replace("SUCCESS", "FAIL")})


def test_a_deposit_is_frozen_spent_and_given_back(town: Town, client: Client, receiver: Receiver) -> None:
    number, anna = town.number("F"), town.buyer("anna")
    before = town.balance("anna")
    asked = {
        "auth_code": anna.code(), "auth_code_type": "bar_code", "out_order_no": number, "out_request_no": number,
        "order_title": "房间押金", "amount": "100.00", "product_code": "PRE_AUTH",
    }  # fmt: skip
    frozen = client.ask("alipay.fund.auth.order.freeze", asked, notify_url=f"{receiver.url}/{number}")
    assert (frozen["status"], frozen["amount"]) == ("SUCCESS", "100.00")
    told = receiver.wait(f"/{number}")[0]
    assert (told["notify_type"], told["auth_no"]) == ("fund_auth_freeze", frozen["auth_no"]) and client.verify(told)
    paid = client.ask(
        "alipay.trade.pay",
        {
            "out_trade_no": number, "auth_no": frozen["auth_no"], "product_code": "PRE_AUTH", "total_amount": "40.00",
            "subject": "房费", "buyer_id": town.person("anna")["user_id"],
        },
    )  # fmt: skip
    assert paid["total_amount"] == "40.00"
    rest = {"auth_no": frozen["auth_no"], "out_request_no": number + "U", "amount": "60.00", "remark": "退房"}
    assert client.ask("alipay.fund.auth.order.unfreeze", rest)["status"] == "SUCCESS"
    seen = client.ask(
        "alipay.fund.auth.operation.detail.query", {"auth_no": frozen["auth_no"], "out_request_no": number}
    )
    assert (seen["total_pay_amount"], seen["rest_amount"], seen["order_status"]) == ("40.00", "0.00", "FINISH")
    assert before - town.balance("anna") == Decimal("40.00")
