"""Bills are parsed as strangers parse them, and held against the journal to the fen."""

from __future__ import annotations

import base64
import io
import re
import threading
import zipfile
import zlib
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

import msgspec
import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule
from tests.town import open_platform
from tests.visit import Visit

from kaifang.kernel import DAY, SECOND, Caller, Money, Work, outbox
from kaifang.kernel.clock import day_start, written
from kaifang.kernel.ledger import Entry
from kaifang.kernel.platform import Platform
from kaifang.kernel.store.postgres import Postgres

from .paper import LINES, Paper, pdf
from .period import READY, day_or_month
from .reading import read_all, read_events
from .sheet import Heading, archive, sheet
from .tables import DealRow, FileRow, Ticket
from .trade_bill import DETAIL, SUMMARY

INSIDE = Caller(role="inside")
HOUSE = Caller(role="operator")
MERCHANTS = ("coffee", "books")


def money(text: str) -> int:
    """Fen, as a stranger's program reads them."""
    whole, _, part = text.strip().lstrip("-").partition(".")
    return (-1 if text.strip().startswith("-") else 1) * (int(whole) * 100 + int(part))


def url_of(town: Visit, merchant: str, bill_type: str, date: str) -> str:
    """The link to a bill."""
    ask = {"bill_type": bill_type, "bill_date": date}
    answer = town.ask(town.app(merchant), "alipay.data.dataservice.bill.downloadurl.query", **ask)
    assert not isinstance(answer, str), answer
    return str(answer.bill_download_url)


def fetch(town: Visit, url: str) -> Any:
    """What the link leads to, as the gateway fetches it."""
    return town.ask(INSIDE, "kaifang.bill.file", link=url)


def unzipped(content: bytes) -> dict[str, str]:
    """The files of an archive by the GBK names in it, as text."""
    with zipfile.ZipFile(io.BytesIO(content)) as zipped:
        assert all(not info.flag_bits & 0x800 for info in zipped.infolist()), "a name is marked as UTF-8"
        return {
            info.filename.encode("cp437").decode("gbk"): zipped.read(info).decode("gbk") for info in zipped.infolist()
        }


def rows(text: str) -> list[dict[str, str]]:
    """The lines of a list by the names of its columns: they begin behind the fifth line and end at the next mark."""
    lines = text.split("\r\n")
    assert lines[3].startswith("#---") and lines[-1] == ""
    names, found = lines[4].split(","), []
    for line in lines[5:]:
        if line.startswith("#"):
            break
        values = line.split(",")
        assert all(value.endswith("\t") for value in values)
        found.append(dict(zip(names, [value.rstrip("\t") for value in values], strict=True)))
    return found


def bill(town: Visit, merchant: str, bill_type: str, date: str) -> tuple[list[dict[str, str]], list[dict[str, str]]]:
    """The lines of a bill, and its sums."""
    files = unzipped(fetch(town, url_of(town, merchant, bill_type, date)).content)
    detail = next(text for name, text in files.items() if name.endswith("明细.csv"))
    return rows(detail), rows(next(text for name, text in files.items() if "汇总" in name))


def journal(town: Visit, merchant: str, start: int, end: int) -> list[tuple[bool, int, int]]:
    """What the journal itself says of a merchant's balance: whether it is of sales, by how much, what was in it."""
    account = f"{town.known[merchant]}/balance/CNY"
    entries = town.platform.do(lambda work: work.select(Entry, "at >= ? and at < ?", (start, end), "writer, number"))
    found = []
    for entry in entries:
        legs = msgspec.json.decode(entry.legs)
        pays = legs[0][0] == account
        sale = {"trade.pay": not pays, "trade.refund": pays, "trade.fee_back": True}.get(entry.why, False)
        found += [(sale, change, after) for name, change, after in legs if name == account]
    return found


