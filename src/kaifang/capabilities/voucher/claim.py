"""How people come to vouchers: they claim them, or are given them; never more than there are."""

from typing import Any

from kaifang.kernel import (
    Account,
    Ahead,
    Key,
    Moment,
    Money,
    Move,
    Purse,
    Shape,
    Who,
    Work,
    method,
)

from .errors import (
    ACTIVITY_IS_END,
    ACTIVITY_IS_STOPED,
    ACTIVITY_NOT_ACTIVE,
    ACTIVITY_NOT_EXIST,
    ACTIVITY_NOT_START,
    BUDGET_NOT_ENOUGH,
    COUNT_OVER_LIMIT,
    INVALID,
    USER_NOT_ALLOWED,
)
from .find import Person, any_activity, own_activity, party, signed_in, the_person
from .hours import period_of
from .states import Activity, Voucher
from .tables import ActivityRow, CountRow, HolderRow, Holding, VoucherRow

EVERYBODY = "*"
NO_FACE = Money(0)
HELD_AT_MOST = 500  # vouchers that one person may have at a time

GIVE_FAULTS = [
    ACTIVITY_NOT_ACTIVE, ACTIVITY_NOT_START, ACTIVITY_IS_END, ACTIVITY_IS_STOPED, BUDGET_NOT_ENOUGH, COUNT_OVER_LIMIT,
    USER_NOT_ALLOWED,
]  # fmt: skip


class Claim(Shape):
    activity_id: Key  # the platform's number
    shop_id: Key | None = None  # the shop where it is taken
    exposure: Key | None = None  # the showing that led here


class Claimed(Shape):
    voucher_id: str  # the platform's number
    activity_id: str  # the platform's number
    title: str  # what people read
    valid_begin_time: Moment  # from when it can be used
    valid_end_time: Moment  # until when


def ahead_of(look: Ahead, activity_id: str, user: str) -> None:
    """The activity, its stock, and what this person has."""
    row = look.row(ActivityRow, id=activity_id)
    look.row(HolderRow, id=user)
    if row is not None:
        look.row(Account, id=row.stock.account(row.asset))
        look.row(Account, id=Purse(user, "voucher").account(row.asset))
        if row.per_user:
            look.row(CountRow, activity=row.id, who=user)


def claim_ahead(look: Ahead, ask: Claim) -> None:
    """Whoever is signed in."""
    ahead_of(look, ask.activity_id, look.caller.user or "")


@method(
    "kaifang.voucher.claim", who=Who.WALLET, ahead=claim_ahead,
    raises=[ACTIVITY_NOT_EXIST, *GIVE_FAULTS],
)  # fmt: skip
def claim(work: Work, ask: Claim) -> Claimed:
    """Take a voucher of an activity, as long as there are some and you have not had your share."""
    user, row = signed_in(work), any_activity(work, ask.activity_id)
    if row.kind != "payment":  # others are sold, or given by the merchant
        raise ACTIVITY_NOT_EXIST(activity_id=ask.activity_id)
    voucher = new_voucher(work, row, user, exposure=ask.exposure or "", shop=ask.shop_id or "")
    Voucher.claim(work, voucher, **facts(voucher))
    return claimed(row, voucher)


def claimed(row: ActivityRow, voucher: VoucherRow) -> Claimed:
    """A voucher as whoever took it is told."""
    return Claimed(
        voucher_id=voucher.id, activity_id=row.id, title=row.title, valid_begin_time=Moment(voucher.begins),
        valid_end_time=Moment(voucher.ends),
    )  # fmt: skip


class Send(Person):
    activity_id: Key  # the platform's number
    out_biz_no: Key  # your own number of this; asking twice gives one
    merchant_access_mode: Key | None = None  # how you came here; says nothing here


class Sent(Shape):
    voucher_id: str  # the platform's number


@method(
    "alipay.marketing.activity.voucher.send", once=("out_biz_no",), clash=INVALID,
    raises=[ACTIVITY_NOT_EXIST, INVALID, *GIVE_FAULTS],
)  # fmt: skip
def send(work: Work, ask: Send) -> Sent:
    """Give somebody a voucher of your activity."""
    row = own_activity(work, ask.activity_id, "payment")
    voucher = new_voucher(work, row, in_use(the_person(work, ask)).user_id)
    Voucher.give(work, voucher, **facts(voucher))
    return Sent(voucher_id=voucher.id)


