"""Commodities: services that providers publish, the platform reviews, and merchants find."""

from typing import Annotated, Literal

from msgspec import Meta

from kaifang.kernel import INVALID_PARAMETER, NO_PERMISSION, Address, Key, Line, Moment, Money, Shape, Work, method

from .errors import COMMODITY_NOT_EXIST, COMMODITY_STATUS_ERROR, DISPLAY_NOT_EXIST, NOT_ISV_APP_TYPE
from .find import own_commodity, provider
from .states import Commodity
from .tables import CityRow, CommodityRow, Display

MOST = 100  # commodities and displays
PAGE = Annotated[int, Meta(ge=1, le=10_000)]
CHANGED = "alipay.open.servicemarket.commodity.change.notify"


class About(Shape):
    """What a provider says of a commodity."""

    contactor: Line | None = None  # whom to ask
    phone: Key | None = None  # and under which number
    log_url: Address | None = None  # its picture
    app_hot_logo: Address | None = None  # the same, small
    mobile_visiturl: Address | None = None  # where it is set up on a phone
    user_guide: Address | None = None  # how it is used
    test_detail: Line | None = None  # how it was tried
    test_report: Address | None = None  # what came of that
    authorization_file: Address | None = None  # by which the provider may offer it
    biz_type_code: Key | None = None  # which type of service
    category_id: Key | None = None  # category
    commodity_affiliation: Literal["0", "1"] | None = None  # made by the provider itself, or by somebody else


class Publish(About):
    commodity_id: Key | None = None  # one of yours, to change it; a new one if left out
    title: Line  # what it is called
    subtitle: Line = ""  # what it does
    category_code: Key  # for which business
    kind: Literal["SHOP", "MINI"]  # what it is set up for, one by one
    specification: Line = ""  # which edition
    price: Money  # yuan for each shop or mini program; 0.00: free
    days: Annotated[int, Meta(ge=0, le=3660)] = 0  # how long it lasts; 0: without an end


class Published(Shape):
    commodity_id: str  # 28 digits
    status: str  # AUDIT


@method(
    "kaifang.market.commodity.publish", raises=[NOT_ISV_APP_TYPE, COMMODITY_NOT_EXIST, COMMODITY_STATUS_ERROR]
)  # fmt: skip
def publish(work: Work, ask: Publish) -> Published:
    """Publish a service, or change one of yours: the platform reviews it; what was ordered before stays as it was."""
    if ask.commodity_id is None:
        app = provider(work)
        row = CommodityRow(
            id=work.new_id("20610"), provider=app.party, app=app.app_id, kind=ask.kind, since=work.now,
            title="", subtitle="", category="", specification="", price=Money(0), days=0, told={},
        )  # fmt: skip
        work.add(row)
    else:
        row = own_commodity(work, ask.commodity_id)
        Commodity.submit(work, row, provider=row.provider)
    row.title, row.subtitle, row.category, row.kind = ask.title, ask.subtitle, ask.category_code, ask.kind
    row.specification, row.price, row.days, row.memo = ask.specification, ask.price, ask.days, ""
    row.told = {name: told for name in About.__struct_fields__ if (told := getattr(ask, name)) is not None}
    return Published(commodity_id=row.id, status=row.state)


class Which(Shape):
    commodity_id: Key  # which commodity


class Stands(Shape):
    commodity_id: str  # which commodity
    status: str  # AUDIT, AUDIT_REJECT, ONLINE or AUDIT_OFFLINE


DOWN_FAULTS = [NOT_ISV_APP_TYPE, COMMODITY_NOT_EXIST, COMMODITY_STATUS_ERROR]


@method("kaifang.market.commodity.take_down", raises=DOWN_FAULTS)
def take_down(work: Work, ask: Which) -> Stands:
    """Take a service of yours from the market, as the provider, or any as the operators; orders go on."""
    if work.caller.role == "operator":
        row = any_commodity(work, ask.commodity_id)
    else:
        row = own_commodity(work, ask.commodity_id)
    Commodity.take_down(work, row, provider=row.provider)
    tell(work, row)
    return Stands(commodity_id=row.id, status=row.state)


def any_commodity(work: Work, commodity_id: str) -> CommodityRow:
    """The commodity with this number."""
    row = work.find(CommodityRow, id=commodity_id)
    if row is None:
        raise COMMODITY_NOT_EXIST(commodity_id=commodity_id)
    return row


