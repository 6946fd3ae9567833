"""How people come to vouchers: they claim them, or are given them; never more than there are."""

from typing import Annotated

from msgspec import Meta

from kaifang.kernel import Account, Ahead, Fault, Key, Line, Moment, Purse, Shape, Who, Work, method

from .errors import (
    ACTIVITY_NOT_ACTIVE,
    ACTIVITY_NOT_EXIST,
    ACTIVITY_NOT_START,
    BUDGET_NOT_ENOUGH,
    COUNT_OVER_LIMIT,
    INVALID,
    USER_NOT_ALLOWED,
    VOUCHER_NOT_OFFERED,
)
from .find import Person, any_activity, own_activity, party, planned, signed_in, the_person
from .hands import GIVE_FAULTS, facts, in_use, new_voucher
from .states import Voucher
from .tables import ActivityRow, CountRow, HolderRow, ReceivedRow, TakenRow, VoucherRow


class Claim(Shape):
    activity_id: Key  # the platform's number
    shop_id: Key | None = None  # the shop where it is taken
    exposure: Key | None = None  # the showing that led here; needed for what is not offered to everybody


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
    raises=[ACTIVITY_NOT_EXIST, VOUCHER_NOT_OFFERED, *GIVE_FAULTS],
)  # fmt: skip
def claim(work: Work, ask: Claim) -> Claimed:
    """Take a voucher that is offered to you, as long as there are some; where it was shown to you, one each time."""
    user, row = signed_in(work), any_activity(work, ask.activity_id)
    if row.kind not in ("payment", "order") or row.price:  # others are sold, or sent by the merchant
        raise ACTIVITY_NOT_EXIST(activity_id=ask.activity_id)
    voucher = take(work, row, user, ask) if row.public else take_shown(work, row, user, ask)
    return claimed(row, voucher)


def take_shown(work: Work, row: ActivityRow, user: str, ask: Claim) -> VoucherRow:
    """Take what is not there for all: what a plan shows to everybody, or, once, what was shown to this person."""
    known = work.find(TakenRow, activity=row.id, exposure=ask.exposure) if ask.exposure is not None else None
    before = work.find(VoucherRow, id=known.voucher) if known is not None else None
    if before is not None and before.user == user:
        return before
    shown = ask.exposure is not None and was_shown(work, row, user, ask.exposure)
    if not shown and row.id not in planned(work, [row.merchant], row.id):
        why = (
            "it was not shown to you then, or is shown no more" if ask.exposure else "missing; it is not for everybody"
        )
        raise VOUCHER_NOT_OFFERED(field="exposure", reason=why)
    voucher = take(work, row, user, ask)
    if shown:
        work.add(TakenRow(activity=row.id, exposure=voucher.exposure, voucher=voucher.id))
    return voucher


def was_shown(work: Work, row: ActivityRow, user: str, exposure: str) -> bool:
    """Whether a slot showed it to this person, and still would."""
    found = work.ask_if_offered("kaifang.reach.offered", exposure=exposure, user=user)
    return found is not None and found.activity_id == row.id


def take(work: Work, row: ActivityRow, user: str, ask: Claim) -> VoucherRow:
    """A voucher that somebody takes."""
    voucher = new_voucher(work, row, user, exposure=ask.exposure or "", shop=ask.shop_id or "")
    Voucher.claim(work, voucher, **facts(voucher))
    return voucher


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
    shop_id: Key | None = None  # the shop where it is taken
    exposure: Key | None = None  # the showing that led here


def give_ahead(look: Ahead, ask: Give) -> None:
    """Whoever gets it."""
    ahead_of(look, ask.activity_id, ask.user)


@method(
    "kaifang.voucher.give", who=Who.INSIDE, once=("activity_id", "user", "out_no"), clash=INVALID, ahead=give_ahead,
    raises=[ACTIVITY_NOT_EXIST, *GIVE_FAULTS],
)  # fmt: skip
def give(work: Work, ask: Give) -> Claimed:
    """Give somebody a voucher of any activity: a prize, a card's benefit, thanks for something."""
    row = any_activity(work, ask.activity_id)
    voucher = new_voucher(work, row, ask.user, exposure=ask.exposure or "", shop=ask.shop_id or "")
    Voucher.give(work, voucher, **facts(voucher))
    return claimed(row, voucher)


