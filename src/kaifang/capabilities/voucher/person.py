"""What people have: as the merchant looks it up, and as they see it themselves."""

from typing import Annotated, Any, Literal, get_args

from msgspec import Meta

from kaifang.kernel import Count, Fault, Key, Line, Moment, Money, Shape, Who, Work, method

from .errors import BUDGET_NOT_ENOUGH, INVALID, VOUCHER_NOT_EXIST
from .find import (
    Here,
    Paged,
    PageNumber,
    PageSize,
    Person,
    Place,
    any_activity,
    party,
    places_of,
    planned,
    shops_near,
    signed_in,
    terms_of,
    the_person,
)
from .hands import check_count, check_open, check_room, in_use, limits
from .hours import is_time
from .parts import Base, Deduct, Display, Guide, Scope, SendMode, UseRule
from .query import base_of, told_page
from .rules import shops_of
from .sale import can_go_back, sale_of
from .states import Activity, Sale, Voucher
from .tables import ActivityRow, CodeRow, HolderRow, SaleRow, TermsRow, UseRow, VoucherRow

Status = Literal["SENDED", "USED", "EXPIRED", "INVALID"]


class ConsultActivity(Shape):
    activity_id: Key  # the platform's number


class Consult(Person):
    consult_activity_info_list: list[ConsultActivity]  # which activities, at most 20
    merchant_id: Key | None = None  # whose they are: yourself
    merchant_access_mode: Key | None = None  # how you came here; says nothing here


class ConsultResult(Shape):
    activity_id: str  # the platform's number
    consult_result_code: str  # SUCCESS, COUNT_OVER_LIMIT, BUDGET_NOT_ENOUGH, ACTIVITY_NOT_START, ... or OTHER


class Consulted(Shape):
    consult_result_info_list: list[ConsultResult]  # in the order of the question
    user_id: str | None = None  # the person, by user id
    open_id: str | None = None  # or as your app knows that person


@method("alipay.marketing.activity.consult", reads=True, raises=[INVALID])
def consult(work: Work, ask: Consult) -> Consulted:
    """Ask whether a person could have a voucher of each of these activities now; nothing is given."""
    if not 1 <= len(ask.consult_activity_info_list) <= 20:
        raise INVALID(field="consult_activity_info_list", reason="1 to 20")
    user = the_person(work, ask).user_id
    results = [
        ConsultResult(activity_id=one.activity_id, consult_result_code=could_have(work, one.activity_id, user))
        for one in ask.consult_activity_info_list
    ]
    named = {"open_id": ask.open_id} if ask.open_id and not ask.user_id else {"user_id": user}
    return Consulted(consult_result_info_list=results, **named)


CONSULTED = {"COUNT_OVER_LIMIT", "BUDGET_NOT_ENOUGH", "ACTIVITY_NOT_START"}


def could_have(work: Work, activity_id: str, user: str) -> str:
    """SUCCESS, or why this person could not have one."""
    row = work.find(ActivityRow, id=activity_id)
    if row is None or row.merchant != work.caller.merchant:
        return "ACTIVITY_NOT_PERMISSION"
    found = why_not(work, row, user)
    return (found if found in CONSULTED else "OTHER") if found else "SUCCESS"


def why_not(work: Work, row: ActivityRow, user: str | None) -> str:
    """Why a person, or anybody, could not have one now; nothing if one could."""
    try:
        check_open(row, work.now)
        if not work.balance(row.stock, row.asset):
            return BUDGET_NOT_ENOUGH.code
        if user is not None:
            in_use(party(work, user_id=user))
            check_room(work.find(HolderRow, id=user), row.merchant)
        for limit in limits(work, row, user):
            check_count(work, row, limit)
    except Fault as refusal:
        return refusal.kind.code
    return ""


class AskVoucher(Person):
    voucher_id: Key | None = None  # the platform's number,
    voucher_code: Key | None = None  # or of a sold one the code,
    activity_id: Key | None = None  # with its activity
    merchant_id: Key | None = None  # whose it is: yourself
    merchant_access_mode: Key | None = None  # how you came here; says nothing here


class VoucherBase(Shape):
    voucher_id: str  # the platform's number
    voucher_name: str  # what people read
    voucher_status: str  # SENDED, USED, EXPIRED or INVALID
    belong_merchant_id: str  # user id of who gave it
    create_time: Moment  # when it was had
    valid_begin_time: Moment  # from when it can be used
    valid_end_time: Moment  # until when
    voucher_max_use_times: Count  # how often it can be used
    voucher_used_times: Count  # how often it was
    voucher_code: str | None = None  # of sold ones: what it is shown by
    associate_trade_no: str | None = None  # the merchant's order that it is kept for


