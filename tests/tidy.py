"""The house is tidy: every rule of rules.py over every file, and each rule against something untidy."""

from pathlib import Path

import pytest

import rules
from house import RULES, House, Rule

ROOT = Path(__file__).parents[1]
TRADE = "src/kaifang/capabilities/trade"
TIDY = {
    "src/kaifang/kernel/__init__.py": '"""The kernel."""\n',
    "src/kaifang/kernel/clock.py": '"""The one clock."""\nimport time\nnow = time.time()\n',
    "src/kaifang/cli/demo.py": '"""A show."""\nimport kaifang.capabilities\nfrom kaifang.gateway import x\nprint(x)\n',
    "src/kaifang/surfaces/till.py": '"""The till."""\nfrom kaifang.gateway.client import A\nfrom .door import B\n',
    f"{TRADE}/tables.py": '''"""What is kept of a trade."""
from kaifang.kernel import Money, Row, table

@table("trade", unique=[("seller", "out_trade_no")])
class TradeRow(Row):
    """A trade."""

    id: str
    seller: str  # in a key
    out_trade_no: str
    subject: str  # read by name
    total: Money
    place: float  # no money
    page_num: int  # a name of the wire
''',
    f"{TRADE}/order.py": '''"""Orders."""
from kaifang.kernel import Shape, Work, method
from .tables import TradeRow

class Pay(Shape):
    total_amount: str  # a request has notes on its fields, no sentence of its own

@method("alipay.trade.pay")
def pay(work: Work, ask: Pay, *, first: int = 1, second: int = 2, third: int = 3, fourth: int = 4) -> None:
    """Pay a trade."""
    trade = work.find(TradeRow, id=ask.total_amount, page_num=1)
    print_it = trade.subject, trade.place, work.select(TradeRow, "total > ?", (1,))
    def inner(one, two): return one, print_it
''',
    f"{TRADE}/test_trade.py": '"""Walks."""\nimport random\nfrom kaifang.capabilities import fund\nprint(fund)\n',
    "tests/test_any.py": '"""Any."""\nimport uuid\n\ndef test_uuid(): print(uuid)\n',
}


@pytest.fixture(scope="module")
def our_house() -> House:
    """All files of this project."""
    return House(ROOT)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_tidy(our_house: House, rule: Rule) -> None:
    found = [str(finding) for finding in rule(our_house)]
    if found:
        pytest.fail("\n".join([str(rule.__doc__), *found]), pytrace=False)


def build(root: Path, files: dict[str, str]) -> House:
    """A house of these files."""
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text)
    return House(root)


def test_a_tidy_house_breaks_no_rule(tmp_path: Path) -> None:
    house = build(tmp_path, TIDY)
    assert len(house.sources) == len(TIDY)
    assert [str(finding) for rule in RULES for finding in rule(house)] == []


def body(*lines: str) -> str:
    """A file with its sentence on line 1."""
    return "\n".join(['"""A file."""', *lines, ""])


