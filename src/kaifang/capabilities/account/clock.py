"""What time takes away."""

from kaifang.kernel import DAY, SECOND, Happening, Work, daily, timer

from .password import LOCK
from .tables import AuthCode, SessionRow, TokenRow, WrongTries

AT_ONCE = 1000  # rows of each table in one transaction


@daily("account.sweep", at="04:10")
def sweep(work: Work, happening: Happening) -> None:
    """Begin to forget what is of no use any more."""
    sweep_on(work, happening)


@timer("account.sweep.on")
def sweep_on(work: Work, happening: Happening) -> None:
    """Forget old codes, tokens of no more use, sessions that are over, and wrong tries that no longer count."""
    old = work.now - DAY
    codes = work.select(AuthCode, "until <= ?", (old,), "id", AT_ONCE)
    tokens = work.select(TokenRow, "until <= ? and refresh_until <= ?", (old, old), "id", AT_ONCE)
    tries = work.select(WrongTries, "last <= ?", (work.now - LOCK,), "id", AT_ONCE)
    sessions = work.select(SessionRow, "until <= ?", (old,), "id", AT_ONCE)
    for row in (*codes, *tokens, *tries, *sessions):
        work.remove(row)
    if AT_ONCE in (len(codes), len(tokens), len(tries), len(sessions)):
        work.later(work.now + SECOND, "account.sweep.on", "")
