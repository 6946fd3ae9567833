"""A city that lives: a running platform in which the demos have been played, and Chromium."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

from kaifang.cli.home import Home
from kaifang.surfaces.static import BUILT
from tests.pages.hostile import move_in
from tests.pages.visitor import PATIENCE_MS
from tests.wire.town import Town, free_port


@pytest.fixture(scope="session")
def city(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    """A platform with something to see on every page."""
    assert (BUILT / "wallet" / "index.html").exists(), "the pages have not been built: make pages"
    town = Town(tmp_path_factory.mktemp("city"), "127.0.0.1", [free_port("127.0.0.1")])
    for demo in ((), ("supermarket",)):
        town.kaifang("demo", *demo)
    move_in(Home(town.home))
    yield town
    assert town.stop() == 0, town.log.read_text()


@pytest.fixture(scope="module")
def chrome(chromium: str) -> Iterator[Browser]:
    """One Chromium for all tests of a file."""
    expect.set_options(timeout=PATIENCE_MS)
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        yield browser
        browser.close()
