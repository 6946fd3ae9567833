"""What a draw campaign has given, and what is left of a prize."""

from kaifang.kernel import Key, Line, Moment, Shape, Work, method

from .errors import CAMP_NOT_EXIST, PRIZE_NOT_EXIST, USER_NOT_EXIST
from .find import own_lottery, the_person, the_prize
from .prize import left
from .tables import DrawRow

MOST = 1000  # prizes that are listed


class Query(Shape):
    camp_id: Key  # the platform's number
    user_id: Key | None = None  # by user id,
    open_id: Line | None = None  # or as your app knows that person


class Sent(Shape):
    """A prize that somebody won."""

    prize_id: str  # the platform's number
    gmt_time: Moment  # when it was won
    price: str  # fen, if it is cash; else 0
    out_prize_id: str | None = None  # number of the voucher or certificate


class Queried(Shape):
    prize_detail_list: list[Sent]  # what somebody won, the oldest first


@method("alipay.marketing.campaign.prize.send.query", reads=True, raises=[CAMP_NOT_EXIST, USER_NOT_EXIST])
def sent(work: Work, ask: Query) -> Queried:
    """List what somebody won in a campaign."""
    row, user = own_lottery(work, ask.camp_id), the_person(work, ask.user_id, ask.open_id).user_id
    where = "campaign = ? and \"user\" = ? and got <> '' and gone = 0"
    won = work.select(DrawRow, where, (row.id, user), "number", MOST)
    return Queried(
        prize_detail_list=[
            Sent(prize_id=one.got, gmt_time=Moment(one.at), price=str(one.amount.minor), out_prize_id=one.given or None)
            for one in won
        ]
    )


class Left(Shape):
    camp_id: Key  # the platform's number
    prize_id: Key  # the platform's number


class Remains(Shape):
    remain_amount: str  # how many are left; of a budget of money how many fen


@method("alipay.marketing.campaign.prize.amount.query", reads=True, raises=[CAMP_NOT_EXIST, PRIZE_NOT_EXIST])
def amount(work: Work, ask: Left) -> Remains:
    """Read how much of a prize is left."""
    return Remains(remain_amount=str(left(work, the_prize(work, own_lottery(work, ask.camp_id), ask.prize_id))))
