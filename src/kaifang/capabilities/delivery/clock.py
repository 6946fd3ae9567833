"""What time does, and the end of what is shown: plans begin and are over."""

from kaifang.kernel import Happening, Work, hears, timer

from .plan import LIVE, facts
from .states import Delivery
from .tables import PlanRow


@timer("delivery.open")
def open_plan(work: Work, happening: Happening) -> None:
    """Show what a plan shows from now on."""
    row = work.find(PlanRow, id=happening.subject)
    if row is not None and Delivery.open.possible(row):
        Delivery.open(work, row, **facts(work, row))


@timer("delivery.end")
def end_plan(work: Work, happening: Happening) -> None:
    """Show it no longer."""
    row = work.find(PlanRow, id=happening.subject)
    if row is not None and Delivery.end.possible(row):
        Delivery.end(work, row, **facts(work, row))


@hears("activity.stop", "activity.end")
def activity_over(work: Work, happening: Happening) -> None:
    """Nobody is shown an activity that is over."""
    for row in work.select(PlanRow, "activity = ? and state in (?, ?)", (happening.subject, *LIVE), "id"):
        Delivery.end(work, row, **facts(work, row))
