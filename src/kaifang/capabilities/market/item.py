"""Items of an order: set up by the provider, confirmed or refused by the merchant, given up; and services taken off."""

from kaifang.kernel import Key, Line, Shape, Who, Work, method

from .commodity import Done
from .errors import (
    COMMODITY_ORDER_ITEM_NOT_EXIST,
    COMMODITY_SHOP_NOT_EXIST,
    CONFIRM_CHARGE_ITEM_NOT_ALLOW,
    ITEM_STATUS_NOT_ALLOW,
    NO_PERMISSION_CANCEL_ORDER_ITEM,
    NO_PERMISSION_COMFIRM_ORDERITEM,
    NO_PERMISSION_OFFLINE_SHOP,
    NO_PERMISSION_OPERATION,
    ORDER_NOT_EXIST,
    PARAMS_ERROR,
    SHOP_STATUS_NOT_SUPPORT,
)
from .find import Item, bought, item_of, own_order
from .flow import CONFIRM_LIVES, REDO_LIVES, confirm, give_up, wait_item
from .states import ServiceItem, Tenure
from .tables import CommodityRow, TenureRow

ITEM_FAULTS = [COMMODITY_ORDER_ITEM_NOT_EXIST, ITEM_STATUS_NOT_ALLOW, PARAMS_ERROR]


@method("alipay.open.servicemarket.order.item.complete", raises=[*ITEM_FAULTS, NO_PERMISSION_OPERATION])
def complete(work: Work, ask: Item) -> Done:
    """Say that an item is set up: the merchant has seven days to look, then it counts as confirmed."""
    row = own_order(work, ask.commodity_order_id, NO_PERMISSION_OPERATION, COMMODITY_ORDER_ITEM_NOT_EXIST)
    item = item_of(work, row, ask)
    ServiceItem.complete(work, item, order=row.id)
    wait_item(work, item, CONFIRM_LIVES)
    return Done()


@method(
    "alipay.open.servicemarket.order.item.confirm",
    raises=[*ITEM_FAULTS, NO_PERMISSION_COMFIRM_ORDERITEM, CONFIRM_CHARGE_ITEM_NOT_ALLOW],
)
def confirm_for(work: Work, ask: Item) -> Done:
    """Confirm an item in the merchant's place, which is only for what is free."""
    row = own_order(work, ask.commodity_order_id, NO_PERMISSION_COMFIRM_ORDERITEM, COMMODITY_ORDER_ITEM_NOT_EXIST)
    item = item_of(work, row, ask)
    if row.price:
        raise CONFIRM_CHARGE_ITEM_NOT_ALLOW(price=row.price)
    confirm(work, row, item)
    return Done()


class Cancel(Item):
    cancel_reason: Line  # why


@method("alipay.open.servicemarket.order.item.cancel", raises=[*ITEM_FAULTS, NO_PERMISSION_CANCEL_ORDER_ITEM])
def cancel(work: Work, ask: Cancel) -> Done:
    """Give an item up: the merchant has its money for it back."""
    row = own_order(work, ask.commodity_order_id, NO_PERMISSION_CANCEL_ORDER_ITEM, COMMODITY_ORDER_ITEM_NOT_EXIST)
    give_up(work, row, item_of(work, row, ask), ask.cancel_reason)
    return Done()


class Decided(Shape):
    order_status: str  # how the item stands now


OWN_FAULTS = [ORDER_NOT_EXIST, *ITEM_FAULTS]


@method("kaifang.market.item.confirm", who=Who.WALLET, raises=OWN_FAULTS)
def confirm_own(work: Work, ask: Item) -> Decided:
    """Confirm that an item you ordered is set up: its provider is paid for it."""
    row = bought(work, ask.commodity_order_id)
    item = item_of(work, row, ask)
    confirm(work, row, item)
    return Decided(order_status=item.state)


class Refuse(Item):
    reason: Line  # what is wrong


@method("kaifang.market.item.refuse", who=Who.WALLET, raises=OWN_FAULTS)
def refuse_own(work: Work, ask: Refuse) -> Decided:
    """Say what is wrong with an item: its provider sets it right within seven days, or you have your money back."""
    row = bought(work, ask.commodity_order_id)
    item = item_of(work, row, ask)
    ServiceItem.refuse(work, item, order=row.id, reason=ask.reason)
    item.reason = ask.reason
    wait_item(work, item, REDO_LIVES)
    return Decided(order_status=item.state)


class Offline(Shape):
    commodity_id: Key  # which service
    shop_id: Key  # of which shop or mini program


@method(
    "alipay.open.servicemarket.commodity.shop.offline",
    raises=[NO_PERMISSION_OFFLINE_SHOP, COMMODITY_SHOP_NOT_EXIST, SHOP_STATUS_NOT_SUPPORT],
)
def take_off(work: Work, ask: Offline) -> Done:
    """Take your service off a shop, such as one that has closed."""
    commodity = work.find(CommodityRow, id=ask.commodity_id)
    row = work.find(TenureRow, id=f"{ask.commodity_id}/{ask.shop_id}")
    if commodity is None or commodity.app != work.caller.app:
        raise NO_PERMISSION_OFFLINE_SHOP(commodity_id=ask.commodity_id)
    if row is None:
        raise COMMODITY_SHOP_NOT_EXIST(shop_id=ask.shop_id)
    Tenure.take_off(work, row, merchant=row.merchant)
    return Done()
