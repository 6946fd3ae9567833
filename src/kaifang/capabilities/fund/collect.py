"""Being paid by people: codes that a person shows, and who stands behind a logon id or such a code."""

import re
from typing import Any

from kaifang.kernel import Amount, Line, Money, Shape, Who, Work, method

from .errors import PAYEE_NOT_EXIST
from .find import the_party, the_user
from .tables import CollectRow

PAGE = "/#/money/to/"  # the wallet's page that pays to a code
CODE = re.compile(r"(?:^|/#/money/to/)([0-9A-Za-z]{20})\Z")


class Make(Shape):
    amount: Amount | None = None  # yuan that you ask for; left out: whoever pays says how much
    remark: Line = ""  # what it is for


class Made(Shape):
    link: str  # the text to show as a QR code; scanned, it opens the wallet's page that pays you


@method("kaifang.wallet.collect.make", who=Who.WALLET)
def make(work: Work, ask: Make) -> Made:
    """Make a code by which people pay you; the same wishes have the same code."""
    amount = ask.amount.minor if ask.amount else 0
    which: dict[str, Any] = {"user": the_user(work), "amount": amount, "remark": ask.remark}
    row = work.find(CollectRow, **which) or work.add(CollectRow(id=work.chance.text(20), **which))
    return Made(link=work.link(f"{PAGE}{row.id}"))


class Look(Shape):
    payee: Line  # the logon id of who is to get money, or the text of that person's code


class Found(Shape):
    name: str  # who it is, but for the last character hidden; of a merchant the whole
    masked: str  # the logon id as others may see it
    kind: str  # person or merchant
    amount: Money | None = None  # yuan that the code asks for
    remark: str | None = None  # what the code is for


@method("kaifang.wallet.payee.look", who=Who.WALLET, reads=True, raises=[PAYEE_NOT_EXIST])
def look(work: Work, ask: Look) -> Found:
    """See who would get the money, before you send it."""
    the_user(work)
    party, code = addressee(work, ask.payee)
    hidden = party.name if party.kind == "merchant" else "*" * (len(party.name) - 1) + party.name[-1:]
    return Found(
        name=hidden, masked=party.masked, kind=party.kind, amount=Money(code.amount) if code and code.amount else None,
        remark=code.remark or None if code else None,
    )  # fmt: skip


def addressee(work: Work, payee: str) -> tuple[Any, CollectRow | None]:
    """Who is meant by a logon id or the text of a code, and the code if it is one."""
    named = CODE.search(payee)
    code = work.find(CollectRow, id=named[1]) if named else None
    which = {"user_id": code.user} if code else {"logon_id": payee}
    return the_party(work, PAYEE_NOT_EXIST, **which), code
