"""Cards among friends: given, asked for and exchanged, never without the other's word."""

from typing import Any

from kaifang.kernel import (
    DAY,
    FaultKind,
    Happening,
    Key,
    Line,
    Moment,
    Money,
    Move,
    Purse,
    Shape,
    Who,
    Work,
    hears,
    method,
    timer,
)

from .card import CARDS, name_of
from .errors import (
    WUFU_CARD_LACKING,
    WUFU_FRIEND_ERROR,
    WUFU_HANDOVER_NOT_EXIST,
    WUFU_HANDOVER_OVER,
    WUFU_NOT_EXIST,
    WUFU_NOT_OPEN,
    WUFU_NUMBER_USED,
)
from .find import open_campaign, person, signed_in, the_campaign
from .states import Handover
from .tables import HandoverRow, WufuRow

SENT = "wufu_sent"  # a person's purse of cards that are on offer
BEGIN_FAULTS = [WUFU_NOT_EXIST, WUFU_NOT_OPEN, WUFU_CARD_LACKING, WUFU_FRIEND_ERROR, WUFU_NUMBER_USED]


class Begin(Shape):
    campaign_id: Key  # the platform's number
    out_no: Key  # your own number of this; asking twice does it once


class Begun(Shape):
    handover_id: str  # the platform's number; of a gift it is what the friend takes the card by
    state: str  # WAITING, DONE or BACK
    until: Moment  # until when the other can take or answer it
    url: str | None = None  # of asking and exchanging: the page on which the other answers


class Gift(Begin):
    kind: Key  # which card, such as 1001
    friend: Key | None = None  # user id of whom it is for,
    friend_logon_id: Line | None = None  # or by what that person signs in; whoever takes it first, if both are left out


@method("kaifang.wufu.card.give", who=Who.WALLET, raises=BEGIN_FAULTS)
def give(work: Work, ask: Gift) -> Begun:
    """Offer a card of yours to a friend; it is theirs when they take it, and yours again after a day."""
    return begin(work, ask, gives=ask.kind)


class Wish(Begin):
    kind: Key  # which card, such as 1001
    friend: Key | None = None  # user id of whom you ask,
    friend_logon_id: Line | None = None  # or by what that person signs in


@method("kaifang.wufu.card.ask", who=Who.WALLET, raises=BEGIN_FAULTS)
def ask_for(work: Work, ask: Wish) -> Begun:
    """Ask a friend for a card; it is yours if the friend agrees."""
    return begin(work, ask, wants=ask.kind)


class Swap(Begin):
    gives: Key  # which card of yours
    wants: Key  # for which card of the friend's
    friend: Key | None = None  # user id of whom you ask,
    friend_logon_id: Line | None = None  # or by what that person signs in


@method("kaifang.wufu.card.swap", who=Who.WALLET, raises=BEGIN_FAULTS)
def swap(work: Work, ask: Swap) -> Begun:
    """Propose to a friend to exchange two cards; both change hands if the friend agrees."""
    return begin(work, ask, gives=ask.gives, wants=ask.wants)


def begin(work: Work, ask: Gift | Wish | Swap, gives: str = "", wants: str = "") -> Begun:
    """Set the card that is offered aside, and ask the friend for the one that is wanted."""
    user, row = signed_in(work), open_campaign(work, ask.campaign_id)
    friend = friend_of(work, ask)
    if friend == user or wants and not friend:
        raise WUFU_FRIEND_ERROR()
    found = work.find(HandoverRow, user=user, out_no=ask.out_no)
    if found is not None:
        if (found.wufu, found.friend, found.gives, found.wants) != (row.id, friend, gives, wants):
            raise WUFU_NUMBER_USED(out_no=ask.out_no)
        return begun(work, found)
    for kind in filter(None, (gives, wants)):
        if row.kind(kind) is None:
            raise WUFU_CARD_LACKING(kind=kind)
    handover = HandoverRow(
        id=work.chance.digits(28), wufu=row.id, user=user, out_no=ask.out_no, friend=friend, gives=gives, wants=wants,
        until=min(work.now + DAY, row.opens),
    )  # fmt: skip
    work.add(handover)
    if gives:
        move(work, row, handover, gives, Purse(user, CARDS), Purse(user, SENT), short=WUFU_CARD_LACKING)
    if wants:
        propose(work, row, handover)
    else:
        work.later(handover.until, "wufu.lapse", handover.id)
    work.tell("wufu.handover", handover.id, **facts(handover))
    return begun(work, handover)


def friend_of(work: Work, ask: Gift | Wish | Swap) -> str:
    """Who is meant; nobody in particular, if nobody is named."""
    if not (ask.friend or ask.friend_logon_id):
        return ""
    return str(person(work, user_id=ask.friend, logon_id=ask.friend_logon_id).user_id)


def move(
    work: Work, row: WufuRow, handover: HandoverRow, kind: str, *purses: Purse, short: FaultKind | None = None
) -> None:
    """Move a card from one purse to another."""
    source, target = purses
    work.post(Move(source, target, Money(1, row.card(kind)), short), why="wufu.handover", ref=handover.id)


def propose(work: Work, row: WufuRow, handover: HandoverRow) -> None:
    """Send the friend the page on which to answer."""
    wants = name_of(row, handover.wants)
    zh, en = f"把一张{wants}送给朋友吗？", f"Give a friend a card {wants}?"
    points = [{"zh": "你给", "en": "You give", "value": wants}]
    if handover.gives:
        gives = name_of(row, handover.gives)
        zh, en = f"用一张{wants}换朋友的一张{gives}吗？", f"Exchange a card {wants} for a friend's {gives}?"
        points.append({"zh": "你得到", "en": "You get", "value": gives})
    opened = work.ask(
        "kaifang.proposal.open", party=handover.friend, proposer=handover.user, kind="wufu", subject=handover.id, zh=zh,
        en=en, points=points, until=handover.until,
    )  # fmt: skip
    handover.proposal = opened.proposal_id


