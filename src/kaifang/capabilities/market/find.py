"""Finding the provider, the commodity, the order and the item that are meant."""

from typing import Any

from kaifang.kernel import NO_USER, FaultKind, Key, Shape, Work

from .errors import (
    COMMODITY_NOT_EXIST,
    COMMODITY_ORDER_ITEM_NOT_EXIST,
    NOT_ISV_APP_TYPE,
    ORDER_NOT_EXIST,
    PARAMS_ERROR,
)
from .tables import CommodityRow, ItemRow, OrderRow


def provider(work: Work) -> Any:
    """The service provider's application that calls."""
    app = work.ask("kaifang.openapp.credentials", app_id=work.caller.app) if work.caller.app else None
    if app is None or app.role != "isv":
        raise NOT_ISV_APP_TYPE()
    return app


def signed_in(work: Work) -> str:
    """Whoever is signed in."""
    if work.caller.user is None:
        raise NO_USER()
    return work.caller.user


def own_commodity(work: Work, commodity_id: str) -> CommodityRow:
    """The calling provider's commodity."""
    row = work.find(CommodityRow, id=commodity_id)
    if row is None or row.provider != provider(work).party:
        raise COMMODITY_NOT_EXIST(commodity_id=commodity_id)
    return row


def own_order(work: Work, order_id: str, refuses: FaultKind, missing: FaultKind = ORDER_NOT_EXIST) -> OrderRow:
    """The calling provider's order."""
    row = work.find(OrderRow, id=order_id)
    if row is None:
        raise missing(commodity_order_id=order_id)
    if row.app != work.caller.app:
        raise refuses(commodity_order_id=order_id)
    return row


def bought(work: Work, order_id: str) -> OrderRow:
    """The order of the merchant who is signed in."""
    user, row = signed_in(work), work.find(OrderRow, id=order_id)
    if row is None or row.merchant != user:
        raise ORDER_NOT_EXIST(commodity_order_id=order_id)
    return row


class Item(Shape):
    """An item of an order."""

    commodity_order_id: Key  # which order
    shop_id: Key | None = None  # of which shop, or
    mini_app_id: Key | None = None  # mini program; may be left out if the order has one item only


def item_of(work: Work, row: OrderRow, ask: Item) -> ItemRow:
    """The item that is meant."""
    entity = ask.mini_app_id or ask.shop_id
    if entity is None:
        if row.count > 1:
            raise PARAMS_ERROR(commodity_order_id=row.id)
        return items(work, row)[0]
    found = work.find(ItemRow, id=f"{row.id}/{entity}")
    if found is None:
        raise COMMODITY_ORDER_ITEM_NOT_EXIST(
            commodity_order_id=row.id, shop_id=ask.shop_id, mini_app_id=ask.mini_app_id
        )
    return found


def items(work: Work, row: OrderRow) -> list[ItemRow]:
    """All items of an order."""
    return work.select(ItemRow, "ordered = ?", (row.id,), "id")
