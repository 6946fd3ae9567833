"""A state machine read as a table: states are attributes, moves are arrows."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, ClassVar, Protocol

from .fault import FaultKind, Sort, fault

if TYPE_CHECKING:
    from .work import Work

WRONG_STATE = fault(
    "isv.invalid-state",
    zh="当前状态不允许此操作，请先查询",
    en="The thing is not in a state that allows this.",
    fix="Query it first.",
    sort=Sort.BUSINESS,
)


class Moving(Protocol):
    """A row that has a state."""

    state: str


class State:
    """One of the states; `start()`, `state()` and `final()` make them."""

    def __init__(self, *, start: bool = False, final: bool = False) -> None:
        self.start, self.final, self.name = start, final, ""

    def __set_name__(self, owner: type, name: str) -> None:
        self.name = name

    def __str__(self) -> str:
        return self.name

    def __or__(self, other: State | States) -> States:
        return States((self,)) | other

    def __rshift__(self, to: State | States) -> Move:
        return States((self,)) >> to


class States(tuple[State, ...]):
    """Several states at one end of an arrow."""

    def __or__(self, other: State | States) -> States:
        return States((*self, *((other,) if isinstance(other, State) else other)))

    def __rshift__(self, to: State | States) -> Move:
        return Move(self, States((to,)) if isinstance(to, State) else to)


class Move:
    """An arrow: calling it checks the row's state, moves it and tells the world."""

    def __init__(self, before: States, after: States) -> None:
        self.before, self.after, self.name = before, after, ""
        self.machine: type[Machine] = Machine

    def __set_name__(self, owner: type[Machine], name: str) -> None:
        self.name, self.machine = name, owner

    def __call__(self, work: Work, row: Moving, to: State | None = None, **facts: object) -> None:
        """Move `row`, in its unit of work, if it is where the arrow starts; else raise the machine's fault."""
        to = to or self.after[0]
        assert to in self.after, f"{self.machine.__name__}.{self.name} never ends in {to.name}"
        if not self.possible(row):
            raise self.machine.refusal(row.state)(state=row.state)
        row.state = to.name
        work.moved(self, row, facts)

    def possible(self, row: Moving) -> bool:
        """Whether the row is where this arrow starts."""
        return any(row.state == state.name for state in self.before)

    @property
    def event(self) -> str:
        """What the world is told when this happens: `trade.pay`."""
        return f"{self.machine.__name__.lower()}.{self.name}"


def start() -> State:
    """The state in which a thing is born."""
    return State(start=True)


def state() -> State:
    """A state on the way."""
    return State()


def final() -> State:
    """A state that is never left."""
    return State(final=True)


class Machine:
    """States and arrows; a mistake in the drawing fails at import."""

    refuses: ClassVar[FaultKind] = WRONG_STATE  # what a move from a wrong state raises
    refusals: ClassVar[dict[str, FaultKind]] = {}  # the same for particular states, by name
    states: ClassVar[dict[str, State]]
    moves: ClassVar[dict[str, Move]]
    begin: ClassVar[State]

    def __init_subclass__(cls) -> None:
        cls.states = {name: value for name, value in vars(cls).items() if isinstance(value, State)}
        cls.moves = {name: value for name, value in vars(cls).items() if isinstance(value, Move)}
        begins = [state for state in cls.states.values() if state.start]
        if len(begins) != 1:
            raise TypeError(f"{cls.__name__} needs one start, it has {len(begins)}")
        cls.begin = begins[0]
        unreached = set(cls.states.values()) - cls._reached()
        if unreached:
            raise TypeError(f"{cls.__name__}: no arrow leads to {names(unreached)}")
        if set(cls.refusals) - set(cls.states):
            raise TypeError(f"{cls.__name__}: no state {set(cls.refusals) - set(cls.states)}")
        for one in cls.states.values():
            leaves = any(one in move.before for move in cls.moves.values())
            if leaves == one.final:
                raise TypeError(f"{cls.__name__}.{one.name} is {'final, yet left' if leaves else 'a dead end'}")
        named = machines.setdefault(cls.__name__, cls)
        if named.__module__ != cls.__module__:  # their events would bear the same names
            raise TypeError(f"{cls.__name__} is a machine of {named.__module__} and of {cls.__module__}")
        machines[cls.__name__] = cls

    @classmethod
    def _reached(cls) -> set[State]:
        seen = {cls.begin}
        while more := {
            after for move in cls.moves.values() if seen & set(move.before) for after in move.after if after not in seen
        }:
            seen |= more
        return seen

    @classmethod
    def refusal(cls, state: str) -> FaultKind:
        """The fault that a wrong move from this state raises."""
        return cls.refusals.get(state, cls.refuses)


machines: dict[str, type[Machine]] = {}


def names(states: Iterable[State]) -> str:
    """The states' names, for people."""
    return ", ".join(sorted(state.name for state in states))
