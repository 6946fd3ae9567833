"""Paying in a browser: every kind of order ends at the cashier, and goes back to the merchant, signed."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from urllib.parse import parse_qsl, quote, urlsplit

import pytest
from tests.surfaces.conftest import Browser, Page, Town

from kaifang.gateway.keys import load_public_key
from kaifang.gateway.signing import text_without_type, verify
from kaifang.kernel import Fault

RETURN = "https://coffee.example.com/back?shelf=3"


def order(town: Town, **more: str) -> dict[str, str]:
    """An order of 28.00 under a number of its own."""
    return {"out_trade_no": town.number("T"), "total_amount": "28.00", "subject": "一杯拿铁"} | more


def state_of(town: Town, out_trade_no: str) -> str:
    """How far a trade has come, as its merchant hears it."""
    told = town.call("alipay.trade.query", {"out_trade_no": out_trade_no})
    return told.get("trade_status") or told["sub_code"]


def returned(town: Town, page: Page) -> dict[str, str]:
    """What the merchant is told when the browser goes back; its signature is verified as receivers do."""
    told = {name.encode(): value.encode() for name, value in parse_qsl(urlsplit(page.refresh).query)}
    public = load_public_key(town.who.public_key["spki_base64"])
    assert verify(public, text_without_type(told), told[b"sign"]), "the return address is not signed"
    return {name.decode(): value.decode() for name, value in told.items()}


KINDS = [
    ("alipay.trade.page.pay", "alipay.trade.page.pay.return"),
    ("alipay.trade.wap.pay", "alipay.trade.wap.pay.return"),
]


@pytest.mark.parametrize(("method", "told_as"), KINDS)
def test_a_page_order_is_paid_and_told(town: Town, browser: Browser, method: str, told_as: str) -> None:
    asked = order(town)
    page = browser.open("/gateway.do?" + town.order(method, asked, return_url=RETURN))
    assert browser.went and browser.went[0].startswith("/cashier/")
    assert (page.status, page.problem) == (200, "")
    assert all(said in page.words for said in ("¥28.00", "一杯拿铁", "街角咖啡"))
    assert state_of(town, asked["out_trade_no"]) == "WAIT_BUYER_PAY"
    page = browser.sign_in(page, "anna")
    assert "安娜" in page.words and page.form("confirm")[1]["channel"] == "balance"
    page = browser.press(page, "confirm", pay_password="111111")
    assert "付款成功" in page.title
    assert state_of(town, asked["out_trade_no"]) == "TRADE_SUCCESS"
    told = returned(town, page)
    assert page.links()["返回 coffee.example.com"] == page.refresh
    assert (told["out_trade_no"], told["total_amount"], told["method"], told["shelf"]) == (
        asked["out_trade_no"], "28.00", told_as, "3",
    )  # fmt: skip


def test_a_merchants_form_leads_to_the_cashier(town: Town, browser: Browser) -> None:
    fields = dict(parse_qsl(town.order("alipay.trade.page.pay", order(town), return_url=RETURN)))
    page = browser.open("/gateway.do", fields)
    assert browser.went[0].startswith("/cashier/") and "一杯拿铁" in page.words


def test_a_scanned_order_code_is_paid(town: Town, browser: Browser) -> None:
    asked = order(town)
    code = town.call("alipay.trade.precreate", asked)["qr_code"]
    page = browser.open(code)
    assert page.status == 200 and "一杯拿铁" not in page.words, "nobody sees the order before they sign in"
    page = browser.sign_in(page, "anna")
    assert "一杯拿铁" in page.words
    page = browser.press(page, "confirm", pay_password="111111")
    assert "付款成功" in page.title and not page.refresh
    assert state_of(town, asked["out_trade_no"]) == "TRADE_SUCCESS"
    page = browser.sign_in(browser.open(code), "anna")
    assert page.status == 400 and "订单" in page.words


@pytest.mark.parametrize("door", ["/cashier?", "/gateway.do?"])
def test_an_app_order_string_is_paid(town: Town, browser: Browser, door: str) -> None:
    asked = order(town)
    page = browser.open(door + town.order("alipay.trade.app.pay", asked))
    page = browser.press(browser.sign_in(page, "anna"), "confirm", pay_password="111111")
    assert "付款成功" in page.title
    assert state_of(town, asked["out_trade_no"]) == "TRADE_SUCCESS"


def test_a_false_order_string_is_refused_by_the_gateway(town: Town, browser: Browser) -> None:
    false = town.order("alipay.trade.app.pay", order(town)).replace("28.00", "0.01")
    page = browser.open("/cashier?" + false)
    assert "isv.invalid-signature" in page.words
    for path in ("/cashier", "/cashier/", "/cashierx?a=b", "/cashier/a/b", "/qr/baxx/../x"):
        assert Browser(town.url).open(path).status == 404


def test_vouchers_are_taken_off_before_anybody_confirms(town: Town, browser: Browser) -> None:
    template = town.call("alipay.marketing.cashlessvoucher.template.create", {
        "out_biz_no": town.number("V"), "voucher_type": "CASHLESS_RANDOM_VOUCHER", "brand_name": "新客立减",
        "total_amount": "20.00", "publish_start_time": "2026-09-21 00:00:00", "publish_end_time": "2026-10-01 00:00:00",
        "voucher_valid_period": '{"type":"RELATIVE","duration":9,"unit":"DAY"}',
    })["template_id"]  # fmt: skip
    sent = {"template_id": template, "out_biz_no": town.number("S"), "user_id": town.known["bo"], "amount": "6.00"}
    town.call("alipay.marketing.voucher.send", sent)
    asked = order(town)
    page = browser.open("/gateway.do?" + town.order("alipay.trade.page.pay", asked, return_url=RETURN))
    page = browser.sign_in(page, "bo")
    assert all(said in page.words for said in ("¥22.00", "订单金额 ¥28.00", "新客立减", "−¥6.00"))
    before = town.ask("kaifang.wallet.balance", "wallet", "bo")["available"]
    page = browser.press(page, "confirm", pay_password="111111")
    assert "付款成功" in page.title
    assert town.difference(before, town.ask("kaifang.wallet.balance", "wallet", "bo")["available"]) == "22.00"


def test_what_the_seller_does_not_take_is_not_proposed(town: Town, browser: Browser) -> None:
    asked = order(town) | {"disable_pay_channels": "balance"}
    page = browser.sign_in(browser.open("/gateway.do?" + town.order("alipay.trade.page.pay", asked)), "anna")
    assert "这笔付款不支持此方式" in page.words
    assert page.form("confirm")[1]["channel"] == town.known["anna.debit"]


def test_a_card_pays_if_it_is_chosen(town: Town, browser: Browser) -> None:
    asked = order(town)
    page = browser.sign_in(browser.open("/gateway.do?" + town.order("alipay.trade.page.pay", asked)), "anna")
    assert all(said in page.words for said in ("账户余额", "工商银行 储蓄卡", "尾号 0001", "招商银行 信用卡"))
    card = town.known["anna.debit"]
    page = browser.press(page, "confirm", pay_password="000000", channel=card)
    assert "还可以再试 4 次" in page.problem
    assert page.form("confirm")[1]["channel"] == card, "the choice is kept"
    page = browser.press(page, "confirm", pay_password="111111")
    assert "付款成功" in page.title
    bills = town.call("alipay.trade.query", {"out_trade_no": asked["out_trade_no"]})["fund_bill_list"]
    assert [bill["fund_channel"] for bill in bills] == ["BANKCARD"]


def test_what_cannot_be_paid_is_said(town: Town, browser: Browser) -> None:
    asked = order(town, total_amount="60000.00")
    page = browser.sign_in(browser.open("/gateway.do?" + town.order("alipay.trade.page.pay", asked)), "anna")
    assert "余额不足" in page.words
    assert page.form("confirm")[1]["channel"] == town.known["anna.debit"], "what cannot pay is not proposed"
    page = browser.press(page, "confirm", pay_password="111111")
    assert "银行卡余额不足" in page.problem
    page = browser.press(page, "confirm", pay_password="111111", channel="balance")
    assert "余额不足" in page.problem
    assert state_of(town, asked["out_trade_no"]) == "WAIT_BUYER_PAY"


def test_pressing_twice_pays_once(town: Town, browser: Browser) -> None:
    before = town.ask("kaifang.wallet.balance", "wallet", "anna")["available"]
    page = browser.open("/gateway.do?" + town.order("alipay.trade.page.pay", order(town), return_url=RETURN))
    page = browser.sign_in(page, "anna")
    with ThreadPoolExecutor(4) as hands:
        pages = list(hands.map(lambda _: browser.press(page, "confirm", pay_password="111111"), range(4)))
    assert {page.title for page in pages} == {"付款成功 · 收银台"}
    assert len({returned(town, page)["trade_no"] for page in pages}) == 1
    after = town.ask("kaifang.wallet.balance", "wallet", "anna")["available"]
    assert town.difference(before, after) == "28.00"


def test_the_amount_that_is_shown_is_paid(town: Town, browser: Browser) -> None:
    asked = order(town)
    page = browser.sign_in(browser.open("/gateway.do?" + town.order("alipay.trade.page.pay", asked)), "anna")
    for amount in ("2.80", "28.01", ""):
        page = browser.press(page, "confirm", pay_password="111111", amount=amount)
        assert "金额已变化" in page.problem and "¥28.00" in page.words
    assert browser.press(page, "confirm", pay_password="111111", amount="x").status == 400
    assert browser.press(page, "confirm", pay_password="111111", channel="x" * 65).status == 400
    assert state_of(town, asked["out_trade_no"]) == "WAIT_BUYER_PAY"


def test_who_leaves_pays_nothing_and_finds_back(town: Town, browser: Browser) -> None:
    asked = order(town, quit_url="https://coffee.example.com/menu")
    page = browser.open("/gateway.do?" + town.order("alipay.trade.wap.pay", asked, return_url=RETURN))
    left = browser.press(page, "leave")
    assert "已离开" in left.title and left.links() == {
        "English": left.links()["English"], "返回 coffee.example.com": "https://coffee.example.com/menu",
    }  # fmt: skip
    again = browser.open(page.url)
    assert again.status == 410 and "已离开" in again.title
    late = browser.press(page, "signin", logon_id="anna@example.com", password="111111")
    assert late.status == 410 and "已离开" in late.title
    assert state_of(town, asked["out_trade_no"]) == "WAIT_BUYER_PAY"


def test_a_paid_page_says_so(town: Town, browser: Browser) -> None:
    path = town.checkout(return_url=RETURN)
    browser.press(browser.sign_in(browser.open(path)), "confirm", pay_password="111111")
    page = browser.open(path)
    assert (page.status, "已经确认过了" in page.title) == (200, True)
    assert page.links()["返回 coffee.example.com"] == "https://coffee.example.com/", "back, but with nothing signed"
    assert "sign=" not in page.text


def test_who_paid_hears_it_again_and_nobody_else(town: Town, browser: Browser) -> None:
    path = town.checkout(return_url=RETURN)
    page = browser.sign_in(browser.open(path))
    other = browser.sign_in(browser.open(path), "anna")
    browser.press(page, "confirm", pay_password="111111")
    assert returned(town, browser.press(page, "confirm", pay_password="999999"))["method"].endswith(".return")
    page = browser.press(other, "confirm", pay_password="111111")
    assert "已经确认过了" in page.title and not page.refresh


def test_a_page_expires(town: Town, browser: Browser) -> None:
    path = town.checkout(expires=town.platform.clock.now() + 60_000, quit_url="https://coffee.example.com/")
    page = browser.sign_in(browser.open(path))
    town.move(60_000)
    late = browser.press(page, "confirm", pay_password="111111")
    assert late.status == 410 and "已超时" in late.title
    assert "返回 coffee.example.com" in late.links()
    assert browser.open(path).status == 410
    assert browser.press(page, "leave").status == 410


def test_five_wrong_payment_passwords_lock(town: Town, browser: Browser) -> None:
    town.newcomer("carl")
    page = browser.sign_in(browser.open(town.checkout()), "carl")
    said = []
    for _ in range(5):
        page = browser.press(page, "confirm", pay_password="000000")
        said.append(page.problem)
    assert ["4 次" in said[0], "3 次" in said[1], "1 次" in said[3], "错误次数过多" in said[4]] == [True] * 4
    page = browser.press(page, "confirm", pay_password="111111")
    assert "错误次数过多" in page.problem, "not even the right one is looked at"


def test_five_wrong_sign_ins_lock(town: Town, browser: Browser) -> None:
    page = browser.open(town.checkout())
    said = [browser.sign_in(page, "stranger", "000000").problem for _ in range(5)]
    assert "还可以再试 4 次" in said[0] and "尝试次数过多" in said[4]
    assert browser.press(page, "signin", logon_id=" ", password="1").problem.endswith("请输入账号和密码")
    assert browser.press(page, "signin", logon_id="x" * 65, password="1").problem.endswith("请输入账号和密码")


def test_a_refusal_of_what_was_confirmed_is_said(town: Town, browser: Browser) -> None:
    path = town.checkout(subject="unknown")
    page = browser.press(browser.sign_in(browser.open(path)), "confirm", pay_password="111111")
    assert "认证单据不存在" in page.problem
    english = Browser(town.url, "en-GB,en;q=0.9,zh;q=0.1")
    page = english.press(english.sign_in(english.open(path)), "confirm", pay_password="111111")
    assert "No identity check" in page.problem
    assert "请" not in page.words.replace("核身", "").replace("街角咖啡", "").replace("李波", "")


def test_an_identity_check_shows_no_money(town: Town, browser: Browser) -> None:
    path = town.checkout(details={"姓名": "*波"})
    page = browser.sign_in(browser.open(path))
    assert "确认身份" in page.title and "¥" not in page.words and "付款方式" not in page.words
    assert "姓名 *波" in page.words


@pytest.mark.parametrize("query", ["out_trade_no=mine", "app_id=1&total_amount=0.01", "charset=gbk"])
def test_a_return_address_with_names_of_ours(town: Town, browser: Browser, query: str) -> None:
    asked, back = order(town), f"https://coffee.example.com/back?{query}"
    page = browser.open("/gateway.do?" + town.order("alipay.trade.page.pay", asked, return_url=back))
    page = browser.press(browser.sign_in(page, "anna"), "confirm", pay_password="111111")
    assert "付款成功" in page.title
    told = returned(town, page)
    assert (told["out_trade_no"], told["total_amount"]) == (asked["out_trade_no"], "28.00")


@pytest.mark.parametrize("back", ["https://[x/", "https://a.example/?sign=1", "https://a.example/?a=1&a=2"])
def test_a_return_address_that_cannot_be_signed(town: Town, browser: Browser, back: str) -> None:
    asked = order(town)
    page = browser.open("/gateway.do?" + town.order("alipay.trade.page.pay", asked, return_url=back))
    assert "return_url" in page.words and not browser.went, "it is refused before anybody pays"
    assert state_of(town, asked["out_trade_no"]) == "ACQ.TRADE_NOT_EXIST"


def test_a_wallets_scan_opens_the_page(town: Town, browser: Browser) -> None:
    asked = order(town)
    code = town.call("alipay.trade.precreate", asked)["qr_code"]
    path = town.ask("kaifang.wallet.scan", "wallet", "anna", code=code)["path"]
    assert "一杯拿铁" in browser.open(path).words
    assert quote(path) == path


def test_a_return_address_among_the_business_fields(town: Town) -> None:
    with pytest.raises(Fault) as refusal:
        town.checkout(return_url="https://[x/")
    assert refusal.value.facts["field"] == "return_url"


def test_an_answer_that_cannot_be_written_is_an_error_and_not_silence(town: Town, browser: Browser) -> None:
    path = town.checkout(return_url="https://coffee.example.com/back?" + "&".join(f"{i}=" for i in range(300)))
    page = browser.press(browser.sign_in(browser.open(path)), "confirm", pay_password="111111")
    assert page.status == 500 and "系统繁忙，结果未知" in page.words
    assert "已经确认过了" in browser.open(path).title
