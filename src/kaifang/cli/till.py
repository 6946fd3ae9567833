"""What happens at a till: somebody pays, the till says and prints it, shows what there is, and makes a member."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from kaifang.kernel import Money

from .buyer import Buyer
from .client import Refused
from .hardware import BEAT, Hardware, Mqtt
from .home import Home, Problem

SPACE = "RESULT_PAGE"  # the place on the screen after a payment
LOOK_SECONDS = 1.0  # how often a till asks whether the buyer has confirmed


@dataclass(frozen=True, kw_only=True)
class Sale:
    """What is sold, and what the buyer does at the screen."""

    amount: str  # yuan
    subject: str
    join: bool = False  # touches "become a member"
    claim: bool = False  # touches the first voucher that is shown
    patience_seconds: float = 60.0  # how long the till waits for a buyer who has to confirm


def screen(text: str) -> None:
    """What stands on a till's screen, or comes out of its speaker."""
    print(text, flush=True)


class Till:
    """A till or face terminal that somebody stands at."""

    def __init__(
        self, home: Home, kind: str, merchant: str, mqtt: str = "", *, say: Callable[[str], None] = screen
    ) -> None:
        self.home, self.say = home, say
        self.device = Hardware(home, kind, merchant)
        if mqtt:
            self.device.line = Mqtt(self.device, mqtt)
        self.say(f"device {self.device.memory.device_id} of {merchant}")
        self.device.ask(BEAT, software="kaifang device")

    def close(self) -> None:
        """Switch it off."""
        self.device.line.close()

    def sell(self, sale: Sale, code: str, scene: str) -> dict[str, Any]:
        """Take a payment by a code, and do what follows."""
        number = f"{self.device.memory.device_id[-8:]}-{self.device.memory.counter}"
        order = {"out_trade_no": number, "scene": scene, "auth_code": code, "total_amount": sale.amount}
        paid = self.device.ask("alipay.trade.pay", **order, subject=sale.subject)
        if paid["code"] == "10003":
            paid = self.wait(number, sale.patience_seconds)
        self.say(f"paid    {reckoned(paid)} by {paid.get('buyer_logon_id', 'somebody')}, {paid['trade_no']}")
        self.announce(paid)
        self.work_off()
        if sale.claim:
            self.show(paid["trade_no"])
        if sale.join:
            self.join(trade_no=paid["trade_no"])
        return paid

    def wait(self, number: str, seconds: float) -> dict[str, Any]:
        """Wait for a buyer who has to confirm; who takes too long has not bought it."""
        self.say("waiting for the buyer to confirm in the wallet")
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            told = self.device.ask("alipay.trade.query", out_trade_no=number)
            if told["trade_status"] in ("TRADE_SUCCESS", "TRADE_FINISHED"):
                return told
            time.sleep(LOOK_SECONDS)
        self.device.ask("alipay.trade.cancel", out_trade_no=number)
        raise Problem(f"not confirmed within {seconds:g} seconds; the order {number} is cancelled")

    def announce(self, paid: dict[str, Any]) -> None:
        """What the merchant's server does when money has come in: it has the device say and print it."""
        device_id, trade = self.device.memory.device_id, paid["trade_no"]
        voice = {"biz_tid": device_id, "trade_type": "ALIPAY_TRADE", "trade_id": trade, "amount": paid["total_amount"]}
        self.device.merchant.call("alipay.commerce.iot.device.tradevoice.send", voice)
        receipt = f"{paid['out_trade_no']}  {reckoned(paid)}  {trade}"
        printed = {"biz_tid": device_id, "ref": trade, "kind": "PRINT", "content": receipt}
        self.device.merchant.call("kaifang.iot.device.message", printed)

    def work_off(self) -> None:
        """Say, show and print what waits."""
        for message in self.device.ask("kaifang.iot.device.fetch")["messages"]:
            self.say(f"{message['kind'].lower():<7} {message['content']}")
            self.device.ask("kaifang.iot.device.done", message_id=message["message_id"])

    def show(self, trade_no: str) -> None:
        """Show what there is for whoever has paid, who touches the first of it."""
        try:
            shown = self.device.ask("alipay.marketing.iot.booth.query", space_code=SPACE, trade_no=trade_no)
        except Refused as refusal:
            self.say(f"nothing to show: {refusal}")
            return
        for one in shown.get("content_list", [])[:1]:
            got = self.device.ask("kaifang.iot.booth.claim", booth_token=shown["booth_token"], id=one["id"])
            self.say(f"claimed {got['title']}, until {got['valid_end_time']}")

    def join(self, **person: str) -> None:
        """Offer the merchant's card to whoever stands there, who touches it."""
        cards = self.device.ask("kaifang.iot.member.offer", **person)["cards"]
        if not cards:
            self.say("no card to join")
            return
        joined = self.device.ask("kaifang.iot.member.join", **person, template=cards[0]["template"])
        self.say(f"member  {cards[0]['title']}, {joined['external_no']}")


def reckoned(paid: dict[str, Any]) -> str:
    """What the buyer paid; and what vouchers took off the price, if they did."""
    total, own = paid["total_amount"], paid["buyer_pay_amount"]
    return own if own == total else f"{own} ({total} less {Money.parse(total) - Money.parse(own)})"


def sell_by_code(till: Till, sale: Sale, code: str, buyer: str) -> dict[str, Any]:
    """A sale to somebody who shows a code."""
    if not code:
        code = Buyer(till.home, buyer).code()
    return till.sell(sale, code, "bar_code")


def sell_by_face(till: Till, sale: Sale, buyer: str, enrol: bool) -> dict[str, Any]:
    """A sale to somebody who shows nothing but the face."""
    face = f"the face of {Buyer(till.home, buyer).person['user_id']}"  # what this terminal's camera makes of it
    if enrol:
        Buyer(till.home, buyer).ask("kaifang.iot.face.enrol", face=face)
    begun = till.device.ask("zoloz.authentication.smilepay.initialize", ext_info={"biz_type": "7"})
    seen = till.device.ask("kaifang.iot.face.capture", zim_id=begun["zim_id"], face=face)
    till.say(f"hello   {seen['greeting']}")
    return till.sell(sale, seen["ftoken"], "security_code")
