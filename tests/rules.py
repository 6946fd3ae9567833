"""The house rules that can be seen in files: each reads all sources and yields what is wrong, where, and the cure."""

import ast
import re
from collections.abc import Iterator

from house import CODE, ROOMS, Finding, House, Source, rule

FUNCTION_LINES, FILE_LINES, LINE_LETTERS, PARAMETERS, CAPABILITY_FILES = 60, 400, 120, 5, 25
EMPTY_NOUN = re.compile("base|common|helpers?|managers?|misc|models|requests|responses|services|stuff|utils?")
SHORT_NAME = re.compile("(^|_)(amt|arr|cfg|cnt|ctx|idx|mgr|num|obj|qty|req|resp|stmt|tmp|val)(_|$)")
MONEY = re.compile(r"(^|_)(amount|balance|budget|cents|cost|fee|fen|money|paid|price|refunded|total|yuan)(_|$)")
MACHINE_PATH = re.compile(r"(?:^|[\s\"'`=(:])(/(?:work|farm|root|Users|home/\w+)/|[A-Z]:\\\\?Users)")
REGISTRY = re.compile(r"pypi\.org|pythonhosted\.org|npmjs\.(?:org|com)|deb\.debian\.org|proxy\.golang\.org")
UNFINISHED = re.compile(r"\b(TODO|FIXME|XXX|NotImplementedError)\b")

CLIENT = "kaifang.gateway.client"  # the gateway's public client: all that the windows may import of the platform
ROOMS_BELOW = ("kaifang.kernel", "kaifang.gateway", "kaifang.surfaces", "kaifang.container", "kaifang.recipes")
MAY_IMPORT = {
    "kernel": ("kaifang.kernel",),
    "gateway": ("kaifang.gateway", "kaifang.kernel"),
    "surfaces": ("kaifang.surfaces", CLIENT),
    "container": ("kaifang.container", CLIENT),
    "recipes": ("kaifang.recipes", CLIENT),
    "catalogue": (),
    "cli": ("kaifang.cli", *ROOMS_BELOW),
}
CLOCKS = {"datetime.now", "datetime.utcnow", "datetime.today", "date.today", "time.time", "time.time_ns"}
SQL = re.compile(r'\s*select\s.*|"?\w+"?(, "?\w+"?)+', re.DOTALL)
QUERIES = {"select", "count", "sum", "query"}  # methods that take pieces of SQL, in which columns are named


@rule
def sizes(house: House) -> Iterator[Finding]:
    """A function has at most 60 lines, a file 400, a line 120 letters."""
    for source in house.sources:
        if source.path.suffix not in CODE and source.path.name != "Makefile":
            continue
        lines = source.text.splitlines()
        if len(lines) > FILE_LINES:
            yield source.found(FILE_LINES, f"the file has {len(lines)} lines, not {FILE_LINES}", "Split it by noun")
        for number, line in enumerate(lines, 1):
            if len(line) > LINE_LETTERS:
                yield source.found(number, f"the line has {len(line)} letters, not {LINE_LETTERS}", "Break it")
    for source in house.python:
        for function in source.functions():
            length = (function.end_lineno or 0) - function.lineno + 1
            if length > FUNCTION_LINES:
                wrong = f"{function.name} has {length} lines, not {FUNCTION_LINES}"
                yield source.found(function.lineno, wrong, "Give one of its steps a name of its own")


@rule
def parameters(house: House) -> Iterator[Finding]:
    """A function of the platform takes at most five positional parameters; what has a name at the call is free."""
    for source in house.package:
        for function in source.functions():
            names = [each.arg for each in (*function.args.posonlyargs, *function.args.args)]
            count = len(names) - (names[:1] in (["self"], ["cls"], ["work"]))
            if count > PARAMETERS and not source.is_test:
                wrong = f"{function.name} takes {count} positional parameters, not {PARAMETERS}"
                yield source.found(function.lineno, wrong, "Make a struct of those that travel together")