def tell(work: Work, row: CommodityRow) -> None:
    """Tell the provider how a commodity stands."""
    content = {"commodity_id": row.id, "status": row.state, "audit_memo": row.memo}
    work.ask("kaifang.openapp.message.send", msg_method=CHANGED, content=content, app=row.app, subject=row.id)


class Query(Which):
    user_id: Key | None = None  # whose it is; checked if given


class Queried(About):
    commodity_id: str  # 28 digits
    user_id: str  # the provider
    name: str  # what the provider is called
    title: str  # what it is called
    subtitle: str  # what it does
    category_code: str  # for which business
    status: str  # AUDIT, AUDIT_REJECT, ONLINE or AUDIT_OFFLINE
    sub_status: str  # 1 while the platform reviews it, else 0
    audit_memo: str | None = None  # why it was rejected
    create_date: Moment  # when it was published first


@method("alipay.open.servicemarket.commodity.query", raises=[COMMODITY_NOT_EXIST], reads=True)
def query(work: Work, ask: Query) -> Queried:
    """Query a service: one of yours, or one that is on sale."""
    row = any_commodity(work, ask.commodity_id)
    mine = row.app == work.caller.app
    if ask.user_id not in (None, row.provider) or not mine and row.state != Commodity.ONLINE.name:
        raise COMMODITY_NOT_EXIST(commodity_id=ask.commodity_id)
    return Queried(
        **{name: row.told.get(name) for name in About.__struct_fields__}, commodity_id=row.id, user_id=row.provider,
        name=work.ask("kaifang.account.party.find", user_id=row.provider).name, title=row.title,
        subtitle=row.subtitle, category_code=row.category, status=row.state,
        sub_status=str(int(row.state == Commodity.AUDIT.name)), audit_memo=row.memo or None,
        create_date=Moment(row.since),
    )  # fmt: skip


class Place(Shape):
    """Where a commodity is shown."""

    displayapp_id: Key  # your number of it
    app_id: Key | None = None  # in which application
    category_name: Line | None = None  # under which heading
    city_name: Line | None = None  # in which city
    displayapp_name: Line | None = None  # under which name
    displayapp_memo: Line | None = None  # with which words
    displayapp_url: Address | None = None  # where people get to
    displayapp_status: Literal["0", "1", "2"] | None = None  # off, on, or being repaired
    action_url: Address | None = None  # where they pass before
    export_url: Address | None = None  # the same for others
    property_id: Key | None = None  # your number of its property
    commodity_id: Key | None = None  # the same as outside
    create_user_id: Key | None = None  # who wrote it


Places = Annotated[list[Place], Meta(min_length=1, max_length=MOST)]


class Add(Which):
    user_id: Key | None = None  # whose it is; checked if given
    commodity_ext_infos: Places  # where it is to be shown


class Done(Shape):
    pass


@method("alipay.open.servicemarket.commodity.extendinfos.add", raises=[NOT_ISV_APP_TYPE, COMMODITY_NOT_EXIST])
def add_places(work: Work, ask: Add) -> Done:
    """Say where a service is to be shown, such as in which cities; the platform agrees to each."""
    row = own_commodity(work, ask.commodity_id)
    if ask.user_id not in (None, row.provider):
        raise COMMODITY_NOT_EXIST(user_id=ask.user_id)
    for place in ask.commodity_ext_infos:
        told = {name: getattr(place, name) for name in place.__struct_fields__ if getattr(place, name) is not None}
        kept = [one for one in row.displays if one.displayapp_id != place.displayapp_id]
        row.displays = [*kept, Display(displayapp_id=place.displayapp_id, told=told)]
    note_cities(work, row)
    if len(row.displays) > MOST:
        raise INVALID_PARAMETER(field="commodity_ext_infos", reason=f"more than {MOST} in all")
    return Done()


class Decision(Shape):
    displayapp_id: Key  # which place
    city_status: Literal["0", "1"]  # no or yes
    memo: Line = ""  # why not
    mapping_displayapp_id: Key | None = None  # the place that it takes the place of


class Confirm(Which):
    user_id: Key | None = None  # whose it is; checked if given
    status: Literal["0", "1"]  # whether it may be offered
    memo: Line = ""  # why not; needed for 0
    commodity_ext_infos: Annotated[list[Decision], Meta(max_length=MOST)] = []  # where it may be shown


