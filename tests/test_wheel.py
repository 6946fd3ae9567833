"""The wheel: it has all that a platform needs and nothing that only we need, and starts away from the checkout."""

from __future__ import annotations

import json
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.wire.town import Town, free_port, own_host

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def unpacked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel as it lies in a site-packages."""
    made, folder = tmp_path_factory.mktemp("made"), tmp_path_factory.mktemp("packages")
    build = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(made)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    with zipfile.ZipFile(next(made.glob("kaifang-*.whl"))) as wheel:
        wheel.extractall(folder)
    return folder


def test_everything_is_in_it_but_tests(unpacked: Path) -> None:
    inside = {str(path.relative_to(unpacked / "kaifang")) for path in unpacked.glob("kaifang/**/*") if path.is_file()}
    source = ROOT / "src" / "kaifang"
    tracked = subprocess.run(["git", "ls-files", "-z"], cwd=source, check=True, capture_output=True, text=True).stdout
    ours = {name for name in tracked.split("\0") if name and not Path(name).name.startswith("test_")}
    pages = {name for name in inside if name.startswith("surfaces/built/")}
    assert inside - pages == ours and "py.typed" in inside
    assert {f"surfaces/built/{name}/index.html" for name in ("wallet", "console")} < pages


def test_it_starts_in_an_empty_folder(unpacked: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "empty").mkdir()
    monkeypatch.chdir(tmp_path / "empty")
    monkeypatch.setenv("PYTHONPATH", str(unpacked))
    found = subprocess.run([sys.executable, "-c", "import kaifang; print(kaifang.__file__)"], capture_output=True)
    assert found.stdout.decode().startswith(str(unpacked))
    host = own_host()
    town = Town(tmp_path / "home", host, [free_port(host)])
    try:
        code = town.kaifang("buyer", "code", "anna").strip()
        asked = {"out_trade_no": "1", "total_amount": "1.00", "subject": "x", "scene": "bar_code", "auth_code": code}
        assert '"total_amount": "1.00"' in town.kaifang("call", "alipay.trade.pay", json.dumps(asked))
    finally:
        assert town.stop() == 0
    assert not list((tmp_path / "empty").iterdir())
