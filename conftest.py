"""What tests may ask for wherever they stand: a PostgreSQL, Node with the official SDK, a browser."""

import itertools
import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest

import postgres

HOME = "KAIFANG_TEST_HOME"  # the workers of a run inherit it from the process that made it
NODE_SDK = Path(__file__).parent / "tests" / "wire" / "node"
PYTHON_SDKS = Path(__file__).parent / ".venv" / "sdks"
made_here = pytest.StashKey[Path]()
numbers = itertools.count()


def pytest_configure(config: pytest.Config) -> None:
    """The first process of a run makes the folder that all of them share."""
    if HOME not in os.environ:
        config.stash[made_here] = postgres.make_home()
        os.environ[HOME] = str(config.stash[made_here])


def pytest_unconfigure(config: pytest.Config) -> None:
    """Who made the folder stops what runs in it."""
    if home := config.stash.get(made_here, None):
        postgres.remove_home(home)
        del os.environ[HOME]


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[psycopg.Connection[Any]]:
    """A connection to the one PostgreSQL of this run, which starts when the first test asks."""
    server = postgres.shared_server(Path(os.environ[HOME]))
    with psycopg.connect(server.url(), autocommit=True) as connection:
        yield connection


@pytest.fixture
def postgres_url(postgres_server: psycopg.Connection[Any]) -> Iterator[str]:
    """A fresh, empty PostgreSQL database for this test alone."""
    name = f"test_{os.getpid()}_{next(numbers)}"
    postgres_server.execute(f"create database {name} template template0 strategy file_copy")
    yield f"postgresql://postgres@/{name}?host={postgres_server.info.host}"
    postgres_server.execute(f"drop database {name} with (force)")


@pytest.fixture
def crashing_postgres(request: pytest.FixtureRequest) -> Iterator[postgres.Server]:
    """A PostgreSQL of this test's own that keeps every promise to the disk: kill() it and start() it again."""
    home = Path(os.environ[HOME]) / f"crashing_{os.getpid()}_{next(numbers)}"
    server = postgres.Server(home, postgres.DURABLE)
    server.start()
    yield server
    server.stop()
    shutil.rmtree(home)


@pytest.fixture(scope="session")
def node_sdk() -> Path:
    """The folder in which `node` finds the official npm SDK."""
    if not (NODE_SDK / "node_modules" / "alipay-sdk").is_dir():
        missing("the npm package alipay-sdk", "run `make test`, or `npm ci` in tests/wire/node")
    return NODE_SDK


@pytest.fixture(scope="session")
def official_sdk() -> Path:
    """The folder in which Python finds the official SDK, for a process that has no other package called alipay."""
    return python_sdk("official", "alipay-sdk-python")


@pytest.fixture(scope="session")
def small_sdk() -> Path:
    """The same for python-alipay-sdk."""
    return python_sdk("small", "python-alipay-sdk")


def python_sdk(folder: str, name: str) -> Path:
    """Where the Makefile has installed a Python SDK."""
    if not (PYTHON_SDKS / folder / "alipay").is_dir():
        missing(f"the package {name} in {PYTHON_SDKS / folder}", "run `make test`, which installs it there")
    return PYTHON_SDKS / folder


@pytest.fixture(scope="session")
def node() -> str:
    """The program of Node 20 or later."""
    places = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")])
    return shutil.which("node", path=places) or missing("Node 20", "install it, or let `make test` do so")


@pytest.fixture(scope="session")
def chromium() -> str:
    """The program of a Chromium that Playwright may drive."""
    found = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    return found or missing("Chromium", "apt-get install chromium")


@pytest.fixture(scope="session")
def mosquitto() -> str:
    """The program of an MQTT broker that is not ours."""
    found = shutil.which("mosquitto", path=os.pathsep.join([os.environ.get("PATH", ""), "/usr/sbin"]))
    return found or missing("the broker mosquitto", "apt-get install mosquitto")


def missing(what: str, cure: str) -> Any:
    """Say plainly what this machine lacks: a failure in CI, a named skip on a laptop."""
    said = f"{what} is missing: {cure}"
    if os.environ.get("CI"):
        pytest.fail(said)
    pytest.skip(said)
