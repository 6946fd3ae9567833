"""Finding the campaign, the player and the friend that are meant."""

from typing import Any

from kaifang.kernel import NO_USER, Work, fair, told_as

from .errors import WUFU_FRIEND_ERROR, WUFU_NOT_EXIST, WUFU_NOT_OPEN
from .states import Wufu
from .tables import PlayerRow, WufuRow


def the_campaign(work: Work, campaign_id: str) -> WufuRow:
    """The campaign with this number."""
    row = work.find(WufuRow, id=campaign_id)
    if row is None:
        raise WUFU_NOT_EXIST(campaign_id=campaign_id)
    return row


def open_campaign(work: Work, campaign_id: str) -> WufuRow:
    """The campaign with this number, if cards can be had of it now, whether or not its timers have come round yet."""
    row = the_campaign(work, campaign_id)
    if row.state not in (Wufu.COMING.name, Wufu.COLLECTING.name) or not row.start <= work.now < row.opens:
        raise WUFU_NOT_OPEN(campaign_id=campaign_id, state=row.state)
    return row


def signed_in(work: Work) -> str:
    """The person at the wallet."""
    if work.caller.user is None:
        raise NO_USER()
    return work.caller.user


def the_player(work: Work, row: WufuRow, user: str) -> PlayerRow:
    """Somebody who plays, from the first time on."""
    found = work.find(PlayerRow, wufu=row.id, user=user)
    return found or work.add(PlayerRow(wufu=row.id, user=user, who=fair.alias(row.veil, user)))


def person(work: Work, **which: str | None) -> Any:
    """What is known of a person whose account is in use."""
    with told_as({"PARTY_NOT_EXIST": WUFU_FRIEND_ERROR}):
        found = work.ask("kaifang.account.party.find", **which)
    if found.kind != "person" or found.status != "NORMAL":
        raise WUFU_FRIEND_ERROR(kind=found.kind, status=found.status)
    return found
