"""Customers who pay, order and ask for their money back, all at once; and the book of what they were answered."""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import Mapping
from dataclasses import dataclass, field
from random import Random
from typing import Any

from .line import App, Line, Told

PLENTY = 10_000  # fen: who has less might have to pay with a card


@dataclass
class Bought:
    """A payment that was answered, and what came back of it."""

    trade_no: str
    buyer: str
    fen: int
    refunds: dict[str, int] = field(default_factory=dict)  # out_request_no -> fen


def yuan(fen: int) -> str:
    """As amounts travel."""
    return f"{fen // 100}.{fen % 100:02d}"


class Customers:
    """So many lines, each with one customer after the other. `closing` lets those who are there finish."""

    def __init__(self, port: int, world: dict[str, Any], purses: Mapping[str, int], notify_url: str) -> None:
        self.wallet, self.coffee, self.house = (
            App(next(app for app in world["apps"] if app["name"] == name)) for name in ("wallet", "coffee", "house")
        )
        self.people = [person for person in world["consumers"] if purses.get(person["user_id"], 0) >= PLENTY]
        self.port, self.notify_url = port, notify_url
        self.random, self.numbers = Random(len(self.people)), itertools.count(1)
        self.book: dict[str, Bought] = {}
        self.tokens: dict[str, str] = {}
        self.lines: list[Line] = []
        self.closing = False

    async def prepare(self) -> None:
        """Sign everybody in, and agree that the shop is told of refunds too."""
        line = self.new_line()
        for person in self.people:
            asked = {"logon_id": person["logon_id"], "password": person["pay_password"]}
            told = await line.ask(self.wallet, "kaifang.wallet.signin", asked)
            self.tokens[person["user_id"]] = told["access_token"]
        terms = {"seller_id": self.coffee.pid, "tell_all": True}
        fine(await line.ask(self.house, "kaifang.trade.terms.set", terms))

    def new_line(self) -> Line:
        """Another line to the platform."""
        self.lines.append(Line(self.port))
        return self.lines[-1]

    async def shop(self, lines: int) -> None:
        """Come and go on so many lines until the shop closes."""
        async with asyncio.TaskGroup() as doors:
            for _ in range(lines):
                doors.create_task(self._come_and_go(self.new_line()))

    async def _come_and_go(self, line: Line) -> None:
        while not self.closing:
            number, fen = f"{next(self.numbers)}", self.random.randint(1, 5)
            person = self.random.choice(self.people)
            if self.random.random() < 0.1:
                await self.order(line, person, number, fen)
            else:
                await self.pay(line, person, number, fen)
            if self.random.random() < 0.4:
                await self.return_some(line, number)

    async def pay(self, line: Line, person: dict[str, Any], number: str, fen: int) -> None:
        """Pay at the till with a code."""
        told = await self.as_buyer(line, person, "kaifang.fund.code.create")
        asked = {"out_trade_no": number, "auth_code": told["auth_code"], "scene": "bar_code", "subject": "coffee"}
        asked |= {"total_amount": yuan(fen)}
        before = line.again
        told = await line.ask(self.coffee, "alipay.trade.pay", asked, notify_url=self.notify_url)
        if told.get("sub_code") == "ACQ.TRADE_HAS_SUCCESS":
            assert line.again > before, f"order {number} was paid before anybody asked for it"
            told = await line.ask(self.coffee, "alipay.trade.query", {"out_trade_no": number})
            assert told["trade_status"] == "TRADE_SUCCESS"
        assert fine(told)["total_amount"] == yuan(fen), told
        self.book[number] = Bought(told["trade_no"], person["user_id"], fen)

    async def order(self, line: Line, person: dict[str, Any], number: str, fen: int) -> None:
        """Order first, and pay in the wallet."""
        asked = {"out_trade_no": number, "total_amount": yuan(fen), "subject": "beans", "buyer_id": person["user_id"]}
        trade = fine(await line.ask(self.coffee, "alipay.trade.create", asked, notify_url=self.notify_url))["trade_no"]
        page = fine(await self.as_buyer(line, person, "kaifang.wallet.scan", code=trade))["path"]
        confirmed = {"token": page, "pay_password": person["pay_password"]}
        told = fine(await self.as_buyer(line, person, "kaifang.cashier.confirm", **confirmed))
        assert told["done"], told
        self.book[number] = Bought(trade, person["user_id"], fen)

    async def return_some(self, line: Line, number: str) -> None:
        """Get the money back, in one part or two."""
        bought = self.book[number]
        parts = [bought.fen] if self.random.random() < 0.5 else [1, bought.fen - 1]
        for part, fen in enumerate(parts):
            if not fen:
                continue
            asked = {"out_trade_no": number, "refund_amount": yuan(fen), "out_request_no": f"{part}"}
            fine(await line.ask(self.coffee, "alipay.trade.refund", asked))
            bought.refunds[f"{part}"] = fen

    async def as_buyer(self, line: Line, person: dict[str, Any], method: str, **asked: Any) -> Told:
        """What a person does with the wallet."""
        return await line.ask(self.wallet, method, asked, auth_token=self.tokens[person["user_id"]])

    async def move_clock(self, by: str) -> None:
        """The operators move the clock; returns when all that was due is done."""
        fine(await self.new_line().ask(self.house, "kaifang.clock.move", {"by": by}))

    def leave(self) -> None:
        """Hang up."""
        for line in self.lines:
            line.close()


def fine(told: Told) -> Told:
    """An answer that must not be a refusal."""
    assert told["code"] == "10000", told
    return told