class Give(Shape):
    activity_id: Key  # the platform's number
    user: Key  # user id of who gets it
    out_no: Key  # the asker's number of this; asking twice gives one
    exposure: Key | None = None  # the showing that led here


def give_ahead(look: Ahead, ask: Give) -> None:
    """Whoever gets it."""
    ahead_of(look, ask.activity_id, ask.user)


@method(
    "kaifang.voucher.give", who=Who.INSIDE, once=("activity_id", "user", "out_no"), clash=INVALID, ahead=give_ahead,
    raises=[ACTIVITY_NOT_EXIST, *GIVE_FAULTS],
)  # fmt: skip
def give(work: Work, ask: Give) -> Sent:
    """Give somebody a voucher of any activity: a prize, a card's benefit, thanks for something."""
    row = any_activity(work, ask.activity_id)
    voucher = new_voucher(work, row, ask.user, exposure=ask.exposure or "")
    Voucher.give(work, voucher, **facts(voucher))
    return Sent(voucher_id=voucher.id)


def in_use(person: Any) -> Any:
    """A person whose account is in use."""
    if person.status != "NORMAL":
        raise USER_NOT_ALLOWED(status=person.status)
    return person


def new_voucher(
    work: Work, row: ActivityRow, user: str, *, exposure: str = "", shop: str = "", face: Money = NO_FACE
) -> VoucherRow:
    """A voucher out of the stock, if it is time, this person may have one, and there is one."""
    check_open(row, work.now)
    count_all(work, row, user)
    holder = work.find(HolderRow, id=user) or work.add(HolderRow(id=user))
    if len(holder.held) >= HELD_AT_MOST:
        raise USER_NOT_ALLOWED(reason=f"a person has {HELD_AT_MOST} at a time")
    begins = row.begins or work.now + row.waits
    voucher = VoucherRow(
        id=work.new_id("82601"), activity=row.id, merchant=row.merchant, user=user, begins=begins,
        ends=row.ends or begins + row.lasts, created=work.now, exposure=exposure, shop=shop, face=face,
    )  # fmt: skip
    one = Move(row.stock, Purse(user, "voucher"), voucher.units(row), BUDGET_NOT_ENOUGH)
    work.post(one, why="voucher.give", ref=voucher.id)
    holder.held = [*holder.held, Holding(id=voucher.id, activity=row.id, ends=voucher.ends)]
    if not row.ends:  # those that end together have one timer together
        work.later(voucher.ends, "voucher.expire", voucher.id)
    return work.add(voucher)


def check_open(row: ActivityRow, now: int) -> None:
    """Whether something can be had of an activity at this moment, whether or not its timers have come round yet."""
    if row.state in (Activity.INIT.name, Activity.STOPPED.name, Activity.DELETED.name):
        raise Activity.refusal(row.state)(activity_id=row.id)
    if now < row.start:
        raise ACTIVITY_NOT_START(publish_start_time=Moment(row.start))
    if now >= row.end or row.state == Activity.ENDED.name:
        raise ACTIVITY_IS_END(publish_end_time=Moment(row.end))


def count_all(work: Work, row: ActivityRow, user: str) -> None:
    """Count one more for everybody and everything that an activity limits."""
    if row.certified or row.by_person or row.by_phone:
        person = party(work, user_id=user)
        if row.certified and not person.certified:
            raise USER_NOT_ALLOWED(reason="only for people who proved who they are")
        if row.by_person and person.cert_no:
            count(work, row, f"cert:{person.cert_no}", row.period, row.per_user)
        if row.by_phone and person.mobile:
            count(work, row, f"phone:{person.mobile}", row.period, row.per_user)
    if row.per_user:
        count(work, row, user, row.period, row.per_user)
    if row.per_day:
        count(work, row, EVERYBODY, "DAY", row.per_day)


def count(work: Work, row: ActivityRow, who: str, period: str, most: int) -> None:
    """Count one more of somebody's in the present period, never above the limit."""
    found = work.find(CountRow, activity=row.id, who=who) or work.add(CountRow(activity=row.id, who=who))
    now = period_of(period, work.now)
    within = found.within if found.period == now else 0
    if most and within >= most:
        raise COUNT_OVER_LIMIT(most=most, period=period)
    found.period, found.within, found.total = now, within + 1, found.total + 1


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
