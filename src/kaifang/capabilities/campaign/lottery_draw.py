"""Drawing: a person draws a prize, or learns which could be drawn."""

from typing import Any

import msgspec

from kaifang.kernel import (
    Fault,
    Key,
    Line,
    Moment,
    Money,
    Shape,
    Text,
    Work,
    fair,
    fault,
    method,
)
from kaifang.kernel.clock import period_of

from .errors import CAMP_NOT_EXIST, PRIZE_NOT_EXIST, USER_NOT_EXIST
from .find import Person, count, count_within, counted, own_lottery, prizes_of, the_person, the_prize, times
from .prize import NOTHING, hand_out, left
from .states import DrawCampaign, Prize
from .tables import DrawRow, LotteryRow, PrizeRow

# fmt: off
CAMP_NOT_VALID = fault("CAMP_NOT_VALID", zh="活动未生效", en="The campaign is not open now.")
FREQ_OR_COUNT_LIMIT = fault("FREQ_OR_COUNT_LIMIT", zh="频率或次数超限", en="This person had as many as one may have.")
RULE_NOT_PASS = fault("RULE_NOT_PASS", zh="规则未通过", en="This person may not draw here.")
NOT_WIN = fault("NOT_WIN", zh="未中奖", en="Nothing was won.")
# fmt: on


class Pair(Shape):
    """A name and what it stands for."""

    key: Line | None = None  # the name
    value: Line | None = None  # what it stands for


class Trigger(Person):
    camp_id: Key  # the platform's number
    out_biz_no: Key  # your own number of this draw; asking twice draws once
    bind_mobile: Key | None = None  # or by mobile number
    prize_id: Key | None = None  # the one prize that is drawn for; the odds of winning stay the same
    term_id: Key | None = None  # the device, whose draws may be counted
    client_ip: Line | None = None  # the person's address; says nothing here, nor does what follows
    channel_info: Line | None = None  # by which way they came
    camp_source: Key | None = None  # from where they came
    json_ua: Text | None = None  # how they moved on the page
    ext_info: Pair | None = None  # more
    taobao_id: Key | None = None  # of another house


class Triggered(Shape):
    camp_id: str  # the platform's number
    trigger_result: bool  # whether something was won
    repeat_trigger_flag: str  # true if this was drawn before
    camp_log_id: str | None = None  # the platform's number of the draw
    display_name: str | None = None  # the person's logon id, as others may see it
    prize_id: str | None = None  # what was won
    prize_name: str | None = None  # its name
    prize_flag: str | None = None  # the platform's number of what was won
    prize_log_id: str | None = None  # the same
    out_prize_id: str | None = None  # number of the voucher or certificate
    extend_field: str | None = None  # JSON: prize_amount and prize_type; or errorMsgType and errorMsg


@method(
    "alipay.marketing.campaign.drawcamp.trigger", raises=[CAMP_NOT_EXIST, PRIZE_NOT_EXIST, USER_NOT_EXIST]
)  # fmt: skip
def trigger(work: Work, ask: Trigger) -> Triggered:
    """Let somebody draw; what comes of it is fixed by the seed to which the campaign is committed."""
    row = own_lottery(work, ask.camp_id)
    person = the_person(work, ask.user_id, ask.open_id, ask.login_id or ask.bind_mobile)
    before = work.find(DrawRow, campaign=row.id, user=person.user_id, out_no=ask.out_biz_no)
    if before is not None:
        return triggered(work, before, person.masked, "true")
    if ask.prize_id:
        the_prize(work, row, ask.prize_id)
    try:
        with work.attempt() as part:
            drawn = draw(part, row.id, person, ask)
    except Fault as refusal:
        return Triggered(camp_id=row.id, trigger_result=False, repeat_trigger_flag="false", extend_field=why(refusal))
    return triggered(work, drawn, person.masked, "false")


def why(refusal: Fault) -> str:
    """What stood in the way, as JSON."""
    return msgspec.json.encode({"errorMsgType": refusal.kind.code, "errorMsg": refusal.says()}).decode()


def draw(work: Work, camp_id: str, person: Any, ask: Trigger) -> DrawRow:
    """Count a draw, draw, and give what was won."""
    row = own_lottery(work, camp_id)
    user = person.user_id
    check(work, row, user)
    drawn_before = counted(work, row.id, user)
    count(drawn_before, row.per_account, FREQ_OR_COUNT_LIMIT)
    for which, name, most in (
        ("cert", person.cert_no, row.per_certificate),
        ("phone", person.mobile, row.per_mobile),
        ("device", ask.term_id, row.per_terminal),
    ):
        if name and most:
            count(counted(work, row.id, f"{which}:{name}"), most, FREQ_OR_COUNT_LIMIT)
    who = fair.alias(row.veil, user)
    got, fen = fair.draw(row.seed, row.rules[-1], row.id, who, drawn_before.total)
    drawn = DrawRow(
        campaign=row.id, who=who, number=drawn_before.total, user=user, out_no=ask.out_biz_no,
        log=work.new_id("83102"), rule=len(row.rules) - 1, asked=ask.prize_id or "", got=got, at=work.now,
    )  # fmt: skip
    if got != NOTHING:
        win(work, row, drawn, fen)
    return work.add(drawn)


