"""The clock: written in Beijing time, never backwards."""

from __future__ import annotations

import pytest

from kaifang.kernel.clock import DAY, HOUR, Clock, Moment, day, day_start, lasts, local, period_of, utc, wall, written

NEW_YEAR = 1_798_732_800_000  # 2027-01-01 00:00:00 in Beijing


def test_moments_are_written_and_read_in_beijing_time() -> None:
    """To the second, the minute or the day."""
    assert str(Moment(NEW_YEAR)) == written(NEW_YEAR) == "2027-01-01 00:00:00"
    for text in ("2027-01-01 00:00:00", "2027-01-01 00:00", "2027-01-01"):
        assert Moment.parse(text) == Moment(NEW_YEAR)
    assert {Moment(1), Moment(1)} == {Moment(1)} and repr(Moment(NEW_YEAR)) == "Moment(2027-01-01 00:00:00)"
    assert (day(NEW_YEAR - 1), day(NEW_YEAR), local(NEW_YEAR).hour, utc(NEW_YEAR).hour) == (
        "20261231",
        "20270101",
        0,
        16,
    )


@pytest.mark.parametrize("wrong", ["", "2027", "2027-02-30 00:00:00", "2027-01-01T00:00:00", "2027-1-1 0:0:0", None])
def test_no_other_form_is_a_time(wrong: object) -> None:
    """Each is refused."""
    with pytest.raises(ValueError):
        Moment.parse(wrong)


def test_days_begin_at_midnight_in_beijing() -> None:
    """Also one millisecond before."""
    assert day_start(NEW_YEAR) == NEW_YEAR and day_start(NEW_YEAR - 1) == NEW_YEAR - DAY


def test_lengths_of_time() -> None:
    """Seconds, minutes, hours, days."""
    assert [lasts(text) for text in ("90s", "15m", "2h", "10d")] == [90_000, 900_000, 2 * HOUR, 10 * DAY]
    for wrong in ("", "1", "1w", "-1d", "1.5h"):
        with pytest.raises(ValueError):
            lasts(wrong)


def test_a_frozen_clock_stands_and_a_running_one_goes_on_from_there() -> None:
    """Freezing in the past is freezing now."""
    clock = Clock(frozen_at=NEW_YEAR)
    assert clock.frozen and clock.now() == clock.now() == NEW_YEAR
    clock.freeze(NEW_YEAR - 1)
    assert clock.now() == NEW_YEAR
    clock.run()
    assert not clock.frozen and NEW_YEAR <= clock.now() < NEW_YEAR + HOUR


def test_it_never_runs_backwards() -> None:
    """Whatever the machine's clock does."""
    clock = Clock(offset=DAY)
    before = clock.now()
    clock.offset = 0
    assert clock.now() >= before > wall()


def test_periods_have_names() -> None:
    """A week is named by its Monday; what is no period lasts for ever."""
    sunday = Moment.parse("2026-09-27 23:59:59").ms
    assert [period_of(kind, sunday) for kind in ("D", "WEEK", "MONTH", "LIFE_CYCLE", "")] == [
        "20260927", "20260921", "202609", "", "",
    ]  # fmt: skip
    assert period_of("W", sunday + 1000) == "20260928"
