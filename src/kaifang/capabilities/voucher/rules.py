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


def fits(one: Candidate, basket: Basket) -> bool:
    """Whether a voucher may be used for an order at all: its state, time, place and goods."""
    scope, voucher = one.terms.scope, one.voucher
    if voucher.state != "SENDED" or not is_time(voucher, one.terms.rule, basket.now):
        return False
    if voucher.trade not in ("", basket.trade, basket.out_trade_no):
        return False
    accounts = scope.voucher_available_account_info if scope is not None else None
    sellers = accounts.available_pids if accounts is not None else None
    if not sellers and one.activity.kind != "cash":  # cash is cash with everybody, unless it is said with whom
        sellers = [one.activity.merchant]
    if sellers and basket.seller not in sellers:
        return False
    apps = scope.voucher_available_app_info if scope is not None else None
    if apps is not None and apps.available_app_ids and basket.app not in apps.available_app_ids:
        return False
    shops = shops_of(one.terms)
    return (not shops or basket.store in shops) and (not one.named or bool(one.wares(basket)))


def shops_of(terms: TermsRow) -> list[str]:
    """The shops in which alone a voucher can be used."""
    places = terms.scope.voucher_available_geography_scope_info if terms.scope is not None else None
    shops = places.available_geography_shop_info if places is not None else None
    return [*(shops.available_shop_ids or []), *(shops.available_real_shop_ids or [])] if shops is not None else []


def taken_off(one: Candidate, basket: Basket, left: Money) -> Money:
    """What a voucher takes off, of an order of which this much is left; nothing if it is below its floor."""
    base = min(base_of(one, basket), left)
    floor = floor_of(one)
    if base < floor:
        return Money(0)
    return max(min(rule_of(one, basket, base), base, left - FEN), Money(0))


def base_of(one: Candidate, basket: Basket) -> Money:
    """The part of an order that a voucher is for."""
    if one.named:
        return total([wares.cost for wares in one.wares(basket)])
    excluded = one.excluded
    return basket.total - min(total([each.cost for each in basket.goods if each.goods_id in excluded]), basket.total)


def floor_of(one: Candidate) -> Money:
    """What an order must come to at least."""
    deduct = one.terms.deduct
    rule = (
        deduct.fix_voucher_info or deduct.discount_voucher_info
        or deduct.special_voucher_info or deduct.exchange_voucher_info
    )  # fmt: skip
    return (rule.floor_amount if rule is not None else None) or Money(0)


def rule_of(one: Candidate, basket: Basket, base: Money) -> Money:
    """What a voucher takes off what it is for, by its kind."""
    deduct, first = one.terms.deduct, max((wares.price for wares in one.wares(basket)), default=base)
    if deduct.discount_voucher_info is not None:
        off = base - base.share(rate(deduct.discount_voucher_info.discount) / 10)
        cap = deduct.discount_voucher_info.ceiling_amount
        return off if cap is None else min(off, cap)
    if deduct.special_voucher_info is not None:  # one piece, the dearest, at the special price
        price = first if one.named else base
        return price - min(deduct.special_voucher_info.special_amount, price)
    if deduct.exchange_voucher_info is not None:  # one piece, the dearest, for nothing
        worth = deduct.exchange_voucher_info.amount
        piece = first if one.named else base
        return piece if worth is None else min(worth, piece)
    assert deduct.fix_voucher_info is not None, f"activity {one.activity.id} takes nothing off"
    return one.voucher.face or deduct.fix_voucher_info.amount


def best(candidates: list[Candidate], basket: Basket) -> Choice:
    """The best lawful combination."""
    sorts = {sort: promising([one for one in candidates if one.sort == sort], basket) for sort in SORTS}
    chosen: Choice = []
    for items in disjoint(sorts["item"], basket):
        for whole, cash in itertools.product([None, *sorts["whole"]], [None, *sorts["cash"]]):
            found = combined([*items, *([whole] if whole else []), *([cash] if cash else [])], basket)
            if rank(found) > rank(chosen):
                chosen = found
    return chosen


def promising(candidates: list[Candidate], basket: Basket) -> list[Candidate]:
    """The first to expire of each activity; of these the ones that would take off most by themselves."""
    first: dict[str, Candidate] = {}
    for one in sorted(candidates, key=lambda one: (one.voucher.ends, one.voucher.id)):
        first.setdefault(one.activity.id, one)
    off = {one.activity.id: taken_off(one, basket, basket.total).minor for one in first.values()}
    return sorted(first.values(), key=lambda one: -off[one.activity.id])[:MOST]


def disjoint(items: list[Candidate], basket: Basket) -> Iterator[list[Candidate]]:
    """All sets of vouchers for certain goods that make no goods cheaper twice."""
    goods = {one.activity.id: {wares.goods_id for wares in one.wares(basket)} for one in items}
    for count in range(len(items) + 1):
        for some in itertools.combinations(items, count):
            together = [goods[one.activity.id] for one in some]
            if len(set().union(*together)) == sum(map(len, together)):
                yield list(some)


def combined(candidates: list[Candidate], basket: Basket) -> Choice:
    """What these take off one after the other; nothing if one of them cannot be used then."""
    left, chosen = basket.total, []
    for one in candidates:
        off = taken_off(one, basket, left)
        if not off:
            return []
        chosen.append((one, off))
        left -= off
    return chosen


def rank(choice: Choice) -> tuple[int, int, list[int], list[int]]:
    """More off is better, then fewer vouchers, then the first to expire, then the lowest numbers."""
    ends = sorted(one.voucher.ends for one, _ in choice)
    ids = sorted(int(one.voucher.id) for one, _ in choice)
    return sum(off.minor for _, off in choice), -len(choice), [-end for end in ends], [-number for number in ids]
