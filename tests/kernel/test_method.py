"""Methods: read from their signature, open to whom they say, once where they say so; and stories told of them."""

from __future__ import annotations

import asyncio
import contextlib
import sys
import types
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from kaifang.kernel import Amount, Fault, Key, Page, Shape, Sort, Who, Work, fault, method
from kaifang.kernel import method as _published
from kaifang.kernel.capability import capabilities, capability, discover
from kaifang.kernel.door import KernelDoor
from kaifang.kernel.method import Answered, allow, methods, perform, read_request
from kaifang.kernel.platform import Platform
from kaifang.kernel.story import Step, Telling, Untrue, fill, load, match, stories
from kaifang.kernel.work import Caller
from tests.kernel.things import Counter

assert _published
TAKEN = fault("T.TAKEN", zh="编号已用于其他请求", en="The number was used.", fix="Use another.")
EMPTY = fault("T.EMPTY", zh="没有", en="There is none.", sort=Sort.BUSINESS)
SECRET = fault("T.SECRET", zh="未声明", en="Undeclared.")


class Add(Shape):
    name: Key  # which counter
    amount: Amount  # how much, in yuan
    number: Key | None = None  # the caller's own


class Added(Shape):
    count: int  # fen so far
    by: str | None = None  # who asked


class Slow(Added):
    """A kind of answer of its own."""


def add(work: Work, ask: Add) -> Added | Slow:
    """Count something."""
    if ask.name == "none":
        raise EMPTY(name=ask.name)
    if ask.name == "secret":
        raise SECRET()
    counter = work.find(Counter, id=ask.name) or work.add(Counter(id=ask.name))
    counter.count += ask.amount.minor
    kind = Slow if counter.count > 500 else Added
    return kind(count=counter.count, by=work.caller.merchant or None)


def look(work: Work, ask: Add) -> Added:
    """Look at a counter."""
    counter = work.find(Counter, id=ask.name)
    return Added(count=counter.count if counter else 0)


def both(work: Work, ask: Add) -> Added:
    """Ask for two others; what is refused leaves no trace."""
    work.ask("test.add", name=ask.name, amount=ask.amount)
    with contextlib.suppress(Fault), work.attempt() as part:
        part.ask("test.add", name="none", amount=ask.amount)
    return Added(count=work.ask("test.look", name=ask.name, amount=ask.amount).count)


def careless(work: Work, ask: Add) -> Added:
    """Go on after a refusal, without having asked within an attempt."""
    with contextlib.suppress(Fault):
        work.ask("test.add", name="none", amount=ask.amount)
    return Added(count=0)


def announce(work: Work, ask: Add) -> Added:
    """Tell the caller's server."""
    work.notify("app", work.caller.notify_url, "test_told", ask.name, {"name": ask.name})
    return Added(count=0)


def page(work: Work, ask: Add) -> Page:
    """Open a page."""
    return Page(path=f"/cashier/{ask.name}")


@pytest.fixture
def published() -> Iterator[None]:
    """The test's methods, for as long as it runs."""
    before = dict(methods)
    method("test.add", raises=[EMPTY], once=["number"], clash=TAKEN)(add)
    method("test.pair", raises=[EMPTY], once=["name", "number"], clash=TAKEN)(add)
    method("test.look", reads=True)(look)
    method("test.both", raises=[EMPTY])(both)
    method("test.careless", raises=[EMPTY])(careless)
    method("test.tell")(announce)
    method("test.page", who=Who.USER)(page)
    method("test.inside", who=Who.INSIDE)(look)
    method("test.house", who=Who.OPERATOR)(look)
    yield
    methods.clear()
    methods.update(before)


def call(platform: Platform, called: str, caller: Caller = Caller(merchant="m"), /, **fields: Any) -> Any:  # noqa: B008
    """Call a method as the gateway does."""
    kind = methods[called]

    def run(work: Work) -> Shape:
        inner = work.acting(merchant=caller.merchant, role=caller.role, user=caller.user)
        allow(kind, inner.caller)
        return perform(kind, inner, read_request(kind, {"name": "a", "amount": "1.00", **fields}))

    return platform.do(run)