@rule
def sentences(house: House) -> Iterator[Finding]:
    """Every file says in a sentence what it is, and in the platform every public class, function and method too."""
    for source in house.python:
        if not ast.get_docstring(source.tree) and (source.nodes[1:] or source in house.package):
            yield source.found(1, "the file has no sentence", "Begin with a docstring that says what is in it")
    for source in house.package:
        for node, name in [] if source.is_test else public(source.tree.body):
            if not ast.get_docstring(node) and not (isinstance(node, ast.ClassDef) and is_shape(source, node)):
                yield source.found(node.lineno, f"{name} has no sentence", "Say in a docstring what it is or does")


def public(
    body: list[ast.stmt], of: str = ""
) -> Iterator[tuple[ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef, str]]:
    """Classes, functions and methods whose name does not hide them; of a property, the reading half."""
    for node in body:
        if not isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef) or node.name.startswith("_"):
            continue
        if any(ast.unparse(each).endswith((".setter", "overload")) for each in node.decorator_list):
            continue
        yield node, of + node.name
        if isinstance(node, ast.ClassDef):
            yield from public(node.body, f"{of}{node.name}.")


def is_shape(source: Source, node: ast.ClassDef) -> bool:
    """Whether a class of a capability is a request or an answer: nothing but fields, which have notes of their own."""
    only_fields = all(isinstance(each, ast.AnnAssign | ast.Pass) for each in node.body)
    return source.room[:1] == ("capabilities",) and bool(node.bases) and not node.decorator_list and only_fields


@rule
def names(house: House) -> Iterator[Finding]:
    """Files are nouns that say something; in the platform no name is cut short, but for `id` and `no`."""
    for source in house.sources:
        for part in (*source.path.parts[1:-1], source.path.stem):
            if EMPTY_NOUN.fullmatch(part.lower()) and source.path.parts[0] in ROOMS:
                yield source.found(1, f"{part} could hold anything", "Name the file after the noun in it")
    for source in house.package:
        wire = source.path.name == "errors.py"  # faults are named as on the wire
        for line, name in chosen_names(source) if not wire else ():
            if SHORT_NAME.search(name.lower()):
                yield source.found(line, f"{name} is cut short", "Write the word out")


def chosen_names(source: Source) -> Iterator[tuple[int, str]]:
    """The names that the writer of a file chose; those of fields are the wire's."""
    fields = {
        id(target)
        for node in source.nodes
        if isinstance(node, ast.ClassDef)
        for field in node.body
        for target in ([field.target] if isinstance(field, ast.AnnAssign) else getattr(field, "targets", []))
    }
    for node in source.nodes:
        match node:
            case ast.Name(id=name, ctx=ast.Store()) if id(node) not in fields:
                yield node.lineno, name
            case (
                ast.arg(arg=name)
                | ast.ClassDef(name=name)
                | ast.FunctionDef(name=name)
                | ast.AsyncFunctionDef(name=name)
            ):
                yield node.lineno, name


@rule
def floats_for_money(house: House) -> Iterator[Finding]:
    """Money is never a float."""
    cure = "Use Money, which counts smallest units"
    for source in house.package:
        for node in source.nodes:
            if holds_float(node):
                yield source.found(getattr(node, "lineno", 1), "a float for money", cure)


def holds_float(node: ast.AST) -> bool:
    """Whether a money-like name is declared or made a float, or Money is made of one."""
    match node:
        case (
            ast.arg(arg=name, annotation=ast.expr() as kind) | ast.AnnAssign(target=ast.Name(id=name), annotation=kind)
        ):
            return bool(MONEY.search(name)) and "float" in ast.unparse(kind)
        case ast.FunctionDef(name=name, returns=ast.expr() as kind):
            return bool(MONEY.search(name)) and "float" in ast.unparse(kind)
        case ast.Call(func=ast.Name(id="float"), args=[ast.Name(id=name) | ast.Attribute(attr=name)]):
            return bool(MONEY.search(name))
        case ast.Call(func=made, args=args):
            of_float = any(isinstance(each, ast.Constant) and isinstance(each.value, float) for each in args)
            return of_float and "Money" in ast.unparse(made)
    return False


