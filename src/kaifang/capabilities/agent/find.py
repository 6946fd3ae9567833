"""Finding the service provider, the merchant and the transaction that are meant."""

import re
from typing import Any

from kaifang.kernel import Fault, Work

from .errors import (
    BATCH_IS_NOT_EXIST,
    INVALID_BATCH_NO,
    MERCHANT_IS_NOT_EXIST,
    NO_APP_PERMISSION,
    NOT_ISV_APP_TYPE,
    ORDER_NOT_EXIST,
)
from .states import AgentOrder
from .tables import BatchRow, ContractRow

BATCH_NO = re.compile(r"\d{28}")
USER_ID = re.compile(r"2088\d{12}")
BATCH_FAULTS = [INVALID_BATCH_NO, BATCH_IS_NOT_EXIST, NO_APP_PERMISSION]


def provider(work: Work) -> Any:
    """The service provider's application that calls."""
    app = work.ask("kaifang.openapp.credentials", app_id=work.caller.app) if work.caller.app else None
    if app is None or app.role != "isv":
        raise NOT_ISV_APP_TYPE()
    return app


def merchant(work: Work, account: str) -> Any:
    """The merchant with this user id or logon id."""
    key = "user_id" if USER_ID.fullmatch(account) else "logon_id"
    try:
        found = work.ask("kaifang.account.party.find", **{key: account})
    except Fault:
        raise MERCHANT_IS_NOT_EXIST() from None
    if found.kind != "merchant" or found.status == "CLOSED":
        raise MERCHANT_IS_NOT_EXIST()
    return found


def own(work: Work, batch_no: str) -> BatchRow:
    """The calling application's transaction."""
    if not BATCH_NO.fullmatch(batch_no):
        raise INVALID_BATCH_NO(batch_no=batch_no)
    row = work.find(BatchRow, id=batch_no)
    if row is None:
        raise BATCH_IS_NOT_EXIST(batch_no=batch_no)
    if row.app != work.caller.app:
        raise NO_APP_PERMISSION(batch_no=batch_no)
    return row


def collecting(work: Work, batch_no: str) -> BatchRow:
    """The same, while things may be put into it."""
    row = own(work, batch_no)
    if not AgentOrder.submit.possible(row):
        raise AgentOrder.refuses(state=row.state)
    return row


def by_order(work: Work, order_no: str) -> BatchRow:
    """The transaction that was submitted under this number."""
    row = work.find(BatchRow, order_no=order_no)
    if row is None:
        raise ORDER_NOT_EXIST(order_no=order_no)
    return row


def contract_of(work: Work, merchant: str, product: str) -> ContractRow | None:
    """How a product stands with a merchant, if it ever did."""
    return work.find(ContractRow, id=f"{merchant}/{product}")
