"""The world in cells: a number for every place, such that what is near each other lies in few ranges of numbers."""

from __future__ import annotations

import math
from typing import NamedTuple

MILLION = 1_000_000
BITS = 26  # halvings of each axis; the smallest cells are 60 cm wide
EARTH_METERS = 6_371_008.8
EAST, NORTH = 360 * MILLION, 180 * MILLION
MASKS = (
    (16, 0x0000_FFFF_0000_FFFF), (8, 0x00FF_00FF_00FF_00FF), (4, 0x0F0F_0F0F_0F0F_0F0F),
    (2, 0x3333_3333_3333_3333), (1, 0x5555_5555_5555_5555),
)  # fmt: skip


class Place(NamedTuple):
    """A position, in millionths of a degree: about 11 cm."""

    longitude: int  # east of Greenwich
    latitude: int  # north of the equator

    def meters_to(self, longitude: int, latitude: int) -> float:
        """The way to another place, along the surface of the earth."""
        here, there = math.radians(self.latitude / MILLION), math.radians(latitude / MILLION)
        turn = math.radians((longitude - self.longitude) / MILLION)
        half = math.sin((there - here) / 2) ** 2 + math.cos(here) * math.cos(there) * math.sin(turn / 2) ** 2
        return 2 * EARTH_METERS * math.asin(min(1.0, math.sqrt(half)))


def spread(bits: int) -> int:
    """The bits of a number with a gap between each two."""
    for shift, mask in MASKS:
        bits = (bits | bits << shift) & mask
    return bits


def cell(x: int, y: int) -> int:
    """The number of a cell: the bits of its column and its row in turn, so that neighbours mostly share a beginning."""
    return spread(x) << 1 | spread(y)


def column(longitude: int) -> int:
    """The column of the finest grid; below zero or beyond the last where a reach goes around the world."""
    return (longitude + EAST // 2 << BITS) // EAST


def row(latitude: int) -> int:
    """The row of the finest grid, counted from the south pole."""
    return min((latitude + NORTH // 2 << BITS) // NORTH, (1 << BITS) - 1)


def cell_of(place: Place) -> int:
    """The number of the smallest cell around a place."""
    return cell(column(place.longitude) % (1 << BITS), row(place.latitude))


def covering(place: Place, meters: float) -> list[tuple[int, int]]:
    """Ranges of cells, both ends included, that hold everything so far from a place."""
    south, north = latitude_band(place, meters)
    wide = longitude_reach(meters, max(abs(south), abs(north)))
    level = level_for(wide, meters)
    shift, count = BITS - level, 1 << level
    first, last = column(place.longitude - wide) >> shift, column(place.longitude + wide) >> shift
    columns = {x % count for x in range(first, min(last, first + count - 1) + 1)}
    rows = range(row(south) >> shift, (row(north) >> shift) + 1)
    return merged(sorted(cell(x, y) for x in columns for y in rows), 2 * shift)


def latitude_band(place: Place, meters: float) -> tuple[int, int]:
    """How far south and north it reaches, at most to the poles."""
    reach = math.ceil(math.degrees(meters / EARTH_METERS) * MILLION) + 1
    return max(place.latitude - reach, -NORTH // 2), min(place.latitude + reach, NORTH // 2)


def longitude_reach(meters: float, farthest: int) -> int:
    """How far east and west it reaches; all around, where a pole is near."""
    circle = math.cos(math.radians(farthest / MILLION)) * EARTH_METERS
    if circle * math.pi <= meters:
        return EAST // 2
    return math.ceil(math.degrees(meters / circle) * MILLION) + 1


def level_for(wide: int, meters: float) -> int:
    """So many halvings that the reach is at most a few cells wide and high, and at least about one."""
    tall = math.degrees(meters / EARTH_METERS) * MILLION
    smallest = max(wide, tall * 2) / 1.5
    return max(0, min(BITS, int(math.log2(EAST / max(smallest, 1)))))


def merged(cells: list[int], shift: int) -> list[tuple[int, int]]:
    """Cells of a coarser grid as ranges of the finest, neighbours together."""
    ranges: list[tuple[int, int]] = []
    for one in cells:
        first, last = one << shift, ((one + 1) << shift) - 1
        if ranges and ranges[-1][1] + 1 == first:
            ranges[-1] = ranges[-1][0], last
        else:
            ranges.append((first, last))
    return ranges
