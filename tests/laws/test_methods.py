"""Laws about every method: what each promises is told, refused, repeated and walled off."""

from __future__ import annotations

import ast
import functools
import re
from importlib import import_module
from pathlib import Path
from typing import Any

import msgspec
import pytest
from tests.laws.test_stories import STORIES, name_of
from tests.town import capabilities

from kaifang.gateway import catalogue
from kaifang.kernel import INVALID_PARAMETER, NO_PERMISSION, NO_USER, Fault, Shape, Who
from kaifang.kernel.capability import capabilities as found
from kaifang.kernel.events import handlers, hearers
from kaifang.kernel.machine import machines
from kaifang.kernel.method import Method, Page, Return, methods, read_request
from kaifang.kernel.shape import field_types, notes
from kaifang.kernel.story import load
from kaifang.kernel.table import tables

capabilities()
METHODS = sorted(methods)
OFFICIAL = [name for name in METHODS if not name.startswith("kaifang.")]
ASKED = re.compile(r'ask\(\s*"([a-z.]+)"')
GIVEN = {INVALID_PARAMETER.code, NO_PERMISSION.code, NO_USER.code}


def test_an_undeclared_fault_fails_the_run() -> None:
    """Stories and walks are told while methods may raise only what they declare."""
    assert import_module("kaifang.kernel.method").strict is True  # by its name it is the decorator


@functools.cache
def told() -> dict[str, tuple[bool, set[str]]]:
    """For each method: whether a story shows it working, and which faults stories show."""
    shown: dict[str, tuple[bool, set[str]]] = {name: (False, set()) for name in METHODS}
    for path in STORIES:
        for step in load(path).steps:
            if step.call in shown:
                works, faults = shown[step.call]
                shown[step.call] = (works or not step.fault, faults | ({step.fault} if step.fault else set()))
    return shown


@pytest.mark.parametrize("name", METHODS)
def test_every_method_and_every_fault_is_told(name: str) -> None:
    """Law 2: a story shows it working, and stories show each fault that it declares."""
    works, faults = told()[name]
    asked = used_inside()
    assert works or name in asked, "no story shows it working"
    declared = {kind.code for kind in methods[name].raises}
    missing = declared - faults - GIVEN
    assert not missing or name in asked and name.startswith("kaifang."), f"declared but never told: {sorted(missing)}"


@functools.cache
def used_inside() -> set[str]:
    """The methods that others ask for inside a unit of work: their stories are those of who asks."""
    gateway = (Path(__file__).parents[2] / "src/kaifang/gateway").glob("**/*.py")
    by_gateway = {name for path in gateway for name in ASKED.findall(path.read_text("utf-8"))}
    return {name for one in found.values() for name in (*one.needs, *one.uses)} | by_gateway


@pytest.mark.parametrize("name", METHODS)
def test_what_is_missing_or_wrong_is_named(name: str) -> None:
    """Law 3: an empty, a wrong-typed and an over-long request are refused by the name of a field."""
    method = methods[name]
    required = [f.encode_name for f in msgspec.structs.fields(method.ask) if f.required]
    if required:
        assert refused_field(method, {}) in required
    for field, kind in field_types(method.ask).items():
        assert refused_field(method, {field: {"not": ["a", "value"]}} | sample(method, field)) == field or is_object(
            kind
        )
        if is_text(kind):
            assert refused_field(method, {field: "x" * 100_001} | sample(method, field)) == field, (
                f"{field} is unbounded"
            )


def refused_field(method: Method, ask: dict[str, Any]) -> str:
    """The field that reading this request names, or nothing."""
    try:
        read_request(method, ask)
    except Fault as refusal:
        return str(refusal.facts.get("field", "")).partition(".")[0].partition("[")[0]
    return ""


def sample(method: Method, but: str) -> dict[str, Any]:
    """The smallest request that has all required fields but one, as far as their types tell."""
    return {
        field.encode_name: value_of(field_types(method.ask)[field.encode_name])
        for field in msgspec.structs.fields(method.ask)
        if field.required and field.encode_name != but
    }


def value_of(kind: Any) -> Any:
    """Some value of a type."""
    schema = kind if isinstance(kind, msgspec.inspect.Type) else msgspec.inspect.type_info(kind)
    if isinstance(schema, msgspec.inspect.LiteralType):
        return schema.values[0]
    if isinstance(schema, msgspec.inspect.ListType):
        return [value_of(schema.item_type)] if schema.min_length else []
    if isinstance(schema, msgspec.inspect.StructType):
        return {field.encode_name: value_of(field_types(schema.cls)[field.encode_name])
                for field in schema.fields if field.required}  # fmt: skip
    if isinstance(schema, msgspec.inspect.IntType):
        return schema.ge or 1
    if isinstance(schema, msgspec.inspect.CustomType):
        return "2026-09-21 00:00:00" if schema.cls.__name__ == "Moment" else "1.00"
    return "1" * max(1, getattr(schema, "min_length", None) or 1)


def is_text(kind: Any) -> bool:
    """Whether a field holds text."""
    schema = msgspec.inspect.type_info(kind)
    parts = schema.types if isinstance(schema, msgspec.inspect.UnionType) else (schema,)
    return any(isinstance(part, msgspec.inspect.StrType) for part in parts)