@rule
def banned(house: House) -> Iterator[Finding]:
    """One clock, one source of chance, one place that prints, and no deaf except."""
    for source in house.package:
        if source.is_test:
            continue
        for node in source.nodes:
            if reason := why_banned(source, node):
                yield source.found(getattr(node, "lineno", 1), *reason)


def why_banned(source: Source, node: ast.AST) -> tuple[str, str] | None:
    """What is wrong with a node and how to mend it."""
    room, clock = source.room[:1], source.name.endswith("kernel/clock.py")
    match node:
        case ast.ExceptHandler(type=None):
            return "a bare except", "Name what may go wrong"
        case ast.Call(func=ast.Name(id="print")) if room != ("cli",):
            return "print outside the command line", "Return it, raise it or log it"
        case ast.Attribute() if not clock and room != ("cli",):
            chain = ".".join(ast.unparse(node).split(".")[-2:])
            return (f"{chain} is a second clock", "Use work.now, or the kernel's clock") if chain in CLOCKS else None
        case ast.ImportFrom(module="time", names=imported) if not clock and room != ("cli",):
            return (
                ("time is a second clock", "Use work.now") if {"time", "time_ns"} & {n.name for n in imported} else None
            )
        case ast.Import() | ast.ImportFrom():
            return why_not_import(source, modules(source, node))
    return None


def why_not_import(source: Source, imported: list[str]) -> tuple[str, str] | None:
    """What is wrong with importing these from outside the house."""
    tops = {name.split(".")[0] for name in imported}
    if "uuid" in tops or ("random" in tops and not source.name.endswith("kernel/ids.py")):
        return "chance and numbers have one source", "Use work.chance and work.new_id()"
    if source.room[:1] == ("capabilities",) and tops & {"secrets", "time", "threading", "asyncio", "socket"}:
        return "a capability knows only its unit of work", "Use work.chance, work.now, work.later() or an event"
    return None


def modules(source: Source, node: ast.Import | ast.ImportFrom) -> list[str]:
    """The full names of the modules that an import may mean."""
    if isinstance(node, ast.Import):
        return [each.name for each in node.names]
    package = ("kaifang", *source.room)
    start = ".".join(package[: len(package) - node.level + 1]) + "." if node.level else ""
    module = (start + (node.module or "")).rstrip(".")
    return [f"{module}.{each.name}" for each in node.names]


@rule
def directions(house: House) -> Iterator[Finding]:
    """Capabilities and gateway lean on the kernel, windows on the gateway's client, the kernel on nothing of ours."""
    for source in house.package:
        if source.is_test:
            continue
        room = source.room[0] if source.room else "the package"
        allowed = may_import(source.room)
        for node in source.nodes:
            for name in modules(source, node) if isinstance(node, ast.Import | ast.ImportFrom) else []:
                begins = "kaifang.cli" in allowed or source.path.name == "__main__.py"
                named_place = name == "kaifang.capabilities" and begins  # where the kernel shall look
                if is_ours(name) and not named_place and not any(f"{name}.".startswith(f"{each}.") for each in allowed):
                    yield source.found(node.lineno, f"{room} imports {name}", cure_of_import(name, allowed))


def may_import(room: tuple[str, ...]) -> tuple[str, ...]:
    """The parts of the platform that a file in this room may import."""
    if room[:1] == ("capabilities",):
        return (".".join(("kaifang", *room[:2])), "kaifang.kernel")
    return MAY_IMPORT.get(room[0], (f"kaifang.{room[0]}",)) if room else ("kaifang.cli", *ROOMS_BELOW)