class Info(Shape):
    activity_id: Key  # the platform's number
    out_biz_no: Key  # your own number of this; asking twice gives one
    voucher_code: Key | None = None  # of MERCHANT_API: the code by which it is shown
    customize_send_time: Moment | None = None  # from when its validity counts; from now, if left out


class Receive(Shape):
    receive_info_list: Annotated[list[Info], Meta(min_length=1, max_length=20)]  # 1 to 20 vouchers
    user_id: Key | None = None  # who gets them: by user id,
    user_open_id: Line | None = None  # or as your app knows that person
    send_merchant_id: Key | None = None  # who gives them: yourself
    send_merchant_open_id: Line | None = None  # the same, as your app knows you


class Result(Shape):
    activity_id: str  # the platform's number
    out_biz_no: str  # your own number
    result: bool  # whether it was given
    voucher_id: str | None = None  # the platform's number
    voucher_code: str | None = None  # by what it is shown, if it is
    error_code: str | None = None  # why it was not given
    retry: bool | None = None  # whether asking again later may help


class Received(Shape):
    receive_result_list: list[Result]  # in the order of the request


@method("alipay.marketing.activity.ordervoucher.receive", raises=[INVALID, USER_NOT_ALLOWED])
def receive(work: Work, ask: Receive) -> Received:
    """Give a person several vouchers of yours at once; what is refused of one does not hold up the others."""
    if not (ask.user_id or ask.user_open_id):
        raise INVALID(field="user_id", reason="give user_id or user_open_id")
    check_sender(work, ask)
    user = in_use(party(work, user_id=ask.user_id, open_id=ask.user_open_id)).user_id
    return Received(receive_result_list=[give_one(work, user, one) for one in ask.receive_info_list])


def check_sender(work: Work, ask: Receive) -> None:
    """Everybody gives his own."""
    if ask.send_merchant_id or ask.send_merchant_open_id:
        sender = party(work, user_id=ask.send_merchant_id, open_id=ask.send_merchant_open_id)
        if sender.user_id != work.caller.merchant:
            raise INVALID(field="send_merchant_id", reason="give vouchers of your own")


def give_one(work: Work, user: str, info: Info) -> Result:
    """What becomes of one of them."""
    named = {"activity_id": info.activity_id, "out_biz_no": info.out_biz_no}
    try:
        with work.attempt() as part:
            voucher = given(part, user, info)
    except Fault as refusal:
        return Result(**named, result=False, error_code=refusal.kind.code, retry=may_help(refusal))
    return Result(**named, result=True, voucher_id=voucher.id, voucher_code=voucher.code or None)


def given(work: Work, user: str, info: Info) -> VoucherRow:
    """The voucher that is given now, or was when the same was asked before."""
    row = own_activity(work, info.activity_id, "payment", "order")
    known = work.find(ReceivedRow, activity=row.id, out_no=info.out_biz_no)
    if known is not None:
        voucher = work.find(VoucherRow, id=known.voucher)
        if voucher is None or voucher.user != user or info.voucher_code not in (None, voucher.code):
            raise INVALID(field="out_biz_no", reason="it was used for another voucher")
        return voucher
    since = info.customize_send_time.ms if info.customize_send_time is not None else None
    over = since is not None and not row.ends and since + row.waits + row.lasts <= work.now
    if since is not None and (over or not row.start <= since < row.end):
        raise INVALID(field="customize_send_time", reason="while the activity gives vouchers out, and not too long ago")
    voucher = new_voucher(work, row, user, code=info.voucher_code or "", since=since)
    Voucher.give(work, voucher, **facts(voucher))
    work.add(ReceivedRow(activity=row.id, out_no=info.out_biz_no, voucher=voucher.id))
    return voucher


def may_help(refusal: Fault) -> bool:
    """Whether asking again later may help: time begins activities and ends periods, merchants append."""
    if refusal.kind is COUNT_OVER_LIMIT:
        return refusal.facts["period"] != "LIFE_CYCLE"
    return refusal.kind in (ACTIVITY_NOT_ACTIVE, ACTIVITY_NOT_START, BUDGET_NOT_ENOUGH)
