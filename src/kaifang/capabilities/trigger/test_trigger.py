"""Every trigger brings what it says, twice over; and whatever the platform tells anybody has one, or a reason."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from tests.town import WORLD
from tests.visit import Visit

from kaifang.capabilities.trigger.known import triggers, unmoved
from kaifang.kernel import NO_PERMISSION
from kaifang.kernel.capability import capabilities
from kaifang.kernel.door import KernelDoor
from kaifang.kernel.notices import Notice
from kaifang.kernel.story import stories

PROVIDERS = {"authorisation.given", "authorisation.withdrawn", "secondary.admitted", "secondary.refused",
             "operation.answered", "signing.agreed", "commodity.decided", "service.ordered"}  # fmt: skip


@pytest.fixture
def town() -> Iterator[Visit]:
    """A town with a listener."""
    town = Visit()
    KernelDoor(town.platform, town.known, town.loop)
    yield town
    town.close()


@pytest.mark.parametrize("name", sorted(triggers()))
def test_a_trigger_brings_what_it_says(town: Visit, name: str) -> None:
    who = town.app("helper" if name in PROVIDERS else "coffee")
    town.ask(who, "kaifang.notice.listen", url="http://127.0.0.1:9000/listen")
    for _ in range(2):
        fired = town.platform.do(lambda work: work.ask("kaifang.trigger.fire", trigger=name), who)
        town.move(0)
        told = town.platform.read(lambda work: work.select(Notice, "app = ?", (who.app,), "id"))
        heard = [notice.kind for notice in told]
        assert set(fired.tells) <= set(heard), heard
    assert heard.count(fired.tells[0]) >= 2, "it happens each time"


def test_every_kind_that_anybody_is_told_of_has_a_trigger_or_a_reason() -> None:
    told = re.compile(r"notified:\s*\{?\s*notify_type: ([\w.]+)")
    kinds = {kind for path in stories(WORLD.parent) for kind in told.findall(path.read_text("utf-8"))}
    triggered = {kind for trigger in triggers().values() for kind in trigger.tells[:1]}
    assert len(kinds) > 25 and not kinds - triggered - set(unmoved()), sorted(kinds - triggered - set(unmoved()))
    assert not triggered & set(unmoved())


def test_whatever_a_trigger_calls_is_declared() -> None:
    called = {step.call for trigger in triggers().values() for step in trigger.steps}
    assert called <= set(capabilities["trigger"].needs), sorted(called - set(capabilities["trigger"].needs))


def test_nothing_is_made_up_where_money_is_real(town: Visit) -> None:
    town.platform.place.sandbox = False
    refused = town.ask(town.app("coffee"), "kaifang.trigger.fire", trigger="trade.paid")
    assert refused == NO_PERMISSION.code


def test_names_are_unique_and_said_in_both_languages() -> None:
    for name, trigger in triggers().items():
        assert trigger.zh.endswith("。") and trigger.en.endswith(".") and trigger.tells, name
    assert all(one.zh and one.en.endswith(".") for one in unmoved().values())
    assert not any(re.search(r"[^a-z._]", name) for name in triggers()), sorted(triggers())
