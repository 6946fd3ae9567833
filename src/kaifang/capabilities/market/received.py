"""What providers and operators have before them: the orders that came in, and the commodities to be looked at."""

from typing import Annotated, Literal

from msgspec import Meta

from kaifang.kernel import Key, Moment, Money, Shape, Who, Work, method

from .commodity import Offered, offered
from .errors import NOT_ISV_APP_TYPE
from .find import items, provider
from .states import Commodity
from .tables import CommodityRow, OrderRow

PageNumber = Annotated[int, Meta(ge=1, le=10_000)]
PageSize = Annotated[int, Meta(ge=1, le=100)]
Status = Literal[
    "WAIT_PAY", "MERCHANT_ORDED", "ISV_ACCEPTED", "FINISHED", "CLOSED", "ISV_REJECTED", "MERCHANT_CANCELLED", "LAPSED"
]


class List(Shape):
    status: Status | None = None  # only those that stand so
    commodity_id: Key | None = None  # only those of this service
    page_num: PageNumber = 1  # from 1
    page_size: PageSize = 20  # 1 to 100


class Part(Shape):
    entity: str  # number of the shop or mini program
    name: str  # what it is called
    status: str  # TO_DO, DOING, TO_CONFIRM, and so on


class Received(Shape, kw_only=True):
    commodity_order_id: str  # 28 digits
    commodity_id: str  # what was ordered
    title: str  # what it is called
    specification: str  # which edition
    merchant_pid: str  # user id of who ordered
    merchant_name: str  # who that is
    contacts: str  # whom to ask
    phone_no: str  # and under which number
    status: str  # MERCHANT_ORDED: it is yours to accept
    total_price: Money  # yuan, of all items
    items: list[Part]  # what it is for, one by one
    ordered: Moment  # when
    until: Moment  # when it lapses if nothing happens
    reason: str | None = None  # why it was rejected


class Orders(Shape):
    orders: list[Received]  # the newest first
    total: int  # how many there are on all pages


@method("kaifang.market.order.received", raises=[NOT_ISV_APP_TYPE], reads=True)
def list_received(work: Work, ask: List) -> Orders:
    """List the orders of your services, as their provider."""
    tests = {"provider = ?": provider(work).party, "state = ?": ask.status, "commodity = ?": ask.commodity_id}
    said = {test: value for test, value in tests.items() if value is not None}
    where, values = " and ".join(said), tuple(said.values())
    skipped = (ask.page_num - 1) * ask.page_size
    rows = work.select(OrderRow, where, values, "id desc", ask.page_size, offset=skipped)
    return Orders(orders=[received(work, row) for row in rows], total=work.count(OrderRow, where, values))


def received(work: Work, row: OrderRow) -> Received:
    """An order as its provider sees it."""
    return Received(
        commodity_order_id=row.id, commodity_id=row.commodity, title=row.title, specification=row.specification,
        merchant_pid=row.merchant, contacts=row.contact, phone_no=row.phone, status=row.state,
        merchant_name=work.ask("kaifang.account.party.find", user_id=row.merchant).name,
        total_price=row.price * row.count, ordered=Moment(row.ordered), until=Moment(row.due),
        items=[Part(entity=item.entity, name=item.name, status=item.state) for item in items(work, row)],
        reason=row.reason or None,
    )  # fmt: skip


class Look(Shape):
    page_num: PageNumber = 1  # from 1
    page_size: PageSize = 20  # 1 to 100


class Told(Offered):
    provider: str  # user id of who offers it
    about: dict[str, str]  # what else the provider says of it, by the names of the wire
    since: Moment  # when it was published first


class Waiting(Shape):
    commodities: list[Told]  # the oldest first
    total: int  # how many there are on all pages


@method("kaifang.market.commodity.waiting", who=Who.OPERATOR, reads=True)
def list_waiting(work: Work, ask: Look) -> Waiting:
    """List the services that wait to be looked at before they are on sale."""
    where, values = "state = ?", (Commodity.AUDIT.name,)
    skipped = (ask.page_num - 1) * ask.page_size
    rows = work.select(CommodityRow, where, values, "since, id", ask.page_size, offset=skipped)
    return Waiting(commodities=[told(work, row) for row in rows], total=work.count(CommodityRow, where, values))


def told(work: Work, row: CommodityRow) -> Told:
    """A commodity as who reviews it sees it."""
    same = offered(work, row)
    fields = {name: getattr(same, name) for name in Offered.__struct_fields__}
    return Told(**fields, provider=row.provider, about=row.told, since=Moment(row.since))
