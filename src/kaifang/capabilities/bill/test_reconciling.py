"""What moves on another day than its sale, what is shared, and what somebody hides in a title: bills hold it all."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from typing import Any

import pytest
from tests.visit import Visit

from kaifang.kernel import DAY, Caller
from kaifang.kernel.clock import written

from .sheet import Heading, sheet
from .test_bill import bill, fetch, journal, money, unzipped, url_of
from .trade_bill import DETAIL

HOUSE, INSIDE = Caller(role="operator"), Caller(role="inside")


@pytest.fixture
def town() -> Iterator[Visit]:
    """A town on its second day; the platform takes one percent of what is sold in the book shop."""
    town = Visit()
    town.move(DAY)
    town.ask(HOUSE, "kaifang.trade.terms.set", seller_id=town.known["books"], fee_rate="0.01")
    yield town
    town.close()


def sell(town: Visit, out_trade_no: str, days: int = 0) -> str:
    """Anna buys books for 100 yuan; of a guaranteed trade the money waits so many days."""
    info = {"settle_detail_infos": [{"trans_in_type": "defaultSettle", "amount": "100.00"}]}
    wait = {"settle_info": info | {"settle_period_time": f"{days}d"}} if days else {}
    ask = {"out_trade_no": out_trade_no, "buyer_id": town.known["anna"], "total_amount": "100.00", "subject": "books"}
    trade = str(town.ask(town.app("books"), "alipay.trade.create", **ask, **wait).trade_no)
    paid = town.ask(INSIDE, "kaifang.trade.confirm_payment", subject=trade, user_id=town.known["anna"])
    assert not isinstance(paid, str), paid
    return trade


def sold(town: Visit, since: str) -> Any:
    """What the book shop sold since a day."""
    span = {"start_time": f"{since} 00:00:00", "end_time": written(town.now + 1000)}
    return town.ask(town.app("books"), "alipay.data.bill.sell.query", **span).detail_list


def day(town: Visit, ago: int = 0) -> str:
    """The Beijing day, or one before it."""
    return written(town.now - ago * DAY)[:10]


def test_a_guaranteed_trade_is_in_the_account_when_it_is_settled_fee_and_all(town: Visit) -> None:
    sell(town, "LATER", days=3)
    sold_on = day(town)
    (item,) = sold(town, sold_on)
    assert (item.trade_status, str(item.service_fee)) == ("待确认收货", "0.00")
    town.move(4 * DAY)
    settled_on = day(town, 1)
    lines, sums = bill(town, "books", "signcustomer", settled_on)
    assert [(line["业务类型"], line["收入金额（+元）"], line["支出金额（-元）"]) for line in lines] == [
        ("在线支付", "100.00", "0.00"),
        ("收费", "0.00", "-1.00"),
    ]
    assert [line["商户订单号"] for line in lines] == ["LATER", "LATER"]
    assert [line["对方账号"] for line in lines] == ["*娜(ann***@example.com)", "平台"]
    assert (sums[-1]["总金额（元）"], bill(town, "books", "signcustomer", sold_on)[0]) == ("99.00", [])
    (sale,), _ = bill(town, "books", "trade", sold_on)
    assert (sale["商家实收（元）"], sale["服务费（元）"]) == ("100.00", "0.00")
    (item,) = sold(town, sold_on)
    assert (item.trade_status, str(item.service_fee)) == ("成功", "1.00")


def test_the_bill_of_trades_shows_what_was_shared_and_what_came_back(town: Visit) -> None:
    receivers = [{"type": "userId", "account": town.known["coffee"]}]
    books = town.app("books")
    town.ask(books, "alipay.trade.royalty.relation.bind", out_request_no="b1", receiver_list=receivers)
    trade, start = sell(town, "SHARED"), town.now
    parts = [{"trans_in": town.known["coffee"], "amount": "20.00"}]
    assert town.ask(books, "alipay.trade.order.settle", out_request_no="s1", trade_no=trade, royalty_parameters=parts)
    back = [{"trans_out": town.known["coffee"], "amount": "5.00"}]
    ask = {"trade_no": trade, "refund_amount": "50.00", "out_request_no": "r1", "refund_royalty_parameters": back}
    assert town.ask(books, "alipay.trade.refund", **ask).fund_change == "Y"
    moved = [change for _, change, _ in journal(town, "books", start, town.now + 1)]
    town.move(DAY)
    lines, shops = bill(town, "books", "trade", day(town, 1))
    assert [(line["服务费（元）"], line["分润（元）"]) for line in lines] == [("-1.00", "-20.00"), ("0.50", "5.00")]
    names = ("商家实收（元）", "服务费（元）", "分润（元）")
    told = sum(money(line[name]) for line in lines for name in names)
    assert told == sum(moved) == money(shops[-1]["实收净额（元）"])
    assert shops[-1]["分润（元）"] == "-15.00"
    (item,) = sold(town, day(town, 1))
    assert (item.trade_status, str(item.service_fee)) == ("成功", "0.50")


@pytest.mark.parametrize(
    ("title", "told"),
    [
        ('"open', "＂open"), ('=HYPERLINK("x")', "＝HYPERLINK(＂x＂)"), ("@SUM(1)", "＠SUM(1)"), ("+1+cmd", "＋1+cmd"),
        ("-2+3", "－2+3"), ("-5", "-5"), ("+8.50", "+8.50"), ("a\x0b\x1c\x7fb", "a   b"), ("a\u2028b", "a b"),
        ("茶, 𠮷", "茶， ?"), ("", ""),
    ],
)  # fmt: skip
def test_a_title_stays_in_its_cell_and_no_spreadsheet_calculates_it(title: str, told: str) -> None:
    made = sheet(DETAIL, Heading(owner="2088", start=0, end=0, made=0), [[title, "next"]], []).decode("gbk")
    line = made.splitlines()[5]
    assert next(csv.reader(io.StringIO(line))) == [f"{told}\t", "next\t"]


def test_a_merchant_to_whom_nothing_happened_has_a_bill_that_says_so(town: Visit) -> None:
    town.move(2 * DAY)
    for kind in ("trade", "signcustomer"):
        ask = {"bill_type": kind, "bill_date": day(town, 1)}
        told = town.ask(town.app("helper"), "alipay.data.dataservice.bill.downloadurl.query", **ask)
        assert told.bill_file_code == "EMPTY_DATA_WITH_BILL_FILE"
        assert bill(town, "helper", kind, day(town, 1))[0] == []
        files = unzipped(fetch(town, url_of(town, "helper", kind, day(town, 1))).content)
        assert len(files) == 2 and all(text.count("合计") >= 1 for text in files.values())


def test_the_bill_of_trades_shows_what_vouchers_took_off_and_who_paid_for_them(town: Visit) -> None:
    draft = {
        "voucher_deduct_info": {"voucher_type": "FIX_VOUCHER", "fix_voucher_info": {"amount": "10.00"}},
        "voucher_send_mode_info": {
            "delivery_channel_list": ["PREFER_CHANNEL"],
            "voucher_send_rule_info": {"quantity": 1, "publish_end_time": written(town.now + 9 * DAY)}
        },
        "voucher_use_rule_info": {
            "voucher_use_time_info": {
                "period_type": "RELATIVE", "relative_period_info": {"valid_days_after_receive": 9},
            }
        },
        "voucher_available_scope_info": {"voucher_available_account_info": {"available_pids": [town.known["books"]]}},
    }  # fmt: skip
    start = town.now
    for merchant, budget in (("books", "NO_CASH"), ("coffee", "RECHARGE")):
        app = town.app(merchant)
        ask = {**draft, "out_biz_no": "v", "voucher_budget_supply_info": {"budget_type": budget}}
        made = town.ask(app, "alipay.marketing.activity.voucher.create", **ask).activity_id
        town.ask(app, "alipay.marketing.activity.voucher.publish", activity_id=made, out_biz_no="p")
        town.ask(town.app("wallet", "anna"), "kaifang.voucher.claim", activity_id=made)
        town.wait(1000)
        trade = sell(town, f"V{budget}")
        refund = {"trade_no": trade, "refund_amount": "50.00", "out_request_no": "r1"}
        town.wait(1000)
        assert town.ask(town.app("books"), "alipay.trade.refund", **refund).fund_change == "Y"
    moved = [change for _, change, _ in journal(town, "books", start, town.now + 1)]
    town.move(DAY)
    lines, shops = bill(town, "books", "trade", day(town, 1))
    names = ("订单金额（元）", "商家实收（元）", "支付宝优惠（元）", "商家优惠（元）", "券核销金额（元）")
    assert [[line[name] for name in names] for line in lines] == [
        ["100.00", "90.00", "0.00", "10.00", "10.00"],
        ["-50.00", "-45.00", "0.00", "-5.00", "-5.00"],
        ["100.00", "100.00", "10.00", "0.00", "10.00"],
        ["-50.00", "-50.00", "-5.00", "0.00", "-5.00"],
    ]
    assert money(shops[-1]["实收净额（元）"]) == sum(moved)
    item, _ = sold(town, day(town, 1))
    assert str(item.net_mdiscount) == "5.00"
