"""Operating: time goes on, logs are read, notifications are sent again."""

from __future__ import annotations

from kaifang.kernel.story import Step
from tests.walk.dice import Dice, way
from tests.walk.turn import say

WEIGHT = 7


@way
def a_moment_passes(dice: Dice) -> list[Step]:
    """Seconds or minutes go by."""
    return [Step(later=dice.one(("3s", "1m", "5m", "15m")))]


@way
def time_passes(dice: Dice) -> list[Step]:
    """Hours or days go by."""
    return [Step(later=dice.one(("1h", "3h", "25h", "2d", "7d")))]


@way
def a_month_passes(dice: Dice) -> list[Step]:
    """A month goes by, now and then; rarely a season."""
    return [Step(later="31d" if dice.odds(80) else "95d")] if dice.odds(20) else []


@way
def move_the_clock(dice: Dice) -> list[Step]:
    """The operators move the clock."""
    return [say("kaifang.clock.move", "house", {"by": dice.one(("1m", "2h", "1d"))})]


@way
def read_the_logs(dice: Dice) -> list[Step]:
    """The operators read what happened."""
    return [say(f"kaifang.log.{dice.one(('events', 'entries'))}", "house", {"page_size": 5})]


@way
def send_again(dice: Dice) -> list[Step]:
    """A merchant looks at its notifications, and has one sent again."""
    shop, notice = dice.shop(), dice.new("notice")
    listed = say("kaifang.log.notices", shop, {"page_size": 1}, answer={"notices": [{"notify_id": notice}]})
    return [listed, say("alipay.open.app.notify.retry", shop, {"notify_id_list": [notice]})]


@way
def have_trouble(dice: Dice) -> list[Step]:
    """A merchant tries its receiver with trouble, or takes it back."""
    how = dice.one(("DELAY", "TWICE", "REORDER", "CORRUPT", "DROP"))
    wish = {"how": how, "times": dice.one((1, 2)), "tries": dice.one((1, 3)), "seconds": dice.one((1, 600))}
    return [say("kaifang.notice.trouble.arm", dice.shop(), wish) if dice.odds(80) else clear_trouble(dice)]


def clear_trouble(dice: Dice) -> Step:
    """No more trouble."""
    return say("kaifang.notice.trouble.clear", dice.shop(), {})


@way
def search_the_journal(dice: Dice) -> list[Step]:
    """The operators search the journal, follow something through it, and look at the books and at what is due."""
    shop = dice.shop()
    calls = (
        ("kaifang.log.find", {"owner": f"${shop}", "page_size": 5}),
        ("kaifang.log.find", {"owner": f"${shop}", "amount": dice.fen()}),
        ("kaifang.log.entry", {"writer": 1, "number": 1 + dice.chance.below(200)}),
        ("kaifang.log.accounts", {"owner": f"${shop}"}),
        ("kaifang.log.owed", {}),
        ("kaifang.clock.due", {"page_size": 5}),
        ("kaifang.books.read", {}),
        ("kaifang.health.read", {}),
    )
    return [say(call[0], "house", call[1]) for call in (dice.one(calls), dice.one(calls))]


@way
def prove_the_books(dice: Dice) -> list[Step]:
    """The operators have the books proved."""
    return [say("kaifang.books.prove", "house", answer={"broken": None})] if dice.odds(20) else []
