"""What sellers tell of their orders and buyers: how orders were fulfilled, how they stand, and who belongs together."""

from typing import Annotated, Any

import msgspec
from msgspec import Meta

from kaifang.kernel import NO_USER, Fault, Key, Line, Moment, Money, Shape, Text, Who, Work, fault, method
from kaifang.kernel.shape import convert

from .errors import INVALID, NOTIFY_STATUS_INVALID, TRADE_NOT_EXIST
from .find import Which, any_trade, party, the_trade
from .parts import OrderItem
from .payment import buyer_names
from .tables import FamilyRow, OrderRecordRow, TradeNewsRow

# fmt: off
ORDER_TRADE_NOT_EXIST = fault(
    "TRADE_NOT_EXIST", zh="交易不存在，请检查交易号", en="No trade of yours has this number.", fix="Check trade_no.",
)
BUYER_NOT_FOUND = fault(
    "BUYER_NOT_FOUND", zh="买家不存在，请检查买家标识", en="There is no such buyer.", fix="Check the buyer's id.",
)
BUYER_INFO_IS_NULL = fault(
    "BUYER_INFO_IS_NULL", zh="缺少买家信息，请传买家标识", en="No buyer is named.",
    fix="Send buyer_id or buyer_open_id.",
)
RECORD_NOT_EXIST = fault(
    "RECORD_NOT_EXIST", zh="记录不存在，请检查 record_id", en="No record of yours has this number.",
    fix="Check record_id, or leave it out.",
)
DATA_INCONSISTENT = fault(
    "DATA_INCONSISTENT", zh="记录与订单号不一致，请检查", en="This record belongs to another order.",
    fix="Check record_id and out_biz_no.",
)
# fmt: on


class Fulfilment(Shape):
    status: Key  # COMPLETE: paid otherwise; CLOSED: called off


class InfoSync(Shape):
    trade_no: Key  # the platform's number
    out_request_no: Key  # the seller's number of this news; only the first of a number counts
    biz_type: Key  # what kind of business it is about, such as CREDIT_DEDUCT
    order_biz_info: Text  # JSON with the status: COMPLETE or CLOSED
    orig_request_no: Key | None = None  # the request it is about, such as a refund


class Synced(Shape):
    trade_no: str  # the platform's number
    out_trade_no: str  # the seller's number
    buyer_user_id: str | None = None  # who bought: the user id,
    buyer_open_id: str | None = None  # or as your app knows that person


@method("alipay.trade.orderinfo.sync", raises=[INVALID, TRADE_NOT_EXIST, NOTIFY_STATUS_INVALID])
def orderinfo_sync(work: Work, ask: InfoSync) -> Synced:
    """Tell how an order was fulfilled outside: paid otherwise, or called off."""
    trade = the_trade(work, Which(trade_no=ask.trade_no))
    try:
        told = convert(msgspec.json.decode(ask.order_biz_info), Fulfilment)
    except (msgspec.DecodeError, Fault):
        raise INVALID(field="order_biz_info", reason='JSON such as {"status": "COMPLETE"}') from None
    if told.status not in ("COMPLETE", "CLOSED"):
        raise NOTIFY_STATUS_INVALID(status=told.status)
    if work.find(TradeNewsRow, trade=trade.id, request=ask.out_request_no) is None:
        work.add(TradeNewsRow(trade=trade.id, request=ask.out_request_no))
        facts = {"status": told.status, "biz_type": ask.biz_type, "about": ask.orig_request_no}
        work.tell("trade.fulfil", trade.id, seller=trade.seller, buyer=trade.buyer, **facts)
    names = buyer_names(work, trade, "")
    return Synced(
        trade_no=trade.id, out_trade_no=trade.out_trade_no, buyer_user_id=names["buyer_user_id"],
        buyer_open_id=names["buyer_open_id"],
    )  # fmt: skip


class Item(Shape):
    item_name: Line  # as the buyer reads it
    quantity: Key = "1"  # how many


