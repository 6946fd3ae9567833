"""What is kept of onboardings."""

from typing import Any

from kaifang.kernel import Row, Shape, table

from .states import AgentOrder, Contract, Operation, Signauth


class Signing(Shape):
    """One product that is to be signed."""

    product: str  # its code
    common: bool  # whether it came by common.sign
    told: dict[str, Any]  # what the service provider said, by the names of the wire
    papers: dict[str, str]  # pictures and documents: field -> file id
    reason: str = ""  # why it was rejected


class Mini(Shape):
    """A mini program that is to be opened for the merchant."""

    told: dict[str, Any]  # what the service provider said, by the names of the wire
    logo: str  # file id


@table("agent_batch", unique=[("order_no",)], index=[("state", "since")])
class BatchRow(Row):
    """One transaction of a service provider for a merchant."""

    id: str  # batch_no, 28 digits
    provider: str  # user id
    app: str  # the service provider's application
    merchant: str  # user id
    contact: dict[str, str]  # whom to ask: name, mobile, email
    joint: bool = False  # whether the merchant is asked by a signauth that this is part of, not by itself
    ticket: str = ""  # of a service order, by which the merchant agreed beforehand
    products: list[Signing] = []
    mini: Mini | None = None
    order_no: str | None = None  # 28 digits, once submitted
    state: str = AgentOrder.begin.name
    reason: str = ""  # why it was rejected or held
    made: str = ""  # the mini program that was opened
    proposal: str = ""  # what the merchant was sent
    page: str = ""  # and where it is answered
    since: int  # milliseconds
    due: int = 0  # when it ends if nothing happens, milliseconds


@table("agent_contract", index=[("merchant",)])
class ContractRow(Row):
    """How a product stands with a merchant."""

    id: str  # the merchant, a slash, the product
    merchant: str  # user id
    product: str  # its code
    provider: str  # by whom it was brought last
    batch: str  # by which transaction
    rate: str = ""  # percent of a trade that was agreed on
    state: str = Contract.begin.name
    since: int  # when it came to this state, milliseconds


@table("agent_product")
class ProductRow(Row):
    """What the platform says of a product that merchants sign."""

    id: str  # its code
    zh: str  # its name in Chinese
    en: str  # and in English
    lowest: int = 0  # basis points of a trade that may be agreed on
    highest: int = 0  # 0: it has no rate
    person: bool = False  # whether a person reviews each order of it
    licensed: list[str] = []  # categories, or how they begin, that need a special licence, and a person's look
    open: bool = True  # whether it can be signed at all


@table("agent_operation", index=[("merchant",)])
class OperationRow(Row):
    """A merchant's word that a service provider may run something of its business."""

    id: str  # batch_no, 28 digits
    provider: str  # user id
    app: str  # the service provider's application
    merchant: str  # user id
    scenes: dict[str, list[str]]  # what it may run -> with which permissions
    state: str = Operation.begin.name
    proposal: str = ""  # what the merchant was sent
    since: int  # when it was asked for, milliseconds


@table("signauth", unique=[("batch",)])
class SignauthRow(Row):
    """One question to a merchant about a signing order, running its business, and acting for it, all at once."""

    id: str  # order_id, 28 digits
    provider: str  # user id
    app: str  # the service provider's application
    merchant: str  # user id
    batch: str | None = None  # the transaction that was submitted
    scenes: dict[str, list[str]]  # what it may run -> with which permissions
    word: bool  # whether it may act for the merchant too
    state: str = Signauth.begin.name
    proposal: str = ""  # what the merchant was sent
    reason: str = ""  # why nothing came of it
