"""A walk through a small world of vouchers: what is given, taken off, paid for and given back always adds up."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from tests.visit import Visit

from kaifang.kernel import DAY, HOUR, Account, Caller, Moment, Money, Purse, Work
from kaifang.kernel.clock import day_start
from kaifang.kernel.verify import verify

from . import hands, person
from .funding import most_for
from .states import Voucher
from .tables import ActivityRow, HolderRow, Holding, TermsRow, UseRow, VoucherRow

HOUSE = Caller(role="operator")
SMALL = settings(max_examples=30, stateful_step_count=30, deadline=None, suppress_health_check=list(HealthCheck))
PEOPLE = st.sampled_from(["anna", "bo"])
FEN = st.integers(1, 9)
DEDUCTS: list[dict[str, Any]] = [
    {"voucher_type": "FIX_VOUCHER", "fix_voucher_info": {"amount": "0.03", "floor_amount": "0.05"}},
    {"voucher_type": "FIX_VOUCHER", "fix_voucher_info": {"amount": "0.07"}},
    {"voucher_type": "DISCOUNT_VOUCHER", "discount_voucher_info": {"discount": "7", "ceiling_amount": "0.02"}},
    {"voucher_type": "EXCHANGE_VOUCHER", "exchange_voucher_info": {"amount": "0.02"}},
    {"voucher_type": "SPECIAL_VOUCHER", "special_voucher_info": {"special_amount": "0.04"}},
]
LIMITS: list[dict[str, Any]] = [
    {}, {"quantity_limit_per_user": 1, "quantity_limit_per_user_period_type": "DAY"}, {"voucher_max_use_times": 2},
    {"voucher_max_use_times": 3, "quantity_limit_per_user": 2, "quantity_limit_per_user_period_type": "LIFE_CYCLE"},
]  # fmt: skip
OFFER: dict[str, Any] = {
    "deduct": st.sampled_from(DEDUCTS), "quantity": st.integers(1, 3), "ahead": st.booleans(), "goods": st.booleans(),
    "relative": st.booleans(), "limits": st.sampled_from(LIMITS), "by_day": st.sampled_from([1, 2, 9]),
}  # fmt: skip
FIRST = OFFER | {"quantity": st.just(3), "relative": st.just(False), "by_day": st.just(9)}


class Shop(Visit):
    """A shop, its till, and two people with money enough."""

    def __init__(self) -> None:
        super().__init__()
        self.coffee, self.till = self.known["coffee"], self.app("coffee")
        self.ask(HOUSE, "kaifang.fund.bank.remit", bank_code="CMB", user_id=self.known["house"], amount="10.00")
        self.count = 0

    def next(self) -> str:
        """A number never used before."""
        self.count += 1
        return f"n{self.count}"

    def activity(self, offer: dict[str, Any]) -> str:
        """Draw up an activity of the shop's that lasts two days."""
        end = str(Moment(self.now + 2 * DAY))
        time: dict[str, Any] = {"period_type": "RELATIVE", "relative_period_info": {"valid_days_after_receive": 1}}
        if not offer["relative"]:
            period = {"valid_begin_time": str(Moment(self.now)), "valid_end_time": str(Moment(self.now + 3 * DAY))}
            time = {"period_type": "ABSOLUTE", "absolute_period_info": period}
        scope = {"voucher_available_goods_info": {"available_goods_sku_ids": ["tea"]}} if offer["goods"] else {}
        send = {
            "quantity": offer["quantity"], "publish_end_time": end, "quantity_limit_per_user": 2,
            "max_quantity_by_day": offer["by_day"],
        }  # fmt: skip
        return str(
            self.ask(
                self.till, "alipay.marketing.activity.voucher.create", out_biz_no=self.next(),
                voucher_deduct_info=offer["deduct"], voucher_available_scope_info=scope,
                voucher_send_mode_info={"delivery_channel_list": ["PREFER_CHANNEL"], "voucher_send_rule_info": send},
                voucher_use_rule_info={"voucher_use_time_info": time, **offer["limits"]},
                voucher_budget_supply_info={"budget_type": "RECHARGE" if offer["ahead"] else "NO_CASH"},
            ).activity_id
        )  # fmt: skip

    def pay(self, user: str, total: int, tea: int, **more: Any) -> Any:
        """Let somebody pay at the till."""
        code = self.ask(self.app("wallet", user), "kaifang.fund.code.create").auth_code
        goods = [{"goods_id": "tea", "goods_name": "茶", "price": Money(tea), "quantity": 1}] if tea else []
        return self.ask(
            self.till, "alipay.trade.pay", out_trade_no=self.next(), auth_code=code, total_amount=Money(total),
            subject="茶", goods_detail=goods, **more,
        )  # fmt: skip

    def balance(self, name: str) -> int:
        """What somebody has, in fen."""
        return self.platform.read(lambda work: work.balance(Purse(self.known[name]))).minor


