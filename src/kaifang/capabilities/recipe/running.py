"""Runs: each step's call and the run's advance are one unit of work, so that everything happens once or not at all."""

import re
from collections.abc import Mapping
from typing import Any

from kaifang.kernel import Fault, Happening, Moment, Money, Work, timer
from kaifang.kernel.clock import day, lasts

from . import expression
from .acting import call
from .errors import EXPRESSION_FAILED, RECIPES_IN_A_CIRCLE
from .expression import Wrong
from .find import content_of, installed, rule_of, steps_of
from .language import Recipe, Rule, Step, Wait
from .share import count
from .states import Installation, Run
from .tables import InstallationRow, OnceRow, RunRow, SpentRow, StepRow

NAMED = re.compile(r"heard\.(\w+) == ([\w.]+)(?: && [^|?]+)?")  # and nothing that makes it less than needed
FARTHEST = 8  # hops from what somebody did to a run that follows from other runs, by timers


def known_to(run: RunRow, row: InstallationRow) -> dict[str, Any]:
    """What the expressions of a run may speak of."""
    return {
        "event": run.event, "inputs": run.inputs, "steps": run.kept,
        "run": {"id": run.id, "installation": row.id, "at": str(Moment(run.at)), "day": day(run.at)},
        "merchant": {"id": row.merchant, "app": row.merchant_app},
    }  # fmt: skip


def new_run(work: Work, row: InstallationRow, rule: str, event: dict[str, Any]) -> RunRow:
    """A run that has not begun, and has no number yet."""
    return RunRow(
        id="", installation=row.id, merchant=row.merchant, recipe=row.recipe,
        version_no=row.version_no, rule=rule, event=event, inputs=row.inputs, kept=dict(row.kept), at=work.now,
    )  # fmt: skip


def begin(work: Work, row: InstallationRow, rule: Rule, event: dict[str, Any]) -> RunRow | None:
    """Begin a run of a rule, if its condition holds and it has not run for this before."""
    run = new_run(work, row, rule.rule, event)
    known = known_to(run, row)
    try:
        if not expression.truth(rule.when, known):
            return None
        value = None if rule.once is None else expression.short(rule.once, known)
    except Wrong as problem:
        row.trouble = f"{rule.rule}: {problem}"[:500]
        return None
    key = f"{row.id}/{rule.rule}/{value}"
    if value is not None and work.find(OnceRow, id=key) is not None:
        return None
    run.id = work.new_id("20601")
    if value is not None:
        work.add(OnceRow(id=key, run=run.id))
    work.later(work.now, "recipe.go", run.id)
    return work.add(run)


@timer("recipe.go")
def go(work: Work, happening: Happening) -> None:
    """A run has begun, or is to be resumed."""
    run = work.find(RunRow, id=happening.subject)
    if run is not None and run.state == Run.RUNNING.name:
        advance(work, run)


def advance(work: Work, run: RunRow) -> None:
    """Take steps until the run waits, fails or is done."""
    row, recipe = installed(work, run), content_of(work, run)
    if row.state == Installation.REMOVED.name:
        leave(work, run)
        return
    if work.hops >= FARTHEST:
        fail(work, run, RECIPES_IN_A_CIRCLE(hops=work.hops))
        return
    steps = steps_of(recipe, run.rule)
    while run.state == Run.RUNNING.name:
        if run.step == len(steps):
            finish(work, run, row, recipe)
            return
        try:
            take(work, run, row, steps[run.step])
        except Fault as refusal:
            fail(work, run, refusal)


def take(work: Work, run: RunRow, row: InstallationRow, step: Step) -> None:
    """Take one step; raises what it meets."""
    known = known_to(run, row)
    try:
        if not expression.truth(step.when, known):
            go_past(run, step, {})
        elif step.wait is not None:
            pause(work, run, step, known)
        else:
            assert step.call is not None, "a step that neither calls nor waits"
            asked = expression.fill(step.ask, known)
            made = StepRow(run=run.id, number=run.calls + 1, place=run.step, call=step.call, asked=asked, at=work.now)
            go_past(run, step, make(work, run, row, step, made))
    except Wrong as problem:
        raise EXPRESSION_FAILED(step=run.step + 1, reason=str(problem)[:500]) from None


def go_past(run: RunRow, step: Step, kept: dict[str, Any]) -> None:
    """A step is behind the run; what it kept is known from now on."""
    if step.keep is not None:
        run.kept[step.keep] = kept
    run.step += 1


