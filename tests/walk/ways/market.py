"""The market of services: offered, ordered, paid, set up, confirmed, refused, given up."""

from __future__ import annotations

import base64
import io
import zipfile

from kaifang.capabilities.market.tables import ItemRow, OrderRow, SolutionBatchRow, SolutionRecordRow, TenureRow
from kaifang.kernel import Work
from kaifang.kernel.ledger import Entry
from kaifang.kernel.story import Step
from tests.walk.dice import Dice, way
from tests.walk.invariants import Memory, law
from tests.walk.turn import say

WEIGHT = 2


@way
def offer(dice: Dice) -> list[Step]:
    """The provider offers a service, and the platform agrees or not."""
    name = dice.new("commodity")
    told = {"title": "点单", "category_code": "C", "kind": "SHOP", "price": dice.one(("0.00", "0.01", "0.02")),
            "days": dice.one((0, 1))}  # fmt: skip
    found = dice.pick("commodity")
    if found and dice.odds(30):
        changed = [say("kaifang.market.commodity.publish", "helper", told | {"commodity_id": found[0]})]
        down = [say("kaifang.market.commodity.take_down", "helper", {"commodity_id": found[0]})]
        return down if dice.odds(50) else changed
    decided = {"commodity_id": name, "status": dice.one("1110"), "memo": "不"}
    return [
        say("kaifang.market.commodity.publish", "helper", told, answer={"commodity_id": name}),
        say("alipay.open.servicemarket.commodity.extendinfos.confirm", "house", decided),
    ]


@way
def order(dice: Dice) -> list[Step]:
    """A merchant orders for one or two shops, and pays what costs something."""
    found, where, name = dice.pick("commodity"), dice.pick("shop"), dice.new("service")
    if found is None or where is None:
        return []
    shop, other = where[1], dice.pick("shop") or where
    entities = [where[0], other[0]][: dice.one((1, 2))]
    ask = {"commodity_id": found[0], "entities": entities, "contact": "店长", "phone": "13800000099"}
    placed = say("kaifang.market.order.place", "wallet", ask, user=shop, answer={"commodity_order_id": name})
    if dice.odds(20):
        return [placed]
    return [placed, *paid(dice, name, shop)]


def paid(dice: Dice, name: str, shop: str) -> list[Step]:
    """The merchant goes to the cashier."""
    page = dice.new("page")
    asked = {"commodity_order_id": name}
    return [
        say("kaifang.market.order.pay", "wallet", asked, user=shop, answer={"path": page}),
        say("kaifang.cashier.confirm", "wallet", {"token": page, "pay_password": "111111"}, user=shop),
    ]


@way
def answer(dice: Dice) -> list[Step]:
    """The provider accepts or rejects an order, or the merchant takes it back."""
    found = dice.pick("service")
    if found is None:
        return []
    ask = {"commodity_order_id": found[0]}
    if dice.odds(15):
        return [say("kaifang.market.order.cancel", "wallet", ask, user=dice.shop())]
    if dice.odds(15):
        return [say("alipay.open.servicemarket.order.reject", "helper", {**ask, "reject_reason": "不"})]
    return [say("alipay.open.servicemarket.order.accept", "helper", ask)]


@way
def work_on(dice: Dice) -> list[Step]:
    """An item is set up, confirmed, refused or given up."""
    found, where = dice.pick("service"), dice.pick("shop")
    if found is None or where is None:
        return []
    shop = where[1]
    item = {"commodity_order_id": found[0]} | ({"shop_id": where[0]} if dice.odds(50) else {})
    done = say("alipay.open.servicemarket.order.item.complete", "helper", item)
    if dice.odds(20):
        return [say("alipay.open.servicemarket.order.item.cancel", "helper", {**item, "cancel_reason": "不"})]
    if dice.odds(20):
        return [done, say("kaifang.market.item.refuse", "wallet", {**item, "reason": "不"}, user=shop)]
    if dice.odds(20):
        return [done, say("alipay.open.servicemarket.order.item.confirm", "helper", item)]
    return [done, say("kaifang.market.item.confirm", "wallet", item, user=shop)][: dice.one((1, 2))]


@way
def hand_in(dice: Dice) -> list[Step]:
    """The provider hands in both merchants for a solution, or takes them out; operators decide where they want to."""
    batch, file, record = dice.new("solution"), dice.new("file"), dice.new("record")
    ask = {"out_batch_no": dice.number("S"), "solution_code": "S", "file_info": [{"file_id": file}]}
    call = f"alipay.merchant.solution.batch.{dice.one(('submit', 'submit', 'cancel'))}"
    waiting = say("kaifang.market.solution.waiting", "house", {"batch_no": batch},
                  answer={"records": [{"record_id": record}]})  # fmt: skip
    return [
        say("kaifang.market.solution.set", "house", {"solution_code": "S", "title": "s", "person": dice.odds(50)}),
        say("alipay.open.file.upload", "helper", {"file_content": packed()}, answer={"file_id": file}),
        say(call, "helper", ask, answer={"batch_no": batch}),
        waiting,
        say("kaifang.market.solution.review", "house", {"record_id": record, "passes": dice.odds(50)}),
        say("alipay.merchant.solution.batch.query", "helper", {"batch_no": batch}),
    ]


def packed() -> str:
    """A file of both merchants."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr(zipfile.ZipInfo("lines.csv"), "merchant\nkiosk@example.com\nstall@example.com\n")
    return base64.b64encode(content.getvalue()).decode()


@law
def one_order_at_a_time(work: Work, memory: Memory) -> str | None:
    """An item keeps its place just as long as it is not over."""
    over = "state in ('DONE', 'MERCHANT_CANCELLED', 'ISV_REJECTED', 'ISV_CANCELLED')"
    wrong = work.select(ItemRow, f"({over}) = (slot is not null)", limit=1)
    return f"item {wrong[0].id} is {wrong[0].state}, its place {wrong[0].slot}" if wrong else None


@law
def a_batch_is_over_once_nothing_of_it_waits(work: Work, memory: Memory) -> str | None:
    """A file is being worked off just as long as one of its records waits for a person."""
    waiting = {row.batch for row in work.select(SolutionRecordRow, "state = 'AUDITING'")}
    working = {row.id for row in work.select(SolutionBatchRow, "state = 'PROCESSING'")}
    return None if waiting == working else f"records wait of {waiting}, worked off are {working}"


@law
def every_done_item_was_paid_once(work: Work, memory: Memory) -> str | None:
    """Providers were paid for just the items that are done, and the shops have their services."""
    paid = {entry.ref for entry in work.select(Entry, "why = 'market.done'")}
    orders = {row.id: row for row in work.select(OrderRow)}
    done = {item.id: orders[item.ordered] for item in work.select(ItemRow, "state = 'DONE'")}
    if paid != {number for number, row in done.items() if row.price}:
        return f"done are {sorted(done)}, paid {sorted(paid)}"
    for number, row in done.items():
        if work.find(TenureRow, id=f"{row.commodity}/{number.partition('/')[2]}") is None:
            return f"item {number} is done, and nobody has the service"
    return None
