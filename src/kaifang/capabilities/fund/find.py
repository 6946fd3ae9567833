"""What several nouns share: whose money is meant, and whether the person is there."""

import hashlib
from typing import Any

from kaifang.kernel import NO_PERMISSION, NO_USER, FaultKind, Key, Moment, Shape, Work, told_as
from kaifang.kernel.shape import encode


class Done(Shape):
    """What the wallet is told of an act that needed the payment password."""

    done: bool  # false: the password was wrong, and nothing happened
    left: int | None = None  # tries left after a wrong password


def the_user(work: Work) -> str:
    """The person who is signed in."""
    if work.caller.user is None:
        raise NO_USER()
    return work.caller.user


def spoken_for(work: Work, user_id: Key | None) -> str:
    """Whose things are meant: an operator names the party, a wallet speaks for who is signed in."""
    if work.caller.role == "wallet":
        return the_user(work)
    if work.caller.role != "operator" or user_id is None:
        raise NO_PERMISSION(needs="the wallet, or an operator who names user_id")
    return user_id


def the_party(work: Work, missing: FaultKind, **which: str) -> Any:
    """What is known of a party; `missing` is raised if there is none."""
    with told_as({"PARTY_NOT_EXIST": missing}):
        return work.ask("kaifang.account.party.find", **which)


def shown(work: Work, user: str) -> dict[str, str]:
    """How the calling application may know a user: by user_id, or by open_id only."""
    if not user or not work.caller.open_ids:
        return {"user_id": user} if user else {}
    return {"open_id": work.ask("kaifang.account.openid.give", user_id=user).open_id}


def wrong_password(work: Work, pay_password: str) -> Done | None:
    """What to answer if the payment password is wrong; None if it is right."""
    checked = work.ask("kaifang.account.password.check", user_id=the_user(work), pay_password=pay_password)
    return None if checked.right else Done(done=False, left=checked.left)


def digest(ask: Shape) -> str:
    """What is kept of a request, so that a repeat is known."""
    return hashlib.sha256(encode(ask)).hexdigest()


def moment(ms: int) -> Moment | None:
    """A moment, if it has come."""
    return Moment(ms) if ms else None
