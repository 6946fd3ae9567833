"""Vouchers in people's hands: how one comes there out of the stock, is spent, restored and let go."""

from typing import Any

from kaifang.kernel import Moment, Money, Move, Purse, Work
from kaifang.kernel.clock import period_of

from .errors import (
    ACTIVITY_IS_END,
    ACTIVITY_IS_STOPED,
    ACTIVITY_NOT_ACTIVE,
    ACTIVITY_NOT_START,
    BUDGET_NOT_ENOUGH,
    COUNT_OVER_LIMIT,
    INVALID,
    USER_NOT_ALLOWED,
)
from .find import party
from .states import Activity, Voucher
from .tables import ActivityRow, CodeRow, CountRow, HolderRow, Holding, VoucherRow

EVERYBODY = "*"
NO_FACE = Money(0)
HELD_AT_MOST, OF_ONE_MERCHANT = 500, 100  # vouchers that one person may have at a time, asked or not
GIVE_FAULTS = [
    ACTIVITY_NOT_ACTIVE, ACTIVITY_NOT_START, ACTIVITY_IS_END, ACTIVITY_IS_STOPED, BUDGET_NOT_ENOUGH, COUNT_OVER_LIMIT,
    USER_NOT_ALLOWED,
]  # fmt: skip


def in_use(person: Any) -> Any:
    """A person whose account is in use."""
    if person.status != "NORMAL":
        raise USER_NOT_ALLOWED(status=person.status)
    return person


def new_voucher(
    work: Work, row: ActivityRow, user: str, *, exposure: str = "", shop: str = "", face: Money = NO_FACE,
    code: str = "", since: int | None = None,
) -> VoucherRow:  # fmt: skip
    """A voucher out of the stock, if it is time, this person may have one, and there is one."""
    check_open(row, work.now)
    for limit in limits(work, row, user):
        count(work, row, limit)
    holder = work.find(HolderRow, id=user) or work.add(HolderRow(id=user))
    check_room(holder, row.merchant)
    begins = row.begins or (work.now if since is None else since) + row.waits
    voucher = VoucherRow(
        id=work.new_id("82601"), activity=row.id, merchant=row.merchant, user=user, begins=begins,
        ends=row.ends or begins + row.lasts, created=work.now, exposure=exposure, shop=shop, face=face,
    )  # fmt: skip
    one = Move(row.stock, Purse(user, "voucher"), voucher.units(row), BUDGET_NOT_ENOUGH)
    work.post(one, why="voucher.give", ref=voucher.id)
    holder.held = [*holder.held, Holding(id=voucher.id, activity=row.id, ends=voucher.ends, merchant=row.merchant)]
    if not row.ends:  # those that end together have one timer together
        work.later(voucher.ends, "voucher.expire", voucher.id)
    if code and row.code_mode != "MERCHANT_API":
        raise INVALID(field="voucher_code", reason="only vouchers of MERCHANT_API are given with a code of yours")
    if row.kind == "order":
        give_code(work, row, voucher, code)
    return work.add(voucher)


def check_room(holder: HolderRow | None, merchant: str) -> None:
    """Whether a person has room for one more of this merchant, who never fills all of it."""
    if holder is not None and len(holder.held) >= HELD_AT_MOST:
        raise USER_NOT_ALLOWED(reason=f"a person has {HELD_AT_MOST} at a time")
    if holder is not None and sum(one.merchant == merchant for one in holder.held) >= OF_ONE_MERCHANT:
        raise USER_NOT_ALLOWED(reason=f"a person has {OF_ONE_MERCHANT} of a merchant at a time")


def give_code(work: Work, row: ActivityRow, voucher: VoucherRow, named: str) -> None:
    """A voucher is shown by the code that the merchant names, by the next that was brought, or by one made here."""
    if row.code_mode == "MERCHANT_UPLOAD":
        left, there = work.balance(row.stock, row.asset), work.balance(row.issued, row.asset)
        code = work.find(CodeRow, activity=row.id, number=-(left + there).minor)
        assert code is not None, f"activity {row.id} issued more than it has codes"
    else:
        if named and (not is_code(named) or work.find(CodeRow, activity=row.id, code=named) is not None):
            raise INVALID(field="voucher_code", reason="4 to 64 letters and digits, and not yet given")
        code = work.add(CodeRow(activity=row.id, code=named or work.chance.text(16)))
    code.voucher, voucher.code = voucher.id, code.code


def is_code(code: str) -> bool:
    """Whether a text can be a code."""
    return 4 <= len(code) <= 64 and code.isascii() and code.replace("_", "").replace("-", "").isalnum()


