"""Templates: cash vouchers that somebody pays beforehand, and cashless ones for which the seller takes less."""

from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta

from kaifang.kernel import (
    DAY,
    HOUR,
    MINUTE,
    Address,
    Amount,
    Confirm,
    Confirmed,
    Fault,
    Key,
    Line,
    Moment,
    Money,
    Shape,
    Text,
    Who,
    Work,
    fault,
    method,
    refusals_of,
    told_as,
)
from kaifang.kernel.shape import convert

from .activity import LONGEST, facts, modify_now, publish_now
from .errors import ACTIVITY_IS_END, BIZ_ERROR, INVALID, TEMPLATE_NOT_EXIST, TEMPLATE_STATUS_ERROR
from .find import party, terms_of
from .funding import check_sellers
from .parts import (
    CLOCK,
    Absolute,
    Accounts,
    Deduct,
    EndTime,
    Fix,
    Geography,
    Quantity,
    Scope,
    Shops,
    TimeRange,
    TimeRestrict,
    TimeRule,
    UseRule,
    UseTime,
    WeekRule,
)
from .states import Activity
from .tables import ActivityRow, Funder, TermsRow

# fmt: off
FUND_ACCOUNT_NOT_MATCH = fault(
    "FUND_ACCOUNT_NOT_MATCH", zh="付款账户与出资人账户不一致，请用出资人账户付款", en="Somebody else is to pay this.",
    fix="Pay with the account that fund_account names.",
)
# fmt: on
STATUS = {"INIT": "I", "WAITING": "S", "ACTIVE": "S", "STOPPED": "E", "ENDED": "E", "DELETED": "D"}
UNITS = {"MINUTE": MINUTE, "HOUR": HOUR, "DAY": DAY}
CONFIRM = "kaifang.voucher.template.confirm"


class Draft(Shape):
    out_biz_no: Key  # your own number of this template; asking twice means the same one
    brand_name: Line  # whose it is, as people read it
    publish_start_time: Moment  # from when it can be sent
    publish_end_time: Moment  # until when
    voucher_valid_period: Line  # JSON: {"type":"ABSOLUTE","start","end"} or {"type":"RELATIVE","duration","unit"}
    floor_amount: Money = Money(0)  # yuan an order must come to at least
    voucher_description: Text | None = None  # JSON: lines that say how to use it
    rule_conf: Text | None = None  # JSON: {"PID": user ids of who takes it, "STORE": numbers of shops}, by comma
    notify_uri: Address | None = None  # where you are told of each use
    extension_info: Text | None = None  # more, as JSON; kept for you


class CashDraft(Draft):
    amount: Amount  # yuan each
    fund_account: Line  # logon id of who pays for all of them
    voucher_quantity: Quantity  # how many there are
    voucher_type: Literal["FIX_VOUCHER", "CASH_VOUCHER"] = "FIX_VOUCHER"  # of a fixed amount
    voucher_use_scene: Key | None = None  # what kind of payment it is for; says nothing here
    redirect_uri: Address | None = None  # where a browser goes once it is paid
    slogan: Line | None = None  # older: the first word of its name


class CashCreated(Shape):
    template_id: str  # the platform's number
    confirm_uri: str  # the page on which fund_account pays
    fund_order_no: str  # the platform's number of that payment


@method(
    "alipay.marketing.cashvoucher.template.create", once=("out_biz_no",), clash=INVALID, raises=[INVALID]
)  # fmt: skip
def create_cash(work: Work, ask: CashDraft) -> CashCreated:
    """Draw up cash vouchers: they can be sent once the account named has paid for all of them."""
    payer = party(work, logon_id=ask.fund_account)
    row = draft(work, ask, "cash", ask.voucher_quantity)
    row.title, row.most = f"{ask.slogan or ''}{ask.amount}元代金券", ask.amount
    funders = [Funder(party=payer.user_id, percent=100, ahead=True)]
    keep(work, row, ask, Deduct(fix_voucher_info=Fix(amount=ask.amount, floor_amount=ask.floor_amount)), funders)
    opened = work.ask(
        "kaifang.cashier.open", kind="pay", title=row.title, amount=ask.amount * ask.voucher_quantity, confirm=CONFIRM,
        subject=row.id, expires=row.end, return_url=ask.redirect_uri,
    )  # fmt: skip
    return CashCreated(template_id=row.id, confirm_uri=work.link(opened.path), fund_order_no=row.id)