class Days(RuleBasedStateMachine):
    """Two shops sell to each other and to Anna, give back and send money; each morning the bills must be right."""

    def __init__(self) -> None:
        super().__init__()
        self.town = Visit()
        self.sales: list[tuple[str, str, int]] = []  # merchant, number, and what is left of it
        self.count, self.owing = 0, False
        for merchant in MERCHANTS:
            terms = {"seller_id": self.town.known[merchant], "fee_rate": "0.3"}
            self.town.ask(HOUSE, "kaifang.trade.terms.set", **terms)

    @rule(
        merchant=st.sampled_from(MERCHANTS), buyer=st.sampled_from(["anna", "coffee", "books"]), fen=st.integers(1, 5)
    )
    def sell(self, merchant: str, buyer: str, fen: int) -> None:
        """Somebody buys something."""
        if merchant == buyer:
            return
        code = self.town.ask(self.town.app("wallet", buyer), "kaifang.fund.code.create").auth_code
        self.count += 1
        ask = {"out_trade_no": f"N{self.count}", "auth_code": code, "total_amount": str(Money(fen)), "subject": "a,b"}
        answer = self.town.ask(self.town.app(merchant), "alipay.trade.pay", **ask, store_id=f"S{fen % 2}")
        assert answer.trade_no
        self.sales.append((merchant, f"N{self.count}", fen))
        self.owing = True

    @precondition(lambda self: self.sales)
    @rule(data=st.data())
    def give_back(self, data: Any) -> None:
        """A part of a sale is given back."""
        number = data.draw(st.integers(0, len(self.sales) - 1))
        merchant, out_trade_no, left = self.sales.pop(number)
        fen = data.draw(st.integers(1, left))
        self.count += 1
        ask = {"out_trade_no": out_trade_no, "refund_amount": str(Money(fen)), "out_request_no": f"R{self.count}"}
        assert self.town.ask(self.town.app(merchant), "alipay.trade.refund", **ask).fund_change == "Y"
        if left > fen:
            self.sales.append((merchant, out_trade_no, left - fen))

    @rule(fen=st.sampled_from([10, 11]))
    def send(self, fen: int) -> None:
        """The coffee shop sends Anna money."""
        self.count += 1
        ask = {"out_biz_no": f"B{self.count}", "trans_amount": str(Money(fen)), "product_code": "TRANS_ACCOUNT_NO_PWD"}
        payee = {"identity": self.town.known["anna"], "identity_type": "ALIPAY_USER_ID"}
        more = {"biz_scene": "DIRECT_TRANSFER", "order_title": "Bonus", "payee_info": payee}
        assert self.town.ask(self.town.app("coffee"), "alipay.fund.trans.uni.transfer", **ask, **more).order_id

    @rule(hours=st.sampled_from([1, 9]))
    def pass_time(self, hours: int) -> None:
        """It gets later."""
        self.town.move(hours * 3_600_000)

    @rule()
    def end_the_day(self) -> None:
        """The day ends; the next morning its bills are read."""
        start = day_start(self.town.now)
        self.town.move(start + DAY + READY - self.town.now)
        for merchant in MERCHANTS:
            self.check(merchant, start, start + DAY)

    def check(self, merchant: str, start: int, end: int) -> None:
        """The bills of a day say what the journal says."""
        date, moved = written(start)[:10], journal(self.town, merchant, start, end)
        lines, sums = bill(self.town, merchant, "signcustomer", date)
        told = [money(line["收入金额（+元）"]) + money(line["支出金额（-元）"]) for line in lines]
        assert told == [change for _, change, _ in moved]
        assert [money(line["账户余额（元）"]) for line in lines] == [after for _, _, after in moved]
        assert money(sums[-1]["总金额（元）"]) == sum(told) and sums[-1]["类型"] == "合计"
        assert sum(money(line["总金额（元）"]) for line in sums[:-1]) == sum(told)
        history = self.town.ask(self.town.app(merchant), "alipay.data.bill.balancehis.query", biz_date=date)
        assert (history.ending_balance - history.beginning_balance).minor == sum(told)
        trades, shops = bill(self.town, merchant, "trade", date)
        earned = sum(money(line["商家实收（元）"]) + money(line["服务费（元）"]) for line in trades)
        assert earned == sum(change for sale, change, _ in moved if sale)
        assert earned == money(shops[-1]["实收净额（元）"]) == sum(money(line["实收净额（元）"]) for line in shops[:-1])
        assert {len(line["支付宝交易号"]) for line in trades} <= {28}

    @invariant()
    def the_account_log_is_the_journal(self) -> None:
        """At any time, line by line."""
        span = {"start_time": written(self.town.now - 30 * DAY), "end_time": written(self.town.now + 60_000)}
        log = self.town.ask(self.town.app("coffee"), "alipay.data.bill.accountlog.query", **span)
        moved = journal(self.town, "coffee", self.town.now - 30 * DAY, self.town.now + 60_000)
        assert [(item.trans_amount.minor, item.balance.minor) for item in log.detail_list] == [m[1:] for m in moved]

    def teardown(self) -> None:
        self.town.close()


TestDays = Days.TestCase
TestDays.settings = settings(
    max_examples=12, stateful_step_count=25, deadline=None, suppress_health_check=list(HealthCheck)
)


