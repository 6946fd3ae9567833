"""What vouchers take off an order, one by one and together.

How they combine, said once: vouchers for certain goods come first, and no kind of goods is made cheaper twice; then at
most one for the whole order, whose floor is held against what is left by then; then at most one cash voucher. Of one
activity one is used at a time. Something is always left to pay. Of all lawful combinations the one that takes off most
is taken; of equals the one of fewer vouchers, then the one whose vouchers expire first, then that of lower numbers.
"""

import itertools
from collections.abc import Iterator

import msgspec

from kaifang.kernel import Money, rate, total

from .hours import is_time
from .parts import Scope
from .tables import ActivityRow, TermsRow, VoucherRow

FEN = Money(1)  # what is always left to pay
MOST = 6  # vouchers of a sort that are tried together: those that would take off most by themselves
SORTS = ("item", "whole", "cash")


class Wares(msgspec.Struct, frozen=True):
    """One kind of goods of an order."""

    goods_id: str
    price: Money  # each
    quantity: int

    @property
    def cost(self) -> Money:
        """All of them."""
        return self.price * self.quantity


class Basket(msgspec.Struct, frozen=True):
    """An order, as far as vouchers look at it."""

    seller: str  # user id
    store: str  # the seller's number of the shop
    app: str  # the app in which it is paid
    total: Money
    goods: tuple[Wares, ...]
    now: int
    trade: str  # trade_no
    out_trade_no: str


class Candidate(msgspec.Struct, frozen=True):
    """A voucher that could be used for an order, with all that is known of it."""

    voucher: VoucherRow
    activity: ActivityRow
    terms: TermsRow

    @property
    def sort(self) -> str:
        """For certain goods, for the whole order, or cash."""
        if self.activity.kind == "cash":
            return "cash"
        return "item" if self.named else "whole"

    @property
    def named(self) -> list[str]:
        """The goods that alone are made cheaper."""
        goods = self.terms.scope.voucher_available_goods_info if self.terms.scope is not None else None
        return (goods.available_goods_sku_ids or []) if goods is not None else []

    @property
    def excluded(self) -> list[str]:
        """The goods that are not made cheaper."""
        goods = self.terms.scope.voucher_available_goods_info if self.terms.scope is not None else None
        return (goods.exclude_goods_sku_ids or []) if goods is not None else []

    def wares(self, basket: Basket) -> list[Wares]:
        """The goods of an order that it is for."""
        named, excluded = self.named, self.excluded
        return [one for one in basket.goods if one.goods_id not in excluded and (not named or one.goods_id in named)]


Choice = list[tuple[Candidate, Money]]  # vouchers with what each takes off, in the order in which they do
So = tuple[Choice, Money]  # a combination, and what it leaves to pay


def fits(one: Candidate, basket: Basket) -> bool:
    """Whether a voucher may be used for an order at all: its state, time, place and goods."""
    scope, voucher = one.terms.scope, one.voucher
    if voucher.state != "SENDED" or not is_time(voucher, one.terms.rule, basket.now):
        return False
    if voucher.trade not in ("", basket.trade, basket.out_trade_no):
        return False
    sellers = sellers_of(scope)
    if not sellers and one.activity.kind != "cash":  # cash is cash with everybody, unless it is said with whom
        sellers = [one.activity.merchant]
    if sellers and basket.seller not in sellers:
        return False
    apps = scope.voucher_available_app_info if scope is not None else None
    if apps is not None and apps.available_app_ids and basket.app not in apps.available_app_ids:
        return False
    shops = shops_of(one.terms)
    return (not shops or basket.store in shops) and (not one.named or bool(one.wares(basket)))


def sellers_of(scope: Scope | None) -> list[str]:
    """The merchants that an activity names to take its vouchers."""
    accounts = scope.voucher_available_account_info if scope is not None else None
    return (accounts.available_pids if accounts is not None else None) or []


def shops_of(terms: TermsRow) -> list[str]:
    """The shops in which alone a voucher can be used."""
    places = terms.scope.voucher_available_geography_scope_info if terms.scope is not None else None
    shops = places.available_geography_shop_info if places is not None else None
    return [*(shops.available_shop_ids or []), *(shops.available_real_shop_ids or [])] if shops is not None else []


