"""Reviewing applications: by rule where a rule can tell, by people where it cannot."""

from typing import Annotated

from msgspec import Meta

from kaifang.kernel import Key, Line, Moment, Shape, Who, Work, method
from kaifang.kernel.shape import encode

from .admission import change_shop, open_shop
from .category import the_category
from .errors import ORDER_NOT_EXIST, ORDER_REVIEWED
from .states import Admission
from .tables import AdmissionRow, ShopRow, WantedShop

MOST = 100  # applications that are listed
PRETENDED = ("支付宝", "蚂蚁", "银行", "官方", "alipay", "kaifang", "开放平台")  # what only these themselves are called
STATUS = {
    Admission.SUBMITTED.name: "031", Admission.REVIEWING.name: "031", Admission.PASSED.name: "99",
    Admission.REFUSED.name: "-1",
}  # fmt: skip


def doubt_of(wanted: WantedShop) -> str:
    """Why people are to look at a shop before it is admitted; nothing if they need not."""
    licence = the_category(wanted.category).licence
    if licence:
        return f"needs {licence}"
    pretended = [word for word in PRETENDED if word in wanted.name.lower()]
    return f"calls itself {pretended[0]}" if pretended else ""


def rule(work: Work, order: AdmissionRow) -> None:
    """Admit what no rule doubts; let people look at the rest. A change that leaves name and kind alone is no doubt."""
    before = work.find(ShopRow, id=order.shop) if order.shop else None
    same = before is not None and (before.name, before.category) == (order.wanted.name, order.wanted.category)
    order.doubt = "" if same else doubt_of(order.wanted)
    if order.doubt:
        Admission.review(work, order, merchant=order.merchant, doubt=order.doubt)
    else:
        accept(work, order)


def accept(work: Work, order: AdmissionRow) -> None:
    """An application passes: what it was for comes to be, and the merchant hears of it."""
    Admission.accept(work, order, merchant=order.merchant)
    order.slot = None
    shop = (change_shop if order.shop else open_shop)(work, order)
    order.shop = shop.id
    tell(work, order, "ant.merchant.expand.shop.save.passed", shop_id=shop.id)


def refuse(work: Work, order: AdmissionRow, reason: str) -> None:
    """An application is refused: nothing comes of it."""
    Admission.refuse(work, order, merchant=order.merchant, reason=reason)
    order.slot, order.reason = None, reason
    tell(work, order, "ant.merchant.expand.shop.save.rejected", audit_reason=reason)


def tell(work: Work, order: AdmissionRow, topic: str, **more: str) -> None:
    """Message the merchant's applications what became of an application."""
    content = {"order_id": order.id, "store_id": order.wanted.store_id, "shop_name": order.name, **more}
    work.ask(
        "kaifang.openapp.message.send", msg_method=topic, content=content, merchant=order.merchant, subject=order.id
    )


def slot_of_change(row: ShopRow) -> str:
    """What stands for a change of a shop that is not decided yet."""
    return f"CHANGE/{row.id}"


class Query(Shape):
    order_id: Key  # the number of the application


class Queried(Shape):
    status: str  # 031: under review, 99: passed, -1: refused
    apply_time: Moment  # when it was made
    merchant_name: str  # what the merchant is called
    ip_role_id: list[str]  # whom it is for
    ext_info: str | None = None  # JSON: SHOP_ID once it passed, or REASON if it was refused


@method("ant.merchant.expand.order.query", raises=[ORDER_NOT_EXIST], reads=True)
def query(work: Work, ask: Query) -> Queried:
    """Ask what became of an application."""
    order = work.find(AdmissionRow, id=ask.order_id)
    if order is None or order.merchant != work.caller.merchant:
        raise ORDER_NOT_EXIST(order_id=ask.order_id)
    more = {name: value for name, value in (("SHOP_ID", order.shop), ("REASON", order.reason)) if value}
    return Queried(
        status=STATUS[order.state], apply_time=Moment(order.made), ip_role_id=[order.role],
        merchant_name=work.ask("kaifang.account.party.find", user_id=order.merchant).name,
        ext_info=encode(more).decode() if more else None,
    )  # fmt: skip


class List(Shape):
    page_num: Annotated[int, Meta(ge=1, le=100_000)] = 1  # which page, from 1


class Doubtful(Shape):
    order_id: str  # the number of the application
    kind: str  # SHOP_CREATE or SHOP_MODIFY
    merchant: str  # user id of who applies
    name: str  # what the shop is called
    category: str  # its kind of business
    doubt: str  # why it is to be looked at
    made: Moment  # since when it waits


class Listed(Shape):
    orders: list[Doubtful]  # the oldest first, 100 on a page


@method("kaifang.merchant.review.list", who=Who.OPERATOR, reads=True)
def list_doubtful(work: Work, ask: List) -> Listed:
    """List the applications that people are to look at."""
    where, values = "state = ?", (Admission.REVIEWING.name,)
    rows = work.select(AdmissionRow, where, values, "id", MOST, offset=MOST * (ask.page_num - 1))
    return Listed(orders=[doubtful(row) for row in rows])


def doubtful(row: AdmissionRow) -> Doubtful:
    """An application as a reviewer sees it."""
    return Doubtful(
        order_id=row.id, kind=row.kind, merchant=row.merchant, name=row.name, category=row.wanted.category,
        doubt=row.doubt, made=Moment(row.made),
    )  # fmt: skip


class Decide(Shape):
    order_id: Key  # the number of the application
    passes: bool  # whether it is admitted
    reason: Line = ""  # why not


class Decided(Shape):
    order_id: str  # the number of the application
    state: str  # PASSED or REFUSED
    shop_id: str | None = None  # the shop, if there is one now


@method("kaifang.merchant.review.decide", who=Who.OPERATOR, raises=[ORDER_NOT_EXIST, ORDER_REVIEWED])
def decide(work: Work, ask: Decide) -> Decided:
    """Admit what was applied for, or refuse it; saying the same again changes nothing."""
    order = work.find(AdmissionRow, id=ask.order_id)
    if order is None:
        raise ORDER_NOT_EXIST(order_id=ask.order_id)
    said = (Admission.PASSED if ask.passes else Admission.REFUSED).name
    if order.state != said and not Admission.refuse.possible(order):
        raise ORDER_REVIEWED(state=order.state)
    if order.state != said and ask.passes:
        accept(work, order)
    elif order.state != said:
        refuse(work, order, ask.reason)
    return Decided(order_id=order.id, state=order.state, shop_id=order.shop or None)
