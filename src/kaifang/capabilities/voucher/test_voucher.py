"""A walk through a small world of vouchers: what is given, taken off, paid for and given back always adds up."""

from __future__ import annotations

from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from tests.visit import Visit

from kaifang.kernel import DAY, HOUR, Account, Caller, Moment, Money, Purse, Work
from kaifang.kernel.verify import verify

from .funding import most_for
from .states import Voucher
from .tables import ActivityRow, HolderRow, TermsRow, VoucherRow

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
KINDS = st.tuples(st.sampled_from(DEDUCTS), st.booleans(), st.booleans())


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

    def activity(self, deduct: dict[str, Any], quantity: int, ahead: bool, goods: bool, relative: bool) -> str:
        """Draw up an activity of the shop's that lasts two days."""
        end = str(Moment(self.now + 2 * DAY))
        time: dict[str, Any] = {"period_type": "RELATIVE", "relative_period_info": {"valid_days_after_receive": 1}}
        if not relative:
            period = {"valid_begin_time": str(Moment(self.now)), "valid_end_time": str(Moment(self.now + 3 * DAY))}
            time = {"period_type": "ABSOLUTE", "absolute_period_info": period}
        scope = {"voucher_available_goods_info": {"available_goods_sku_ids": ["tea"]}} if goods else {}
        return str(
            self.ask(
                self.till, "alipay.marketing.activity.voucher.create", out_biz_no=self.next(),
                voucher_deduct_info=deduct, voucher_available_scope_info=scope,
                voucher_send_mode_info={
                    "voucher_send_rule_info": {
                        "quantity": quantity, "publish_end_time": end, "quantity_limit_per_user": 2,
                    },
                },
                voucher_use_rule_info={"voucher_use_time_info": time},
                voucher_budget_supply_info={"budget_type": "RECHARGE" if ahead else "NO_CASH"},
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


class Vouchers(RuleBasedStateMachine):
    """Activities of every kind, claims, payments and refunds in parts, in any order, while time passes."""

    def __init__(self) -> None:
        super().__init__()
        self.shop = Shop()
        self.activities = list[str]()
        self.trades = dict[str, dict[str, int]]()

    @initialize(
        kinds=st.lists(st.tuples(st.sampled_from(DEDUCTS), st.booleans(), st.booleans()), min_size=3, max_size=3)
    )
    def open(self, kinds: list[tuple[Any, bool, bool]]) -> None:
        """Three activities are there from the beginning, and both people took of each."""
        for deduct, ahead, goods in kinds:
            self.begin(deduct, 3, ahead, goods, relative=False, percent=0)
        for which in range(len(self.activities)):
            self.claim("anna", which)
            self.claim("bo", which)

    @rule(
        deduct=st.sampled_from(DEDUCTS), quantity=st.integers(1, 3), ahead=st.booleans(), goods=st.booleans(),
        relative=st.booleans(), percent=st.sampled_from([0, 0, 30, 100]),
    )  # fmt: skip
    def begin(self, deduct: Any, quantity: int, ahead: bool, goods: bool, relative: bool, percent: int) -> None:
        """The shop publishes an activity, alone or with the platform; some are refused, and then nothing is there."""
        special = deduct["voucher_type"] == "SPECIAL_VOUCHER"
        if len(self.activities) == 5 or (special and ahead):
            return
        number = self.shop.activity(deduct, quantity, ahead, goods, relative)
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
    @rule(user=PEOPLE, which=st.integers(0, 4))
    def claim(self, user: str, which: int) -> None:
        """Somebody takes a voucher: it is there, or the refusal says truly why not."""
        number = self.activities[which % len(self.activities)]
        row, left, mine = self.shop.platform.read(lambda work: self.look(work, number, self.shop.known[user]))
        answer = self.shop.ask(self.shop.app("wallet", user), "kaifang.voucher.claim", activity_id=number)
        if row.state == "STOPPED":
            assert answer == "ACTIVITY_IS_STOPED"
        elif row.end <= self.shop.now:
            assert answer == "ACTIVITY_IS_END"
        elif mine >= 2:
            assert answer == "COUNT_OVER_LIMIT"
        elif left == 0:
            assert answer == "BUDGET_NOT_ENOUGH"
        else:
            assert answer.activity_id == number

    def look(self, work: Work, number: str, user: str) -> tuple[ActivityRow, int, int]:
        """An activity, what is left of it, and how many somebody ever had."""
        row = work.find(ActivityRow, id=number)
        assert row is not None
        where = 'activity = ? and "user" = ?'
        return row, work.balance(row.stock, row.asset).minor, work.count(VoucherRow, where, (number, user))

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
            terms = work.find(TermsRow, id=row.id)
            assert terms is not None
            for funder in [one for one in terms.funders if one.ahead]:
                aside = work.balance(row.budget(funder.party))
                assert aside >= most_for(funder, row) * (len(live) + stock), "a voucher would not be paid for"
            for user in {one.user for one in live}:
                holder = work.find(HolderRow, id=user)
                assert holder is not None
                held = {one.id for one in holder.held if one.activity == row.id}
                assert held == {one.id for one in live if one.user == user}
                assert work.balance(Purse(user, "voucher"), row.asset).minor == len(held)

    def teardown(self) -> None:
        """When everything is over, every budget is empty: its money went back to whom it came from, or was spent."""
        self.shop.move(5 * DAY)
        for account in self.shop.platform.read(lambda work: work.select(Account, "purpose like 'budget:%'")):
            assert account.balance == 0, account
        self.shop.close()


TestVouchers = Vouchers.TestCase
TestVouchers.settings = SMALL
