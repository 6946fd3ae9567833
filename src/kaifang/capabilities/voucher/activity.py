"""Activities by which payments become cheaper: drawn up, published, changed, appended to and stopped."""

from typing import Any

import msgspec

from kaifang.kernel import DAY, Key, Line, Moment, Money, Shape, Work, method, rate

from .errors import (
    ACTIVITY_IS_END,
    ACTIVITY_IS_STOPED,
    ACTIVITY_NOT_ACTIVE,
    ACTIVITY_NOT_EXIST,
    BIZ_ERROR,
    INVALID,
)
from .find import own_activity, terms_of
from .funding import check_amount, check_places, check_sellers, issue, own_funding, put_aside, retire
from .older import (
    OlderBudget,
    OlderDisplay,
    OlderSend,
    OlderUse,
    deduct_of,
    display_of,
    rule_of,
    scope_of,
    send_of,
    supply_of,
)
from .parts import (
    BaseInfo,
    BelongMerchant,
    Deduct,
    Display,
    Guide,
    Quantity,
    Scope,
    SendMode,
    SendRule,
    Supply,
    UseRule,
)
from .states import Activity
from .tables import ActivityRow, TermsRow

LONGEST = 366 * DAY  # how long an activity gives vouchers out at most
NOTHING = SendRule()


class Create(Shape):
    out_biz_no: Key  # your own number of this activity; asking twice means the same one
    merchant_access_mode: Key | None = None  # how you came here; says nothing here
    activity_base_info: BaseInfo | None = None  # what it is called
    belong_merchant_info: BelongMerchant | None = None  # whose it is: yourself
    voucher_deduct_info: Deduct | None = None  # what is taken off
    voucher_available_scope_info: Scope | None = None  # where, and for what
    voucher_use_rule_info: UseRule | None = None  # when, and how often
    voucher_send_mode_info: SendMode | None = None  # how many, when and by whom
    voucher_budget_supply_info: Supply | None = None  # who pays what is taken off; you take less, if left out
    voucher_display_pattern_info: Display | None = None  # how people see it
    voucher_customer_guide_info: Guide | None = None  # where people are led
    activity_name: Line | None = None  # older: what it is called
    publish_start_time: Moment | None = None  # older: from when it can be had
    publish_end_time: Moment | None = None  # older: until when
    voucher_type: Key | None = None  # older: which of the four kinds
    voucher_send_rule: OlderSend | None = None  # older: how many, and by whom
    voucher_use_rule: OlderUse | None = None  # older: what, where and when
    voucher_budget_info: OlderBudget | None = None  # older: who pays
    voucher_display_info: OlderDisplay | None = None  # older: how people see it


class Created(Shape):
    activity_id: str  # the platform's number


@method("alipay.marketing.activity.voucher.create", once=("out_biz_no",), clash=INVALID, raises=[INVALID])
def create(work: Work, ask: Create) -> Created:
    """Draw up an activity; nobody has anything of it before it is published."""
    ask = of_today(ask)
    named = ask.activity_base_info or BaseInfo()
    belongs = named.belong_merchant_info or ask.belong_merchant_info
    if belongs is not None and belongs.merchant_id not in (None, work.caller.merchant):
        raise INVALID(field="belong_merchant_info.merchant_id", reason="draw up activities of your own")
    if ask.voucher_deduct_info is None or ask.voucher_send_mode_info is None or ask.voucher_use_rule_info is None:
        raise INVALID(field="voucher_deduct_info", reason="say what is taken off, how it is had and when it is used")
    row = new_activity(work, "payment", ask.out_biz_no, ask.voucher_send_mode_info, ask.voucher_use_rule_info)
    row.name = named.activity_name or ask.activity_name or ""
    row.title = title_of(ask.voucher_deduct_info, ask.voucher_display_pattern_info, row.name)
    supply = ask.voucher_budget_supply_info or Supply()
    row.most = most_of(ask.voucher_deduct_info, supply)
    check_amount(row, supply)
    check_places(ask.voucher_available_scope_info)
    funders = own_funding(work, supply)
    check_sellers(ask.voucher_available_scope_info, row.merchant, funders)
    work.add(row)
    work.add(
        TermsRow(
            id=row.id, deduct=ask.voucher_deduct_info, scope=ask.voucher_available_scope_info,
            rule=ask.voucher_use_rule_info, send=ask.voucher_send_mode_info, supply=supply,
            display=ask.voucher_display_pattern_info, guide=ask.voucher_customer_guide_info,
            funders=funders,
        )
    )  # fmt: skip
    return Created(activity_id=row.id)


