"""Passwords: kept as slow digests, compared without haste, and locked after five wrong tries."""

import hmac
from functools import partial
from typing import Annotated

from cryptography.hazmat.primitives.kdf.scrypt import Scrypt
from msgspec import Meta

from kaifang.kernel import HOUR, SECOND, Key, Moment, Shape, Who, Work, method

from .errors import PARTY_NOT_EXIST
from .find import the_party
from .tables import PartyRow, WrongTries

PayPassword = Annotated[str, Meta(min_length=6, max_length=6, pattern="^[0-9]{6}$")]  # six digits
SignInPassword = Annotated[str, Meta(min_length=6, max_length=64)]
TRIES, LOCK = 5, 3 * HOUR
PLACE_TRIES, PLACE_REST = 60, 6 * SECOND  # of one address: so many at once, and then one more after each rest
COST = 2**12  # about 10 ms on one core, so that a store of digests is slow to search
NOBODY = f"{COST}$00$00"  # no password has this digest


def digest(work: Work, password: str) -> str:
    """What is kept of a password: cost, salt and digest."""
    salt = work.chance.hex(32)
    return work.slowly(("digest", password), partial(new_secret, password, salt))


def new_secret(password: str, salt: str) -> str:
    """The digest with what it takes to compare it."""
    return f"{COST}${salt}${stretched(password, salt, COST)}"


def stretched(password: str, salt: str, cost: int) -> str:
    """The scrypt digest."""
    return Scrypt(salt=bytes.fromhex(salt), length=32, n=cost, r=8, p=1).derive(password.encode()).hex()


def matches(password: str, secret: str) -> bool:
    """Whether a password is the one that a digest was made of."""
    cost, salt, kept = secret.split("$")
    return hmac.compare_digest(stretched(password, salt, int(cost)), kept)


class Checked(Shape):
    right: bool  # whether it was the right one; never, while it is locked
    left: int  # how many wrong tries are left
    locked_until: Moment | None = None  # when it may be tried again


def try_password(work: Work, lock: str, password: str, secret: str) -> Checked:
    """Compare a password; a wrong one counts, and five lock it for three hours."""
    tries = work.find(WrongTries, id=lock)
    count = tries.count if tries and work.now < tries.last + LOCK else 0
    if tries and count >= TRIES:
        return Checked(right=False, left=0, locked_until=Moment(tries.last + LOCK))
    if work.slowly((password, secret), partial(matches, password, secret)):
        if tries:
            work.remove(tries)
        return Checked(right=True, left=TRIES)
    tries = tries or work.add(WrongTries(id=lock))
    tries.count, tries.last = count + 1, work.now
    locked_until = Moment(work.now + LOCK) if tries.count >= TRIES else None
    return Checked(right=False, left=TRIES - tries.count, locked_until=locked_until)


def crowded_until(work: Work, place: str) -> Moment | None:
    """When a wrong password may come from this address again; None if one may now."""
    tries = work.find(WrongTries, id=place)
    if tries is None or standing(work, tries) < PLACE_TRIES:
        return None
    return Moment(tries.last + (tries.count - PLACE_TRIES + 1) * PLACE_REST)


def count_at(work: Work, place: str) -> None:
    """Count a wrong password that came from an address."""
    tries = work.find(WrongTries, id=place) or work.add(WrongTries(id=place))
    tries.count, tries.last = standing(work, tries) + 1, work.now


def standing(work: Work, tries: WrongTries) -> int:
    """How many of an address's wrong tries count still."""
    return max(0, tries.count - (work.now - tries.last) // PLACE_REST)


def place_lock(address: str) -> str:
    """Under which number wrong passwords that came from an address are counted."""
    return f"from/{address}"


def pay_lock(user: str) -> str:
    """Under which number wrong payment passwords are counted."""
    return f"pay/{user}"


def signin_lock(logon_id: str) -> str:
    """Under which number wrong sign-in passwords are counted, whether or not anybody has the logon_id."""
    return f"signin/{logon_id}"


def set_pay_password(work: Work, party: PartyRow, password: str) -> None:
    """Take a new payment password, and unlock paying."""
    party.pay_secret = digest(work, password)
    unlock(work, pay_lock(party.id))


def set_signin_password(work: Work, party: PartyRow, password: str) -> None:
    """Take a new sign-in password, and unlock signing in."""
    party.signin_secret = digest(work, password)
    unlock(work, signin_lock(party.logon_id))


def unlock(work: Work, lock: str) -> None:
    """Forget wrong tries."""
    tries = work.find(WrongTries, id=lock)
    if tries is not None:
        work.remove(tries)


class Check(Shape):
    user_id: Key  # whose password
    pay_password: Key  # as it was typed


@method("kaifang.account.password.check", who=Who.INSIDE, raises=[PARTY_NOT_EXIST])
def check(work: Work, ask: Check) -> Checked:
    """Compare a payment password: an answer either way, since a refusal would forget the wrong try."""
    party = the_party(work, ask.user_id)
    return try_password(work, pay_lock(party.id), ask.pay_password, party.pay_secret)
