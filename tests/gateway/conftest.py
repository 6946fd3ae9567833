"""A town whose platform notifies for real."""

from __future__ import annotations

import asyncio
import shutil
import ssl
from collections.abc import Awaitable, Iterator
from pathlib import Path
from typing import Any, TypeVar

import pytest
from tests.town import DAWN, open_platform, settle_town

from kaifang.gateway import identity
from kaifang.gateway.house import House, Settings
from kaifang.gateway.notify import Notifier
from kaifang.kernel.notices import Delivery, Notice
from kaifang.kernel.platform import Platform, move_clock
from kaifang.kernel.store.engine import Engine
from kaifang.kernel.store.sqlite import Sqlite

from .receivers import Behaviour, Receiver

Result = TypeVar("Result")


class Town:
    """A platform with people and apps, its clock standing still, and the part of it that notifies."""

    def __init__(
        self, loop: asyncio.AbstractEventLoop, engine: Engine, known: dict[str, Any], who: identity.Identity
    ) -> None:
        self.loop, self.known, self.who = loop, known, who
        self.receivers: list[Receiver] = []
        self.platform: Platform
        self.open(engine)

    def open(
        self, engine: Engine, *, sandbox: bool = True, running: bool = False, private_targets: bool | None = None
    ) -> None:
        """Start the platform, as after a restart."""
        self.platform = open_platform(engine)
        settings = Settings(sandbox=sandbox, private_targets=private_targets, base_url="http://127.0.0.1")
        self.house = House(self.platform, self.who, settings)
        self.app, self.pid = self.known["coffee.app"], self.known["coffee"]
        self.notifier = self.run(self._notifier())
        if running:
            self.platform.do(lambda work: move_clock(work, stand=False))
            self.run(self.platform.follow())

    async def _notifier(self) -> Notifier:
        return Notifier(self.house)

    def run(self, doing: Awaitable[Result]) -> Result:
        """Wait for something."""

        async def patiently() -> Result:
            return await asyncio.wait_for(doing, 30)

        return self.loop.run_until_complete(patiently())

    def receiver(self, *behaviours: Behaviour, tls: ssl.SSLContext | None = None) -> Receiver:
        """A merchant's server."""
        self.receivers.append(self.run(Receiver(*behaviours).open(tls)))
        return self.receivers[-1]

    def owe(self, url: str, **fields: Any) -> str:
        """Owe a trade notification; its notify_id."""
        return self.owe_in("trade", url, "trade_status_sync", fields or {"trade_no": "1", "trade_status": "PAID"})

    def owe_message(self, url: str, content: str = '{"order_id":"1"}') -> str:
        """Owe a message; its notify_id."""
        return self.owe_in("message", url, "alipay.fund.trans.order.changed", {"biz_content": content})

    def owe_in(self, style: str, url: str, kind: str, fields: dict[str, Any]) -> str:
        """Owe a notification of some style."""
        self.platform.do(lambda work: work.notify(self.app, url, kind, "1", fields, style=style))
        return self.platform.read(lambda work: work.select(Notice, order="id desc", limit=1))[0].id

    def send(self) -> None:
        """Make every try that is due now."""
        self.move(0)

    def move(self, milliseconds: int) -> None:
        """Move the clock on, and make the tries that fall due on the way."""
        target = self.platform.clock.now() + milliseconds
        self.platform.do(lambda work: move_clock(work, target))
        self.run(self.platform.follow())

    def notice(self, number: str) -> Notice:
        """A notification as it stands."""
        found = self.platform.read(lambda work: work.find(Notice, id=number))
        assert found is not None
        return found

    def tries(self, number: str) -> list[Delivery]:
        """The delivery log of a notification."""
        return self.platform.read(lambda work: work.select(Delivery, "notice = ?", (number,), "number"))

    def sent_once(self, url: str, **fields: Any) -> Delivery:
        """What became of the first try of a fresh notification."""
        number = self.owe(url, **fields)
        self.run(self.platform.fire(self.platform.clock.now(), wait=True))
        return self.tries(number)[0]

    def change_app(self, **changes: Any) -> None:
        """Change the app that is notified, as its owner may."""
        self.platform.do(lambda work: work.ask("kaifang.openapp.app.change", app_id=self.app, **changes))

    def stop(self) -> None:
        """Stop the platform, whatever is under way."""
        self.run(self.platform.stop())
        self.run(self.notifier.close())

    def close(self) -> None:
        """Stop everything."""
        for receiver in self.receivers:
            self.run(receiver.close())
        self.stop()
        self.house.close()


@pytest.fixture(scope="session")
def who(tmp_path_factory: pytest.TempPathFactory) -> identity.Identity:
    """The platform's keys and certificates, made once."""
    return identity.take_up(tmp_path_factory.mktemp("keys"), DAWN)


@pytest.fixture(scope="session")
def settled(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, Any]]:
    """The database of a settled town, and the names of its people and apps."""
    path = tmp_path_factory.mktemp("town") / "town.db"
    loop = asyncio.new_event_loop()
    platform = open_platform(Sqlite(path))
    known = settle_town(platform, loop)
    platform.store.engine.close()
    loop.close()
    return path, known


@pytest.fixture
def town_loop() -> Iterator[asyncio.AbstractEventLoop]:
    """An event loop in which nothing may go wrong unseen."""
    loop = asyncio.new_event_loop()
    wrong: list[dict[str, Any]] = []
    loop.set_exception_handler(lambda _, context: wrong.append(context))
    yield loop
    loop.run_until_complete(asyncio.sleep(0.01))
    loop.close()
    assert not wrong, wrong


@pytest.fixture
def town(
    town_loop: asyncio.AbstractEventLoop, settled: tuple[Path, dict[str, Any]], who: identity.Identity, tmp_path: Path
) -> Iterator[Town]:
    """A copy of the town."""
    shutil.copy(settled[0], tmp_path / "town.db")
    town = Town(town_loop, Sqlite(tmp_path / "town.db"), settled[1], who)
    yield town
    town.close()
