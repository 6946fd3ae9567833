"""Guides: the pages that people wrote, in Markdown; and code with its strings and comments coloured."""

from __future__ import annotations

import re
from functools import cache
from html import escape
from pathlib import Path
from typing import Any, NamedTuple

from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup

FOLDER = Path(__file__).parent / "guides"
CHANGES = Path(__file__).parent / "changes.md"
ORDER = ("first_payment", "certificates", "notifications", "guaranteed_trade", "vouchers", "wufu", "first_recipe",
         "recipes", "devices", "doctor", "postgresql")  # fmt: skip
HASHES = ("sh", "python", "yaml", "bash", "curl")  # languages whose comments begin with a hash
PIECES = re.compile(
    r"(?P<comment>(?:^|(?<=\s))(?:#|//)[^\n]*)"
    r"|(?P<text>\"(?:\\.|[^\"\\\n])*\"|'(?:\\.|[^'\\\n])*')"
    r"|(?P<number>\b\d+(?:\.\d+)?\b)"
)


BLOCK = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)
HERE_STANDS = re.compile(r"^\{(\d+)\}$", re.MULTILINE)


class Guide(NamedTuple):
    """A guide."""

    name: str
    language: str  # that it is written in
    title: str
    lead: str  # its first sentence
    html: Markup
    headings: list[tuple[str, str]]  # anchor and words


def guides(language: str = "en") -> list[Guide]:
    """All of them, in the order in which they are best read."""
    names = {path.stem for path in FOLDER.glob("*.md")}
    return [read(name, language) for name in (*ORDER, *sorted(names - set(ORDER))) if name in names]


def read(name: str, language: str = "en") -> Guide:
    """A guide in a language, or in English where it was not translated."""
    text, translated = (FOLDER / f"{name}.md").read_text("utf-8"), FOLDER / language / f"{name}.md"
    if not translated.exists():
        return rendered(name, text)
    return rendered(name, with_code(translated.read_text("utf-8"), BLOCK.findall(text)), language)


def with_code(text: str, blocks: list[str]) -> str:
    """A translation with the code of what was translated: `{2}` on a line of its own is the second block of that."""
    return HERE_STANDS.sub(lambda place: blocks[int(place[1]) - 1], text)


def changes() -> Guide:
    """The changelog."""
    return rendered("changelog", CHANGES.read_text("utf-8"))


@cache
def rendered(name: str, text: str, language: str = "en") -> Guide:
    """Markdown as a page: headings with anchors, code in colours, no HTML of its own."""
    tokens = markdown().parse(text)
    headings, title, lead = list[tuple[str, str]](), "", ""
    for at, token in enumerate(tokens):
        said = tokens[at + 1].content if at + 1 < len(tokens) else ""
        if token.type == "heading_open":
            token.attrSet("id", anchor(said))
            title = title or said
            headings += [(anchor(said), said)] if token.tag == "h2" else []
        elif token.type == "paragraph_open" and not lead:
            lead = re.split(r"(?<=[.:])\s|(?<=[。：])", re.sub(r"[`*]|\]\([^)]*\)|\[", "", said))[0].rstrip(":：")
    html = markdown().renderer.render(tokens, markdown().options, {})
    return Guide(name, language, title, lead, Markup(html), headings)


@cache
def markdown() -> MarkdownIt:
    """What reads Markdown."""
    made = MarkdownIt("commonmark", {"html": False}).enable("table")
    made.add_render_rule("fence", fence)
    made.add_render_rule("code_block", fence)
    made.add_render_rule("table_open", lambda *_: '<div class="scroll" tabindex="0"><table>\n')
    made.add_render_rule("table_close", lambda *_: "</table></div>\n")
    return made


def fence(self: Any, tokens: list[Token], at: int, options: Any, env: Any) -> str:
    """A block of code."""
    language = tokens[at].info.split(" ")[0] or "sh"
    return f'<pre tabindex="0"><code>{coloured(tokens[at].content, language)}</code></pre>\n'


def anchor(said: str) -> str:
    """A heading as the end of an address."""
    return re.sub(r"\W+", "-", said.lower()).strip("-") or "top"


def coloured(text: str, language: str) -> Markup:
    """Code with its comments, strings and numbers marked; nothing more, so nothing is ever marked wrongly for long."""
    hashes = language in HASHES

    def mark(found: re.Match[str]) -> str:
        name = str(found.lastgroup)
        if name == "comment" and found[0].lstrip().startswith("#") != hashes:
            return escape(found[0])
        return f'<span class="{name}">{escape(found[0])}</span>'

    parts, last = list[str](), 0
    for found in PIECES.finditer(text):
        parts += [escape(text[last : found.start()]), mark(found)]
        last = found.end()
    return Markup("".join([*parts, escape(text[last:])]))