def of_today(ask: Create) -> Create:
    """The same request with today's members in the place of the older ones."""
    new: dict[str, object] = {}
    if ask.voucher_use_rule is not None and ask.voucher_deduct_info is None:
        new["voucher_deduct_info"] = deduct_of(ask.voucher_use_rule)
        new["voucher_available_scope_info"] = scope_of(ask.voucher_use_rule)
        new["voucher_use_rule_info"] = rule_of(ask.voucher_use_rule)
    if ask.voucher_send_rule is not None and ask.voucher_send_mode_info is None:
        new["voucher_send_mode_info"] = send_of(ask.voucher_send_rule, ask.publish_start_time, ask.publish_end_time)
    if ask.voucher_budget_info is not None and ask.voucher_budget_supply_info is None:
        new["voucher_budget_supply_info"] = supply_of(ask.voucher_budget_info)
    if ask.voucher_display_info is not None and ask.voucher_display_pattern_info is None:
        new["voucher_display_pattern_info"] = display_of(ask.voucher_display_info)
    return msgspec.structs.replace(ask, **new)


def new_activity(work: Work, kind: str, out_no: str, send: SendMode, use: UseRule) -> ActivityRow:
    """The row of an activity that is drawn up now."""
    if work.find(ActivityRow, merchant=work.caller.merchant, out_no=f"{kind}/{out_no}") is not None:
        raise INVALID(field="out_biz_no", reason="it was used for another activity")
    rule = send.voucher_send_rule_info or NOTHING
    start = rule.publish_start_time.ms if rule.publish_start_time is not None else work.now
    if rule.publish_end_time is None or not start < rule.publish_end_time.ms <= start + LONGEST:
        raise INVALID(field="publish_end_time", reason="after the start, within a year")
    if rule.quantity is None:
        raise INVALID(field="quantity", reason="say how many there are")
    row = ActivityRow(
        id=work.new_id("82600"), merchant=work.caller.merchant, kind=kind, out_no=f"{kind}/{out_no}", name="", title="",
        app=work.caller.app, auth_app=work.caller.auth_app, created=work.now, start=start,
        end=rule.publish_end_time.ms, quantity=rule.quantity, per_user=rule.quantity_limit_per_user or 0,
        period=rule.quantity_limit_per_user_period_type or "LIFE_CYCLE", per_day=rule.max_quantity_by_day or 0,
        per_periods=narrower(rule),
        by_person=bool(rule.natural_person_limit), by_phone=bool(rule.phone_number_limit),
        certified=bool(rule.real_name_limit), times=use.voucher_max_use_times or 1,
        notify_url=work.caller.notify_url or "", public=is_public(work, send),
    )  # fmt: skip
    set_validity(row, use, work.now)
    return row


def is_public(work: Work, send: SendMode) -> bool:
    """Whether anybody may claim its vouchers, because it names slots in which the platform shows it."""
    named = set(send.delivery_channel_list or ())
    found = work.ask_if_offered("alipay.marketing.activity.deliverychannel.query", page_size=100) if named else None
    known = [one.booth_code for one in found.delivery_channel_info_list] if found is not None else []
    if not named <= set(known):
        raise INVALID(field="delivery_channel_list", reason=f"of {', '.join(known)}")
    return bool(named)


def narrower(rule: SendRule) -> dict[str, int]:
    """How many a person may have in a day, a week and a month, where that is said besides."""
    told = {
        "DAY": rule.quantity_day_limit_per_user, "WEEK": rule.quantity_week_limit_per_user,
        "MONTH": rule.quantity_month_limit_per_user,
    }  # fmt: skip
    return {period: most for period, most in told.items() if most}


