"""Merchants' own vouchers, which they take themselves by a code: their activities, and the codes."""

from typing import Annotated

from msgspec import Meta

from kaifang.kernel import Address, Count, Key, Line, Moment, Shape, Work, method

from .activity import (
    MOVE_FAULTS,
    Append,
    Done,
    append_now,
    modify_now,
    most_of,
    new_activity,
    publish_now,
    stop_now,
    title_of,
)
from .activity import Which as WhichActivity
from .errors import ACTIVITY_NOT_ACTIVE, ACTIVITY_NOT_EXIST, BIZ_ERROR, INVALID
from .find import Person, own_activity, party, terms_of, the_person
from .funding import check_places, issue
from .hands import GIVE_FAULTS, in_use, is_code, new_voucher
from .hands import facts as voucher_facts
from .parts import BaseInfo, Deduct, Display, Guide, Scope, SendMode, Supply, UseRule
from .query import Common, Inventory, Summary, Which, common, inventory
from .states import Activity, Voucher
from .tables import ActivityRow, CodeRow, Funder, TermsRow

CODE_MODES = ("MERCHANT_UPLOAD", "MERCHANT_API", "ALIPAY_CODE")


class Create(Shape):
    out_biz_no: Key  # your own number of this activity; asking twice means the same one
    activity_base_info: BaseInfo  # what it is called, and where its codes come from
    voucher_deduct_info: Deduct  # what it is good for
    voucher_send_mode_info: SendMode  # how many, when and by whom; bought or for nothing
    voucher_use_rule_info: UseRule  # when, and how often
    merchant_access_mode: Key | None = None  # how you came here; says nothing here
    voucher_available_scope_info: Scope | None = None  # where it can be used
    voucher_customer_guide_info: Guide | None = None  # where people are led
    voucher_display_pattern_info: Display | None = None  # how people see it


class Created(Shape):
    activity_id: str  # the platform's number


@method("alipay.marketing.activity.ordervoucher.create", once=("out_biz_no",), clash=INVALID, raises=[INVALID])
def create(work: Work, ask: Create) -> Created:
    """Begin an activity of vouchers that you take yourself; codes that you bring are deposited before any is given."""
    base, deduct, display = ask.activity_base_info, ask.voucher_deduct_info, ask.voucher_display_pattern_info
    belongs = base.belong_merchant_info
    if belongs is not None and belongs.merchant_id not in (None, work.caller.merchant):
        raise INVALID(field="belong_merchant_info.merchant_id", reason="begin activities of your own")
    row = new_activity(work, "order", ask.out_biz_no, ask.voucher_send_mode_info, ask.voucher_use_rule_info)
    row.code_mode = base.code_mode or "ALIPAY_CODE"
    if row.code_mode not in CODE_MODES:
        raise INVALID(field="code_mode", reason=" or ".join(CODE_MODES))
    row.name = base.activity_name or ""
    row.title = title_of(deduct, display, row.name)
    most_of(deduct, Supply())
    check_places(ask.voucher_available_scope_info)
    sale = ask.voucher_send_mode_info.voucher_sale_mode_info
    if (ask.voucher_send_mode_info.voucher_send_mode == "SALE_MODE") != (sale is not None):
        raise INVALID(field="voucher_sale_mode_info", reason="give it for SALE_MODE, and only then")
    if sale is not None:
        row.price = sale.sale_amount
        if sale.payee_pid is not None and party(work, user_id=sale.payee_pid).user_id != row.merchant:
            raise INVALID(field="payee_pid", reason="you are paid yourself")
    work.add(row)
    work.add(
        TermsRow(
            id=row.id, deduct=deduct, scope=ask.voucher_available_scope_info, rule=ask.voucher_use_rule_info,
            send=ask.voucher_send_mode_info, display=display, guide=ask.voucher_customer_guide_info,
            funders=[Funder(party=row.merchant, percent=100, ahead=False)],
        )
    )  # fmt: skip
    if row.end <= work.now:
        raise INVALID(field="publish_end_time", reason="in the future")
    publish_now(work, row)
    return Created(activity_id=row.id)


class Modify(WhichActivity):
    activity_base_info: BaseInfo | None = None  # what it is called
    publish_end_time: Moment | None = None  # older: until when it can be had; never earlier than before
    voucher_send_mode_info: SendMode | None = None  # its publish_end_time counts, and nothing else of it
    voucher_available_scope_info: Scope | None = None  # where it can be used
    voucher_display_pattern_info: Display | None = None  # how people see it
    voucher_customer_guide_info: Guide | None = None  # where people are led


@method(
    "alipay.marketing.activity.ordervoucher.modify", once=("out_biz_no",), clash=INVALID, raises=[*MOVE_FAULTS, INVALID]
)
def modify(work: Work, ask: Modify) -> Done:
    """Change an activity's name, reach, looks or end; what is left out stays."""
    row = own_activity(work, ask.activity_id, "order")
    send = ask.voucher_send_mode_info.voucher_send_rule_info if ask.voucher_send_mode_info is not None else None
    modify_now(work, row, (send.publish_end_time if send else None) or ask.publish_end_time, ask.activity_base_info)
    check_places(ask.voucher_available_scope_info)
    terms = terms_of(work, row)
    terms.scope = ask.voucher_available_scope_info or terms.scope
    terms.display = ask.voucher_display_pattern_info or terms.display
    terms.guide = ask.voucher_customer_guide_info or terms.guide
    return Done()


