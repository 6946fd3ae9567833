"""`kaifang demo`: a first scenario, played over HTTP with an unmodified SDK, and narrated."""

from __future__ import annotations

import csv
import io
import time
import urllib.request
import zipfile
from collections.abc import Callable
from typing import Any, Protocol

from rich.console import Console

from .buyer import Buyer
from .client import Client
from .home import Home, Problem

Steps = list[tuple[str, Callable[[], str]]]  # a title, and what happens: it returns what came of it
INSTALL = "the demo pays with a small SDK that is not installed: pip install python-alipay-sdk"


class Server(Protocol):
    """The server of a merchant or a service provider, whatever SDK it works with."""

    pid: str

    def call(self, method: str, **content: Any) -> dict[str, Any]:
        """Call a method; its answer in the names of the wire."""


class Merchant:
    """A merchant of the world, working with python-alipay-sdk as its README says."""

    def __init__(self, home: Home, name: str) -> None:
        try:
            from alipay import AliPay, AliPayException
        except ImportError:
            raise Problem(INSTALL) from None
        app = Client.of(home, name).app
        self.app_id, self.pid = app["app_id"], app["pid"]
        self.sdk = AliPay(
            appid=app["app_id"], app_notify_url=None, app_private_key_string=app["private_key_pkcs1_pem"],
            alipay_public_key_string=app["platform_public_key_pem"],
        )  # fmt: skip
        self.raises = AliPayException
        self.sdk._gateway = f"{home.running().url}/gateway.do"  # the one way to lead this SDK anywhere

    def call(self, method: str, **content: Any) -> dict[str, Any]:
        """Call a method; the SDK verifies the answer's signature."""
        try:
            told: dict[str, Any] = self.sdk.server_api(method, biz_content=content)
        except self.raises as problem:  # of what is refused before it reaches a method
            raise Problem(f"{method} was refused: {problem}") from None
        if told.get("code") not in ("10000", "10003"):
            raise Problem(f"{method} was refused: {told.get('sub_code')} {told.get('sub_msg')}")
        return told


def narrate(console: Console, steps: Steps) -> list[dict[str, str]]:
    """Play every step with progress on the terminal, and say what came of it."""
    said = []
    for number, (title, step) in enumerate(steps, 1):
        with console.status(f"{number}/{len(steps)} {title} ..."):
            told = step()
        console.print(f"[bold]{number}/{len(steps)} {title}.[/bold] {told}", highlight=False)
        said.append({"step": title, "came": told})
    return said


