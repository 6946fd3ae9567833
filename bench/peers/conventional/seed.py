"""Filling the conventional server's database with a town, by COPY."""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime

import asyncpg
from sqlalchemy.ext.asyncio import create_async_engine

from bench.peers.conventional.tables import Account, App, Base, Entry, PayCode, Trade
from bench.town import BALANCE, Order, Town, app_id, buyer_id, logon_id, merchant_id, public_key

EARLIER = datetime(2025, 1, 1, tzinfo=UTC)


async def fill(town: Town, plain_url: str, alchemy_url: str) -> None:
    """Make the tables and everything that is in them before the first order."""
    engine = create_async_engine(alchemy_url)
    async with engine.begin() as connection:
        await connection.run_sync(Base.metadata.create_all)
    await engine.dispose()
    database = await asyncpg.connect(plain_url)
    for table, columns, rows in _tables(town):
        await database.copy_records_to_table(table.__tablename__, records=rows, columns=columns.split())
    await database.close()


def _tables(town: Town) -> Iterator[tuple[type[Base], str, Iterable[tuple[object, ...]]]]:
    """Each table, its columns, its rows."""
    shops = range(town.merchants)
    yield App, "app_id seller_id public_key", ((app_id(n), merchant_id(n), public_key(town.keys[n])) for n in shops)
    yield Account, "user_id logon_id balance", ((merchant_id(n), f"shop{n}@example.com", 0) for n in shops)
    yield Account, "user_id logon_id balance", ((buyer_id(n), logon_id(n), BALANCE) for n in range(town.buyers))
    yield PayCode, "code user_id", town.codes()
    columns = "trade_no seller_id out_trade_no buyer_id buyer_logon_id subject total status paid_at"
    yield Trade, columns, map(_trade, town.past())
    yield Entry, "trade_no user_id amount balance posted_at", (half for order in town.past() for half in _halves(order))


def _trade_no(order: Order) -> str:
    return f"2025010122001{order.number:015d}"


def _trade(order: Order) -> tuple[object, ...]:
    buyer, seller, shown = buyer_id(order.buyer), merchant_id(order.merchant), logon_id(order.buyer)
    done = ("Breakfast", order.amount, "TRADE_SUCCESS", EARLIER)
    return _trade_no(order), seller, order.out_trade_no, buyer, shown, *done


def _halves(order: Order) -> Iterator[tuple[object, ...]]:
    yield _trade_no(order), buyer_id(order.buyer), -order.amount, BALANCE, EARLIER
    yield _trade_no(order), merchant_id(order.merchant), order.amount, 0, EARLIER