class Told(Shape):
    """A person's voucher with what its activity promises."""

    activity_id: str  # the platform's number
    voucher_name: str  # what people read
    voucher_status: str  # SENDED, USED, EXPIRED or INVALID
    voucher_type: str  # which of the four kinds
    belong_merchant_id: str  # user id of who gave it
    create_time: Moment  # when it was had
    available_begin_time: Moment  # from when it can be used
    available_end_time: Moment  # until when
    user_voucher_base_info: VoucherBase  # the same, and more
    activity_base_info: Base | None = None  # what the activity is called
    voucher_customer_guide_info: Guide | None = None  # where people are led
    voucher_deduct_info: Deduct | None = None  # what is taken off
    voucher_display_pattern_info: Display | None = None  # how people see it
    voucher_send_mode_info: SendMode | None = None  # how it is had
    voucher_use_rule_info: UseRule | None = None  # when, and how often


class VoucherFound(Told):
    associate_trade_no: str | None = None  # the merchant's order that it is kept for


def voucher_base(row: ActivityRow, voucher: VoucherRow) -> VoucherBase:
    """A voucher in short."""
    return VoucherBase(
        voucher_id=voucher.id, voucher_name=row.title, voucher_status=voucher.state, belong_merchant_id=row.merchant,
        create_time=Moment(voucher.created), valid_begin_time=Moment(voucher.begins),
        valid_end_time=Moment(voucher.ends), voucher_max_use_times=row.times, voucher_used_times=voucher.used_times,
        voucher_code=voucher.code or None, associate_trade_no=voucher.trade or None,
    )  # fmt: skip


def told(row: ActivityRow, terms: TermsRow, voucher: VoucherRow) -> dict[str, Any]:
    """What is told of a person's voucher."""
    return {
        "activity_id": row.id, "voucher_name": row.title, "voucher_status": voucher.state,
        "voucher_type": terms.deduct.voucher_type, "belong_merchant_id": row.merchant,
        "create_time": Moment(voucher.created), "available_begin_time": Moment(voucher.begins),
        "available_end_time": Moment(voucher.ends), "user_voucher_base_info": voucher_base(row, voucher),
        "activity_base_info": base_of(row), "voucher_customer_guide_info": terms.guide,
        "voucher_deduct_info": terms.deduct, "voucher_display_pattern_info": terms.display,
        "voucher_send_mode_info": terms.send, "voucher_use_rule_info": terms.rule,
    }  # fmt: skip


@method("alipay.marketing.activity.user.queryvoucher", reads=True, raises=[VOUCHER_NOT_EXIST, INVALID])
def query_voucher(work: Work, ask: AskVoucher) -> VoucherFound:
    """Ask how a voucher stands that you gave to a person."""
    user = the_person(work, ask).user_id if ask.user_id or ask.open_id else None
    voucher = the_voucher(work, ask)
    if voucher is None or voucher.merchant != work.caller.merchant or user not in (None, voucher.user):
        raise VOUCHER_NOT_EXIST(voucher_id=ask.voucher_id, voucher_code=ask.voucher_code)
    row = any_activity(work, voucher.activity)
    return VoucherFound(**told(row, terms_of(work, row), voucher), associate_trade_no=voucher.trade or None)


def the_voucher(work: Work, ask: AskVoucher) -> VoucherRow | None:
    """By its number, or by activity and code."""
    if ask.voucher_id:
        return work.find(VoucherRow, id=ask.voucher_id)
    if not (ask.activity_id and ask.voucher_code):
        raise INVALID(field="voucher_id", reason="give voucher_id, or activity_id and voucher_code")
    code = work.find(CodeRow, activity=ask.activity_id, code=ask.voucher_code)
    return work.find(VoucherRow, id=code.voucher) if code is not None and code.voucher else None


class AskVouchers(Paged):
    user_id: Key | None = None  # whose: by user id,
    open_id: Line | None = None  # or as your app knows that person
    activity_id: Key | None = None  # only of this activity
    voucher_status: Status | None = None  # only those that stand so
    belong_merchant_id: Key | None = None  # who gave them: yourself
    sender_merchant_id: Key | None = None  # the same
    merchant_access_mode: Key | None = None  # how you came here; says nothing here


class UserVoucher(Told):
    voucher_id: str  # the platform's number
    voucher_available_scope_info: Scope | None = None  # where it can be used, and for what


class VouchersFound(Shape):
    user_voucher_infos: list[UserVoucher]  # the newest first
    page_num: Count  # which page
    page_size: Count  # how many on a page
    total_size: Count  # how many in all


