"""Giving a voucher out: look whether there is one and whether this person may have it, then write."""

import json
import secrets
from datetime import UTC, datetime

from pydantic import BaseModel, Field
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker

from bench.peers.conventional.payment import Refusal
from bench.peers.conventional.tables import Account, Activity, Event, Voucher


class SendOrder(BaseModel):
    """The business part of alipay.marketing.activity.voucher.send, as far as it is used."""

    activity_id: str = Field(min_length=1, max_length=64)
    user_id: str = Field(min_length=16, max_length=16)
    out_biz_no: str = Field(min_length=1, max_length=64)


async def send(sessions: async_sessionmaker[AsyncSession], seller_id: str, order: SendOrder) -> str:
    """Give a voucher out; the same number again answers what was given the first time."""
    try:
        async with sessions.begin() as session:
            return await _earlier(session, order) or await _give(session, seller_id, order)
    except IntegrityError:  # somebody else was giving the same one
        async with sessions.begin() as session:
            if voucher_id := await _earlier(session, order):
                return voucher_id
        raise


async def _earlier(session: AsyncSession, order: SendOrder) -> str | None:
    """The voucher that was already given under this number."""
    named = select(Voucher.voucher_id).where(
        Voucher.activity_id == order.activity_id, Voucher.out_biz_no == order.out_biz_no
    )
    return await session.scalar(named)


async def _give(session: AsyncSession, seller_id: str, order: SendOrder) -> str:
    """Check, under the lock of the activity without which it would be oversold, and write."""
    now = datetime.now(UTC)
    if await session.get(Account, order.user_id) is None:
        raise Refusal("INVALID_PARAMETER")
    activity = await session.get(Activity, order.activity_id, with_for_update=True)
    if activity is None or activity.seller_id != seller_id or activity.ends_at <= now:
        raise Refusal("ACTIVITY_IS_END")
    if activity.left < 1:
        raise Refusal("BUDGET_NOT_ENOUGH")
    mine = select(func.count()).select_from(Voucher)
    mine = mine.where(Voucher.activity_id == order.activity_id, Voucher.user_id == order.user_id)
    if (await session.scalar(mine) or 0) >= activity.per_user:
        raise Refusal("COUNT_OVER_LIMIT")
    activity.left -= 1
    voucher_id = f"{now:%Y%m%d}82601{secrets.randbelow(10**15):015d}"
    voucher = Voucher(
        voucher_id=voucher_id, activity_id=order.activity_id, user_id=order.user_id, out_biz_no=order.out_biz_no,
        status="SENDED", created_at=now,
    )  # fmt: skip
    body = json.dumps({"voucher_id": voucher_id, "user_id": order.user_id})
    session.add_all([voucher, Event(name="voucher.sent", subject=voucher_id, body=body, created_at=now)])
    return voucher_id
