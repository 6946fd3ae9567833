"""What pages say, in Chinese and in English."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec
import yaml

LANGUAGES = {"zh": "zh-CN", "en": "en"}  # how a page's address names a language, and how its html does
NAMES = {"zh": "中文", "en": "English"}


class Words(msgspec.Struct, frozen=True):
    """The words of one language, by their names: `words.pay`; with something to fill in, `words("left", count=4)`."""

    language: str
    texts: dict[str, str]

    def __getattr__(self, name: str) -> str:
        try:
            return self.texts[name]
        except KeyError:
            raise AttributeError(name) from None

    def __call__(self, name: str, /, **facts: object) -> str:
        return self.texts[name].format(**facts)

    def of(self, family: str, kind: str) -> str:
        """The word for a kind of thing, or what is said of all others."""
        return self.texts.get(f"{family}_{kind}") or self.texts[f"{family}_other"]


def read_words() -> dict[str, Words]:
    """All words, by language."""
    known: dict[str, Any] = yaml.safe_load(Path(__file__).with_name("words.yaml").read_text("utf-8"))
    return {language: Words(language, {name: said[language] for name, said in known.items()}) for language in LANGUAGES}


WORDS = read_words()


def preferred(accept: bytes | None) -> str:
    """The language that a browser's Accept-Language asks for first; English for readers of neither."""
    if accept is None:
        return "zh"
    wanted = [part.partition(";q=") for part in accept.decode("latin-1").lower().replace(" ", "").split(",")]
    ranked = sorted(wanted, key=lambda one: -weight(one[2]))
    return next((tag[:2] for tag, _, _ in ranked if tag[:2] in LANGUAGES), "en")


def weight(text: str) -> float:
    """How much a language is wanted, 0 to 1."""
    try:
        return float(text or 1)
    except ValueError:
        return 0