def terms_of(work: Work, number: str) -> TermsRow:
    """What an activity promises."""
    terms = work.find(TermsRow, id=number)
    assert terms is not None
    return terms


class Vouchers(RuleBasedStateMachine):
    """Activities of every kind, claims, payments and refunds in parts, in any order, while time passes."""

    def __init__(self) -> None:
        super().__init__()
        self.shop = Shop()
        self.activities = list[str]()
        self.trades = dict[str, dict[str, int]]()

    @initialize(offers=st.lists(st.fixed_dictionaries(FIRST), min_size=3, max_size=3))
    def open(self, offers: list[dict[str, Any]]) -> None:
        """Three activities are there from the beginning, and both people took of each."""
        for offer in offers:
            self.begin(offer, percent=0)
        for which in range(len(self.activities)):
            self.claim("anna", which)
            self.claim("bo", which)

    @rule(offer=st.fixed_dictionaries(OFFER), percent=st.sampled_from([0, 30, 70, 100]))
    def begin(self, offer: dict[str, Any], percent: int) -> None:
        """The shop publishes an activity, alone or with the platform; some are refused, and then nothing is there."""
        special = offer["deduct"]["voucher_type"] == "SPECIAL_VOUCHER"
        if len(self.activities) == 5 or (special and offer["ahead"]):
            return
        number = self.shop.activity(offer)
        if percent:
            joined = {"activity_id": number, "percent": percent, "payer": self.shop.known["house"]}
            answer = self.shop.ask(HOUSE, "kaifang.voucher.sponsor", **joined)
            assert (answer == "BIZ_ERROR") == special
        published = self.shop.ask(
            self.shop.till, "alipay.marketing.activity.voucher.publish", activity_id=number, out_biz_no=self.shop.next()
        )
        assert published != "BIZ_ERROR"
        self.activities.append(number)

    @precondition(lambda self: self.activities)
    @rule(which=st.integers(0, 4))
    def append(self, which: int) -> None:
        """The shop appends one; not to what the platform joined."""
        number = self.activities[which % len(self.activities)]
        row, terms = self.shop.platform.read(lambda work: (work.find(ActivityRow, id=number), terms_of(work, number)))
        answer = self.shop.ask(
            self.shop.till, "alipay.marketing.activity.voucher.append", activity_id=number, out_biz_no=self.shop.next(),
            voucher_quantity=row.quantity + 1,
        )  # fmt: skip
        if any(funder.platform for funder in terms.funders):
            assert answer == "BIZ_ERROR"
        elif row.state == "ACTIVE":
            assert answer.recharge_url is None

    @precondition(lambda self: self.activities)
    @rule(user=PEOPLE, which=st.integers(0, 4))
    def claim(self, user: str, which: int) -> None:
        """Somebody takes a voucher: it is there, or the refusal says truly why not."""
        number = self.activities[which % len(self.activities)]
        row, left, mine, today = self.shop.platform.read(lambda work: self.look(work, number, self.shop.known[user]))
        answer = self.shop.ask(self.shop.app("wallet", user), "kaifang.voucher.claim", activity_id=number)
        if row.state == "STOPPED":
            assert answer == "ACTIVITY_IS_STOPED"
        elif row.end <= self.shop.now:
            assert answer == "ACTIVITY_IS_END"
        elif mine >= 2 or today >= row.per_day:
            assert answer == "COUNT_OVER_LIMIT"
        elif left == 0:
            assert answer == "BUDGET_NOT_ENOUGH"
        else:
            assert answer.activity_id == number

    def look(self, work: Work, number: str, user: str) -> tuple[ActivityRow, int, int, int]:
        """An activity, what is left of it, how many somebody ever had, and how many were given today."""
        row = work.find(ActivityRow, id=number)
        assert row is not None
        mine = work.count(VoucherRow, 'activity = ? and "user" = ?', (number, user))
        today = work.count(VoucherRow, "activity = ? and created >= ?", (number, day_start(work.now)))
        return row, work.balance(row.stock, row.asset).minor, mine, today

    @rule(user=PEOPLE, total=FEN, tea=st.integers(0, 6), guaranteed=st.booleans())
    def pay(self, user: str, total: int, tea: int, guaranteed: bool) -> None:
        """Somebody pays: all parts sum to the total, and everybody pays his own."""
        more = {"settle_info": {"settle_period_time": "1d"}} if guaranteed else {}
        before = self.shop.balance(user)
        paid = self.shop.pay(user, total, tea, **more)
        details = paid.voucher_detail_list or []
        assert sum((one.amount.minor for one in details), paid.buyer_pay_amount.minor) == total
        assert all(one.amount == one.merchant_contribute + one.other_contribute for one in details)
        assert sum(bill.amount.minor for bill in paid.fund_bill_list) == total
        assert before - self.shop.balance(user) == paid.buyer_pay_amount.minor >= 1
        self.trades[paid.trade_no] = {"left": total, "paid": paid.buyer_pay_amount.minor, "total": total, "back": 0}

    @precondition(lambda self: any(one["left"] for one in self.trades.values()))
    @rule(which=st.integers(0, 9), fen=FEN, whole=st.booleans())
    def refund(self, which: int, fen: int, whole: bool) -> None:
        """The shop gives back a part: the buyer never gets more than his own, and with the last all of it."""
        open_trades = [number for number, one in self.trades.items() if one["left"]]
        number = open_trades[which % len(open_trades)]
        trade = self.trades[number]
        fen = trade["left"] if whole else min(fen, trade["left"])
        answer = self.shop.ask(
            self.shop.till, "alipay.trade.refund", trade_no=number, refund_amount=Money(fen),
            out_request_no=self.shop.next(),
        )  # fmt: skip
        buyer = answer.present_refund_buyer_amount
        trade["left"] -= fen
        trade["back"] += fen if buyer is None else buyer.minor
        due = trade["paid"] * (trade["total"] - trade["left"]) / trade["total"]
        assert abs(trade["back"] - due) <= 2 and trade["back"] <= trade["paid"]
        assert trade["left"] or trade["back"] == trade["paid"]

    @precondition(lambda self: self.activities)
    @rule(which=st.integers(0, 4))
    def stop(self, which: int) -> None:
        """The shop stops an activity."""
        number = self.activities[which % len(self.activities)]
        self.shop.ask(
            self.shop.till, "alipay.marketing.activity.voucher.stop", activity_id=number, out_biz_no=self.shop.next()
        )

    @rule(hours=st.sampled_from([1, 7, 20]))
    def wait(self, hours: int) -> None:
        """Time passes, and does what is due."""
        self.shop.move(hours * HOUR)

    @invariant()
    def everything_adds_up(self) -> None:
        """The books balance, nobody has what was never given, and every budget covers what may still be used."""
        self.shop.platform.read(self.check)
        engine = self.shop.platform.store.engine
        with engine.reading():
            assert verify(engine).broken is None

    def check(self, work: Work) -> None:
        """Hold the rows against the journal."""
        for row in work.select(ActivityRow):
            vouchers = work.select(VoucherRow, "activity = ?", (row.id,))
            had = len(vouchers)
            stock, retired = (work.balance(purse, row.asset).minor for purse in (row.stock, row.retired))
            assert had + stock + retired == row.quantity and stock >= 0
            by_state = {state: sum(one.state == state for one in vouchers) for state in Voucher.states}
            assert work.balance(row.used, row.asset).minor == by_state["USED"]
            assert work.balance(row.over, row.asset).minor == by_state["EXPIRED"] + by_state["INVALID"]
            live = [one for one in vouchers if one.state == "SENDED"]
            terms = terms_of(work, row.id)
            uses = sum(row.times - one.used_times for one in live) + row.times * stock
            for funder in [one for one in terms.funders if one.ahead]:
                aside = work.balance(row.budget(funder.party))
                assert aside >= most_for(funder, row) * uses, "a voucher would not be paid for"
            self.check_uses(work, row, terms)
            for user in {one.user for one in live}:
                holder = work.find(HolderRow, id=user)
                assert holder is not None
                held = {one.id for one in holder.held if one.activity == row.id}
                assert held == {one.id for one in live if one.user == user}
                assert work.balance(Purse(user, "voucher"), row.asset).minor == len(held)

    def check_uses(self, work: Work, row: ActivityRow, terms: TermsRow) -> None:
        """Nobody used more in a period than a person may, nor any voucher oftener than it is good for."""
        vouchers = {one.id: one for one in work.select(VoucherRow, "activity = ?", (row.id,))}
        uses = work.select(UseRow, "activity = ?", (row.id,))
        assert terms.rule is not None
        most = terms.rule.quantity_limit_per_user
        for count in Counter((vouchers[one.voucher].user, one.period) for one in uses).values():
            assert not most or count <= most
        for number, count in Counter(one.voucher for one in uses).items():
            assert count <= vouchers[number].used_times <= row.times

    def teardown(self) -> None:
        """When everything is over, every budget is empty: its money went back to whom it came from, or was spent."""
        self.shop.move(5 * DAY)
        for account in self.shop.platform.read(lambda work: work.select(Account, "purpose like 'budget:%'")):
            assert account.balance == 0, account
        self.shop.close()


