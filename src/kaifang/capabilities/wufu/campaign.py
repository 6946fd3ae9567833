"""Campaigns: announced with their odds and the commitment, begun by time, looked at by everybody."""

from typing import Annotated, Any, Literal

from msgspec import Meta

from kaifang.kernel import (
    INVALID_PARAMETER,
    Happening,
    Key,
    Moment,
    Money,
    Shape,
    Who,
    Work,
    fair,
    method,
    timer,
    told_as,
)

from .errors import WUFU_NOT_EXIST, WUFU_NOT_OPEN, WUFU_ODDS_ERROR
from .find import the_campaign
from .states import Wufu
from .tables import EntryRow, Kind, Task, WufuRow

Code = Annotated[str, Meta(min_length=1, max_length=16, pattern=r"^\w+$")]
Name = Annotated[str, Meta(min_length=1, max_length=64)]
FIVE = [
    Kind(code="1001", name="敬业福", weight=3), Kind(code="1002", name="爱国福", weight=249),
    Kind(code="1003", name="富强福", weight=249), Kind(code="1004", name="和谐福", weight=249),
    Kind(code="1005", name="友善福", weight=249), Kind(code="2001", name="万能福", weight=1, wild=True),
]  # fmt: skip


class Card(Shape):
    """A kind of cards as it is declared."""

    code: Code  # such as 1001
    name: Name  # such as 敬业福
    weight: Annotated[int, Meta(ge=0, le=1_000_000)]  # how often it is drawn, among the weights of all; 0: never drawn
    wild: bool = False  # whether it stands for any kind that is missing


class Job(Shape):
    """A task as it is declared."""

    code: Code  # by which it is told
    name: Name  # what people are to do
    by: Key  # user id of the merchant whose application tells who did it
    chances: Annotated[int, Meta(ge=1, le=10)] = 1  # what it earns
    per_day: Annotated[int, Meta(ge=1, le=10)] = 1  # how often a person may do it in a day


class Create(Shape):
    name: Name  # what people read
    host: Key  # user id of whose campaign it is
    start: Moment  # from when cards can be had
    opens: Moment  # when the pool is split; until then sets can be completed
    kinds: Annotated[list[Card], Meta(min_length=1, max_length=20)] | None = None  # the five and a wild one if left out
    tasks: Annotated[list[Job], Meta(max_length=50)] = []  # what earns chances
    daily: Annotated[int, Meta(ge=0, le=100)] = 3  # chances that everybody has each day
    rule: Literal["equal", "random"] = "equal"  # how the pool is split
    least: Money = Money(1)  # yuan that everybody gets at least, if the pool has so much; of random


class Created(Shape):
    campaign_id: str  # the platform's number
    commitment: str  # SHA-256 of the seed that decides draws and split: the seed itself is told when the pool is split


@method("kaifang.wufu.campaign.create", who=Who.OPERATOR, raises=[WUFU_ODDS_ERROR])
def create(work: Work, ask: Create) -> Created:
    """Announce a campaign: from now on everybody knows the odds, and to which seed the platform is bound."""
    if ask.start.ms < work.now or ask.opens.ms <= ask.start.ms:
        raise INVALID_PARAMETER(field="start", reason="in the future, and before opens")
    kinds = [Kind(code=one.code, name=one.name, weight=one.weight, wild=one.wild) for one in ask.kinds or ()] or FIVE
    check_kinds(kinds)
    for party in {ask.host, *(task.by for task in ask.tasks)}:
        with told_as({"PARTY_NOT_EXIST": INVALID_PARAMETER}):
            work.ask("kaifang.account.party.find", user_id=party)
    row = WufuRow(
        id=work.new_id("84000"), name=ask.name, host=ask.host, kinds=kinds, start=ask.start.ms, opens=ask.opens.ms,
        tasks=[Task(**{name: getattr(one, name) for name in one.__struct_fields__}) for one in ask.tasks],
        rule=ask.rule, least=ask.least.minor, daily=ask.daily, seed=work.chance.hex(64), veil=work.chance.hex(64),
    )  # fmt: skip
    work.add(row)
    for asset in (row.chances, row.quota, *(row.card(kind.code) for kind in kinds)):
        work.limit(row.issued, asset, floor=None)
    work.later(row.start, "wufu.begin", row.id)
    work.later(row.opens, "wufu.open", row.id)
    return Created(campaign_id=row.id, commitment=fair.commitment(row.seed))


