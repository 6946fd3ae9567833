"""Asking for a review, and deciding."""

from typing import Annotated, Literal

from msgspec import Meta

from kaifang.kernel import Key, Line, Moment, Shape, Who, Work, method

from .errors import REVIEW_DECIDED, REVIEW_NOT_EXIST
from .rule import Texts, forbidden, needs_eye
from .states import Review
from .tables import ReviewRow


class Open(Shape):
    kind: Key  # which capability's concern it is
    subject: Key  # the number of the thing
    merchant: Key  # whose it is, a user id
    texts: Texts  # what people would read


class Opened(Shape):
    review_id: str  # 28 digits


@method("kaifang.review.open", who=Who.INSIDE)
def open_review(work: Work, ask: Open) -> Opened:
    """Have something looked at; the outcome is announced as review.approve or review.reject, and replaces an older."""
    take_back(work, ask.kind, ask.subject)
    row = work.add(
        ReviewRow(
            id=work.new_id("20601"), kind=ask.kind, subject=ask.subject, merchant=ask.merchant,
            texts=ask.texts, opened=work.now,
        )
    )  # fmt: skip
    if words := forbidden(work, row.kind, row.texts):
        decide_on(work, row, False, f"它含有：{'、'.join(words)}")
    elif not needs_eye(work, row.kind):
        decide_on(work, row, True, "")
    return Opened(review_id=row.id)


def take_back(work: Work, kind: str, subject: str) -> None:
    """Let go of a review that nobody decided on yet."""
    where, values = "kind = ? and subject = ? and state = ?", (kind, subject, Review.WAITING.name)
    for row in work.select(ReviewRow, where, values):
        Review.withdraw(work, row, **facts(row))


def decide_on(work: Work, row: ReviewRow, approve: bool, reason: str) -> None:
    """Approve or reject."""
    row.reason, row.decided = reason, work.now
    (Review.approve if approve else Review.reject)(work, row, **facts(row))


def facts(row: ReviewRow) -> dict[str, str]:
    """What is announced of a review."""
    return {"kind": row.kind, "about": row.subject, "merchant": row.merchant, "reason": row.reason}


class Withdraw(Shape):
    kind: Key  # which capability's concern it is
    subject: Key  # the number of the thing


class Withdrawn(Shape):
    subject: str  # the same


@method("kaifang.review.withdraw", who=Who.INSIDE)
def withdraw(work: Work, ask: Withdraw) -> Withdrawn:
    """Take back what waits for a review, if something does."""
    take_back(work, ask.kind, ask.subject)
    return Withdrawn(subject=ask.subject)


class Decide(Shape):
    review_id: Key  # 28 digits
    approve: bool  # yes or no
    reason: Line = ""  # why not; who asked reads it


class Seen(Shape):
    review_id: str  # 28 digits
    kind: str  # such as placement
    subject: str  # the number of the thing
    merchant: str  # whose it is, a user id
    texts: list[str]  # what people would read
    state: str  # WAITING, APPROVED, REJECTED or WITHDRAWN
    reason: str  # why it was rejected
    opened: Moment  # since when it is here
    decided: Moment | None = None  # when it was decided


@method("kaifang.review.decide", who=Who.OPERATOR, raises=[REVIEW_NOT_EXIST, REVIEW_DECIDED])
def decide(work: Work, ask: Decide) -> Seen:
    """Approve or reject what waits; saying the same again changes nothing."""
    row = work.find(ReviewRow, id=ask.review_id)
    if row is None:
        raise REVIEW_NOT_EXIST(review_id=ask.review_id)
    if row.state != (Review.APPROVED if ask.approve else Review.REJECTED).name:
        decide_on(work, row, ask.approve, "" if ask.approve else ask.reason)
    return seen(row)


def seen(row: ReviewRow) -> Seen:
    """A review as operators see it."""
    same = {name: getattr(row, name) for name in ("kind", "subject", "merchant", "texts", "state", "reason")}
    decided = Moment(row.decided) if row.decided else None
    return Seen(review_id=row.id, opened=Moment(row.opened), decided=decided, **same)


class ListReviews(Shape):
    state: Literal["WAITING", "APPROVED", "REJECTED", "WITHDRAWN"] = "WAITING"  # which
    kind: Key | None = None  # of one kind only
    after: Key | None = None  # those after this review_id
    limit: Annotated[int, Meta(ge=1, le=200)] = 50  # how many


class Listed(Shape):
    reviews: list[Seen]  # the oldest first


@method("kaifang.review.list", who=Who.OPERATOR, reads=True)
def list_reviews(work: Work, ask: ListReviews) -> Listed:
    """List what waits for an operator, or what became of it."""
    where, values = "state = ? and id > ?", [ask.state, ask.after or ""]
    if ask.kind:
        where, values = f"{where} and kind = ?", [*values, ask.kind]
    return Listed(reviews=[seen(row) for row in work.select(ReviewRow, where, values, "id", ask.limit)])
