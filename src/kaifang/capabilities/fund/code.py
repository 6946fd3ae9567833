"""Payment codes: a wallet shows one, a till reads it, and it is good for one payment within a minute."""

from typing import Literal

from kaifang.kernel import DAY, HOUR, MINUTE, SECOND, Ahead, Happening, Key, Shape, Who, Work, daily, method, timer

from .errors import CODE_INVALID
from .find import the_user
from .tables import PayCode

AT_ONCE = 1000  # codes that are forgotten in one transaction


class Create(Shape):
    kind: Literal["bar_code", "security_code"] = "bar_code"  # 18 digits, or what a face terminal is given
    payee: Key | None = None  # the only merchant whom it is to pay, a user id; else whoever reads it


class Created(Shape):
    auth_code: str  # 18 digits that begin with 28, or 35 characters that begin with fp
    expires_in: int  # seconds


@method("kaifang.fund.code.create", who=Who.WALLET)
def create(work: Work, ask: Create) -> Created:
    """Show a payment code: whoever reads it within a minute may ask its owner for one payment."""
    second = f"{(work.now + 8 * HOUR) % DAY // SECOND:05d}"
    fresh = f"28{second}{work.chance.digits(11)}"
    if ask.kind == "security_code":
        fresh = f"fp{second}{work.chance.text(28)}"
    code = work.add(PayCode(id=fresh, user=the_user(work), expires=work.now + MINUTE, payee=ask.payee or ""))
    return Created(auth_code=code.id, expires_in=MINUTE // SECOND)


class Take(Shape):
    code: Key  # as read
    scene: Literal["bar_code", "security_code", "wave_code"] | None = None  # how it was read
    payee: Key | None = None  # who reads it, a user id


class Taken(Shape):
    user_id: str  # who showed it


def take_ahead(look: Ahead, ask: Take) -> str | None:
    """The code, and who showed it."""
    code = look.row(PayCode, id=ask.code)
    return code.user if code is not None else None


@method("kaifang.fund.code.take", who=Who.INSIDE, raises=[CODE_INVALID], ahead=take_ahead)
def take(work: Work, ask: Take) -> Taken:
    """Take a payment code: it is used up with the payment for which it was read."""
    code = work.find(PayCode, id=ask.code)
    if code is None or code.expires <= work.now or ask.scene not in (None, kind_of(ask.code)):
        raise CODE_INVALID(code=ask.code)
    if code.payee and code.payee != ask.payee:
        raise CODE_INVALID(code=ask.code, reason="it was made for another merchant")
    work.remove(code)
    return Taken(user_id=code.user)


class Read(Shape):
    code: Key  # as read
    payee: Key  # who reads it, a user id


class Whose(Shape):
    user_id: str  # who shows it; empty: it is no good, or for another merchant


@method("kaifang.fund.code.read", who=Who.INSIDE, reads=True)
def read(work: Work, ask: Read) -> Whose:
    """See who shows a payment code, without using it up."""
    code = work.find(PayCode, id=ask.code)
    good = code is not None and code.expires > work.now and code.payee in ("", ask.payee)
    return Whose(user_id=code.user if code is not None and good else "")


def kind_of(code: str) -> str:
    """How a code of this form is read."""
    return "security_code" if code.startswith("fp") else "bar_code"


@daily("fund.code.forget", at="04:10")
def forget(work: Work, happening: Happening) -> None:
    """Begin to forget the codes that nobody used."""
    forget_on(work, happening)


@timer("fund.code.forget_on")
def forget_on(work: Work, happening: Happening) -> None:
    """Forget so many at a time."""
    old = work.select(PayCode, "expires <= ?", (work.now,), "id", AT_ONCE)
    for code in old:
        work.remove(code)
    if len(old) == AT_ONCE:
        work.later(work.now + SECOND, "fund.code.forget_on", "")
