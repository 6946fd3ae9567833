"""A small world of service orders: money waits for what is under way, is paid for what is done, and comes back."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import pytest
from tests.visit import Visit

from kaifang.kernel import DAY, Caller, Purse
from kaifang.kernel.door import KernelDoor
from kaifang.kernel.ids import Chance
from kaifang.kernel.verify import verify

from .states import ServiceItem
from .tables import ItemRow, OrderRow

HOUSE, PRICE = Caller(role="operator"), 30
ADDRESS = {"province_code": "330000", "city_code": "330100", "district_code": "330106", "address": "1"}
ITEM = "alipay.open.servicemarket.order.item."
REASON = {"reason": "r", "cancel_reason": "r", "reject_reason": "r"}


class Market(Visit):
    """A provider with one service, and a merchant with three shops and little money."""

    def __init__(self, seed: int = 1) -> None:
        super().__init__()
        KernelDoor(self.platform, self.known, self.loop)  # delivers notices
        self.chance, self.orders = Chance(seed), list[str]()
        self.helper, self.wallet = self.app("helper"), self.app("wallet", "coffee")
        offer = {"title": "t", "category_code": "c", "kind": "SHOP", "price": "0.30", "days": 2}
        self.commodity = self.ask(self.helper, "kaifang.market.commodity.publish", **offer).commodity_id
        confirm = "alipay.open.servicemarket.commodity.extendinfos.confirm"
        self.ask(HOUSE, confirm, commodity_id=self.commodity, status="1")
        self.shops = [self.open_shop(name) for name in "abc"]
        self.start = self.has("helper")

    def open_shop(self, name: str) -> str:
        """A shop of the merchant's: asked for twice, it is told."""
        ask = {"ip_role_id": self.known["coffee"], "store_id": name, "shop_name": name, "shop_category": "B0102",
               "business_address": ADDRESS}  # fmt: skip
        self.ask(self.app("coffee"), "ant.merchant.expand.shop.create", **ask)
        return str(self.ask(self.app("coffee"), "ant.merchant.expand.shop.create", **ask).exist_shop_id)

    def has(self, who: str, purpose: str = "balance") -> int:
        """What somebody has, in fen."""
        return self.do(lambda work: work.balance(Purse(self.known[who], purpose)).minor)

    def do(self, run: Any) -> Any:
        """Look."""
        return self.platform.read(run)

    def one(self, choices: Any) -> Any:
        """One of these."""
        return choices[self.chance.below(len(choices))]

    def place(self) -> str:
        """Order for one shop or two, and pay mostly."""
        entities = sorted({self.one(self.shops), self.one(self.shops)})
        ask = {"commodity_id": self.commodity, "entities": entities, "contact": "c", "phone": "1"}
        told = self.ask(self.wallet, "kaifang.market.order.place", **ask)
        if isinstance(told, str):
            return told
        self.orders.append(told.commodity_order_id)
        if self.chance.below(4):
            inside = Caller(role="inside")
            ask = {"subject": self.orders[-1], "user_id": self.known["coffee"]}
            self.ask(inside, "kaifang.market.order.paid", **ask)
        return self.orders[-1]

    def go_on(self) -> None:
        """Something happens to an order of late, or time passes."""
        order, shop = self.one(self.orders[-2:]), self.one(self.shops)
        ask = {"commodity_order_id": order}
        item = ask | {"shop_id": shop}
        calls = [(self.helper, "alipay.open.servicemarket.order.accept", ask)] * 4
        calls += [(self.helper, ITEM + "complete", item)] * 4
        calls += [(self.wallet, "kaifang.market.item.confirm", item)] * 2
        calls += [
            (self.helper, "alipay.open.servicemarket.order.reject", ask | REASON),
            (self.wallet, "kaifang.market.order.cancel", ask),
            (self.wallet, "kaifang.market.item.refuse", item | REASON),
            (self.helper, ITEM + "cancel", item | REASON),
        ]
        if self.chance.below(12):
            caller, name, fields = self.one(calls)
            self.ask(caller, name, **fields)
        else:
            self.move((1 + self.chance.below(8)) * DAY)

    def check(self) -> None:
        """The money is where the states say."""
        paid = {row.id for row in self.do(lambda work: work.select(OrderRow, "hold <> ''"))}
        items = self.do(lambda work: work.select(ItemRow))
        waiting = [one for one in items if one.ordered in paid and not ServiceItem.states[one.state].final]
        done = [one for one in items if one.state == ServiceItem.DONE.name]
        assert self.has("coffee", "held") == PRICE * len(waiting)
        assert self.has("helper") - self.start == PRICE * len(done)
        assert self.has("coffee") == 100_000 - PRICE * (len(waiting) + len(done))


@pytest.mark.parametrize("seed", range(4))
def test_money_is_where_the_states_say(seed: int) -> None:
    """Whatever happens in whatever order."""
    market = Market(seed)
    for _ in range(120):
        if not market.orders or not market.chance.below(5):
            market.place()
        else:
            market.go_on()
        market.check()
    market.move(60 * DAY)
    market.check()
    assert market.has("coffee", "held") == 0 and market.has("helper") > market.start
    with market.platform.store.engine.reading():
        assert verify(market.platform.store.engine).broken is None
    market.close()


def test_an_item_is_paid_or_given_back_once() -> None:
    """Confirmed twice and given up, all at once."""
    market = Market()
    order = ""
    while not (order.isdigit() and market.has("coffee", "held")):
        order = market.place()
    market.ask(market.helper, "alipay.open.servicemarket.order.accept", commodity_order_id=order)
    shop = market.do(lambda work: work.select(ItemRow, "ordered = ?", (order,), "id", 1))[0].entity
    item = {"commodity_order_id": order, "shop_id": shop}
    market.ask(market.helper, ITEM + "complete", **item)
    confirm = (market.wallet, "kaifang.market.item.confirm", item)
    answers = market.race(confirm, (market.helper, ITEM + "cancel", item | REASON), confirm)
    assert sorted(one for one in answers if isinstance(one, str)) == ["ITEM_STATUS_NOT_ALLOW"] * 2
    market.check()
    market.close()


@pytest.mark.parametrize("text", ["merchant\na\0b\n", "merchant\n" + "a" * 200_000 + "\n"])
def test_a_file_of_merchants_that_no_database_keeps_is_refused(text: str) -> None:
    """A zero in it, or a novel in one field: the provider hears that it cannot be read."""
    world = Market()
    helper = Caller(role="isv", app=world.helper.app, auth_app=world.helper.app, merchant=world.helper.merchant)
    world.ask(HOUSE, "kaifang.market.solution.set", solution_code="S", title="s")
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("a.csv", text)
    ask = {"file_content": archive.getvalue(), "biz_code": "solution"}
    file = world.ask(helper, "alipay.open.file.upload", **ask).file_id
    told = {"out_batch_no": "b", "solution_code": "S", "file_info": [{"file_id": file}]}
    assert world.ask(helper, "alipay.merchant.solution.batch.submit", **told) == "FILE_CONTENT_ERROR"
    world.close()
