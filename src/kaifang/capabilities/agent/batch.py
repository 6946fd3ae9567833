"""Transactions of a service provider for a merchant: begun, given up, submitted."""

import re

from kaifang.kernel import HOUR, Key, Line, Shape, Work, method, told_as

from .errors import (
    ANT_PRODUCT_CONFLICT,
    BATCH_IS_EMPTY,
    BATCH_STATUS_IS_FINAL,
    BUSINESS_LICENSE_NO_EMPTY,
    FEERATE_NOT_INTERVAL,
    INVALID_CONTACT_EMAIL,
    INVALID_CONTACT_MOBILE,
    INVALID_CONTACT_NAME,
    MERCHANT_IS_NOT_EXIST,
    MERCHANT_NOT_CERTIFIED,
    MERCHANT_NOT_ENABLED,
    NOT_ISV_APP_TYPE,
    PRE_AUTH_INVALID_AUTH_APP_ID,
    PRE_AUTH_INVALID_AUTH_TICKET,
    PRE_AUTH_INVALID_AUTH_USER_ID,
    PRE_AUTH_TICKET_NOT_EXIST,
    PRODUCT_CANNOT_MIX_SIGN,
)
from .find import BATCH_FAULTS, collecting, merchant, own, provider
from .outcome import drop, wait
from .review import submit
from .states import AgentOrder
from .tables import BatchRow

MOBILE = re.compile(r"1\d{10}")
MAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
LIVES = HOUR  # before it is submitted


class Contact(Shape):
    contact_name: Line  # who
    contact_mobile: Line  # 11 digits
    contact_email: Line  # mail address


class Create(Shape):
    account: Key  # the merchant: what it signs in with, or its user id
    contact_info: Contact  # whom to ask at the merchant's
    order_ticket: Key | None = None  # of a service order: the merchant agreed beforehand, and is not asked again
    sign_mode: Key | None = None  # if given, the merchant is asked by alipay.open.sp.isv.signauth.create, not by this


class Created(Shape):
    batch_no: str  # 28 digits
    batch_status: str  # init


CREATE_FAULTS = [
    NOT_ISV_APP_TYPE, MERCHANT_IS_NOT_EXIST, MERCHANT_NOT_ENABLED, MERCHANT_NOT_CERTIFIED, INVALID_CONTACT_NAME,
    INVALID_CONTACT_MOBILE, INVALID_CONTACT_EMAIL, PRE_AUTH_TICKET_NOT_EXIST, PRE_AUTH_INVALID_AUTH_TICKET,
    PRE_AUTH_INVALID_AUTH_APP_ID, PRE_AUTH_INVALID_AUTH_USER_ID,
]  # fmt: skip


@method("alipay.open.agent.create", raises=CREATE_FAULTS)
def create(work: Work, ask: Create) -> Created:
    """Begin a transaction for a merchant; what is put into it within an hour can be submitted together."""
    app = provider(work)
    check_contact(ask.contact_info)
    party = merchant(work, ask.account)
    if party.user_id == app.party:
        raise MERCHANT_IS_NOT_EXIST(account=ask.account)
    if party.status == "BLOCKED":
        raise MERCHANT_NOT_ENABLED()
    if not party.certified:
        raise MERCHANT_NOT_CERTIFIED()
    if ask.order_ticket is not None:
        check_ticket(work, ask.order_ticket, app.app_id, party.user_id)
    row = BatchRow(
        id=work.new_id("20600"), provider=app.party, app=app.app_id, merchant=party.user_id, since=work.now,
        joint=bool(ask.sign_mode), ticket=ask.order_ticket or "",
        contact={name: getattr(ask.contact_info, name) for name in Contact.__struct_fields__},
    )  # fmt: skip
    work.add(row)
    wait(work, row, LIVES)
    return Created(batch_no=row.id, batch_status=row.state.lower())


