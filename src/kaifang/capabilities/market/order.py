"""Orders of services: placed by merchants or for them, paid, accepted or rejected by the provider, and looked at."""

from typing import Annotated, Any

from msgspec import Meta

from kaifang.kernel import (
    FOREVER,
    Confirm,
    Confirmed,
    Fault,
    Key,
    Line,
    Moment,
    Purse,
    Shape,
    Who,
    Work,
    method,
    told_as,
)

from .commodity import Done, Nothing
from .errors import (
    AGENT_AUTH_FAIL,
    APP_ID_EXIST,
    APP_ID_ILLEGAL,
    APP_NAME_IS_BLANK,
    BALANCE_NOT_ENOUGH,
    BIZ_ERROR,
    COMMODITY_ORDER_STATUS_INVALID,
    INVALID_MINI_APP_NAME_LENGTH,
    NO_PERMISSION_ACCETP_ORDER,
    NO_PERMISSION_REJECT_ORDER,
    NOPERMISSION_QUERY,
    NOT_SUPPORT_ORDER_BY_OPENAPI,
    ORDER_NOT_EXIST,
    QUERY_FAILD,
    SHOP_NOT_EXIST,
    TICKET_NOT_EXIST,
    USER_INVALID_STATUS,
    USER_NOT_EXIST,
)
from .find import bought, items, own_order, signed_in
from .flow import DO_LIVES, NOTIFY, PAY_LIVES, call_off, come_in, facts, notify, wait, wait_item
from .states import Commodity, ServiceItem, ServiceOrder
from .tables import CommodityRow, ItemRow, OrderRow, TenureRow

CONFIRM = "kaifang.market.order.paid"
PAGE = 100  # items that are shown at once


class Create(Shape):
    merchandise_id: Key  # the commodity
    merchant_pid: Key  # the merchant: yours, or one that authorised you
    out_biz_no: Key  # your own number: asking twice orders once
    mini_app_id: Key | None = None  # the merchant's mini program that it is for, or
    app_name: Line | None = None  # what a new one is to be called


class Created(Shape):
    commodity_order_id: str  # 28 digits
    mini_app_id: str  # the mini program that it is for


CREATE_FAULTS = [
    AGENT_AUTH_FAIL, NOT_SUPPORT_ORDER_BY_OPENAPI, USER_NOT_EXIST, USER_INVALID_STATUS, APP_ID_ILLEGAL, APP_ID_EXIST,
    APP_NAME_IS_BLANK, INVALID_MINI_APP_NAME_LENGTH,
]  # fmt: skip


@method("alipay.open.servicemarket.order.create", raises=CREATE_FAULTS, once=("out_biz_no",), clash=BIZ_ERROR)
def create(work: Work, ask: Create) -> Created:
    """Order a service for a merchant's mini program, which is opened if it has none; the merchant pays it."""
    merchant = merchant_meant(work, ask.merchant_pid)
    row = on_sale(work, ask.merchandise_id, "MINI")
    app = mini_meant(work, ask, merchant)
    party = work.ask("kaifang.account.party.find", user_id=merchant)
    order = place(work, row, merchant, {app: mini_name(work, app, merchant)}, (party.name, party.mobile))
    if not order.price:
        come_in(work, order)
    return Created(commodity_order_id=order.id, mini_app_id=app)


def merchant_meant(work: Work, pid: str) -> str:
    """The merchant, if the caller may order for it: as it, by its token, or because it runs its mini programs."""
    try:
        party = work.ask("kaifang.account.party.find", user_id=pid)
    except Fault:
        raise USER_NOT_EXIST(merchant_pid=pid) from None
    if party.status != "NORMAL":
        raise USER_INVALID_STATUS(status=party.status)
    if pid != work.caller.merchant:
        whose = {"provider": work.caller.merchant, "merchant": pid}
        if "MINI_APP_OPER" not in work.ask("kaifang.agent.operation.allowed", **whose).scenes:
            raise AGENT_AUTH_FAIL(merchant_pid=pid)
    return pid


def on_sale(work: Work, commodity_id: str, kind: str = "") -> CommodityRow:
    """A commodity that can be ordered, for this kind of thing if one is named."""
    row = work.find(CommodityRow, id=commodity_id)
    if row is None or row.state != Commodity.ONLINE.name or kind not in ("", row.kind):
        raise NOT_SUPPORT_ORDER_BY_OPENAPI(merchandise_id=commodity_id)
    return row


