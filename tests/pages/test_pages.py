"""Every page of every role opens with something on it, complains of nothing, asks nobody else, and all can use it."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from tests.pages.hostile import HIT
from tests.pages.visitor import DESK, PHONE, Visitor, axe_source
from tests.wire.town import Town

ROLES = {  # who looks, where, and at least how many pages there are
    "person": ("/", "anna@example.com", PHONE, 12),
    "merchant": ("/console/", "coffee@example.com", DESK, 12),
    "provider": ("/console/", "helper@example.com", DESK, 6),
    "attacker": ("/console/", "mallory@example.com", DESK, 12),
    "operator": ("/console/", "house@example.com", DESK, 10),
}


@pytest.mark.parametrize("role", ROLES)
def test_every_page_opens_whole_and_can_be_used_by_all(city: Town, chrome: Browser, role: str) -> None:
    surface, logon_id, viewport, fewest = ROLES[role]
    visitor, axe, found, seen = (
        Visitor(chrome, city.world["base_url"], surface, viewport=viewport),
        axe_source(),
        [],
        [],
    )
    try:
        visitor.sign_in(logon_id)
        for place in visitor.pages():
            seen.append(place)
            found += visitor.examine(axe)
            wide = visitor.page.evaluate("() => document.documentElement.scrollWidth - window.innerWidth")
            if wide > 1:
                found.append(f"{place}: is {wide} pixels wider than the screen")
            if visitor.page.evaluate(f"() => {HIT!r} in window"):
                found.append(f"{place}: runs what a merchant is called")
    finally:
        visitor.close()
    assert not found + visitor.complaints, "\n".join(found + visitor.complaints)
    assert len(seen) >= fewest, seen
