"""Looking activities up: one, many, and where and for what their vouchers are taken."""

from typing import Any, Literal

from kaifang.kernel import Count, Key, Moment, Shape, Work, method

from .errors import ACTIVITY_NOT_EXIST, INVALID
from .find import Paged, own_activity, terms_of
from .parts import Base, BelongMerchant, Deduct, Display, Guide, Scope, SendMode, Supply, UseRule
from .rules import sellers_of, shops_of
from .states import Activity
from .tables import ActivityRow, TermsRow

STATUS = {
    "INIT": "INIT",
    "WAITING": "ACTIVE",
    "ACTIVE": "ACTIVE",
    "STOPPED": "CLOSED",
    "ENDED": "CLOSED",
    "DELETED": "CLOSED",
}
OF_STATUS = {"INIT": ("INIT",), "ACTIVE": ("WAITING", "ACTIVE"), "CLOSED": ("STOPPED", "ENDED")}


class Which(Shape):
    activity_id: Key  # the platform's number
    merchant_access_mode: Key | None = None  # how you came here; says nothing here


class WhichOf(Which):
    merchant_id: Key | None = None  # whose it is: yourself


class Common(Shape):
    """What is told of an activity everywhere."""

    activity_id: str  # the platform's number
    activity_name: str  # what the merchant calls it
    activity_status: str  # INIT, ACTIVE or CLOSED
    publish_start_time: Moment  # from when it can be had
    publish_end_time: Moment  # until when
    voucher_type: str  # which of the four kinds
    activity_base_info: Base | None = None  # the same, and whose it is
    voucher_available_scope_info: Scope | None = None  # where it can be used, and for what
    voucher_customer_guide_info: Guide | None = None  # where people are led
    voucher_deduct_info: Deduct | None = None  # what is taken off
    voucher_display_pattern_info: Display | None = None  # how people see it
    voucher_send_mode_info: SendMode | None = None  # how many, when and by whom
    voucher_use_rule_info: UseRule | None = None  # when, and how often


def base_of(row: ActivityRow) -> Base:
    """What an activity is called, whose it is and how it stands."""
    return Base(
        activity_id=row.id, activity_name=row.name or None, activity_status=STATUS[row.state],
        activity_operation_status="STOPPED" if row.state == Activity.STOPPED.name else "NORMAL",
        activity_product_type="ORDER_VOUCHER" if row.kind == "order" else "PAYMENT_VOUCHER",
        belong_merchant_info=BelongMerchant(merchant_id=row.merchant, merchant_id_type="PID"),
        code_mode=row.code_mode or None, out_activity_id=row.out_no.partition("/")[2],
    )  # fmt: skip


def common(row: ActivityRow, terms: TermsRow) -> dict[str, Any]:
    """The members that are told of an activity everywhere."""
    return {
        "activity_id": row.id, "activity_name": row.name, "activity_status": STATUS[row.state],
        "publish_start_time": Moment(row.start), "publish_end_time": Moment(row.end),
        "voucher_type": terms.deduct.voucher_type, "activity_base_info": base_of(row),
        "voucher_available_scope_info": terms.scope, "voucher_customer_guide_info": terms.guide,
        "voucher_deduct_info": terms.deduct, "voucher_display_pattern_info": terms.display,
        "voucher_send_mode_info": terms.send, "voucher_use_rule_info": terms.rule,
    }  # fmt: skip


class Inventory(Shape):
    send_count: Count  # how many were had
    use_count: Count  # how many were used


class Summary(Shape):
    publish_count: Count  # how many were had
    used_count: Count  # how many were used


def inventory(work: Work, row: ActivityRow) -> tuple[int, int]:
    """How many of an activity were had and how many used, by the journal."""
    there = -work.balance(row.issued, row.asset).minor
    left, retired = work.balance(row.stock, row.asset).minor, work.balance(row.retired, row.asset).minor
    return there - left - retired, work.balance(row.used, row.asset).minor