class Ext(Shape):
    ext_key: Key  # merchant_order_status, tiny_app_id, merchant_order_link_page ...
    ext_value: Text  # its value


class OrderSync(Shape):
    out_biz_no: Key  # the seller's own number of the order
    buyer_id: Key | None = None  # who ordered: the user id,
    buyer_open_id: Key | None = None  # or as your app knows that person
    trade_no: Key | None = None  # the trade that paid it
    record_id: Key | None = None  # of an order that was told before
    amount: Money | None = None  # yuan
    pay_amount: Money | None = None  # yuan that were paid
    order_create_time: Moment | None = None  # when it was made
    order_modified_time: Moment | None = None  # as of when this is true
    item_order_list: list[Item] = []  # what was ordered
    ext_info: list[Ext] = []  # further members, the status among them


class OrderSynced(Shape):
    record_id: str  # the platform's number of the record
    order_id: str  # the same
    order_status: str | None = None  # how the order stands


ORDER_FAULTS = [ORDER_TRADE_NOT_EXIST, BUYER_INFO_IS_NULL, BUYER_NOT_FOUND, RECORD_NOT_EXIST, DATA_INCONSISTENT]


@method("alipay.merchant.order.sync", raises=ORDER_FAULTS)
def order_sync(work: Work, ask: OrderSync) -> OrderSynced:
    """Tell how an order stands, so that the buyer finds it in the wallet; later news replaces earlier."""
    row = the_record(work, ask)
    if ask.trade_no is not None and any_trade(work, Which(trade_no=ask.trade_no)) is None:
        raise ORDER_TRADE_NOT_EXIST(trade_no=ask.trade_no)
    as_of = ask.order_modified_time.ms if ask.order_modified_time else work.now
    if as_of >= row.as_of:
        told = {ext.ext_key: ext.ext_value for ext in ask.ext_info}
        row.status = told.get("merchant_order_status", row.status)
        row.link = told.get("merchant_order_link_page", row.link)
        row.amount = ask.pay_amount or ask.amount or row.amount
        row.trade, row.as_of = ask.trade_no or row.trade, as_of
        items = [OrderItem(name=item.item_name, quantity=item.quantity) for item in ask.item_order_list]
        row.items = items or row.items
        work.tell("order.sync", row.id, seller=row.merchant, buyer=row.buyer, status=row.status)
    return OrderSynced(record_id=row.id, order_id=row.id, order_status=row.status or None)


def the_record(work: Work, ask: OrderSync) -> OrderRecordRow:
    """What is kept of this order, from before or from now on."""
    merchant = work.caller.merchant
    row = work.find(OrderRecordRow, merchant=merchant, out_biz_no=ask.out_biz_no)
    if ask.record_id is not None:
        named = work.find(OrderRecordRow, id=ask.record_id)
        if named is None or named.merchant != merchant:
            raise RECORD_NOT_EXIST(record_id=ask.record_id)
        if named.out_biz_no != ask.out_biz_no:
            raise DATA_INCONSISTENT(out_biz_no=named.out_biz_no)
    if row is not None:
        return row
    if not (ask.buyer_id or ask.buyer_open_id):
        raise BUYER_INFO_IS_NULL()
    buyer = party(work, BUYER_NOT_FOUND, user_id=ask.buyer_id, open_id=ask.buyer_open_id).user_id
    made = ask.order_create_time.ms if ask.order_create_time else work.now
    return work.add(
        OrderRecordRow(
            id=work.new_id("22011"), merchant=merchant, out_biz_no=ask.out_biz_no, buyer=buyer, made=made, as_of=0
        )
    )


class ListRecords(Shape):
    limit: Annotated[int, Meta(ge=1, le=50)] = 20  # how many


class OrderRecord(Shape):
    record_id: str  # the platform's number of the record
    seller_name: str  # from whom
    out_biz_no: str  # the seller's number
    status: str  # how it stands
    made: Moment  # when it was made
    amount: Money  # yuan
    items: list[OrderItem]  # what was ordered
    trade_no: str | None = None  # the trade that paid it
    link: str | None = None  # where to read more


