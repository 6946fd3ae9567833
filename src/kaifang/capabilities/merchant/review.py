"""Reviewing applications: by rule where a rule can tell, by people where it cannot."""

from typing import Annotated, Any

from msgspec import Meta

from kaifang.kernel import DAY, Key, Line, Moment, Shape, Who, Work, method
from kaifang.kernel.shape import encode

from .admission import admit, change_shop, open_shop
from .category import the_category
from .entry import WantedMerchant
from .errors import ORDER_NOT_EXIST, ORDER_REVIEWED, ORDER_UNDER_REVIEW
from .states import Admission
from .tables import AdmissionRow, SecondaryRow, ShopRow, WantedShop

WAITS = 15 * DAY  # how long a merchant has time to agree
MOST = 100  # applications that are listed
PRETENDED = ("支付宝", "蚂蚁", "银行", "官方", "alipay", "kaifang", "开放平台")  # what only these themselves are called
STATUS = {
    Admission.SUBMITTED.name: "031", Admission.REVIEWING.name: "031", Admission.CONFIRMING.name: "031",
    Admission.PASSED.name: "99", Admission.REFUSED.name: "-1",
}  # fmt: skip


def doubt_of(wanted: WantedShop | WantedMerchant) -> str:
    """Why people are to look at a shop or merchant before it is admitted; nothing if they need not."""
    licence = the_category(wanted.category).licence
    if licence:
        return f"needs {licence}"
    pretended = [word for word in PRETENDED if word in wanted.name.lower()]
    return f"calls itself {pretended[0]}" if pretended else ""


def apply(work: Work, slot: str, wanted: WantedShop | WantedMerchant, **fields: Any) -> AdmissionRow:
    """An application, decided at once where a rule can; asking the same again means the same application."""
    waiting = work.find(AdmissionRow, slot=slot)
    if waiting is not None:
        if waiting.wanted != wanted:
            raise ORDER_UNDER_REVIEW(order_id=waiting.id)
        return waiting
    if (done := decided(work, wanted, **fields)) is not None:
        return done
    order = work.add(
        AdmissionRow(
            id=work.new_id("00502"), merchant=work.caller.merchant, slot=slot, name=wanted.name, wanted=wanted,
            made=work.now, external_id=wanted.external_id if isinstance(wanted, WantedMerchant) else "", **fields,
        )
    )  # fmt: skip
    rule(work, order)
    return order


def decided(
    work: Work, wanted: WantedShop | WantedMerchant, shop: str = "", smid: str = "", **_: Any
) -> AdmissionRow | None:
    """The application by which a shop or merchant is what it is asked to be already."""
    row = work.find(ShopRow, id=shop) or work.find(SecondaryRow, id=smid)
    latest = work.find(AdmissionRow, id=row.latest) if row is not None else None
    return latest if latest is not None and latest.wanted == wanted else None


def rule(work: Work, order: AdmissionRow) -> None:
    """Admit what no rule doubts; let people look at the rest. A change that leaves name and kind alone is no doubt."""
    before = work.find(ShopRow, id=order.shop) or work.find(SecondaryRow, id=order.smid)
    same = before is not None and (before.name, before.category) == (order.wanted.name, order.wanted.category)
    order.doubt = "" if same else doubt_of(order.wanted)
    if order.doubt:
        Admission.review(work, order, merchant=order.merchant, doubt=order.doubt)
    else:
        go_on(work, order)


def go_on(work: Work, order: AdmissionRow) -> None:
    """No doubt is left: whom it is for has to agree, if that is somebody else; else it passes."""
    signer = order.wanted.signer if isinstance(order.wanted, WantedMerchant) else ""
    if not signer:
        accept(work, order)
        return
    Admission.confirm(work, order, merchant=order.merchant)
    opened = work.ask(
        "kaifang.proposal.open", party=signer, proposer=order.merchant, kind="admission", subject=order.id,
        zh="服务商申请将您入驻为其二级商户，您的交易款项将按以下方式结算",
        en="A service provider wants to sell for you; what is sold is settled as said here.",
        points=points(order.wanted), until=work.now + WAITS,
    )  # fmt: skip
    order.confirmed, order.proposal, order.page = "CREATE", opened.proposal_id, opened.url


