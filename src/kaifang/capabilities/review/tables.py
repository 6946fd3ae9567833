"""What is kept of reviews."""

from kaifang.kernel import Row, table

from .states import Review


@table("review_rule")
class RuleRow(Row):
    """How one kind of thing is reviewed."""

    id: str  # the kind, or * for every kind
    words: list[str]  # what is rejected at once for holding one of these
    auto: bool  # whether the rest is approved at once; else it waits for an operator


@table("review", index=[("kind", "subject"), ("state", "id")])
class ReviewRow(Row):
    """One look at one thing."""

    id: str  # 28 digits
    kind: str  # which capability's concern it is, such as placement
    subject: str  # the number of the thing
    merchant: str  # whose it is, a user id
    texts: list[str]  # what people would read
    state: str = Review.begin.name
    reason: str = ""  # why it was rejected
    opened: int  # milliseconds
    decided: int = 0  # milliseconds