@method(CONFIRM, who=Who.INSIDE, raises=[TEMPLATE_NOT_EXIST, TEMPLATE_STATUS_ERROR, FUND_ACCOUNT_NOT_MATCH, BIZ_ERROR])
def confirm(work: Work, ask: Confirm) -> Confirmed:
    """Take the money for cash vouchers of whoever was to pay; from now on they can be sent."""
    row = work.find(ActivityRow, id=ask.subject)
    if row is None or row.kind != "cash":
        raise TEMPLATE_NOT_EXIST(template_id=ask.subject)
    if not Activity.publish.possible(row):
        raise TEMPLATE_STATUS_ERROR(status=STATUS[row.state])
    (funder,) = terms_of(work, row).funders
    if funder.party != ask.user_id:
        raise FUND_ACCOUNT_NOT_MATCH(fund_account=party(work, user_id=funder.party).masked)
    purpose, total = row.budget(ask.user_id).purpose, row.most * row.quantity
    with told_as(refusals_of("kaifang.fund.charge", BIZ_ERROR)):
        work.ask(
            "kaifang.fund.charge", payer=ask.user_id, payee=ask.user_id, payee_purpose=purpose, amount=total,
            ref=row.id, why="voucher.budget", channel=ask.channel,
        )  # fmt: skip
    publish_now(work, row)
    return Confirmed(method="alipay.marketing.cashvoucher.template.create", fields={"template_id": row.id})


class CashlessDraft(Draft):
    voucher_type: Literal["CASHLESS_FIX_VOUCHER", "CASHLESS_RANDOM_VOUCHER"]  # of one amount, or of any
    amount: Amount | None = None  # yuan each, if they are of one amount
    voucher_quantity: Quantity | None = None  # how many there are, if they are of one amount
    total_amount: Amount | None = None  # yuan of all together, if they are of any
    voucher_available_time: Text | None = None  # JSON: [{"day_rule", "time_begin", "time_end"}]


class CashlessCreated(Shape):
    template_id: str  # the platform's number


@method("alipay.marketing.cashlessvoucher.template.create", once=("out_biz_no",), clash=INVALID, raises=[INVALID])
def create_cashless(work: Work, ask: CashlessDraft) -> CashlessCreated:
    """Draw up vouchers for which you take less when they are used; they can be sent from their start on."""
    fixed = ask.voucher_type == "CASHLESS_FIX_VOUCHER"
    amount = ask.amount if fixed else ask.total_amount
    if amount is None or (fixed and ask.voucher_quantity is None):
        raise INVALID(field="amount", reason="give amount and voucher_quantity, or for any amounts total_amount")
    quantity = (ask.voucher_quantity or 0) if fixed else amount.minor
    row = draft(work, ask, "cashless", quantity)
    row.title = f"{amount}元代金券" if fixed else f"{ask.brand_name}代金券"
    row.code_mode = "" if fixed else "RANDOM"
    funders = [Funder(party=row.merchant, percent=100, ahead=False)]
    keep(work, row, ask, Deduct(fix_voucher_info=Fix(amount=amount, floor_amount=ask.floor_amount)), funders)
    check_sellers(scope_of(ask.rule_conf), row.merchant, funders)
    publish_now(work, row)
    return CashlessCreated(template_id=row.id)


def draft(work: Work, ask: Any, kind: str, quantity: int) -> ActivityRow:
    """The row of a template."""
    start, end = ask.publish_start_time.ms, ask.publish_end_time.ms
    if not start < end <= start + LONGEST or end <= work.now:
        raise INVALID(field="publish_end_time", reason="after the start and in the future, within a year")
    row = ActivityRow(
        id=work.new_id("82602"), merchant=work.caller.merchant, kind=kind, out_no=f"{kind}/{ask.out_biz_no}",
        name=ask.brand_name, title="", app=work.caller.app, auth_app=work.caller.auth_app, created=work.now,
        start=start, end=end, quantity=quantity, notify_url=ask.notify_uri or work.caller.notify_url or "",
    )  # fmt: skip
    set_period(row, ask.voucher_valid_period, work.now)
    return work.add(row)


class Valid(Shape):
    type: Literal["ABSOLUTE", "RELATIVE"]
    start: Moment | None = None
    end: Moment | None = None
    duration: Annotated[int, Meta(ge=1, le=10_000)] | None = None
    unit: Literal["MINUTE", "HOUR", "DAY"] = "DAY"


def set_period(row: ActivityRow, text: str, now: int) -> None:
    """When its vouchers can be used."""
    valid = read(text, Valid, "voucher_valid_period")
    if valid.type == "RELATIVE" and valid.duration is not None:
        row.begins = row.ends = row.waits = 0
        row.lasts = valid.duration * UNITS[valid.unit]
    elif valid.start is not None and valid.end is not None and valid.start.ms < valid.end.ms > max(row.start, now):
        row.begins, row.ends = valid.start.ms, valid.end.ms
    else:
        raise INVALID(field="voucher_valid_period", reason="start and end in the future, or duration and unit")


def read(text: str, kind: Any, field: str) -> Any:
    """JSON inside text."""
    try:
        return convert(msgspec.json.decode(text), kind)
    except (msgspec.DecodeError, Fault) as problem:
        raise INVALID(field=field, reason=str(problem)[:200]) from problem


class Places(Shape):
    PID: str = ""
    STORE: str = ""


def scope_of(text: str | None) -> Scope:
    """Where vouchers are taken."""
    places = read(text, Places, "rule_conf") if text else Places()
    shops = Shops(available_shop_ids=places.STORE.split(",")) if places.STORE else None
    return Scope(
        voucher_available_account_info=Accounts(available_pids=places.PID.split(",") if places.PID else None),
        voucher_available_geography_scope_info=Geography(
            available_geography_scope_type="SHOP", available_geography_shop_info=shops
        ),
    )


