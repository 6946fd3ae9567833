"""What operators switch off is refused at every door from then on, and no longer when it is on again."""

from __future__ import annotations

import json
from typing import Any

import pytest
from tests.doors import V2Door, V3Door

from kaifang.kernel import Caller
from kaifang.kernel.story import Step

from .conftest import Town

OPERATOR = Caller(role="operator")
ORDER = {"total_amount": "1.00", "subject": "茶"}


def switch(town: Town, name: str, stopped: bool, reason: str = "") -> None:
    """An operator turns it."""
    ask: dict[str, Any] = {"name": name, "stopped": stopped, "reason": reason}
    town.platform.do(lambda work: work.ask("kaifang.switch.set", **ask), OPERATOR)


def order(door: V2Door | V3Door, number: str) -> tuple[str, str]:
    """A till orders by a code: the refusal, and why."""
    told = door.call(Step(call="alipay.trade.precreate", by="coffee"), {"out_trade_no": number, **ORDER})
    return told.fault, json.dumps(told.fields, ensure_ascii=False)


@pytest.mark.parametrize("kind", [V2Door, V3Door])
def test_a_method_and_a_capability_are_switched_off_and_on(town: Town, kind: type[V2Door] | type[V3Door]) -> None:
    door = kind(town.platform, town.known, town.loop, town.who)
    assert order(door, "a")[0] == ""
    for name in ("alipay.trade.precreate", "trade"):
        switch(town, name, True, "正在维护")
        fault, why = order(door, "b")
        assert fault == "isv.forbidden-api" and "暂停" in why
        switch(town, name, False)
        assert order(door, f"c{name}")[0] == ""
    door.house.close()


def test_what_was_switched_off_before_is_found_at_the_start(town: Town) -> None:
    switch(town, "trade", True)
    door = V3Door(town.platform, town.known, town.loop, town.who)
    assert order(door, "d")[0] == "isv.forbidden-api"
    door.house.close()
