"""Vouchers of templates: sent to people, and looked up with the template that they are of."""

from typing import Any

from kaifang.kernel import Amount, Count, Key, Line, Moment, Money, Shape, Text, Work, method

from .errors import (
    ACTIVITY_IS_END,
    ACTIVITY_NOT_ACTIVE,
    ACTIVITY_NOT_START,
    BUDGET_NOT_ENOUGH,
    INVALID,
    TEMPLATE_NOT_EXIST,
    TEMPLATE_STATUS_ERROR,
    USER_NOT_ALLOWED,
    VOUCHER_NOT_EXIST,
)
from .find import PageNumber, PageSize, Person, own_voucher, party, terms_of, the_person
from .hands import NO_FACE, facts, in_use, new_voucher
from .hours import is_time
from .states import Voucher
from .tables import ActivityRow, UseRow, VoucherRow
from .template import STATUS, Which, own_template


class Send(Person):
    template_id: Key  # the platform's number
    out_biz_no: Key  # your own number of this; asking twice sends one
    login_id: Key | None = None  # who gets it: by mail address or mobile number
    amount: Amount | None = None  # yuan that it is worth, if the template is of any amounts
    memo: Line | None = None  # why; kept nowhere
    extend_info: Text | None = None  # more, as JSON; kept nowhere


SEND_FAULTS = [ACTIVITY_NOT_ACTIVE, ACTIVITY_NOT_START, ACTIVITY_IS_END, BUDGET_NOT_ENOUGH, USER_NOT_ALLOWED]


class Sent(Shape):
    voucher_id: str  # the platform's number
    user_id: str | None = None  # who got it, by user id
    open_id: str | None = None  # or as your app knows that person


@method(
    "alipay.marketing.voucher.send", once=("template_id", "out_biz_no"), clash=INVALID,
    raises=[TEMPLATE_NOT_EXIST, TEMPLATE_STATUS_ERROR, INVALID, *SEND_FAULTS],
)  # fmt: skip
def send(work: Work, ask: Send) -> Sent:
    """Send somebody a voucher of one of your templates."""
    row = own_template(work, ask.template_id)
    by_logon = ask.login_id and not (ask.user_id or ask.open_id)
    user = party(work, logon_id=ask.login_id) if by_logon else the_person(work, ask)
    if (row.code_mode == "RANDOM") != (ask.amount is not None):
        raise INVALID(field="amount", reason="give it for templates of any amounts, and for no others")
    face = Money(ask.amount.minor) if ask.amount is not None else NO_FACE
    voucher = new_voucher(work, row, in_use(user).user_id, face=face)
    Voucher.give(work, voucher, **facts(voucher))
    if ask.open_id and not ask.user_id:
        return Sent(voucher_id=voucher.id, open_id=ask.open_id)
    return Sent(voucher_id=voucher.id, user_id=user.user_id)


class AskVoucher(Shape):
    voucher_id: Key  # the platform's number


class VoucherBill(Shape):
    trade_no: str  # the trade it was used for
    biz_type: str  # V_USE
    amount: Money  # yuan taken off
    status: str  # SUCCESS


class VoucherFound(Shape):
    voucher_id: str  # the platform's number
    template_id: str  # of which template
    user_id: str  # who has it
    name: str  # what people read
    status: str  # ENABLED, UNACTIVE, USED, EXPIRED or DISABLED
    available: bool  # whether it could be used now
    total_amount: Money  # yuan that it is worth
    available_amount: Money  # yuan that it still is
    recycle_amount: Money  # yuan that expired with it
    total_count: Count  # how often it can be used
    used_count: Count  # how often it was
    available_count: Count  # how often it still can be
    gmt_create: Moment  # when it was sent
    gmt_active: Moment  # from when it can be used
    gmt_expired: Moment  # until when
    bill_details: list[VoucherBill] | None = None  # what it was used for
    voucher_description: str | None = None  # how to use it
    extend_info: str | None = None  # what the merchant wrote along with the template


WORDS = {"SENDED": "ENABLED", "USED": "USED", "EXPIRED": "EXPIRED", "INVALID": "DISABLED"}


