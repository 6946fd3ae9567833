"""A bill is made beside the loop: who asks for it waits, and nobody else does."""

from __future__ import annotations

import asyncio
import threading
from typing import Any

import pytest
from tests.visit import Visit

from kaifang.capabilities.bill import download
from kaifang.gateway.house import House, Settings
from kaifang.gateway.identity import Identity
from kaifang.kernel import DAY, Fault
from kaifang.kernel.method import methods

ORDER = {"out_trade_no": "1", "total_amount": "1.00", "subject": "x"}
BILL = "alipay.data.dataservice.bill.downloadurl.query"


def test_who_asks_for_a_bill_holds_up_nobody(who: Identity, monkeypatch: pytest.MonkeyPatch) -> None:
    visit, gate, threads = Visit(), threading.Event(), list[str]()
    visit.move(DAY)
    archive = download.archive

    def held_up(*files: Any) -> bytes:
        threads.append(threading.current_thread().name)
        assert gate.wait(20)
        return archive(*files)

    monkeypatch.setattr(download, "archive", held_up)
    house = House(visit.platform, who, Settings(base_url="http://127.0.0.1"))

    def ask(method: str, **fields: str) -> asyncio.Future[Any]:
        """Have a call carried out."""
        told = visit.loop.create_future()
        house.carry_out(methods[method], visit.app("coffee"), dict(fields), told.set_result)
        return told

    async def scene() -> None:
        bills = [ask(BILL, bill_type="trade", bill_date="2026-09-21") for _ in range(2)]
        assert isinstance(await ask("alipay.trade.query", out_trade_no="none"), Fault)
        assert len((await ask("alipay.trade.precreate", **ORDER)).qr_code) > 10, "nor whoever changes something"
        assert not any(bill.done() for bill in bills)
        gate.set()
        links = [(await bill).bill_download_url for bill in bills]
        files = [visit.platform.read(lambda work, at=at: work.ask("kaifang.bill.file", link=at)) for at in links]
        assert files[0].content == files[1].content
        assert len(threads) == 1 and threads[0].startswith("beside"), "it was made once, for both"
        assert not any(str(name).startswith("/trade/") for name in visit.platform.place.kept)

    visit.loop.run_until_complete(asyncio.wait_for(scene(), 20))
    house.close()
    visit.close()