@method("alipay.marketing.activity.user.batchqueryvoucher", reads=True, raises=[INVALID])
def query_vouchers(work: Work, ask: AskVouchers) -> VouchersFound:
    """List the vouchers that you gave to a person, the newest first."""
    for owner in (ask.belong_merchant_id, ask.sender_merchant_id):
        if owner not in (None, work.caller.merchant):
            raise INVALID(field="belong_merchant_id", reason="ask about vouchers of your own")
    where, values = '"user" = ? and merchant = ?', [the_person(work, ask).user_id, work.caller.merchant]
    for column, wanted in (("activity", ask.activity_id), ("state", ask.voucher_status)):
        if wanted:
            where, values = f"{where} and {column} = ?", [*values, wanted]
    skipped = (ask.page_num - 1) * ask.page_size
    found = work.select(VoucherRow, where, values, "id desc", ask.page_size, offset=skipped)
    listed = [user_voucher(work, voucher) for voucher in found]
    return VouchersFound(user_voucher_infos=listed, **told_page(ask, work.count(VoucherRow, where, values)))


def user_voucher(work: Work, voucher: VoucherRow) -> UserVoucher:
    """A person's voucher in a list."""
    row = work.find(ActivityRow, id=voucher.activity)
    assert row is not None, f"voucher {voucher.id} of no activity"
    terms = terms_of(work, row)
    return UserVoucher(**told(row, terms, voucher), voucher_id=voucher.id, voucher_available_scope_info=terms.scope)


class AskMine(Shape):
    voucher_status: Status | None = None  # only those that stand so
    order: Literal["NEWEST", "SOONEST"] = "NEWEST"  # which first: those had last, or those that end first
    page_num: PageNumber = 1  # which page, from 1
    page_size: PageSize = 20  # how many on a page


class MyVoucher(VoucherBase):
    activity_id: str  # the platform's number
    merchant_name: str  # who gave it
    begun: bool  # whether its time has come
    usable: bool  # whether it can be used at this moment, where it is taken
    face: Money | None = None  # yuan that it is worth, if those of its kind are worth different amounts
    price: Money | None = None  # yuan that it was sold for
    voucher_deduct_info: Deduct | None = None  # what is taken off
    voucher_available_scope_info: Scope | None = None  # where it can be used, and for what
    voucher_use_rule_info: UseRule | None = None  # when, and how often
    voucher_display_pattern_info: Display | None = None  # how it looks


class Mine(Shape):
    vouchers: list[MyVoucher]  # in the order that was asked for
    counts: dict[str, int]  # how many there are in all: by SENDED, USED, EXPIRED and INVALID


ORDERS = {"NEWEST": "id desc", "SOONEST": "ends, id"}


@method("kaifang.voucher.mine", who=Who.WALLET, reads=True)
def mine(work: Work, ask: AskMine) -> Mine:
    """See your vouchers, the newest or the most urgent first, and how many there are of each state."""
    where, values = '"user" = ?', [signed_in(work)]
    counts = {state: work.count(VoucherRow, f"{where} and state = ?", [*values, state]) for state in get_args(Status)}
    if ask.voucher_status is not None:
        where, values = f"{where} and state = ?", [*values, ask.voucher_status]
    skipped = (ask.page_num - 1) * ask.page_size
    found = work.select(VoucherRow, where, values, ORDERS[ask.order], ask.page_size, offset=skipped)
    return Mine(vouchers=[my_voucher(work, voucher) for voucher in found], counts=counts)


def my_voucher(work: Work, voucher: VoucherRow) -> MyVoucher:
    """A voucher as its owner sees it."""
    row = work.find(ActivityRow, id=voucher.activity)
    assert row is not None, f"voucher {voucher.id} of no activity"
    terms, base = terms_of(work, row), voucher_base(row, voucher)
    return MyVoucher(
        **{name: getattr(base, name) for name in base.__struct_fields__}, activity_id=row.id,
        begun=voucher.begins <= work.now,
        usable=voucher.state == Voucher.SENDED.name and is_time(voucher, terms.rule, work.now),
        face=voucher.face or None, price=row.price or None,
        merchant_name=party(work, user_id=row.merchant).name, voucher_deduct_info=terms.deduct,
        voucher_available_scope_info=terms.scope, voucher_use_rule_info=terms.rule,
        voucher_display_pattern_info=terms.display,
    )  # fmt: skip


class Look(Here):
    voucher_id: Key  # the platform's number


class TakenOff(Shape):
    """A use of a voucher."""

    trade_no: str  # the trade, or the merchant's own number of the use
    amount: Money  # yuan taken off


class Seen(MyVoucher):
    title: str  # what people read
    shops: list[Place]  # shops that take it: those near you and those that it names
    uses: list[TakenOff]  # what it took off so far
    order_no: str | None = None  # of one that was bought: the platform's number of the sale
    returnable: bool  # whether you can give it back now, and have your money


