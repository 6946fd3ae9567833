"""What anybody may know of a campaign's chance: what was promised, and once it is over the seed and every draw."""

from typing import Annotated

from msgspec import Meta

from kaifang.kernel import Key, Money, Shape, Work, fair, method
from kaifang.kernel.fair import Outcome

from .cash_draw import outcomes
from .errors import CAMP_NOT_EXIST
from .states import CashCampaign, DrawCampaign
from .tables import CashRow, DrawRow, LotteryRow


class Look(Shape):
    campaign_id: Key  # crowd_no or camp_id
    after: Annotated[str, Meta(max_length=64)] = ""  # the draws behind this one, as `more` said
    limit: Annotated[int, Meta(ge=1, le=1000)] = 1000  # how many draws at most


class Drawn(Shape):
    """One draw."""

    who: str  # under which name it is public
    number: int  # which draw of this person, from 1
    rule: int  # by which of the rules, from 0
    got: str  # what was drawn
    amount: Money  # yuan, if it was cash
    asked: str | None = None  # the one prize, or the amount in yuan, that was asked for
    gone: bool = False  # whether nothing of it was left


class Looked(Shape):
    campaign_id: str  # which
    commitment: str  # SHA-256 of the seed, told from the beginning
    rules: list[list[Outcome]]  # what could be drawn by each rule, with the odds
    draws: list[Drawn]  # by the names that are public
    seed: str | None = None  # once it is over
    more: str | None = None  # there are further draws behind this one


@method("kaifang.campaign.fair", reads=True, raises=[CAMP_NOT_EXIST])
def look(work: Work, ask: Look) -> Looked:
    """Read what a campaign promised of its chance, and what was drawn; with the seed everybody can draw again."""
    row = work.find(CashRow, id=ask.campaign_id) or work.find(LotteryRow, id=ask.campaign_id)
    if row is None:
        raise CAMP_NOT_EXIST(campaign_id=ask.campaign_id)
    over = row.state in (CashCampaign.CLOSED.name, CashCampaign.SETTLED.name, DrawCampaign.CAMP_ENDED.name)
    who, _, number = ask.after.partition(".")
    found = work.select(
        DrawRow, "campaign = ? and (who > ? or who = ? and number > ?)",
        (row.id, who, who, int(number) if number.isdigit() else 0), "who, number", ask.limit,
    )  # fmt: skip
    return Looked(
        campaign_id=row.id, commitment=fair.commitment(row.seed), seed=row.seed if over else None,
        rules=row.rules if isinstance(row, LotteryRow) else [outcomes(row)], draws=[drawn(one) for one in found],
        more=f"{found[-1].who}.{found[-1].number}" if len(found) == ask.limit else None,
    )  # fmt: skip


def drawn(row: DrawRow) -> Drawn:
    """A draw as everybody may know it."""
    return Drawn(
        who=row.who, number=row.number, rule=row.rule, got=row.got, amount=row.amount, asked=row.asked or None,
        gone=row.gone,
    )  # fmt: skip
