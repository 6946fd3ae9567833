"""The documentation is whole: no dead link, no method left out, both languages, and it is served as it should be."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from posixpath import dirname, join, normpath
from typing import Any
from urllib.parse import unquote

import pytest
from tests.town import capabilities
from tests.visit import Visit

from kaifang.gateway import identity
from kaifang.gateway.docs.build import build
from kaifang.gateway.docs.coverage import rows
from kaifang.gateway.docs.drawing import Drawing
from kaifang.gateway.docs.shelf import Shelf
from kaifang.gateway.docs.site import SAID, Site
from kaifang.gateway.door import Door
from kaifang.gateway.house import House, Settings
from kaifang.gateway.local import ask as ask_door
from kaifang.kernel import Who
from kaifang.kernel.machine import machines
from kaifang.kernel.method import methods
from kaifang.kernel.shape import field_types, notes

capabilities()
LINK, PLACE = re.compile(r'<(?!svg)[^>]* (?:href|src)="([^"]*)"'), re.compile(r'<[^>]* id="([^"]*)"')
KINDS = ("guides/", "capabilities/", "methods/", "faults/")
STYLED = re.compile(r'<style|<[^>]* (?:style|on[a-z]+)="')


class Page:
    """What a page leads to, and the places in it; whatever people wrote is escaped, so no quotes of theirs count."""

    def __init__(self, text: str) -> None:
        self.links, self.places = LINK.findall(text), PLACE.findall(text)
        self.styled = STYLED.search(text) is not None


@pytest.fixture(scope="module")
def site() -> Site:
    """The site as a platform serves it."""
    return Site()


@pytest.fixture(scope="module")
def built() -> dict[str, Page]:
    """The pages of the static site: all in English, some in Chinese, as they are made alike; other files are empty."""
    shelf = Shelf("http://127.0.0.1:8888", is_static=True)
    looked = {name for name in shelf.pages if not name.startswith("zh/")} | {*list(shelf.pages)[::9]}
    pages = {name: Page(write().decode() if name in looked else "") for name, write in shelf.pages.items()}
    return pages | {name: Page("") for name in shelf.others}


def test_no_link_is_dead(built: dict[str, Page]) -> None:
    """In the static site, where each address is a file's; nor is the place within a page that it names."""
    for name, page in built.items():
        for link in page.links:
            if link.startswith(("http://", "https://", "data:")):
                continue
            path, _, place = unquote(link).partition("#")
            there = normpath(join(dirname(name), path)) if path else name
            assert there in built, f"{name} leads to {link}"
            assert not place or name.startswith("zh/") or place in built[there].places, f"{name} leads to {link}"


def test_everything_is_reached_from_the_front(built: dict[str, Page]) -> None:
    """No page is one that nobody finds, and every method that anybody can call has one."""
    seen, waiting = {"index.html"}, ["index.html"]
    while waiting:
        here = waiting.pop()
        found = {normpath(join(dirname(here), unquote(link).partition("#")[0])) for link in built[here].links}
        fresh = {name for name in found if name in built and name not in seen}
        seen |= fresh
        waiting += fresh
    assert seen >= {name for name in built if name.endswith(".html") and not name.startswith("zh/")}
    assert seen >= {f"methods/{one.name}.html" for one in methods.values() if one.who is not Who.INSIDE}


def test_nothing_is_styled_or_run_in_a_page(built: dict[str, Page]) -> None:
    """The policy forbids it; and no place has the name of another."""
    for name, page in built.items():
        assert not page.styled, name
        assert name.endswith("changelog.html") or len(page.places) == len(set(page.places)), name


def test_a_method_is_told_whole(site: Site) -> None:
    """Its members with their notes, its faults with their cures, its story, and programs in six languages."""
    text = site.page("methods/alipay.trade.refund", "en")
    refund = methods["alipay.trade.refund"]
    for shape in (refund.ask, *refund.answers):
        for name in field_types(shape):
            assert f"<code>{name}</code>" in text
        assert all(note.replace("'", "&#39;") in text for note in notes(shape).values())
    for kind in refund.raises:
        assert kind.code in text and kind.fix.replace("'", "&#39;") in text
    assert "POST /v3/alipay/trade/refund" in text and "stories/trade/" in text
    assert text.count('<details name="snippet"') == 6
    assert "交易不存在，请检查交易号" in site.page("methods/alipay.trade.refund", "zh")


def test_a_device_s_method_has_no_address(site: Site) -> None:
    spoken = next(one for one in methods.values() if one.who is Who.DEVICE)
    text = site.page(f"methods/{spoken.name}", "en")
    assert "/gateway.do" not in text and 'name="snippet"' not in text and "guides/devices" in text


def test_a_fault_is_told_in_both_languages_with_its_cure(site: Site) -> None:
    text = site.page("faults/ACQ.TRADE_NOT_EXIST", "en")
    for said in ("交易不存在，请检查交易号", "No trade of yours has this number.", "Check trade_no and out_trade_no."):
        assert said in text
    assert "methods/alipay.trade.refund" in text
    assert "faults/isv.invalid-signature" in site.pages  # what the gateway itself refuses