TestVouchers = Vouchers.TestCase
TestVouchers.settings = SMALL


def test_nobodys_many_activities_hide_the_others(monkeypatch: pytest.MonkeyPatch) -> None:
    """A page after a payment looks at so many vouchers around: a neighbour could have as many of its own."""
    monkeypatch.setattr(person, "MOST", 4)
    shop, send = Shop(), {"quantity": 9, "publish_end_time": "2026-10-25"}
    draft = {
        "voucher_deduct_info": {"fix_voucher_info": {"amount": "1.00"}},
        "voucher_use_rule_info": {"voucher_use_time_info": {
            "period_type": "RELATIVE", "relative_period_info": {"valid_days_after_receive": 9}}},
    }  # fmt: skip
    for merchant, count in (("coffee", 6), ("books", 1)):
        for number in range(count):
            mode = {"delivery_channel_list": ["PREFER_CHANNEL"], "voucher_send_rule_info": send}
            ask = {"out_biz_no": f"a{number}", "voucher_send_mode_info": mode} | draft
            made = shop.ask(shop.app(merchant), "alipay.marketing.activity.voucher.create", **ask).activity_id
            publish = {"activity_id": made, "out_biz_no": f"p{number}"}
            shop.ask(shop.app(merchant), "alipay.marketing.activity.voucher.publish", **publish)
    merchants = [shop.known["coffee"], shop.known["books"]]
    found = shop.platform.read(lambda work: work.ask("kaifang.voucher.claimable", merchants=merchants)).activities
    assert Counter(one.merchant for one in found) == {merchants[0]: 2, merchants[1]: 1}
    shop.close()


def test_no_merchant_fills_a_persons_pocket() -> None:
    """Vouchers are given unasked: who gave five hundred would keep all others out, and slow each payment down."""
    shop = Shop()
    drawn_up = shop.activity({"deduct": DEDUCTS[1], "quantity": 200, "ahead": False, "goods": False, "relative": False,
                              "limits": {}, "by_day": 999})  # fmt: skip
    shop.ask(shop.till, "alipay.marketing.activity.voucher.publish", activity_id=drawn_up, out_biz_no="p")
    method, anna = "kaifang.voucher.give", shop.known["anna"]

    def fill(work: Work) -> None:
        row = work.find(HolderRow, id=anna) or work.add(HolderRow(id=anna))
        one = {"activity": drawn_up, "ends": shop.now + DAY}
        row.held = [Holding(id=f"{n}", merchant=shop.coffee, **one) for n in range(100)]

    shop.platform.do(fill, HOUSE)
    assert shop.ask(Caller(role="inside"), method, activity_id=drawn_up, user=anna, out_no="x") == "USER_NOT_ALLOWED"
    books = shop.platform.do(lambda work: hands.check_room(work.find(HolderRow, id=anna), shop.known["books"]), HOUSE)
    assert books is None, "there is room for others"
    shop.close()
