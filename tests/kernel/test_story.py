"""Stories say what is wrong with them."""

from __future__ import annotations

from typing import Any

import pytest

from kaifang.kernel.story import Untrue, fill


def test_known_names_are_put_in_their_places() -> None:
    known = {"trade": "2026", "shop.app": "2021"}
    asked = {"trade_no": "$trade", "link": "x?a=${shop.app}&t=${trade}", "more": ["$shop.app", 3]}
    assert fill(asked, known) == {"trade_no": "2026", "link": "x?a=2021&t=2026", "more": ["2021", 3]}


@pytest.mark.parametrize("value", ["$trade", "x?t=${trade}", ["$trade"], {"trade_no": "${trade}"}])
def test_an_unknown_name_is_named(value: Any) -> None:
    with pytest.raises(Untrue, match=r"\$trade is not known yet"):
        fill(value, {"other": "1"})
