"""Bills: what was in an account, and what moved."""

from __future__ import annotations

from kaifang.kernel.story import Step
from tests.walk.dice import Dice, way
from tests.walk.turn import say

WEIGHT = 3


@way
def read_the_account(dice: Dice) -> list[Step]:
    """A merchant asks what moved."""
    what = dice.one(("accountlog", "sell", "buy", "transfer"))
    ask = {"start_time": f"{dice.day(3)} 00:00:00", "end_time": f"{dice.day(0)} 23:59:59"}
    if what == "transfer":
        ask["type"] = dice.one(("TRANSFER", "DEPOSIT", "WITHDRAW"))
    return [say(f"alipay.data.bill.{what}.query", dice.shop(), ask)]


@way
def read_the_balance(dice: Dice) -> list[Step]:
    """A merchant asks what is, or was, in its account."""
    call = dice.one(("balance", "freezebalance", "balancehis"))
    return [
        say(f"alipay.data.bill.{call}.query", dice.shop(), {"biz_date": dice.day(2)} if call == "balancehis" else {})
    ]


@way
def download(dice: Dice) -> list[Step]:
    """A merchant wants the bill of a day that is over, and looks into it."""
    link, ask = dice.new("link"), {"bill_type": dice.one(("trade", "signcustomer")), "bill_date": dice.day(2)}
    asked = say("alipay.data.dataservice.bill.downloadurl.query", dice.shop(), ask,
                answer={"bill_download_url": link})  # fmt: skip
    return [asked]


@way
def take_a_receipt(dice: Dice) -> list[Step]:
    """A merchant applies for a receipt, and looks whether it is there."""
    shop, file = dice.shop(), dice.new("receipt")
    ask = {"type": "ACCOUNT_LOG_SUM_DAILY", "key": dice.day(1)}
    applied = say("alipay.data.bill.ereceipt.apply", shop, ask, answer={"file_id": file})
    return [applied, say("alipay.data.bill.ereceipt.query", shop, {"file_id": file})]


@way
def read_ones_own_bills(dice: Dice) -> list[Step]:
    """A person reads the own bills, the picture of the month, and one bill with its receipt."""
    who, bill = dice.person(), dice.new("bill")
    ask: dict[str, object] = {"limit": 1}
    if dice.odds(50):
        ask |= {"kind": dice.one(("SHOPPING", "DEPOSIT", "TRANSFER", "REDPACKET", "OTHER"))}
    listed = say("kaifang.wallet.bills", "wallet", ask, user=who, answer={"bills": [{"bill_id": bill}]})
    seen = say("kaifang.wallet.bill.look", "wallet", {"bill_id": bill}, user=who)
    added = say("kaifang.wallet.bill.month", "wallet", {"month": dice.day(0)[:7]}, user=who)
    return [listed, seen, added]
