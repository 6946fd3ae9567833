"""Placing something: what all the doors to the slots share, from the check of the offer to the review and the end."""

from kaifang.kernel import Fault, Happening, Work, hears, timer

from .errors import INVALID, PLACEMENT_NOT_EXIST
from .parts import Offer
from .states import Placement
from .tables import PlacementRow

MOST_ALIVE = 20  # of a merchant in a slot: a feed looks at the newest few hundred, and rivals want to be seen too
ALIVE = (Placement.AUDITING.name, Placement.WORKING.name, Placement.REJECTED.name, Placement.PAUSED.name)


def own(work: Work, number: str, *doors: str) -> PlacementRow:
    """What the calling merchant placed under this number."""
    row = work.find(PlacementRow, id=number)
    if row is None or row.merchant != work.caller.merchant or (doors and row.door not in doors):
        raise PLACEMENT_NOT_EXIST(number=number)
    return row


def check_offer(work: Work, offer: Offer) -> str:
    """The number of what is offered, if it is the caller's and can be offered."""
    if offer.kind == "PAGE":
        return ""
    if not offer.id:
        raise INVALID(field="offer.id", reason="missing; which one is meant")
    if not OWNED[offer.kind](work, offer.id):
        raise INVALID(field="offer.id", reason="nothing of yours has this number, or it is over")
    return offer.id


def owns_activity(work: Work, number: str) -> bool:
    """Whether the caller has a voucher activity of this number that is published and not over."""
    try:
        with work.attempt() as part:
            activity = part.ask("alipay.marketing.activity.query", activity_id=number)
    except Fault:
        return False
    return bool(activity.activity_status == "ACTIVE")


def owns_card(work: Work, number: str) -> bool:
    """Whether the caller has a card of this number."""
    found = work.ask_if_offered("kaifang.card.template.of", merchant=work.caller.merchant)
    return found is not None and any(one.template == number for one in found.templates)


def owns_handout(work: Work, number: str) -> bool:
    """Whether the caller hands out wufu cards under this number."""
    found = work.ask_if_offered("kaifang.wufu.handout.of", merchant=work.caller.merchant)
    return found is not None and any(one.handout_id == number for one in found.handouts)


def owns_app(work: Work, number: str) -> bool:
    """Whether the caller has an application of this number that is online."""
    try:
        with work.attempt() as part:
            app = part.ask("kaifang.openapp.credentials", app_id=number)
    except Fault:
        return False
    return bool(app.party == work.caller.merchant and app.state == "ONLINE")


OWNED = {"VOUCHER": owns_activity, "CARD": owns_card, "WUFU": owns_handout, "APP": owns_app}


def check_time(work: Work, begin: int, end: int) -> None:
    """Whether something can be shown from one moment to another."""
    if end <= max(begin, work.now):
        raise INVALID(field="end_time", reason="not after its beginning, or past")


def place(work: Work, row: PlacementRow) -> PlacementRow:
    """Keep it, have it looked at, and end it in time."""
    alive = f"merchant = ? and slot = ? and state in ({', '.join('?' * len(ALIVE))})"
    if work.count(PlacementRow, alive, (row.merchant, row.slot, *ALIVE)) >= MOST_ALIVE:
        raise INVALID(field="slot", reason=f"{MOST_ALIVE} of yours are in it; end one first")
    work.add(row)
    look_at(work, row)
    work.later(row.end, "reach.finish", row.id)
    return row


def revise(work: Work, row: PlacementRow) -> None:
    """It was changed: it is looked at again, and until then not shown."""
    Placement.revise(work, row, **facts(row))
    row.reason = ""
    look_at(work, row)
    work.later(row.end, "reach.finish", row.id)


def look_at(work: Work, row: PlacementRow) -> None:
    """Ask for the review."""
    texts = [row.title, row.subtitle, row.link]
    work.ask("kaifang.review.open", kind="placement", subject=row.id, merchant=row.merchant, texts=texts)


def facts(row: PlacementRow) -> dict[str, str]:
    """What is announced of a placement."""
    return {"merchant": row.merchant, "slot": row.slot, "door": row.door}


def finish(work: Work, row: PlacementRow) -> None:
    """End it for good."""
    if row.state == Placement.AUDITING.name:
        work.ask("kaifang.review.withdraw", kind="placement", subject=row.id)
    Placement.finish(work, row, **facts(row))


@hears("review.approve", "review.reject")
def reviewed(work: Work, happening: Happening) -> None:
    """It was looked at."""
    if happening.facts["kind"] != "placement":
        return
    row = work.find(PlacementRow, id=happening.facts["about"])
    assert row is not None, f"no placement {happening.facts['about']}"
    if row.state == Placement.AUDITING.name:
        row.reason = happening.facts["reason"]
        (Placement.approve if happening.name == "review.approve" else Placement.reject)(work, row, **facts(row))


@timer("reach.finish")
def finish_in_time(work: Work, happening: Happening) -> None:
    """Its time is over, unless it was given more."""
    row = work.find(PlacementRow, id=happening.subject)
    if row is not None and row.state in ALIVE and row.end <= work.now:
        finish(work, row)
