"""Many at once: settling what waits in escrow, giving to bound receivers, and refunding up to a thousand trades."""

import re
from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from kaifang.kernel import (
    Amount,
    Fault,
    Happening,
    Key,
    Line,
    Moment,
    Money,
    Move,
    Purse,
    Shape,
    Work,
    fault,
    method,
    timer,
    told_as,
    total,
)

from .application import refund_for
from .errors import DISCORDANT_REPEAT_REQUEST, INVALID, SECONDARY_MERCHANT_ID_INVALID, TRADE_NOT_EXIST
from .escrow import settle_oldest
from .parts import BatchPart, BatchRefund
from .refund import Refund, ShareBack
from .relation import account_of, is_bound
from .secondary import the_secondary
from .tables import BatchRefundRow, BatchRow, TradeRow

# fmt: off
REQUEST_ID_REPEAT = fault(
    "REQUEST_ID_REPEAT", zh="外部请求号重复，请更换", en="This out_request_no was used for something else.",
    fix="Use a new out_request_no, or repeat exactly.",
)
USER_BALANCE_NOT_ENOUGH = fault(
    "USER_BALANCE_NOT_ENOUGH", zh="可结算或可分账的余额不足", en="There is less than this.", fix="Ask for less.",
)
SETTLE_ENTITY_ID_INVALID = fault(
    "SETTLE_ENTITY_ID_INVALID", zh="结算主体无效，请检查主体账号", en="This is not your money.",
    fix="Name yourself, or a secondary merchant of yours.",
)
SETTLE_ACCOUNT_NOT_EXIST = fault(
    "SETTLE_ACCOUNT_NOT_EXIST", zh="结算账户不存在，请检查账号", en="There is no such account.",
    fix="Check the account.",
)
SETTLE_ACCOUNT_INVALID = fault(
    "SETTLE_ACCOUNT_INVALID", zh="结算账户无效，请使用本人余额户或已绑定的账户", en="Money cannot go to this account.",
    fix="Settle to yourself; transfer to receivers that are bound.",
)
NO_SIGN_QUICK_SETTLEMENT = fault(
    "NO_SIGN_QUICK_SETTLEMENT", zh="未开通快收服务，请去掉 settle_type", en="Nothing is settled before its time here.",
    fix="Leave settle_type out.",
)
RISK_SETTLE_SUSPEND = fault(
    "RISK_SETTLE_SUSPEND", zh="二级商户已被暂停结算，请联系平台", en="The secondary merchant is suspended.",
    fix="Wait until the platform resumes it.",
)
BATCH_SETTLE_NOT_EXIST = fault(
    "BATCH_SETTLE_NOT_EXIST", zh="批次不存在，请检查单号", en="No batch of yours has this number.",
    fix="Check settle_no or out_request_no.",
)
# fmt: on


MANY = Meta(min_length=1, max_length=100)


class Clause(Shape):
    amount: Amount  # yuan
    currency: Literal["CNY"] = "CNY"  # always CNY
    settle_entity_id: Key | None = None  # whose money: yourself, or a secondary merchant of yours
    settle_account_type: Literal["alipayBalance", "defaultSettle"] = "defaultSettle"  # where it goes: your balance
    settle_account_id_type: Literal["userId", "loginName"] = "userId"  # with alipayBalance: what settle_account_id is
    settle_account_id: Key | None = None  # with alipayBalance: you


class BatchSettle(Shape):
    out_request_no: Key  # the seller's number of the batch; asking twice settles once
    settle_clauses: Annotated[list[Clause], MANY]  # how much, 1 to 100 times
    settle_type: Key | None = None  # quickSettlement: before its time, which nobody offers here


class Batched(Shape):
    out_request_no: str  # the seller's number of the batch
    settle_no: str  # the platform's number of the batch
    result_code: str  # SUCCESS
    gmt_create: Moment  # when it was asked for


