"""What plans offer, and to whom: others ask before they let somebody have it."""

from typing import Annotated

from msgspec import Meta

from kaifang.kernel import Key, Money, Shape, Who, Work, method

from .channel import PAYMENT_RESULT
from .parts import Scope, Target
from .plan import LIVE
from .tables import PlanRow

OWN_PAYMENTS = ("delivery_merchant_rule", "delivery_merchant_infos")  # after payments to the merchant itself
NARROWER = (  # to people, after orders and at words that only others know
    "delivery_crowd_rule", "brand_id_list", "delivery_promo_tags", "delivery_search_box_rule", "delivery_template_rule",
)  # fmt: skip


class AskOffered(Shape):
    merchants: Annotated[list[Key], Meta(min_length=1, max_length=1000)]  # user ids of the merchants whose plans count
    activity_id: Key | None = None  # only this activity
    paid: Money | None = None  # what somebody has paid them: only what is shown after that,
    city: Key | None = None  # in the city where that was, six digits; nothing of what is for cities, if left out


class Offered(Shape):
    activities: list[str]  # those that are shown now to everybody, or to whoever has paid so much


@method("kaifang.delivery.offered", who=Who.INSIDE, reads=True)
def offered(work: Work, ask: AskOffered) -> Offered:
    """List the activities that plans show now to everybody, or after such a payment: who sees them may have of them."""
    marks = ", ".join("?" * len(ask.merchants))
    where = f'merchant in ({marks}) and state in (?, ?) and "begin" <= ? and "end" > ? and activity <> \'\''
    values = [*ask.merchants, *LIVE, work.now, work.now]
    if ask.activity_id is not None:
        where, values = f"{where} and activity = ?", [*values, ask.activity_id]
    rows = work.select(PlanRow, where, values)
    meant = [row for row in rows if (is_for_all(row) if ask.paid is None else is_for_payer(row, ask.paid, ask.city))]
    return Offered(activities=sorted({row.activity for row in meant}))


def is_for_all(row: PlanRow) -> bool:
    """Whether a plan shows something to everybody, whether or not they have paid."""
    return row.play.delivery_full_send_config is None and is_wide(row.target or Target(), (*NARROWER, *OWN_PAYMENTS))


def is_for_payer(row: PlanRow, paid: Money, city: str | None) -> bool:
    """Whether a plan shows something to whoever has just paid its merchant so much, in this city."""
    full = row.play.delivery_full_send_config
    floor = full.delivery_floor_amount if full is not None else None
    enough = floor is None or paid >= floor
    return row.booth == PAYMENT_RESULT and enough and is_wide(row.target or Target(), NARROWER, city)


def is_wide(target: Target, names: tuple[str, ...], city: str | None = None) -> bool:
    """Whether a target names no cities, or this one among them, and says nothing under these names."""
    scope = target.delivery_available_scope or Scope()
    for cities in (scope.delivery_available_city_code, target.delivery_city_code_rule):
        narrow = cities is not None and (cities.city_codes or not cities.all_city)
        if cities is not None and narrow and city not in (cities.city_codes or ()):
            return False
    return not any(getattr(target, name) for name in names)
