"""The fixtures of conftest.py: what a test may rely on when it asks for a PostgreSQL."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest

import postgres

BOTH = """
import os, time, pytest

@pytest.mark.parametrize("n", range(4))
def test_it(postgres_server, n, worker_id):
    with open(os.environ["HEARD"], "a") as heard:
        heard.write(f"{postgres_server.info.host} {worker_id}\\n")
    time.sleep(0.1)
"""


def names(url: str) -> list[str]:
    """The tables somebody made in this database."""
    with psycopg.connect(url) as connection:
        return [name for (name,) in connection.execute("select tablename from pg_tables where schemaname = 'public'")]


@pytest.mark.parametrize("turn", ["first", "second"])
def test_every_test_has_an_empty_database(postgres_url: str, turn: str) -> None:
    assert names(postgres_url) == []
    with psycopg.connect(postgres_url) as connection:
        connection.execute("create table here (turn text)")
    assert names(postgres_url) == ["here"]


def test_databases_are_dropped(postgres_server: psycopg.Connection) -> None:
    query = "select count(*) from pg_database where datname like %s"
    assert postgres_server.execute(query, [f"test_{os.getpid()}_%"]).fetchone() == (0,)


def test_it_is_a_postgres_to_build_for(postgres_server: psycopg.Connection) -> None:
    assert postgres_server.info.server_version >= 150000
    assert postgres_server.execute("show server_encoding").fetchone() == ("UTF8",)
    assert postgres_server.execute("show listen_addresses").fetchone() == ("",)
    assert postgres_server.execute("show synchronous_commit").fetchone() == ("on",)


def test_a_committed_row_outlives_a_killed_server(crashing_postgres: postgres.Server) -> None:
    with psycopg.connect(crashing_postgres.url(), autocommit=True) as connection:
        assert connection.execute("show fsync").fetchone() == ("on",)
        connection.execute("create table kept (id int)")
        connection.execute("insert into kept values (1)")
        crashing_postgres.kill()
        with pytest.raises(psycopg.OperationalError):
            connection.execute("insert into kept values (2)")
    crashing_postgres.start()
    with psycopg.connect(crashing_postgres.url()) as connection:
        assert connection.execute("select id from kept").fetchall() == [(1,)]


def test_workers_share_one_server_and_the_run_stops_it(tmp_path: Path) -> None:
    """A run of its own, with two workers, as `make test` does it."""
    shutil.copy(Path(__file__).parents[1] / "conftest.py", tmp_path)
    (tmp_path / "pytest.ini").write_text(f"[pytest]\npythonpath = {Path(__file__).parent}\n")
    (tmp_path / "test_both.py").write_text(BOTH)
    heard = tmp_path / "heard"
    environment = {name: value for name, value in os.environ.items() if name != "KAIFANG_TEST_HOME"}
    program = [sys.executable, "-m", "pytest", "-q", "-n", "2", "-p", "no:cacheprovider", str(tmp_path)]
    run = subprocess.run(
        program, env={**environment, "HEARD": str(heard)}, capture_output=True, text=True, cwd=tmp_path
    )
    assert run.returncode == 0, run.stdout + run.stderr
    homes, workers = zip(*(line.split() for line in heard.read_text().splitlines()), strict=True)
    assert len(set(homes)) == 1
    assert set(workers) == {"gw0", "gw1"}
    assert not Path(homes[0]).exists()


def test_what_a_killed_run_left_is_cleared() -> None:
    dead = subprocess.Popen(["true"])
    dead.wait()
    left = Path(os.environ["KAIFANG_TEST_HOME"]).with_name(f"{postgres.HOME_PREFIX}{dead.pid}-left")
    (left / "shared").mkdir(parents=True)
    postgres.remove_home(postgres.make_home())
    assert not left.exists()
    assert Path(os.environ["KAIFANG_TEST_HOME"]).exists()


def test_node_finds_the_official_sdk(node: str, node_sdk: Path) -> None:
    program = "console.log(typeof require('alipay-sdk').AlipaySdk, process.versions.node.split('.')[0])"
    found, version = subprocess.check_output([node, "-e", program], cwd=node_sdk, text=True).split()
    assert found == "function"
    assert int(version) >= 20


def test_there_is_a_browser(chromium: str) -> None:
    assert "Chrom" in subprocess.check_output([chromium, "--version"], text=True)


def test_what_is_missing_is_named_and_fails_only_in_ci(
    request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    missing = request.config.pluginmanager.get_plugin(str(Path(__file__).parents[1] / "conftest.py")).missing
    monkeypatch.delenv("CI", raising=False)
    with pytest.raises(pytest.skip.Exception, match="^A kettle is missing: buy one$"):
        missing("A kettle", "buy one")
    monkeypatch.setenv("CI", "true")
    with pytest.raises(pytest.fail.Exception, match="^A kettle is missing: buy one$"):
        missing("A kettle", "buy one")