def check_open(row: ActivityRow, now: int) -> None:
    """Whether something can be had of an activity at this moment, whether or not its timers have come round yet."""
    if row.state in (Activity.INIT.name, Activity.STOPPED.name, Activity.DELETED.name):
        raise Activity.refusal(row.state)(activity_id=row.id)
    if now < row.start:
        raise ACTIVITY_NOT_START(publish_start_time=Moment(row.start))
    if now >= row.end or row.state == Activity.ENDED.name:
        raise ACTIVITY_IS_END(publish_end_time=Moment(row.end))
    if row.ends and now >= row.ends:
        raise ACTIVITY_IS_END(valid_end_time=Moment(row.ends))


Limit = tuple[str, str, int]  # who, in which period, and how many at most


def limits(work: Work, row: ActivityRow, user: str | None) -> list[Limit]:
    """What is counted when this person, or anybody, has one more, if this person may have one at all."""
    found = [(EVERYBODY, "DAY", row.per_day)]
    for who in names_of(work, row, user) if user is not None else ():
        found.append((who, row.period, row.per_user))
        found += [(f"{period}:{who}", period, most) for period, most in row.per_periods.items()]
    return [limit for limit in found if limit[2]]


def names_of(work: Work, row: ActivityRow, user: str) -> list[str]:
    """Under which names a person is counted."""
    names = [user]
    if row.certified or row.by_person or row.by_phone:
        person = party(work, user_id=user)
        if row.certified and not person.certified:
            raise USER_NOT_ALLOWED(reason="only for people who proved who they are")
        if row.by_person and person.cert_no:
            names.append(f"cert:{person.cert_no}")
        if row.by_phone and person.mobile:
            names.append(f"phone:{person.mobile}")
    return names


def check_count(work: Work, row: ActivityRow, limit: Limit) -> CountRow | None:
    """What was counted so far, if there is room for one more."""
    who, period, most = limit
    found = work.find(CountRow, activity=row.id, who=who)
    if found is not None and found.period == period_of(period, work.now) and found.within >= most:
        raise COUNT_OVER_LIMIT(most=most, period=period)
    return found


def count(work: Work, row: ActivityRow, limit: Limit) -> None:
    """Count one more of somebody's in the present period, never above the limit."""
    who, period, _ = limit
    found = check_count(work, row, limit) or work.add(CountRow(activity=row.id, who=who))
    now = period_of(period, work.now)
    found.within = found.within + 1 if found.period == now else 1
    found.period, found.total = now, found.total + 1


def facts(voucher: VoucherRow, **more: Any) -> dict[str, Any]:
    """What the events of a voucher tell."""
    told = {
        "user": voucher.user, "merchant": voucher.merchant, "activity_id": voucher.activity,
        "exposure": voucher.exposure or None, "shop_id": voucher.shop or None,
    }  # fmt: skip
    return told | more


def let_go(work: Work, voucher: VoucherRow) -> None:
    """A person has a voucher no longer."""
    holder = work.find(HolderRow, id=voucher.user)
    if holder is not None:
        holder.held = [one for one in holder.held if one.id != voucher.id]


def spend(work: Work, row: ActivityRow, voucher: VoucherRow, times: int, **more: Any) -> None:
    """Use a voucher so often; one that can be used several times is used up with the last."""
    voucher.used_times += times
    up = voucher.used_times >= row.times
    Voucher.use(work, voucher, to=Voucher.USED if up else Voucher.SENDED, **facts(voucher, **more))
    if up:
        let_go(work, voucher)
        work.post(Move(Purse(voucher.user, "voucher"), row.used, voucher.units(row)), why="voucher.use", ref=voucher.id)


def restore(work: Work, row: ActivityRow, voucher: VoucherRow, times: int, **more: Any) -> bool:
    """Undo so many uses of a voucher; whether it is still good."""
    good, was_up = voucher.ends > work.now, voucher.state == Voucher.USED.name
    voucher.used_times -= times
    to = Voucher.SENDED if good else Voucher.EXPIRED
    Voucher.give_back(work, voucher, to=to, **facts(voucher, **more))
    hand = Purse(voucher.user, "voucher")
    source, target = row.used if was_up else hand, hand if good else row.over
    if source != target:
        work.post(Move(source, target, voucher.units(row)), why="voucher.give_back", ref=voucher.id)
    if was_up and good:
        keep(work, row, voucher)
    elif not was_up and not good:
        let_go(work, voucher)
    return good


def keep(work: Work, row: ActivityRow, voucher: VoucherRow) -> None:
    """A person has a voucher again, and it expires again."""
    holder = work.find(HolderRow, id=voucher.user)
    assert holder is not None, f"{voucher.user} never had a voucher"
    one = Holding(id=voucher.id, activity=voucher.activity, ends=voucher.ends, merchant=row.merchant)
    holder.held = [*holder.held, one]
    if not row.ends:
        work.later(voucher.ends, "voucher.expire", voucher.id)
