"""How pages are written: escaped by default, with nothing fetched, nothing run and no frame around them."""

from __future__ import annotations

import base64
import hashlib
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from .words import LANGUAGES, NAMES

HERE = Path(__file__).parent
STYLE = HERE.joinpath("style.css").read_text("utf-8")
STYLE_HASH = base64.b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()

# A form's answer is always a page of ours: the way back to a merchant is a link and a refresh on that page, because
# `form-action` would hold against every redirect behind a form, on the merchant's own servers too.
POLICY = (
    f"default-src 'none'; style-src 'sha256-{STYLE_HASH}'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)
HEADERS = [
    (b"cache-control", b"no-store"),
    (b"content-security-policy", POLICY.encode()),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"referrer-policy", b"no-referrer"),
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
]


def yuan(amount: str) -> str:
    """An amount as people read it: ¥12,345.60."""
    whole, _, fen = amount.partition(".")
    return f"¥{int(whole):,}.{fen:0<2}"


def minute(moment: str) -> str:
    """A moment without its seconds."""
    return moment[:16]


pages = Environment(
    loader=FileSystemLoader(HERE), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
)
pages.filters |= {"yuan": yuan, "minute": minute}
pages.globals |= {"style": Markup(STYLE), "languages": LANGUAGES, "language_names": NAMES}


def render(template: str, **told: Any) -> str:
    """The text of a page."""
    return pages.get_template(template).render(told)
