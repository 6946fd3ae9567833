"""The register of people and merchants, for those who run the platform."""

from functools import partial
from typing import Annotated, Literal

from msgspec import Meta

from kaifang.kernel import Key, Line, Moment, Shape, Who, Work, method
from kaifang.kernel.shape import encode

from .party import Status
from .tables import PartyRow


class List(Shape):
    text: Line = ""  # only those with this user id, or with this in their name or in what they sign in with
    kind: Literal["person", "merchant"] | None = None  # only these
    status: Status | None = None  # only those who stand so
    page_num: Annotated[int, Meta(ge=1, le=10_000)] = 1  # from 1
    page_size: Annotated[int, Meta(ge=1, le=100)] = 20  # 1 to 100


class Registered(Shape):
    user_id: str  # 16 digits, 2088...
    kind: str  # person or merchant
    logon_id: str  # what they sign in with, in full: never for others to see
    name: str  # as on the identity card or licence
    nick_name: str  # what others call them; empty if unknown
    mobile: str  # telephone number; empty if unknown
    city: str  # where they live; empty if unknown
    status: str  # NORMAL, BLOCKED or CLOSED
    certified: bool  # whether their identity was proved
    opened: Moment  # since when there is this account


class Listed(Shape):
    parties: list[Registered]  # the newest first
    total: int  # how many there are on all pages


@method("kaifang.account.party.list", who=Who.OPERATOR, reads=True)
def list_parties(work: Work, ask: List) -> Listed:
    """Search the people and merchants of this platform."""
    return work.found_beside(f"account.list {encode(ask).decode()}", partial(search, ask=ask))


def search(work: Work, ask: List) -> Listed:
    """A page of those who fit."""
    tests, values = ["1 = 1"], list[Key]()
    if ask.text:
        tests.append("(id = ? or logon_id like ? escape '!' or name like ? escape '!')")
        values += [ask.text, containing(ask.text.lower()), containing(ask.text)]
    for column, value in (("kind", ask.kind), ("state", ask.status)):
        if value is not None:
            tests.append(f"{column} = ?")
            values.append(value)
    where = " and ".join(tests)
    skipped = (ask.page_num - 1) * ask.page_size
    rows = work.select(PartyRow, where, values, "id desc", ask.page_size, offset=skipped)
    return Listed(parties=[registered(row) for row in rows], total=work.count(PartyRow, where, values))


def containing(word: str) -> str:
    """A pattern for texts that hold a word, whatever it is."""
    escaped = word.replace("!", "!!").replace("%", "!%").replace("_", "!_")
    return f"%{escaped}%"


def registered(row: PartyRow) -> Registered:
    """A party as operators see it; passwords and identity cards are not shown."""
    same = ("kind", "logon_id", "name", "nick_name", "mobile", "city", "certified")
    return Registered(
        **{name: getattr(row, name) for name in same}, user_id=row.id, status=row.state, opened=Moment(row.opened)
    )
