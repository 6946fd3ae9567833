"""How people come to vouchers: they claim them, or are given them; never more than there are."""

from kaifang.kernel import (
    Account,
    Ahead,
    Key,
    Moment,
    Purse,
    Shape,
    Who,
    Work,
    method,
)

from .errors import (
    ACTIVITY_NOT_EXIST,
    INVALID,
)
from .find import Person, any_activity, own_activity, signed_in, the_person
from .hands import GIVE_FAULTS, facts, in_use, new_voucher
from .states import Voucher
from .tables import ActivityRow, CountRow, HolderRow, VoucherRow


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
    if row.kind not in ("payment", "order") or row.price:  # others are sold, or sent by the merchant
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


def send_ahead(look: Ahead, ask: Send) -> None:
    """Whoever gets it, if it is said by user id."""
    if ask.user_id:
        look.ask("kaifang.account.party.find", user_id=ask.user_id)
        ahead_of(look, ask.activity_id, ask.user_id)


@method(
    "alipay.marketing.activity.voucher.send", once=("out_biz_no",), clash=INVALID, ahead=send_ahead,
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
