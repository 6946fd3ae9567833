"""Reading the outbox: what payments, refunds and transfers told of themselves becomes deals that bills can list."""

from collections.abc import Callable, Sequence
from typing import Any

import msgspec

from kaifang.kernel import DAY, Happening, Money, Work, daily, timer
from kaifang.kernel.events import Event
from kaifang.kernel.outbox import is_read, read_on
from kaifang.kernel.statement import file_entries, is_filed

from .tables import DealRow, FileRow

KEPT = 30 * DAY  # how long bills are kept; they can be made again


def read_all(work: Work) -> None:
    """Bring statements and deals up to now: first the statements, so that no line stands without its deal."""
    file_entries(work)
    while read_events(work):
        pass


def all_read(work: Work, until: int) -> bool:
    """Whether statements and deals are complete up to a moment."""
    return is_filed(work, until) and is_read(work, "bill", until)


def read_events(work: Work) -> bool:
    """Read a page of each writer's outbox; whether there is more."""
    return read_on(work, "bill", tuple(DEALS), take)


def take(work: Work, events: Sequence[Event]) -> None:
    """Keep what they told as deals."""
    for event in events:
        work.add(DEALS[event.name](event, msgspec.json.decode(event.facts)))


Facts = dict[str, Any]


def payment(event: Event, facts: Facts) -> DealRow:
    """A trade was paid."""
    return DealRow(
        id=event.subject, kind="pay", trade_no=event.subject, at=event.at, payee=facts["seller"], payer=facts["buyer"],
        amount=Money.parse(facts["amount"]), fee=Money.parse(facts["fee"]), out_no=facts["out_trade_no"],
        title=facts["subject"], created=facts["created"], store=facts.get("store_id") or "",
        clerk=facts.get("operator_id") or "", till=facts.get("terminal_id") or "", note=facts.get("body") or "",
        guaranteed=bool(facts.get("settle_days")), smid=facts["smid"] if facts.get("settled_to") else "",
        **discounts(facts),
    )  # fmt: skip


def discounts(facts: Facts) -> dict[str, Any]:
    """What vouchers took off."""
    names = {"let_off": "let_off", "by_seller": "mdiscount", "by_others": "discount"}
    told = {name: Money.parse(facts.get(fact, "0")) for name, fact in names.items()}
    return told | {"vouchers": facts.get("vouchers") or ""}


def refund(event: Event, facts: Facts) -> DealRow:
    """A trade, or a part of it, was given back."""
    return DealRow(
        id=facts["number"], kind="refund", trade_no=event.subject, at=event.at, payee=facts["seller"],
        payer=facts["buyer"], amount=Money.parse(facts["amount"]), fee=Money.parse(facts["fee"]),
        out_no=facts["out_trade_no"], request=facts["out_request_no"], shares=Money.parse(facts.get("shares", "0")),
        note=facts.get("reason") or "", smid=facts.get("smid") or "", **discounts(facts),
    )  # fmt: skip


def settlement(event: Event, facts: Facts) -> DealRow:
    """The money of a guaranteed trade, or a part of it, went to the seller."""
    return DealRow(
        id=f"{event.subject}/{event.writer}.{event.number}", kind="settle", trade_no=event.subject, at=event.at,
        payee=facts["seller"], amount=Money.parse(facts["amount"]), fee=Money.parse(facts.get("fee", "0")),
    )  # fmt: skip


def sharing(event: Event, facts: Facts) -> DealRow:
    """A seller gave others a part of a trade."""
    return DealRow(
        id=facts["settle_no"], kind="share", trade_no=event.subject, at=event.at, payee=facts["seller"],
        amount=Money.parse(facts["amount"]),
    )  # fmt: skip


def transfer(event: Event, facts: Facts) -> DealRow:
    """Money was sent to somebody, to a bank card, or to one of many."""
    payee = f"bank:{facts['bank']}:{facts['tail']}" if facts.get("bank") else facts.get("payee") or ""
    kind = "packet" if facts.get("product") == "STD_RED_PACKET" else TRANSFERS[event.name]
    return DealRow(
        id=event.subject, kind=kind, trade_no=event.subject, at=event.at, payee=payee,
        payer=facts.get("payer") or "", amount=Money.parse(facts["amount"]), out_no=facts.get("out_biz_no") or "",
        title=facts.get("title") or "", note=facts.get("remark") or "",
    )  # fmt: skip


def outcome(event: Event, facts: Facts) -> DealRow:
    """A transfer reached the bank card, or came back."""
    kind = "arrive" if event.name == "transfer.arrive" else "return"
    return DealRow(
        id=f"{event.subject}/{kind}", kind=kind, trade_no=event.subject, at=event.at, payer=facts["payer"],
        amount=Money.parse(facts["amount"]),
    )  # fmt: skip


TRANSFERS = {"transfer.pay": "transfer", "transfer.accept": "bank", "batch.transfer": "batch"}
DEALS: dict[str, Callable[[Event, Facts], DealRow]] = {
    "trade.pay": payment, "settlement.settle": settlement, "trade.refund": refund, "trade.share": sharing,
    **dict.fromkeys(TRANSFERS, transfer),
    **dict.fromkeys(("transfer.arrive", "transfer.fail", "transfer.bounce"), outcome),
}  # fmt: skip


@daily("bill.read", at="00:10")
def read_daily(work: Work, happening: Happening) -> None:
    """Read what yesterday told, a page at a time, and forget files that are old."""
    old = work.now - KEPT
    for row in work.select(FileRow, "made < ? and id like '/%'", (old,), "made", 100):
        work.remove(row)
    go_on(work, happening)


@timer("bill.read_on")
def go_on(work: Work, happening: Happening) -> None:
    """Go on reading until everything is read."""
    if read_events(work):
        work.later(work.now, "bill.read_on", "")
