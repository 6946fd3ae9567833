"""alipay.trade.pay as a competent team usually builds it: FastAPI, async SQLAlchemy ORM, asyncpg, cryptography."""