UNTIDY: list[tuple[Rule, str, str, int, str]] = [
    (rules.sizes, "src/kaifang/kernel/work.py", body("def long():", *["    pass"] * 60), 2, "61 lines"),
    (rules.sizes, "tests/test_long.py", body(*["pass"] * 400), 400, "401 lines"),
    (rules.sizes, "src/kaifang/surfaces/wallet.tsx", "x" * 121, 1, "121 letters"),
    (rules.sizes, "Makefile", "\n" + "x" * 121, 2, "121 letters"),
    (rules.parameters, "src/kaifang/kernel/a.py", body("def f(a, b, c, d, e, f): pass"), 2, "6 positional"),
    (
        rules.parameters,
        "src/kaifang/kernel/a.py",
        body("class A:", "    def f(self, a, b, c, d, e, /, f): pass"),
        3,
        "6",
    ),
    (rules.sentences, "bench/a.py", "a = 1\n", 1, "the file has no sentence"),
    (rules.sentences, "src/kaifang/kernel/a.py", body("def f(): pass"), 2, "f has no sentence"),
    (rules.sentences, "src/kaifang/kernel/a.py", body("async def f(): pass"), 2, "f has no sentence"),
    (rules.sentences, "src/kaifang/kernel/a.py", body("class A: pass"), 2, "A has no sentence"),
    (rules.sentences, "src/kaifang/kernel/a.py", body("class A:", '    """A."""', "    def f(self): pass"), 4, "A.f"),
    (rules.sentences, f"{TRADE}/tables.py", body("@table('a')", "class A(Row):", "    id: str"), 3, "A has no"),
    (rules.sentences, "src/kaifang/kernel/a.py", body("class A(Shape):", "    id: str"), 2, "A has no sentence"),
    (rules.names, "src/kaifang/kernel/utils.py", body(), 1, "utils could hold anything"),
    (rules.names, f"{TRADE}/models/trade.py", body(), 1, "models could hold anything"),
    (rules.names, "src/kaifang/kernel/a.py", body("ctx = 1"), 2, "ctx is cut short"),
    (rules.names, "src/kaifang/kernel/a.py", body("def f(user_obj): pass"), 2, "user_obj is cut short"),
    (rules.names, "src/kaifang/kernel/a.py", body("for idx in []: pass"), 2, "idx is cut short"),
    (rules.floats_for_money, f"{TRADE}/a.py", body("class A:", "    total_amount: float | None = None"), 3, "a float"),
    (rules.floats_for_money, f"{TRADE}/a.py", body("def f(fee: 'float'): pass"), 2, "a float"),
    (rules.floats_for_money, f"{TRADE}/a.py", body("def balance() -> float: pass"), 2, "a float"),
    (rules.floats_for_money, f"{TRADE}/a.py", body("def f(ask): return float(ask.total_amount)"), 2, "a float"),
    (rules.floats_for_money, f"{TRADE}/a.py", body("a = Money.parse(0.1)"), 2, "a float"),
    (rules.banned, "src/kaifang/kernel/a.py", body("from datetime import datetime", "a = datetime.now()"), 3, "clock"),
    (rules.banned, "src/kaifang/kernel/a.py", body("import datetime", "a = datetime.datetime.utcnow()"), 3, "clock"),
    (
        rules.banned,
        "src/kaifang/kernel/a.py",
        body("import time", "clock = time.time"),
        3,
        "time.time is a second clock",
    ),
    (rules.banned, "src/kaifang/kernel/a.py", body("from time import time"), 2, "time is a second clock"),
    (rules.banned, "src/kaifang/gateway/a.py", body("from uuid import uuid4"), 2, "one source"),
    (rules.banned, "src/kaifang/gateway/a.py", body("import random"), 2, "one source"),
    (rules.banned, f"{TRADE}/a.py", body("import secrets"), 2, "only its unit of work"),
    (rules.banned, f"{TRADE}/a.py", body("import time"), 2, "only its unit of work"),
    (rules.banned, "src/kaifang/gateway/a.py", body("print(1)"), 2, "print outside"),
    (rules.banned, "src/kaifang/cli/a.py", body("try: pass", "except: pass"), 3, "a bare except"),
    (rules.directions, f"{TRADE}/a.py", body("from kaifang.capabilities.fund import x"), 2, "capabilities imports"),
    (rules.directions, f"{TRADE}/a.py", body("from ..fund import x"), 2, "imports kaifang.capabilities.fund.x"),
    (rules.directions, f"{TRADE}/a.py", body("import kaifang.gateway"), 2, "imports kaifang.gateway"),
    (rules.directions, "src/kaifang/kernel/a.py", body("from ..gateway import x"), 2, "kernel imports"),
    (rules.directions, "src/kaifang/kernel/store/a.py", body("from ...capabilities import x"), 2, "kernel imports"),
    (
        rules.directions,
        "src/kaifang/kernel/a.py",
        body("from kaifang.capabilities.trade import x"),
        2,
        "kernel imports",
    ),
    (
        rules.directions,
        "src/kaifang/gateway/a.py",
        body("def f():", "    from kaifang import capabilities"),
        3,
        "gateway",
    ),
    (rules.directions, "src/kaifang/gateway/a.py", body("import kaifang.catalogue.rebuild"), 2, "gateway imports"),
    (rules.directions, "src/kaifang/surfaces/a.py", body("from kaifang.kernel import Money"), 2, "surfaces imports"),
    (rules.directions, "src/kaifang/container/a.py", body("from kaifang.gateway import keys"), 2, "container imports"),
    (rules.directions, "src/kaifang/recipes/a.py", body("from kaifang.surfaces import x"), 2, "recipes imports"),
    (rules.directions, "src/kaifang/cli/a.py", body("import kaifang.capabilities.trade.order"), 2, "cli imports"),
    (rules.directions, "src/kaifang/town.py", body("from .capabilities import trade"), 2, "the package imports"),
    (rules.places, "docs/a.md", f"see /{'root'}/notes", 1, "one machine"),
    (rules.places, "tests/a.py", body(f"open('/{'home'}/me/x')"), 2, "one machine"),
    (rules.places, "README.md", f"from pypi{'.'}org", 1, "package registry"),
    (rules.places, "tests/node/package-lock.json", f"registry.npmjs{'.'}org", 1, "package registry"),
    (rules.places, "src/kaifang/kernel/a.py", body("# " + "TO" + "DO: later"), 2, "unfinished"),
    (rules.columns, f"{TRADE}/tables.py", body("@table('a')", "class A(Row):", "    note: str"), 4, "column note of A"),
]