@method(
    "alipay.open.servicemarket.commodity.extendinfos.confirm", raises=[COMMODITY_NOT_EXIST, DISPLAY_NOT_EXIST]
)  # fmt: skip
def confirm(work: Work, ask: Confirm) -> Done:
    """Decide, as the platform, whether a service may be offered, and where it is shown; the provider hears of it."""
    if work.caller.role not in ("operator", "inside"):
        raise NO_PERMISSION(needs="the role operator")
    row = any_commodity(work, ask.commodity_id)
    if ask.user_id not in (None, row.provider):
        raise COMMODITY_NOT_EXIST(user_id=ask.user_id)
    if ask.status == "0" and not ask.memo:
        raise INVALID_PARAMETER(field="memo", reason="missing; say why not")
    if Commodity.approve.possible(row):
        arrow = Commodity.approve if ask.status == "1" else Commodity.reject
        arrow(work, row, provider=row.provider)
        row.memo = ask.memo
    for one in ask.commodity_ext_infos:
        decide_on_place(row, one)
    note_cities(work, row)
    tell(work, row)
    return Done()


def decide_on_place(row: CommodityRow, one: Decision) -> None:
    """Show it there, or not; what it takes the place of goes."""
    place = next((place for place in row.displays if place.displayapp_id == one.displayapp_id), None)
    if place is None:
        raise DISPLAY_NOT_EXIST(displayapp_id=one.displayapp_id)
    place.shown, place.memo = one.city_status == "1", one.memo
    if place.shown and one.mapping_displayapp_id not in (None, one.displayapp_id):
        row.displays = [other for other in row.displays if other.displayapp_id != one.mapping_displayapp_id]


class Nothing(Shape):
    pass


@method(CHANGED)
def tell_again(work: Work, ask: Nothing) -> Done:
    """Be told again, by messages to your gateway, how each service of yours stands."""
    for row in work.select(CommodityRow, "app = ?", (work.caller.app,), "id", MOST):
        tell(work, row)
    return Done()


class List(Shape):
    city: Line | None = None  # only what is shown in this city
    mine: bool = False  # your own as the provider, in whatever state; else what is on sale
    page_num: PAGE = 1  # from 1
    page_size: Annotated[int, Meta(ge=1, le=100)] = 20  # 1 to 100


class Offered(Shape):
    commodity_id: str  # 28 digits
    provider_name: str  # who offers it
    title: str  # what it is called
    subtitle: str  # what it does
    category_code: str  # for which business
    kind: str  # what it is set up for: SHOP or MINI
    specification: str  # which edition
    price: Money  # yuan for each
    days: int  # how long it lasts; 0: without an end
    status: str  # AUDIT, AUDIT_REJECT, ONLINE or AUDIT_OFFLINE
    cities: list[str]  # where it is shown
    memo: str | None = None  # why it was rejected


class Listed(Shape):
    commodities: list[Offered]  # by title


@method("kaifang.market.commodity.list", reads=True)
def list_commodities(work: Work, ask: List) -> Listed:
    """List the services on sale, or your own."""
    if ask.mine:
        where, values = "app = ?", (work.caller.app,)
    else:
        where, values = "state = ?", (Commodity.ONLINE.name,)
    if ask.city is not None:
        where += " and id in (select commodity from commodity_city where city = ?)"
        values = (*values, ask.city)
    skipped = (ask.page_num - 1) * ask.page_size
    rows = work.select(CommodityRow, where, values, "title, id", ask.page_size, offset=skipped)
    return Listed(commodities=[offered(work, row) for row in rows])


def note_cities(work: Work, row: CommodityRow) -> None:
    """Keep in which cities it is shown, beside it."""
    before, now = work.select(CityRow, "commodity = ?", (row.id,)), cities(row)
    for one in before:
        if one.city not in now:
            work.remove(one)
    for city in set(now) - {one.city for one in before}:
        work.add(CityRow(city=city, commodity=row.id))


def cities(row: CommodityRow) -> list[str]:
    """Where it is shown."""
    return sorted({one.told.get("city_name", "") for one in row.displays if one.shown} - {""})


def offered(work: Work, row: CommodityRow) -> Offered:
    """A commodity as who looks for one sees it."""
    return Offered(
        commodity_id=row.id, provider_name=work.ask("kaifang.account.party.find", user_id=row.provider).name,
        title=row.title, subtitle=row.subtitle, category_code=row.category, kind=row.kind,
        specification=row.specification, price=row.price, days=row.days, status=row.state, cities=cities(row),
        memo=row.memo or None,
    )  # fmt: skip
