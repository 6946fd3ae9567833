"""What the pages say: in both languages, each word used, readable by everybody."""

from __future__ import annotations

import re
import string
from pathlib import Path

import pytest
from tests.surfaces.conftest import Browser, Town

import kaifang.surfaces
from kaifang.surfaces.page import STYLE, minute, yuan
from kaifang.surfaces.words import WORDS, preferred

HERE = Path(kaifang.surfaces.__file__).parent
SOURCES = [path for path in HERE.rglob("*") if path.suffix in (".py", ".html")]
FAMILIES = ("heading", "payee", "do", "done", "card", "state", "why", "field", "gender", "cert")


def facts(text: str) -> set[str]:
    """What is filled into a text."""
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def test_both_languages_say_the_same() -> None:
    zh, en = WORDS["zh"].texts, WORDS["en"].texts
    assert zh.keys() == en.keys()
    assert [name for name in zh if facts(zh[name]) != facts(en[name])] == []
    assert [name for name in en if re.search("[\u4e00-\u9fff]", en[name])] == []
    assert [name for name in zh if not re.search("[\u4e00-\u9fff]", zh[name])] == []


def test_every_word_is_used() -> None:
    text = "\n".join(path.read_text("utf-8") for path in SOURCES)
    single = [name for name in WORDS["zh"].texts if name.partition("_")[0] not in FAMILIES]
    assert [name for name in single if not re.search(rf'words\.{name}\b|words\("{name}"', text)] == []
    assert all(f'of("{family}"' in text for family in FAMILIES)
    assert all(f"{family}_other" in WORDS["zh"].texts for family in FAMILIES)


@pytest.mark.parametrize(
    ("accept", "language"),
    [
        (None, "zh"), (b"zh-CN,zh;q=0.9,en;q=0.8", "zh"), (b"en-GB,en;q=0.9", "en"), (b"fr-FR,fr;q=0.9", "en"),
        (b"fr, zh-TW;q=0.3, en;q=0.2", "zh"), (b"en;q=0.1,zh;q=0.2", "zh"), (b"", "en"), (b"zh;q=x,en", "en"),
        (b"\xff\xfe;q=", "en"), (b"*", "en"),
    ],
)  # fmt: skip
def test_the_browsers_language_is_spoken(accept: bytes | None, language: str) -> None:
    assert preferred(accept) == language


def test_the_language_can_be_changed_at_every_step(town: Town) -> None:
    browser = Browser(town.url, "en")
    page = browser.open(town.checkout())
    assert '<html lang="en">' in page.text and "Sign in" in page.words
    page = browser.open(page.links()["中文"])
    assert '<html lang="zh-CN">' in page.text
    page = browser.sign_in(page)
    assert "支付密码" in page.words, "a form keeps the language that was chosen"
    page = browser.press(page, "", lang="en")
    assert "Payment password" in page.words and "Signed in as 李波" in page.words
    page = browser.press(page, "confirm", pay_password="000000")
    assert "Tries left: 4" in page.problem
    page = browser.press(page, "confirm", pay_password="111111")
    assert page.title == "Confirmed · Cashier"
    assert "已确认" in browser.press(page, "", lang="zh").title


def test_amounts_and_moments_as_people_read_them() -> None:
    assert [yuan(text) for text in ("0.01", "28.00", "12345.6", "100000000")] == [
        "¥0.01", "¥28.00", "¥12,345.60", "¥100,000,000.00",
    ]  # fmt: skip
    assert minute("2026-09-21 22:13:20") == "2026-09-21 22:13"


def luminance(colour: str) -> float:
    """How light a colour is, as the accessibility guidelines count it."""
    digits = colour.lstrip("#")
    digits = "".join(letter * 2 for letter in digits) if len(digits) == 3 else digits
    parts = [int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    linear = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


PAIRS = [
    ("ink", "ground"), ("ink", "card"), ("ink", "soft"), ("quiet", "ground"), ("quiet", "card"), ("quiet", "soft"),
    ("on-main", "main"), ("main", "card"), ("bad", "bad-soft"),
]  # fmt: skip


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
def test_everything_can_be_read(theme: int) -> None:
    colours = [dict(re.findall(r"--([\w-]+): (#\w+);", block)) for block in re.findall(r":root \{(.*?)\}", STYLE, re.S)]
    chosen = colours[theme]
    assert chosen.keys() == colours[0].keys()
    for text, ground in PAIRS:
        dark, light = sorted((luminance(chosen[text]), luminance(chosen[ground])))
        assert (light + 0.05) / (dark + 0.05) >= 4.5, f"{text} on {ground}"
