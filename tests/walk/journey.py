"""A journey: turns taken one after the other, with what goes wrong in each, and the laws held against the world."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgspec

from kaifang.kernel.clock import lasts
from kaifang.kernel.method import methods
from kaifang.kernel.store import Broken
from kaifang.kernel.story import Step, Told, Untrue, fill
from kaifang.kernel.table import tables
from kaifang.kernel.work import Work
from tests.walk.invariants import PROMISES, Broke, Memory, check
from tests.walk.turn import Turn, learn, names_in
from tests.walk.world import World

# What is told about an owner, or is copied from the journal for whoever asks first, is no change of what it has.
LOGS = ("entry", "event", "job", "answered", "notice", "delivery", "statement", "bill_deal")
# What may be asked again and happens again: the caller gives it no number.
UNNUMBERED = (
    "kaifang.", "alipay.open.", "alipay.system.", "alipay.data.", "alipay.user.",
    "alipay.marketing.campaign.cash.create",
)  # fmt: skip


class Taken(msgspec.Struct):
    """A turn that was taken, and what was told."""

    turn: Turn
    told: Told | None = None
    learnt: tuple[str, ...] = ()


class Journey:
    """Turns as they are taken in one world."""

    def __init__(self, world: World) -> None:
        self.world, self.memory, self.taken, self.ending = world, Memory(), list[Taken](), False
        self.before: tuple[Step, dict[str, Any]] | None = None  # what was asked last
        self.answered: list[tuple[Step, dict[str, Any], Told]] = []  # what was asked under a number of its own
        self.said: set[str] = set()  # numbers that strangers wrote themselves, and may see again

    def take(self, turn: Turn) -> Taken | None:
        """Take a turn, and hold every law; None if it speaks of what nobody knows here. Raises Broke."""
        try:
            ask, step = self.filled(turn.step)
        except Untrue:
            return None
        taken = Taken(turn=turn)
        self.taken.append(taken)
        self.world.alarm.taken()
        self.world.engine.struck = False
        try:
            self.happen(turn)
            if step.later:
                self.settle(turn, lasts(step.later))
            if step.call:
                self.call(turn, step, ask, taken)
        except (Broke, Broken):
            raise
        except Exception as bug:
            raise Broke("nothing_unforeseen_happens", f"{type(bug).__name__}: {bug}") from bug
        self.look()
        return taken

    def filled(self, step: Step) -> tuple[dict[str, Any], Step]:
        """The step with what is known in the place of names; raises Untrue if something is not."""
        known, wanted = self.world.known, {}
        for name in ("token", "auth_token", "notify_url", "user", "device"):
            wanted[name] = fill(getattr(step, name), known)
        if step.user and wanted["user"] not in known:
            raise Untrue(f"nobody knows {step.user}")
        if step.call and step.by not in ("house", "inside") and f"{step.by}.app" not in known:
            raise Untrue(f"nobody knows {step.by}")
        return fill(step.ask, known), msgspec.structs.replace(step, **wanted)

    def happen(self, turn: Turn) -> None:
        """What befalls the world besides calls."""
        if turn.mishap == "mood":
            self.world.receivers.moods[turn.who] = turn.mood
        if turn.mishap == "restart":
            before = self.world.content()
            self.world.restart()
            if self.world.content() != before:
                raise Broke("a_restart_changes_nothing", "the database is another after it")

    def call(self, turn: Turn, step: Step, ask: dict[str, Any], taken: Taken) -> None:
        """Make the call, with its mishap, and learn from the answer."""
        told = self.answer(turn, step, ask)
        taken.told, self.before = told, (step, ask)
        self.settle(turn)
        if not told.fault:
            before = set(self.world.known)
            learn(step.answer, told.fields, self.world.known)
            taken.learnt = tuple(sorted(names_in(step.answer) - before & set(self.world.known)))
            self.remember(step, ask, told)
        if turn.mishap == "again" and not told.fault:
            self.repeat(step, ask, told)
        if turn.mishap == "stranger":
            self.intrude(turn.who, step, ask, told)

    def answer(self, turn: Turn, step: Step, ask: dict[str, Any]) -> Told:
        """The call in whatever way it is made."""
        match turn.mishap:
            case "cut":
                return self.cut(turn, lambda: [self.world.call(step, ask)])[0]
            case "lost":
                return self.lose(step, ask)
            case "company" if is_one_write(step):
                return self.crowd(turn, step, ask)
        return self.world.call(step, ask)

    def lose(self, step: Step, ask: dict[str, Any]) -> Told:
        """A call of which the answer to its commit is lost: it is made again, and moves nothing any more."""
        world = self.world
        before, world.engine.losing = self.entries(), True
        try:
            return world.call(step, ask)
        except Broken:
            once = self.entries()
            told = world.call(step, ask)
            if once > before and self.entries() != once and counts_once(step):
                raise Broke("a_repeat_counts_once", f"{step.call}, of which the answer was lost") from None
            return told
        finally:
            world.engine.losing = False

    def crowd(self, turn: Turn, step: Step, ask: dict[str, Any]) -> Told:
        """The call, the one before it and its own twin, all in one transaction, in which the store fails."""
        before = [self.before] if self.before and is_one_write(self.before[0]) else []
        calls = [(step, ask), *before, (step, ask)]
        first, *_, twin = self.cut(turn, lambda: self.world.door.together(calls))
        if counts_once(step) and not first.fault and not twin.fault and numbers(first.fields) != numbers(twin.fields):
            raise Broke("a_repeat_counts_once", f"{step.call} at once: {first.fields} and {twin.fields}")
        return first

    def cut(self, turn: Turn, call: Callable[[], list[Told]]) -> list[Told]:
        """Calls in which the store fails: nothing is left of them, and the retry heals."""
        world, before = self.world, self.world.content()
        world.engine.left = turn.at
        try:
            return call()
        except Broken:
            world.engine.left = None
            if world.content() != before:
                raise Broke("a_failure_leaves_nothing", f"{turn.step.call} left something behind") from None
            return call()
        finally:
            world.engine.left = None

    def settle(self, turn: Turn, milliseconds: int = 0) -> None:
        """Let time pass and do what is due; a store that fails meanwhile, or loses an answer, delays it only."""
        world = self.world
        if turn.mishap == "late":
            world.engine.left, world.engine.losing = (None, True) if turn.at == 0 else (turn.at, False)
        target = world.now + milliseconds
        try:
            world.move(milliseconds)
        except Broken:
            world.engine.left = None
            world.door.move(target, None)
        finally:
            world.engine.left, world.engine.losing = None, False

    def remember(self, step: Step, ask: dict[str, Any], told: Told) -> None:
        """Keep what was promised, and what was asked under a number of its own: it is answered alike ever after."""
        member = PROMISES.get(step.call, ("",))[0]
        later = "async_pay_apply_status" in told.fields  # accepted, and paid once the buyer can
        if told.code == "10000" and told.fields.get(member) and not later:
            self.memory.promised.add((step.call, told.fields[member]))
        once = methods[step.call].once
        if once and all(ask.get(name) for name in once):
            self.answered.append((step, ask, told))

    def repeat(self, step: Step, ask: dict[str, Any], told: Told) -> None:
        """The same request again: no value moves; under a number of its own it is answered alike, and that is all."""
        before, content = self.entries(), self.world.content()
        again = self.world.call(step, ask)
        once = methods[step.call].once
        alike = (again.code, again.fields) == (told.code, told.fields) and self.world.content() == content
        if once and all(ask.get(name) for name in once) and not alike:
            raise Broke("a_repeat_is_answered_alike", f"{step.call}: {told.fields}, then {again.fields}")
        if self.entries() != before and counts_once(step):
            raise Broke("a_repeat_counts_once", f"{step.call} moved value again")
        self.settle(Turn(step=step))

    def intrude(self, rival: str, step: Step, ask: dict[str, Any], told: Told) -> None:
        """Another merchant asks the same: it sees none of the numbers, and changes nothing that is not its own."""
        mine = self.world.known[step.by]
        before = self.owned(mine)
        heard = self.world.call(msgspec.structs.replace(step, by=rival), ask)
        if mine not in str(ask) and self.owned(mine) != before:
            raise Broke("merchants_are_walled_off", f"{step.call}: {rival} changed what is {step.by}'s")
        people = {str(value) for name, value in self.world.known.items() if not name[-1].isdigit()}
        self.said |= numbers(ask)
        seen = numbers(heard.fields) & numbers(told.fields) - self.said - people
        if seen:
            raise Broke("merchants_are_walled_off", f"{step.call}: {rival} was shown {seen}")
        self.settle(Turn(step=step))

    def look(self) -> None:
        """Hold every law."""
        world = self.world
        heard = world.alarm.taken()
        if heard and not world.engine.struck:
            raise Broke("nothing_unforeseen_happens", heard[0])
        world.door.sent.clear()
        if world.receivers.confused:
            raise Broke("a_notify_id_says_one_thing", world.receivers.confused[0])
        world.platform.read(lambda work: check(work, self.memory))

    def finish(self) -> None:
        """Everybody listens, three days pass: all is told, and whatever was answered is answered alike."""
        self.ending = True
        self.world.receivers.moods.clear()
        self.settle(Turn(step=Step()), 3 * lasts("1d"))
        self.look()
        owed = self.world.platform.read(lambda work: work.tx.query(OWED, ()))
        if owed:
            raise Broke("all_is_told_in_the_end", f"notice {owed[0][0]} is still owed")
        content = self.world.content()
        for step, ask, told in self.answered:
            again = self.world.call(step, ask)
            if (again.code, again.fields) != (told.code, told.fields):
                raise Broke("what_was_answered_stays", f"{step.call}: {told.fields}, in the end {again.fields}")
        if self.world.content() != content:
            raise Broke("what_was_answered_stays", "something is done again")

    def entries(self) -> int:
        """How many entries the journal has."""
        return int(self.world.platform.read(lambda work: work.tx.query("select count(*) from entry", ()))[0][0])

    def owned(self, owner: str) -> dict[str, list[str]]:
        """Every row that names this owner, by table; what is merely told about it in the logs aside."""

        def read(work: Work) -> dict[str, list[str]]:
            found = {}
            for name, table in tables.items():
                texts = [column for column, kind, _, _ in table.columns if kind == "text"]
                where = " or ".join(f'"{column}" = ?' for column in texts)
                if texts and name not in LOGS:
                    rows = work.tx.query(f'select * from "{name}" where {where}', [owner] * len(texts))
                    found[name] = sorted(map(repr, rows))
            return found

        return self.world.platform.read(read)


OWED = "select id from notice where state in ('OWED', 'RETRYING')"


def is_one_write(step: Step) -> bool:
    """Whether a call writes, and all of it in one transaction: the clock is moved in many."""
    return not methods[step.call].reads and step.call != "kaifang.clock.move"


def counts_once(step: Step) -> bool:
    """Whether the caller numbers this request, so that asking twice does it once."""
    return not step.call.startswith(UNNUMBERED)


def numbers(told: Any) -> set[str]:
    """Every long number in an answer."""
    if isinstance(told, dict):
        return {number for part in told.values() for number in numbers(part)}
    if isinstance(told, list):
        return {number for part in told for number in numbers(part)}
    return {told} if isinstance(told, str) and len(told) >= 16 and told.isdigit() else set()
