"""The server: `uvicorn bench.peers.conventional.app:app --workers 2`, told by its environment where its database is."""

import base64
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta, timezone

from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.serialization import load_der_private_key
from fastapi import FastAPI, Request, Response
from pydantic import ValidationError
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker, create_async_engine

from bench.peers.conventional.claim import SendOrder, send
from bench.peers.conventional.envelope import is_signed, parse_key, seal
from bench.peers.conventional.payment import PayOrder, Refusal, pay, yuan
from bench.peers.conventional.tables import App, Trade

PAY, SEND = "alipay.trade.pay", "alipay.marketing.activity.voucher.send"
CHINA = timezone(timedelta(hours=8))


@dataclass(frozen=True)
class Caller:
    """An application as the gateway needs it: read and parsed once."""

    seller_id: str
    key: RSAPublicKey


@asynccontextmanager
async def lifespan(app: FastAPI) -> AsyncIterator[None]:
    """One engine and one signing key for the life of the process."""
    pool = int(os.environ.get("POOL_SIZE", "16"))
    engine = create_async_engine(os.environ["DATABASE_URL"], pool_size=pool, max_overflow=0)
    app.state.sessions = async_sessionmaker(engine, expire_on_commit=False)
    app.state.key = load_der_private_key(base64.b64decode(os.environ["PLATFORM_KEY"]), None)
    app.state.callers = {}
    yield
    await engine.dispose()


app = FastAPI(lifespan=lifespan)


async def caller(sessions: async_sessionmaker[AsyncSession], app_id: str) -> Caller | None:
    """Who calls, from memory if he has called before."""
    known: dict[str, Caller] = app.state.callers
    if app_id not in known:
        async with sessions() as session:
            row = await session.get(App, app_id)
        if row is None:
            return None
        known[app_id] = Caller(row.seller_id, parse_key(row.public_key))
    return known[app_id]


def refused(code: str, message: str, sub_code: str) -> dict[str, str]:
    """The node of a refusal."""
    return {"code": code, "msg": message, "sub_code": sub_code, "sub_msg": sub_code}


def paid(trade: Trade) -> dict[str, object]:
    """The node of a success."""
    total = yuan(trade.total)
    return {
        "code": "10000",
        "msg": "Success",
        "trade_no": trade.trade_no,
        "out_trade_no": trade.out_trade_no,
        "buyer_user_id": trade.buyer_id,
        "buyer_logon_id": trade.buyer_logon_id,
        "total_amount": total,
        "receipt_amount": total,
        "buyer_pay_amount": total,
        "point_amount": "0.00",
        "invoice_amount": total,
        "gmt_payment": f"{trade.paid_at.astimezone(CHINA):%Y-%m-%d %H:%M:%S}",
        "fund_bill_list": [{"fund_channel": "ALIPAYACCOUNT", "amount": total}],
    }


async def answer(fields: dict[str, str]) -> dict[str, object]:
    """Check who calls and what he asks, then do it."""
    method = fields.get("method")
    if method not in (PAY, SEND):
        return refused("40002", "Invalid Arguments", "isv.invalid-method")
    sessions = app.state.sessions
    who = await caller(sessions, fields.get("app_id", ""))
    if who is None:
        return refused("40002", "Invalid Arguments", "isv.invalid-app-id")
    if not is_signed(fields, who.key):
        return refused("40002", "Invalid Arguments", "isv.invalid-signature")
    try:
        kind = PayOrder if method == PAY else SendOrder
        order = kind.model_validate_json(fields.get("biz_content", ""))
    except ValidationError:
        return refused("40004", "Business Failed", "ACQ.INVALID_PARAMETER")
    try:
        if isinstance(order, SendOrder):
            voucher_id = await send(sessions, who.seller_id, order)
            return {"code": "10000", "msg": "Success", "voucher_id": voucher_id}
        return paid(await pay(sessions, who.seller_id, order))
    except Refusal as refusal:
        return refused("40004", "Business Failed", str(refusal))


@app.post("/gateway.do")
async def gateway(request: Request) -> Response:
    """The one address of the protocol."""
    form = await request.form()
    fields = {**request.query_params, **{name: value for name, value in form.items() if isinstance(value, str)}}
    sealed = seal(fields.get("method", PAY), await answer(fields), app.state.key)
    return Response(sealed, media_type="text/html")
