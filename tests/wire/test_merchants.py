"""Merchants among their people, by official SDKs: what goes through a page, a file, or a message to the merchant."""

from __future__ import annotations

import base64
import io
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from random import Random
from urllib.parse import unquote
from urllib.request import urlopen

import pytest
from PIL import Image
from tests.surfaces.conftest import Browser, Page
from tests.wire.clients import Client, Server
from tests.wire.receiver import Receiver
from tests.wire.town import Town, queried

from kaifang.cli.buyer import Buyer
from kaifang.cli.client import Client as House
from kaifang.cli.guests import Guests
from kaifang.cli.home import Home

pytestmark = pytest.mark.parametrize("client", ["official", "node-v3"], indirect=True)
SIDE = 48  # pixels


def photo() -> bytes:
    """A picture of some kilobytes, all of it noise."""
    drawn = io.BytesIO()
    Image.frombytes("RGB", (SIDE, SIDE), Random(1).randbytes(3 * SIDE * SIDE)).save(drawn, "PNG")
    return drawn.getvalue()


SENT = base64.b64encode(photo()).decode()  # as drivers are told


@pytest.fixture
def guests(town: Town) -> Guests:
    """Merchants who move in for one test."""
    return Guests(Home(town.home))


@pytest.fixture
def bakery(town: Town, guests: Guests, client: Client) -> Server:
    """A bakery's server."""
    name = town.number("bakery").lower()
    guests.merchant(name, "街角面包", "1000.00")
    return Server(client, guests, name)


@pytest.fixture
def helper(guests: Guests, client: Client) -> Server:
    """The service provider's server."""
    return Server(client, guests, "helper")


def hear(server: Server, receiver: Receiver, where: str, topic: str = "") -> Callable[[], dict[str, str]]:
    """Have an application told of what happens; gives what waits for a message, which its SDK has to believe."""
    server.call("kaifang.openapp.app.change", app_id=server.app_id, gateway=receiver.url + where)
    if topic:
        server.call("alipay.open.app.message.topic.subscribe", topic=topic)

    def told(count: int = 1) -> dict[str, str]:
        message = receiver.wait(where, count)[count - 1]
        assert server.client.verify(message) and not server.client.verify(message | {"app_id": "1"})
        return message

    return told


def test_a_person_joins_by_a_link(town: Town, bakery: Server, browser: Browser) -> None:
    card = {"request_id": "R1", "card_type": "OUT_MEMBER_CARD", "biz_no_suffix_len": "10", "write_off_type": "qrcode"}
    style = {"card_show_name": "面包会员", "brand_name": "街角面包"}
    card_is = partial(bakery.call, "alipay.marketing.card.query")
    template = bakery.call("alipay.marketing.card.template.create", **card, template_style_info=style)["template_id"]
    asks = '{"common_fields":["OPEN_FORM_FIELD_MOBILE","OPEN_FORM_FIELD_GENDER"]}'
    bakery.call("alipay.marketing.card.formtemplate.set", template_id=template, fields={"required": asks})
    link = {"template_id": template, "callback": "https://bakery.example.com/card", "out_string": "海报 & 1"}
    page = browser.open(unquote(bakery.call("alipay.marketing.card.activateurl.apply", **link)["apply_card_url"]))
    page = browser.press(browser.sign_in(page, "anna"), "agree", OPEN_FORM_FIELD_GENDER="F")
    back = queried(page.refresh)
    assert (back["template_id"], back["out_string"]) == (template, "海报 & 1")
    code = {"grant_type": "authorization_code", "code": back["auth_code"]}
    token = bakery.call("alipay.system.oauth.token", **code)["access_token"]
    form = {"biz_type": "MEMBER_CARD", "request_id": back["request_id"], "template_id": template}
    told = bakery.client.ask("alipay.marketing.card.activateform.query", form, auth_token=token)
    assert '{"OPEN_FORM_FIELD_GENDER":"F"}' in told["infos"]
    opened = {
        "out_serial_no": "O1", "card_template_id": template,
        "card_user_info": {"user_uni_id": town.person("anna")["user_id"], "user_uni_id_type": "UID"},
        "card_ext_info": {"external_card_no": "E1", "point": "10", "balance": "5.00"},
    }  # fmt: skip
    refusal = bakery.client.refusal("alipay.marketing.card.open", opened)
    assert refusal == "USER_AUTH_FAIL", "nobody is opened a card without consent"
    made = bakery.client.ask("alipay.marketing.card.open", opened, auth_token=token)["card_info"]
    which = {"target_card_no": made["biz_card_no"], "target_card_no_type": "BIZ_CARD"}
    assert card_is(**which)["card_info"]["point"] == "10"
    now = House.of(Home(town.home), "house").call("kaifang.clock.read", {})["now"]
    change = which | {"occur_time": now, "card_info": {"point": "30", "balance": "0.50"}}
    bakery.call("alipay.marketing.card.update", **change)
    seen = card_is(**which)["card_info"]
    assert (seen["point"], seen["balance"], seen["external_card_no"]) == ("30", "0.50", "E1")
    late = change | {"occur_time": f"2020{now[4:]}"}
    assert bakery.client.refusal("alipay.marketing.card.update", late) == "INVALID_PARAMETER"
    bakery.call("alipay.marketing.card.delete", out_serial_no="D1", **which, reason_code="CANCEL")
    assert bakery.client.refusal("alipay.marketing.card.query", which) == "CARD_NOT_EXIT"


