"""Snippets are programs: each is written as it was looked at, and runs here where its language is at hand."""

from __future__ import annotations

import json
import os
import shutil
import struct
import subprocess
import sys
import zlib
from pathlib import Path
from typing import Any, get_args

import pytest
from conftest import missing
from tests.town import capabilities
from tests.wire.town import Town

import kaifang.gateway.door  # noqa: F401 - whose methods are the registry's
from kaifang.cli.client import Client
from kaifang.cli.home import Home
from kaifang.gateway.docs.snippet import FORMS, Language, as_python, snippets, string
from kaifang.gateway.docs.snippet import Call as Wanted
from kaifang.gateway.openapi.operations import address
from kaifang.kernel.method import methods

GOLDEN = Path(__file__).parent / "snippets"
LANGUAGES: tuple[Language, ...] = get_args(Language)
HOSTILE = '奶茶 " """ \'\'\' `id` $HOME ${x} {{x}} %s \\ \\n */ ?>\nJSON\n<b>'
BILL = "alipay.data.dataservice.bill.downloadurl.query"  # asked with GET
PROGRAMS = {"java": "Java 17", "php": "PHP", "go": "Go", "curl": "curl"}  # nothing else is needed for these


def program(language: Language, request: pytest.FixtureRequest) -> tuple[list[str], dict[str, str]]:
    """How a language is run here; what is missing is told by name."""
    if language == "python":
        return [sys.executable], {"PYTHONPATH": str(request.getfixturevalue("small_sdk"))}
    if language == "node":
        modules = request.getfixturevalue("node_sdk") / "node_modules"
        return [request.getfixturevalue("node")], {"NODE_PATH": str(modules)}
    found = shutil.which(language)
    if found is None and language == "curl":
        missing("curl", "apt-get install curl")
    if found is None:
        pytest.skip(f"{PROGRAMS[language]} is not at hand; what it would run is held against tests/wire/snippets")
    return {"java": ["java"], "php": ["php"], "go": ["go", "run"], "curl": ["bash"]}[language], {}


def run(told: Any, folder: Path, request: pytest.FixtureRequest) -> subprocess.CompletedProcess[str]:
    """Save a snippet and run it."""
    command, surroundings = program(told.language, request)
    (folder / told.file).write_text(told.text, "utf-8")
    return subprocess.run(
        [*command, told.file],
        cwd=folder,
        env={**os.environ, **surroundings},
        capture_output=True,
        text=True,
        timeout=120,
    )


@pytest.fixture
def folder(town: Town, tmp_path: Path) -> Path:
    """Where programs find the two keys."""
    app = town.app("coffee")
    (tmp_path / "private.pem").write_text(app["private_key_pkcs8_pem"])
    (tmp_path / "platform.pem").write_text(app["platform_public_key_pem"])
    return tmp_path


def written(town: Town, method: str, language: Language, **fields: Any) -> Any:
    """The snippet of a call."""
    capabilities()
    call = Wanted(methods[method], fields, town.world["base_url"], town.app("coffee")["app_id"])
    return snippets(call, language)[0]


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_runs_as_it_is(language: Language, town: Town, folder: Path, request: pytest.FixtureRequest) -> None:
    """What it asks arrives letter by letter; a refusal ends it with 1, or is printed."""
    number, buyer = town.number("s"), town.person("anna")["user_id"]
    order = {"out_trade_no": number, "total_amount": "1.00", "subject": HOSTILE, "buyer_id": buyer}
    done = run(written(town, "alipay.trade.create", language, **order), folder, request)
    assert done.returncode == 0, done.stderr
    told = Client.of(Home(town.home), "coffee").call("alipay.trade.query", {"out_trade_no": number})
    assert told["trade_no"] in done.stdout
    assert told["subject"] == HOSTILE
    too_early = {"bill_type": "trade", "bill_date": "2020-01-01"}
    refused = run(written(town, BILL, language, **too_early), folder, request)
    assert "BILL_DATE_BEFORE_REGISTRATION" in refused.stdout + refused.stderr
    code = {"python": 0, "curl": 22}.get(language, 1)  # python-alipay-sdk hands refusals on as answers
    assert refused.returncode == code


@pytest.mark.parametrize("language", ["node", "curl"])
def test_a_file_is_uploaded(language: Language, town: Town, folder: Path, request: pytest.FixtureRequest) -> None:
    (folder / "logo.png").write_bytes(picture())
    told = written(town, "alipay.open.file.upload", language, biz_code="openpt_appstore", file_content="logo.png")
    done = run(told, folder, request)
    assert done.returncode == 0 and '"file_id"' in done.stdout, done.stdout + done.stderr


def test_a_page_is_led_to(town: Town, folder: Path, request: pytest.FixtureRequest) -> None:
    """The same by an address in v2, and by the member of an answer in v3."""
    order = {"out_trade_no": town.number("p"), "total_amount": "1.00", "subject": "x",
             "product_code": "FAST_INSTANT_TRADE_PAY"}  # fmt: skip
    for language, said in (("python", "/gateway.do?"), ("curl", '"page_redirection_data"')):
        done = run(written(town, "alipay.trade.page.pay", language, **order), folder, request)  # type: ignore[arg-type]
        assert done.returncode == 0 and said in done.stdout, done.stdout + done.stderr


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_is_written_as_it_was_looked_at(language: Language) -> None:
    """Held against files that a person has read; KAIFANG_WRITE_GOLDEN=1 writes them anew."""
    capabilities()
    call = Wanted(methods["alipay.trade.precreate"], {"out_trade_no": "r1", "total_amount": "10.00", "subject": HOSTILE,
                  "goods_detail": [{"goods_id": "1", "goods_name": "茶", "quantity": 1, "price": "10.00"}]},
                  "https://open.example.com", "2021000000000001")  # fmt: skip
    call.sign_for("", "TOKEN_OF_THE_MERCHANT")
    asked = Wanted(methods[BILL], {"bill_type": "trade"},
                   "https://open.example.com", "2021000000000001")  # fmt: skip
    text = snippets(call, language)[0].text + "\n" + snippets(asked, language)[0].text
    golden = GOLDEN / f"{FORMS[language].file}.txt"
    if os.environ.get("KAIFANG_WRITE_GOLDEN"):
        golden.parent.mkdir(exist_ok=True)
        golden.write_text(text, "utf-8")
    assert text == golden.read_text("utf-8")


def test_every_method_can_be_written() -> None:
    """In all languages, with nothing but its name; what cannot be called is refused, which its story tells."""
    capabilities()
    for one in methods.values():
        if one.who.value not in ("inside", "device"):
            told = snippets(Wanted(one, {}, "http://127.0.0.1:8888", "2021000000000001"))
            assert {each.language for each in told} >= {"node", "curl"}
            assert all(one.name in each.text or address(one.name)[1].partition("{")[0] in each.text for each in told)


def picture() -> bytes:
    """A small PNG, grey."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", 64, 64, 8, 0, 0, 0, 0)
    rows = zlib.compress((b"\0" + b"\x80" * 64) * 64)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def test_json_is_json() -> None:
    """What is written into each language is read back as it was."""
    assert json.loads(string(HOSTILE)) == HOSTILE
    value = {"a": [1, True, None, {"b": HOSTILE}], "c": {}, "d": []}
    assert eval(as_python(value)) == value
