"""Deliveries where no story can go: a merchant with more plans than anybody looks at."""

from __future__ import annotations

from typing import Any

import pytest
from tests.visit import Visit

from . import plan


def test_a_merchant_has_so_many_plans_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """All plans of the merchants around are looked at whenever somebody has paid."""
    monkeypatch.setattr(plan, "OF_ONE", 2)
    town = Visit()
    single = {"delivery_content_info": {"delivery_app_content": {"mini_app_id": town.known["coffee.app"]}}}
    wish: dict[str, Any] = {
        "delivery_booth_code": "HOME_CARD", "delivery_play_config": {"delivery_single_send_config": single},
        "delivery_base_info": {"delivery_begin_time": "2026-09-22", "delivery_end_time": "2026-09-25"},
    }  # fmt: skip
    create, coffee = "alipay.marketing.activity.delivery.create", town.app("coffee")
    planned = [town.ask(coffee, create, out_biz_no=f"d{number}", **wish) for number in range(3)]
    assert planned[2] == "BIZ_ERROR"
    assert not isinstance(town.ask(town.app("books"), create, out_biz_no="d", **wish), str)
    town.ask(coffee, "alipay.marketing.activity.delivery.stop", delivery_id=planned[0].delivery_id, out_biz_no="s")
    assert not isinstance(town.ask(coffee, create, out_biz_no="d9", **wish), str)
    town.close()