def set_validity(row: ActivityRow, use: UseRule, now: int) -> None:
    """When its vouchers can be used."""
    time = use.voucher_use_time_info
    absolute = time.absolute_period_info if time is not None else None
    relative = time.relative_period_info if time is not None else None
    if time is not None and time.period_type == "RELATIVE" and relative is not None:
        row.waits, row.lasts = relative.wait_days_after_receive * DAY, relative.valid_days_after_receive * DAY
    elif absolute is not None:
        row.begins, row.ends = absolute.valid_begin_time.ms, absolute.valid_end_time.ms
        if not row.begins < row.ends or row.ends <= max(row.start, now):
            raise INVALID(field="valid_end_time", reason="in the future, after its beginning and the activity's start")
    else:
        raise INVALID(field="voucher_use_time_info", reason="give the period that period_type names")


def title_of(deduct: Deduct, display: Display | None, name: str) -> str:
    """What people read."""
    if display is not None and display.voucher_name:
        return display.voucher_name
    return name or (display.brand_name if display is not None and display.brand_name else deduct.voucher_type)


def most_of(deduct: Deduct, supply: Supply) -> Money:
    """What one voucher takes off at most; what is wrong with a deduction is said here."""
    told = {
        "FIX_VOUCHER": deduct.fix_voucher_info, "DISCOUNT_VOUCHER": deduct.discount_voucher_info,
        "SPECIAL_VOUCHER": deduct.special_voucher_info, "EXCHANGE_VOUCHER": deduct.exchange_voucher_info,
    }  # fmt: skip
    if [name for name, rule in told.items() if rule is not None] != [deduct.voucher_type]:
        raise INVALID(field="voucher_deduct_info", reason=f"give the rule of {deduct.voucher_type}, and no other")
    most = Money(0)
    if deduct.fix_voucher_info is not None:
        most = deduct.fix_voucher_info.amount
    elif deduct.discount_voucher_info is not None:
        check_discount(deduct.discount_voucher_info.discount)
        most = deduct.discount_voucher_info.ceiling_amount or Money(0)
    elif deduct.exchange_voucher_info is not None:
        most = deduct.exchange_voucher_info.amount or Money(0)
    if supply.budget_type == "RECHARGE" and not most:
        raise INVALID(field="voucher_deduct_info", reason="what is set aside beforehand needs an amount or a ceiling")
    return most


def check_discount(text: str) -> None:
    """A discount says how many of ten are left to pay."""
    try:
        right = 0 < rate(text) < 10
    except ValueError:
        right = False
    if not right:
        raise INVALID(field="discount", reason="between 0 and 10: 8.5 takes fifteen per cent off")


class Which(Shape):
    activity_id: Key  # the platform's number
    out_biz_no: Key  # your own number of this request; asking twice does it once
    merchant_access_mode: Key | None = None  # how you came here; says nothing here


class Published(Shape):
    recharge_url: str | None = None  # where money would be paid in; it is taken from your balance, so never given


MOVE_FAULTS = [ACTIVITY_NOT_EXIST, ACTIVITY_IS_END, ACTIVITY_IS_STOPED]


@method(
    "alipay.marketing.activity.voucher.publish", once=("out_biz_no",), clash=INVALID,
    raises=[*MOVE_FAULTS, BIZ_ERROR],
)  # fmt: skip
def publish(work: Work, ask: Which) -> Published:
    """Publish an activity: its vouchers are there, and its budget is set aside; people have them from its start on."""
    row = own_activity(work, ask.activity_id, "payment")
    publish_now(work, row)
    put_aside(work, row, terms_of(work, row), row.quantity)
    return Published()


def publish_now(work: Work, row: ActivityRow) -> None:
    """Let the vouchers of an activity be there."""
    if min(row.end, row.ends or row.end) <= work.now and row.state == Activity.INIT.name:
        raise BIZ_ERROR(reason="its time is over", publish_end_time=Moment(row.end))
    waits = row.start > work.now
    to = Activity.WAITING if waits else Activity.ACTIVE
    Activity.publish(work, row, to=to, **facts(row))
    issue(work, row)
    if waits:
        work.later(row.start, "voucher.open", row.id)
    work.later(row.end, "voucher.end", row.id)
    if row.ends:
        work.later(row.ends, "voucher.expire_all", row.id)