class Offer(msgspec.Struct, frozen=True):
    """A voucher before an order; what of the order counts is worked out once, for combinations are many."""

    one: Candidate
    base: Money  # the part of the order that it is for
    floor: Money  # what that must come to at least
    dearest: Money | None  # what a piece costs, of certain goods
    goods: set[str]  # which these are

    def off(self, left: Money) -> Money:
        """What it takes off when this much of the order is left; nothing if that is below its floor."""
        base = min(self.base, left)
        if base < self.floor:
            return Money(0)
        return max(min(self.promised(base), base, left - FEN), Money(0))

    def promised(self, base: Money) -> Money:
        """What it takes off what it is for, by its kind."""
        deduct, piece = self.one.terms.deduct, self.dearest or base
        if deduct.discount_voucher_info is not None:
            off = base - base.share(rate(deduct.discount_voucher_info.discount) / 10)
            cap = deduct.discount_voucher_info.ceiling_amount
            return off if cap is None else min(off, cap)
        if deduct.special_voucher_info is not None:  # one piece, the dearest, at the special price
            return piece - min(deduct.special_voucher_info.special_amount, piece)
        if deduct.exchange_voucher_info is not None:  # one piece, the dearest, for nothing
            worth = deduct.exchange_voucher_info.amount
            return piece if worth is None else min(worth, piece)
        assert deduct.fix_voucher_info is not None, f"activity {self.one.activity.id} takes nothing off"
        return self.one.voucher.face or deduct.fix_voucher_info.amount


def offer(one: Candidate, basket: Basket) -> Offer:
    """A voucher before an order."""
    if one.named:
        wares = one.wares(basket)
        base, dearest = total([each.cost for each in wares]), max(each.price for each in wares)
        return Offer(one, base, floor_of(one), dearest, {each.goods_id for each in wares})
    excluded = one.excluded
    apart = total([each.cost for each in basket.goods if each.goods_id in excluded])
    return Offer(one, basket.total - min(apart, basket.total), floor_of(one), None, set())


def floor_of(one: Candidate) -> Money:
    """What an order must come to at least."""
    deduct = one.terms.deduct
    rule = (
        deduct.fix_voucher_info or deduct.discount_voucher_info
        or deduct.special_voucher_info or deduct.exchange_voucher_info
    )  # fmt: skip
    return (rule.floor_amount if rule is not None else None) or Money(0)


def best(candidates: list[Candidate], basket: Basket) -> Choice:
    """The best lawful combination."""
    sorts = {sort: promising([one for one in candidates if one.sort == sort], basket) for sort in SORTS}
    found = list(lawful(sorts, basket))
    least = min(left for _, left in found)
    return max((choice for choice, left in found if left == least), key=rank)


def promising(candidates: list[Candidate], basket: Basket) -> list[Offer]:
    """The worthiest of each activity, of equals the first to expire; of these those that would take off most alone."""

    def order(one: Candidate) -> tuple[Money, int, str]:
        return -min(one.voucher.face, basket.total), one.voucher.ends, one.voucher.id

    first: dict[str, Offer] = {}
    for one in sorted(candidates, key=order):
        if one.activity.id not in first:
            first[one.activity.id] = offer(one, basket)
    return sorted(first.values(), key=lambda each: -each.off(basket.total).minor)[:MOST]


def lawful(sorts: dict[str, list[Offer]], basket: Basket) -> Iterator[So]:
    """All lawful combinations, with what each leaves to pay; the one of no voucher first."""
    for items in disjoint(sorts["item"]):
        so: So | None = ([], basket.total)
        for item in items:
            so = so and added(so, item)
        for whole in [None, *sorts["whole"]] if so else ():
            with_whole = added(so, whole)
            for cash in [None, *sorts["cash"]] if with_whole else ():
                if (with_cash := added(with_whole, cash)) is not None:
                    yield with_cash


def added(so: So, more: Offer | None) -> So | None:
    """A combination with one more voucher, if there is one; None if that one cannot be used then."""
    choice, left = so
    if more is None:
        return so
    off = more.off(left)
    return ([*choice, (more.one, off)], left - off) if off else None


def disjoint(items: list[Offer]) -> Iterator[list[Offer]]:
    """All sets of vouchers for certain goods that make no goods cheaper twice."""
    for count in range(len(items) + 1):
        for some in itertools.combinations(items, count):
            together = [item.goods for item in some]
            if len(set().union(*together)) == sum(map(len, together)):
                yield list(some)


def rank(choice: Choice) -> tuple[int, list[int], list[int]]:
    """Of those that take off the same, fewer vouchers are better, then the first to expire, then the lowest numbers."""
    ends = sorted(one.voucher.ends for one, _ in choice)
    ids = sorted(int(one.voucher.id) for one, _ in choice)
    return -len(choice), [-end for end in ends], [-number for number in ids]
