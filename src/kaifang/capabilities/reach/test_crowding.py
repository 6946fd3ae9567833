"""Slots where no story can go: what a merchant would do to have one alone."""

from __future__ import annotations

from typing import Any

from tests.visit import Visit


def test_nobody_fills_a_slot_alone() -> None:
    """A feed looks at the newest few hundred: whoever places as many would be the only one who is seen."""
    town = Visit()
    wish: dict[str, Any] = {
        "slot": "home_card", "title": "茶", "link": "https://coffee.example.com", "offer": {"kind": "PAGE"},
        "begin_time": "2026-09-22", "end_time": "2026-09-25",
    }  # fmt: skip
    method, coffee = "kaifang.reach.placement.apply", town.app("coffee")
    placed = [town.ask(coffee, method, out_no=f"p{number}", **wish) for number in range(21)]
    assert [one for one in placed if isinstance(one, str)] == ["INVALID_PARAMETER"] == placed[20:]
    other = wish | {"slot": "payment_success"}
    assert not isinstance(town.ask(coffee, method, out_no="q", **other), str)
    assert not isinstance(town.ask(town.app("books"), method, out_no="q", **wish), str)
    town.ask(coffee, "kaifang.reach.placement.end", placement_id=placed[0].placement_id)
    assert not isinstance(town.ask(coffee, method, out_no="r", **wish), str)
    town.close()