def facts(row: ActivityRow) -> dict[str, Any]:
    """What the events of an activity tell."""
    return {"merchant": row.merchant, "activity_id": row.id, "kind": row.kind, "title": row.title}


class Append(Which):
    voucher_quantity: Quantity  # how many there are from now on, those that were had included; never fewer than before


@method(
    "alipay.marketing.activity.voucher.append", once=("out_biz_no",), clash=INVALID,
    raises=[*MOVE_FAULTS, ACTIVITY_NOT_ACTIVE, BIZ_ERROR, INVALID],
)  # fmt: skip
def append(work: Work, ask: Append) -> Published:
    """Append to a published activity of yours alone: from now on there are this many vouchers in all."""
    row = own_activity(work, ask.activity_id, "payment")
    if is_sponsored(terms_of(work, row)):
        raise BIZ_ERROR(reason="the platform pays for as many as there were when it joined", quantity=row.quantity)
    append_now(work, row, ask.voucher_quantity)
    return Published()


def is_sponsored(terms: TermsRow) -> bool:
    """Whether the platform pays a part."""
    return any(funder.platform for funder in terms.funders)


def append_now(work: Work, row: ActivityRow, quantity: int) -> None:
    """Let there be so many vouchers in all."""
    if Activity.append.possible(row) and quantity <= row.quantity:
        raise INVALID(field="voucher_quantity", reason=f"more than the {row.quantity} that there are")
    Activity.append(work, row, to=Activity.states[row.state] if Activity.append.possible(row) else None, **facts(row))
    more, row.quantity = quantity - row.quantity, quantity
    put_aside(work, row, terms_of(work, row), more)
    issue(work, row)


class Done(Shape):
    pass


@method("alipay.marketing.activity.voucher.stop", once=("out_biz_no",), clash=INVALID, raises=MOVE_FAULTS)
def stop(work: Work, ask: Which) -> Done:
    """Stop an activity: nobody has more of it, and what people have can still be used."""
    stop_now(work, own_activity(work, ask.activity_id, "payment"))
    return Done()


def stop_now(work: Work, row: ActivityRow) -> None:
    """Nobody has more of it."""
    Activity.stop(work, row, **facts(row))
    retire(work, row)


class Modify(Which):
    activity_base_info: BaseInfo | None = None  # what it is called
    publish_end_time: Moment | None = None  # older: until when it can be had; never earlier than before
    voucher_available_scope_info: Scope | None = None  # where it can be used, and for what
    voucher_send_mode_info: SendMode | None = None  # its publish_end_time counts, and nothing else of it


@method("alipay.marketing.activity.voucher.modify", once=("out_biz_no",), clash=INVALID, raises=[*MOVE_FAULTS, INVALID])
def modify(work: Work, ask: Modify) -> Done:
    """Change an activity's name, reach or end; what is left out stays, and promises are never made smaller."""
    row = own_activity(work, ask.activity_id, "payment")
    send = ask.voucher_send_mode_info.voucher_send_rule_info if ask.voucher_send_mode_info is not None else None
    end = (send.publish_end_time if send is not None else None) or ask.publish_end_time
    modify_now(work, row, end, ask.activity_base_info)
    if ask.voucher_available_scope_info is not None:
        terms = terms_of(work, row)
        if is_sponsored(terms):
            raise INVALID(field="voucher_available_scope_info", reason="the platform joined the activity as it is")
        check_places(ask.voucher_available_scope_info)
        check_sellers(ask.voucher_available_scope_info, row.merchant, terms.funders)
        terms.scope = ask.voucher_available_scope_info
    return Done()


def modify_now(work: Work, row: ActivityRow, end: Moment | None, base: BaseInfo | None) -> None:
    """Move the end further away, and call it otherwise."""
    possible = Activity.modify.possible(row)
    Activity.modify(work, row, to=Activity.states[row.state] if possible else None, **facts(row))
    if end is not None:
        if not row.end <= end.ms <= row.start + LONGEST:
            raise INVALID(field="publish_end_time", reason="not earlier than before, within a year of the start")
        row.end = end.ms
        if row.state != Activity.INIT.name:
            work.later(row.end, "voucher.end", row.id)
    if base is not None and base.activity_name:
        row.name = base.activity_name