def test_notifications_are_listed_with_what_triggers_them(site: Site) -> None:
    text = site.page("notifications", "zh")
    assert "trade_status_sync" in text and "kaifang trigger trade.paid" in text and "买家出示付款码付款成功" in text
    assert len({one.kind for one in site.library.notifications}) > 20


def test_coverage_is_counted(site: Site) -> None:
    """By the registry and the stories, as they are."""
    trade = next(row for row in rows(site.library) if row.folder == "trade")
    mine = [one for one in site.library.methods.values() if one.capability == "trade"]
    assert trade.live + trade.own == len(mine) == trade.shown
    assert trade.told == trade.faults > 50
    text = site.page("coverage", "en")
    assert f"<b>{sum(not one.startswith('kaifang.') for one in site.library.methods)}</b>" in text


@pytest.mark.parametrize("machine", machines.values(), ids=lambda one: one.__name__)
def test_a_machine_is_drawn(machine: Any) -> None:
    """Each state once, none over another, and every arrow with its name, all inside the picture."""
    drawing = Drawing(machine)
    svg = drawing.svg()
    boxes = [tuple(map(float, box)) for box in re.findall(
        r'<rect x="([\d.-]+)" y="([\d.-]+)" width="([\d.-]+)" height="([\d.-]+)"', svg)]  # fmt: skip
    assert len(boxes) == len(machine.states)
    width, height = map(float, re.findall(r'viewBox="0 0 (\d+) (\d+)"', svg)[0])
    for at, (x, y, wide, high) in enumerate(boxes):
        assert x >= 0 and y >= 0 and x + wide <= width and y + high <= height
        for other, below, wider, _ in boxes[:at]:
            assert below != y or x + wide <= other or other + wider <= x
    assert len(drawing.edges) == svg.count('class="arrow"') == svg.count('class="head"') == len(drawing.labels)
    assert all(f">{name}<" in svg for name in machine.states) and all(name in svg for name in machine.moves)


def test_words_are_in_both_languages() -> None:
    assert all(said.keys() == {"zh", "en"} for said in SAID.values())


def test_search_finds_what_there_is(site: Site) -> None:
    """Everything but stories, by its address."""
    addresses = {address for address, *_ in site.index()}
    assert addresses == {here for here in site.pages if here.startswith(KINDS)}


def test_it_is_built_into_a_folder(tmp_path: Path) -> None:
    """Each file at its place, one after the other; the first thirty are enough."""
    names = list(islice(build(tmp_path / "site", "https://open.example.com"), 30))
    assert {"index.html", "guides/vouchers.html", "site.css", "openapi.json", "llms.txt"} <= set(names)
    assert all((tmp_path / "site" / name).stat().st_size for name in names)
    assert "https://open.example.com/docs/methods/alipay.trade.pay" in (tmp_path / "site" / "llms.txt").read_text()


class Reader:
    """A browser at the platform's door."""

    def __init__(self, folder: Path) -> None:
        self.visit = Visit()
        self.house = House(self.visit.platform, identity.take_up(folder, self.visit.now), Settings())
        self.door = Door(self.house)

    def get(self, path: str, *headers: tuple[bytes, bytes]) -> Any:
        """Fetch an address."""
        return self.visit.loop.run_until_complete(ask_door(self.door, "GET", path.encode(), headers))


@pytest.fixture
def reader(tmp_path: Path) -> Iterator[Reader]:
    """A browser."""
    made = Reader(tmp_path)
    yield made
    made.house.close()
    made.visit.close()


def test_it_is_served(reader: Reader) -> None:
    """Under a strict policy, once until it changes, at addresses that stay; what there is not is not found."""
    page = reader.get("/docs/methods/alipay.trade.pay")
    assert page.status == 200 and b"alipay.trade.pay" in page.body
    assert "'unsafe" not in (policy := page.get(b"content-security-policy").decode()) and "'none'" in policy
    assert reader.get("/docs/methods/alipay.trade.pay", (b"if-none-match", page.get(b"etag"))).status == 304
    assert reader.get("/docs").get(b"location") == b"/docs/" and reader.get("/docs/").status == 200
    assert "交易".encode() in reader.get("/docs/zh/capabilities/trade").body
    for path in ("/docs/methods/alipay.trade.pays", "/docs/zh/x", "/docs/../pyproject.toml", "/docs/site.py"):
        assert reader.get(path).status == 404
    assert b'lang="zh-CN"' in reader.get("/docs/zh/x").body
    for path, kind in (
        ("site.css", b"text/css"),
        ("site.js", b"text/javascript"),
        ("search.json", b"application/json"),
    ):
        assert reader.get(f"/docs/{path}").get(b"content-type").startswith(kind)
    for path in ("/llms.txt", "/docs/llms-full.txt"):
        assert b"alipay.trade.refund" in reader.get(path).body
    links = [link for link in Page(page.body.decode()).links if link.startswith("/")]
    assert len(links) > 20 and all(reader.get(link).status == 200 for link in sorted(set(links))[::9])
    assert json.loads(reader.get("/openapi.json").body)["openapi"] == "3.1.0"
