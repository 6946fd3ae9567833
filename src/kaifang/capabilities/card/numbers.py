"""Points as they are written: with two decimals at most, kept in hundredths."""

import re

from .errors import INVALID

POINTS = re.compile(r"(\d{1,12})(?:\.(\d{1,2}))?")


def read_points(text: str, field: str) -> int:
    """Hundredths of a point, or fen, exactly."""
    found = POINTS.fullmatch(text.strip())
    if found is None:
        raise INVALID(field=field, reason="a number from 0 on, with two decimals at most")
    return int(found[1]) * 100 + int((found[2] or "").ljust(2, "0"))


def write_points(hundredths: int) -> str:
    """Points as people read them: 88, or 88.50."""
    sign, whole, part = "-" if hundredths < 0 else "", *divmod(abs(hundredths), 100)
    return f"{sign}{whole}.{part:02d}" if part else f"{sign}{whole}"