@method("alipay.marketing.voucher.query", reads=True, raises=[VOUCHER_NOT_EXIST])
def query(work: Work, ask: AskVoucher) -> VoucherFound:
    """Ask how a voucher stands that you sent, and what it was used for."""
    voucher = own_voucher(work, ask.voucher_id)
    row = work.find(ActivityRow, id=voucher.activity)
    if row is None or row.kind not in ("cash", "cashless"):
        raise VOUCHER_NOT_EXIST(voucher_id=ask.voucher_id)
    terms, worth = terms_of(work, row), worth_of(work, row, voucher)
    uses = work.select(UseRow, "voucher = ?", (voucher.id,), "trade") if voucher.used_times else []
    open_still = voucher.state == Voucher.SENDED.name
    bills = [VoucherBill(trade_no=use.trade, biz_type="V_USE", amount=use.amount, status="SUCCESS") for use in uses]
    return VoucherFound(
        voucher_id=voucher.id, template_id=row.id, user_id=voucher.user, name=row.title, status=word(work, voucher),
        available=open_still and is_time(voucher, terms.rule, work.now), total_amount=worth,
        available_amount=worth if open_still else Money(0),
        recycle_amount=worth if voucher.state == Voucher.EXPIRED.name else Money(0), total_count=row.times,
        used_count=voucher.used_times, available_count=row.times - voucher.used_times if open_still else 0,
        gmt_create=Moment(voucher.created), gmt_active=Moment(voucher.begins), gmt_expired=Moment(voucher.ends),
        bill_details=bills or None, voucher_description=terms.texts.get("voucher_description"),
        extend_info=terms.texts.get("extension_info"),
    )  # fmt: skip


def word(work: Work, voucher: VoucherRow) -> str:
    """How a voucher stands, in the words of templates."""
    waits = voucher.state == Voucher.SENDED.name and voucher.begins > work.now
    return "UNACTIVE" if waits else WORDS[voucher.state]


def worth_of(work: Work, row: ActivityRow, voucher: VoucherRow) -> Money:
    """What a voucher takes off."""
    fix = terms_of(work, row).deduct.fix_voucher_info
    assert fix is not None, f"template {row.id} takes nothing off"
    return voucher.face or Money(fix.amount.minor)


class AskVouchers(Person):
    template_id: Key | None = None  # only of this template


class VoucherLite(Shape):
    voucher_id: str  # the platform's number
    template_id: str  # of which template
    status: str  # ENABLED, UNACTIVE, USED, EXPIRED or DISABLED
    send_time: Moment  # when it was sent


class VouchersFound(Shape):
    vouchers: list[VoucherLite]  # the newest first, at most 100


@method("alipay.marketing.voucher.list.query", reads=True, raises=[INVALID])
def list_vouchers(work: Work, ask: AskVouchers) -> VouchersFound:
    """List what you sent to a person of your templates, the newest first."""
    where, values = '"user" = ? and merchant = ?', [the_person(work, ask).user_id, work.caller.merchant]
    if ask.template_id:
        where, values = f"{where} and activity = ?", [*values, ask.template_id]
    found = work.select(VoucherRow, where, values, "id desc", 100)
    kinds = {number: work.find(ActivityRow, id=number) for number in {one.activity for one in found}}
    listed = [
        VoucherLite(
            voucher_id=one.id, template_id=one.activity, status=word(work, one), send_time=Moment(one.created)
        )
        for one in found
        if (row := kinds[one.activity]) is not None and row.kind in ("cash", "cashless")
    ]  # fmt: skip
    return VouchersFound(vouchers=listed)


class TemplateFound(Shape):
    template_id: str  # the platform's number
    voucher_name: str  # what people read
    voucher_type: str  # what kind it is
    status: str  # I draft, S in force, E over, D deleted
    amount: Money  # yuan each; 0.00 if they are of any amounts
    floor_amount: Money  # yuan an order must come to at least
    voucher_quantity: Count  # how many there are; 0 if they are of any amounts
    total_amount: Money  # yuan of all together
    publish_count: Count  # how many were sent
    publish_amount: Money  # yuan of these
    used_count: Count  # how many were used
    used_amount: Money  # yuan that they took off
    recycle_amount: Money  # yuan of those that expired
    publish_start_time: Moment  # from when it can be sent
    publish_end_time: Moment  # until when
    voucher_valid_period: str | None = None  # as in the draft
    voucher_description: str | None = None  # as in the draft