def test_a_complaint_is_answered(town: Town, bakery: Server, receiver: Receiver) -> None:
    told = hear(bakery, receiver, f"/{town.number('C')}", "alipay.merchant.tradecomplain.changed")
    anna = town.buyer("anna")
    order = {"out_trade_no": town.number("C"), "total_amount": "4.00", "subject": "面包", "scene": "bar_code"}
    paid = bakery.call("alipay.trade.pay", **order, auth_code=anna.code())
    words = {"trade_no": paid["trade_no"], "reason": "少件", "content": "只有半袋"}
    case = {"complain_event_id": anna.ask("kaifang.merchant.complaint.open", **words)["complain_event_id"]}
    message = told()
    assert message["msg_method"] == "alipay.merchant.tradecomplain.changed"
    assert case["complain_event_id"] in message["biz_content"]
    seen = bakery.call("alipay.merchant.tradecomplain.query", **case)
    assert (seen["status"], seen["content"]) == ("MERCHANT_PROCESSING", "只有半袋")
    picture = {"image_content": ["面包.png", SENT]}
    upload = bakery.client.using(files=picture).ask("alipay.merchant.image.upload", {"image_type": "png"})
    reply = case | {"reply_content": "马上补", "reply_images": upload["image_id"]}
    bakery.call("alipay.merchant.tradecomplain.reply.submit", **reply)
    done = case | {"feedback_code": "05", "feedback_content": "已补发", "operator": "小陈"}
    bakery.call("alipay.merchant.tradecomplain.feedback.submit", **done)
    assert case["complain_event_id"] in told(2)["biz_content"]
    other = done | {"feedback_code": "03"}
    assert bakery.client.refusal("alipay.merchant.tradecomplain.feedback.submit", other) == "STATUS_CHANGED"
    (one,) = bakery.call("alipay.merchant.tradecomplain.batchquery")["trade_complain_infos"]
    assert (one["status"], one["trade_no"]) == ("MERCHANT_FEEDBACKED", paid["trade_no"])
    said, _ = bakery.call("alipay.merchant.tradecomplain.query", **case)["reply_detail_infos"]
    assert said["content"] == "马上补"
    with urlopen(said["images"][0], timeout=20) as shown:
        assert Image.open(io.BytesIO(shown.read())).size == (SIDE, SIDE)


def test_a_merchant_is_brought(
    town: Town, bakery: Server, helper: Server, browser: Browser, receiver: Receiver
) -> None:
    told = hear(helper, receiver, f"/{town.number('H')}")
    House.of(Home(town.home), "house").call("kaifang.account.party.change", {"user_id": bakery.pid, "certified": True})
    contact = {"contact_name": "王店长", "contact_mobile": "13800000099", "contact_email": "wang@example.com"}
    account = f"{bakery.client.app}@example.com"
    begun = helper.call("alipay.open.agent.create", account=account, contact_info=contact)
    batch = {"batch_no": begun["batch_no"]}
    sign = batch | {"mcc_code": "A0001_B0199", "rate": "0.38", "shop_name": "街角面包", "long_term": True,
                    "sign_and_auth": True, "business_license_no": "91330100MA27X00001"}  # fmt: skip
    pictures = {"shop_sign_board_pic": ["门头.png", SENT], "business_license_pic": ["license.png", SENT]}
    helper.client.using(files=pictures).ask("alipay.open.agent.facetoface.sign", sign)
    mini = batch | {
        "app_name": "街角面包", "app_english_name": "corner_bakery", "app_slogan": "街角的一炉好面包，三分钟取走",
        "app_desc": "街角面包小程序提供点单与自提服务，主要解决排队等候的问题", "mini_category_ids": "XS1009_XS2074",
        "service_phone": "057188888888",
    }  # fmt: skip
    with_logo = helper.client.using(files={"app_logo": ["标.png", SENT]})
    assert with_logo.refusal("alipay.open.agent.mini.create", mini | {"app_slogan": "好"}) == (
        "INVALID_MINI_APP_SLOGAN_LENGTH"
    )
    with_logo.ask("alipay.open.agent.mini.create", mini)
    helper.call("alipay.open.agent.confirm", **batch)
    waits = helper.call("alipay.open.agent.order.query", **batch)
    assert waits["order_status"] == "MERCHANT_CONFIRM"
    page = browser.sign_in(browser.open(waits["confirm_url"]), bakery.client.app)
    assert "当面付" in page.words and "街角面包" in page.words
    assert "已同意" in browser.press(page, "agree").title
    message = told()
    assert (message["notify_type"], message["app_id"]) == ("open_app_auth_notify", helper.app_id)
    done = helper.call("alipay.open.agent.order.query", **batch)
    assert done["order_status"] == "MERCHANT_CONFIRM_SUCCESS" and done["agent_app_id"]
    assert [one["status"] for one in done["product_agent_status_infos"]] == ["valid"]


