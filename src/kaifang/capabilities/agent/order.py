"""How an order stands, and what a merchant has signed."""

from typing import Annotated

from msgspec import Meta

from kaifang.kernel import NO_USER, Key, Moment, Shape, Who, Work, method

from .batch import Which
from .errors import (
    BATCH_STATUS_NOT_SUBMIT,
    CONTRACT_NOT_EXIST,
    MERCHANT_IS_NOT_EXIST,
    QUERY_SIGN_STATUS_AUTH_NOT_MATCH,
    QUERY_SIGN_STATUS_NOT_AUTH,
)
from .find import BATCH_FAULTS, contract_of, merchant, own
from .product import product_if
from .states import AgentOrder, Contract
from .tables import BatchRow, ContractRow

STATUSES = {
    "AUDIT": "audit", "WAIT_CONFIRM": "waitConfirm", "VALID": "valid", "AUDIT_REJECT": "auditReject",
    "INVALID": "invalid",
}  # fmt: skip


class ProductStatus(Shape):
    product_code: str  # which product
    product_name: str  # its name in Chinese
    status: str  # none, audit, waitConfirm, valid, auditReject or invalid
    reject_reason: str | None = None  # why it was rejected


class Queried(Shape):
    order_no: str  # 28 digits
    order_status: str  # MERCHANT_AUDITING, ... as the wire writes them
    merchant_pid: str  # the merchant's user id
    agent_app_id: str | None = None  # the mini program that was opened
    confirm_url: str | None = None  # where the merchant agrees, while that is waited for
    reject_reason: str | None = None  # why it was rejected, or is to be corrected
    product_agent_status_infos: list[ProductStatus]  # how each product stands


@method("alipay.open.agent.order.query", raises=[*BATCH_FAULTS, BATCH_STATUS_NOT_SUBMIT], reads=True)
def query(work: Work, ask: Which) -> Queried:
    """Query how a submitted transaction stands, and where the merchant agrees to it."""
    row = own(work, ask.batch_no)
    if row.order_no is None:
        raise BATCH_STATUS_NOT_SUBMIT(batch_no=row.id)
    return Queried(
        order_no=row.order_no, order_status=status_of(row), merchant_pid=row.merchant, agent_app_id=row.made or None,
        confirm_url=row.page or None, reject_reason=row.reason or None,
        product_agent_status_infos=[
            ProductStatus(
                product_code=one.product, product_name=name_of(work, one.product),
                status=status(contract_of(work, row.merchant, one.product)), reject_reason=one.reason or None,
            )
            for one in row.products
        ],
    )  # fmt: skip


def status_of(row: BatchRow) -> str:
    """A held order that was given up, or not corrected in time, is one that came to nothing."""
    given_up = row.state in (AgentOrder.CANCEL.name, AgentOrder.TIMEOUT.name)
    return AgentOrder.MERCHANT_APPLY_ORDER_CANCELED.name if given_up else row.state


def name_of(work: Work, code: str) -> str:
    """What a product is called."""
    product = product_if(work, code)
    return product.zh if product is not None else code


def status(contract: ContractRow | None) -> str:
    """How a product stands, as the wire writes it."""
    return "none" if contract is None else STATUSES[contract.state]


class SignStatus(Shape):
    pid: Key  # the merchant: its user id, or what it signs in with
    product_codes: Annotated[list[Key], Meta(min_length=1, max_length=50)]  # which products


class Signed(Shape):
    product_code: str  # which product
    product_name: str  # its name in Chinese
    status: str  # none, audit, waitConfirm, valid, auditReject or invalid


class SignStatuses(Shape):
    sign_status_list: list[Signed]  # in the order asked


STATUS_FAULTS = [MERCHANT_IS_NOT_EXIST, QUERY_SIGN_STATUS_NOT_AUTH, QUERY_SIGN_STATUS_AUTH_NOT_MATCH]


@method("alipay.open.agent.signstatus.query", raises=STATUS_FAULTS, reads=True)
def query_signed(work: Work, ask: SignStatus) -> SignStatuses:
    """Query which products a merchant has signed, as the merchant, whom it authorised, or who brought it."""
    party = merchant(work, ask.pid).user_id
    if party != work.caller.merchant:
        if work.caller.auth_app != work.caller.app:
            raise QUERY_SIGN_STATUS_AUTH_NOT_MATCH(pid=ask.pid)
        where = "merchant = ? and provider = ? and state = ?"
        if not work.count(ContractRow, where, (party, work.caller.merchant, Contract.VALID.name)):
            raise QUERY_SIGN_STATUS_NOT_AUTH(pid=ask.pid)
    return SignStatuses(
        sign_status_list=[
            Signed(
                product_code=code, product_name=name_of(work, code), status=status(contract_of(work, party, code))
            )
            for code in ask.product_codes
        ]
    )  # fmt: skip


class List(Shape):
    pass


class Held(Shape):
    product_code: str  # which product
    product_name: str  # its name in Chinese
    status: str  # audit, waitConfirm, valid, auditReject or invalid
    rate: str  # percent of a trade; empty if it has none
    provider_name: str  # who brought it
    since: Moment  # since when it stands so


class Listed(Shape):
    contracts: list[Held]  # by product


@method("kaifang.agent.contract.list", who=Who.WALLET, reads=True)
def list_mine(work: Work, ask: List) -> Listed:
    """List the products that you have signed, or that were applied for in your name."""
    rows = work.select(ContractRow, "merchant = ?", (signed_in(work),), "product")
    return Listed(contracts=[held(work, row) for row in rows])


def signed_in(work: Work) -> str:
    """Whoever is signed in."""
    if work.caller.user is None:
        raise NO_USER()
    return work.caller.user


def held(work: Work, row: ContractRow) -> Held:
    """A product as its merchant sees it."""
    return Held(
        product_code=row.product, product_name=name_of(work, row.product), status=status(row), rate=row.rate,
        provider_name=work.ask("kaifang.account.party.find", user_id=row.provider).name, since=Moment(row.since),
    )  # fmt: skip


class End(Shape):
    product_code: Key  # which product


@method("kaifang.agent.contract.end", who=Who.WALLET, raises=[CONTRACT_NOT_EXIST])
def end_mine(work: Work, ask: End) -> Held:
    """End a product that you have signed; it may be signed anew."""
    row = contract_of(work, signed_in(work), ask.product_code)
    if row is None or not Contract.end.possible(row):
        raise CONTRACT_NOT_EXIST(product_code=ask.product_code)
    Contract.end(work, row, merchant=row.merchant, product=row.product)
    row.since = work.now
    return held(work, row)
