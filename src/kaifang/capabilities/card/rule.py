"""What members get: points for what they spend, levels they reach, what points are exchanged for, a welcome."""

from typing import Annotated

from msgspec import Meta

from kaifang.kernel import FOREVER, Key, Line, Money, Shape, Work, method, told_as
from kaifang.kernel.clock import day_start, local

from .begin import ahead
from .errors import CARD_TEMPLATE_NOT_EXIST, INVALID
from .find import own_template
from .numbers import read_points, write_points
from .tables import Exchange, RuleRow, Rung, TemplateRow
from .template import check_level, refuse_twice

Months = Annotated[int, Meta(ge=0, le=120)]
MOST_RULES = 50  # of a merchant: each of its trades is held against each
MOST_RATE, MOST_TIMES = 10_000_00, 100_00  # hundredths: what a night counts for all merchants must be countable


class RungAsked(Shape):
    """A level that is reached by spending."""

    level: Key  # one of the template's
    spent: Money  # yuan that have to be spent with the card
    times: Key = "1"  # so many times the points, 100 and two decimals at most


class ExchangeAsked(Shape):
    """Something that points are exchanged for."""

    key: Key  # your own name of it
    title: Line  # what people read
    points: Key  # how many it takes
    activity_id: Key | None = None  # a voucher of this activity; else you hand it over yourself


class Set(Shape):
    template_id: Key  # which template
    points_per_yuan: Key = "0"  # points for each yuan that is paid, 10,000 and two decimals at most
    point_months: Months = 0  # points expire at the end of the month, so many months later; 0: never
    levels: Annotated[list[RungAsked], Meta(max_length=20)] = []  # reached by spending
    exchanges: Annotated[list[ExchangeAsked], Meta(max_length=50)] = []  # what points are exchanged for


class Told(Set):
    pass


@method("kaifang.card.rule.set", raises=[INVALID, CARD_TEMPLATE_NOT_EXIST])
def set_rule(work: Work, ask: Set) -> Told:
    """Say what members of a template get from now on, in place of what they got."""
    template = own_template(work, ask.template_id, CARD_TEMPLATE_NOT_EXIST)
    rule = work.find(RuleRow, id=template.id)
    if rule is None:
        if work.count(RuleRow, "merchant = ?", (template.merchant,)) >= MOST_RULES:
            raise INVALID(field="template_id", reason=f"{MOST_RULES} templates of yours have rules, and no more can")
        rule = work.add(RuleRow(id=template.id, merchant=template.merchant, since=work.now))
    rule.rate, rule.months = read_up_to(MOST_RATE, ask.points_per_yuan, "points_per_yuan"), ask.point_months
    rule.ladder = sorted((rung(template, one) for one in ask.levels), key=lambda one: one.spent)
    rule.exchanges = [exchange(work, one) for one in ask.exchanges]
    refuse_twice("levels", [one.level for one in rule.ladder])
    refuse_twice("exchanges", [one.key for one in rule.exchanges])
    return told(rule)


def rung(template: TemplateRow, ask: RungAsked) -> Rung:
    """A level with what it takes and gives."""
    check_level(template, ask.level)
    return Rung(level=ask.level, spent=ask.spent.minor, times=read_up_to(MOST_TIMES, ask.times, "levels.times"))


def read_up_to(most: int, text: str, field: str) -> int:
    """Hundredths, no more than so many."""
    found = read_points(text, field)
    if found > most:
        raise INVALID(field=field, reason=f"{write_points(most)} at most")
    return found


def exchange(work: Work, ask: ExchangeAsked) -> Exchange:
    """Something that points are exchanged for; a voucher must be one of the merchant's own."""
    points = read_points(ask.points, "exchanges.points")
    if not points:
        raise INVALID(field="exchanges.points", reason="above zero")
    if ask.activity_id is not None:
        with told_as({"ACTIVITY_NOT_EXIST": INVALID}):
            work.ask("alipay.marketing.activity.query", activity_id=ask.activity_id)
    return Exchange(key=ask.key, title=ask.title, points=points, activity=ask.activity_id or "")


def told(rule: RuleRow) -> Told:
    """What members of a template get."""
    return Told(
        template_id=rule.id, points_per_yuan=write_points(rule.rate), point_months=rule.months,
        levels=[
            RungAsked(level=one.level, spent=Money(one.spent), times=write_points(one.times)) for one in rule.ladder
        ],
        exchanges=[
            ExchangeAsked(
                key=one.key, title=one.title, points=write_points(one.points), activity_id=one.activity or None
            )
            for one in rule.exchanges
        ],
    )  # fmt: skip


class Which(Shape):
    template_id: Key  # which template


@method("kaifang.card.rule.query", reads=True)
def query_rule(work: Work, ask: Which) -> Told:
    """Ask what members of a template get; everybody may know."""
    return told(rule_of(work, ask.template_id) or RuleRow(id=ask.template_id, merchant="", since=0))


def rule_of(work: Work, template: str) -> RuleRow | None:
    """What members of a template get, if anything."""
    return work.find(RuleRow, id=template)


def reached(rule: RuleRow, spent: int) -> Rung | None:
    """The highest level that so much spent reaches."""
    return next((one for one in reversed(rule.ladder) if one.spent <= spent), None)


def times_of(rule: RuleRow, level: str) -> int:
    """How many times the points a level gets, in hundredths."""
    return next((one.times for one in rule.ladder if one.level == level), 100)


def until_of(rule: RuleRow | None, now: int) -> int:
    """Until when points are good that are had now: to the end of a month."""
    if rule is None or not rule.months:
        return FOREVER
    there = day_start(ahead(now, f"{rule.months}m"))
    return next_month(there)


def next_month(day: int) -> int:
    """When the month after this day's begins."""
    there = local(day)
    year, month = divmod(there.year * 12 + there.month, 12)
    return round(there.replace(year=year, month=month + 1, day=1).timestamp() * 1000)
