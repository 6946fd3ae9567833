"""Finding the activity, the person and the voucher that are meant."""

from typing import Annotated, Any

from msgspec import Meta

from kaifang.kernel import NO_USER, Key, Line, Shape, Work, told_as

from .errors import ACTIVITY_NOT_EXIST, INVALID, VOUCHER_NOT_EXIST
from .tables import ActivityRow, TermsRow, VoucherRow

PageNumber = Annotated[int, Meta(ge=1, le=100_000)]
PageSize = Annotated[int, Meta(ge=1, le=100)]


class Person(Shape):
    """A person as a merchant names one."""

    user_id: Key | None = None  # by user id,
    open_id: Line | None = None  # or as your app knows that person


class Paged(Shape):
    """A list that is read a page at a time."""

    page_num: PageNumber = 1  # which page, from 1
    page_size: PageSize = 20  # how many on a page


def own_activity(work: Work, activity_id: str, *kinds: str) -> ActivityRow:
    """The caller's activity with this number."""
    row = any_activity(work, activity_id)
    if row.merchant != work.caller.merchant or (kinds and row.kind not in kinds):
        raise ACTIVITY_NOT_EXIST(activity_id=activity_id)
    return row


def any_activity(work: Work, activity_id: str) -> ActivityRow:
    """Anybody's activity with this number."""
    row = work.find(ActivityRow, id=activity_id)
    if row is None:
        raise ACTIVITY_NOT_EXIST(activity_id=activity_id)
    return row


def planned(work: Work, merchants: list[str], activity_id: str | None = None) -> list[str]:
    """The activities of these merchants, or the one among them, that a plan shows to everybody now."""
    found = work.ask_if_offered("kaifang.delivery.offered", merchants=merchants, activity_id=activity_id)
    return found.activities if found is not None else []


def terms_of(work: Work, row: ActivityRow) -> TermsRow:
    """What an activity promises."""
    terms = work.find(TermsRow, id=row.id)
    assert terms is not None, f"activity {row.id} promises nothing"
    return terms


def the_person(work: Work, ask: Any) -> Any:
    """What is known of the person who is named."""
    user_id, open_id = getattr(ask, "user_id", None), getattr(ask, "open_id", None)
    if not (user_id or open_id):
        raise INVALID(field="user_id", reason="give user_id or open_id")
    return party(work, user_id=user_id, open_id=open_id)


def party(work: Work, **which: str | None) -> Any:
    """What is known of somebody."""
    with told_as({"PARTY_NOT_EXIST": INVALID}):
        return work.ask("kaifang.account.party.find", **which)


def signed_in(work: Work) -> str:
    """The person at the wallet."""
    if work.caller.user is None:
        raise NO_USER()
    return work.caller.user


def own_voucher(work: Work, voucher_id: str) -> VoucherRow:
    """A voucher that the calling merchant gave."""
    row = work.find(VoucherRow, id=voucher_id)
    if row is None or row.merchant != work.caller.merchant:
        raise VOUCHER_NOT_EXIST(voucher_id=voucher_id)
    return row
