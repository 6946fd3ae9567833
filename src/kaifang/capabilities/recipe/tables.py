"""What is kept of recipes."""

from typing import Any

from kaifang.kernel import Money, Row, Shape, table

from .states import Installation, Recipe, Run


@table("recipe")
class RecipeRow(Row):
    """A recipe: whose it is, and its versions."""

    id: str  # its name
    provider: str  # user id
    app: str  # the service provider's application, which calls for merchants
    industry: str  # such as tea
    versions: list[str] = []  # the latest last


@table("recipe_version", key=("recipe", "version_no"))
class VersionRow(Row):
    """One version, as it was published."""

    recipe: str  # its name
    version_no: str  # such as 1.0.0
    content: str  # what it says, JSON
    at: int  # milliseconds
    state: str = Recipe.begin.name


@table("recipe_installation", unique=[("slot",)], index=[("merchant",), ("recipe",)])
class InstallationRow(Row):
    """A recipe in a merchant's hands."""

    id: str  # 28 digits
    recipe: str  # its name
    version_no: str  # which version
    provider: str  # user id
    app: str  # the service provider's application
    merchant: str  # user id
    merchant_app: str  # the merchant's application that is acted for
    slot: str | None  # merchant and recipe: only one at a time
    inputs: dict[str, Any]  # as expressions know them
    told: dict[str, Any]  # as the merchant filled them in
    permissions: list[str]  # the methods that the merchant allowed
    events: list[str]  # what its rules hear
    kept: dict[str, Any] = {}  # what the set-up's steps kept
    setup: str = ""  # the run that set it up
    trouble: str = ""  # why a condition could not be read when an event came last
    at: int  # milliseconds
    state: str = Installation.begin.name


@table("recipe_run", index=[("installation", "at"), ("installation", "waits_on", "waits_for"), ("recipe",)])
class RunRow(Row):
    """One application of a rule, or a set-up."""

    id: str  # 28 digits
    installation: str  # its number
    merchant: str  # user id
    recipe: str  # its name
    version_no: str  # by which version it goes
    rule: str  # which; empty: the set-up
    event: dict[str, Any]  # what began it
    inputs: dict[str, Any]  # as they were then
    step: int = 0  # how many steps are behind it
    calls: int = 0  # how many calls it made
    kept: dict[str, Any] = {}  # what its steps kept
    waits_on: str = ""  # for which event
    waits_for: str = ""  # and of what, such as id=2088...; empty: it has to be looked at
    waits_until: int = 0  # milliseconds; until when at most
    refusal: str = ""  # the fault that a step met
    reason: str = ""  # in words
    share: Money = Money(0)  # what it costs the merchant
    figures: dict[str, int] = {}  # what it added
    at: int  # when it began, milliseconds
    ended: int = 0  # milliseconds
    state: str = Run.begin.name


@table("recipe_step", key=("run", "number"))
class StepRow(Row):
    """A call that a run made, with what was asked and answered."""

    run: str  # its number
    number: int  # from 1, in the order of doing
    place: int  # which step of the rule
    call: str  # the method
    asked: dict[str, Any]  # what it was asked
    answered: dict[str, Any] = {}  # what it answered
    refusal: str = ""  # or why it did not
    moved: Money = Money(0)  # what of the merchant's money it moved; below zero: what came back
    takes_back: int = 0  # the number of the call that this one undid; 0: none
    at: int  # milliseconds


@table("recipe_spent", key=("installation", "day", "flow"))
class SpentRow(Row):
    """How much of a merchant's money a step has moved in a day."""

    installation: str  # its number
    day: str  # such as 20260921
    flow: str  # rule and step
    amount: Money = Money(0)


@table("recipe_once")
class OnceRow(Row):
    """A value for which a rule has run: it does not run again for it."""

    id: str  # installation, rule and value
    run: str  # its number


@table("recipe_figure", key=("installation", "day", "figure"))
class FigureRow(Row):
    """What the runs of a day added to a figure."""

    installation: str  # its number
    day: str  # such as 20260921
    figure: str  # its name
    value: int = 0  # a count, or fen


class Settled(Shape):
    """How a day's share was paid."""

    number: str  # the journal's
    at: int  # milliseconds


@table("recipe_share", key=("installation", "day"), index=[("provider", "day"), ("merchant", "day")])
class ShareRow(Row):
    """What the runs of a day cost the merchant."""

    installation: str  # its number
    day: str  # such as 20260921
    provider: str  # user id
    merchant: str  # user id
    recipe: str  # its name
    runs: int = 0  # finished, less those undone
    amount: Money = Money(0)  # below zero: more was undone than done
    settled: Settled | None = None  # when it was paid; None: not yet


@table("recipe_draft", key=("provider", "draft"))
class DraftRow(Row):
    """A recipe that is not finished."""

    provider: str  # user id
    draft: str  # what its provider calls it
    text: str  # as it is written, YAML
    saved: int  # milliseconds
