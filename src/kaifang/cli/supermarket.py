"""`kaifang demo supermarket`: a supermarket's customer, from a slot to the till, her points, her five and her share."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from rich.console import Console

from kaifang.kernel import Money

from . import fair
from .buyer import Buyer
from .client import Client
from .demo import Merchant, Server, Steps, narrate
from .guests import Guests
from .home import Home, Problem
from .till import Sale, Till
from .world import prove

RECIPE = "supermarket_membership"
BASKET, LESS, POOL = "68.00", "8.00", "188.89"
SHARES = [str(part) for part in Money.parse(POOL).split(2)]  # two people have a set; who has the odd fen is chance
CARDS = [{"code": "1001", "name": "敬业福", "weight": 1}] + [
    {"code": code, "name": name, "weight": 250}
    for code, name in [("1002", "爱国福"), ("1003", "富强福"), ("1004", "和谐福"), ("1005", "友善福")]
]
PATIENCE_SECONDS = 60  # how long the demo waits for what a recipe does by itself
LOOK_SECONDS = 0.2
Answer = dict[str, Any]
Servers = Callable[[Home, str], Server]  # the server of an app of that home


class Supermarket:
    """The story, a chapter at a time."""

    def __init__(self, home: Home, console: Console, server: Servers = Merchant) -> None:
        self.run = f"{int(time.time()):x}"  # numbers and names of this run, so that it can be played again
        self.town, self.console = Guests(home), console
        self.town.person(f"lily-{self.run}", "莉莉", "500.00")
        self.town.merchant(f"oasis-{self.run}", "绿洲超市", "1000.00")
        self.lily, self.anna = Buyer(self.town, f"lily-{self.run}"), Buyer(self.town, "anna")
        self.oasis, self.helper = server(self.town, f"oasis-{self.run}"), server(self.town, "helper")
        self.coffee, self.books = server(self.town, "coffee"), server(self.town, "books")
        self.house = Client.of(self.town, "house")
        now = datetime.fromisoformat(self.house.call("kaifang.clock.read", {})["now"])
        self.today = now  # and the opening hour is behind a night, even if this begins just before midnight
        self.opens = (now + timedelta(days=1, hours=1)).replace(hour=22, minute=18, second=0)
        step = int(self.run, 16) % 10_000  # another corner each time, so that the last run's shop is not the nearest
        self.place = {"longitude": 120.15 + step % 100 / 5_000, "latitude": 30.24 + step // 100 / 5_000}

    def play(self) -> list[dict[str, str]]:
        """Play every chapter."""
        steps: Steps = [
            ("A service provider publishes a recipe", self.published),
            ("Oasis opens, and installs it", self.installed),
            ("Five blessings are announced", self.announced),
            ("Lily has her groceries delivered", self.delivered),
            ("She pays elsewhere nearby, and is offered Oasis's voucher", self.offered),
            ("She walks in, joins with one tap and pays with her face", self.walked_in),
            ("The recipe gives her points, and Oasis a card of the five", self.given),
            ("She completes her set", self.completed),
            ("At the opening hour the pool is split", self.opened),
            ("The merchant sees one funnel", self.counted),
            ("The service provider has its share", self.shared),
            ("The books balance", self.proved),
        ]
        return narrate(self.console, steps)

    def published(self) -> str:
        """What a service provider composed of capabilities."""
        told = self.helper.call("kaifang.recipe.publish", shipped="supermarket/membership")
        return f"{told['recipe']} {told['version']}: it asks for {len(told['permissions'])} permissions, and no code."

    def installed(self) -> str:
        """A shop, a card, a voucher; and the recipe, for which the merchant allows what it shows."""
        self.open_shop()
        self.template = self.oasis.call("alipay.marketing.card.template.create", **self.card())["template_id"]
        self.voucher = self.oasis.call("alipay.marketing.activity.voucher.create", **self.activity())["activity_id"]
        self.oasis.call("alipay.marketing.activity.voucher.publish", activity_id=self.voucher, out_biz_no=self.run)
        inputs = {"template": self.template, "until": str(self.opens), "welcome": "5.00", "floor": "100.00"}
        seen = self.oasis.call("kaifang.recipe.look", recipe=RECIPE, inputs=inputs)
        allowed = [one["call"] for one in seen["permissions"]]
        told = self.oasis.call("kaifang.recipe.install", recipe=RECIPE, inputs=inputs, permissions=allowed)
        self.installation = told["installation_id"]
        self.approve_placements()
        return (
            f"It saw what the recipe may do, and what it costs, {seen['costs'][0]['each']} for each new member; "
            f"it is installed as {self.installation}."
        )

    def open_shop(self) -> None:
        """A supermarket that never closes."""
        week = [{"week_day": day, "open_time": "00:00", "close_time": "24:00"} for day in range(1, 8)]
        address = {"province_code": "330000", "city_code": "330100", "district_code": "330106", "address": "北山街8号"}
        self.oasis.call(
            "ant.merchant.expand.shop.create", ip_role_id=self.oasis.pid, store_id="one", shop_name="绿洲超市北山店",
            shop_category="A0001_B0001", business_time=week,
            business_address=address | {name: f"{degrees:.6f}" for name, degrees in self.place.items()},
        )  # fmt: skip

    def card(self) -> Answer:
        """What the membership is; who joins has twenty points."""
        return {
            "request_id": self.run, "card_type": "OUT_MEMBER_CARD", "biz_no_suffix_len": "10",
            "write_off_type": "qrcode", "template_style_info": {"card_show_name": "绿洲会员", "brand_name": "绿洲超市"},
            "field_rule_list": [{"field_name": "Point", "rule_name": "CONST", "rule_value": "20"}],
        }  # fmt: skip

    def activity(self) -> Answer:
        """A voucher that can be claimed until the opening hour, once by each."""
        rule = {"quantity": 1000, "quantity_limit_per_user": 1, "publish_end_time": str(self.opens)}
        lasts = {"period_type": "RELATIVE", "relative_period_info": {"valid_days_after_receive": 7}}
        return {
            "out_biz_no": self.run, "activity_base_info": {"activity_name": "满30减8"},
            "voucher_deduct_info": {
                "voucher_type": "FIX_VOUCHER", "fix_voucher_info": {"amount": LESS, "floor_amount": "30.00"},
            },
            "voucher_send_mode_info": {"delivery_channel_list": ["PAYMENT_RESULT"], "voucher_send_rule_info": rule},
            "voucher_use_rule_info": {"voucher_use_time_info": lasts},
        }  # fmt: skip

    def approve_placements(self) -> None:
        """An operator looks at what the recipe placed in the slots, unless a rule approves it at once."""
        for one in self.house.call("kaifang.review.list", {"kind": "placement", "limit": 200})["reviews"]:
            if one["merchant"] == self.oasis.pid:
                self.house.call("kaifang.review.decide", {"review_id": one["review_id"], "approve": True})

    def announced(self) -> str:
        """The odds and the seed's commitment come first; Oasis pays the pool, and has cards to hand out."""
        start = self.now() + timedelta(minutes=1)
        told = self.house.call("kaifang.wufu.campaign.create", {
            "name": "集五福", "host": self.house.app["pid"], "start": str(start), "opens": str(self.opens),
            "kinds": CARDS, "daily": 0,
            "tasks": [{"code": "shop", "name": "到绿洲超市买一次菜", "by": self.oasis.pid, "chances": 2}],
        })  # fmt: skip
        self.wufu = told["campaign_id"]
        owner = Buyer(self.town, f"oasis-{self.run}")
        owner.pay(owner.ask("kaifang.wufu.pool.fund", campaign_id=self.wufu, amount=POOL, out_no=self.run)["path"])
        self.house.call("kaifang.clock.move", {"to": str(start)})
        self.hand_out(self.oasis, "1001", "绿洲超市送敬业福", "SLOT", 100)
        self.corners = {
            one["code"]: self.hand_out(self.books, one["code"], "书店有福", "SHOP_CODE", 4) for one in CARDS
        }
        return f"The pool holds {POOL}; the draws are bound to a seed whose hash is {told['commitment'][:16]}..."

    def hand_out(self, merchant: Server, kind: str, title: str, slot: str, count: int) -> str:
        """A place where a merchant hands out one kind of the cards."""
        quota = {"campaign_id": self.wufu, "merchant": merchant.pid, "count": count, "out_no": f"{self.run}-{kind}"}
        self.house.call("kaifang.wufu.quota.give", quota)
        told = merchant.call(
            "kaifang.wufu.handout.create", campaign_id=self.wufu, scene=f"{self.run}-{kind}", slot=slot, title=title,
            count=count, gives=kind, per_user=2,
        )  # fmt: skip
        return str(told["handout_id"])

    def delivered(self) -> str:
        """An order in the supermarket's own mini-program, whose money waits for the courier."""
        amount = "45.60"
        order = self.oasis.call(
            "alipay.trade.create", out_trade_no=f"{self.run}-home", buyer_id=self.lily.person["user_id"],
            total_amount=amount, subject="Groceries, to the door",
            goods_detail=[
                {"goods_id": "rice", "goods_name": "大米", "quantity": 1, "price": "29.60"},
                {"goods_id": "egg", "goods_name": "鸡蛋", "quantity": 2, "price": "8.00"},
            ],
            settle_info={"settle_detail_infos": [{"trans_in_type": "defaultSettle", "amount": amount}]},
        )  # fmt: skip
        self.lily.pay(order["trade_no"])
        self.lily.confirm(order["trade_no"])
        return f"Trade {order['trade_no']}: she paid {amount}, and Oasis has it since she confirmed the receipt."

    def offered(self) -> str:
        """A coffee next door, and the page after it."""
        paid = self.coffee.call(
            "alipay.trade.pay", out_trade_no=f"{self.run}-coffee", scene="bar_code", auth_code=self.lily.code(),
            total_amount="18.00", subject="Latte",
        )  # fmt: skip
        shown = self.shown(paid["trade_no"], "VOUCHER", self.voucher)
        self.exposure = shown["exposure"]
        self.lily.ask("kaifang.reach.click", exposure=self.exposure)
        self.lily.ask("kaifang.voucher.claim", activity_id=self.voucher, exposure=self.exposure)
        why = " and ".join(one["en"] for one in shown["why"])
        return f"After 18.00 at the coffee shop the page shows {shown['title']}: {why}. She claims it."

    def shown(self, trade_no: str, kind: str, offer: str = "") -> Answer:
        """What the page after a payment shows of Oasis."""
        page = self.lily.ask("kaifang.reach.success", trade_no=trade_no, **self.place)["shown"]
        for one in page:
            if (one["merchant"], one["offer"]["kind"]) == (self.oasis.pid, kind) and offer in ("", one["offer"]["id"]):
                return dict(one)
        raise Problem(f"the page after {trade_no} shows nothing of Oasis's that is a {kind}: {page}")

    def walked_in(self) -> str:
        """A face is all she shows."""
        till = Till(self.town, "FACE", f"oasis-{self.run}", say=self.screen)
        try:
            face = f"the face of {self.lily.person['user_id']}"
            self.lily.ask("kaifang.iot.face.enrol", face=face)
            zim = till.device.ask("zoloz.authentication.smilepay.initialize", ext_info={"biz_type": "7"})["zim_id"]
            seen = till.device.ask("kaifang.iot.face.capture", zim_id=zim, face=face)
            till.join(zim_id=zim)
            paid = till.sell(Sale(amount=BASKET, subject="Fruit and fish"), seen["ftoken"], "security_code")
        finally:
            till.close()
            till.device.path.unlink()  # the next run has another shop, and another till
        self.basket = paid["trade_no"]
        expect("what she paid", paid["buyer_pay_amount"], str(Money.parse(BASKET) - Money.parse(LESS)))
        return f"The till said hello to {seen['greeting']}; of {BASKET} the voucher paid {LESS}, her balance the rest."

    def screen(self, text: str) -> None:
        """What the till shows and says."""
        self.console.print(f"     {text}", style="dim", markup=False, highlight=False)

    def given(self) -> str:
        """What happens by itself."""
        points = self.wait_for("her points", self.points, "88")
        gifts = self.wait_for("the gift for new members", self.gifts, 1)
        shown = self.shown(self.basket, "WUFU")
        self.lily.ask("kaifang.reach.click", exposure=shown["exposure"])
        card = self.lily.ask("kaifang.wufu.take", handout_id=shown["offer"]["id"], exposure=shown["exposure"])
        return (
            f"{points} points, 20 for joining and one a yuan; {gifts} voucher for next time; and on the page after the "
            f"payment the scarce {card['name']}."
        )

    def points(self) -> str:
        """What stands on her card."""
        held = self.lily.ask("kaifang.card.held")["cards"]
        return next((str(one["points"]) for one in held if one["template"] == self.template), "no card")

    def gifts(self) -> int:
        """How many vouchers she has that can be used."""
        return len(self.lily.ask("kaifang.voucher.mine", voucher_status="SENDED")["vouchers"])

    def completed(self) -> str:
        """Two draws, what the bookshop hands out, and a friend's."""
        task = {"campaign_id": self.wufu, "task": "shop", "user_id": self.lily.person["user_id"], "out_no": self.basket}
        self.oasis.call("kaifang.wufu.task.report", **task)
        drawn = [
            self.lily.ask("kaifang.wufu.draw", campaign_id=self.wufu, out_no=number)["name"] for number in ("1", "2")
        ]
        self.anna_completes()
        mine = self.lily.ask("kaifang.wufu.mine", campaign_id=self.wufu)["cards"]
        *missing, last = [one["kind"] for one in mine if not one["count"]]
        for kind in missing:
            self.lily.ask("kaifang.wufu.take", handout_id=self.corners[kind])
        friend = self.lily.ask("kaifang.wufu.card.accept", handover_id=self.given_by_anna(last))["name"]
        self.lily.ask("kaifang.wufu.set.complete", campaign_id=self.wufu)
        return f"She drew {' and '.join(drawn)}, took {len(missing)} at the bookshop, and Anna gave her {friend}."

    def anna_completes(self) -> None:
        """A friend takes one of each at the bookshop."""
        for kind in self.corners:
            self.anna.ask("kaifang.wufu.take", handout_id=self.corners[kind])
        self.anna.ask("kaifang.wufu.set.complete", campaign_id=self.wufu)

    def given_by_anna(self, kind: str) -> str:
        """She takes one more, and gives it away; what is on its way to Lily."""
        self.anna.ask("kaifang.wufu.take", handout_id=self.corners[kind], out_no="for Lily")
        gift = self.anna.ask(
            "kaifang.wufu.card.give", campaign_id=self.wufu, kind=kind, friend=self.lily.person["user_id"],
            out_no=self.run,
        )  # fmt: skip
        return str(gift["handover_id"])

    def opened(self) -> str:
        """The clock moves to tomorrow evening."""
        before = Money.parse(self.lily.ask("kaifang.wallet.balance")["available"])
        self.house.call("kaifang.clock.move", {"to": str(self.opens + timedelta(seconds=10))})
        share = str(self.wait_for("her share", self.share, *SHARES))
        after = Money.parse(self.lily.ask("kaifang.wallet.balance")["available"])
        expect("what reached her balance", str(after - before), share)
        wrong = [what for good, what in fair.verify(fair.public(self.house.url, self.wufu)) if not good]
        expect("what is wrong with the draws and the split", wrong, [])
        return f"{POOL} for two sets: {share} of it is Lily's, and the seed, now told, gives the same draws and split."

    def share(self) -> str | None:
        """What she has of the pool."""
        found: str | None = self.lily.ask("kaifang.wufu.mine", campaign_id=self.wufu).get("share")
        return found

    def counted(self) -> str:
        """From the slot to the money."""
        days = {"begin_date": f"{self.today:%Y-%m-%d}", "end_date": f"{self.opens:%Y-%m-%d}"}
        told = self.oasis.call("kaifang.reach.funnel", **days)
        right = {"clicked": 2, "claimed": 2, "joined": 1, "used": 1, "orders": 1, "again": 1, "revenue": BASKET}
        expect("the funnel", {name: told["acquire"][name] for name in right}, right)
        chain = self.oasis.call("kaifang.reach.chain", exposure=self.exposure)
        expect("what the voucher's showing earned", chain["earned"], BASKET)
        links = " - ".join(step["what"] for step in chain["steps"])
        return (
            f"{told['acquire']['shown']} shown, 2 tapped, 2 taken, 1 joined, 1 used, 1 order of {BASKET} by somebody "
            f"who came back; of the voucher: shown - {links}."
        )

    def shared(self) -> str:
        """What the day's runs cost, paid in the night."""
        shares = self.helper.call("kaifang.recipe.share.list", page_size=100)["shares"]
        (mine,) = [one for one in shares if one["installation_id"] == self.installation]
        expect("the share", (mine["amount"], mine["runs"]), ("0.20", 1))
        if not mine.get("settled"):
            raise Problem(f"the share of {mine['day']} has not been paid")
        return f"{mine['amount']} for one new member, paid at {mine['settled']} as {mine['share_no']}."

    def proved(self) -> str:
        """What `kaifang verify` says."""
        proof = prove(self.town)
        if proof.broken is not None:
            raise Problem(f"the books are broken: {proof.broken}")
        return f"{proof.entries} entries are one whole chain, and every asset sums to zero."

    def now(self) -> datetime:
        """The platform's clock."""
        return datetime.fromisoformat(self.house.call("kaifang.clock.read", {})["now"])

    def wait_for(self, what: str, look: Callable[[], Any], *right: Any) -> Any:
        """Look until it is so."""
        until = time.monotonic() + PATIENCE_SECONDS
        while (found := look()) not in right and time.monotonic() < until:
            time.sleep(LOOK_SECONDS)
        if found not in right:
            raise Problem(f"{what}: {found}, not {' or '.join(map(str, right))}")
        return found


def expect(what: str, was: Any, right: Any) -> None:
    """Stop where the platform says something else than the story."""
    if was != right:
        raise Problem(f"{what}: the platform says {was}, the demo expected {right}")


def play(home: Home, quiet: bool = False) -> list[dict[str, str]]:
    """Play the scenario against the platform that runs from this home; what came of each step."""
    console = Console(quiet=quiet)
    story = Supermarket(home, console)
    said = story.play()
    console.print("\nMerchants and service provider called over HTTP with python-alipay-sdk, the till with its key.")
    console.print(f"Draws and split, checked by anybody: kaifang wufu verify {story.wufu}", soft_wrap=True)
    console.print(f"or in a browser: {story.house.url}/fair/{story.wufu}", soft_wrap=True)
    return said
