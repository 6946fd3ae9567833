"""What is kept of proposals."""

from kaifang.kernel import Row, Shape, table

from .states import Proposal


class Point(Shape):
    """One line of what is proposed."""

    zh: str  # what it is about, in Chinese
    en: str  # the same in English
    value: str  # what is proposed, such as 0.6%


@table("proposal", index=[("party", "state")])
class ProposalRow(Row):
    """One question to one party."""

    id: str  # 32 letters and digits that cannot be guessed
    party: str  # who is to answer, a user id
    proposer: str  # who asks, a user id
    kind: str  # which capability's concern it is, such as commission
    subject: str  # the number of the thing it is about
    zh: str  # the question in Chinese
    en: str  # the question in English
    points: list[Point]  # what exactly
    state: str = Proposal.begin.name
    opened: int  # milliseconds
    until: int  # it can be answered until then, milliseconds
