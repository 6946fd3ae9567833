"""How soon the wallet is there and how fast it answers a finger, in headless Chromium: told, and no test."""

from __future__ import annotations

import argparse
import shutil
import statistics
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from tests.wire.town import Town, free_port

PHONE = {"width": 360, "height": 740}
SETTLES = 500  # milliseconds after which nothing more of a first view travels
PERSON = "安娜"
TABS = ("/messages", "/me", "/", "/me/settings", "/search", "/")
KEEPS_ENTRIES = """
  window.slow = [];
  new PerformanceObserver((list) => list.getEntries().forEach((one) => one.interactionId && slow.push(one.duration)))
    .observe({type: "event", durationThreshold: 16, buffered: true});
"""
PAINT = "performance.getEntriesByName('first-contentful-paint')[0].startTime"
FILES = """performance.getEntriesByType('resource')
  .filter((one) => new URL(one.name).pathname.match(/\\.(js|css)$/))
  .map((one) => [one.encodedBodySize, one.decodedBodySize])"""


def main(words: Sequence[str]) -> int:
    """Measure, and print what was found."""
    asked = argparse.ArgumentParser(prog="bench first-view", description=__doc__)
    asked.add_argument("--rounds", type=int, default=5, help="how often the wallet is opened")
    rounds = asked.parse_args(words).rounds
    with platform() as url, browser() as chromium:
        tell("first view, nobody signed in", [cold(chromium, url) for _ in range(rounds)])
        context = signed_in(chromium, url)
        tell("home, nothing in the browser's cache", [opened(context, url, cached=False) for _ in range(rounds)])
        tell("home, opened again", [opened(context, url, cached=True) for _ in range(rounds)])
        touches = [duration for _ in range(rounds) for duration in touched(context, url)]
        print(f"  touch to paint       {spread(touches)} ms over {len(touches)} touches (aim: under 100)")
    return 0


@contextmanager
def platform() -> Iterator[str]:
    """A sandbox of its own; the address of its wallet."""
    with tempfile.TemporaryDirectory() as folder:
        town = Town(Path(folder) / "home", "127.0.0.1", [free_port("127.0.0.1")])
        try:
            yield f"http://127.0.0.1:{town.ports[0]}/"
        finally:
            town.stop()


@contextmanager
def browser() -> Iterator[Browser]:
    """Debian's Chromium, or whoever else's is there."""
    found = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if found is None:
        sys.exit("There is no Chromium to measure in. Debian: apt-get install chromium")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=found, args=["--no-sandbox"])
        yield chromium
        chromium.close()


def new_context(chromium: Browser) -> BrowserContext:
    """A browser that has seen nothing yet."""
    context = chromium.new_context(viewport=PHONE, locale="zh-CN", service_workers="block")  # type: ignore[arg-type]
    context.add_init_script(KEEPS_ENTRIES)
    return context


def cold(chromium: Browser, url: str) -> dict[str, float]:
    """The wallet in a new browser."""
    context = new_context(chromium)
    try:
        return opened(context, url, cached=True)
    finally:
        context.close()


def signed_in(chromium: Browser, url: str) -> BrowserContext:
    """A browser in which somebody has signed in."""
    context = new_context(chromium)
    page = context.new_page()
    page.goto(url)
    page.get_by_role("button", name=PERSON).click()
    page.locator("nav.tabs").wait_for()
    page.close()
    return context


def opened(context: BrowserContext, url: str, cached: bool) -> dict[str, float]:
    """One opening: when something is to be seen, when all is there, and what travelled for it."""
    page = context.new_page()
    if not cached:
        context.new_cdp_session(page).send("Network.setCacheDisabled", {"cacheDisabled": True})
    page.goto(url)
    page.locator("main").first.wait_for()
    page.wait_for_timeout(SETTLES)  # the live stream never ends, so there is no end of travelling to wait for
    files: list[list[int]] = page.evaluate(FILES)
    found = {
        "paint": float(page.evaluate(PAINT)),
        "gzip": sum(encoded for encoded, _ in files) / 1000,
        "bytes": sum(decoded for _, decoded in files) / 1000,
        "files": float(len(files)),
    }
    page.close()
    return found


def touched(context: BrowserContext, url: str) -> list[float]:
    """How long after each touch the page has painted what came of it."""
    page = context.new_page()
    page.goto(url)
    page.locator("nav.tabs").wait_for()
    for path in TABS:
        touch(page, path)
    page.get_by_role("link", name="编辑").click()
    page.wait_for_timeout(300)
    durations: list[float] = page.evaluate("slow")
    page.close()
    return durations


def touch(page: Page, path: str) -> None:
    """Follow a link of the page, or go there where none leads."""
    link = page.locator(f'a[href="#{path}"]').first
    if link.count():
        link.click()
    else:
        page.evaluate("(path) => { location.hash = path }", path)
    page.wait_for_timeout(200)


def tell(what: str, found: list[dict[str, Any]]) -> None:
    """Print what was found of one kind of opening."""
    last = found[-1]
    print(what)
    print(f"  first content        {spread([one['paint'] for one in found])} ms (aim: under 1000)")
    print(f"  scripts and styles   {last['gzip']:.0f} kB gzip, {last['bytes']:.0f} kB, {last['files']:.0f} files"
          " (aim: under 350 kB gzip)")  # fmt: skip


def spread(numbers: list[float]) -> str:
    """The middle of some numbers, and the largest."""
    return f"{statistics.median(numbers):.0f}, at most {max(numbers):.0f}" if numbers else "less than 16"