class Hours(Shape):
    day_rule: Annotated[str, Meta(pattern=r"^[1-7](,[1-7])*$")]
    time_begin: CLOCK
    time_end: CLOCK


def rule_of(row: ActivityRow, text: str | None) -> UseRule:
    """At which hours vouchers are taken."""
    hours = read(text, list[Hours], "voucher_available_time") if text else []
    usable = [
        TimeRule(
            week_rule_info=WeekRule(
                week_day=one.day_rule,
                time_range_info=TimeRange(begin_time=one.time_begin, end_time_info=EndTime(end_time=one.time_end)),
            )
        )
        for one in hours
    ]
    period = Absolute(
        valid_begin_time=Moment(row.begins or row.start), valid_end_time=Moment(row.ends or row.end),
        time_restrict_info=TimeRestrict(usable_period_info=usable) if usable else None,
    )  # fmt: skip
    return UseRule(voucher_use_time_info=UseTime(absolute_period_info=period))


TEXTS = ("voucher_valid_period", "voucher_description", "extension_info", "voucher_type")


def keep(work: Work, row: ActivityRow, ask: Any, deduct: Deduct, funders: list[Funder]) -> None:
    """Keep what a template promises."""
    texts = {name: getattr(ask, name) for name in TEXTS if getattr(ask, name)}
    rule = rule_of(row, getattr(ask, "voucher_available_time", None))
    work.add(
        TermsRow(
            id=row.id, deduct=deduct, scope=scope_of(ask.rule_conf), rule=rule, funders=funders, texts=texts
        )
    )  # fmt: skip


class Which(Shape):
    template_id: Key  # the platform's number


def own_template(work: Work, template_id: str, *kinds: str) -> ActivityRow:
    """The caller's template with this number."""
    row = work.find(ActivityRow, id=template_id)
    if row is None or row.merchant != work.caller.merchant or row.kind not in (kinds or ("cash", "cashless")):
        raise TEMPLATE_NOT_EXIST(template_id=template_id)
    return row


class Modify(Which):
    out_biz_no: Key  # your own number of this change; asking twice changes once
    publish_end_time: Moment | None = None  # until when it can be sent; never earlier than before


class ModifyCash(Modify):
    voucher_valid_period: Line | None = None  # of drafts: as in the draft
    slogan: Line | None = None  # of drafts: the first word of its name


class Modified(Shape):
    status: str  # I draft, S in force, E over, D deleted


MODIFY_FAULTS = [TEMPLATE_NOT_EXIST, ACTIVITY_IS_END, INVALID]


@method(
    "alipay.marketing.cashvoucher.template.modify", once=("out_biz_no",), clash=INVALID,
    raises=[*MODIFY_FAULTS, TEMPLATE_STATUS_ERROR],
)  # fmt: skip
def modify_cash(work: Work, ask: ModifyCash) -> Modified:
    """Send cash vouchers for longer; of a draft also change how long they last."""
    row = own_template(work, ask.template_id, "cash")
    modify_now(work, row, ask.publish_end_time, None)
    if ask.voucher_valid_period is not None or ask.slogan is not None:
        if row.state != Activity.INIT.name:
            raise TEMPLATE_STATUS_ERROR(status=STATUS[row.state])
        if ask.voucher_valid_period is not None:
            set_period(row, ask.voucher_valid_period, work.now)
            terms_of(work, row).texts["voucher_valid_period"] = ask.voucher_valid_period
        if ask.slogan is not None:
            row.title = f"{ask.slogan}{row.most}元代金券"
    return Modified(status=STATUS[row.state])


class ModifyCashless(Modify):
    rule_conf: Text | None = None  # where it is taken, as in the draft


class Done(Shape):
    pass


@method(
    "alipay.marketing.cashlessvoucher.template.modify", once=("out_biz_no",), clash=INVALID, raises=MODIFY_FAULTS
)  # fmt: skip
def modify_cashless(work: Work, ask: ModifyCashless) -> Done:
    """Send cashless vouchers for longer, or let them be taken elsewhere."""
    row = own_template(work, ask.template_id, "cashless")
    modify_now(work, row, ask.publish_end_time, None)
    if ask.rule_conf is not None:
        terms, scope = terms_of(work, row), scope_of(ask.rule_conf)
        check_sellers(scope, row.merchant, terms.funders)
        terms.scope = scope
    return Done()


@method("alipay.marketing.voucher.template.delete", raises=[TEMPLATE_NOT_EXIST, TEMPLATE_STATUS_ERROR])
def delete(work: Work, ask: Which) -> Done:
    """Delete a draft that nobody has paid for; asking twice deletes once."""
    row = own_template(work, ask.template_id)
    if row.state != Activity.DELETED.name:
        if not Activity.delete.possible(row):
            raise TEMPLATE_STATUS_ERROR(status=STATUS[row.state])
        Activity.delete(work, row, **facts(row))
    return Done()