def check_kinds(kinds: list[Kind]) -> None:
    """A set of cards can be completed, and each kind has its own code."""
    if len({kind.code for kind in kinds}) < len(kinds):
        raise WUFU_ODDS_ERROR(reason="two kinds have one code")
    if not any(kind.weight and not kind.wild for kind in kinds):
        raise WUFU_ODDS_ERROR(reason="no kind is drawn that is not wild")


@timer("wufu.begin")
def begin(work: Work, happening: Happening) -> None:
    """Its time has come."""
    row = work.find(WufuRow, id=happening.subject)
    if row is not None and Wufu.collect.possible(row):
        Wufu.collect(work, row, **facts(row))


def facts(row: WufuRow) -> dict[str, Any]:
    """What the events of a campaign tell."""
    return {"campaign_id": row.id, "host": row.host}


class Which(Shape):
    campaign_id: Key  # the platform's number


class Done(Shape):
    pass


@method("kaifang.wufu.campaign.cancel", who=Who.OPERATOR, raises=[WUFU_NOT_EXIST, WUFU_NOT_OPEN])
def cancel(work: Work, ask: Which) -> Done:
    """Call a campaign off before it begins; who put money into the pool has it back."""
    row = the_campaign(work, ask.campaign_id)
    Wufu.cancel(work, row, **facts(row))
    work.later(work.now, "wufu.give_back", row.id)
    return Done()


class Seen(Shape):
    """A campaign as everybody sees it."""

    campaign_id: str  # the platform's number
    name: str  # what it is called
    state: str  # COMING, COLLECTING, OPENING, OPENED or CANCELED
    start: Moment  # from when cards can be had
    opens: Moment  # when the pool is split
    kinds: list[Kind]  # what can be drawn, with the odds
    tasks: list[Task]  # what earns chances
    daily: int  # chances that everybody has each day
    rule: str  # equal or random
    least: Money  # yuan that everybody gets at least; of random
    commitment: str  # SHA-256 of the seed
    pool: Money  # yuan that are to be split
    completed: int  # how many have completed a set


@method("kaifang.wufu.campaign.read", reads=True, raises=[WUFU_NOT_EXIST])
def read(work: Work, ask: Which) -> Seen:
    """Look at a campaign: what can be drawn with which odds, and what is in the pool."""
    return seen(work, the_campaign(work, ask.campaign_id))


def seen(work: Work, row: WufuRow) -> Seen:
    """A campaign as everybody sees it."""
    return Seen(
        campaign_id=row.id, name=row.name, state=row.state, start=Moment(row.start), opens=Moment(row.opens),
        kinds=row.kinds, tasks=row.tasks, daily=row.daily, rule=row.rule, least=Money(row.least),
        commitment=fair.commitment(row.seed), pool=work.balance(row.pool),
        completed=work.count(EntryRow, "wufu = ?", (row.id,)),
    )  # fmt: skip


class List(Shape):
    over: bool = False  # those whose pool is being split, or was, too
    limit: Annotated[int, Meta(ge=1, le=50)] = 20  # how many at most


class Listed(Shape):
    campaigns: list[Seen]  # the newest first


@method("kaifang.wufu.campaign.list", reads=True)
def list_open(work: Work, ask: List) -> Listed:
    """List the campaigns that are announced or going on; also those that are over, if that is asked."""
    states = [Wufu.COMING.name, Wufu.COLLECTING.name, *((Wufu.OPENING.name, Wufu.OPENED.name) if ask.over else ())]
    rows = work.select(WufuRow, f"state in ({', '.join('?' * len(states))})", states, "id desc", ask.limit)
    return Listed(campaigns=[seen(work, row) for row in rows])