@pytest.fixture
def town() -> Iterator[Visit]:
    """A town for one test, on the morning after a cup of coffee was sold."""
    town = Visit()
    code = town.ask(town.app("wallet", "anna"), "kaifang.fund.code.create").auth_code
    ask = {"out_trade_no": "CUP1", "auth_code": code, "total_amount": "30.00", "subject": "拿铁, 大杯\n☕"}
    assert town.ask(town.app("coffee"), "alipay.trade.pay", **ask).trade_no
    town.move(DAY)
    yield town
    town.close()


def test_a_sheet_is_byte_for_byte_what_receivers_count_on() -> None:
    start = day_or_month("2024-05-20")
    assert start is not None
    heading = Heading(owner="2088101122675263", start=start[0], end=start[1], made=start[1] + 6 * 3_600_000)
    text = sheet(DETAIL, heading, [["1", "a,b", "😀"]], ["#foot"]).decode("gbk")
    assert text.split("\r\n") == [
        "#支付宝业务明细查询",
        "#账号：[20881011226752630156]",
        "#起始日期：[2024年05月20日 00:00:00]   终止日期：[2024年05月21日 00:00:00]",
        "#-----------------------------------------业务明细列表----------------------------------------",
        DETAIL.columns,
        "1\t,a，b\t,?\t",
        "#-----------------------------------------业务明细列表结束------------------------------------",
        "#foot",
        "#导出时间：[2024年05月21日 06:00:00]",
        "",
    ]
    assert len(DETAIL.columns.split(",")) == 25 and len(SUMMARY.columns.split(",")) == 12
    summary = sheet(SUMMARY, heading, [], []).decode("gbk").split("\r\n")
    assert summary[3] == f"#{'-' * 41}业务汇总列表{'-' * 40}" and summary[5] == f"#{'-' * 40}业务汇总列表结束{'-' * 37}"


def test_names_in_an_archive_are_gbk_and_nothing_says_utf_8() -> None:
    made = archive({"20880156_20240520_业务明细(汇总).csv": b"x"}, 1_716_246_000_000)
    assert made.count("20880156_20240520_业务明细(汇总).csv".encode("gbk")) == 2
    assert unzipped(made) == {"20880156_20240520_业务明细(汇总).csv": "x"}
    assert archive({"a.csv": b"x"}, 1_716_246_000_000) == archive({"a.csv": b"x"}, 1_716_246_000_000)


def test_the_files_are_named_after_the_merchant_and_the_day(town: Visit) -> None:
    url = url_of(town, "coffee", "trade", "2026-09-21")
    query, pid = parse_qs(urlsplit(url).query), town.known["coffee"]
    assert urlsplit(url).path == "/downloadBillFile.resource"
    assert query["bizType"] == ["trade"] and query["bizDates"] == ["20260921"] and query["userId"] == [f"{pid}0156"]
    assert query["downloadFileName"] == [f"{pid}_20260921.csv.zip"] == [fetch(town, url).name]
    assert set(unzipped(fetch(town, url).content)) == {
        f"{pid}0156_20260921_业务明细.csv", f"{pid}0156_20260921_业务明细(汇总).csv",
    }  # fmt: skip
    other = url_of(town, "coffee", "signcustomer", "2026-09-21")
    assert parse_qs(urlsplit(other).query)["bizType"] == ["fnd"]


def test_what_would_begin_another_line_does_not(town: Visit) -> None:
    lines, _ = bill(town, "coffee", "trade", "2026-09-21")
    assert [line["商品名称"] for line in lines] == ["拿铁， 大杯 ?"]
    assert lines[0]["对方账户"] == "*娜(ann***@example.com)"


def test_a_bill_stays_as_it_was_made_and_can_be_made_again(town: Visit) -> None:
    first = fetch(town, url_of(town, "coffee", "trade", "2026-09-21")).content
    town.move(DAY)
    assert fetch(town, url_of(town, "coffee", "trade", "2026-09-21")).content == first
    town.move(31 * DAY)
    assert town.platform.do(lambda work: work.count(FileRow)) == 0
    again = fetch(town, url_of(town, "coffee", "trade", "2026-09-21")).content
    assert [rows(text) for text in unzipped(again).values()] == [rows(text) for text in unzipped(first).values()]


def test_a_month_is_its_days(town: Visit) -> None:
    town.move(10 * DAY)
    assert bill(town, "coffee", "trade", "2026-09") == bill(town, "coffee", "trade", "2026-09-21")


def test_a_link_is_for_one_file_and_thirty_seconds(town: Visit) -> None:
    mine, theirs = url_of(town, "coffee", "trade", "2026-09-21"), url_of(town, "books", "trade", "2026-09-21")
    token, others = (parse_qs(urlsplit(link).query)["token"][0] for link in (mine, theirs))
    pid = town.known["coffee"]
    for wrong in (
        mine.replace(pid, town.known["books"]),
        theirs.replace(others, token),
        "/?",
        "/?token=%00&fileId=%ff",
    ):
        assert fetch(town, wrong) == "BILL_LINK_EXPIRED"
    town.wait(29 * SECOND)
    assert fetch(town, mine).content == fetch(town, mine).content
    town.wait(1 * SECOND)
    assert fetch(town, mine) == "BILL_LINK_EXPIRED"
    town.move()
    assert town.platform.do(lambda work: work.count(Ticket)) == 0