@pytest.mark.usefixtures("published")
def test_a_repeat_is_answered_as_the_first_was(platform: Platform) -> None:
    """With the same kind of answer; another request under the number is refused; without a number it counts again."""
    assert call(platform, "test.add", number="1") == Added(count=100, by="m")
    assert call(platform, "test.add", number="1") == Added(count=100, by="m")
    slow = call(platform, "test.add", number="2", amount="5.00")
    assert slow == call(platform, "test.add", number="2", amount="5.00") and type(slow) is Slow
    with pytest.raises(Fault, match=r"T\.TAKEN"):
        call(platform, "test.add", number="1", amount="2.00")
    assert call(platform, "test.add").count == 700
    assert call(platform, "test.add", Caller(merchant="other"), number="1").count == 800
    assert platform.read(lambda work: work.count(Answered)) == 3


@pytest.mark.usefixtures("published")
def test_numbers_of_two_parts_are_told_apart(platform: Platform) -> None:
    """However their parts are written: the one is no repeat of the other, and does not clash with it."""
    for count, (name, number) in enumerate([("a|b", "c"), ("a", "b|c"), ('a","b', "c"), ("a", 'b","c')], 1):
        call(platform, "test.pair", name=name, number=number)
        assert platform.read(lambda work: work.count(Answered)) == count


@pytest.mark.usefixtures("published")
def test_a_method_asks_for_others_in_its_own_unit_of_work(platform: Platform) -> None:
    """What they wrote is there, what was refused is not; who goes on after a refusal has asked within an attempt."""
    assert call(platform, "test.both").count == 100
    with pytest.raises(AssertionError, match="survived"):
        call(platform, "test.careless")
    assert methods["test.both"].capability == "test_method" and methods["test.page"].is_page
    assert read_request(methods["test.add"], b'{"name":"a","amount":1}') == Add(name="a", amount=Amount(100))


@pytest.mark.usefixtures("published")
def test_methods_are_open_to_whom_they_say(platform: Platform) -> None:
    """Operators, users, the platform itself."""
    assert call(platform, "test.page", Caller(user="u")).path == "/cashier/a"
    assert call(platform, "test.house", Caller(role="operator")) == Added(count=0)
    for name, code in (("test.page", "invalid-auth-token"), ("test.inside", "permissions"), ("test.house", "perm")):
        with pytest.raises(Fault, match=code):
            call(platform, name)


@pytest.mark.usefixtures("published")
def test_a_fault_that_is_not_declared_is_a_mistake_of_ours(platform: Platform, monkeypatch: pytest.MonkeyPatch) -> None:
    """In tests; in the world the caller hears it all the same."""
    module = sys.modules["kaifang.kernel.method"]
    monkeypatch.setattr(module, "strict", True)
    with pytest.raises(AssertionError, match="does not declare"):
        call(platform, "test.add", name="secret")
    monkeypatch.setattr(module, "strict", False)
    with pytest.raises(Fault, match=r"T\.SECRET"):
        call(platform, "test.add", name="secret")


@pytest.mark.usefixtures("published")
def test_a_method_that_is_wrongly_declared_fails_at_import() -> None:
    """Twice the same name, a number that no field is, a number without its clash."""
    for wrong in (
        {"name": "test.add"},
        {"name": "x", "once": ["nothing"], "clash": TAKEN},
        {"name": "x", "once": ["name"]},
    ):
        with pytest.raises(TypeError):
            method(**wrong)(add)  # type: ignore[arg-type]


def test_faults_speak_two_languages() -> None:
    """With the facts of the case, and the cure."""
    told = TAKEN(number="1")
    assert told.says() == "编号已用于其他请求（number: 1）" and EMPTY().says() == "没有"
    assert told.says("en") == "The number was used. (number: 1) Use another." and repr(TAKEN) == "<fault T.TAKEN>"
    assert EMPTY().says("en") == "There is none."


def test_capabilities_are_found_not_listed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every module of every folder, but tests."""
    folder = tmp_path / "found_here" / "shop"
    folder.mkdir(parents=True)
    (tmp_path / "found_here" / "__init__.py").write_text("")
    body = '"""A shop."""\nfrom kaifang.kernel import capability\ncapability(title="Shop", zh="店", needs=["a.b"])\n'
    (folder / "__init__.py").write_text(body)
    (folder / "goods.py").write_text("SEEN = True\n")
    (folder / "test_goods.py").write_text("raise RuntimeError\n")
    monkeypatch.syspath_prepend(tmp_path)
    import found_here  # type: ignore[import-not-found]

    try:
        discover(found_here)
        shop = capabilities["shop"]
        assert (shop.title, shop.zh, shop.needs, shop.doc) == ("Shop", "店", ("a.b",), "A shop.")
        assert "found_here.shop.goods" in sys.modules
    finally:
        capabilities.pop("shop", None)
    assert isinstance(capability, types.FunctionType)


STORY = """
story: Something is counted.
app: inside
steps:
- call: test.add
  ask: {name: a, amount: "1.00", number: "${n}-1"}
  answer: {count: $count, by: null}