def points(wanted: WantedShop | WantedMerchant) -> list[dict[str, str]]:
    """What a merchant agrees to, line by line."""
    about = wanted.about
    target = getattr(about, "alipay_logon_id", None) or "".join(one.account_no[-4:] for one in about.biz_cards)
    return [
        {"zh": "商户名称", "en": "Merchant", "value": wanted.name},
        {"zh": "经营类目", "en": "Business", "value": the_category(wanted.category).name},
        {"zh": "结算到", "en": "Settled to", "value": target},
    ]


def accept(work: Work, order: AdmissionRow) -> None:
    """An application passes: what it was for comes to be, and the merchant hears of it."""
    Admission.accept(work, order, merchant=order.merchant)
    order.slot = None
    if isinstance(order.wanted, WantedMerchant):
        row = admit(work, order, order.wanted)
        order.smid = row.id
        more = {"card_alias_no": row.card_alias} if row.card_alias else {}
        tell(work, order, "ant.merchant.expand.indirect.zft.passed", smid=row.id, **more)
    else:
        order.shop = (change_shop if order.shop else open_shop)(work, order).id
        tell(work, order, "ant.merchant.expand.shop.save.passed", shop_id=order.shop)


def refuse(work: Work, order: AdmissionRow, reason: str) -> None:
    """An application is refused: nothing comes of it."""
    Admission.refuse(work, order, merchant=order.merchant, reason=reason)
    order.slot, order.reason = None, reason
    if order.confirmed == "CREATE":
        order.confirmed = "NOT_CONFIRM"
        work.ask("kaifang.proposal.withdraw", proposal_id=order.proposal)
    if isinstance(order.wanted, WantedMerchant):
        tell(work, order, "ant.merchant.expand.indirect.zft.rejected", reason=reason)
    else:
        tell(work, order, "ant.merchant.expand.shop.save.rejected", audit_reason=reason)


def tell(work: Work, order: AdmissionRow, topic: str, **more: str) -> None:
    """Message the merchant's applications what became of an application."""
    wanted = order.wanted
    named = {"shop_name": order.name, "store_id": wanted.store_id} if isinstance(wanted, WantedShop) else {}
    content = {"order_id": order.id, **named, **more}
    if isinstance(wanted, WantedMerchant):
        content["external_id"] = wanted.external_id
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
    told = {"SHOP_ID": order.shop, "smid": order.smid, "REASON": order.reason}
    more = {name: value for name, value in told.items() if value}
    return Queried(
        status=STATUS[order.state], apply_time=Moment(order.made), ip_role_id=[order.smid or order.role],
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
    state: str  # PASSED, REFUSED, or CONFIRMING: whom it is for has to agree yet
    shop_id: str | None = None  # the shop, if there is one now


@method("kaifang.merchant.review.decide", who=Who.OPERATOR, raises=[ORDER_NOT_EXIST, ORDER_REVIEWED])
def decide(work: Work, ask: Decide) -> Decided:
    """Admit what was applied for, or refuse it; saying the same again changes nothing."""
    order = work.find(AdmissionRow, id=ask.order_id)
    if order is None:
        raise ORDER_NOT_EXIST(order_id=ask.order_id)
    said = (Admission.PASSED if ask.passes else Admission.REFUSED).name
    if order.state not in (said, Admission.REVIEWING.name):
        raise ORDER_REVIEWED(state=order.state)
    if order.state != said and ask.passes:
        go_on(work, order)
    elif order.state != said:
        refuse(work, order, ask.reason)
    return Decided(order_id=order.id, state=order.state, shop_id=order.shop or None)