class Found(Common):
    voucher_inventory_info: Inventory  # how many were had and used
    summary: Summary  # the same
    voucher_budget_supply_info: Supply | None = None  # who pays what is taken off
    belong_merchant_info: BelongMerchant | None = None  # whose it is


@method("alipay.marketing.activity.voucher.query", reads=True, raises=[ACTIVITY_NOT_EXIST])
def query_payment(work: Work, ask: Which) -> Found:
    """Ask how an activity of yours stands, how many of its vouchers were had and how many used."""
    row = own_activity(work, ask.activity_id, "payment")
    terms, (had, used) = terms_of(work, row), inventory(work, row)
    return Found(
        **common(row, terms), voucher_budget_supply_info=terms.supply,
        voucher_inventory_info=Inventory(send_count=had, use_count=used),
        summary=Summary(publish_count=had, used_count=used),
        belong_merchant_info=BelongMerchant(merchant_id=row.merchant, merchant_id_type="PID"),
    )  # fmt: skip


class FoundAny(Common):
    belong_merchant_id: str  # user id of whose it is


@method("alipay.marketing.activity.query", reads=True, raises=[ACTIVITY_NOT_EXIST, INVALID])
def query(work: Work, ask: WhichOf) -> FoundAny:
    """Ask what an activity of yours promises, whichever sort it is."""
    row = the_activity(work, ask)
    return FoundAny(**common(row, terms_of(work, row)), belong_merchant_id=row.merchant)


def the_activity(work: Work, ask: Any) -> ActivityRow:
    """The caller's activity, named as the caller's own."""
    check_owner(work, ask.merchant_id)
    return own_activity(work, ask.activity_id, "payment", "order")


def check_owner(work: Work, merchant_id: str | None) -> None:
    """Whether a merchant asks about himself."""
    if merchant_id not in (None, work.caller.merchant):
        raise INVALID(field="merchant_id", reason="ask about your own activities")


class AskMany(Paged):
    activity_status: Literal["INIT", "ACTIVE", "CLOSED"] | None = None  # only those that stand so
    merchant_id: Key | None = None  # whose they are: yourself
    merchant_access_mode: Key | None = None  # how you came here; says nothing here


class Lite(Common):
    belong_merchant_id: str  # user id of whose it is
    create_time: Moment  # when it was drawn up


class Listed(Shape):
    activity_lite_infos: list[Lite]  # the newest first
    page_num: Count  # which page
    page_size: Count  # how many on a page
    total_size: Count  # how many in all


@method("alipay.marketing.activity.batchquery", reads=True, raises=[INVALID])
def batch_query(work: Work, ask: AskMany) -> Listed:
    """List your activities, the newest first."""
    check_owner(work, ask.merchant_id)
    where, values = "merchant = ? and kind in (?, ?)", [work.caller.merchant, "payment", "order"]
    if ask.activity_status is not None:
        states = OF_STATUS[ask.activity_status]
        where, values = f"{where} and state in ({', '.join('?' * len(states))})", [*values, *states]
    skipped = (ask.page_num - 1) * ask.page_size
    rows = work.select(ActivityRow, where, values, "id desc", ask.page_size, offset=skipped)
    listed = [
        Lite(**common(row, terms_of(work, row)), belong_merchant_id=row.merchant, create_time=Moment(row.created))
        for row in rows
    ]
    return Listed(activity_lite_infos=listed, **told_page(ask, work.count(ActivityRow, where, values)))


def told_page(ask: Paged, count: int) -> dict[str, int]:
    """Which page of how many things is answered."""
    return {"page_num": ask.page_num, "page_size": ask.page_size, "total_size": count}


class AskPart(Paged):
    activity_id: Key  # the platform's number
    merchant_id: Key | None = None  # whose it is: yourself
    merchant_access_mode: Key | None = None  # how you came here; says nothing here


class PageOf(Shape):
    activity_id: str  # the platform's number
    page_num: Count  # which page
    page_size: Count  # how many on a page
    total_size: Count  # how many in all