def make(work: Work, run: RunRow, row: InstallationRow, step: Step, made: StepRow) -> dict[str, Any]:
    """Make a step's call and note it; what is refused leaves no trace but the note."""
    most, today = allowance(work, run, step, made)
    run.calls += 1
    work.add(made)
    try:
        with work.attempt() as part:
            part.hops += hops_of(run, made)
            made.answered, made.moved = call(part, row, made.call, made.asked, most)
    except Fault as refusal:
        made.refusal = refusal.kind.code
        if refusal.kind.code not in step.fine:
            raise
        return {"refusal": refusal.kind.code}
    if today is not None:
        today.amount += made.moved
    return made.answered


def hops_of(run: RunRow, made: StepRow) -> int:
    """How far a call leads away from what somebody did: a later one farther, so that what branches ends soon."""
    return min(made.number, FARTHEST // 2) if run.rule else 1


def allowance(work: Work, run: RunRow, step: Step, made: StepRow) -> tuple[Money, SpentRow | None]:
    """How much of the merchant's money a step may move now; and what it moved today, if the day has a limit too."""
    if step.money is None:
        return Money(0), None
    known = {"inputs": run.inputs}
    most = Money(expression.whole(step.money.most, known, "inputs"))
    if step.money.a_day is None:
        return most, None
    key = {"installation": run.installation, "day": day(work.now), "flow": f"{run.rule}/{made.place}/{made.call}"}
    today = work.find(SpentRow, **key) or work.add(SpentRow(**key))
    rest = Money(expression.whole(step.money.a_day, known, "inputs")) - today.amount
    return min(most, max(rest, Money(0))), today


def pause(work: Work, run: RunRow, step: Step, known: Mapping[str, Any]) -> None:
    """Wait, as a timer."""
    wait = step.wait
    assert wait is not None, "no wait"
    if wait.until is not None:
        due = moment(expression.line(wait.until, known))
    else:
        due = work.now + lasts(wait.lasts or "0s")
    if due <= work.now:
        go_past(run, step, {})
        return
    run.waits_on, run.waits_for, run.waits_until = wait.on or "", known_by(wait, known), due
    Run.wait(work, run, installation=run.installation)
    work.later(due, "recipe.wake", run.id, step=run.step)


def known_by(wait: Wait, known: Mapping[str, Any]) -> str:
    """By what the event is known for which a run waits, where its condition names one member and what that is."""
    found = NAMED.fullmatch(wait.when or "")
    try:
        return "" if found is None else f"{found[1]}={expression.short(found[2], known)}"
    except Wrong:
        return ""


def names_of(event: Mapping[str, Any]) -> list[str]:
    """All by which an event may be known to runs that wait."""
    told = [f"{name}={expression.written(value)}" for name, value in event.items() if isinstance(value, str | int)]
    return ["", *told]


def moment(text: str) -> int:
    """A point in time that an expression gave."""
    try:
        return Moment.parse(text).ms
    except ValueError as problem:
        raise Wrong(str(problem)) from None


@timer("recipe.wake")
def wake(work: Work, happening: Happening) -> None:
    """The time of a wait is over."""
    run = work.find(RunRow, id=happening.subject)
    if run is not None and run.state == Run.WAITING.name and run.step == happening.facts["step"]:
        wake_up(work, run, {})


def wake_up(work: Work, run: RunRow, heard: dict[str, Any]) -> None:
    """Go on behind a wait."""
    step = steps_of(content_of(work, run), run.rule)[run.step]
    Run.wake(work, run, installation=run.installation)
    run.waits_on, run.waits_until = "", 0
    go_past(run, step, heard)
    work.later(work.now, "recipe.go", run.id)


def waits_for(work: Work, run: RunRow, heard: dict[str, Any]) -> bool:
    """Whether this is what the run waits for."""
    row = installed(work, run)
    wait = steps_of(content_of(work, run), run.rule)[run.step].wait
    assert wait is not None, "a run waits at a step that is no wait"
    try:
        return expression.truth(wait.when, known_to(run, row) | {"heard": heard})
    except Wrong as problem:
        row.trouble = f"{run.rule}: {problem}"[:500]
        return False


def fail(work: Work, run: RunRow, refusal: Fault) -> None:
    """A step was refused: the run stands there until it is resumed or undone."""
    run.refusal, run.reason = refusal.kind.code, refusal.says("en")[:500]
    Run.fail(work, run, installation=run.installation, refusal=run.refusal)


def leave(work: Work, run: RunRow) -> None:
    """The recipe is removed before the run is over."""
    run.waits_on, run.ended = "", work.now
    Run.leave(work, run, installation=run.installation)


def finish(work: Work, run: RunRow, row: InstallationRow, recipe: Recipe) -> None:
    """All steps are behind it: count what it brought, and what it costs."""
    if run.rule:
        try:
            count(work, run, row, rule_of(recipe, run.rule), known_to(run, row))
        except Wrong as problem:
            fail(work, run, EXPRESSION_FAILED(reason=str(problem)[:500]))
            return
    run.ended = work.now
    Run.finish(work, run, installation=run.installation)