@method(
    "alipay.trade.batch.settle", once=("out_request_no",), clash=REQUEST_ID_REPEAT,
    raises=[
        NO_SIGN_QUICK_SETTLEMENT, SETTLE_ENTITY_ID_INVALID, SETTLE_ACCOUNT_NOT_EXIST, SETTLE_ACCOUNT_INVALID,
        USER_BALANCE_NOT_ENOUGH, RISK_SETTLE_SUSPEND,
    ],
)  # fmt: skip
def batch_settle(work: Work, ask: BatchSettle) -> Batched:
    """Settle so much of what waits in escrow, the oldest trades first."""
    if ask.settle_type is not None:
        raise NO_SIGN_QUICK_SETTLEMENT(settle_type=ask.settle_type)
    seller = work.caller.merchant
    parts = [settled_part(work, one) for one in ask.settle_clauses]
    for smid in dict.fromkeys(part.smid for part in parts):
        amount = total([part.amount for part in parts if part.smid == smid])
        if missing := settle_oldest(work, seller, smid, amount, ask.out_request_no):
            raise USER_BALANCE_NOT_ENOUGH(missing=missing)
    return batched(work, "settle", ask.out_request_no, parts)


def settled_part(work: Work, clause: Clause) -> BatchPart:
    """What a clause settles; of a secondary merchant's money each trade's goes where its order said."""
    entity, kind = clause.settle_entity_id, clause.settle_account_type
    if entity in (None, work.caller.merchant):
        return BatchPart(amount=clause.amount, account=checked_account(work, clause), account_type=kind)
    with told_as({SECONDARY_MERCHANT_ID_INVALID.code: SETTLE_ENTITY_ID_INVALID}):
        found = the_secondary(work, work.caller.merchant, entity)
    if kind != "defaultSettle":
        raise SETTLE_ACCOUNT_INVALID(settle_account_type=kind)
    if found.state == "SUSPENDED":
        raise RISK_SETTLE_SUSPEND(settle_entity_id=entity)
    return BatchPart(amount=clause.amount, account=found.account or found.smid, account_type=kind, smid=found.smid)


def checked_account(work: Work, clause: Clause) -> str:
    """The account that a clause settles to, which is the seller's."""
    seller = work.caller.merchant
    if clause.settle_account_type == "defaultSettle":
        return seller
    account = account_of(
        work, SETTLE_ACCOUNT_NOT_EXIST, clause.settle_account_id or seller, clause.settle_account_id_type
    )
    if account.user_id != seller:
        raise SETTLE_ACCOUNT_INVALID(settle_account_id=clause.settle_account_id)
    return seller


def batched(work: Work, kind: str, request: str, parts: list[BatchPart]) -> Batched:
    """Keep what was done in one go, and answer."""
    row = BatchRow(
        id=work.new_id("22006"), seller=work.caller.merchant, request=request, what=kind, at=work.now, parts=parts
    )
    work.add(row)
    return Batched(out_request_no=request, settle_no=row.id, result_code="SUCCESS", gmt_create=Moment(row.at))


class Gift(Shape):
    amount: Amount  # yuan
    desc: Line | None = None  # what for
    trans_out_entity_id: Key | None = None  # who gives: yourself
    trans_in_account_id: Key  # who receives, bound to you
    trans_in_account_id_type: Literal["userId", "loginName", "openId"] = "userId"  # what that is
    trans_in_account_type: Literal["alipayBalance"] = "alipayBalance"  # where it goes: the receiver's balance


class BatchTransfer(Shape):
    out_request_no: Key  # the seller's number of the batch; asking twice transfers once
    royalty_parameters: Annotated[list[Gift], MANY]  # who gets what, 1 to 100 times


@method(
    "alipay.trade.batch.transfer", once=("out_request_no",), clash=REQUEST_ID_REPEAT,
    raises=[SETTLE_ENTITY_ID_INVALID, SETTLE_ACCOUNT_NOT_EXIST, SETTLE_ACCOUNT_INVALID, USER_BALANCE_NOT_ENOUGH],
)  # fmt: skip
def batch_transfer(work: Work, ask: BatchTransfer) -> Batched:
    """Give settled money to bound receivers, not as a part of a trade."""
    seller, parts = work.caller.merchant, []
    for one in ask.royalty_parameters:
        if one.trans_out_entity_id not in (None, seller):
            raise SETTLE_ENTITY_ID_INVALID(trans_out_entity_id=one.trans_out_entity_id)
        kind = one.trans_in_account_id_type
        receiver = account_of(work, SETTLE_ACCOUNT_NOT_EXIST, one.trans_in_account_id, kind).user_id
        if receiver == seller or not is_bound(work, seller, receiver):
            raise SETTLE_ACCOUNT_INVALID(trans_in_account_id=one.trans_in_account_id)
        parts.append(
            BatchPart(amount=one.amount, account=receiver, account_type=one.trans_in_account_type, desc=one.desc)
        )
    moves = [Move(Purse(seller), Purse(part.account), part.amount, USER_BALANCE_NOT_ENOUGH) for part in parts]
    work.post(*moves, why="trade.batch_transfer", ref=ask.out_request_no)
    return batched(work, "transfer", ask.out_request_no, parts)