def check_ticket(work: Work, ticket: str, app: str, merchant: str) -> None:
    """The merchant's word for all that this application does for it, as long as the order is not over."""
    with told_as({"TICKET_NOT_EXIST": PRE_AUTH_TICKET_NOT_EXIST}):
        found = work.ask("kaifang.market.ticket.read", ticket=ticket)
    if found.app != app:
        raise PRE_AUTH_INVALID_AUTH_APP_ID(order_ticket=ticket)
    if found.merchant != merchant:
        raise PRE_AUTH_INVALID_AUTH_USER_ID(order_ticket=ticket)
    if not found.good:
        raise PRE_AUTH_INVALID_AUTH_TICKET(order_ticket=ticket)


def check_contact(contact: Contact) -> None:
    """Somebody who can be reached."""
    if not contact.contact_name.strip():
        raise INVALID_CONTACT_NAME()
    if not MOBILE.fullmatch(contact.contact_mobile):
        raise INVALID_CONTACT_MOBILE()
    if not MAIL.fullmatch(contact.contact_email):
        raise INVALID_CONTACT_EMAIL()


class Which(Shape):
    batch_no: Key  # which transaction


class Done(Shape):
    pass


@method("alipay.open.agent.cancel", raises=[*BATCH_FAULTS, BATCH_STATUS_IS_FINAL])
def cancel(work: Work, ask: Which) -> Done:
    """Give a transaction up that was not submitted, or is to be corrected."""
    row = own(work, ask.batch_no)
    if not AgentOrder.cancel.possible(row):
        raise BATCH_STATUS_IS_FINAL(state=row.state)
    drop(work, row, AgentOrder.cancel)
    return Done()


class Submitted(Shape):
    order_no: str  # 28 digits, by which the order is queried


class Confirmed(Submitted):
    """With a ticket all of it may be true at once: then the answer tells what the merchant let you do."""

    user_id: str | None = None  # the merchant
    auth_app_id: str | None = None  # its application that you may act for
    app_auth_token: str | None = None  # what calls for the merchant carry
    app_refresh_token: str | None = None  # what a fresh pair is asked for with
    expires_in: str | None = None  # seconds; the token lives on until it is refreshed or the merchant withdraws
    re_expires_in: str | None = None  # seconds that the refresh token lives


CONFIRM_FAULTS = [
    *BATCH_FAULTS, BATCH_STATUS_IS_FINAL, BATCH_IS_EMPTY, BUSINESS_LICENSE_NO_EMPTY, FEERATE_NOT_INTERVAL,
    PRODUCT_CANNOT_MIX_SIGN, ANT_PRODUCT_CONFLICT,
]  # fmt: skip


@method("alipay.open.agent.confirm", raises=[*CONFIRM_FAULTS, PRE_AUTH_INVALID_AUTH_TICKET])
def confirm(work: Work, ask: Which) -> Confirmed:
    """Submit a transaction: it is reviewed, then the merchant is asked, who has 15 days to agree."""
    row = collecting(work, ask.batch_no)
    if len({one.common for one in row.products}) > 1:
        raise PRODUCT_CANNOT_MIX_SIGN(products=", ".join(one.product for one in row.products))
    if row.ticket:
        check_ticket(work, row.ticket, row.app, row.merchant)
    granted = submit(work, row)
    names = Confirmed.__struct_fields__[1:]
    return Confirmed(order_no=row.order_no or "", **{name: getattr(granted, name, None) for name in names})


@method("alipay.open.agent.commonsign.confirm", raises=CONFIRM_FAULTS)
def confirm_common(work: Work, ask: Which) -> Submitted:
    """Submit a transaction that holds products of alipay.open.agent.common.sign and nothing else."""
    row = collecting(work, ask.batch_no)
    if row.mini is not None or not all(one.common for one in row.products):
        raise PRODUCT_CANNOT_MIX_SIGN(products=", ".join(one.product for one in row.products))
    submit(work, row)
    return Submitted(order_no=row.order_no or "")
