"""What is kept of the market of services."""

from kaifang.kernel import Money, Row, Shape, table

from .states import Commodity, ServiceItem, ServiceOrder, SolutionBatch, SolutionRecord, Tenure


class Display(Shape):
    """One place where a commodity is shown, such as a city."""

    displayapp_id: str  # the provider's number of it
    told: dict[str, str]  # what the provider said, by the names of the wire
    shown: bool = False  # whether the platform agreed
    memo: str = ""  # why not


@table("commodity", index=[("provider",), ("state", "title")])
class CommodityRow(Row):
    """A service that a provider offers."""

    id: str  # 28 digits
    provider: str  # user id
    app: str  # the provider's application
    title: str
    subtitle: str
    category: str  # category_code
    kind: str  # what it is set up for: SHOP or MINI
    specification: str  # which edition
    price: Money  # for each shop or mini program
    days: int  # how long it lasts; 0: without an end
    told: dict[str, str]  # what else the provider said, by the names of the wire
    displays: list[Display] = []
    memo: str = ""  # why it was rejected
    state: str = Commodity.begin.name
    since: int  # when it was published first, milliseconds


@table("commodity_city", key=("city", "commodity"), index=[("commodity",)])
class CityRow(Row):
    """A city in which a service is shown, so that those of a city are found in the database."""

    city: str
    commodity: str  # its number


@table("service_order", unique=[("ticket",)], index=[("merchant",), ("provider",)])
class OrderRow(Row):
    """A merchant's order of a service."""

    id: str  # commodity_order_id, 28 digits
    commodity: str  # its number
    provider: str  # user id
    app: str  # the provider's application
    merchant: str  # user id
    title: str  # what was ordered
    specification: str  # which edition
    price: Money  # for each item, as it was when ordered
    count: int  # how many items
    days: int  # how long it lasts; 0: without an end
    contact: str  # whom to ask
    phone: str  # and under which number
    ticket: str | None = None  # by which the provider shows that the merchant lets it sign and act for it
    hold: str = ""  # the merchant's money that waits
    reason: str = ""  # why it was rejected
    state: str = ServiceOrder.begin.name
    ordered: int  # milliseconds
    due: int  # when it lapses if nothing happens, milliseconds


@table("service_item", unique=[("slot",)], index=[("ordered",)])
class ItemRow(Row):
    """What is ordered for one shop or mini program."""

    id: str  # the order, a slash, the shop or mini program
    ordered: str  # the order's number
    entity: str  # shop_id or mini_app_id
    name: str  # what it is called
    slot: str | None  # the commodity, a slash, the shop or mini program: only one at a time is under way
    reason: str = ""  # why it came to nothing
    state: str = ServiceItem.begin.name
    due: int = 0  # when it goes on by itself, milliseconds


@table("tenure", index=[("commodity",)])
class TenureRow(Row):
    """That a shop or mini program has a service."""

    id: str  # the commodity, a slash, the shop or mini program
    commodity: str  # its number
    merchant: str  # user id
    since: int  # milliseconds
    until: int  # milliseconds; FOREVER: without an end
    state: str = Tenure.begin.name


@table("solution")
class SolutionRow(Row):
    """Something that merchants take part in by being handed in, such as a programme of an industry."""

    id: str  # its code
    title: str  # what it is called
    scenes: list[str]  # where it is used
    fields: list[str]  # what a record must tell, beside the merchant
    keys: list[str]  # which of it tells one record of a merchant from the next
    needs: str  # what the merchant must let the provider run, such as SHOP_MANAGE
    person: bool  # whether a person reviews each record


class Told(Shape):
    """What became of one line of a file."""

    name: str  # the record, as it was written
    record: str  # its number; empty: it could not be read
    reason: str = ""  # why nothing came of it


@table("solution_batch", unique=[("app", "out_batch_no")])
class SolutionBatchRow(Row):
    """One file."""

    id: str  # batch_no, 28 digits
    app: str  # whose it is
    out_batch_no: str  # the provider's number
    lines: list[Told]
    state: str = SolutionBatch.begin.name
    token: str = ""  # with which the outcome is fetched
    until: int = 0  # and until when, milliseconds


@table("solution_record", index=[("batch", "state")])
class SolutionRecordRow(Row):
    """One merchant's part in a solution, as it stands."""

    id: str  # a digest of provider, solution, merchant and keys
    solution: str  # its code
    provider: str  # user id
    merchant: str  # user id
    batch: str  # by which file it was handed in last
    told: dict[str, str]  # what the file said
    reason: str = ""  # why it was rejected
    state: str = SolutionRecord.begin.name