class BatchQuery(Shape):
    settle_no: Key | None = None  # the platform's number of the batch,
    out_request_no: Key | None = None  # or the seller's


class SettledPart(Shape):
    amount: Money  # yuan
    currency: str  # CNY
    status: str  # SUCCESS
    settle_account_type: str  # alipayBalance or defaultSettle
    settle_account_id: str  # who got it
    settle_account_id_type: str  # userId
    settle_entity_id: str  # whose money it was


class BatchSettled(Shape):
    out_request_no: str  # the seller's number of the batch
    settle_no: str  # the platform's number of the batch
    settle_detail: list[SettledPart]  # what became of each clause


@method("alipay.trade.batch.settle.query", reads=True, raises=[BATCH_SETTLE_NOT_EXIST])
def batch_settle_query(work: Work, ask: BatchQuery) -> BatchSettled:
    """Ask what became of a batch of settlements."""
    row = the_batch(work, ask, "settle")
    details = [
        SettledPart(
            amount=part.amount, currency="CNY", status="SUCCESS", settle_account_type=part.account_type,
            settle_account_id=part.account, settle_account_id_type="userId", settle_entity_id=part.smid or row.seller,
        )
        for part in row.parts
    ]  # fmt: skip
    return BatchSettled(out_request_no=row.request, settle_no=row.id, settle_detail=details)


def the_batch(work: Work, ask: BatchQuery, kind: str) -> BatchRow:
    """The caller's batch of this kind."""
    if ask.settle_no:
        row = work.find(BatchRow, id=ask.settle_no)
    else:
        row = work.find(BatchRow, seller=work.caller.merchant, what=kind, request=ask.out_request_no or "")
    if row is None or row.seller != work.caller.merchant or row.what != kind:
        raise BATCH_SETTLE_NOT_EXIST()
    return row


class TransferredPart(Shape):
    amount: Money  # yuan
    status: str  # SUCCESS
    desc: str | None = None  # what for
    trans_in_account_type: str  # alipayBalance
    trans_in_account_id: str  # who got it
    trans_in_account_id_type: str  # userId
    trans_out_entity_id: str  # who gave it


class BatchTransferred(Shape):
    out_request_no: str  # the seller's number of the batch
    settle_no: str  # the platform's number of the batch
    royalty_detail: list[TransferredPart]  # what became of each


@method("alipay.trade.batch.transfer.query", reads=True, raises=[BATCH_SETTLE_NOT_EXIST])
def batch_transfer_query(work: Work, ask: BatchQuery) -> BatchTransferred:
    """Ask what became of a batch of transfers."""
    row = the_batch(work, ask, "transfer")
    details = [
        TransferredPart(
            amount=part.amount, status="SUCCESS", desc=part.desc, trans_in_account_type=part.account_type,
            trans_in_account_id=part.account, trans_in_account_id_type="userId", trans_out_entity_id=row.seller,
        )
        for part in row.parts
    ]  # fmt: skip
    return BatchTransferred(out_request_no=row.request, settle_no=row.id, royalty_detail=details)


# Refunds


class RefundShare(Shape):
    trans_out: Key | None = None  # who gives his share back: a user id,
    trans_out_email: Key | None = None  # or a logon id
    trans_in: Key | None = None  # who gets it back: yourself, by user id
    trans_in_email: Key | None = None  # or by logon id
    refund_amount: Money  # yuan


class RefundDetail(Shape):
    trade_no: Key  # the platform's number
    refund_amount: Money  # yuan
    refund_suppl_amount: Money = Money(0)  # yuan that the platform would add: nothing
    refund_memo: Line | None = None  # why
    refund_royaltys: list[RefundShare] = []  # of whom shares are taken back first


class RefundBatch(Shape):
    batch_no: Key  # the seller's number of the batch; asking twice refunds once
    batch_num: Key | None = None  # how many refunds there are
    detail_data: list[RefundDetail]  # the refunds, 1 to 1000


class RefundBatched(Shape):
    batch_no: str  # the seller's number of the batch


