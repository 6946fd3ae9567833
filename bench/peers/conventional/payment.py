"""Paying: one order, one transaction."""

import json
import secrets
from datetime import UTC, datetime
from decimal import Decimal

from pydantic import BaseModel, Field
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker

from bench.peers.conventional.tables import Account, Entry, Event, PayCode, Trade


class PayOrder(BaseModel):
    """The business part of alipay.trade.pay, as far as it is used."""

    out_trade_no: str = Field(min_length=1, max_length=64)
    auth_code: str = Field(min_length=16, max_length=24)
    subject: str = Field(min_length=1, max_length=256)
    total_amount: Decimal = Field(ge=Decimal("0.01"), le=Decimal("100000000"), decimal_places=2)
    scene: str = "bar_code"
    product_code: str = "FACE_TO_FACE_PAYMENT"


class Refusal(Exception):
    """A business fault, named as on the wire."""


def yuan(fen: int) -> str:
    """Fen as the wire writes them."""
    return f"{fen // 100}.{fen % 100:02d}"


async def pay(sessions: async_sessionmaker[AsyncSession], seller_id: str, order: PayOrder) -> Trade:
    """Charge the buyer whose code was shown; the same number again answers what was done the first time."""
    try:
        async with sessions.begin() as session:
            return await _earlier(session, seller_id, order) or await _charge(session, seller_id, order)
    except IntegrityError:  # somebody else was paying the same order
        async with sessions.begin() as session:
            if trade := await _earlier(session, seller_id, order):
                return trade
        raise


async def _earlier(session: AsyncSession, seller_id: str, order: PayOrder) -> Trade | None:
    """The trade that this seller already made under this number."""
    named = select(Trade).where(Trade.seller_id == seller_id, Trade.out_trade_no == order.out_trade_no)
    trade = await session.scalar(named)
    if trade and trade.total != int(order.total_amount * 100):
        raise Refusal("ACQ.CONTEXT_INCONSISTENT")
    return trade


async def _charge(session: AsyncSession, seller_id: str, order: PayOrder) -> Trade:
    """Move the money and write down everything that follows from it."""
    fen, now = int(order.total_amount * 100), datetime.now(UTC)
    trade_no = f"{now:%Y%m%d}22001{secrets.randbelow(10**15):015d}"
    code = await session.get(PayCode, order.auth_code, with_for_update=True)
    if code is None or code.used_by:
        raise Refusal("ACQ.PAYMENT_AUTH_CODE_INVALID")
    if code.user_id == seller_id:
        raise Refusal("ACQ.BUYER_SELLER_EQUAL")
    both = select(Account).where(Account.user_id.in_([code.user_id, seller_id]))
    rows = await session.scalars(both.order_by(Account.user_id).with_for_update())  # ordered: no deadlocks
    accounts = {account.user_id: account for account in rows}
    buyer, seller = accounts[code.user_id], accounts[seller_id]
    if buyer.balance < fen:
        raise Refusal("ACQ.BUYER_BALANCE_NOT_ENOUGH")
    buyer.balance -= fen
    seller.balance += fen
    code.used_by = trade_no
    trade = Trade(
        trade_no=trade_no, seller_id=seller_id, out_trade_no=order.out_trade_no, buyer_id=buyer.user_id,
        buyer_logon_id=buyer.logon_id, subject=order.subject, total=fen, status="TRADE_SUCCESS", paid_at=now,
    )  # fmt: skip
    halves = [
        Entry(trade_no=trade_no, user_id=one.user_id, amount=amount, balance=one.balance, posted_at=now)
        for one, amount in ((buyer, -fen), (seller, fen))
    ]
    body = json.dumps({"trade_no": trade_no, "out_trade_no": order.out_trade_no, "total_amount": yuan(fen)})
    session.add_all([trade, *halves, Event(name="trade.paid", subject=trade_no, body=body, created_at=now)])
    return trade
