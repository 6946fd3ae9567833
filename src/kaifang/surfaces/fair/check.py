"""The public page of a campaign's chance, and the same as JSON, for whoever would rather check with a program."""

from __future__ import annotations

import base64
import hashlib
import re
from pathlib import Path
from typing import Any

import msgspec
from markupsafe import Markup

from kaifang.gateway.client import Refused

from ..page import HEADERS, POLICY, pages
from ..visit import HTML, Visit

PATH = "/fair/"
SCRIPT = Path(__file__).with_name("check.js").read_text("utf-8")
SCRIPT_HASH = base64.b64encode(hashlib.sha256(SCRIPT.encode()).digest()).decode()
CHECKING = f"{POLICY}; script-src 'sha256-{SCRIPT_HASH}'; connect-src 'self'".encode()
JSON = b"application/json;charset=utf-8"
ASKED = re.compile(r"([0-9A-Za-z]{1,64})(?:/(draws|shares))?")


async def answer(visit: Visit) -> None:
    """Show what was promised and what came of it, or hand out the draws or shares that the script asks for."""
    asked = ASKED.fullmatch(visit.path.removeprefix(PATH))
    if not asked or visit.exchange.method == "POST":
        visit.refuse(404, visit.words.not_found)
        return
    try:
        told = await look(visit, asked[1], asked[2] or "draws", None if asked[2] else 1)
    except Refused:
        visit.refuse(404, visit.words.not_found)
        return
    if asked[2]:
        visit.exchange.reply(200, msgspec.json.encode(told), HEADERS, JSON)
    else:
        text = pages.get_template("fair/check.html").render(
            visit=visit, words=visit.words, told=told, script=Markup(SCRIPT), action=visit.here(), back="", wait=None,
            session=None,
        )  # fmt: skip
        visit.exchange.reply(200, text.encode(), checking_headers(), HTML)


def checking_headers() -> list[tuple[bytes, bytes]]:
    """Those of every page, but for the one script that may run here."""
    return [(name, CHECKING if name == b"content-security-policy" else value) for name, value in HEADERS]


async def look(visit: Visit, campaign_id: str, what: str, limit: int | None) -> dict[str, Any]:
    """A page of a campaign's draws or shares, whichever kind of campaign it is."""
    ask = {"campaign_id": campaign_id, "after": visit.query.get("after", "")[:64], "limit": limit}
    if what == "shares":
        return await visit.ask("kaifang.wufu.shares", **ask)
    try:
        return await visit.ask("kaifang.wufu.fair", **ask) | {"pool": True}
    except Refused:
        return await visit.ask("kaifang.campaign.fair", **ask)