@method("kaifang.voucher.look", who=Who.WALLET, reads=True, raises=[VOUCHER_NOT_EXIST, INVALID])
def look(work: Work, ask: Look) -> Seen:
    """See one of your vouchers in full: its rules, the shops that take it, what it took off."""
    user, voucher, near = signed_in(work), work.find(VoucherRow, id=ask.voucher_id), shops_near(work, ask)
    if voucher is None or voucher.user != user:
        raise VOUCHER_NOT_EXIST(voucher_id=ask.voucher_id)
    row, told, sale = any_activity(work, voucher.activity), my_voucher(work, voucher), sale_of(work, voucher.id)
    uses = work.select(UseRow, "voucher = ?", (voucher.id,), "trade", 50)
    return Seen(
        **{name: getattr(told, name) for name in told.__struct_fields__}, title=row.title,
        shops=places_of(work, row, terms_of(work, row), near),
        uses=[TakenOff(trade_no=one.trade, amount=one.amount) for one in uses],
        order_no=sale.id if sale is not None else None, returnable=returnable(work, voucher, sale),
    )  # fmt: skip


def returnable(work: Work, voucher: VoucherRow, sale: SaleRow | None) -> bool:
    """Whether a voucher that was bought can be given back now."""
    if sale is None or not Voucher.invalidate.possible(voucher) or not Sale.give_back.possible(sale):
        return False
    return can_go_back(work, any_activity(work, voucher.activity), voucher)


Merchants = Annotated[list[Key], Meta(max_length=1000)]
Shown = Annotated[list[Key], Meta(max_length=1000)]
MOST = 300  # activities that are listed


class AskClaimable(Shape):
    merchants: Merchants  # user ids of the merchants whose activities are meant
    shop_ids: Merchants | None = None  # only those that are taken in one of these shops too
    user: Key | None = None  # only what this person could have now
    shown: Shown | None = None  # only these, which the asker itself shows; what is offered to everybody, if left out


class Offer(Shape):
    activity_id: str  # the platform's number
    merchant: str  # user id of who gives it
    title: str  # what people read
    voucher_type: str  # which of the four kinds
    voucher_deduct_info: Deduct  # what is taken off
    left: Count  # how many are left
    publish_end_time: Moment  # until when it can be had
    shop_ids: list[str]  # the shops that alone take it; none if all do


class Claimable(Shape):
    activities: list[Offer]  # the first to end first


@method("kaifang.voucher.claimable", who=Who.INSIDE, reads=True)
def claimable(work: Work, ask: AskClaimable) -> Claimable:
    """List what of some merchants is offered and can be claimed now, by anybody or by this person."""
    if not ask.merchants:
        return Claimable(activities=[])
    where = f'merchant in ({marks(ask.merchants)}) and state in (?, ?) and kind = ? and start <= ? and "end" > ?'
    named = planned(work, ask.merchants) if ask.shown is None else ask.shown
    if ask.shown is None:
        where = first(f"{where} and (public = 1 or id in ({marks(named)}))", MOST // len(ask.merchants))
    else:
        where = f"{where} and id in ({marks(named)})"
    values = [*ask.merchants, Activity.WAITING.name, Activity.ACTIVE.name, "payment", work.now, work.now, *named]
    rows = work.select(ActivityRow, where, values, '"end", id', MOST)
    offers = [offer(work, row) for row in rows if not row.price and not why_not(work, row, ask.user)]
    wanted = set(ask.shop_ids or ())
    return Claimable(activities=[one for one in offers if not wanted or not one.shop_ids or wanted & set(one.shop_ids)])


def marks(values: list[str]) -> str:
    """A place for each of them in a question to the database."""
    return ", ".join("?" * len(values)) or "''"


def first(where: str, count: int) -> str:
    """Of each merchant those that end first, so that nobody's many hide the others'."""
    place = 'row_number() over (partition by merchant order by "end", id) as place'
    ranked = f"select id, {place} from voucher_activity where {where}"  # noqa: S608
    return f"id in (select id from ({ranked}) as ranked where place <= {max(1, count)})"  # noqa: S608


def offer(work: Work, row: ActivityRow) -> Offer:
    """What can be claimed, in short."""
    terms = terms_of(work, row)
    return Offer(
        activity_id=row.id, merchant=row.merchant, title=row.title, voucher_type=terms.deduct.voucher_type,
        voucher_deduct_info=terms.deduct, left=work.balance(row.stock, row.asset).minor,
        publish_end_time=Moment(row.end), shop_ids=shops_of(terms),
    )  # fmt: skip
