"""A platform that is no sandbox: an empty house, a clock that is real, and nobody but its operators inside."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

KAIFANG = [sys.executable, "-m", "kaifang"]


def run(home: Path, *words: str) -> tuple[int, str]:
    """One command against the platform of a home."""
    done = subprocess.run([*KAIFANG, *words, "--home", str(home)], capture_output=True, text=True, timeout=60)
    return done.returncode, done.stdout + done.stderr


def test_production_begins_with_an_empty_house(tmp_path: Path) -> None:
    """Its operators open accounts; nobody moves the clock; the wallet's and the operators' keys are only its own."""
    words = [
        *KAIFANG,
        "up",
        "--home",
        str(tmp_path),
        "--host",
        "127.0.77.1",
        "--port",
        "18871",
        "--production",
        "--quiet",
    ]
    platform = subprocess.Popen(words)
    try:
        for _ in range(300):
            if (tmp_path / "running.json").exists():
                break
            time.sleep(0.1)
        status, told = run(tmp_path, "world", "--json")
        world = json.loads(told)
        assert status == 0 and sorted(app["role"] for app in world["apps"]) == ["operator", "wallet"]
        assert world["consumers"] == [] and os.stat(tmp_path / "world.json").st_mode & 0o077 == 0
        person = '{"kind":"person","logon_id":"eva@example.com","name":"Eva","pay_password":"271828"}'
        status, told = run(tmp_path, "call", "kaifang.account.party.open", person, "--app", "house")
        assert status == 0 and json.loads(told)["user_id"].startswith("2088")
        status, told = run(tmp_path, "clock", "--by", "1d")
        assert status == 1 and "isv.insufficient-isv-permissions" in told
        assert run(tmp_path, "verify")[0] == 0
    finally:
        platform.send_signal(signal.SIGTERM)
        assert platform.wait(20) == 0
