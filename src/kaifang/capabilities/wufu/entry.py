"""Completed sets: one card of each kind, or a wild one in its place, becomes a share of the pool; nobody has two."""

from kaifang.kernel import Key, Money, Move, Purse, Shape, Who, Work, method

from .card import CARDS, held
from .errors import WUFU_NOT_EXIST, WUFU_NOT_OPEN, WUFU_SET_LACKING, WUFU_SET_TWICE
from .find import open_campaign, signed_in, the_player
from .tables import EntryRow, Kind, WufuRow


class Complete(Shape):
    campaign_id: Key  # the platform's number
    exposure: Key | None = None  # the showing that led here


class Completed(Shape):
    who: str  # the name under which your share will be public
    used: list[str]  # the cards that were given for it, by kind; wild ones for those that were missing


@method(
    "kaifang.wufu.set.complete", who=Who.WALLET,
    raises=[WUFU_NOT_EXIST, WUFU_NOT_OPEN, WUFU_SET_LACKING, WUFU_SET_TWICE],
)  # fmt: skip
def complete(work: Work, ask: Complete) -> Completed:
    """Give a complete set for a share of the pool."""
    user, row = signed_in(work), open_campaign(work, ask.campaign_id)
    if work.find(EntryRow, wufu=row.id, user=user) is not None:
        raise WUFU_SET_TWICE(campaign_id=row.id)
    used = the_set(work, row, user)
    player = the_player(work, row, user)
    work.post(
        *(Move(Purse(user, CARDS), row.spent, Money(1, row.card(kind))) for kind in used), why="wufu.set", ref=row.id
    )
    work.add(EntryRow(wufu=row.id, who=player.who, user=user))
    work.tell("wufu.complete", row.id, user=user, campaign_id=row.id, exposure=ask.exposure)
    return Completed(who=player.who, used=used)


def the_set(work: Work, row: WufuRow, user: str) -> list[str]:
    """The cards that somebody gives for a share."""
    wild = [kind.code for kind in row.kinds if kind.wild for _ in range(held(work, row, user, kind.code))]
    used, missing = list[str](), list[Kind]()
    for kind in row.kinds:
        if kind.wild:
            continue
        if held(work, row, user, kind.code):
            used.append(kind.code)
        else:
            missing.append(kind)
    if len(missing) > len(wild):
        raise WUFU_SET_LACKING(missing="、".join(kind.name for kind in missing), wild=len(wild))
    return used + wild[: len(missing)]
