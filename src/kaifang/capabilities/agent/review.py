"""Submitting a transaction, and reviewing it: by rule at once, or by a person of the platform."""

from typing import Annotated, Any, Literal

from msgspec import Meta

from kaifang.kernel import DAY, Key, Line, Moment, Shape, Who, Work, method

from .errors import (
    ANT_PRODUCT_CONFLICT,
    BATCH_IS_EMPTY,
    BATCH_STATUS_IS_FINAL,
    BUSINESS_LICENSE_NO_EMPTY,
    FEERATE_NOT_INTERVAL,
    ORDER_NOT_EXIST,
)
from .find import by_order, contract_of
from .outcome import conclude, contracts, drop, facts, offer, tell, wait
from .product import allows, product_of
from .states import AgentOrder, Contract
from .tables import BatchRow, ContractRow, Signing

HOLD_LIVES = 15 * DAY


def submit(work: Work, row: BatchRow) -> Any:
    """Check what was put together, hand it in, and approve what needs no person's look; the merchant's word if it is
    there already."""
    if not row.products and row.mini is None:
        raise BATCH_IS_EMPTY(batch_no=row.id)
    for one in row.products:
        check(work, row, one)
    row.order_no = row.order_no or work.new_id("20601")
    AgentOrder.submit(work, row, **facts(row))
    row.reason = ""
    for one in row.products:
        one.reason = ""
        begin_contract(work, row, one)
    return None if any(needs_person(work, one) for one in row.products) else approve(work, row)


def check(work: Work, row: BatchRow, one: Signing) -> None:
    """What can be wrong with a product once all of it was told."""
    licence = one.papers.keys() | one.told.keys()
    if licence & {"business_license_pic", "date_limitation", "long_term"} and "business_license_no" not in licence:
        raise BUSINESS_LICENSE_NO_EMPTY(product=one.product)
    if one.told.get("rate") and not allows(product_of(work, one.product), one.told["rate"]):
        raise FEERATE_NOT_INTERVAL(product=one.product, rate=one.told["rate"])
    contract = contract_of(work, row.merchant, one.product)
    if contract is not None and contract.batch != row.id and not Contract.renew.possible(contract):
        raise ANT_PRODUCT_CONFLICT(product=one.product)


def begin_contract(work: Work, row: BatchRow, one: Signing) -> None:
    """The contract, which is under review from now on."""
    contract = contract_of(work, row.merchant, one.product)
    if contract is None:
        contract = ContractRow(
            id=f"{row.merchant}/{one.product}", merchant=row.merchant, product=one.product, provider=row.provider,
            batch=row.id, since=work.now,
        )  # fmt: skip
        work.add(contract)
    elif Contract.renew.possible(contract):
        Contract.renew(work, contract, merchant=row.merchant, product=one.product)
    contract.provider, contract.batch, contract.since = row.provider, row.id, work.now
    contract.rate = one.told.get("rate") or ""


def needs_person(work: Work, one: Signing) -> bool:
    """Whether a person has to look: at all orders of a product, or at those of particular categories."""
    product = product_of(work, one.product)
    return product.person or any(one.told.get("mcc_code", "").startswith(start) for start in product.licensed)


def approve(work: Work, row: BatchRow) -> Any:
    """Nothing is wrong with it: now it is the merchant's to say, unless it said so by a ticket that still stands."""
    AgentOrder.approve(work, row, **facts(row))
    for one in contracts(work, row):
        Contract.approve(work, one, merchant=one.merchant, product=one.product)
        one.since = work.now
    if row.ticket and work.ask("kaifang.market.ticket.read", ticket=row.ticket).good:
        return conclude(work, row)
    offer(work, row)
    tell(work, row)
    return None


class Decide(Shape):
    order_no: Key  # which order
    decision: Literal["PASS", "HOLD", "REJECT"]  # in order; to be corrected within 15 days; no
    reason: Line = ""  # what is wrong, if anything is
    products: dict[Key, Line] = {}  # what is wrong with particular products, by code


class Decided(Shape):
    order_no: str  # which order
    order_status: str  # how it stands now


@method("kaifang.agent.order.review", who=Who.OPERATOR, raises=[ORDER_NOT_EXIST, BATCH_STATUS_IS_FINAL])
def decide(work: Work, ask: Decide) -> Decided:
    """Decide on an order that waits for a person's look; the service provider hears of it."""
    row = by_order(work, ask.order_no)
    if not AgentOrder.approve.possible(row):
        raise BATCH_STATUS_IS_FINAL(state=row.state)
    if ask.decision == "PASS":
        approve(work, row)
    else:
        send_back(work, row, ask)
    return Decided(order_no=ask.order_no, order_status=row.state)


def send_back(work: Work, row: BatchRow, ask: Decide) -> None:
    """Something is wrong: it is to be corrected, or over."""
    row.reason = ask.reason
    for one in row.products:
        one.reason = ask.products.get(one.product, "")
    if ask.decision == "HOLD":
        AgentOrder.hold(work, row, **facts(row))
        wait(work, row, HOLD_LIVES)
        tell(work, row)
        return
    for contract in contracts(work, row):
        Contract.reject(work, contract, merchant=contract.merchant, product=contract.product)
        contract.since = work.now
    drop(work, row, AgentOrder.reject)


class List(Shape):
    order_status: Key = AgentOrder.MERCHANT_AUDITING.name  # those that stand so
    page_num: Annotated[int, Meta(ge=1, le=10_000)] = 1  # from 1
    page_size: Annotated[int, Meta(ge=1, le=100)] = 20  # 1 to 100


class Paper(Shape):
    product_code: str  # which product
    told: dict[str, Any]  # what the service provider said, by the names of the wire
    papers: dict[str, str]  # pictures and documents: field -> file id


class Order(Shape):
    order_no: str  # 28 digits
    provider: str  # user id
    merchant: str  # user id
    contact: dict[str, str]  # whom to ask at the merchant's
    mini_app_name: str | None = None  # the mini program that is to be opened
    products: list[Paper]  # what is to be signed
    since: Moment  # when it was begun


class Listed(Shape):
    orders: list[Order]  # the oldest first


@method("kaifang.agent.order.list", who=Who.OPERATOR, reads=True)
def list_orders(work: Work, ask: List) -> Listed:
    """List the orders that wait for a person's look, with everything the service providers sent."""
    skipped = (ask.page_num - 1) * ask.page_size
    where = "state = ? and order_no is not null"
    rows = work.select(BatchRow, where, (ask.order_status,), "since, id", ask.page_size, offset=skipped)
    return Listed(orders=[order(row) for row in rows])


def order(row: BatchRow) -> Order:
    """An order as who reviews it sees it."""
    return Order(
        order_no=row.order_no or "", provider=row.provider, merchant=row.merchant, contact=row.contact,
        mini_app_name=row.mini.told["app_name"] if row.mini else None, since=Moment(row.since),
        products=[Paper(product_code=one.product, told=one.told, papers=one.papers) for one in row.products],
    )  # fmt: skip
