"""Chances become cards: drawn by the seed to which the campaign is bound, counted in the journal."""

from typing import Annotated, Any

from msgspec import Meta

from kaifang.kernel import Key, Money, Move, Purse, Shape, Who, Work, fair, method
from kaifang.kernel.clock import day

from .errors import WUFU_NO_CHANCE, WUFU_NOT_EXIST, WUFU_NOT_OPEN, WUFU_NUMBER_USED
from .find import open_campaign, signed_in, the_campaign, the_player
from .tables import DrawRow, EntryRow, GivenRow, PlayerRow, WufuRow

CARDS, DAILY, EXTRA = "wufu", "wufu_daily", "wufu_extra"  # a person's purses
MOST_DRAWS = 10**9  # more than anybody has


def draw_card(work: Work, row: WufuRow, user: str, out_no: str, by: str, exposure: str | None = None) -> DrawRow:
    """The next card that the seed has for somebody; whoever asks has paid for it with a chance or a quota."""
    player = the_player(work, row, user)
    player.drawn += 1
    got, _ = fair.draw(row.seed, row.outcomes, row.id, player.who, player.drawn)
    drawn = DrawRow(
        wufu=row.id, who=player.who, number=player.drawn, user=user, out_no=out_no, card=work.new_id("84001"),
        got=got, by=by,
    )  # fmt: skip
    issue(work, row, user, got, drawn.card)
    work.tell("wufu.draw", drawn.card, **facts(row, drawn, exposure))
    return work.add(drawn)


def issue(work: Work, row: WufuRow, user: str, kind: str, ref: str) -> None:
    """Let somebody have a card of a kind."""
    work.post(Move(row.issued, Purse(user, CARDS), Money(1, row.card(kind))), why="wufu.card", ref=ref)


def facts(row: WufuRow, drawn: DrawRow, exposure: str | None) -> dict[str, Any]:
    """What is told of a card that somebody has now."""
    return {
        "campaign_id": row.id, "user": drawn.user, "kind": drawn.got, "by": drawn.by, "merchant": row.host,
        "exposure": exposure,
    }  # fmt: skip


def refresh(work: Work, row: WufuRow, user: str) -> PlayerRow:
    """The day's chances are there: what is left of yesterday's counts among them."""
    player, today = the_player(work, row, user), day(work.now)
    if player.day != today:
        player.day = today
        purse = Purse(user, DAILY)
        more = Money(row.daily, row.chances) - work.balance(purse, row.chances)
        work.post(Move(row.issued, purse, more), why="wufu.day", ref=row.id)
    return player


def spend(work: Work, row: WufuRow, user: str, daily: bool) -> None:
    """Spend a chance: the day's first, if they are good for this, then those that were earned."""
    refresh(work, row, user)
    one = Money(1, row.chances)
    from_day = daily and work.balance(Purse(user, DAILY), row.chances)
    purse = Purse(user, DAILY if from_day else EXTRA)
    work.post(Move(purse, row.spent, one, WUFU_NO_CHANCE), why="wufu.spend", ref=row.id)


def before(work: Work, row: WufuRow, user: str, out_no: str, by: str) -> DrawRow | None:
    """What was drawn under this number before."""
    found = work.find(DrawRow, wufu=row.id, user=user, out_no=out_no)
    if found is not None and found.by != by:
        raise WUFU_NUMBER_USED(out_no=out_no)
    return found


class Draw(Shape):
    campaign_id: Key  # the platform's number
    out_no: Key  # your own number of this; asking twice draws once
    exposure: Key | None = None  # the showing that led here


class Drawn(Shape):
    card_id: str  # the platform's number
    kind: str  # which kind, such as 1001
    name: str  # such as 敬业福
    number: int  # which draw of yours: with the seed everybody can draw it again


@method(
    "kaifang.wufu.draw", who=Who.WALLET,
    raises=[WUFU_NOT_EXIST, WUFU_NOT_OPEN, WUFU_NO_CHANCE, WUFU_NUMBER_USED],
)  # fmt: skip
def draw(work: Work, ask: Draw) -> Drawn:
    """Draw a card for a chance that you earned; the daily ones are for scanning."""
    user, row = signed_in(work), open_campaign(work, ask.campaign_id)
    found = before(work, row, user, ask.out_no, "chance")
    if found is None:
        spend(work, row, user, daily=False)
        found = draw_card(work, row, user, ask.out_no, "chance", ask.exposure)
    return drawn(row, found)


def drawn(row: WufuRow, found: DrawRow) -> Drawn:
    """A card as whoever has it is told."""
    return Drawn(card_id=found.card, kind=found.got, name=name_of(row, found.got), number=found.number)


def name_of(row: WufuRow, code: str) -> str:
    """What a kind is called."""
    kind = row.kind(code)
    assert kind is not None, f"{row.id} has no kind {code}"
    return kind.name