class Demo:
    """The story, a step at a time."""

    def __init__(self, home: Home, console: Console) -> None:
        self.home, self.console = home, console
        self.coffee, self.anna, self.bo = Merchant(home, "coffee"), Buyer(home, "anna"), Buyer(home, "bo")
        self.house, self.helper = Client.of(home, "house"), Client.of(home, "helper").app["pid"]
        self.run = f"{int(time.time()):x}"  # numbers of this run, so that it can be played again
        self.expected: dict[tuple[str, str], str] = {}  # what the bill has to say: number and kind, amount
        self.till = ""

    def play(self) -> list[dict[str, str]]:
        """Play every step; what came of each."""
        steps: Steps = [
            ("A buyer pays a guaranteed order", self.guaranteed),
            ("The goods arrive", self.arrived),
            ("A second buyer scans at the till", self.scanned),
            ("A part is refunded", self.refunded),
            ("The service provider takes its share", self.shared),
            ("The day is closed, and its bill reconciled", self.closed),
        ]
        said = narrate(self.console, steps)
        self.console.print("\nEvery call went over HTTP, signed by python-alipay-sdk and verified by it.")
        return said

    def guaranteed(self) -> str:
        """An order whose money waits in escrow."""
        amount, number = "88.00", f"demo-{self.run}-1"
        order = self.coffee.call(
            "alipay.trade.create", out_trade_no=number, buyer_id=self.anna.person["user_id"], total_amount=amount,
            subject="Beans, by courier", settle_info={
                "settle_detail_infos": [{"trans_in_type": "defaultSettle", "amount": amount}],
                "settle_period_time": "7d",
            },
        )  # fmt: skip
        self.anna.pay(order["trade_no"])
        self.expected[number, "交易"] = amount
        return f"Trade {order['trade_no']}: Anna paid {amount}, and the platform keeps it until the beans arrive."

    def arrived(self) -> str:
        """The buyer confirms; the money goes to the seller."""
        trade = self.coffee.call("alipay.trade.query", out_trade_no=f"demo-{self.run}-1")
        self.anna.confirm(trade["trade_no"])
        return "Anna confirmed the receipt in her wallet; the money went from escrow to the shop."

    def scanned(self) -> str:
        """A pay code at the till."""
        amount, number = "36.50", f"demo-{self.run}-2"
        paid = self.coffee.call(
            "alipay.trade.pay", out_trade_no=number, scene="bar_code", auth_code=self.bo.code(), total_amount=amount,
            subject="Two flat whites",
        )  # fmt: skip
        self.till, self.expected[number, "交易"] = paid["trade_no"], amount
        return f"Bo showed a code and paid {amount} from {paid['fund_bill_list'][0]['fund_channel']}."

    def refunded(self) -> str:
        """A part goes back, once, however often it is asked for."""
        ask = {"trade_no": self.till, "refund_amount": "16.50", "out_request_no": f"demo-{self.run}-r"}
        first = self.coffee.call("alipay.trade.refund", **ask)
        again = self.coffee.call("alipay.trade.refund", **ask)
        self.expected[first["out_trade_no"], "退款"] = "-16.50"
        return (
            f"16.50 went back to Bo (fund_change {first['fund_change']}); "
            f"asked again, nothing moved (fund_change {again['fund_change']})."
        )

    def shared(self) -> str:
        """A part of the trade goes to the service provider."""
        receiver = {"type": "userId", "account": self.helper, "memo": "service"}
        self.coffee.call(
            "alipay.trade.royalty.relation.bind", out_request_no=f"demo-{self.run}-b", receiver_list=[receiver]
        )
        self.coffee.call(
            "alipay.trade.order.settle", out_request_no=f"demo-{self.run}-s", trade_no=self.till,
            royalty_parameters=[{"trans_in": self.helper, "amount": "2.00", "desc": "service"}],
        )  # fmt: skip
        return "2.00 of the sale went to the service provider."

    def closed(self) -> str:
        """The clock moves to tomorrow; the bill of the day must say what happened."""
        today = self.house.call("kaifang.clock.read", {})["now"][:10]
        self.house.call("kaifang.clock.move", {"by": "1d"})
        url = self.coffee.call(
            "alipay.data.dataservice.bill.downloadurl.query", bill_type="trade", bill_date=today
        )["bill_download_url"]  # fmt: skip
        found = rows_of(urllib.request.urlopen(url, timeout=30).read())
        ours = {(row[1], row[2]): row[11] for row in found if (row[1], row[2]) in self.expected}
        if ours != self.expected:
            raise Problem(f"the bill says {ours}, the demo expected {self.expected}")
        return f"The bill of {today} has {len(found)} rows, and our sales and the refund are among them, to the fen."


def rows_of(packed: bytes) -> list[list[str]]:
    """The detail rows of a bill: a zip of CSV in GBK, as third parties read it."""
    with zipfile.ZipFile(io.BytesIO(packed), metadata_encoding="gbk") as files:
        name = next(name for name in files.namelist() if name.endswith("_业务明细.csv"))
        lines = files.read(name).decode("gbk").splitlines()
    table = [line for line in lines[4:] if not line.startswith("#")]
    return [[cell.strip() for cell in row] for row in csv.reader(table[1:])]


def play(home: Home, quiet: bool = False) -> list[dict[str, str]]:
    """Play the demo against the platform that runs from this home; what came of each step."""
    return Demo(home, Console(quiet=quiet)).play()