def is_object(kind: Any) -> bool:
    """Whether a field holds an object, for which an object of other members is not of a wrong type."""
    schema = msgspec.inspect.type_info(kind)
    parts = schema.types if isinstance(schema, msgspec.inspect.UnionType) else (schema,)
    return any(isinstance(part, msgspec.inspect.StructType | msgspec.inspect.DictType | msgspec.inspect.AnyType)
               for part in parts)  # fmt: skip


@pytest.mark.parametrize("name", OFFICIAL)
def test_every_field_is_in_the_official_catalogue(name: str) -> None:
    """Law 8: no field of an official method is our invention."""
    contract = catalogue.contract(name)
    assert contract is not None, "no official method has this name"
    unknown = set(field_types(methods[name].ask)) - set(contract.request) - set(contract.params) - set(contract.files)
    assert not unknown - {"auth_token"}, f"request: {sorted(unknown)}"
    for answer in methods[name].answers:
        if answer not in (Page, Return):
            extra = set(field_types(answer)) - set(contract.response)
            assert not extra, f"{answer.__name__}: {sorted(extra)}"


@pytest.mark.parametrize("name", OFFICIAL)
def test_a_flag_that_is_left_out_is_false(name: str) -> None:
    """The official Python SDK leaves out what is false, so nobody could say it otherwise."""
    seen: list[Any] = [msgspec.inspect.type_info(methods[name].ask)]
    for schema in seen:
        parts = list(schema.types) if isinstance(schema, msgspec.inspect.UnionType) else []
        parts += [schema.item_type] if isinstance(schema, msgspec.inspect.ListType) else []
        for field in schema.fields if isinstance(schema, msgspec.inspect.StructType) else ():
            assert field.default is not True, f"{schema.cls.__name__}.{field.name} is true if it is left out"
            parts.append(field.type)
        seen += [part for part in parts if part not in seen]


@pytest.mark.parametrize("name", METHODS)
def test_no_answer_takes_a_name_of_the_envelope(name: str) -> None:
    """In v2 an answer's members stand beside the gateway's own."""
    own = {"code", "msg", "sub_code", "sub_msg", "sign", "alipay_cert_sn"}
    for answer in methods[name].answers:
        assert methods[name].who is Who.INSIDE or not own & set(field_types(answer)), f"{answer.__name__} hides one"


@pytest.mark.parametrize("name", METHODS)
def test_everything_has_its_sentence(name: str) -> None:
    """Law 9: each method, field and fault says what it is."""
    method = methods[name]
    assert method.doc.split("\n")[0].endswith("."), "the method has no sentence"
    for shape in (method.ask, *method.answers):
        for field in msgspec.structs.fields(shape) if issubclass(shape, Shape) else ():
            assert notes(shape).get(field.name), f"{shape.__name__}.{field.name} has no note"
    for kind in method.raises:
        assert kind.zh and kind.en.endswith("."), f"{kind.code} has no sentence"


def test_every_event_is_heard_or_documented() -> None:
    """Law 11: nobody listens to what nobody says."""
    announced = {move.event for machine in machines.values() for move in machine.moves.values()}
    announced |= {name for _, name in calls("tell")}
    heard = {event for event, names in hearers.items() if any(name.startswith("kaifang.") for name in names)}
    assert heard <= announced, f"heard but never announced: {sorted(heard - announced)}"


def test_every_name_asked_exists_and_is_declared() -> None:
    """Law 12: every name asked is a method, and stands in the folder's `needs`; what need not be, in its `uses`."""
    for folder, name in calls("ask"):
        assert name in methods, f"{folder} asks for {name}, which nobody offers"
        assert name in found[folder].needs or methods[name].capability == folder, f"{folder} does not declare {name}"
    for folder, name in calls("ask_if_offered"):
        assert name in found[folder].uses, f"{folder} does not declare that it uses {name}"


def test_every_timer_set_has_its_handler() -> None:
    """Nothing is put off to nobody."""
    for folder, name in calls("later"):
        assert name in handlers, f"{folder} sets the timer {name}, which nobody keeps"


def calls(verb: str) -> list[tuple[str, str]]:
    """Folder and first literal argument of every `work.verb("name", ...)` or `work.later(due, "name", ...)`."""
    seen = []
    sources = (Path(__file__).parents[2] / "src/kaifang/capabilities").glob("*/*.py")
    for path in sorted(path for path in sources if not path.name.startswith("test_")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == verb:
                texts = [
                    arg.value for arg in node.args[:2] if isinstance(arg, ast.Constant) and isinstance(arg.value, str)
                ]
                if texts:
                    seen.append((path.parent.name, texts[0]))
    return seen


def test_every_table_says_what_it_keeps() -> None:
    """Each table has its sentence."""
    for table in tables.values():
        assert (table.row.__doc__ or "").strip().endswith("."), f"{table.name} has no sentence"


def test_there_are_stories() -> None:
    """The laws are not empty."""
    assert STORIES, [name_of(path) for path in STORIES]
