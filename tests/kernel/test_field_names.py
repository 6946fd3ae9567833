"""A request may have a field, and an event a fact, of any name."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec
import pytest

from kaifang.kernel import Line, Shape, Who, Work, method
from kaifang.kernel.events import Event
from kaifang.kernel.method import methods
from kaifang.kernel.platform import Platform


class Greet(Shape):
    """Whom to greet."""

    name: Line
    self: Line = ""


class Greeted(Shape):
    """What was said."""

    said: str


@pytest.fixture
def greeting() -> Iterator[str]:
    """A method whose request has the fields `name` and `self`."""
    published = "kaifang.test.greet"

    @method(published, who=Who.INSIDE)
    def greet(work: Work, ask: Greet) -> Greeted:
        return Greeted(said=f"{ask.name} {ask.self}")

    yield published
    del methods[published]


def test_a_request_may_have_a_field_called_name(platform: Platform, greeting: str) -> None:
    told = platform.do(lambda work: work.ask(greeting, name="Anna", self="too"))
    assert told.said == "Anna too"


def test_an_event_may_have_facts_called_event_and_subject(platform: Platform) -> None:
    facts = {"event": "a", "subject": "b", "work": "c"}
    platform.do(lambda work: work.tell("thing.made", "7", **facts))
    (kept,) = platform.do(lambda work: work.select(Event))
    assert (kept.name, kept.subject, msgspec.json.decode(kept.facts)) == ("thing.made", "7", facts)
