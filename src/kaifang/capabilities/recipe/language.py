"""The language of recipes: these shapes are the YAML, and its JSON schema follows from them.

Text with `{{...}}` in it holds expressions in CEL; text that is one `{{...}}` has the expression's own type.
"""

from typing import Annotated, Any, Literal

from msgspec import Meta

from kaifang.kernel import Key, Line, Shape, Text

Name = Annotated[str, Meta(pattern="^[a-z][a-z0-9_]{0,31}$", description="small letters, digits and _")]
Cel = Annotated[str, Meta(min_length=1, max_length=1000)]
Length = Annotated[str, Meta(pattern="^[0-9]{1,6}[smhd]$", description="90s, 15m, 2h or 10d")]
Percent = Annotated[str, Meta(pattern=r"^[0-9]{1,2}(\.[0-9]{1,2})?$")]
Kind = Literal["text", "amount", "count", "flag", "choice", "moment", "clock", "length"]
Version = Annotated[str, Meta(pattern=r"^[0-9]{1,4}\.[0-9]{1,4}\.[0-9]{1,4}$", description="such as 1.0.0")]


class Words(Shape, forbid_unknown_fields=True):
    """The same in Chinese and in English."""

    zh: Line  # in Chinese
    en: Line  # in English


class Input(Shape, forbid_unknown_fields=True):
    """Something that the merchant fills in."""

    kind: Kind  # amounts are fen in expressions, clock is a time of day, length such as 2h
    says: Words  # what it is for
    default: str | int | bool | None = None  # used if the merchant says nothing; without it the merchant has to
    least: str | int | None = None  # of amounts, in yuan, and counts
    most: str | int | None = None  # of amounts, in yuan, and counts
    choices: list[Line] = []  # of a choice


class Field(Shape, forbid_unknown_fields=True):
    """A member of a signal."""

    kind: Kind  # as an input's
    says: Words  # what it is


class Signal(Shape, forbid_unknown_fields=True):
    """Something that the merchant's own systems tell: rules hear it as `signal.` and its name."""

    says: Words  # what has happened
    data: Annotated[dict[Name, Field], Meta(max_length=20)] = {}  # what comes with it


class Flow(Shape, forbid_unknown_fields=True):
    """Money of the merchant's that a step may move; without it a step can move none."""

    says: Words  # where it goes, and what for
    most: Cel  # how much at most, in fen: an expression of the inputs
    a_day: Cel | None = None  # and how much at most a day, all runs of the rule together


class Back(Shape, forbid_unknown_fields=True):
    """How a step is undone: by a call, or by undoing another one."""

    call: Key | None = None  # the method
    ask: dict[str, Any] = {}  # what it is asked
    money: Flow | None = None  # what it may cost the merchant
    by: Name | None = None  # or the step that kept this name: when that is undone, so is this one
    fine: Annotated[list[Key], Meta(max_length=10)] = []  # refusals that mean it is undone already


class Wait(Shape, forbid_unknown_fields=True):
    """A pause: for a time, until a moment, or until something happens, but no longer than one of those."""

    lasts: Length | None = None  # for so long, or
    until: Cel | None = None  # until this moment: an expression; one that has passed is no wait
    on: Key | None = None  # until this event comes; if the time is over before, what was heard is empty
    when: Cel | None = None  # and this holds of it, as `heard`; `event` is the one that began the run


class Step(Shape, forbid_unknown_fields=True, rename={"when": "if"}):
    """A call, or a wait."""

    call: Key | None = None  # the method: the service provider calls it for the merchant
    ask: dict[str, Any] = {}  # what it is asked
    keep: Name | None = None  # under this name, in `steps`, what it answered, or what was heard
    when: Cel | None = None  # only if this holds
    wait: Wait | None = None  # instead of a call
    money: Flow | None = None  # what it may cost the merchant
    fine: Annotated[list[Key], Meta(max_length=10)] = []  # refusals that are no failure: the run goes on
    undo: Back | None = None  # how it is undone


class Share(Shape, forbid_unknown_fields=True):
    """What a finished run costs the merchant: paid to the service provider by the day."""

    each: Key | None = None  # yuan a run
    percent: Percent | None = None  # or a part of an amount
    of: Cel | None = None  # the amount in fen: an expression


class Rule(Shape, forbid_unknown_fields=True, rename={"when": "if"}):
    """When something happens, something is done: that is a run."""

    rule: Name  # what it is called
    says: Words  # what it does
    on: Key | None = None  # the event, such as trade.pay, or a signal, such as signal.registered
    every: Line | None = None  # or each day at this Beijing time: 09:30, or {{inputs.time}}
    when: Cel | None = None  # only if this holds
    once: Cel | None = None  # at most one run for each value of this
    do: Annotated[list[Step], Meta(max_length=30)] = []  # what is done; nothing, if it only counts
    figures: Annotated[dict[Name, Cel], Meta(max_length=10)] = {}  # what a finished run adds to the figures
    share: Share | None = None  # what it costs


class Slot(Shape, forbid_unknown_fields=True):
    """A place where people meet what the recipe made: some step fills it."""

    slot: Key  # as a step names it, such as payment_success
    says: Words  # what they see there


class Figure(Shape, forbid_unknown_fields=True):
    """A number that the merchant watches, summed by the day."""

    says: Words  # what it counts
    kind: Literal["count", "amount"] = "count"  # amounts are fen in expressions


class Recipe(Shape, forbid_unknown_fields=True):
    """A recipe: what it is for, what it needs, what is filled in, what it sets up, and its rules."""

    recipe: Name  # its name, which no other has
    version: Version  # a later one is greater
    industry: Name  # such as tea
    title: Words  # what it is called
    about: Words  # what it is for
    needs: Annotated[list[Name], Meta(min_length=1, max_length=20)]  # the capabilities whose methods it calls
    inputs: Annotated[dict[Name, Input], Meta(max_length=30)] = {}  # what the merchant fills in
    signals: Annotated[dict[Name, Signal], Meta(max_length=10)] = {}  # what the merchant's own systems tell
    setup: Annotated[list[Step], Meta(max_length=30)] = []  # what is done once; removing the recipe undoes it
    rules: Annotated[list[Rule], Meta(min_length=1, max_length=20)]  # what is done when
    slots: Annotated[list[Slot], Meta(max_length=10)] = []  # where people meet it
    figures: Annotated[dict[Name, Figure], Meta(max_length=20)] = {}  # what the merchant watches
    notes: Text = ""  # for whoever reads on