@method("alipay.marketing.voucher.templatedetail.query", reads=True, raises=[TEMPLATE_NOT_EXIST])
def template_detail(work: Work, ask: Which) -> TemplateFound:
    """Ask how a template stands: how many were sent and used, and what they came to."""
    row = own_template(work, ask.template_id)
    terms, figures = terms_of(work, row), figures_of(work, row)
    fix, random = terms.deduct.fix_voucher_info, row.code_mode == "RANDOM"
    assert fix is not None, f"template {row.id} takes nothing off"
    each = Money(0) if random else Money(fix.amount.minor)
    return TemplateFound(
        template_id=row.id, voucher_name=row.title, voucher_type=terms.texts["voucher_type"], status=STATUS[row.state],
        amount=each, floor_amount=fix.floor_amount or Money(0), voucher_quantity=0 if random else row.quantity,
        total_amount=Money(row.quantity) if random else each * row.quantity, publish_start_time=Moment(row.start),
        publish_end_time=Moment(row.end), voucher_valid_period=terms.texts.get("voucher_valid_period"),
        voucher_description=terms.texts.get("voucher_description"), **figures,
    )  # fmt: skip


def figures_of(work: Work, row: ActivityRow) -> dict[str, Any]:
    """How many were sent, used and let expire, and what these came to; the journal says it."""
    random = row.code_mode == "RANDOM"
    fix = terms_of(work, row).deduct.fix_voucher_info
    unit = 1 if random or fix is None else fix.amount.minor
    left, retired, over = (work.balance(purse, row.asset).minor for purse in (row.stock, row.retired, row.over))
    there = -work.balance(row.issued, row.asset).minor
    of = ("activity = ?", (row.id,))
    return {
        "publish_count": work.count(VoucherRow, *of), "publish_amount": Money((there - left - retired) * unit),
        "used_count": work.count(UseRow, *of), "used_amount": Money(work.sum(UseRow, "amount", *of)),
        "recycle_amount": Money(over * unit),
    }  # fmt: skip


class AskTemplates(Shape):
    page_num: PageNumber = 1  # which page, from 1
    page_size: PageSize = 20  # how many on a page
    create_start_time: Moment | None = None  # only those drawn up since
    create_end_time: Moment | None = None  # and before


class TemplateLite(Shape):
    template_id: str  # the platform's number
    voucher_name: str  # what people read
    status: str  # I draft, S in force, E over, D deleted
    create_time: Moment  # when it was drawn up
    publish_start_time: Moment  # from when it can be sent
    publish_end_time: Moment  # until when


class TemplatesFound(Shape):
    voucher_templates: list[TemplateLite]  # the newest first
    current_page: Count  # which page
    items_per_page: Count  # how many on a page
    total_items: Count  # how many in all
    total_pages: Count  # on how many pages


@method("alipay.marketing.voucher.templatelist.query", reads=True)
def template_list(work: Work, ask: AskTemplates) -> TemplatesFound:
    """List your templates, the newest first."""
    start = ask.create_start_time.ms if ask.create_start_time is not None else 0
    end = ask.create_end_time.ms if ask.create_end_time is not None else work.now + 1
    where = "merchant = ? and kind in (?, ?) and created >= ? and created < ?"
    values = (work.caller.merchant, "cash", "cashless", start, end)
    skipped = (ask.page_num - 1) * ask.page_size
    rows, count = (
        work.select(ActivityRow, where, values, "id desc", ask.page_size, offset=skipped),
        work.count(ActivityRow, where, values),
    )
    listed = [
        TemplateLite(
            template_id=row.id, voucher_name=row.title, status=STATUS[row.state], create_time=Moment(row.created),
            publish_start_time=Moment(row.start), publish_end_time=Moment(row.end),
        )
        for row in rows
    ]  # fmt: skip
    return TemplatesFound(
        voucher_templates=listed, current_page=ask.page_num, items_per_page=ask.page_size, total_items=count,
        total_pages=-(-count // ask.page_size),
    )  # fmt: skip
