"""The doctor's page: a case explained in a browser, in a sandbox and nowhere else."""

from __future__ import annotations

import asyncio
import base64
import hashlib
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from kaifang.gateway import codes
from kaifang.gateway.http import Exchange
from kaifang.kernel import Fault

from .keyring import Chart
from .method import Explained, List, explained, find, list_cases

if TYPE_CHECKING:
    from kaifang.gateway.door import Door

PATH = "/doctor/"
HERE = Path(__file__).parent
STYLE = HERE.joinpath("page.css").read_text("utf-8")
STYLE_HASH = base64.b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()
POLICY = f"default-src 'none'; style-src 'sha256-{STYLE_HASH}'; frame-ancestors 'none'; base-uri 'none'"
HEADERS = [
    (b"cache-control", b"no-store"),
    (b"content-security-policy", POLICY.encode()),
    (b"referrer-policy", b"no-referrer"),
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
]
HTML = b"text/html;charset=utf-8"
SAID: dict[str, dict[str, str]] = yaml.safe_load(HERE.joinpath("page.yaml").read_text("utf-8"))
WORDS = {language: {name: said[language] for name, said in SAID.items()} for language in ("zh", "en")}

pages = Environment(
    loader=FileSystemLoader(HERE), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
)
pages.globals |= {"style": Markup(STYLE)}


def open_pages(door: Door) -> None:
    """Open the doctor's pages at a door; in production nobody sees them, and the operators' app asks instead."""
    if door.house.settings.sandbox:
        door.open_slow(PATH, Pages(door))


class Pages:
    """Answers below /doctor/."""

    def __init__(self, door: Door) -> None:
        self.platform = door.house.platform

    async def __call__(self, exchange: Exchange) -> None:
        """Show a case, or the latest ones."""
        trace = exchange.path.decode("latin-1").removeprefix(PATH)
        language = codes.language(exchange.get(b"accept-language"))
        if exchange.query in (b"lang=zh", b"lang=en"):
            language = exchange.query.decode()[-2:]
        told: dict[str, Any] = {"language": language, "words": WORDS[language], "trace": trace, "refusal": ""}
        status = 200
        if trace:
            try:
                told["case"] = await self.explained(trace)
            except Fault as refusal:
                status, told["refusal"] = 404, refusal.says(language)
        else:
            told["cases"] = self.platform.read(lambda work: list_cases(work, List(page_size=100))).cases
        exchange.reply(status, pages.get_template("page.html").render(told).encode(), HEADERS, HTML)

    async def explained(self, trace: str) -> Explained:
        """A case explained, in a thread, because looking for a text takes its time."""
        found = self.platform.read(lambda work: find(work, trace[:64]))
        return await asyncio.to_thread(explained, found) if isinstance(found, Chart) else found