class OrderRecords(Shape):
    orders: list[OrderRecord]  # the newest first


@method("kaifang.trade.record.list", who=Who.WALLET, reads=True)
def list_records(work: Work, ask: ListRecords) -> OrderRecords:
    """List the orders that sellers told the signed-in person's order centre of."""
    rows = work.select(OrderRecordRow, "buyer = ?", (signed_in(work),), "made desc, id desc", limit=ask.limit)
    return OrderRecords(
        orders=[
            OrderRecord(
                record_id=row.id, seller_name=name_of(work, row.merchant), out_biz_no=row.out_biz_no,
                status=row.status, made=Moment(row.made), amount=row.amount, items=row.items,
                trade_no=row.trade or None, link=row.link or None,
            )
            for row in rows
        ]
    )  # fmt: skip


def signed_in(work: Work) -> str:
    """The person who is signed in to the wallet."""
    if work.caller.user is None:
        raise NO_USER()
    return work.caller.user


def name_of(work: Work, user_id: str) -> str:
    """What a person or merchant is called."""
    found: Any = work.ask("kaifang.account.party.find", user_id=user_id)
    return str(found.name)


class Relate(Shape):
    alipay_user_id: Key  # who would pay for the other one
    aliapy_related_id: Key  # whose purchases would be paid
    relation_name: Line  # what they call each other, such as 妈妈
    relation_type: Key  # such as PARENT, COUPLE or FRIEND


class Related(Shape):
    result: str  # true if it was noted, false if it had been before


@method("alipay.trade.peerpayprod.relation.create", raises=[INVALID])
def relate(work: Work, ask: Relate) -> Related:
    """Note that two people belong together; both see it in the wallet, and either may end it."""
    if ask.alipay_user_id == ask.aliapy_related_id:
        raise INVALID(field="aliapy_related_id", reason="name somebody else")
    with_whom = [party(work, INVALID, user_id=one).user_id for one in (ask.alipay_user_id, ask.aliapy_related_id)]
    if work.find(FamilyRow, opener=with_whom[0], related=with_whom[1]) is not None:
        return Related(result="false")
    row = FamilyRow(
        opener=with_whom[0], related=with_whom[1], name=ask.relation_name, type=ask.relation_type, since=work.now,
        merchant=work.caller.merchant,
    )  # fmt: skip
    work.add(row)
    return Related(result="true")


class ListFamily(Shape):
    pass


class Relative(Shape):
    user_id: str  # the other one
    logon_id: str  # that one's mail address or mobile number, masked
    relation_name: str  # what they call each other
    relation_type: str  # such as PARENT, COUPLE or FRIEND
    told_by: str  # the merchant who noted it
    since: Moment  # when


class Family(Shape):
    relatives: list[Relative]  # the oldest first


@method("kaifang.trade.family.list", who=Who.WALLET, reads=True)
def list_family(work: Work, ask: ListFamily) -> Family:
    """List whom the signed-in person was said to belong together with."""
    me = signed_in(work)
    rows = work.select(FamilyRow, "opener = ? or related = ?", (me, me), "since, opener, related")
    relatives = []
    for row in rows:
        other = row.related if row.opener == me else row.opener
        known = work.ask("kaifang.account.party.find", user_id=other)
        relatives.append(
            Relative(
                user_id=other, logon_id=known.masked, relation_name=row.name, relation_type=row.type,
                told_by=name_of(work, row.merchant), since=Moment(row.since),
            )
        )  # fmt: skip
    return Family(relatives=relatives)


class Part(Shape):
    user_id: Key  # the other one


@method("kaifang.trade.family.part", who=Who.WALLET)
def part(work: Work, ask: Part) -> Family:
    """End what was noted between the signed-in person and another one."""
    me = signed_in(work)
    for opener, related in ((me, ask.user_id), (ask.user_id, me)):
        row = work.find(FamilyRow, opener=opener, related=related)
        if row is not None:
            work.remove(row)
    return list_family(work, ListFamily())