def page_of(ask: Paged, found: list[Any]) -> list[Any]:
    """The page that is asked for."""
    return found[(ask.page_num - 1) * ask.page_size :][: ask.page_size]


class AppInfo(Shape):
    mini_app_id: str  # an app in which it is taken


class AppsFound(PageOf):
    app_infos: list[AppInfo]  # the apps in which alone vouchers are taken; none if in all


@method("alipay.marketing.activity.app.batchquery", reads=True, raises=[ACTIVITY_NOT_EXIST, INVALID])
def query_apps(work: Work, ask: AskPart) -> AppsFound:
    """List the apps in which an activity's vouchers are taken."""
    row = the_activity(work, ask)
    scope = terms_of(work, row).scope
    apps = scope.voucher_available_app_info if scope is not None else None
    found = [AppInfo(mini_app_id=app) for app in ((apps.available_app_ids or []) if apps is not None else [])]
    return AppsFound(activity_id=row.id, app_infos=page_of(ask, found), **told_page(ask, len(found)))


class MerchantInfo(Shape):
    merchant_id: str  # user id of a merchant that takes it
    merchant_id_type: str  # PID


class MerchantsFound(PageOf):
    merchant_infos: list[MerchantInfo]  # who takes its vouchers


@method("alipay.marketing.activity.merchant.batchquery", reads=True, raises=[ACTIVITY_NOT_EXIST, INVALID])
def query_merchants(work: Work, ask: AskPart) -> MerchantsFound:
    """List the merchants that take an activity's vouchers."""
    row = the_activity(work, ask)
    named = sellers_of(terms_of(work, row).scope) or [row.merchant]
    found = [MerchantInfo(merchant_id=one, merchant_id_type="PID") for one in named]
    return MerchantsFound(activity_id=row.id, merchant_infos=page_of(ask, found), **told_page(ask, len(found)))


class AskShops(AskPart):
    product_version: Key | None = None  # which edition of shops; says nothing here


class ShopInfo(Shape):
    shop_id: str  # its number, as the activity names it


class ShopsFound(PageOf):
    shop_infos: list[ShopInfo]  # the shops that alone take its vouchers; none if all do


@method("alipay.marketing.activity.shop.batchquery", reads=True, raises=[ACTIVITY_NOT_EXIST, INVALID])
def query_shops(work: Work, ask: AskShops) -> ShopsFound:
    """List the shops that take an activity's vouchers."""
    row = the_activity(work, ask)
    found = [ShopInfo(shop_id=shop) for shop in shops_of(terms_of(work, row))]
    return ShopsFound(activity_id=row.id, shop_infos=page_of(ask, found), **told_page(ask, len(found)))


class AskGoods(AskShops):
    goods_use_type: Literal["AVAILABLE_GOODS", "EXCLUDE_GOODS"] | None = None  # only these


class GoodsInfo(Shape):
    goods_id: str  # the merchant's number
    goods_use_type: str  # AVAILABLE_GOODS: made cheaper; EXCLUDE_GOODS: not


class GoodsFound(PageOf):
    goods_infos: list[GoodsInfo]  # the goods that are named; none if it is for all


@method("alipay.marketing.activity.goods.batchquery", reads=True, raises=[ACTIVITY_NOT_EXIST, INVALID])
def query_goods(work: Work, ask: AskGoods) -> GoodsFound:
    """List the goods that an activity's vouchers are for, and those that they are not for."""
    row = the_activity(work, ask)
    scope = terms_of(work, row).scope
    goods = scope.voucher_available_goods_info if scope is not None else None
    named = {
        "AVAILABLE_GOODS": (goods.available_goods_sku_ids or []) if goods is not None else [],
        "EXCLUDE_GOODS": (goods.exclude_goods_sku_ids or []) if goods is not None else [],
    }
    found = [
        GoodsInfo(goods_id=one, goods_use_type=kind)
        for kind, ids in named.items()
        if ask.goods_use_type in (None, kind)
        for one in ids
    ]
    return GoodsFound(activity_id=row.id, goods_infos=page_of(ask, found), **told_page(ask, len(found)))