def words(content: bytes) -> str:
    """The text of a PDF, piece by piece."""
    told = []
    for stream in re.findall(rb"stream\n(.*?)endstream", content, re.DOTALL):
        page = zlib.decompress(base64.a85decode(stream.strip(), adobe=True))
        for piece in re.findall(rb"\((.*?)\) Tj", page, re.DOTALL):
            octal = re.sub(rb"\\([0-7]{3})", lambda found: bytes([int(found[1], 8)]), piece)
            told.append(re.sub(rb"\\(.)", rb"\1", octal).decode("utf-16-be", "replace"))
    return "\n".join(told)


def test_a_receipt_says_what_the_journal_says(town: Visit) -> None:
    ask = {"type": "ACCOUNT_FLOW_DETAIL", "key": "20260921-20260921"}
    receipt = town.ask(town.app("coffee"), "alipay.data.bill.ereceipt.apply", **ask).file_id
    waiting = town.ask(town.app("coffee"), "alipay.data.bill.ereceipt.query", file_id=receipt)
    assert (waiting.status, waiting.download_url) == ("INIT", None)
    town.move()
    made = town.ask(town.app("coffee"), "alipay.data.bill.ereceipt.query", file_id=receipt)
    content = fetch(town, made.download_url).content
    assert content.startswith(b"%PDF-")
    told = words(content)
    for wanted in (
        "余额收支流水证明",
        receipt,
        "街角咖啡(cof***@example.com)",
        "1000.00",
        "30.00",
        "1030.00",
        "在线支付",
    ):
        assert wanted in told


def test_a_receipt_goes_on_to_the_next_page() -> None:
    paper = Paper(title="证明", facts=[], columns=[("号", 0)], rows=[[f"第{number}行"] for number in range(LINES + 1)])
    told = words(pdf(paper))
    assert "1 / 2" in told and "2 / 2" in told and f"第{LINES}行" in told
    assert pdf(paper) == pdf(paper)


@pytest.mark.parametrize(
    ("text", "days"), [("2026-01-31", 1), ("2026-02", 28), ("2028-02", 29), ("2026-12", 31), ("2026-01", 31)]
)  # fmt: skip
def test_days_and_months_last_as_long_as_they_do(text: str, days: int) -> None:
    found = day_or_month(text)
    assert found is not None and found[1] - found[0] == days * DAY and written(found[0])[: len(text)] == text


@pytest.mark.parametrize(
    "text", ["2026", "2026-13", "2026-02-30", "20260131", "2026-1-1", "二〇二六-01", "2026-01-01 "]
)
def test_what_is_no_day_and_no_month_is_neither(text: str) -> None:
    assert day_or_month(text) is None


def told_sale(work: Work, number: int) -> None:
    """What a sale tells of itself."""
    facts = {
        "seller": "2088000000000001",
        "buyer": "2088000000000002",
        "out_trade_no": f"N{number}",
        "subject": "Latte",
    }
    amounts = {"amount": Money(number), "fee": Money(0)}
    work.tell("trade.pay", work.new_id("22001"), **facts, **amounts, created=work.now)
    work.tell("test.noise", "1")


def test_processes_that_sell_and_read_at_once_know_every_sale_once(postgres_url: str) -> None:
    platforms = [open_platform(Postgres(postgres_url)) for _ in range(3)]

    def live(platform: Platform) -> None:
        for number in range(1, 11):
            platform.do(lambda work, number=number: told_sale(work, number))
            platform.do(read_all)

    threads = [threading.Thread(target=live, args=(platform,)) for platform in platforms]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    platforms[0].do(read_all)
    assert platforms[0].do(lambda work: (work.count(DealRow), work.sum(DealRow, "amount"))) == (30, 165)
    for platform in platforms:
        platform.store.engine.close()


def test_the_outbox_is_read_page_by_page(town: Visit, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outbox, "PAGE", 3)
    known = town.platform.do(lambda work: (read_all(work), work.count(DealRow))[1])
    for number in range(1, 8):
        town.platform.do(lambda work, number=number: told_sale(work, number))
    assert [town.platform.do(read_events) for _ in range(4)] == [True, True, False, False]
    assert town.platform.do(lambda work: work.count(DealRow)) == known + 7