def check(work: Work, row: LotteryRow, user: str) -> None:
    """Whether somebody may draw now."""
    if row.state != DrawCampaign.CAMP_GOING.name or not row.start <= work.now < row.end:
        raise CAMP_NOT_VALID(camp_status=row.state)
    if row.whitelist and user not in row.whitelist:
        raise RULE_NOT_PASS()
    if row.wins and times(work, row.id, f"won:{user}") >= row.wins:
        raise FREQ_OR_COUNT_LIMIT(most=row.wins)


def win(work: Work, row: LotteryRow, drawn: DrawRow, fen: int) -> None:
    """Give what was drawn; if nothing is left of it, or it cannot be won now, nothing is given."""
    prize = work.find(PrizeRow, id=drawn.asked or drawn.got)
    assert prize is not None, f"{drawn.got} was drawn, which is no prize"
    if drawn.asked:
        drawn.got, fen = prize.id, fair.amount(row.seed, prize.low, prize.high, row.id, drawn.who, drawn.number)
    try:
        with work.attempt() as part:
            check_prize(part, row, prize, drawn.user)
            drawn.given = hand_out(part, prize, drawn.user, drawn.log, Money(fen))
    except Fault:
        drawn.gone = True
        return
    drawn.amount = Money(fen)
    counted(work, row.id, f"won:{drawn.user}").total += 1
    work.tell(
        "prize.give", drawn.log, merchant=row.merchant, user=drawn.user, camp_id=row.id, prize_id=prize.id,
        amount=fen or None, given=drawn.given or None,
    )  # fmt: skip


def check_prize(work: Work, row: LotteryRow, prize: PrizeRow, user: str) -> None:
    """Whether a prize can be won by somebody now; one more is counted."""
    if prize.state != Prize.PRIZE_OPENED.name or not prize.start <= work.now < prize.end:
        raise CAMP_NOT_VALID(prize_id=prize.id)
    if prize.per_user:
        count(counted(work, row.id, f"prize:{prize.id}/{user}"), prize.per_user, FREQ_OR_COUNT_LIMIT)
    if prize.within:
        counter = counted(work, row.id, f"prize:{prize.id}")
        count_within(counter, period_of(prize.period, work.now), prize.within, FREQ_OR_COUNT_LIMIT)


def triggered(work: Work, drawn: DrawRow, masked: str, repeated: str) -> Triggered:
    """What came of a draw, as the merchant is told."""
    told = Triggered(
        camp_id=drawn.campaign, camp_log_id=drawn.log, repeat_trigger_flag=repeated, display_name=masked,
        trigger_result=bool(drawn.got) and not drawn.gone,
    )  # fmt: skip
    if not told.trigger_result:
        told.extend_field = why(NOT_WIN())
        return told
    prize = work.find(PrizeRow, id=drawn.got)
    assert prize is not None, f"{drawn.got} was won, which is no prize"
    told.prize_id, told.prize_name, told.prize_flag, told.prize_log_id = prize.id, prize.name, drawn.log, drawn.log
    told.out_prize_id = drawn.given or None
    about = {"prize_type": prize.kind, "prize_amount": str(drawn.amount) if drawn.amount else None}
    told.extend_field = msgspec.json.encode({name: value for name, value in about.items() if value}).decode()
    return told


class Params(Shape):
    """What a platform and a developer agreed on."""

    key: Line | None = None  # says nothing here


class Consult(Shape):
    camp_id: Key  # the platform's number
    user_id: Key | None = None  # by user id,
    open_id: Line | None = None  # or as your app knows that person
    prize_id_list: Line | None = None  # only these prizes, by comma, ten at most
    source: Key | None = None  # where you come from; says nothing here
    ext_params: Params | None = None  # more; says nothing here


class Winnable(Shape):
    """A prize that could be won."""

    prize_id: str  # the platform's number
    prize_name: str  # what people read
    prize_type: str  # CASH, VOUCHER or CAMP_CERT_PRIZE
    gmt_begin: Moment  # from when it can be won
    gmt_end: Moment  # until when


class Consulted(Shape):
    camp_id: str  # the platform's number
    error_code: str | None = None  # why this person cannot draw now
    error_msg: str | None = None  # the same in words
    valid_prize_infos: list[Winnable] = []  # what could be won


@method(
    "alipay.marketing.campaign.drawcamp.consult", reads=True, raises=[CAMP_NOT_EXIST, USER_NOT_EXIST]
)  # fmt: skip
def consult(work: Work, ask: Consult) -> Consulted:
    """Learn whether somebody can draw, and what could be won; nothing is drawn or counted."""
    row = own_lottery(work, ask.camp_id)
    user = the_person(work, ask.user_id, ask.open_id).user_id
    named = ask.prize_id_list.split(",") if ask.prize_id_list else None
    try:
        check(work, row, user)
        if row.per_account and times(work, row.id, user) >= row.per_account:
            raise FREQ_OR_COUNT_LIMIT(most=row.per_account)
    except Fault as refusal:
        return Consulted(camp_id=row.id, error_code=refusal.kind.code, error_msg=refusal.says())
    found = [
        Winnable(
            prize_id=one.id, prize_name=one.name, prize_type=one.kind, gmt_begin=Moment(one.start),
            gmt_end=Moment(one.end),
        )
        for one in prizes_of(work, row.id)
        if (named is None or one.id in named) and one.state == Prize.PRIZE_OPENED.name and left(work, one)
    ]  # fmt: skip
    return Consulted(camp_id=row.id, valid_prize_infos=found)
