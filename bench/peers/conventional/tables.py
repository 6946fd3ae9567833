"""The mapped tables."""

from datetime import datetime

from sqlalchemy import BigInteger, DateTime, Identity, Index, String, UniqueConstraint
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase):
    """What all tables share: nothing but the registry."""


class App(Base):
    """An application, the merchant it acts for and the key that proves it."""

    __tablename__ = "app"
    app_id: Mapped[str] = mapped_column(String(16), primary_key=True)
    seller_id: Mapped[str] = mapped_column(String(16))
    public_key: Mapped[str]


class Account(Base):
    """Somebody's money, in fen."""

    __tablename__ = "account"
    user_id: Mapped[str] = mapped_column(String(16), primary_key=True)
    logon_id: Mapped[str] = mapped_column(String(64))
    balance: Mapped[int] = mapped_column(BigInteger)


class PayCode(Base):
    """What a buyer shows at the till; good once."""

    __tablename__ = "pay_code"
    code: Mapped[str] = mapped_column(String(24), primary_key=True)
    user_id: Mapped[str] = mapped_column(String(16))
    used_by: Mapped[str | None] = mapped_column(String(28))


class Trade(Base):
    """One payment; a seller's number names it once."""

    __tablename__ = "trade"
    __table_args__ = (UniqueConstraint("seller_id", "out_trade_no"),)
    trade_no: Mapped[str] = mapped_column(String(28), primary_key=True)
    seller_id: Mapped[str] = mapped_column(String(16))
    out_trade_no: Mapped[str] = mapped_column(String(64))
    buyer_id: Mapped[str] = mapped_column(String(16))
    buyer_logon_id: Mapped[str] = mapped_column(String(64))
    subject: Mapped[str] = mapped_column(String(256))
    total: Mapped[int] = mapped_column(BigInteger)
    status: Mapped[str] = mapped_column(String(20))
    paid_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))


class Entry(Base):
    """One half of a posting."""

    __tablename__ = "entry"
    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    trade_no: Mapped[str] = mapped_column(String(28))
    user_id: Mapped[str] = mapped_column(String(16))
    amount: Mapped[int] = mapped_column(BigInteger)
    balance: Mapped[int] = mapped_column(BigInteger)
    posted_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))


class Activity(Base):
    """What gives vouchers out, as many as are left."""

    __tablename__ = "activity"
    activity_id: Mapped[str] = mapped_column(String(28), primary_key=True)
    seller_id: Mapped[str] = mapped_column(String(16))
    left: Mapped[int] = mapped_column(BigInteger)
    per_user: Mapped[int]
    ends_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))


class Voucher(Base):
    """One voucher of one person; a seller's number names it once."""

    __tablename__ = "voucher"
    __table_args__ = (UniqueConstraint("activity_id", "out_biz_no"), Index("voucher_of", "activity_id", "user_id"))
    voucher_id: Mapped[str] = mapped_column(String(28), primary_key=True)
    activity_id: Mapped[str] = mapped_column(String(28))
    user_id: Mapped[str] = mapped_column(String(16))
    out_biz_no: Mapped[str] = mapped_column(String(64))
    status: Mapped[str] = mapped_column(String(20))
    created_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))


class Event(Base):
    """What subscribers will be told, written in the same transaction."""

    __tablename__ = "outbox"
    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    name: Mapped[str] = mapped_column(String(64))
    subject: Mapped[str] = mapped_column(String(28))
    body: Mapped[str]
    created_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
