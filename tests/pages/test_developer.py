"""A developer's work in the console: an application with keys that the browser made, a call that is seen whole."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.serialization import load_pem_private_key
from cryptography.x509 import load_pem_x509_certificate
from playwright.sync_api import Browser, Download, Page, expect

from tests.pages.visitor import DESK, Visitor
from tests.wire.town import Town

EXPECTED = "the server responded with a status of 400"  # a refusal that is wanted


@pytest.fixture
def visitor(city: Town, chrome: Browser) -> Iterator[Visitor]:
    """The coffee shop's developer, signed in at the console."""
    visitor = Visitor(chrome, city.world["base_url"], "/console/", viewport=DESK)
    visitor.sign_in("coffee@example.com")
    yield visitor
    complaints = [one for one in visitor.complaints if EXPECTED not in one]
    visitor.close()
    assert not complaints, "\n".join(complaints)


def downloaded(page: Page, button: str) -> str:
    """What a button gives to keep."""
    with page.expect_download() as waiting:
        page.get_by_role("button", name=button).first.click()
    return text_of(waiting.value)


def text_of(download: Download) -> str:
    """The text of a file that the browser kept."""
    return Path(download.path()).read_text("utf-8")


def test_an_application_with_a_key_and_a_certificate(visitor: Visitor) -> None:
    page = visitor.page
    visitor.go("#/developer")
    page.get_by_role("button", name="创建应用").click()
    page.locator("#name").fill("开发者的应用")
    page.locator(".ant-drawer button[type=submit]").click()
    page.wait_for_url("**#/developer/apps/*")
    page.get_by_role("tab", name="密钥", exact=True).click()
    page.get_by_role("button", name="生成密钥对").click()
    key = load_pem_private_key(downloaded(page, "-private-pkcs1.pem").encode(), None)
    same = load_pem_private_key(downloaded(page, "-private.pem").encode(), None)
    assert isinstance(key, RSAPrivateKey) and isinstance(same, RSAPrivateKey)
    assert key.private_numbers() == same.private_numbers()
    secret = downloaded(page, "-private-pkcs1.pem")
    page.get_by_role("button", name="使用这把公钥").click()
    expect(page.get_by_text("已更换")).to_be_visible()
    page.get_by_label("私钥：").first.fill(secret)
    expect(page.get_by_text("是一对")).to_be_visible()
    page.get_by_role("tab", name="证书", exact=True).click()
    page.get_by_label("私钥：").last.fill(secret)
    page.get_by_role("button", name="签署请求并申请").click()
    expect(page.get_by_text("已签发", exact=False).last).to_be_visible()
    certificate = load_pem_x509_certificate(downloaded(page, "下载 appCertPublicKey_").encode())
    assert certificate.public_key() == key.public_key()


def test_a_call_is_signed_seen_and_written_as_a_program(visitor: Visitor) -> None:
    page = visitor.page
    visitor.go("#/developer/explorer/alipay.trade.precreate")
    for name, value in (("out_trade_no", "seen-1"), ("total_amount", "12.50"), ("subject", "一杯咖啡")):
        page.locator(f"#{name}").fill(value)
    page.get_by_role("button", name="签名并调用").click()
    expect(page.get_by_text('"qr_code"')).to_be_visible()
    page.get_by_role("tab", name="原始报文").click()
    expect(page.get_by_text("平台签名已在浏览器里验证通过")).to_be_visible()
    assert "POST\n/v3/alipay/trade/precreate\n" in page.locator(".d-wire pre").nth(1).inner_text()
    page.get_by_role("tab", name="代码").click()
    expect(page.get_by_text('"total_amount": "12.50"').first).to_be_visible()
    page.locator("#total_amount").fill("0.001")
    page.get_by_role("button", name="签名并调用").click()
    field = page.locator(".ant-form-item", has=page.locator("#total_amount"))
    expect(field.locator(".ant-form-item-explain-error")).to_contain_text("total_amount")


def test_a_list_is_sorted_searched_and_kept_whole(visitor: Visitor) -> None:
    page = visitor.page
    visitor.go("#/developer/triggers")
    page.get_by_role("columnheader", name="触发器").click()
    page.get_by_role("columnheader", name="触发器").click()
    names = [one.inner_text() for one in page.locator("tr.ant-table-row td:first-child").all()]
    assert names == sorted(names, reverse=True) and len(names) == 20
    with page.expect_download() as waiting:
        page.get_by_role("button", name="导出 CSV").click()
    rows = list(csv.reader(text_of(waiting.value).removeprefix("\ufeff").splitlines()))
    assert len(rows) > 21, "not all pages"
    page.get_by_label("在结果中查找").fill("card.joined")
    expect(page.locator("tbody tr").filter(has_text="card.joined")).to_have_count(1)
    visitor.go("#/developer/keys")
    visitor.go("#/developer/triggers")
    expect(page.get_by_label("在结果中查找")).to_have_value("card.joined")