class Mine(Shape):
    campaign_id: Key  # the platform's number


class Held(Shape):
    """How many cards of a kind somebody has."""

    kind: str  # which
    name: str  # what it is called
    count: int  # how many
    wild: bool = False  # whether it stands for any that is missing


class Had(Shape):
    who: str  # the name under which your draws and your share are public
    cards: list[Held]  # how many of each kind
    daily: int  # chances of today, for scanning
    extra: int  # chances that were earned
    drawn: int  # how often you drew
    completed: bool  # whether you have a share of the pool
    ready: bool  # whether your cards are a complete set, wild ones counted
    share: Money | None = None  # yuan, once the pool is split


@method("kaifang.wufu.mine", who=Who.WALLET, reads=True, raises=[WUFU_NOT_EXIST])
def mine(work: Work, ask: Mine) -> Had:
    """See your cards, your chances and your share."""
    user, row = signed_in(work), the_campaign(work, ask.campaign_id)
    player = work.find(PlayerRow, wufu=row.id, user=user)
    entry = work.find(EntryRow, wufu=row.id, user=user)
    fresh = player is None or player.day != day(work.now)
    cards = [
        Held(kind=one.code, name=one.name, count=held(work, row, user, one.code), wild=one.wild) for one in row.kinds
    ]
    lacking = sum(not one.count for one in cards if not one.wild)
    return Had(
        who=fair.alias(row.veil, user), cards=cards, drawn=player.drawn if player else 0, completed=entry is not None,
        ready=lacking <= sum(one.count for one in cards if one.wild),
        daily=row.daily if fresh else work.balance(Purse(user, DAILY), row.chances).minor,
        extra=work.balance(Purse(user, EXTRA), row.chances).minor,
        share=entry.amount if entry is not None and row.state == "OPENED" else None,
    )  # fmt: skip


def held(work: Work, row: WufuRow, user: str, kind: str) -> int:
    """How many cards of a kind somebody has."""
    return work.balance(Purse(user, CARDS), row.card(kind)).minor


class AskDraws(Shape):
    campaign_id: Key  # the platform's number
    before: Annotated[int, Meta(ge=0, le=MOST_DRAWS)] = 0  # those before this number; the newest, if left out
    limit: Annotated[int, Meta(ge=1, le=100)] = 20  # how many at most


class OneDraw(Drawn):
    by: str  # how: scan, chance, or the number of a merchant's handout


class Draws(Shape):
    draws: list[OneDraw]  # the newest first


@method("kaifang.wufu.draw.list", who=Who.WALLET, reads=True, raises=[WUFU_NOT_EXIST])
def list_draws(work: Work, ask: AskDraws) -> Draws:
    """See what you drew so far, and by what; with the seed everybody can draw it again."""
    user, row = signed_in(work), the_campaign(work, ask.campaign_id)
    where, who = "wufu = ? and who = ? and number < ?", fair.alias(row.veil, user)
    found = work.select(DrawRow, where, (row.id, who, ask.before or MOST_DRAWS), "number desc", ask.limit)
    return Draws(
        draws=[
            OneDraw(card_id=one.card, kind=one.got, name=name_of(row, one.got), number=one.number, by=one.by)
            for one in found
        ]
    )  # fmt: skip


class Give(Shape):
    campaign_id: Key  # the platform's number
    user: Key  # user id of who gets them
    count: Annotated[int, Meta(ge=1, le=100)] = 1  # how many
    out_no: Key  # the asker's number of this; asking twice gives them once


class Given(Shape):
    extra: int  # chances that this person has now, besides the daily ones


@method(
    "kaifang.wufu.chance.give", who=Who.INSIDE, raises=[WUFU_NOT_EXIST, WUFU_NOT_OPEN, WUFU_NUMBER_USED]
)  # fmt: skip
def give_chances(work: Work, ask: Give) -> Given:
    """Give somebody chances: for a payment, a task, a gift of the slot."""
    row = open_campaign(work, ask.campaign_id)
    give(work, row, ask.user, ask.count, ask.out_no)
    return Given(extra=work.balance(Purse(ask.user, EXTRA), row.chances).minor)


def give(work: Work, row: WufuRow, user: str, count: int, out_no: str) -> None:
    """Give chances, once for each number."""
    given = work.find(GivenRow, wufu=row.id, user=user, out_no=out_no)
    if given is not None:
        if given.count != count:
            raise WUFU_NUMBER_USED(out_no=out_no)
        return
    work.add(GivenRow(wufu=row.id, user=user, out_no=out_no, count=count))
    work.post(Move(row.issued, Purse(user, EXTRA), Money(count, row.chances)), why="wufu.chance", ref=row.id)
