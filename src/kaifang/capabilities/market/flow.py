"""What becomes of orders: their money waits, items are paid one by one, and time goes on by itself."""

from kaifang.kernel import DAY, FOREVER, Happening, Hold, Money, Purse, Work, timer
from kaifang.kernel.machine import Move

from .find import items
from .states import ServiceItem, ServiceOrder, Tenure
from .tables import ItemRow, OrderRow, TenureRow

PAY_LIVES, ACCEPT_LIVES = DAY, 3 * DAY  # before it is paid; before the provider accepts
DO_LIVES, CONFIRM_LIVES, REDO_LIVES = 30 * DAY, 7 * DAY, 7 * DAY  # to set it up; to confirm it; to set it right
NOTIFY = "alipay.open.servicemarket.order.notify"


def facts(row: OrderRow) -> dict[str, object]:
    """What is announced of an order."""
    return {"provider": row.provider, "merchant": row.merchant, "commodity": row.commodity}


def money(work: Work, row: OrderRow) -> Hold | None:
    """The money that waits, if any does."""
    return work.find(Hold, id=row.hold) if row.hold else None


def wait(work: Work, row: OrderRow, lives: int) -> None:
    """The order lapses if nothing happens for so long."""
    row.due = work.now + lives
    work.later(row.due, "market.lapse", row.id)


def wait_item(work: Work, item: ItemRow, lives: int) -> None:
    """The item goes on by itself after so long."""
    item.due = work.now + lives
    work.later(item.due, "market.item_due", item.id)


def come_in(work: Work, row: OrderRow) -> None:
    """The order is the provider's to accept, who is told of it."""
    wait(work, row, ACCEPT_LIVES)
    notify(work, row)


def notify(work: Work, row: OrderRow) -> None:
    """Tell the provider's gateway of an order that waits to be accepted."""
    gateway = work.ask("kaifang.openapp.address", app_id=row.app).gateway
    name = work.ask("kaifang.account.party.find", user_id=row.merchant).name
    fields: dict[str, object] = {
        "method": NOTIFY, "commodity_order_id": row.id, "merchant_pid": row.merchant, "name": name, "title": row.title,
        "contactor": row.contact, "phone": row.phone, "specifications": row.specification,
        "order_item_num": row.count, "total_price": row.price * row.count, "order_ticket": row.ticket,
    }  # fmt: skip
    work.notify(row.app, gateway, "servicemarket_order_notify", row.id, fields)


@timer("market.lapse")
def lapse(work: Work, happening: Happening) -> None:
    """An order that was not paid, or not accepted, in time is over; the money goes back."""
    row = work.find(OrderRow, id=happening.subject)
    if row is not None and row.due <= work.now and ServiceOrder.lapse.possible(row):
        call_off(work, row, ServiceOrder.lapse, ServiceItem.cancel)


def call_off(work: Work, row: OrderRow, arrow: Move, of_items: Move) -> None:
    """The order is over before it began; the money goes back."""
    arrow(work, row, **facts(row))
    for item in items(work, row):
        of_items(work, item, order=row.id)
        item.reason, item.slot = row.reason, None
    if (hold := money(work, row)) is not None:
        work.void(hold, why="market.back", ref=row.id)


@timer("market.item_due")
def go_on(work: Work, happening: Happening) -> None:
    """What the merchant does not refuse in time is confirmed; what the provider does not do in time is given up."""
    item = work.find(ItemRow, id=happening.subject)
    if item is None or item.due > work.now or ServiceItem.states[item.state].final:
        return
    row = work.find(OrderRow, id=item.ordered)
    assert row is not None, f"item {item.id} without its order"
    if ServiceItem.confirm.possible(item):
        confirm(work, row, item)
    else:
        give_up(work, row, item, "超时未完成")


def confirm(work: Work, row: OrderRow, item: ItemRow) -> None:
    """An item is done: the provider is paid for it, and the shop has the service."""
    ServiceItem.confirm(work, item, order=row.id, amount=row.price.minor)
    item.slot = None
    if row.price and (hold := money(work, row)) is not None:
        work.settle(hold, Purse(row.provider), row.price, why="market.done", ref=item.id)
    begin_service(work, row, item)
    end_if_over(work, row)


def give_up(work: Work, row: OrderRow, item: ItemRow, reason: str) -> None:
    """Nothing comes of an item: the merchant has its money back."""
    ServiceItem.give_up(work, item, order=row.id)
    item.reason, item.slot = reason, None
    if row.price and (hold := money(work, row)) is not None:
        work.void(hold, Money(row.price.minor), why="market.back", ref=item.id)
    end_if_over(work, row)


def end_if_over(work: Work, row: OrderRow) -> None:
    """The order is over once all of its items are."""
    states = [item.state for item in items(work, row)]
    if all(ServiceItem.states[one].final for one in states):
        arrow = ServiceOrder.finish if ServiceItem.DONE.name in states else ServiceOrder.close
        arrow(work, row, **facts(row))


def begin_service(work: Work, row: OrderRow, item: ItemRow) -> None:
    """The shop or mini program has the service from now on, or for longer."""
    key = f"{row.commodity}/{item.entity}"
    service = work.find(TenureRow, id=key)
    if service is None:
        service = TenureRow(id=key, commodity=row.commodity, merchant=row.merchant, since=work.now, until=work.now)
        work.add(service)
    else:
        Tenure.renew(work, service, merchant=row.merchant)
    service.merchant = row.merchant
    service.until = max(service.until, work.now) + row.days * DAY if row.days else FOREVER
    if row.days:
        work.later(service.until, "market.expire", key)


@timer("market.expire")
def expire(work: Work, happening: Happening) -> None:
    """The time that was paid for is over."""
    row = work.find(TenureRow, id=happening.subject)
    if row is not None and row.until <= work.now and Tenure.expire.possible(row):
        Tenure.expire(work, row, merchant=row.merchant)
