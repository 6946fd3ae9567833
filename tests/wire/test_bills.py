"""Bills: the day is over, every SDK asks for the link, and the file behind it says what happened."""

from __future__ import annotations

import io
import json
import urllib.error
import urllib.request
import zipfile
from typing import NamedTuple

import pytest
from tests.wire.clients import Client
from tests.wire.town import Town

BILL = "alipay.data.dataservice.bill.downloadurl.query"


class Day(NamedTuple):
    """A day that is over, and what the bookshop did on it."""

    date: str
    sold: str  # the trade numbers
    given_back: str
    sent: str  # the number of a transfer


@pytest.fixture(scope="module")
def yesterday(town: Town) -> Day:
    """A day with a sale, a refund and a transfer of the bookshop, and the clock moved past it."""

    def call(method: str, content: dict[str, object]) -> dict[str, str]:
        told: dict[str, str] = json.loads(town.kaifang("call", method, json.dumps(content), "--app", "books"))
        return told

    def sell(subject: str) -> dict[str, str]:
        code = {"scene": "bar_code", "auth_code": town.buyer("anna").code()}
        asked = {"out_trade_no": town.number("D"), "total_amount": "12.30", "subject": subject}
        return call("alipay.trade.pay", asked | code)

    sold, given_back = sell("童话"), sell("诗集")
    part = {"trade_no": given_back["trade_no"], "refund_amount": "2.30", "out_request_no": "R1"}
    call("alipay.trade.refund", part)
    sent = {
        "out_biz_no": town.number("D"), "trans_amount": "0.70", "product_code": "TRANS_ACCOUNT_NO_PWD",
        "payee_info": {"identity": town.person("bo")["user_id"], "identity_type": "ALIPAY_USER_ID"},
    }  # fmt: skip
    call("alipay.fund.trans.uni.transfer", sent)
    town.kaifang("clock", "--by", "1d")
    town.kaifang("clock", "--by", "15m")  # a bill is ready ten minutes after midnight
    return Day(sold["gmt_payment"][:10], sold["trade_no"], given_back["trade_no"], str(sent["out_biz_no"]))


def download(url: str) -> dict[str, str]:
    """The texts in an archive, by the ends of their names."""
    with urllib.request.urlopen(url, timeout=20) as answer:
        content = answer.read()
    files = zipfile.ZipFile(io.BytesIO(content), metadata_encoding="gbk")
    return {name.rpartition("_")[2]: files.read(name).decode("gbk") for name in files.namelist()}


def rows(text: str) -> list[dict[str, str]]:
    """The lines of a detail file between its markers, by the names in its header."""
    lines = text.splitlines()
    start = next(number for number, line in enumerate(lines) if line.startswith("#-") and "结束" not in line)
    end = next(number for number, line in enumerate(lines) if line.startswith("#-") and "结束" in line)
    header, *rest = ([cell.strip() for cell in line.split(",")] for line in lines[start + 1 : end])
    return [dict(zip(header, row, strict=True)) for row in rest]


def test_a_bill_says_what_was_sold_and_given_back(yesterday: Day, client: Client) -> None:
    told = client.as_app("books").ask(BILL, {"bill_type": "trade", "bill_date": yesterday.date})
    files = download(told["bill_download_url"])
    assert files.keys() == {"业务明细.csv", "业务明细(汇总).csv"}
    found = [
        row for row in rows(files["业务明细.csv"]) if row["支付宝交易号"] in (yesterday.sold, yesterday.given_back)
    ]
    assert sorted((row["业务类型"], row["商品名称"], row["订单金额（元）"]) for row in found) == [
        ("交易", "童话", "12.30"), ("交易", "诗集", "12.30"), ("退款", "诗集", "-2.30"),
    ]  # fmt: skip
    assert [row["退款批次号/请求号"] for row in found if row["业务类型"] == "退款"] == ["R1"]


def test_a_bill_says_what_moved_in_the_account(yesterday: Day, sdk: Client) -> None:
    told = sdk.as_app("books").ask(BILL, {"bill_type": "signcustomer", "bill_date": yesterday.date})
    detail = download(told["bill_download_url"])["账务明细.csv"]
    assert yesterday.sent in detail and yesterday.sold in detail


def test_days_without_a_bill(town: Town, yesterday: Day, client: Client) -> None:
    app = client.as_app("books")
    codes = [
        app.refusal(BILL, {"bill_type": "trade", "bill_date": json.loads(town.kaifang("clock"))["now"][:10]}),
        app.refusal(BILL, {"bill_type": "trade", "bill_date": "yesterday"}),
        app.refusal(BILL, {"bill_type": "poems", "bill_date": yesterday.date}),
    ]
    assert [code.removeprefix("isp.") for code in codes] == ["bill_not_exist", "invalid_arguments", "invalid_arguments"]


def test_a_link_is_good_for_its_file_alone(yesterday: Day, sdk: Client) -> None:
    told = sdk.as_app("books").ask(BILL, {"bill_type": "trade", "bill_date": yesterday.date})
    url = told["bill_download_url"]
    for wrong in (url.replace("trade", "fnd"), url[:-1], url.partition("?")[0]):
        with pytest.raises(urllib.error.HTTPError, match="404"):
            urllib.request.urlopen(wrong, timeout=20)
