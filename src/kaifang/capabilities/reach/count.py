"""Counting: what came of each merchant's things, by day, slot and placement."""

from kaifang.kernel import Work

from .rank import day_of
from .tables import DayRow, ExposureRow, PlacementRow


def day_row(work: Work, exposure: ExposureRow, at: int) -> DayRow:
    """Where what came of a showing at a moment is counted."""
    key = {"merchant": exposure.merchant, "day": day_of(at), "slot": exposure.slot, "placement": exposure.placement}
    return work.find(DayRow, **key) or work.add(DayRow(**key))


def add_day(work: Work, exposure: ExposureRow, at: int, what: str, count: int = 1) -> None:
    """Count one more, or one less."""
    row = day_row(work, exposure, at)
    setattr(row, what, getattr(row, what) + count)
    placement = work.find(PlacementRow, id=exposure.placement) if what in ("shown", "clicked") else None
    if placement is not None:
        setattr(placement, what, getattr(placement, what) + count)


def count_shown(work: Work, number: str) -> None:
    """Something was shown."""
    exposure = work.find(ExposureRow, id=number)
    assert exposure is not None, f"no exposure {number}"
    add_day(work, exposure, exposure.at, "shown")
