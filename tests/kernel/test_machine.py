"""Machines: a mistake in the drawing fails at import, a wrong move raises the machine's fault."""

from __future__ import annotations

import pytest

from kaifang.kernel import Machine, fault, final, start, state
from kaifang.kernel.machine import machines

CLOSED = fault("T.CLOSED", zh="已关闭", en="It is closed.")


class Lamp(Machine):
    """A lamp."""

    refusals = {"BROKEN": CLOSED}
    OFF = start()
    ON = state()
    BROKEN = final()

    switch = OFF >> ON
    dim = ON >> (ON | OFF)
    drop = (OFF | ON) >> BROKEN


class Row:
    """Something with a state."""

    def __init__(self, state: str) -> None:
        self.state = state


class Listener:
    """Stands for a unit of work: hears of moves."""

    def __init__(self) -> None:
        self.heard: list[tuple[str, str]] = []

    def moved(self, move: object, row: Row, facts: dict[str, object]) -> None:
        """Note it."""
        self.heard.append((move.event, row.state))  # type: ignore[attr-defined]


def test_arrows_move_rows_and_tell() -> None:
    """To the first end, or to the one that is named."""
    work, row = Listener(), Row("OFF")
    Lamp.switch(work, row)  # type: ignore[arg-type]
    Lamp.dim(work, row, to=Lamp.OFF)  # type: ignore[arg-type]
    Lamp.drop(work, row)  # type: ignore[arg-type]
    assert work.heard == [("lamp.switch", "ON"), ("lamp.dim", "OFF"), ("lamp.drop", "BROKEN")]
    assert Lamp.begin is Lamp.OFF and str(Lamp.ON) == "ON" and machines["Lamp"] is Lamp


def test_a_wrong_move_is_refused_and_moves_nothing() -> None:
    """With the fault of the state, or the machine's."""
    broken, on = Row("BROKEN"), Row("ON")
    assert not Lamp.switch.possible(on)
    for row, code in ((broken, "T.CLOSED"), (on, "isv.invalid-state")):
        with pytest.raises(Exception, match=code):
            Lamp.switch(Listener(), row)  # type: ignore[arg-type]
    assert (broken.state, on.state) == ("BROKEN", "ON")
    with pytest.raises(AssertionError, match="never ends"):
        Lamp.switch(Listener(), Row("OFF"), to=Lamp.BROKEN)  # type: ignore[arg-type]


def test_mistakes_in_the_drawing_fail_at_import() -> None:
    """No start, two starts, unreachable, a dead end, a final state that is left, a misspelt refusal."""
    for body, says in (
        ({"A": state(), "B": final()}, "one start"),
        ({"A": start(), "B": start()}, "one start"),
        ({"A": (a := start()), "B": (b := final()), "C": final(), "go": a >> b}, "no arrow leads to C"),
        ({"A": (a := start()), "B": (b := state()), "go": a >> b}, "dead end"),
        ({"A": (a := start()), "B": (b := final()), "go": a >> b, "back": b >> a}, "final, yet left"),
        ({"A": (a := start()), "B": (b := final()), "go": a >> b, "refusals": {"X": CLOSED}}, "no state"),
    ):
        with pytest.raises((TypeError, RuntimeError), match=says) as problem:
            type("Wrong", (Machine,), body)
        assert says in str(problem.value)


def test_no_two_modules_draw_machines_of_one_name() -> None:
    """Their events could not be told apart."""
    with pytest.raises(TypeError, match="of tests.kernel.test_machine and of elsewhere"):
        type("Lamp", (Machine,), {"A": (a := start()), "B": (b := final()), "go": a >> b, "__module__": "elsewhere"})
