"""Retelling: a walk that failed as a story, in the grammar of all stories as far as that can say it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import yaml

from tests.walk.faults import MOODS
from tests.walk.journey import Taken
from tests.walk.turn import Turn, is_name, names_in
from tests.walk.walk import Failure

COMMAND = "KAIFANG_WALKS={seed}-{seed} pytest tests/walk -k {engine}"


def retell(failure: Failure, seed: int, engine: str) -> str:
    """What failed, how to see it again, and its story as YAML."""
    needed = {name for taken in failure.taken for name in names_asked(taken.turn)}
    steps = [line(taken, needed) for taken in failure.taken]
    note = f"{failure.law}: {failure.what}"
    steps[-1]["note"] = " ".join(filter(None, [steps[-1].get("note"), f"This breaks {note}"]))
    story = {"story": f"What a walk found; it breaks {failure.law.replace('_', ' ')}.", "steps": steps}
    text = yaml.safe_dump(story, sort_keys=False, allow_unicode=True, width=110)
    return f"{note}\n\nAgain: {COMMAND.format(seed=seed, engine=engine)}\n\n{text}"


def line(taken: Taken, needed: set[str]) -> dict[str, Any]:
    """One turn as a step of the story, with what was answered."""
    step, told = taken.turn.step, taken.told
    said: dict[str, Any] = {"note": note} if (note := noted(taken.turn)) else {}
    if step.later:
        said["later"] = step.later
    if not step.call:
        return said
    said |= {"call": step.call, "as": step.by}
    said |= {
        name: value
        for name in ("user", "device", "token", "auth_token", "notify_url")
        if (value := getattr(step, name))
    }
    if step.ask:
        said["ask"] = step.ask
    if told is None:  # it was not answered
        return said
    if told.fault:
        return said | {"fault": told.fault}
    learnt = only_names(step.answer, needed)
    return said | ({"waiting": learnt} if told.code == "10003" else {"answer": learnt} if learnt else {})


def names_asked(turn: Turn) -> Sequence[str]:
    """Every name that a turn speaks of, without the dollar."""
    step = turn.step
    spoken = repr([step.ask, step.token, step.auth_token, step.user, step.device, step.by + ".app"])
    return [name for name in names_in(step.answer) if name in spoken] + words(spoken)


def words(text: str) -> list[str]:
    """The words of a text that could be names: letters, digits and dots."""
    return "".join(letter if letter.isalnum() or letter in "._" else " " for letter in text).split()


def only_names(wanted: Any, needed: set[str]) -> Any:
    """The part of an expected answer that gives names which somebody speaks of later."""
    if isinstance(wanted, dict):
        parts = {name: only_names(part, needed) for name, part in wanted.items()}
        return {name: part for name, part in parts.items() if part}
    if isinstance(wanted, list):
        return [only_names(part, needed) or {} for part in wanted] if names_in(wanted) else []
    return wanted if is_name(wanted) and wanted[1:] in needed else None


def noted(turn: Turn) -> str:
    """What goes wrong around a turn, in words: stories have none for it."""
    match turn.mishap:
        case "cut":
            return f"The store fails at statement {turn.at + 1}; then it is asked again."
        case "late" if turn.at == 0:
            return "The answer to a commit is lost while what is due is done."
        case "late":
            return f"The store fails at statement {turn.at + 1} of what is due; then that is done again."
        case "lost":
            return "The commit is kept and its answer lost; it is asked again."
        case "company":
            return (
                f"It is asked twice at once, together with the call before; the store fails at statement {turn.at + 1}."
            )
        case "again":
            return "It is asked twice."
        case "stranger":
            return f"Then {turn.who} asks the same."
        case "restart":
            return "The platform is started again."
        case "mood":
            status, answer, _ = MOODS[turn.mood]
            return f"From now on {turn.who} is {turn.mood}: {status} {answer}."
    return ""