def test_a_service_is_ordered(town: Town, guests: Guests, bakery: Server, helper: Server, receiver: Receiver) -> None:
    told = hear(helper, receiver, f"/{town.number('S')}")
    address = {"province_code": "330000", "city_code": "330100", "district_code": "330106", "address": "北山街8号"}
    shop = {"ip_role_id": bakery.pid, "store_id": "one", "shop_name": "北山店", "shop_category": "B0102"}
    number = bakery.call("ant.merchant.expand.shop.create", **shop, business_address=address)["exist_shop_id"]
    offer = {"title": "扫码点单", "category_code": "CATERING", "kind": "SHOP", "price": "100.00", "days": 30}
    commodity = helper.call("kaifang.market.commodity.publish", **offer)["commodity_id"]
    town.kaifang(
        "call", "alipay.open.servicemarket.commodity.extendinfos.confirm",
        f'{{"commodity_id": "{commodity}", "status": "1"}}', "--app", "house",
    )  # fmt: skip
    owner = Buyer(guests, bakery.client.app)
    place = {"commodity_id": commodity, "entities": [number], "contact": "王店长", "phone": "13800000099"}
    which = {"commodity_order_id": owner.ask("kaifang.market.order.place", **place)["commodity_order_id"]}
    owner.pay(owner.ask("kaifang.market.order.pay", **which)["path"])
    message = told()
    assert (message["notify_type"], message["commodity_order_id"], message["total_price"]) == (
        "servicemarket_order_notify", which["commodity_order_id"], "100.00",
    )  # fmt: skip
    assert bakery.client.refusal("alipay.open.servicemarket.order.accept", which) == "NO_PERMISSION_ACCETP_ORDER"
    helper.call("alipay.open.servicemarket.order.accept", **which)
    helper.call("alipay.open.servicemarket.order.item.complete", **which, shop_id=number)
    owner.ask("kaifang.market.item.confirm", **which, shop_id=number)
    seen = helper.call("alipay.open.servicemarket.order.query", **which)
    assert (seen["status"], [one["shop_status"] for one in seen["order_items"]]) == ("FINISHED", ["ONLINE"])


def test_cash_is_given_away(town: Town, bakery: Server, browser: Browser) -> None:
    camp = {
        "coupon_name": "红包", "prize_type": "fixed", "total_money": "2.00", "total_num": "2", "prize_msg": "新年快乐",
        "start_time": "NowTime", "end_time": str(datetime.now() + timedelta(days=9))[:19],
        "merchant_link": "https://bakery.example.com/",
    }  # fmt: skip
    made = bakery.call("alipay.marketing.campaign.cash.create", **camp)
    give = {"crowd_no": made["crowd_no"], "user_id": town.person("anna")["user_id"], "out_biz_no": "A1"}
    assert bakery.client.refusal("alipay.marketing.campaign.cash.trigger", give) == "CASH_CAMPAIGN_NOT_START"
    page: Page = browser.sign_in(browser.open(unquote(made["pay_url"])), bakery.client.app)
    page = browser.press(page, "confirm", pay_password="111111")
    assert page.refresh.startswith("https://bakery.example.com/")
    before = town.balance("anna")
    assert bakery.call("alipay.marketing.campaign.cash.trigger", **give)["prize_amount"] == "1.00"
    assert bakery.call("alipay.marketing.campaign.cash.trigger", **give)["repeat_trigger_flag"] == "true"
    assert town.balance("anna") - before == 1
    seen = bakery.call("alipay.marketing.campaign.cash.detail.query", crowd_no=made["crowd_no"])
    assert (seen["camp_status"], seen["send_amount"]) == ("READY", "1.00")
