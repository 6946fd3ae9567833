"""The one clock of a platform: running, frozen, or moved; and how moments are written."""

from __future__ import annotations

import re
import time
from datetime import UTC, datetime, timedelta, timezone

SECOND, MINUTE, HOUR, DAY = 1_000, 60_000, 3_600_000, 86_400_000
BEIJING = timezone(timedelta(hours=8))
WRITTEN = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d")
FOREVER = 4_578_393_600_000  # 2115-02-01, what the wire writes for "without an end"


class Moment:
    """A point in time, in milliseconds since 1970; on the wire Beijing time as `2026-01-31 08:00:00`."""

    __slots__ = ("ms",)

    def __init__(self, ms: int) -> None:
        self.ms = ms

    @classmethod
    def parse(cls, value: object) -> Moment:
        """Read the wire's form; a time of day may be left out to the minute or the day."""
        text = str(value).strip()
        text += "2000-01-01 00:00:00"[len(text) :] if len(text) in (10, 16) else ""
        if not WRITTEN.fullmatch(text):
            raise ValueError("a time is written as 2026-01-31 08:00:00, in Beijing time")
        try:
            return cls(round(datetime.fromisoformat(text).replace(tzinfo=BEIJING).timestamp() * 1000))
        except ValueError:
            raise ValueError(f"no such time: {text}") from None

    def __str__(self) -> str:
        return written(self.ms)

    def __repr__(self) -> str:
        return f"Moment({self})"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Moment) and self.ms == other.ms

    def __hash__(self) -> int:
        return hash(self.ms)


def local(ms: int) -> datetime:
    """The Beijing wall clock at this millisecond."""
    return datetime.fromtimestamp(ms / 1000, BEIJING)


_second_written: tuple[int, str] = (-1, "")


def written(ms: int) -> str:
    """`2026-01-31 08:00:00`, Beijing time."""
    global _second_written  # the same second is written thousands of times under load
    second, text = _second_written
    if second != ms // 1000:
        text = datetime.fromtimestamp(ms // 1000, BEIJING).strftime("%Y-%m-%d %H:%M:%S")
        _second_written = (ms // 1000, text)
    return text


def day(ms: int) -> str:
    """The Beijing calendar day, `20260131`."""
    text = written(ms)
    return text[:4] + text[5:7] + text[8:10]


def period_of(kind: str, ms: int) -> str:
    """The name of the Beijing day, week or month (D, W or M, or the whole word) of a moment; one name for all time."""
    match kind[:1]:
        case "D":
            return day(ms)
        case "W":
            return day(ms - local(ms).weekday() * DAY)
        case "M":
            return day(ms)[:6]
    return ""


def day_start(ms: int) -> int:
    """The millisecond at which this Beijing day began."""
    return ms - (ms + 8 * HOUR) % DAY


def lasts(text: str) -> int:
    """How many milliseconds `90s`, `15m`, `2h`, `10d` are."""
    found = re.fullmatch(r"(\d{1,6})([smhd])", text)
    if not found:
        raise ValueError("a length of time is written as 90s, 15m, 2h or 10d")
    return int(found[1]) * {"s": SECOND, "m": MINUTE, "h": HOUR, "d": DAY}[found[2]]


class Clock:
    """What time it is on this platform; it never runs backwards."""

    def __init__(self, frozen_at: int | None = None, offset: int = 0) -> None:
        self.frozen_at, self.offset, self._last = frozen_at, offset, 0

    def now(self) -> int:
        """Milliseconds since 1970."""
        ms = self.frozen_at if self.frozen_at is not None else wall() + self.offset
        self._last = max(self._last, ms)
        return self._last

    def set(self, frozen_at: int | None, offset: int) -> None:
        """Become the clock that was kept, whatever time it is elsewhere: only when a platform is opened."""
        self.frozen_at, self.offset, self._last = frozen_at, offset, 0

    def freeze(self, at: int) -> None:
        """Stand still at a moment not before the present one."""
        self.frozen_at = max(at, self.now())

    def run(self) -> None:
        """Go on from the present moment at the pace of the world."""
        self.offset, self.frozen_at = self.now() - wall(), None

    @property
    def frozen(self) -> bool:
        """Whether it stands still."""
        return self.frozen_at is not None


def wall() -> int:
    """The machine's own clock, in milliseconds: only a Clock and measurements may ask it."""
    return time.time_ns() // 1_000_000


def utc(ms: int) -> datetime:
    """The moment as a datetime in UTC, for certificates and HTTP dates."""
    return datetime.fromtimestamp(ms / 1000, UTC)
