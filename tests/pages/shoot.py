"""Photographs of every page at phone and desk size, in both languages and lights: `make screenshots`."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from playwright.sync_api import Browser, sync_playwright

from tests.pages.test_pages import ROLES
from tests.pages.visitor import DESK, PHONE, Visitor, named
from tests.surfaces.test_docs import KINDS
from tests.wire.town import Town, free_port

LOOKS: dict[str, Any] = {  # file name -> how the browser is
    "phone-zh": {"viewport": PHONE, "locale": "zh-CN"},
    "desk-zh": {"viewport": DESK, "locale": "zh-CN"},
    "phone-en-dark": {"viewport": PHONE, "locale": "en-GB", "color_scheme": "dark"},
    "desk-en-dark": {"viewport": DESK, "locale": "en-GB", "color_scheme": "dark"},
}


def shoot(browser: Browser, url: str, role: str, look: str, folder: Path) -> int:
    """Photograph every page of a role in one look; how many."""
    surface, logon_id, _, _ = ROLES[role]
    visitor, count = Visitor(browser, url, surface, **LOOKS[look]), 0
    folder.mkdir(parents=True, exist_ok=True)
    visitor.page.goto(visitor.root)
    visitor.settle()
    visitor.page.screenshot(path=folder / f"sign-in.{look}.png")
    visitor.sign_in(logon_id)
    visitor.page.set_viewport_size(DESK)  # where the menus are open, so that their links are seen
    for place in visitor.pages():
        visitor.page.set_viewport_size(LOOKS[look]["viewport"])
        visitor.settle()
        visitor.page.screenshot(path=folder / f"{named(place)}.{look}.png", full_page=True)
        visitor.page.set_viewport_size(DESK)
        count += 1
    visitor.close()
    for line in visitor.complaints:
        say(f"{role} {look} {line}")
    return count


def shoot_docs(browser: Browser, url: str, look: str, folder: Path) -> int:
    """The same of the documentation, of which each kind of page is enough."""
    surface = "/docs/zh/" if "zh" in look else "/docs/"
    visitor = Visitor(browser, url, surface, **LOOKS[look])
    folder.mkdir(parents=True, exist_ok=True)
    for kind in KINDS:
        visitor.go(kind)
        visitor.page.screenshot(path=folder / f"{named(kind)}.{look}.png", full_page=True)
    visitor.close()
    for line in visitor.complaints:
        say(f"docs {look} {line}")
    return len(KINDS)


def main(folder: Path, roles: list[str]) -> None:
    """Photograph what was asked for, in a city made for it."""
    with TemporaryDirectory() as home, sync_playwright() as driver:
        city = Town(Path(home), "127.0.0.1", [free_port("127.0.0.1")])
        chromium = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))))
        browser = driver.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        try:
            for demo in ((), ("supermarket",)):
                city.kaifang("demo", *demo)
            for role in roles or (*ROLES, "docs"):
                for look in LOOKS:
                    url = city.world["base_url"]
                    if role == "docs":
                        count = shoot_docs(browser, url, look, folder / role)
                    else:
                        count = shoot(browser, url, role, look, folder / role)
                    say(f"{count:3} pages  {role}  {look}")
        finally:
            browser.close()
            city.stop()


def say(line: str) -> None:
    """A line of what was done."""
    sys.stdout.write(f"{line}\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2:])
