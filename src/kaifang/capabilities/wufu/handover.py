"""What is on its way between friends, as either of them sees it."""

from typing import Annotated, Any

from msgspec import Meta

from kaifang.kernel import Key, Moment, Shape, Who, Work, method

from .card import name_of
from .errors import WUFU_HANDOVER_NOT_EXIST, WUFU_NOT_EXIST
from .find import signed_in, the_campaign
from .states import Handover
from .tables import HandoverRow, WufuRow


class Look(Shape):
    handover_id: Key  # the platform's number


class Seen(Shape):
    """A gift, a wish or an exchange as you see it."""

    handover_id: str  # the platform's number
    campaign_id: str  # of which campaign
    mine: bool  # whether you began it
    kind: str  # GIFT: a card is given; WISH: one is asked for; SWAP: two are exchanged
    friend: str | None = None  # who the other is; absent: whoever takes it first
    gives: str | None = None  # which kind of card whoever began it gives
    gives_name: str | None = None  # such as 敬业福
    wants: str | None = None  # which kind that person gets
    wants_name: str | None = None  # such as 爱国福
    state: str  # WAITING, DONE or BACK
    until: Moment  # until when it can be taken or answered
    proposal_id: str | None = None  # of a wish or an exchange: by what the other answers, with kaifang.proposal.answer


@method("kaifang.wufu.card.look", who=Who.WALLET, reads=True, raises=[WUFU_HANDOVER_NOT_EXIST])
def look(work: Work, ask: Look) -> Seen:
    """See what a friend gives, before you take it, or asks of you; or what became of what you began."""
    user, handover = signed_in(work), work.find(HandoverRow, id=ask.handover_id)
    if handover is None or user not in (handover.user, handover.friend or user):
        raise WUFU_HANDOVER_NOT_EXIST(handover_id=ask.handover_id)
    return seen(work, the_campaign(work, handover.wufu), handover, user)


def seen(work: Work, row: WufuRow, handover: HandoverRow, user: str) -> Seen:
    """A gift, a wish or an exchange as one of the two sees it."""
    mine, gives, wants = handover.user == user, handover.gives, handover.wants
    return Seen(
        handover_id=handover.id, campaign_id=row.id, mine=mine, friend=other(work, handover, mine),
        kind="GIFT" if not wants else "SWAP" if gives else "WISH", state=state_of(handover, work.now),
        gives=gives or None, gives_name=name_of(row, gives) if gives else None, wants=wants or None,
        wants_name=name_of(row, wants) if wants else None, until=Moment(handover.until),
        proposal_id=None if mine else handover.proposal or None,
    )  # fmt: skip


def other(work: Work, handover: HandoverRow, mine: bool) -> str | None:
    """Who the other is: by name, once that person had a part in it; until then by what was said of them."""
    number = handover.friend if mine else handover.user
    if not number:
        return None
    found: Any = work.ask("kaifang.account.party.find", user_id=number)
    known = not mine or handover.state == Handover.DONE.name
    return str((found.nick_name or found.name) if known else found.masked)


def state_of(handover: HandoverRow, now: int) -> str:
    """How it stands, whether or not its timer has come round yet."""
    late = handover.state == Handover.WAITING.name and handover.until <= now
    return Handover.BACK.name if late else handover.state


class List(Shape):
    campaign_id: Key  # the platform's number
    limit: Annotated[int, Meta(ge=1, le=50)] = 20  # how many at most


class Listed(Shape):
    handovers: list[Seen]  # those that wait first, then those that end last


@method("kaifang.wufu.card.list", who=Who.WALLET, reads=True, raises=[WUFU_NOT_EXIST])
def list_all(work: Work, ask: List) -> Listed:
    """List what you give, ask for and would exchange, and what friends give to you or ask of you."""
    user, row = signed_in(work), the_campaign(work, ask.campaign_id)
    found = [
        *work.select(HandoverRow, 'wufu = ? and "user" = ?', (row.id, user), "until desc, id", ask.limit),
        *work.select(HandoverRow, "wufu = ? and friend = ?", (row.id, user), "until desc, id", ask.limit),
    ]
    found.sort(key=lambda one: (one.state != Handover.WAITING.name, -one.until))
    return Listed(handovers=[seen(work, row, one, user) for one in found[: ask.limit]])