@method("alipay.trade.batch.refund", once=("batch_no",), clash=DISCORDANT_REPEAT_REQUEST, raises=[INVALID])
def batch_refund(work: Work, ask: RefundBatch) -> RefundBatched:
    """Refund many trades; each is carried out by itself, and one that fails leaves the others alone."""
    if ask.batch_num not in (None, str(len(ask.detail_data))) or not 1 <= len(ask.detail_data) <= 1000:
        raise INVALID(field="batch_num", reason="1 to 1000 refunds, as many as detail_data has")
    if any(one.refund_suppl_amount for one in ask.detail_data):
        raise INVALID(field="detail_data.refund_suppl_amount", reason="nobody adds to refunds here")
    seller = work.caller.merchant
    refunds = [
        BatchRefund(
            trade=one.trade_no, amount=one.refund_amount, memo=one.refund_memo or "",
            shares=shares_of(work, one.refund_royaltys),
        )
        for one in ask.detail_data
    ]  # fmt: skip
    row = work.add(BatchRefundRow(id=work.new_id("22007"), seller=seller, request=ask.batch_no, refunds=refunds))
    work.later(work.now, "trade.batch_refund", row.id)
    return RefundBatched(batch_no=ask.batch_no)


def shares_of(work: Work, asked: list[RefundShare]) -> dict[str, Money]:
    """Of whom how much is to be taken back in all; it goes back to the seller and nobody else."""
    shares: dict[str, Money] = {}
    for one in asked:
        giver, taker = one.trans_out or one.trans_out_email, one.trans_in or one.trans_in_email
        if giver is None:
            raise INVALID(field="detail_data.refund_royaltys.trans_out", reason="say who gives his share back")
        if taker is not None:
            kind = "userId" if one.trans_in else "loginName"
            if account_of(work, INVALID, taker, kind).user_id != work.caller.merchant:
                raise INVALID(field="detail_data.refund_royaltys.trans_in", reason="shares go back to the seller")
        shares[giver] = shares.get(giver, Money(0)) + one.refund_amount
    return shares


USER_ID = re.compile(r"2088\d{12}")  # every other account is a mail address or a telephone number


@timer("trade.batch_refund")
def refund_all(work: Work, happening: Happening) -> None:
    """Carry out the refunds of a batch, one after the other."""
    row = work.find(BatchRefundRow, id=happening.subject)
    assert row is not None, f"no batch {happening.subject}"
    done = []
    for number, one in enumerate(row.refunds):
        done.append(msgspec.structs.replace(one, result=refund_one(work, row, number, one)))
    row.refunds = done


def refund_one(work: Work, row: BatchRefundRow, number: int, one: BatchRefund) -> str:
    """Refund one trade of a batch; SUCCESS, or why not."""
    trade = work.find(TradeRow, id=one.trade)
    if trade is None or trade.seller != row.seller:
        return TRADE_NOT_EXIST.code
    shares = [
        ShareBack(trans_out=who, trans_out_type="userId" if USER_ID.fullmatch(who) else "loginName", amount=amount)
        for who, amount in one.shares.items()
    ]
    try:
        asked = Refund(
            trade_no=trade.id, out_request_no=f"{row.id}-{number}", refund_amount=one.amount, refund_reason=one.memo,
            refund_royalty_parameters=shares,
        )  # fmt: skip
        refund_for(work, trade, asked)
    except Fault as refusal:
        return refusal.kind.code
    return "SUCCESS"


class RefundBatchQuery(Shape):
    batch_no: Key  # the seller's number of the batch
    trade_no: Key | None = None  # only of this trade


class RefundResult(Shape):
    batch_no: str  # the seller's number of the batch
    trade_no: str  # the platform's number
    refund_amount: Money  # yuan
    result_code: str  # SUCCESS, PROCESSING, or why not


class RefundBatchFound(Shape):
    result_details: list[RefundResult]  # what became of each; empty if there is no such batch


@method("alipay.trade.batch.refund.query", reads=True)
def batch_refund_query(work: Work, ask: RefundBatchQuery) -> RefundBatchFound:
    """Ask what became of a batch of refunds."""
    row = work.find(BatchRefundRow, seller=work.caller.merchant, request=ask.batch_no)
    details = [
        RefundResult(batch_no=row.request, trade_no=one.trade, refund_amount=one.amount, result_code=one.result)
        for one in (row.refunds if row is not None else [])
        if row is not None and ask.trade_no in (None, one.trade)
    ]
    return RefundBatchFound(result_details=details)