def mini_meant(work: Work, ask: Create, merchant: str) -> str:
    """The merchant's mini program, or a new one."""
    if ask.mini_app_id is not None:
        return ask.mini_app_id
    if not ask.app_name:
        raise APP_NAME_IS_BLANK()
    if not 3 <= sum(1 if letter.isascii() else 2 for letter in ask.app_name) <= 20:
        raise INVALID_MINI_APP_NAME_LENGTH(app_name=ask.app_name)
    made = work.ask("kaifang.openapp.app.create", party=merchant, name=ask.app_name, kind="MINI")
    return str(made.app_id)


def mini_name(work: Work, app_id: str, merchant: str) -> str:
    """What a mini program of the merchant's is called."""
    try:
        app = work.ask("kaifang.openapp.credentials", app_id=app_id)
    except Fault:
        raise APP_ID_ILLEGAL(mini_app_id=app_id) from None
    if app.party != merchant or app.kind != "MINI" or app.state == "CLOSED":
        raise APP_ID_ILLEGAL(mini_app_id=app_id)
    return str(app.name)


def shop_name(work: Work, shop_id: str, merchant: str) -> str:
    """What a shop of the merchant's is called."""
    with told_as({"SHOP_NOT_EXIST": SHOP_NOT_EXIST}):
        shop = work.ask("kaifang.merchant.shop.read", shop_id=shop_id)
    if shop.merchant != merchant:
        raise SHOP_NOT_EXIST(shop_id=shop_id)
    return str(shop.name)


def place(work: Work, row: CommodityRow, merchant: str, names: dict[str, str], contact: tuple[str, str]) -> OrderRow:
    """Order a commodity for some shops or mini programs: number -> name."""
    slots = {entity: f"{row.id}/{entity}" for entity in names}
    for slot in slots.values():
        if (other := work.find(ItemRow, slot=slot)) is not None:
            raise APP_ID_EXIST(entity=other.entity, commodity_order_id=other.ordered)
    order = OrderRow(
        id=work.new_id("20611"), commodity=row.id, provider=row.provider, app=row.app, merchant=merchant,
        title=row.title, specification=row.specification, price=row.price, count=len(names), days=row.days,
        contact=contact[0], phone=contact[1], ordered=work.now, due=work.now,
    )  # fmt: skip
    work.add(order)
    for entity, name in names.items():
        work.add(
            ItemRow(id=f"{order.id}/{entity}", ordered=order.id, entity=entity, name=name, slot=slots[entity])
        )  # fmt: skip
    if order.price:
        wait(work, order, PAY_LIVES)
    else:
        ServiceOrder.pay(work, order, **facts(order), amount=0)
    return order


Entities = Annotated[list[Key], Meta(min_length=1, max_length=100)]


class Place(Shape):
    commodity_id: Key  # which service
    entities: Entities  # for which shops or mini programs of yours
    contact: Line  # whom to ask
    phone: Key  # and under which number
    authorise: bool = False  # whether the provider may sign products and act for you by it, without asking you again
    exposure: Key | None = None  # where you saw it, if the platform showed it


class Placed(Shape):
    commodity_order_id: str  # 28 digits
    status: str  # WAIT_PAY, or MERCHANT_ORDED if it is free


PLACE_FAULTS = [NOT_SUPPORT_ORDER_BY_OPENAPI, SHOP_NOT_EXIST, APP_ID_ILLEGAL, APP_ID_EXIST]


@method("kaifang.market.order.place", who=Who.WALLET, raises=PLACE_FAULTS)
def place_order(work: Work, ask: Place) -> Placed:
    """Order a service for your shops or mini programs; it is to be paid within a day."""
    user, row = signed_in(work), on_sale(work, ask.commodity_id)
    name_of = mini_name if row.kind == "MINI" else shop_name
    names = {entity: name_of(work, entity, user) for entity in ask.entities}
    order = place(work, row, user, names, (ask.contact, ask.phone))
    order.ticket = work.chance.hex(32) if ask.authorise else None
    if not order.price:
        come_in(work, order)
    work.tell(
        "market.ordered", order.id, user=user, merchant=user, amount=(order.price * order.count).minor,
        exposure=ask.exposure,
    )  # fmt: skip
    return Placed(commodity_order_id=order.id, status=order.state)


class Which(Shape):
    commodity_order_id: Key  # which order


class Paying(Shape):
    path: str  # the cashier's page on which it is paid


