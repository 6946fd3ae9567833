"""Declaring cross-border payments to the customs, and asking how far that has come."""

from typing import Annotated

from msgspec import Meta

from kaifang.kernel import MINUTE, Amount, Happening, Key, Line, Moment, Money, Shape, Text, Work, fault, method, timer

from .find import Which, any_trade
from .states import Declaration, Trade
from .tables import CustomsRow, DeclarationRow, TradeRow

# fmt: off
TRADE_NOT_EXIST = fault(
    "TRADE_NOT_EXIST", zh="交易不存在，请检查交易号", en="No trade of yours has this number.", fix="Check trade_no.",
)
TRADE_STATUS_ERROR = fault(
    "TRADE_STATUS_ERROR", zh="交易未支付成功，不能报关", en="Only a paid trade is declared.",
    fix="Wait for the payment.",
)
CONTEXT_INCONSISTENT = fault(
    "CONTEXT_INCONSISTENT", zh="报关流水号对应的内容不一致，请更换", en="This out_request_no declared something else.",
    fix="Use a new out_request_no, or repeat exactly.",
)
SAME_CUSTOMS_DECLARE_ONCE = fault(
    "SAME_CUSTOMS_DECLARE_ONCE", zh="同一交易在同一海关只能报关一次，请拆单", en="This customs has this trade already.",
    fix="Declare parts, with is_split.",
)
REQUEST_AMOUNT_EXCEED = fault(
    "REQUEST_AMOUNT_EXCEED", zh="报关金额超过交易金额，请减少", en="More would be declared than was paid.",
    fix="Declare at most what is left.",
)
DEPOSIT_TRADE_NOT_EXIST = fault(
    "DEPOSIT_TRADE_NOT_EXIST", zh="定金交易不存在，请检查", en="No paid trade of yours has the deposit's number.",
    fix="Check deposit_trade_no.",
)
INVALID_PARAMETER = fault(
    "INVALID_PARAMETER", zh="参数无效，请检查", en="A field is missing or not as it should be.",
    fix="Correct the field named here.",
)
PAYER_BUYER_MISMATCH = fault(
    "PAYER_BUYER_MISMATCH", zh="订购人与支付人身份不一致，请核对", en="The buyer named is not who paid.",
    fix="Check buyer_info, or leave declare_mode out.",
)
MAX_OUT_REQUEST_NO_EXCEEDED = fault(
    "MAX_OUT_REQUEST_NO_EXCEEDED", zh="一次最多查询 10 个报关流水号", en="At most 10 numbers are asked for at once.",
    fix="Ask in parts.",
)
# fmt: on

Number = Annotated[str, Meta(min_length=6, max_length=64, pattern=r"^[0-9A-Za-z_-]+\Z")]


class BuyerInfo(Shape):
    buyer_name: Line  # the name of who ordered
    buyer_cert_no: Key  # the number of his identity card


class Declare(Shape):
    out_request_no: Number  # the seller's number of the declaration; asking twice declares once
    trade_no: Key  # the platform's number of the trade
    amount: Amount  # yuan to declare
    customs_place: Key  # which customs, such as HANGZHOU_ZS
    merchant_customs_code: Key  # the seller's number with the customs
    merchant_customs_name: Line  # the seller's name with the customs
    is_split: Key | None = None  # T: this is a part of the trade
    sub_out_biz_no: Key | None = None  # with is_split: the seller's number of the part
    buyer_info: BuyerInfo | None = None  # who ordered, to be compared with who paid
    declare_mode: int | None = None  # 1: refuse if they are not the same person
    deposit_trade_no: Key | None = None  # the trade of the deposit, where there was one


class Declared(Shape):
    alipay_declare_no: str  # the platform's number of the declaration
    trade_no: str  # the number under which the payment is declared
    pay_code: str  # the payment institution's number with the customs
    pay_transaction_id: str  # the clearing's number
    total_amount: str  # the trade's amount in fen
    currency: str  # CNY
    ver_dept: str  # 3: cleared by others than CUP
    identity_check: str | None = None  # T if who ordered is who paid, else F; once


@method(
    "alipay.trade.customs.declare",
    raises=[
        INVALID_PARAMETER, TRADE_NOT_EXIST, TRADE_STATUS_ERROR, CONTEXT_INCONSISTENT, SAME_CUSTOMS_DECLARE_ONCE,
        REQUEST_AMOUNT_EXCEED, DEPOSIT_TRADE_NOT_EXIST, PAYER_BUYER_MISMATCH,
    ],
)  # fmt: skip
def declare(work: Work, ask: Declare) -> Declared:
    """Declare a paid trade, or a part of it, to a customs."""
    trade = paid_trade(work, ask.trade_no)
    if ask.deposit_trade_no and any_trade(work, Which(trade_no=ask.deposit_trade_no)) is None:
        raise DEPOSIT_TRADE_NOT_EXIST(deposit_trade_no=ask.deposit_trade_no)
    split = (ask.is_split or "F").upper() == "T"
    if split and not ask.sub_out_biz_no:
        raise INVALID_PARAMETER(field="sub_out_biz_no", reason="needed with is_split")
    fresh = DeclarationRow(
        id="", seller=trade.seller, request=ask.out_request_no, trade=trade.id, place=ask.customs_place.upper(),
        code=ask.merchant_customs_code, name=ask.merchant_customs_name, amount=ask.amount,
        part=ask.sub_out_biz_no or "" if split else "", changed=work.now,
    )  # fmt: skip
    known = work.find(DeclarationRow, seller=trade.seller, request=ask.out_request_no)
    if known is not None:
        if contents(known) != contents(fresh):
            raise CONTEXT_INCONSISTENT(out_request_no=ask.out_request_no)
        return declared(trade, known, None)
    check_amounts(work, trade, fresh)
    same = same_person(work, trade, ask)
    fresh.id = work.new_id("22010")
    work.add(fresh)
    work.later(work.now + MINUTE, "trade.customs", fresh.id)
    return declared(trade, fresh, same)


