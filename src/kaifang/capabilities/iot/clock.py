"""What time takes away."""

from kaifang.kernel import DAY, SECOND, Happening, Work, daily, timer

from .tables import HeardRow, LookRow, ShowingRow

AT_ONCE = 1000  # rows of each table in one transaction


@daily("iot.forget", at="04:30")
def forget(work: Work, happening: Happening) -> None:
    """Begin to forget what is of no use any more."""
    forget_on(work, happening)


@timer("iot.forget.on")
def forget_on(work: Work, happening: Happening) -> None:
    """Forget messages that are too old to be replayed, whose face was looked at where, and what was shown to whom."""
    old = work.now - DAY
    heard = work.select(HeardRow, "at < ?", (old,), "device, keys, counter", AT_ONCE)
    looks = work.select(LookRow, "until < ?", (old,), "id", AT_ONCE)
    shown = work.select(ShowingRow, "at < ?", (old,), "id", AT_ONCE)
    for row in (*heard, *looks, *shown):
        work.remove(row)
    if AT_ONCE in (len(heard), len(looks), len(shown)):
        work.later(work.now + SECOND, "iot.forget.on", "")