@method(
    "alipay.marketing.activity.ordervoucher.append", once=("out_biz_no",), clash=INVALID, raises=[*MOVE_FAULTS, INVALID]
)  # fmt: skip
def append(work: Work, ask: Append) -> Done:
    """Append to an activity: from now on there are this many vouchers in all."""
    append_now(work, own_activity(work, ask.activity_id, "order"), ask.voucher_quantity)
    return Done()


@method("alipay.marketing.activity.ordervoucher.stop", once=("out_biz_no",), clash=INVALID, raises=MOVE_FAULTS)
def stop(work: Work, ask: WhichActivity) -> Done:
    """Stop an activity: nobody has more of it, and what people have can still be used."""
    stop_now(work, own_activity(work, ask.activity_id, "order"))
    return Done()


class Found(Common):
    voucher_inventory_info: Inventory  # how many were had and used
    summary: Summary  # the same
    activity_operation_status: str  # NORMAL or STOPPED


@method("alipay.marketing.activity.ordervoucher.query", reads=True, raises=[ACTIVITY_NOT_EXIST])
def query(work: Work, ask: Which) -> Found:
    """Ask how an activity of yours stands, how many of its vouchers were had and how many used."""
    row = own_activity(work, ask.activity_id, "order")
    had, used = inventory(work, row)
    return Found(
        **common(row, terms_of(work, row)), voucher_inventory_info=Inventory(send_count=had, use_count=used),
        summary=Summary(publish_count=had, used_count=used),
        activity_operation_status="STOPPED" if row.state == Activity.STOPPED.name else "NORMAL",
    )  # fmt: skip


class Deposit(WhichActivity):
    voucher_codes: Annotated[list[Line], Meta(max_length=200)]  # 1 to 200 codes of 4 to 64 letters and digits


class FailedCode(Shape):
    voucher_code: str  # the code
    error_code: str  # DUPLICATE or INVALID_PARAMETER
    error_msg: str  # the same in words


class Deposited(Shape):
    success_count: Count  # how many were taken
    fail_count: Count  # how many were not
    success_voucher_code_list: list[str]  # which were taken
    fail_voucher_code_detail_list: list[FailedCode]  # which were not, and why


@method(
    "alipay.marketing.activity.ordervoucher.codedeposit", once=("out_biz_no",), clash=INVALID,
    raises=[ACTIVITY_NOT_EXIST, BIZ_ERROR, INVALID],
)  # fmt: skip
def deposit(work: Work, ask: Deposit) -> Deposited:
    """Bring codes; as many vouchers can be had as there are codes, up to the activity's quantity."""
    row = takes_codes(work, ask.activity_id)
    if not ask.voucher_codes:
        raise INVALID(field="voucher_codes", reason="1 to 200")
    taken, failed = [], []
    for code in ask.voucher_codes:
        if is_code(code) and add_code(work, row, code):
            taken.append(code)
        else:
            problem = "DUPLICATE" if is_code(code) else "INVALID_PARAMETER"
            failed.append(FailedCode(voucher_code=code[:64], error_code=problem, error_msg=PROBLEMS[problem]))
    issue(work, row)
    return Deposited(
        success_count=len(taken), fail_count=len(failed), success_voucher_code_list=taken,
        fail_voucher_code_detail_list=failed,
    )  # fmt: skip


PROBLEMS = {"DUPLICATE": "券码重复", "INVALID_PARAMETER": "券码须为4到64位字母、数字、_或-"}


def takes_codes(work: Work, activity_id: str) -> ActivityRow:
    """The caller's activity with this number, if codes can be brought to it."""
    row = own_activity(work, activity_id, "order")
    if row.code_mode != "MERCHANT_UPLOAD" or not Activity.append.possible(row):
        raise BIZ_ERROR(reason="codes are brought to open activities of MERCHANT_UPLOAD", code_mode=row.code_mode)
    return row


def add_code(work: Work, row: ActivityRow, code: str) -> bool:
    """Let an activity have one more code; whether it did not have it before."""
    if work.find(CodeRow, activity=row.id, code=code) is not None:
        return False
    row.codes += 1
    work.add(CodeRow(activity=row.id, code=code, number=row.codes))
    return True


class Counted(Shape):
    success_count: Count  # how many codes were taken


@method("alipay.marketing.activity.ordervoucher.codecount", reads=True, raises=[ACTIVITY_NOT_EXIST])
def count_codes(work: Work, ask: Which) -> Counted:
    """Ask how many codes you brought."""
    return Counted(success_count=own_activity(work, ask.activity_id, "order").codes)


class Send(Person):
    activity_id: Key  # the platform's number
    out_biz_no: Key  # your own number of this; asking twice sends one
    trade_no: Key | None = None  # the order that it is for; kept nowhere
    biz_dt: Moment | None = None  # when; it is now
    merchant_order_url: Address | None = None  # where the order can be read; kept nowhere
    trade_channel: Line | None = None  # where it was ordered; kept nowhere
    ch_info: Line | None = None  # where the person came from; kept nowhere


class Sent(Shape):
    voucher_code: str  # what it is shown by


@method(
    "alipay.marketing.activity.ordervoucher.send", once=("out_biz_no",), clash=INVALID,
    raises=[ACTIVITY_NOT_EXIST, INVALID, *(kind for kind in GIVE_FAULTS if kind is not ACTIVITY_NOT_ACTIVE)],
)  # fmt: skip
def send(work: Work, ask: Send) -> Sent:
    """Send somebody a voucher that you take yourself."""
    row = own_activity(work, ask.activity_id, "order")
    voucher = new_voucher(work, row, in_use(the_person(work, ask)).user_id)
    Voucher.give(work, voucher, **voucher_facts(voucher))
    return Sent(voucher_code=voucher.code)
