"""Transfers to bank cards: the bank takes them, carries them out a little later, and sends some back."""

from kaifang.kernel import (
    DAY,
    MINUTE,
    Amount,
    FaultKind,
    Happening,
    Key,
    Line,
    Moment,
    Move,
    Purse,
    Shape,
    Who,
    Work,
    method,
    timer,
)

from .errors import (
    BANK_RESPONSE_ERROR,
    CARD_BIN_ERROR,
    INST_PAY_UNABLE,
    PAYEE_CARD_INFO_ERROR,
    PAYER_BALANCE_NOT_ENOUGH,
)
from .payee import BankcardExtInfo, Participant, card_payee
from .states import Transfer
from .tables import Bank, Card, TransferRow

BANK_TAKES, BANK_PROMISES = 2 * MINUTE, 120 * MINUTE
REASONS: dict[str, FaultKind] = {kind.code: kind for kind in (BANK_RESPONSE_ERROR, PAYEE_CARD_INFO_ERROR)}


SETTLEMENT = "SETTLE_TO_CARD"  # the scene of what is no transfer: a merchant's takings on their way to its card


def clearing(row: TransferRow) -> Purse:
    """Where money for cards of a bank is on its way."""
    return Purse(f"bank:{row.bank}", "clearing")


def hand_to_bank(work: Work, row: TransferRow, source: Purse) -> None:
    """Pay a transfer to the bank, which will carry it out."""
    work.post(Move(source, clearing(row), row.amount, PAYER_BALANCE_NOT_ENOUGH), why="transfer.accept", ref=row.id)
    row.paid = work.now
    said = {"out_biz_no": row.out_biz_no, "title": row.title, "remark": row.remark, "bank": row.bank}
    Transfer.accept(
        work, row, merchant=row.merchant, payer=row.payer, amount=row.amount, tail=row.card[-4:], **said
    )  # fmt: skip
    work.later(work.now + BANK_TAKES, "transfer.arrive", row.id)


@timer("transfer.arrive")
def arrive(work: Work, happening: Happening) -> None:
    """The bank carries a transfer out, unless it is down or the card has another holder."""
    row = work.find(TransferRow, id=happening.subject)
    if row is None or row.state != Transfer.DEALING.name:
        return
    bank, card = work.find(Bank, id=row.bank), work.find(Card, number=row.card)
    if bank is None or bank.down:
        come_back(work, row, BANK_RESPONSE_ERROR)
    elif card is not None and card.holder != row.holder:
        come_back(work, row, PAYEE_CARD_INFO_ERROR)
    else:
        credit(work, row, bank, card)


def credit(work: Work, row: TransferRow, bank: Bank, card: Card | None) -> None:
    """The money reaches the card; what was sent to a closed one comes back in a day."""
    if card is not None and card.closed:
        work.later(work.now + DAY, "transfer.bounce", row.id)
    else:
        target = card.purse if card is not None else bank.world
        work.post(Move(clearing(row), target, row.amount), why="transfer.arrive", ref=row.id)
    Transfer.arrive(work, row, merchant=row.merchant, payer=row.payer, payee=row.payee, amount=row.amount)
    tell_change(work, row, "FINISH")


@timer("transfer.bounce")
def bounce(work: Work, happening: Happening) -> None:
    """The bank sends back what it could not credit."""
    row = work.find(TransferRow, id=happening.subject)
    if row is not None and Transfer.bounce.possible(row):
        come_back(work, row, PAYEE_CARD_INFO_ERROR)


def come_back(work: Work, row: TransferRow, reason: FaultKind) -> None:
    """Return the money to whoever paid."""
    work.post(Move(clearing(row), Purse(row.payer, row.payer_purpose), row.amount), why="transfer.return", ref=row.id)
    row.error = reason.code
    move = Transfer.fail if row.state == Transfer.DEALING.name else Transfer.bounce
    move(work, row, merchant=row.merchant, payer=row.payer, amount=row.amount, error=reason.code)
    tell_change(work, row, "FINISH")


def tell_change(work: Work, row: TransferRow, action: str) -> None:
    """Message the merchant's applications that an order has changed; whoever settles tells of settlements itself."""
    if row.scene == SETTLEMENT:
        return
    content = {
        "order_id": row.id, "pay_fund_order_id": row.fund_order, "out_biz_no": row.out_biz_no,
        "product_code": row.product, "biz_scene": row.scene, "origin_interface": row.origin, "status": row.state,
        "action_type": action, "trans_amount": str(row.amount),
    }  # fmt: skip
    if row.paid:
        content["pay_date"] = str(Moment(row.paid))
    if row.passback:
        content["passback_params"] = row.passback
    work.ask(
        "kaifang.openapp.message.send", msg_method="alipay.fund.trans.order.changed", content=content,
        merchant=row.merchant, subject=row.id,
    )  # fmt: skip


class PayOut(Shape):
    merchant: Key  # who has it settled, a user id
    owner: Key  # out of whose balance
    amount: Amount  # yuan
    card_no: Key  # number of the card
    bank_code: Key  # whose card
    holder: Line  # the name on it
    out_biz_no: Key  # the number of the settlement


class PaidOut(Shape):
    order_id: str  # the number under which its events tell what became of it


@method(
    "kaifang.fund.payout", who=Who.INSIDE,
    raises=[CARD_BIN_ERROR, PAYEE_CARD_INFO_ERROR, INST_PAY_UNABLE, PAYER_BALANCE_NOT_ENOUGH],
)  # fmt: skip
def pay_out(work: Work, ask: PayOut) -> PaidOut:
    """Settle to a bank card what stands in somebody's purse; what the bank sends back stands there again."""
    info = BankcardExtInfo(bank_code=ask.bank_code)
    payee = card_payee(
        work,
        Participant(
            identity=ask.card_no, identity_type="BANKCARD_ACCOUNT", name=ask.holder or None, bankcard_ext_info=info
        ),
    )
    row = TransferRow(
        id=work.new_id("11007"), merchant=ask.merchant, product=SETTLEMENT, scene=SETTLEMENT, out_biz_no=ask.out_biz_no,
        origin="kaifang.fund.payout", digest="", amount=ask.amount, created=work.now, payer=ask.owner,
        payee=payee.user, payee_purpose="", card=payee.card, bank=payee.bank, holder=payee.holder,
    )  # fmt: skip
    hand_to_bank(work, work.add(row), Purse(ask.owner))
    return PaidOut(order_id=row.id)
