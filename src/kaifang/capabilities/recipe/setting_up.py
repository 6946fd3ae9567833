"""What a recipe sets up for a merchant, and taking it back: all of it or nothing."""

from typing import Any

from kaifang.kernel import Fault, Happening, Moment, Work, timer
from kaifang.kernel.clock import DAY, day_start
from kaifang.kernel.events import Job

from . import expression
from .errors import EXPRESSION_FAILED, SETUP_REFUSED, UNDO_REFUSED
from .expression import Wrong
from .find import content_of, steps_of
from .inputs import clock
from .language import Back, Recipe, Step
from .running import begin, finish, known_to, make, new_run, take
from .states import Installation, Run
from .tables import InstallationRow, RunRow, StepRow


def set_up(work: Work, row: InstallationRow, recipe: Recipe) -> None:
    """Take the steps of the set-up; the first refusal refuses all."""
    row.kept = {}
    run = new_run(work, row, "", {})
    run.id = work.new_id("20601")
    work.add(run)
    for number, step in enumerate(recipe.setup, 1):
        try:
            take(work, run, row, step)
        except Fault as refusal:
            reason = {"refusal": refusal.kind.code, "reason": refusal.says("en")}
            raise SETUP_REFUSED(step=number, call=step.call, **reason) from None
    finish(work, run, row, recipe)
    row.setup, row.kept = run.id, run.kept


def take_back(work: Work, run: RunRow, row: InstallationRow) -> None:
    """Undo what a run has done, the last step first."""
    steps = steps_of(content_of(work, run), run.rule)
    made = work.select(StepRow, "run = ?", (run.id,), "number desc")
    undone = {one.takes_back for one in made}
    for one in made:
        back = steps[one.place].undo
        if back is not None and back.call is not None and not (one.refusal or one.takes_back or one.number in undone):
            undo(work, run, row, one, back)
    run.waits_on, run.ended = "", work.now
    Run.undo(work, run, installation=run.installation)


def undo(work: Work, run: RunRow, row: InstallationRow, made: StepRow, back: Back) -> None:
    """Undo one call by another."""
    assert back.call is not None, "undone by nothing"
    try:
        asked = expression.fill(back.ask, known_to(run, row))
        undoing = StepRow(
            run=run.id, number=run.calls + 1, place=made.place, call=back.call, asked=asked, takes_back=made.number,
            at=work.now,
        )  # fmt: skip
        make(work, run, row, Step(call=back.call, money=back.money, fine=back.fine), undoing)
    except Wrong as problem:
        raise UNDO_REFUSED(step=made.place + 1, refusal=EXPRESSION_FAILED.code, reason=str(problem)) from None
    except Fault as refusal:
        reason = {"refusal": refusal.kind.code, "reason": refusal.says("en")}
        raise UNDO_REFUSED(step=made.place + 1, call=back.call, **reason) from None


def set_clocks(work: Work, row: InstallationRow, recipe: Recipe) -> None:
    """Set the timers of the rules that run each day."""
    stop_clocks(work, row)
    for rule in recipe.rules:
        if rule.every is not None:
            set_clock(work, row, rule.rule, clock(expression.fill(rule.every, {"inputs": row.inputs})))


def set_clock(work: Work, row: InstallationRow, rule: str, time: str) -> None:
    """Set the timer of a rule for the next time that it is this time of day."""
    hours, minutes = map(int, time.split(":"))
    due = day_start(work.now) + (hours * 60 + minutes) * 60_000
    work.later(due if due > work.now else due + DAY, "recipe.every", row.id, rule=rule, time=time)


def stop_clocks(work: Work, row: InstallationRow) -> None:
    """Forget the timers of the rules that run each day."""
    for job in work.select(Job, "name = ? and subject = ?", ("recipe.every", row.id)):
        work.remove(job)


@timer("recipe.every")
def every_day(work: Work, happening: Happening) -> None:
    """It is the time of a rule that runs each day."""
    row = work.find(InstallationRow, id=happening.subject)
    assert row is not None, f"no installation {happening.subject}"
    rule = next(one for one in content_of(work, row).rules if one.rule == happening.facts["rule"])
    set_clock(work, row, rule.rule, happening.facts["time"])
    if row.state == Installation.ACTIVE.name:
        begin(work, row, rule, about(happening))


def about(happening: Happening) -> dict[str, Any]:
    """An event as expressions know it: its facts, and what, when and of which thing."""
    told = {"event": happening.name, "id": happening.subject, "at": str(Moment(happening.at))}
    return happening.facts | told