- call: test.look
  ask: {name: a, amount: "1.00"}
  answer: {count: $count}
- call: test.add
  ask: {name: none, amount: "1.00"}
  fault: T.EMPTY
- call: test.unknown
  fault: isv.invalid-method
- later: 15m
- at: '2026-09-22 08:00:00'
  quiet: true
"""


def tell(platform: Platform, loop: asyncio.AbstractEventLoop, folder: Path, text: str) -> Telling:
    """Tell a story from a file."""
    path = folder / "stories" / "one.yaml"
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, "utf-8")
    assert stories(folder) == [path]
    known: dict[str, Any] = {"n": 7}
    telling = Telling(load(path), KernelDoor(platform, known, loop), known)
    telling.tell()
    return telling


@pytest.mark.usefixtures("published")
def test_a_story_comes_true(platform: Platform, loop: asyncio.AbstractEventLoop, tmp_path: Path) -> None:
    """Names bind at first sight, and the clock moves."""
    assert tell(platform, loop, tmp_path, STORY).known["count"] == 100
    assert platform.clock.now() == 1_790_035_200_000


@pytest.mark.usefixtures("published")
@pytest.mark.parametrize(
    ("was", "becomes", "says"),
    [
        ("by: null", "by: x", "by is missing"), ("fault: T.EMPTY", "fault: T.OTHER", "expected the fault T.OTHER"),
        ("answer: {count: $count}", "answer: {count: 5}", "is 100, not 5"), ("${n}", "$unknown", "not known yet"),
        ("answer: {count: $count}", "waiting: {}", "expected 10003"),
        ("quiet: true", "notified: {a: b}", "none arrived"),
        ("answer: {count: $count, by: null}", "answer: {count: null}", "should be absent"),
        ("story: Something", "tale: Something", "one.yaml"), ("steps:", "steps: [", "one.yaml"),
    ],
)  # fmt: skip
def test_a_story_that_does_not_come_true_says_where(
    platform: Platform, loop: asyncio.AbstractEventLoop, tmp_path: Path, was: str, becomes: str, says: str
) -> None:
    """The file, the step and the difference."""
    if becomes == "$unknown":
        was, becomes = '"${n}-1"', "$unknown"
    with pytest.raises((Untrue, KeyError), match=says):
        tell(platform, loop, tmp_path, STORY.replace(was, becomes, 1))


@pytest.mark.usefixtures("published")
def test_a_story_hears_what_it_waits_for(platform: Platform, loop: asyncio.AbstractEventLoop, tmp_path: Path) -> None:
    """In order, each notification once; the deaf are told again; and silence is silence."""
    told = """
story: Somebody is told.
app: inside
steps:
- call: test.tell
  ask: {name: b, amount: "1.00"}
  notify_url: https://shop.example.com/deaf-1
- notified: {name: b, heard: false, notify_id: $id}
- notified: {heard: true, notify_id: $id}
  quiet: true
"""
    tell(platform, loop, tmp_path, told)
    for was, becomes, says in (
        ("heard: false", "heard: never", "no such notification"),
        ("- notified: {name: b, heard: false, notify_id: $id}\n", "- quiet: true\n", "nobody expected"),
    ):
        with pytest.raises(Untrue, match=says):
            tell(platform, loop, tmp_path, told.replace(was, becomes, 1))


def test_matching_and_filling() -> None:
    """Lists by their members, text with names inside."""
    known = {"a": "1"}
    assert fill({"x": ["$a", "${a}b", 3]}, known) == {"x": ["1", "1b", 3]}
    match([{"x": "$new"}, 2], [{"x": "y", "more": 1}, 2], known)
    assert known["new"] == "y"
    for wanted, told in (([1], [1, 2]), ("z", "y"), ([1], "1"), ({"x": 1}, [])):
        with pytest.raises(Untrue):
            match(wanted, told, known)


def test_a_caller_of_the_door_must_be_known(platform: Platform, loop: asyncio.AbstractEventLoop) -> None:
    """The operators and the platform are; nobody else before there are apps."""
    door = KernelDoor(platform, {}, loop)
    caller = platform.read(lambda work: door.caller(work, Step(call="x", by="house", notify_url="http://n")))
    assert caller["role"] == "operator" and caller["notify_url"] == "http://n"
    assert door.notified() == []