@method("kaifang.market.order.pay", who=Who.WALLET, raises=[ORDER_NOT_EXIST, COMMODITY_ORDER_STATUS_INVALID])
def pay(work: Work, ask: Which) -> Paying:
    """Go to the cashier for an order: the money waits, still yours, and is paid out item by item as you confirm."""
    row = bought(work, ask.commodity_order_id)
    if not ServiceOrder.pay.possible(row):
        raise COMMODITY_ORDER_STATUS_INVALID(state=row.state)
    opened = work.ask(
        "kaifang.cashier.open", kind="freeze", title=row.title, amount=row.price * row.count, confirm=CONFIRM,
        subject=row.id, expires=row.due, merchant=row.provider, app=row.app,
        enable_channels="balance",
    )  # fmt: skip
    return Paying(path=opened.path)


@method(CONFIRM, who=Who.INSIDE, raises=[ORDER_NOT_EXIST, COMMODITY_ORDER_STATUS_INVALID, BALANCE_NOT_ENOUGH])
def paid(work: Work, ask: Confirm) -> Confirmed:
    """Let the merchant's money wait for the order."""
    row = work.find(OrderRow, id=ask.subject)
    if row is None or row.merchant != ask.user_id:
        raise ORDER_NOT_EXIST(commodity_order_id=ask.subject)
    amount = row.price * row.count
    ServiceOrder.pay(work, row, **facts(row), amount=amount.minor)
    row.hold = work.hold(Purse(row.merchant), amount, why="market.pay", ref=row.id, short=BALANCE_NOT_ENOUGH).id
    come_in(work, row)
    return Confirmed(method=CONFIRM, fields={"commodity_order_id": row.id})


ACCEPT_FAULTS = [ORDER_NOT_EXIST, COMMODITY_ORDER_STATUS_INVALID]


@method("alipay.open.servicemarket.order.accept", raises=[*ACCEPT_FAULTS, NO_PERMISSION_ACCETP_ORDER])
def accept(work: Work, ask: Which) -> Done:
    """Accept an order: you have 30 days to set each item up."""
    row = own_order(work, ask.commodity_order_id, NO_PERMISSION_ACCETP_ORDER)
    ServiceOrder.accept(work, row, **facts(row))
    for item in items(work, row):
        ServiceItem.take_on(work, item, order=row.id)
        wait_item(work, item, DO_LIVES)
    return Done()


class Reject(Which):
    reject_reason: Line  # why


@method("alipay.open.servicemarket.order.reject", raises=[*ACCEPT_FAULTS, NO_PERMISSION_REJECT_ORDER])
def reject(work: Work, ask: Reject) -> Done:
    """Reject an order: the merchant has its money back."""
    row = own_order(work, ask.commodity_order_id, NO_PERMISSION_REJECT_ORDER)
    row.reason = ask.reject_reason
    call_off(work, row, ServiceOrder.reject, ServiceItem.reject)
    return Done()


@method("kaifang.market.order.cancel", who=Who.WALLET, raises=[ORDER_NOT_EXIST, COMMODITY_ORDER_STATUS_INVALID])
def cancel(work: Work, ask: Which) -> Placed:
    """Take back an order that the provider has not accepted; what you paid is yours again."""
    row = bought(work, ask.commodity_order_id)
    call_off(work, row, ServiceOrder.cancel, ServiceItem.cancel)
    return Placed(commodity_order_id=row.id, status=row.state)


class Ticket(Shape):
    ticket: Key  # as the notification of an order told it


class Behind(Shape):
    app: str  # the provider's application
    merchant: str  # user id
    good: bool  # whether the order is paid, and not over


@method("kaifang.market.ticket.read", who=Who.INSIDE, reads=True, raises=[TICKET_NOT_EXIST])
def read_ticket(work: Work, ask: Ticket) -> Behind:
    """Who gave a ticket to whom, and whether it still stands."""
    row = work.find(OrderRow, ticket=ask.ticket)
    if row is None:
        raise TICKET_NOT_EXIST(ticket=ask.ticket)
    good = row.state in (ServiceOrder.MERCHANT_ORDED.name, ServiceOrder.ISV_ACCEPTED.name)
    return Behind(app=row.app, merchant=row.merchant, good=good)


class Query(Which):
    start_page: Annotated[int, Meta(ge=1, le=100)] = 1  # from 1; a page has 100 items