def begun(work: Work, handover: HandoverRow) -> Begun:
    """A gift or an exchange as who began it is told."""
    url = work.link(f"/proposal/{handover.proposal}") if handover.proposal else None
    return Begun(handover_id=handover.id, state=handover.state, until=Moment(handover.until), url=url)


class Take(Shape):
    handover_id: Key  # the platform's number of a gift
    exposure: Key | None = None  # the showing that led here


class Taken(Shape):
    kind: str  # which card, such as 1001
    name: str  # such as 敬业福
    giver: str  # user id of whom it is from


TAKE_FAULTS = [WUFU_HANDOVER_NOT_EXIST, WUFU_HANDOVER_OVER]


@method("kaifang.wufu.card.accept", who=Who.WALLET, raises=TAKE_FAULTS)
def accept(work: Work, ask: Take) -> Taken:
    """Take a card that a friend gives."""
    return take(work, ask.handover_id, signed_in(work), ask.exposure)


def take(work: Work, handover_id: str, user: str, exposure: str | None = None) -> Taken:
    """The card is the friend's; taking it again changes nothing."""
    handover = work.find(HandoverRow, id=handover_id)
    if handover is None or handover.wants or handover.user == user or handover.friend not in ("", user):
        raise WUFU_HANDOVER_NOT_EXIST(handover_id=handover_id)
    row = the_campaign(work, handover.wufu)
    if handover.state != Handover.DONE.name:
        if handover.until <= work.now:
            raise WUFU_HANDOVER_OVER(until=Moment(handover.until))
        handover.friend = user
        Handover.accept(work, handover, **facts(handover), exposure=exposure)
        move(work, row, handover, handover.gives, Purse(handover.user, SENT), Purse(user, CARDS))
    return Taken(kind=handover.gives, name=name_of(row, handover.gives), giver=handover.user)


def facts(handover: HandoverRow) -> dict[str, Any]:
    """What the events of a gift or exchange tell."""
    return {
        "campaign_id": handover.wufu, "user": handover.user, "friend": handover.friend or None,
        "gives": handover.gives or None, "wants": handover.wants or None,
    }  # fmt: skip


class Withdraw(Shape):
    handover_id: Key  # the platform's number of a gift, a wish or an exchange


@method("kaifang.wufu.card.withdraw", who=Who.WALLET, raises=TAKE_FAULTS)
def withdraw(work: Work, ask: Withdraw) -> Begun:
    """Take back what the other has not taken or answered yet; taking it back again changes nothing."""
    handover = work.find(HandoverRow, id=ask.handover_id)
    if handover is None or handover.user != signed_in(work):
        raise WUFU_HANDOVER_NOT_EXIST(handover_id=ask.handover_id)
    if handover.state != Handover.BACK.name:
        give_back(work, handover)
        if handover.proposal:
            work.ask("kaifang.proposal.withdraw", proposal_id=handover.proposal)
    return begun(work, handover)


@method("kaifang.wufu.card.refuse", who=Who.WALLET, raises=TAKE_FAULTS)
def refuse(work: Work, ask: Withdraw) -> Begun:
    """Refuse a card that a friend gives to you; it is theirs again. Refusing it again changes nothing."""
    handover = work.find(HandoverRow, id=ask.handover_id)
    if handover is None or handover.wants or handover.friend != signed_in(work):
        raise WUFU_HANDOVER_NOT_EXIST(handover_id=ask.handover_id)
    if handover.state != Handover.BACK.name:
        give_back(work, handover)
    return begun(work, handover)


def give_back(work: Work, handover: HandoverRow) -> None:
    """Whoever had what has it again."""
    Handover.give_back(work, handover, **facts(handover))
    if handover.gives:
        row, user = the_campaign(work, handover.wufu), handover.user
        move(work, row, handover, handover.gives, Purse(user, SENT), Purse(user, CARDS))


@timer("wufu.lapse")
def lapse(work: Work, happening: Happening) -> None:
    """A gift that nobody took is its giver's again."""
    handover = work.find(HandoverRow, id=happening.subject)
    if handover is not None and Handover.give_back.possible(handover):
        give_back(work, handover)


def waiting(work: Work, happening: Happening) -> HandoverRow | None:
    """What a proposal was about, if it still waits for the answer."""
    if happening.facts["kind"] != "wufu":
        return None
    handover = work.find(HandoverRow, id=happening.facts["about"])
    return handover if handover is not None and Handover.accept.possible(handover) else None


@hears("proposal.agree")
def agreed(work: Work, happening: Happening) -> None:
    """The cards change hands, if the friend still has the one that is wanted."""
    handover = waiting(work, happening)
    if handover is None:
        return
    row = the_campaign(work, handover.wufu)
    friend, user = Purse(handover.friend, CARDS), Purse(handover.user, CARDS)
    if not work.balance(friend, row.card(handover.wants)):
        give_back(work, handover)
        return
    Handover.accept(work, handover, **facts(handover))
    move(work, row, handover, handover.wants, friend, user)
    if handover.gives:
        move(work, row, handover, handover.gives, Purse(handover.user, SENT), friend)


@hears("proposal.refuse", "proposal.lapse")
def refused(work: Work, happening: Happening) -> None:
    """Nothing changes hands."""
    handover = waiting(work, happening)
    if handover is not None:
        give_back(work, handover)
