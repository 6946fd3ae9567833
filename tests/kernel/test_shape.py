"""Shapes: what official clients write loosely is read, what is wrong is named."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from kaifang.kernel import Amount, Count, Fault, Flag, Key, Line, Moment, Money, Shape
from kaifang.kernel.shape import convert, decode, encode, notes, plain, refuse_zeros


class Goods(Shape):
    goods_id: Key  # the seller's number
    quantity: Count = 1  # pieces


class Order(Shape):
    out_trade_no: Key  # the seller's own number,
    # asked twice it is one
    total_amount: Amount  # yuan
    note: Line | None = None  # for the buyer
    goods: list[Goods] | None = None  # what is bought
    deep: Goods | None = None  # one more
    asynchronous: bool | None = None  # later
    flag: Flag | None = None  # Y or N
    until: Moment | None = None  # Beijing time
    tags: dict[str, str] | None = None  # free


MINIMAL = {"out_trade_no": "a", "total_amount": "1.00"}


def test_an_answer_leaves_out_what_is_absent() -> None:
    """Amounts and moments are text."""
    order = Order(out_trade_no="a", total_amount=Amount(100), until=Moment(0))
    assert encode(order) == b'{"out_trade_no":"a","total_amount":"1.00","until":"1970-01-01 08:00:00"}'
    assert plain(order) == {"out_trade_no": "a", "total_amount": "1.00", "until": "1970-01-01 08:00:00"}
    with pytest.raises(TypeError):
        encode(object())


@pytest.mark.parametrize(
    ("field", "loose", "read"),
    [
        ("out_trade_no", 20, "20"), ("total_amount", Decimal("0.01"), Amount(1)), ("asynchronous", "Y", True),
        ("asynchronous", "true", True), ("asynchronous", "F", False), ("note", True, "true"), ("note", "", ""),
        ("goods", '[{"goods_id":"g"}]', [Goods(goods_id="g")]), ("deep", '{"goods_id":7}', Goods(goods_id="7")),
        ("goods", [{"goods_id": 7, "quantity": "2"}], [Goods(goods_id="7", quantity=2)]), ("goods", "", None),
        ("tags", '{"a":"b"}', {"a": "b"}), ("deep", None, None), ("unknown", 1, None),
    ],
)  # fmt: skip
def test_what_clients_write_loosely_is_read(field: str, loose: Any, read: Any) -> None:
    """Numbers for text, text for booleans, JSON inside text; unknown members are let be."""
    assert getattr(convert(MINIMAL | {field: loose}, Order), field, None) == read


def test_number_literals_keep_their_digits() -> None:
    """0.1 + 0.2 is nobody's amount."""
    assert decode(b'{"out_trade_no":1,"total_amount":0.30}', Order).total_amount == Amount(30)


@pytest.mark.parametrize(
    ("body", "field"),
    [
        (b"{}", "out_trade_no"), (b'{"out_trade_no":"a"}', "total_amount"),
        (b'{"out_trade_no":"","total_amount":"1"}', "out_trade_no"),
        (b'{"out_trade_no":"a","total_amount":"-1"}', "total_amount"),
        (b'{"out_trade_no":"a","total_amount":"1","flag":"X"}', "flag"),
        (b'{"out_trade_no":"a","total_amount":"1","goods":[{}]}', "goods[0].goods_id"),
        (b'{"out_trade_no":"a","total_amount":"1","goods":"[{"}', "goods"),
        (b'{"out_trade_no":"a","total_amount":"1","until":"soon"}', "until"),
        (b'{"out_trade_no":"a\\u0000","total_amount":"1"}', "out_trade_no"),
        (b'{"out_trade_no":"a","total_amount":"1","goods":[{"goods_id":"\\u0000"}]}', "goods[0].goods_id"),
        (b'{"out_trade_no":"a","total_amount":"1","goods":"[{\\"goods_id\\":\\"\\\\u0000\\"}]"}', "[0].goods_id"),
        (b'{"\\u0000":"a","total_amount":"1"}', "biz_content"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_named(body: bytes, field: str) -> None:
    """The field, down to the member."""
    with pytest.raises(Fault) as refusal:
        decode(body, Order)
    assert refusal.value.facts["field"] == field and refusal.value.kind.code == "isv.invalid-parameter"


@pytest.mark.parametrize(
    "body", [b"[]", b"{", b"1", b'{"out_trade_no":1,', b'{"out_trade_no":"\xff"}', b"[" * 100_000],
    ids=["list", "half", "number", "broken off", "not UTF-8", "deep"],
)  # fmt: skip
def test_what_is_no_object_is_no_request(body: bytes) -> None:
    with pytest.raises(Fault) as refusal:
        decode(body, Order)
    assert refusal.value.facts["field"] == "biz_content" and refusal.value.kind.code == "isv.illegal-json"


def test_what_is_no_money_or_moment_does_not_travel() -> None:
    """Unknown kinds are a mistake of ours."""

    class Odd(Shape):
        thing: complex

    with pytest.raises((TypeError, Fault)):
        convert({"thing": "1j"}, Odd)


def test_amounts_pass_between_capabilities_as_they_are() -> None:
    """Not by way of text."""
    assert convert({"out_trade_no": "a", "total_amount": Amount(5), "until": Moment(7)}, Order).until == Moment(7)
    assert convert({"out_trade_no": "a", "total_amount": Money(5)}, Order).total_amount == Amount(5)


def test_notes_are_the_comments() -> None:
    """A comment alone on a line goes on from the one before."""
    assert notes(Goods) == {"goods_id": "the seller's number", "quantity": "pieces"}


def test_no_text_holds_a_zero_character() -> None:
    """Fields beside biz_content are no exception; an escaped backslash before u0000 is innocent."""
    with pytest.raises(Fault, match="isv.invalid-parameter") as refusal:
        refuse_zeros({"goods": [{"goods_id": "a\0"}]})
    assert refusal.value.facts["field"] == "goods[0].goods_id"
    assert decode(b'{"out_trade_no":"\\\\u0000","total_amount":"1"}', Order).out_trade_no == "\\u0000"
