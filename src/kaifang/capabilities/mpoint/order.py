"""Points that merchants give to people, take in payment, and give back."""

from typing import Annotated

from msgspec import Meta

from kaifang.kernel import Key, Line, Money, Purse, Shape, Who, Work, method, told_as
from kaifang.kernel.clock import day

from .business import key_of
from .errors import (
    BIZ_TYPE_INVALID,
    BUDGET_NOT_ENOUGH,
    DAY_LIMIT,
    ORDER_NOT_EXIST,
    POINT_NOT_ENOUGH,
    REPEAT_INCONSISTENT,
    USER_INVALID,
)
from .hand import grow, have, have_or_pay, lose, member, points_of
from .states import PointOrder
from .tables import ASSET, BusinessRow, DayRow, OrderRow

Points = Annotated[int, Meta(ge=1, le=10**9)]
ADD_FAULTS = [BIZ_TYPE_INVALID, USER_INVALID, BUDGET_NOT_ENOUGH, DAY_LIMIT]


class Business(Shape):
    biz_type: Key  # the kind of business that was given to you
    biz_sub_type: Key | None = None  # which kind of it


class Person(Business):
    user_id: Key | None = None  # whose points, by user id,
    open_id: Line | None = None  # or as your app knows that person


class Add(Person):
    out_biz_no: Key  # your own number of this; asking twice gives once
    point: Points  # how many
    biz_sub_scene: Key | None = None  # on which occasion; says nothing here


class Done(Shape):
    pass


@method("alipay.user.mpoint.add", once=("out_biz_no",), clash=REPEAT_INCONSISTENT, raises=ADD_FAULTS)
def add(work: Work, ask: Add) -> Done:
    """Give somebody points of the platform's, out of what you may give."""
    row, user = business(work, ask), person(work, ask)
    count_day(work, row, user, ask.point)
    found = member(work, user)
    have(work, found, ask.point, row.budget, "mpoint.add", ref=ask.out_biz_no, short=BUDGET_NOT_ENOUGH)
    grow(found, ask.point, work.now)
    tell(work, "mpoint.add", user, ask.point, ask.out_biz_no)
    return Done()


def business(work: Work, ask: Business) -> BusinessRow:
    """The kind of business, if it is the caller's."""
    row = work.find(BusinessRow, id=key_of(ask.biz_type, ask.biz_sub_type))
    if row is None or row.merchant != work.caller.merchant:
        raise BIZ_TYPE_INVALID(biz_type=ask.biz_type)
    return row


def person(work: Work, ask: Person) -> str:
    """Whose points are meant: who is named, or who consented."""
    named = ask.user_id or (None if ask.open_id else work.caller.user)
    if named is None and ask.open_id is None:
        raise USER_INVALID(field="user_id")
    with told_as({"PARTY_NOT_EXIST": USER_INVALID}):
        found = work.ask("kaifang.account.party.find", user_id=named, open_id=ask.open_id)
    if found.status != "NORMAL":
        raise USER_INVALID(status=found.status)
    return str(found.user_id)


def had_today(work: Work, row: BusinessRow, user: str) -> int:
    """How many points somebody had of a kind of business today."""
    known = work.find(DayRow, business=row.id, user=user)
    return known.points if known is not None and known.day == day(work.now) else 0


def count_day(work: Work, row: BusinessRow, user: str, points: int) -> None:
    """Count what somebody has in a day, never above the limit."""
    had = had_today(work, row, user)
    if row.most and had + points > row.most:
        raise DAY_LIMIT(most=row.most, had=had)
    known = work.find(DayRow, business=row.id, user=user) or work.add(DayRow(business=row.id, user=user))
    known.day, known.points = day(work.now), had + points


def tell(work: Work, event: str, user: str, points: int, number: str) -> None:
    """Let it be known."""
    work.tell(event, number, user=user, merchant=work.caller.merchant, points=points)


class Deduct(Shape):
    """The order that points are paid for."""

    order_no: Line | None = None  # your number of it
    total_amount: Money | None = None  # yuan it came to before
    deduct_amount: Money | None = None  # yuan that the points are worth


class Pay(Business):
    out_biz_no: Key  # your own number of this; asking twice takes once
    point: Points  # how many
    deduct_order_detail: Deduct | None = None  # what for


@method(
    "alipay.user.mpoint.pay", who=Who.USER, once=("out_biz_no",), clash=REPEAT_INCONSISTENT,
    raises=[BIZ_TYPE_INVALID, USER_INVALID, POINT_NOT_ENOUGH],
)  # fmt: skip
def pay(work: Work, ask: Pay) -> Done:
    """Take points of somebody who consented, in payment for something."""
    row, detail = business(work, ask), ask.deduct_order_detail
    user = person(work, Person(biz_type=ask.biz_type))
    taken = Purse(row.merchant, "mpoint_taken")
    lose(work, member(work, user), ask.point, taken, "mpoint.pay", ref=ask.out_biz_no, short=POINT_NOT_ENOUGH)
    work.add(
        OrderRow(id=f"{row.merchant}/{ask.out_biz_no}", user=user, merchant=row.merchant, points=ask.point)
    )  # fmt: skip
    told = {"order_no": detail.order_no, "amount": detail.deduct_amount} if detail else {}
    work.tell("mpoint.pay", ask.out_biz_no, user=user, merchant=row.merchant, points=ask.point, **told)
    return Done()


class Refund(Person):
    out_biz_no: Key  # the number that the points were taken by


@method("alipay.user.mpoint.refund", raises=[BIZ_TYPE_INVALID, USER_INVALID, ORDER_NOT_EXIST])
def refund(work: Work, ask: Refund) -> Done:
    """Give back points that you took; asking again changes nothing."""
    row, user = business(work, ask), person(work, ask)
    order = work.find(OrderRow, id=f"{row.merchant}/{ask.out_biz_no}")
    if order is None or order.user != user:
        raise ORDER_NOT_EXIST(out_biz_no=ask.out_biz_no)
    if PointOrder.refund.possible(order):
        PointOrder.refund(work, order, user=user, merchant=row.merchant, points=order.points)
        taken = Purse(row.merchant, "mpoint_taken")
        have_or_pay(work, member(work, user), order.points, taken, "mpoint.refund", ref=ask.out_biz_no)
    return Done()


class Consult(Person):
    point: Points  # how many
    biz_sub_scene: Key | None = None  # given: whether they could be given; left out: whether they could be taken


@method("alipay.user.mpoint.preconsult", reads=True, raises=[*ADD_FAULTS, POINT_NOT_ENOUGH])
def preconsult(work: Work, ask: Consult) -> Done:
    """Ask whether so many points could be given to somebody now, or taken; nothing moves."""
    row, user = business(work, ask), person(work, ask)
    if ask.biz_sub_scene is None:
        if points_of(work, user) < ask.point:
            raise POINT_NOT_ENOUGH(point=ask.point)
    elif row.most and had_today(work, row, user) + ask.point > row.most:
        raise DAY_LIMIT(most=row.most)
    elif work.balance(row.budget, ASSET).minor < ask.point:
        raise BUDGET_NOT_ENOUGH()
    return Done()