@pytest.mark.parametrize(("rule", "name", "text", "line", "wrong"), UNTIDY, ids=range(len(UNTIDY)))
def test_an_untidy_file_is_found(tmp_path: Path, rule: Rule, name: str, text: str, line: int, wrong: str) -> None:
    found = list(rule(build(tmp_path, {name: text})))
    assert [each.place for each in found] == [f"{name}:{line}"]
    assert wrong in found[0].wrong
    assert found[0].cure


def test_a_capability_of_26_files_is_found(tmp_path: Path) -> None:
    files = {f"{TRADE}/noun{number}.py": body() for number in range(25)}
    stories = {f"{TRADE}/stories/{number}.yaml": "story: x" for number in range(25)}
    tests = {f"{TRADE}/test_noun.py": body()}
    assert list(rules.capability_sizes(build(tmp_path, files | stories | tests))) == []
    found = list(rules.capability_sizes(build(tmp_path, {f"{TRADE}/one_more.py": body()})))
    assert ["26 files" in each.wrong for each in found] == [True]


@pytest.mark.parametrize(
    "use",
    [
        "def f(row): row.note = 1",  # writing is not reading
        "def f(row): row.note += 1",
        "def f(work, ask): work.add(A(note=ask.note))",  # a request's member of the same name is not the column
        "def f(work): work.add(A(note=1))",
        "def note(): pass",
    ],
)
def test_a_column_that_is_only_written_is_found(tmp_path: Path, use: str) -> None:
    tables = body("@table('a')", "class A(Row):", "    note: str")
    elsewhere = {"src/kaifang/capabilities/fund/order.py": body("def f(row): return row.note")}
    house = build(tmp_path, {f"{TRADE}/tables.py": tables, f"{TRADE}/order.py": body(use), **elsewhere})
    assert [each.place for each in rules.columns(house)] == [f"{TRADE}/tables.py:4"]


def test_every_rule_has_met_something_untidy() -> None:
    assert {rule for rule, *_ in UNTIDY} | {rules.capability_sizes} == set(RULES)
