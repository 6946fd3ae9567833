"""What anybody may know of a campaign's chance: what was promised, and later the seed and every share."""

from typing import Annotated

from msgspec import Meta

from kaifang.kernel import Key, Money, Shape, Work, fair, method
from kaifang.kernel.fair import Outcome

from .errors import WUFU_NOT_EXIST
from .find import the_campaign
from .pool import least_of
from .states import Wufu
from .tables import DrawRow, EntryRow, OpeningRow


class Look(Shape):
    campaign_id: Key  # the platform's number
    after: Annotated[str, Meta(max_length=64)] = ""  # what stands behind this, as `more` said
    limit: Annotated[int, Meta(ge=1, le=10_000)] = 10_000  # how many at most


class Drawn(Shape):
    """One draw."""

    who: str  # under which name it is public
    number: int  # which draw of this person, from 1
    got: str  # which kind was drawn
    rule: int = 0  # by which of the rules, from 0


class Looked(Shape):
    campaign_id: str  # which
    commitment: str  # SHA-256 of the seed, told from the beginning
    rules: list[list[Outcome]]  # what could be drawn, with the odds: one rule
    draws: list[Drawn]  # by the names that are public
    seed: str | None = None  # once the pool is split
    more: str | None = None  # there are further draws behind this one


@method("kaifang.wufu.fair", reads=True, raises=[WUFU_NOT_EXIST])
def look(work: Work, ask: Look) -> Looked:
    """Read what a campaign promised of its chance, and what was drawn; with the seed everybody can draw again."""
    row = the_campaign(work, ask.campaign_id)
    who, _, number = ask.after.partition(".")
    found = work.select(
        DrawRow, "wufu = ? and (who > ? or who = ? and number > ?)",
        (row.id, who, who, int(number) if number.isdigit() else 0), "who, number", ask.limit,
    )  # fmt: skip
    return Looked(
        campaign_id=row.id, commitment=fair.commitment(row.seed), rules=[row.outcomes],
        seed=row.seed if row.state == Wufu.OPENED.name else None,
        draws=[Drawn(who=one.who, number=one.number, got=one.got) for one in found],
        more=f"{found[-1].who}.{found[-1].number}" if len(found) == ask.limit else None,
    )  # fmt: skip


class Share(Shape):
    """One share of the pool."""

    who: str  # under which name it is public
    amount: Money  # yuan


class Split(Shape):
    campaign_id: str  # which
    rule: str  # equal or random
    total: Money  # yuan that were split
    count: int  # among how many
    least: Money  # yuan that everybody got at least; the rest was split by weight
    shares: list[Share]  # in the order in which they were split
    more: str | None = None  # there are further shares behind this one


@method("kaifang.wufu.shares", reads=True, raises=[WUFU_NOT_EXIST])
def shares(work: Work, ask: Look) -> Split:
    """Read how a pool was split; before that, who has completed a set."""
    row = the_campaign(work, ask.campaign_id)
    opening = work.find(OpeningRow, id=row.id)
    total, count = (opening.total, opening.count) if opening is not None else (work.balance(row.pool), 0)
    found = work.select(EntryRow, "wufu = ? and who > ?", (row.id, ask.after), "who", ask.limit)
    return Split(
        campaign_id=row.id, rule=row.rule, total=total, count=count,
        least=Money(least_of(row, total.minor, count) if count else row.least),
        shares=[Share(who=one.who, amount=one.amount) for one in found],
        more=found[-1].who if len(found) == ask.limit else None,
    )  # fmt: skip
