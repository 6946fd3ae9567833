"""What no law knows: caps hold in a race, and what is counted is what was shown, however the outbox is read."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from tests.visit import Visit

from kaifang.capabilities.reach import reading
from kaifang.capabilities.reach.rank import Here
from kaifang.capabilities.reach.tables import DayRow, ExposureRow, StepRow
from kaifang.kernel import DAY, MINUTE, Moment, Work


@pytest.fixture
def visit() -> Iterator[Visit]:
    """A town in which whatever is placed is approved."""
    visit = Visit()
    visit.platform.do(lambda work: work.ask("kaifang.review.rule.set", kind="*", auto=True))
    yield visit
    visit.close()


def place(visit: Visit, number: str, **more: Any) -> str:
    """Place a page of the coffee shop on the home page."""
    times = {"begin_time": Moment(visit.now), "end_time": Moment(visit.now + 9 * DAY)}
    ask = {"out_no": number, "slot": "home_card", "title": number, "link": "pages/a", "offer": {"kind": "PAGE"}}
    placed = visit.ask(visit.app("coffee"), "kaifang.reach.placement.apply", **ask | times | more)
    visit.move()
    return str(placed.placement_id)


def count(visit: Visit, kind: Any, column: str = "") -> int:
    """Rows of a table, or the sum of a column."""
    return visit.platform.read(lambda work: work.sum(kind, column) if column else work.count(kind))


def test_caps_hold_in_a_race(visit: Visit) -> None:
    place(visit, "p1", per_day=2)
    look = (visit.app("wallet", "anna"), "kaifang.reach.feed", {"slot": "home_card"})
    answers = visit.race(*[look] * 7)
    assert sum(len(answer.shown) for answer in answers) == 2 == count(visit, ExposureRow)


@pytest.mark.parametrize("lines", [1, 3, 2_000])
def test_what_is_counted_is_what_was_shown(visit: Visit, lines: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "LINES", lines)
    place(visit, "p1")
    place(visit, "p2")
    for user in ("anna", "bo", "chen"):
        shown = visit.ask(visit.app("wallet", user), "kaifang.reach.feed", slot="home_card").shown
        visit.ask(visit.app("wallet", user), "kaifang.reach.click", exposure=shown[0].exposure)
    visit.move(MINUTE)
    visit.move(DAY)
    assert count(visit, DayRow, "shown") == 6 == count(visit, ExposureRow)
    assert count(visit, DayRow, "clicked") == 3 == count(visit, StepRow)


def test_points_say_why_the_first_is_first(visit: Visit) -> None:
    place(visit, "far", place={"longitude": 120.158, "latitude": 30.27, "radius": 1000}, audience="NEAR")
    place(visit, "near", place={"longitude": 120.151, "latitude": 30.27, "radius": 1000}, audience="NEAR")
    ask = {"slot": "home_card", "longitude": 120.15, "latitude": 30.27}
    shown = visit.ask(visit.app("wallet", "anna"), "kaifang.reach.feed", **ask).shown
    sums = [sum(reason.points for reason in one.why) for one in shown]
    assert [one.title for one in shown] == ["near", "far"]
    assert sums == sorted(sums, reverse=True)
    assert sums[0] > sums[1]


def test_a_degree_is_as_long_as_it_is() -> None:
    here = Here(user="", longitude=120_000_000, latitude=30_000_000)
    north, east = here.meters_to(120_000_000, 31_000_000), here.meters_to(121_000_000, 30_000_000)
    assert north is not None
    assert east is not None
    assert 111_000 < north < 111_400
    assert 96_000 < east < 96_600


def test_a_made_up_exposure_counts_nothing(visit: Visit) -> None:
    place(visit, "p1")
    shown = visit.ask(visit.app("wallet", "anna"), "kaifang.reach.feed", slot="home_card").shown

    def claim(work: Work) -> None:
        for number in (shown[0].exposure, "made up"):
            work.tell("voucher.claim", "1", user=visit.known["bo"], merchant=visit.known["coffee"], exposure=number)

    visit.platform.do(claim)
    visit.move(MINUTE)
    assert count(visit, StepRow) == 0 == count(visit, DayRow, "claimed")


@pytest.mark.parametrize("way", ["slot", "plan"])
def test_an_offer_ends_in_time_however_late_the_timers_are(visit: Visit, way: str) -> None:
    coffee, anna = visit.app("coffee"), visit.app("wallet", "anna")
    end, create = Moment(visit.now + DAY), "alipay.marketing.activity.voucher.create"
    draft: dict[str, Any] = {
        "out_biz_no": "a", "voucher_deduct_info": {"fix_voucher_info": {"amount": "1.00"}},
        "voucher_send_mode_info": {
            "voucher_send_rule_info": {"quantity": 9, "publish_end_time": Moment(visit.now + 9 * DAY)}
        },
        "voucher_use_rule_info": {
            "voucher_use_time_info": {
                "period_type": "RELATIVE", "relative_period_info": {"valid_days_after_receive": 9},
            }
        },
    }  # fmt: skip
    gift = visit.ask(coffee, create, **draft).activity_id
    visit.ask(coffee, "alipay.marketing.activity.voucher.publish", activity_id=gift, out_biz_no="p")
    if way == "slot":
        place(visit, "g", offer={"kind": "VOUCHER", "id": gift}, end_time=end)
        shown = [visit.ask(anna, "kaifang.reach.feed", slot="home_card").shown[0].exposure for _ in range(2)]
    else:
        content = {"delivery_content_info": {"delivery_activity_content": {"activity_id": gift}}}
        wish: dict[str, Any] = {
            "out_biz_no": "d", "delivery_booth_code": "HOME_CARD",
            "delivery_base_info": {"delivery_begin_time": Moment(visit.now), "delivery_end_time": end},
            "delivery_play_config": {"delivery_single_send_config": content},
        }  # fmt: skip
        assert not isinstance(visit.ask(coffee, "alipay.marketing.activity.delivery.create", **wish), str)
        shown = [None, None]
    visit.wait(DAY - 1)
    assert not isinstance(visit.ask(anna, "kaifang.voucher.claim", activity_id=gift, exposure=shown[0]), str)
    visit.wait(1)
    assert visit.ask(anna, "kaifang.voucher.claim", activity_id=gift, exposure=shown[1]) == "VOUCHER_NOT_OFFERED"
