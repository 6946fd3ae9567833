"""Switches: a capability, or one method, can be switched off for everybody outside, and on again."""

from kaifang.kernel import Key, Line, Moment, Shape, Who, Work, method
from kaifang.kernel.capability import capabilities
from kaifang.kernel.method import methods

from .due import Nothing
from .errors import SWITCH_NEEDED, SWITCH_NOT_EXIST
from .tables import SwitchRow

KEPT_ON = ("operate", "account")  # whoever switched these off could not come back to switch them on


class Switch(Shape):
    name: Key  # a capability, such as voucher, or a method
    stopped: bool  # true: whoever calls it is refused from now on; false: it is as it was
    reason: Line = ""  # why, as callers read it


class Off(Shape):
    name: str  # a capability or a method
    reason: str  # why, as callers read it
    since: Moment  # since when it is off


class Switches(Shape):
    stopped: list[Off]  # by name


@method("kaifang.switch.set", who=Who.OPERATOR, raises=[SWITCH_NOT_EXIST, SWITCH_NEEDED])
def set_switch(work: Work, ask: Switch) -> Switches:
    """Switch a capability or a method off or on; what the platform does by itself, and within other calls, goes on."""
    if ask.name not in methods and ask.name not in capabilities:
        raise SWITCH_NOT_EXIST(name=ask.name)
    folder = methods[ask.name].capability if ask.name in methods else ask.name
    if folder in KEPT_ON:
        raise SWITCH_NEEDED(name=ask.name)
    row = work.find(SwitchRow, id=ask.name)
    if ask.stopped and row is None:
        row = work.add(SwitchRow(id=ask.name, reason=ask.reason, since=work.now))
    if row is not None and ask.stopped:
        row.reason = ask.reason
    elif row is not None:
        work.remove(row)
    work.tell("switch.change", ask.name, stopped=ask.stopped, reason=ask.reason)
    return switched_off(work)


@method("kaifang.switch.list", reads=True)
def list_switches(work: Work, ask: Nothing) -> Switches:
    """List what is switched off at the moment, and why."""
    return switched_off(work)


def switched_off(work: Work) -> Switches:
    """Everything that is off."""
    rows = work.select(SwitchRow, order="id")
    return Switches(stopped=[Off(name=row.id, reason=row.reason, since=Moment(row.since)) for row in rows])
