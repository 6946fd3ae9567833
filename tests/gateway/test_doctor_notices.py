"""The doctor explains why a notification was not acknowledged, out of what its real tries left in the log."""

from __future__ import annotations

import asyncio
import ssl
from pathlib import Path
from typing import Any

import pytest

from kaifang.gateway import notify
from kaifang.gateway.doctor.method import find
from kaifang.gateway.doctor.notices import SILENCES, code_of
from kaifang.gateway.keys import export_private_key, new_private_key
from kaifang.kernel import trouble
from kaifang.kernel.notices import Delivery

from .conftest import Town
from .receivers import Behaviour, Receiver, answered, hang

PAGE = "<!DOCTYPE html><html><body>请登录</body></html>".encode()


def cause(town: Town, number: str) -> tuple[str, Any]:
    """The cause that the doctor names, and all that it says."""
    told = town.platform.read(lambda work: find(work, number))
    assert len(told.causes) == 1 and told.about == "notice"
    return told.causes[0].code, told


def after_one_try(town: Town, url: str) -> tuple[str, Any]:
    """The same after the first try to an address."""
    number = town.owe(url)
    town.run(town.platform.fire(town.platform.clock.now(), wait=True))
    return cause(town, number)


async def leave(writer: asyncio.StreamWriter) -> None:
    """Hang up without a word."""
    writer.close()


async def babble(writer: asyncio.StreamWriter) -> None:
    """Say something that is no HTTP."""
    writer.write(b"SSH-2.0-OpenSSH_9.6\r\n\r\n")


ANSWERS: list[tuple[str, Behaviour]] = [
    ("answer-quoted", answered(b'"success"')),
    ("answer-quoted", answered(b"'success'")),
    ("answer-case", answered(b"SUCCESS")),
    ("answer-case", answered(b"Success\n")),
    ("answer-with-more", answered(b"success<!-- 12 ms -->")),
    ("answer-with-more", answered("success，处理完成".encode())),
    ("answer-with-more", answered(b"success success")),
    ("answer-marked", answered(b"\xef\xbb\xbfsuccess")),
    ("answer-html", answered(PAGE)),
    ("answer-json", answered(b'{"code":"success"}')),
    ("answer-xml", answered(b"<xml><return_code>SUCCESS</return_code></xml>")),
    ("answer-ok", answered(b"OK")),
    ("answer-ok", answered(b"true")),
    ("answer-fail", answered(b"fail")),
    ("answer-fail", answered(b"failure")),
    ("answer-empty", answered(b"")),
    ("answer-empty", answered(b" \n")),
    ("answer-other", answered("收到".encode())),
    ("answer-too-long", answered(b"x" * 70_000)),
    ("status-redirect", answered(b"", b"302 Found", b"location: /login\r\n")),
    ("status-redirect", answered(b"", b"301 Moved", b"location: https://shop.example.com/\r\n")),
    ("status-login", answered(b"", b"401 Unauthorized")),
    ("status-login", answered(b"CSRF", b"403 Forbidden")),
    ("status-not-found", answered(b"", b"404 Not Found")),
    ("status-method", answered(b"", b"405 Method Not Allowed")),
    ("status-type", answered(b"", b"415 Unsupported Media Type")),
    ("status-failed", answered(b"success", b"500 Oops")),
    ("status-failed", answered(b"", b"502 Bad Gateway")),
    ("status-other", answered(b"success", b"201 Created")),
    ("hung-up", leave),
    ("not-http", babble),
]


@pytest.mark.parametrize(("code", "behaviour"), ANSWERS)
def test_an_answer_that_does_not_count_is_explained(town: Town, code: str, behaviour: Behaviour) -> None:
    found, told = after_one_try(town, town.receiver(behaviour).url)
    assert found == code
    assert told.refusal == "RETRYING" and [one.number for one in told.tries] == [1]


