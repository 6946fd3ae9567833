"""Asking who somebody is."""

from typing import Any

from kaifang.kernel import Fault, Work

from .errors import PARTY_NOT_EXIST


def the_party(work: Work, **key: str | None) -> Any:
    """The person or merchant meant by user_id, open_id or logon_id."""
    try:
        return work.ask("kaifang.account.party.find", **key)
    except Fault:
        raise PARTY_NOT_EXIST(**key) from None