def paid_trade(work: Work, trade_no: str) -> TradeRow:
    """The caller's paid trade with this number."""
    trade = any_trade(work, Which(trade_no=trade_no))
    if trade is None or trade.state == Trade.ORDERED.name:
        raise TRADE_NOT_EXIST(trade_no=trade_no)
    if not trade.paid or trade.state == Trade.TRADE_CLOSED.name:
        raise TRADE_STATUS_ERROR(state=trade.state)
    return trade


def contents(row: DeclarationRow) -> tuple[object, ...]:
    """What makes two declarations the same."""
    return (row.trade, row.place, row.code, row.name, row.amount, row.part)


def check_amounts(work: Work, trade: TradeRow, fresh: DeclarationRow) -> None:
    """A trade is declared once at each customs; its parts never come to more than was paid."""
    before = work.find(CustomsRow, trade=trade.id, place=fresh.place)
    if before is not None and not (fresh.part and before.split):
        raise SAME_CUSTOMS_DECLARE_ONCE(out_request_no=before.first)
    now = before or CustomsRow(
        trade=trade.id, place=fresh.place, first=fresh.request, split=bool(fresh.part), declared=Money(0)
    )
    now.declared += fresh.amount
    if now.declared > trade.total:
        raise REQUEST_AMOUNT_EXCEED(total_amount=trade.total)
    if before is None:
        work.add(now)


def same_person(work: Work, trade: TradeRow, ask: Declare) -> str | None:
    """Whether who ordered is who paid, if that was asked."""
    if ask.buyer_info is None:
        return None
    payer = work.ask("kaifang.account.party.find", user_id=trade.buyer)
    same = (payer.name, payer.cert_no) == (ask.buyer_info.buyer_name, ask.buyer_info.buyer_cert_no)
    if not same and ask.declare_mode == 1:
        raise PAYER_BUYER_MISMATCH()
    return "T" if same else "F"


def declared(trade: TradeRow, row: DeclarationRow, same: str | None) -> Declared:
    """The answer to a declaration."""
    return Declared(
        alipay_declare_no=row.id, trade_no=row.id if row.part else trade.id, pay_code="KAIFANG",
        pay_transaction_id=trade.id, total_amount=str(trade.total.minor), currency="CNY", ver_dept="3",
        identity_check=same,
    )  # fmt: skip


@timer("trade.customs")
def move_on(work: Work, happening: Happening) -> None:
    """The customs of this world receives a declaration a minute later, and accepts it a minute after that."""
    row = work.find(DeclarationRow, id=happening.subject)
    assert row is not None, f"no declaration {happening.subject}"
    row.changed = work.now
    if Declaration.send.possible(row):
        Declaration.send(work, row, seller=row.seller)
        work.later(work.now + MINUTE, "trade.customs", row.id)
    else:
        Declaration.accept(work, row, seller=row.seller)


class CustomsQuery(Shape):
    out_request_nos: Text  # the seller's numbers, by comma; 10 at most


class CustomsRecord(Shape):
    alipay_declare_no: str  # the platform's number
    out_request_no: str  # the seller's number
    trade_no: str  # the number under which the payment is declared
    customs_place: str  # which customs
    merchant_customs_code: str  # the seller's number with the customs
    merchant_customs_name: str  # the seller's name with the customs
    amount: Amount  # yuan
    status: str  # ws: waits; sending: sent; succ: accepted
    last_modified_time: Moment  # since when
    is_split: str | None = None  # T if it is a part of a trade
    sub_out_biz_no: str | None = None  # the seller's number of the part


class CustomsFound(Shape):
    records: list[CustomsRecord]  # what was declared
    not_found: str | None = None  # numbers that were never used, by comma


@method("alipay.trade.customs.query", reads=True, raises=[MAX_OUT_REQUEST_NO_EXCEEDED])
def customs_query(work: Work, ask: CustomsQuery) -> CustomsFound:
    """Ask how far declarations have come."""
    numbers = [number.strip() for number in ask.out_request_nos.split(",") if number.strip()]
    if len(numbers) > 10:
        raise MAX_OUT_REQUEST_NO_EXCEEDED(numbers=len(numbers))
    rows = {number: work.find(DeclarationRow, seller=work.caller.merchant, request=number) for number in numbers}
    missing = [number for number, row in rows.items() if row is None]
    return CustomsFound(
        records=[record(row) for row in rows.values() if row is not None], not_found=",".join(missing) or None
    )


def record(row: DeclarationRow) -> CustomsRecord:
    """A declaration as it is told."""
    return CustomsRecord(
        alipay_declare_no=row.id, out_request_no=row.request, trade_no=row.id if row.part else row.trade,
        customs_place=row.place, merchant_customs_code=row.code, merchant_customs_name=row.name,
        amount=Amount(row.amount.minor), status=row.state, last_modified_time=Moment(row.changed),
        is_split="T" if row.part else None, sub_out_biz_no=row.part or None,
    )  # fmt: skip