def test_a_receiver_that_takes_too_long(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(notify, "TIMEOUT_SECONDS", 0.2)
    town.stop()
    town.open(type(town.platform.store.engine)(town.platform.store.engine.path))
    assert after_one_try(town, town.receiver(hang).url)[0] == "no-answer-in-time"


def test_addresses_that_lead_nowhere(town: Town) -> None:
    receiver = town.receiver()
    nowhere = receiver.url
    town.run(receiver.close())
    assert after_one_try(town, nowhere)[0] == "nobody-there"
    assert after_one_try(town, "http://nobody.invalid/notify")[0] == "host-unknown"
    assert after_one_try(town, "http://user@127.0.0.1/notify")[0] == "address-unreadable"


def test_private_addresses_in_production(town: Town) -> None:
    town.stop()
    town.open(type(town.platform.store.engine)(town.platform.store.engine.path), sandbox=False)
    assert after_one_try(town, "http://127.0.0.1:1/notify")[0] == "address-private"


def test_a_certificate_that_nobody_trusts(town: Town, tmp_path: Path) -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    pem = town.who.certify("shop.example.com", (own := new_private_key()).public_key(), town.platform.clock.now())
    (tmp_path / "shop.pem").write_text(export_private_key(own)["pkcs8_pem"] + pem)
    context.load_cert_chain(tmp_path / "shop.pem")
    receiver = town.run(Receiver().open(context))
    town.receivers.append(receiver)
    assert after_one_try(town, receiver.url.replace("http:", "https:"))[0] == "tls-failed"


def test_a_message_to_an_app_that_is_not_connected(town: Town) -> None:
    number = town.owe_message("")
    town.run(town.platform.fire(town.platform.clock.now(), wait=True))
    assert cause(town, number)[0] == "channel-not-connected"


@pytest.mark.parametrize(
    ("code", "answer", "status"),
    [
        ("channel-silent", "no CONSUME_ACK within 15 seconds; acknowledge first, and work afterwards", 0),
        ("channel-left", "the app left its message channel without an answer; once it connects again", 0),
        ("channel-refused", "FAIL", 200),
        ("app-changed", "the app's key or state has changed since it connected; connect again", 0),
        ("app-gone", "there is no such app any more; nothing can be done", 0),
    ],
)
def test_what_the_message_channel_writes_into_the_log(town: Town, code: str, answer: str, status: int) -> None:
    number = town.owe_message("")
    delivery = Delivery(notice=number, number=1, at=0, sent="", status=status, answer=answer, took=0)
    assert code_of(delivery, town.notice(number)) == code


def test_the_phrases_of_the_log_are_those_that_are_written() -> None:
    folder = Path(notify.__file__).parent
    text = "".join((folder / f"{name}.py").read_text("utf-8") for name in ("notify", "targets", "seat", "relay"))
    text += Path(trouble.__file__).read_text("utf-8")
    joined = text.replace('"\n            "', "")
    assert [phrase for phrase, _ in SILENCES if phrase not in joined] == []


def test_what_was_heard_and_what_was_not_sent_yet(town: Town) -> None:
    receiver = town.receiver(answered(b"fail"), answered(b"success"))
    number = town.owe(receiver.url)
    assert cause(town, number)[0] == "notice-waiting"
    town.send()
    found, told = cause(town, number)
    assert found == "notice-acknowledged" and "2" in told.causes[0].en
    assert [one.answer for one in told.tries] == ["fail", "success"] and told.url == receiver.url


def arm(town: Town, how: str) -> None:
    """Ask for trouble with the next notification."""
    town.platform.do(lambda work: work.ask("kaifang.notice.trouble.arm", app_id=town.app, how=how))


@pytest.mark.parametrize(("how", "code"), [("DROP", "lost-on-purpose"), ("CORRUPT", "forgery-believed")])
def test_trouble_that_was_asked_for_is_named(town: Town, how: str, code: str) -> None:
    arm(town, how)
    found, told = after_one_try(town, town.receiver(answered(b"success")).url)
    assert found == code and told.causes[0].certainty == "certain"


def test_whoever_does_not_believe_a_wrong_signature_hears_the_next(town: Town) -> None:
    arm(town, "CORRUPT")
    number = town.owe(town.receiver(answered(b"fail"), answered(b"success")).url)
    town.send()
    assert cause(town, number)[0] == "notice-acknowledged"