def is_ours(name: str) -> bool:
    """Whether a module is a room of the house; the package's own version may be read by all."""
    return name.startswith("kaifang.") and name != "kaifang.__version__"


def cure_of_import(name: str, allowed: tuple[str, ...]) -> str:
    """What to do instead."""
    if name.startswith("kaifang.capabilities"):
        return "Ask by method name, or hear its event; nobody imports a capability"
    if CLIENT in allowed:
        return f"Speak to the gateway over the wire, with {CLIENT}"
    return f"It may lean on {' and '.join(allowed) or 'nothing of ours'} only"


@rule
def places(house: House) -> Iterator[Finding]:
    """Nothing names a path of one machine or the host of a package registry, and nothing of the platform is a stub."""
    for source in house.sources:
        if source.path.name == ".gitignore":
            continue
        in_package = source.path.parts[0] == "src"
        for number, line in enumerate(source.text.splitlines(), 1):
            if MACHINE_PATH.search(line):
                yield source.found(number, "a path of one machine", "Take it from the environment or from __file__")
            if REGISTRY.search(line):
                yield source.found(number, "the host of a package registry", "Name the package only")
            if in_package and UNFINISHED.search(line):
                yield source.found(number, "something unfinished", "Finish it, or leave it to the catalogue")


@rule
def capability_sizes(house: House) -> Iterator[Finding]:
    """A capability has at most 25 files of code; its stories and tests are not counted."""
    folders: dict[str, list[Source]] = {}
    for source in house.package:
        if source.room[:1] == ("capabilities",) and len(source.room) > 1 and not source.is_test:
            folders.setdefault(source.room[1], []).append(source)
    for name, files in folders.items():
        if len(files) > CAPABILITY_FILES:
            wrong = f"the capability {name} has {len(files)} files, not {CAPABILITY_FILES}"
            yield files[0].found(1, wrong, "Split it by ability")


@rule
def columns(house: House) -> Iterator[Finding]:
    """Every column of a table is read by somebody: in its capability, or for the kernel's own tables anywhere."""
    for source in house.package:
        for node in source.nodes:
            decorators = node.decorator_list if isinstance(node, ast.ClassDef) else []
            keys = [each for each in decorators if isinstance(each, ast.Call) and ast.unparse(each.func) == "table"]
            if not keys:
                continue
            home = source.room[:2] if source.room[:1] == ("capabilities",) else ()
            read = set().union(*(reads(each) for each in house.package if each.room[: len(home)] == home))
            read |= {"state", "version", *words(keys[0])}
            for field in node.body:
                if (
                    isinstance(field, ast.AnnAssign)
                    and isinstance(field.target, ast.Name)
                    and field.target.id not in read
                ):
                    wrong = f"nobody reads the column {field.target.id} of {node.name}"
                    yield source.found(field.lineno, wrong, "Leave it out until somebody does")


def reads(source: Source) -> set[str]:
    """The attributes that a file reads of anything but a request, and what it finds and selects by."""
    found: set[str] = set()
    for node in [] if source.is_test else source.nodes:
        match node:
            case ast.Attribute(value=ast.Name(id="ask")):
                pass
            case ast.Attribute(attr=name, ctx=ast.Load()):
                found.add(name)
            case ast.Call(func=ast.Attribute(attr="find"), keywords=keywords):
                found |= {each.arg for each in keywords if each.arg}
            case ast.Call(func=ast.Attribute(attr=name)) if name in QUERIES:
                found |= words(node)
            case ast.Constant(value=str(text)) if SQL.fullmatch(text):
                found |= words(node)
    return found


def words(node: ast.AST) -> set[str]:
    """The words in all text inside a node."""
    texts = (each.value for each in ast.walk(node) if isinstance(each, ast.Constant) and isinstance(each.value, str))
    return set(re.findall(r"\w+", " ".join(texts)))
