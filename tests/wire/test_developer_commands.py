"""What a developer has beside the SDKs: triggers, a listener on the desk, the logs of an app, trouble on request."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest
from tests.wire.receiver import Receiver
from tests.wire.terminal import seen
from tests.wire.town import PROGRAM, Town

from kaifang.cli.listen import handed_on
from kaifang.gateway.doctor.masks import wide
from kaifang.gateway.keys import load_public_key
from kaifang.gateway.signing import text_without_type, verify

WAIT_SECONDS = 20


class Running:
    """A command that goes on until it is stopped, whose lines are read as they come."""

    def __init__(self, town: Town, *words: str) -> None:
        command = [*PROGRAM, *words, "--home", str(town.home)]
        self.log = town.home / f"{words[0]}-{time.monotonic_ns()}.log"
        with self.log.open("wb") as out:
            self.process = subprocess.Popen(command, stdout=out, stderr=subprocess.STDOUT)

    def lines(self) -> list[str]:
        """What it has said so far."""
        return self.log.read_text().splitlines()

    def hears(self, wanted: Callable[[str], Any]) -> str:
        """The first line that is wanted, once it is there."""
        until = time.monotonic() + WAIT_SECONDS
        while time.monotonic() < until:
            found = next((line for line in self.lines() if wanted(line)), None)
            if found is not None:
                return found
            time.sleep(0.05)
        raise AssertionError(f"not said within {WAIT_SECONDS} s: {self.lines()}")

    def stop(self) -> int:
        """Stop it as Ctrl-C does; its exit code."""
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(WAIT_SECONDS)


@contextmanager
def running(town: Town, *words: str) -> Iterator[Running]:
    """A command, stopped in the end."""
    command = Running(town, *words)
    try:
        yield command
    finally:
        assert command.stop() == 0, command.lines()


@pytest.fixture
def program() -> Iterator[Receiver]:
    """The program on the desk."""
    receiver = Receiver()
    yield receiver
    receiver.close()


def notices(town: Town, **ask: Any) -> list[dict[str, Any]]:
    """What an app was told, the latest first."""
    told = town.kaifang("call", "kaifang.log.notices", json.dumps(ask))
    return list(json.loads(told)["notices"])


def fired(town: Town, event: str, *words: str) -> dict[str, Any]:
    """What `kaifang trigger` says."""
    return dict(json.loads(town.kaifang("trigger", event, "--json", *words)))


def test_what_is_heard_on_the_desk_is_signed_whole_and_what_the_program_says_counts(
    town: Town, program: Receiver
) -> None:
    program.says["/notify"] = ["fail"]
    with running(town, "listen", "--forward", f"{program.url}/notify", "--json") as ear:
        ear.hears(lambda line: "listening" in line)
        told = fired(town, "trade.paid")
        (notice,) = told["notices"]
        assert told["made"]["trade_no"] == notice["subject"]
        ear.hears(lambda line: '"counts":true' in line)
        heard = [json.loads(line) for line in ear.lines()[1:]]
    assert [(one["answer"], one["counts"]) for one in heard] == [("fail", False), ("success", True)]
    delivery = program.deliveries[-1]
    assert delivery.fields == heard[-1]["fields"] and delivery.fields["notify_id"] == notice["notify_id"]
    assert "charset=utf-8" in delivery.content_type
    raw = {name.encode(): value.encode() for name, value in delivery.fields.items()}
    key = load_public_key(town.app("coffee")["platform_public_key"])
    assert verify(key, text_without_type(raw), delivery.fields["sign"], "RSA2")
    (kept,) = notices(town, subject=notice["subject"])
    assert (kept["state"], kept["tries"]) == ("DELIVERED", 2)


def test_a_body_is_handed_on_byte_for_byte_and_the_answer_back() -> None:
    taken: list[tuple[bytes, str]] = []

    class Odd(BaseHTTPRequestHandler):
        """Keeps what it is sent, and answers strangely."""

        def do_POST(self) -> None:
            """Keep it, and answer."""
            taken.append((self.rfile.read(int(self.headers["content-length"])), self.headers["content-type"]))
            self.send_response(302 if self.path == "/away" else 201)
            self.send_header("location", "/elsewhere")
            self.end_headers()
            self.wfile.write(b"\x00odd\xff")

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = HTTPServer(("127.0.0.1", 0), Odd)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    body, kind = b"subject=%B2%E8+a&b=\xff \x00&charset=GBK", "application/x-www-form-urlencoded; charset=GBK"
    url = f"http://127.0.0.1:{server.server_port}"
    assert handed_on(f"{url}/here", body, kind) == (201, b"\x00odd\xff")
    assert handed_on(f"{url}/away", body, kind) == (302, b"\x00odd\xff"), "as the platform, it follows nothing"
    assert taken == [(body, kind)] * 2
    server.shutdown()
    thread.join()
    server.server_close()


def test_once_nobody_listens_notifications_go_where_they_went(town: Town, program: Receiver) -> None:
    with running(town, "listen") as ear:
        assert ear.hears(lambda line: "listening to coffee" in line).endswith("stop with Ctrl-C")
        fired(town, "trade.paid", "--notify-url", f"{program.url}/own")
        assert ear.hears(lambda line: "trade_status_sync" in line).endswith("-> 200 success")
    assert program.deliveries == []
    fired(town, "trade.paid", "--notify-url", f"{program.url}/own")
    assert [one.path for one in program.deliveries] == ["/own"]


def test_a_program_that_is_not_there_is_no_success(town: Town) -> None:
    with running(town, "listen", "--forward", "http://127.0.0.1:9/notify") as ear:
        ear.hears(lambda line: "listening" in line)
        (notice,) = fired(town, "trade.paid")["notices"]
        assert "-> 502 nobody answers at" in ear.hears(lambda line: "trade_status_sync" in line)
    (kept,) = notices(town, subject=notice["subject"])
    assert kept["state"] == "RETRYING"


def test_trouble_comes_over_the_wire(town: Town, program: Receiver) -> None:
    for how, tries in (("DROP", 1), ("CORRUPT", 1), ("TWICE", 1)):
        town.kaifang("call", "kaifang.notice.trouble.arm", json.dumps({"how": how, "tries": tries}))
    (notice,) = fired(town, "trade.paid", "--notify-url", f"{program.url}/t")["notices"]
    deadline = time.monotonic() + WAIT_SECONDS
    while (kept := notices(town, subject=notice["subject"])[0])["tries"] < 3 and time.monotonic() < deadline:
        time.sleep(0.1)
    told = json.loads(town.kaifang("call", "kaifang.log.deliveries", json.dumps({"notify_id": notice["notify_id"]})))
    lost, *sent = told["deliveries"]
    assert (lost["status"], lost["sent"]) == (0, "") and "lost on the way" in lost["answer"] and kept["tries"] == 3
    key = load_public_key(town.app("coffee")["platform_public_key"])
    held = []
    for one in program.deliveries:
        raw = {name.encode(): value.encode() for name, value in one.fields.items()}
        held.append(verify(key, text_without_type(raw), one.fields["sign"], "RSA2"))
    assert held == [True, True] and len(sent) == 2, "what was lost took the wrong signature with it; then it came twice"
    town.kaifang("call", "kaifang.notice.trouble.clear")
    town.kaifang("call", "kaifang.notice.trouble.arm", json.dumps({"how": "CORRUPT"}))
    fired(town, "trade.paid", "--notify-url", f"{program.url}/t")
    one = program.deliveries[-1].fields
    raw = {name.encode(): value.encode() for name, value in one.items()}
    assert not verify(key, text_without_type(raw), one["sign"], "RSA2")
    town.kaifang("call", "kaifang.notice.trouble.clear")


def test_triggers_are_listed_with_what_nothing_triggers(town: Town) -> None:
    told = json.loads(town.kaifang("trigger", "--json"))
    assert "trade.paid" in {one["trigger"] for one in told["triggers"]} and told["untriggered"]
    shown = town.kaifang("trigger")
    assert all(one["trigger"] in shown for one in told["triggers"]) and "what nothing triggers" in shown
    done = town.run("trigger", "nothing", "--json")
    assert done.returncode == 1 and json.loads(done.stdout)["sub_code"] == "TRIGGER_NOT_EXIST"


def test_tables_fit_the_terminal_and_long_work_says_what_it_does(town: Town) -> None:
    home = ["--home", str(town.home)]
    for words in (["trigger"], ["world"], ["logs", "--last", "5"]):
        shown = re.sub(r"\x1b\[[\d;?]*[a-zA-Z]", "", seen([*words, *home])).replace("\r", "")
        if words[0] != "logs":  # whose lines a terminal breaks by itself, so that they can be searched whole
            assert max(map(wide, shown.split("\n"))) <= 70 and shown.count("\n") < 120, words
        assert "Traceback" not in shown
    assert "moving the clock" in seen(["clock", "--by", "1s", *home])
    assert "moving the clock" not in town.kaifang("clock", "--by", "1s")


def test_logs_follow_an_app(town: Town, program: Receiver) -> None:
    with running(town, "logs", "--app", "coffee", "--last", "0", "--follow", "--json") as log:
        time.sleep(2)
        told = fired(town, "trade.paid", "--notify-url", f"{program.url}/logged")
        trade = told["made"]["trade_no"]
        log.hears(lambda line: '"log":"notices"' in line and '"state":"DELIVERED"' in line and trade in line)
        log.hears(lambda line: '"log":"requests"' in line and '"kaifang.trigger.fire"' in line)
        log.hears(lambda line: '"log":"events"' in line and '"name":"trade.pay"' in line and trade in line)
        town.kaifang("trigger", "trade.paid", "--app", "books", "--notify-url", f"{program.url}/other")
        time.sleep(1.5)
        lines = [json.loads(line) for line in log.lines()]
    assert {one["log"] for one in lines} == {"requests", "events", "notices"}
    books = town.app("books")["app_id"]
    assert not any(one.get("app_id") == books for one in lines), "those of others are not told"


def test_logs_show_what_went_wrong(town: Town) -> None:
    town.run("call", "alipay.trade.query", '{"out_trade_no": "logged-nothing"}')
    time.sleep(1)
    shown = town.kaifang("logs", "--app", "coffee", "--kind", "requests", "--last", "3")
    assert "alipay.trade.query  ACQ.TRADE_NOT_EXIST" in shown.splitlines()[-1] and "\x1b" not in shown
    trace = shown.split()[-1]
    ask = json.dumps({"trace": trace, "whole": True})
    (one,) = json.loads(town.kaifang("call", "kaifang.log.requests", ask))["requests"]
    assert "logged-nothing" in one["asked"] and "TRADE_NOT_EXIST" in one["answered"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["listen", "--forward", "nowhere"], "kaifang: not a web address: nowhere; "),
        (["listen", "--app", "nobody"], "kaifang: no app is called nobody; "),
        (["logs", "--app", "nobody"], "kaifang: no app is called nobody; "),
    ],
)
def test_what_is_wrong_is_said_in_one_line(town: Town, words: list[str], said: str) -> None:
    done = town.run(*words)
    assert (done.returncode, done.stdout) == (1, "") and done.stderr.startswith(said) and done.stderr.count("\n") == 1


def test_where_no_platform_runs(tmp_path: Path) -> None:
    done = subprocess.run(
        [*PROGRAM, "logs", "--home", str(tmp_path)], capture_output=True, text=True, env={**os.environ, "NO_COLOR": "1"}
    )
    assert done.returncode == 1 and "kaifang up" in done.stderr
