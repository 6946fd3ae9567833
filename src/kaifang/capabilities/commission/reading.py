"""Reading the outbox once a day: what was paid, settled and given back becomes deals that commissions are due of.

Nothing is heard while people pay: a payment costs the same whether or not anybody takes a commission.
"""

from collections import defaultdict
from collections.abc import Sequence
from fractions import Fraction
from typing import Any

import msgspec

from kaifang.kernel import Happening, Money, Work, daily, timer, total
from kaifang.kernel.clock import day_start
from kaifang.kernel.events import Event
from kaifang.kernel.outbox import read_on

from .tables import CommissionRow, DealRow, Terms

NAMES = ("trade.pay", "trade.refund", "settlement.settle")
WIDTH = {"GOODS": 0, "SHOP": 1, "MERCHANT": 2}  # the narrowest that fits is the one that counts

Facts = dict[str, Any]
Rules = dict[str, list[CommissionRow]]  # merchant -> all commissions there ever were


@daily("commission.read", at="00:30")
def read_daily(work: Work, happening: Happening) -> None:
    """Read what happened until midnight, then settle what is due."""
    go_on(work, happening)


@timer("commission.read_on")
def go_on(work: Work, happening: Happening) -> None:
    """Read a page; go on reading, or begin to settle."""
    if read_on(work, "commission", NAMES, take, day_start(work.now)):
        work.later(work.now, "commission.read_on", "")
        return
    due = 'id in (select commission from "commission_deal" where "open" = 1)'
    for commission in work.select(CommissionRow, due, order="id"):
        work.later(work.now, "commission.settle", commission.id, after="")


def take(work: Work, events: Sequence[Event]) -> None:
    """Keep what of it commissions are due of."""
    told = [(event, msgspec.json.decode(event.facts)) for event in events]
    rules = rules_of(work, {facts["seller"] for _, facts in told})
    for event, facts in told:
        for rule in rules[facts["seller"]]:
            note(work, rule, event, facts)
        if event.name == "trade.pay":
            begin(work, rules[facts["seller"]], event, facts)


def rules_of(work: Work, sellers: set[str]) -> Rules:
    """The commissions of these merchants."""
    found: Rules = defaultdict(list)
    if sellers:
        where = f"merchant in ({', '.join('?' * len(sellers))})"
        for row in work.select(CommissionRow, where, sorted(sellers), "id"):
            found[row.merchant].append(row)
    return found


def begin(work: Work, rules: list[CommissionRow], event: Event, facts: Facts) -> None:
    """A trade was paid: each provider who brought it gets what was agreed on, by the narrowest target that fits."""
    fitting: dict[str, list[tuple[int, CommissionRow, Terms, Money]]] = defaultdict(list)
    for rule in rules:
        terms = next((one for one in rule.terms if one.since <= event.at < one.until), None)
        if terms is not None and brought(rule, facts) and (base := base_of(work, rule, event.subject, facts)):
            fitting[rule.provider].append((WIDTH[rule.target_type], rule, terms, base))
    for found in fitting.values():
        narrowest = min(width for width, *_ in found)
        for width, rule, terms, base in found:
            if width == narrowest and work.find(DealRow, commission=rule.id, trade=event.subject) is None:
                paid = moved(facts)
                work.add(
                    DealRow(
                        commission=rule.id, trade=event.subject, total=paid, base=base,
                        rates={one.party: one.rate for one in terms.receivers},
                        released=Money(0) if facts.get("settle_days") else paid,
                    )
                )  # fmt: skip


def brought(rule: CommissionRow, facts: Facts) -> bool:
    """Whether a trade came by an application that counts, or names the provider."""
    return facts["app"] in (rule.app, rule.merchant_app or rule.app) or facts.get("provider") == rule.provider


def base_of(work: Work, rule: CommissionRow, trade_no: str, facts: Facts) -> Money:
    """What of a trade a commission is of; nothing if it is of something else."""
    paid = moved(facts)
    if rule.target_type == "MERCHANT":
        return paid
    if rule.target_type == "SHOP":
        return paid if facts.get("store_id") == rule.target_id else Money(0)
    goods = work.ask("kaifang.trade.find", trade_no=trade_no).goods or []
    price = total([one.price * one.quantity for one in goods if one.goods_id == rule.target_id])
    return min(paid, price.share(Fraction(paid.minor, Money.parse(facts["amount"]).minor)))


def moved(facts: Facts) -> Money:
    """What came to the merchant, or left it again: without what it let off by vouchers of its own."""
    return Money.parse(facts["amount"]) - Money.parse(facts.get("let_off") or "0")


def note(work: Work, rule: CommissionRow, event: Event, facts: Facts) -> None:
    """A trade that counts was given back in part, or came to the merchant in part."""
    if event.name == "trade.pay":
        return
    deal = work.find(DealRow, commission=rule.id, trade=event.subject)
    if deal is None:
        return
    if event.name == "trade.refund":
        deal.refunded += moved(facts)
    elif deal.released < deal.total:
        deal.released += Money.parse(facts["amount"])
    deal.open = True