class Item(Shape):
    commodity_id: str  # which service
    merchant_pid: str  # who ordered
    merchant_name: str  # who that is
    shop_id: str | None = None  # for which shop, or
    shop_name: str | None = None  # what it is called
    mini_app_id: str | None = None  # for which mini program
    mini_app_name: str | None = None  # what it is called
    contacts: str  # whom to ask
    phone_no: str  # and under which number
    order_status: str  # TO_DO, DOING, TO_CONFIRM, MERCHANT_REJECTED, DONE, ... as the wire writes them
    shop_status: str  # INIT before it is done, then ONLINE, OFFLINE or EXPIRED
    service_effect_date: Moment | None = None  # since when the service is there
    service_expire_date: Moment | None = None  # until when, if it has an end


class Queried(Shape):
    commodity_id: str  # which service
    specifications: str  # which edition
    status: str  # WAIT_PAY, MERCHANT_ORDED, ISV_ACCEPTED, FINISHED, CLOSED, ...
    current_page: int  # from 1
    total_size: int  # how many items there are on all pages
    order_items: list[Item]  # a page of them


@method("alipay.open.servicemarket.order.query", raises=[QUERY_FAILD, NOPERMISSION_QUERY], reads=True)
def query(work: Work, ask: Query) -> Queried:
    """Query an order, as its provider or its merchant."""
    row = work.find(OrderRow, id=ask.commodity_order_id)
    if row is None:
        raise QUERY_FAILD(commodity_order_id=ask.commodity_order_id)
    if work.caller.merchant not in (row.provider, row.merchant):
        raise NOPERMISSION_QUERY(commodity_order_id=ask.commodity_order_id)
    return queried(work, row, ask.start_page)


def queried(work: Work, row: OrderRow, page: int) -> Queried:
    """An order, and a page of its items."""
    found = items(work, row)
    shown = found[(page - 1) * PAGE : page * PAGE]
    return Queried(
        commodity_id=row.commodity, specifications=row.specification, status=row.state, current_page=page,
        total_size=row.count, order_items=[item_seen(work, row, one) for one in shown],
    )  # fmt: skip


def item_seen(work: Work, row: OrderRow, item: ItemRow) -> Item:
    """An item as provider and merchant see it."""
    commodity = work.find(CommodityRow, id=row.commodity)
    service = work.find(TenureRow, id=f"{row.commodity}/{item.entity}")
    what = "mini_app" if commodity is not None and commodity.kind == "MINI" else "shop"
    told: dict[str, Any] = {f"{what}_id": item.entity, f"{what}_name": item.name}
    if service is not None:
        told["service_effect_date"] = Moment(service.since)
        told["service_expire_date"] = Moment(service.until) if service.until < FOREVER else None
    return Item(
        **told, commodity_id=row.commodity, merchant_pid=row.merchant, contacts=row.contact, phone_no=row.phone,
        merchant_name=work.ask("kaifang.account.party.find", user_id=row.merchant).name, order_status=item.state,
        shop_status=service.state if service is not None else "INIT",
    )  # fmt: skip


@method(NOTIFY)
def tell_again(work: Work, ask: Nothing) -> Done:
    """Be told again, at your gateway, of each order that waits for you to accept it."""
    where = "app = ? and state = ?"
    for row in work.select(OrderRow, where, (work.caller.app, ServiceOrder.MERCHANT_ORDED.name), "id", PAGE):
        notify(work, row)
    return Done()


class List(Shape):
    page_num: Annotated[int, Meta(ge=1, le=10_000)] = 1  # from 1
    page_size: Annotated[int, Meta(ge=1, le=100)] = 20  # 1 to 100


class Mine(Queried):
    commodity_order_id: str  # 28 digits
    title: str  # what was ordered
    reason: str | None = None  # why it was rejected
    until: Moment  # when it lapses if it is not paid or accepted


class Listed(Shape):
    orders: list[Mine]  # the newest first


@method("kaifang.market.order.list", who=Who.WALLET, reads=True)
def list_mine(work: Work, ask: List) -> Listed:
    """List what you ordered in the market, as the merchant who is signed in."""
    skipped = (ask.page_num - 1) * ask.page_size
    rows = work.select(OrderRow, "merchant = ?", (signed_in(work),), "id desc", ask.page_size, offset=skipped)
    return Listed(orders=[mine(work, row) for row in rows])


def mine(work: Work, row: OrderRow) -> Mine:
    """An order as its merchant sees it."""
    seen = queried(work, row, 1)
    same = {name: getattr(seen, name) for name in Queried.__struct_fields__}
    return Mine(
        **same, commodity_order_id=row.id, title=row.title, reason=row.reason or None, until=Moment(row.due)
    )  # fmt: skip
