"""How things are reviewed: words that nobody shall read, and what needs an operator's eye."""

from typing import Annotated

from msgspec import Meta

from kaifang.kernel import Key, Line, Shape, Text, Who, Work, method

from .tables import RuleRow

EVERY = "*"
Texts = Annotated[list[Text], Meta(max_length=200)]


class Rule(Shape):
    kind: Key  # such as placement, service, search_box; * for every kind
    words: Annotated[list[Key], Meta(max_length=1000)] = []  # what is rejected at once for holding one of these
    auto: bool = False  # whether the rest is approved at once; for *: where the kind has no rule of its own


class RuleSet(Shape):
    kind: str  # the same


@method("kaifang.review.rule.set", who=Who.OPERATOR)
def set_rule(work: Work, ask: Rule) -> RuleSet:
    """Say how one kind of thing is reviewed from now on."""
    row = work.find(RuleRow, id=ask.kind)
    if row is None:
        work.add(RuleRow(id=ask.kind, words=ask.words, auto=ask.auto))
    else:
        row.words, row.auto = ask.words, ask.auto
    return RuleSet(kind=ask.kind)


class ListRules(Shape):
    pass


class Rules(Shape):
    rules: list[Rule]  # by kind


@method("kaifang.review.rule.list", who=Who.OPERATOR, reads=True)
def list_rules(work: Work, ask: ListRules) -> Rules:
    """List how things are reviewed; kinds without a rule wait for an operator."""
    rows = work.select(RuleRow, order="id")
    return Rules(rules=[Rule(kind=row.id, words=row.words, auto=row.auto) for row in rows])


class Words(Shape):
    kind: Key  # of what
    texts: Texts  # what people would read


class Found(Shape):
    words: list[Line]  # those that nobody shall read


@method("kaifang.review.words", who=Who.INSIDE, reads=True)
def words(work: Work, ask: Words) -> Found:
    """Look for words that the rules forbid."""
    return Found(words=forbidden(work, ask.kind, ask.texts))


def forbidden(work: Work, kind: str, texts: list[str]) -> list[str]:
    """The forbidden words in some texts, however they are capitalised."""
    read = "\n".join(texts).casefold()
    rules = [row for name in (EVERY, kind) if (row := work.find(RuleRow, id=name)) is not None]
    return sorted({word for row in rules for word in row.words if word.casefold() in read})


def needs_eye(work: Work, kind: str) -> bool:
    """Whether an operator has to look at this kind of thing."""
    row = work.find(RuleRow, id=kind) or work.find(RuleRow, id=EVERY)
    return row is None or not row.auto
