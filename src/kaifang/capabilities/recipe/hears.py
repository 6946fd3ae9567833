"""What happens to merchants with recipes begins runs, and wakes those that wait; nobody else's events are looked at."""

from typing import Any

import msgspec

from kaifang.kernel import Happening, Work, catches, remembered

from .acting import ACTING
from .find import content_of
from .running import begin, names_of, waits_for, wake_up
from .setting_up import about
from .states import Installation, Run
from .tables import InstallationRow, RunRow


def whose(facts: dict[str, Any]) -> str | None:
    """The merchant whom an event concerns."""
    return facts.get("merchant") or facts.get("seller")


def wants(work: Work, event: str, facts: dict[str, Any]) -> bool:
    """Whether a recipe of this merchant's hears such an event; what recipes do themselves they do not hear."""
    merchant = whose(facts)
    return merchant is not None and ACTING not in work.place.kept and event in listening(work).get(merchant, ())


@remembered("recipe.listen")
def listening(work: Work) -> dict[str, set[str]]:
    """Which events are heard for which merchants."""
    found: dict[str, set[str]] = {}
    sql = "select merchant, events from recipe_installation where slot is not null"
    for merchant, events in work.tx.query(sql, ()):
        found.setdefault(merchant, set()).update(msgspec.json.decode(events))
    return found


@catches(wants)
def heard(work: Work, happening: Happening) -> None:
    """Something happened that a merchant's recipes hear."""
    where = "merchant = ? and slot is not null"
    for row in work.select(InstallationRow, where, (whose(happening.facts),), "id"):
        if happening.name in row.events:
            hear(work, row, happening.name, about(happening))


def hear(work: Work, row: InstallationRow, name: str, event: dict[str, Any]) -> None:
    """Wake the runs that wait for an event, and begin those of the rules that it is for."""
    names = names_of(event)
    where = f"installation = ? and waits_on = ? and waits_for in ({', '.join('?' * len(names))}) and state = ?"
    for run in work.select(RunRow, where, (row.id, name, *names, Run.WAITING.name), "id"):
        if waits_for(work, run, event):
            wake_up(work, run, event)
    if row.state == Installation.ACTIVE.name:
        for rule in content_of(work, row).rules:
            if rule.on == name:
                begin(work, row, rule, event)
