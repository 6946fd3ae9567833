"""The geographical index against looking at every shop: anywhere on earth, whatever the distance."""

import random

import pytest

from .cells import EAST, NORTH, Place, cell_of, covering

CORNERS = [
    Place(120_153_600, 30_287_400), Place(179_999_990, 10), Place(-180_000_000, -5), Place(0, 0), Place(30, 89_999_000),
    Place(-77_000_000, -89_999_999), Place(25_000_000, 71_000_000), Place(179_999_999, 89_999_999),
]  # fmt: skip


def around(chance: random.Random, here: Place, meters: float) -> Place:
    """A place somewhere about, now and then just as far as is asked for."""
    reach = meters / 0.111
    north = max(-NORTH // 2, min(NORTH // 2, here.latitude + round(chance.uniform(-1.2, 1.2) * reach)))
    east = here.longitude + round(chance.uniform(-1.2, 1.2) * reach * chance.choice((1, 3, 100, 10_000)))
    return Place((east + EAST // 2) % EAST - EAST // 2, north)


@pytest.mark.parametrize("meters", [1.0, 50.0, 700.0, 5_000.0, 50_000.0, 3_000_000.0])
@pytest.mark.parametrize("here", CORNERS)
def test_whatever_is_near_is_covered(here: Place, meters: float) -> None:
    """No shop within the distance lies outside the ranges."""
    chance = random.Random(f"{here}{meters}")
    ranges = covering(here, meters)
    near = [place for place in (around(chance, here, meters) for _ in range(400)) if here.meters_to(*place) <= meters]
    assert len(near) > 20, "the test looks at nothing"
    for place in near:
        number = cell_of(place)
        assert any(first <= number <= last for first, last in ranges), f"{place} is not found"


@pytest.mark.parametrize("meters", [50.0, 5_000.0, 50_000.0])
def test_little_else_is_looked_at(meters: float) -> None:
    """The ranges are few, and hold a few times the circle that is asked for."""
    here = CORNERS[0]
    ranges = covering(here, meters)
    assert len(ranges) <= 16
    cells = sum(last - first + 1 for first, last in ranges)
    width, height = EAST / (1 << 26) * 0.1112 * 0.8635, NORTH / (1 << 26) * 0.1112
    assert cells * width * height < 4 * 3.1416 * meters**2


def test_ranges_are_apart_and_in_order() -> None:
    """No cell is read twice."""
    for here in CORNERS:
        ranges = covering(here, 900.0)
        assert all(first <= last for first, last in ranges)
        assert all(one[1] + 1 < other[0] for one, other in zip(ranges, ranges[1:], strict=False))
