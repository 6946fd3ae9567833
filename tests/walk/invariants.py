"""What holds after every step, whatever happened."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from typing import Any

import msgspec

from kaifang.capabilities.card.tables import CardRow
from kaifang.capabilities.fund.tables import BatchRow as TransferBatchRow
from kaifang.capabilities.fund.tables import CouponRow, FreezeRow, PacketRow, TransferRow
from kaifang.capabilities.fund.tables import Share as PacketShare
from kaifang.capabilities.market.tables import ItemRow, OrderRow
from kaifang.capabilities.merchant.cells import Place, cell_of
from kaifang.capabilities.merchant.tables import PlaceRow, ShopRow
from kaifang.capabilities.trade.tables import RefundRow, SettlementRow, TradeRow
from kaifang.kernel import Work
from kaifang.kernel.events import Event, Job
from kaifang.kernel.ledger import Account, Entry, Hold
from kaifang.kernel.machine import Move, machines
from kaifang.kernel.notices import Delivery, Notice
from kaifang.kernel.table import tables
from kaifang.kernel.verify import verify


class Broke(Exception):
    """Something that always holds does not hold."""

    def __init__(self, law: str, what: str) -> None:
        super().__init__(f"{law}: {what}")
        self.law, self.what = law, what


class Memory:
    """What was seen after the step before."""

    def __init__(self) -> None:
        self.events: dict[int, int] = {}  # writer -> the last of its events that was looked at
        self.chains: dict[int, tuple[int, str]] = {}  # writer -> number and hash of its last entry
        self.states: dict[tuple[str, str], str] = {}  # machine and subject -> where the last arrow led
        self.promised: set[tuple[str, str]] = set()  # method and number of what was answered as done


Law = Callable[[Work, Memory], str | None]
laws: list[Law] = []


def law(hold: Law) -> Law:
    """Something that always holds; it returns what is wrong, if anything is."""
    laws.append(hold)
    return hold


def check(work: Work, memory: Memory) -> None:
    """Hold every law against what is committed."""
    for hold in laws:
        if wrong := hold(work, memory):
            raise Broke(hold.__name__, wrong)


@law
def the_journal_proves_itself(work: Work, memory: Memory) -> str | None:
    """Every entry sums to zero, the chain is whole, balances and holds follow from it."""
    return verify(work.tx.batch.engine).broken


@law
def the_journal_only_grows(work: Work, memory: Memory) -> str | None:
    """What was written once is there for good."""
    for writer, (number, head) in memory.chains.items():
        kept = work.find(Entry, writer=writer, number=number)
        if kept is None or kept.hash != head:
            return f"entry {writer}/{number}, which was committed, is {'another' if kept else 'gone'}"
    for entry in work.select(Entry, "number = (select max(number) from entry e where e.writer = entry.writer)"):
        memory.chains[entry.writer] = (entry.number, entry.hash)
    return None


# What an answer promises: by which member it is named, and in which table it stands ever after.
PROMISES = {
    "alipay.trade.pay": ("trade_no", "trade", "paid > 0"),
    "alipay.trade.create": ("trade_no", "trade", "1 = 1"),
    "alipay.fund.auth.order.freeze": ("auth_no", "freeze_order", "state <> 'INIT'"),
    "alipay.fund.trans.uni.transfer": ("order_id", "transfer", "1 = 1"),
    "alipay.fund.batch.create": ("batch_trans_id", "transfer_batch", "1 = 1"),
    "kaifang.wallet.redpacket.send": ("packet_id", "red_packet", "1 = 1"),
    "alipay.trade.order.settle": ("settle_no", "sharing", "1 = 1"),
}


@law
def what_was_answered_is_kept(work: Work, memory: Memory) -> str | None:
    """What was answered as done is done, and stays so."""
    for call, number in sorted(memory.promised):
        _, name, done = PROMISES[call]
        if not work.tx.query(f'select 1 from "{name}" where id = ? and {done}', (number,)):
            return f"{call} was answered with {number}, of which there is nothing"
    return None


@law
def nobody_is_overdrawn(work: Work, memory: Memory) -> str | None:
    """No account stands beyond its limits."""
    over = work.select(Account, "balance < floor or balance > ceiling")
    return f"{over[0].id} stands at {over[0].balance}" if over else None


@law
def nobody_gets_back_more_than_was_paid(work: Work, memory: Memory) -> str | None:
    """A trade's refunds sum to what it says, its total at most; so do the journal's movements."""
    refunds = defaultdict[str, list[RefundRow]](list)
    for row in work.select(RefundRow):
        refunds[row.trade].append(row)
    trades = {trade.id: trade for trade in work.select(TradeRow)}
    paid, back = paid_and_back(work, trades)
    for trade in trades.values():
        given = sum(row.amount.minor for row in refunds[trade.id])
        let_off = sum(off.let_off.minor for row in refunds[trade.id] for off in row.offs)  # had never come
        moved = let_off + sum(back[row.number] for row in refunds[trade.id])
        if not given == moved == trade.refunded.minor <= trade.total.minor:
            return f"{trade.out_trade_no} of {trade.total}: refunded {trade.refunded}, by its parts {given}, by the \
journal {moved}"
        if paid[trade.id] != (trade.received.minor if trade.paid else 0):
            return f"{trade.out_trade_no} of {trade.total}, {trade.state}: the journal says that {paid[trade.id]} came"
    return None


BACK = ("trade.refund", "trade.voucher_back")
PURSES = ("balance", "escrow")
MOVED = ("trade.pay", "freeze.pay", "trade.voucher", *BACK)


def paid_and_back(work: Work, trades: dict[str, TradeRow]) -> tuple[dict[str, int], dict[str, int]]:
    """By the journal: what came to the seller of each trade, and what went back by each refund's number."""
    paid, back = defaultdict[str, int](int), defaultdict[str, int](int)
    for entry in work.select(Entry, f"why in ({', '.join('?' * len(MOVED))})", MOVED):
        legs: list[tuple[str, int, int]] = msgspec.json.decode(entry.legs)
        if entry.why in BACK:
            back[entry.ref] += sum(change for _, change, _ in legs if change > 0)
        elif entry.ref in trades:
            # What a seller pays of a payment is a fee; what he pays for vouchers, out of his own budget, comes to him.
            trade = trades[entry.ref]
            fees = () if entry.why == "trade.voucher" else tuple(f"{trade.purse(one).owner}/" for one in PURSES)
            paid[entry.ref] -= sum(change for account, change, _ in legs if change < 0 and not account.startswith(fees))
    return paid, back


@law
def fees_are_what_trades_say(work: Work, memory: Memory) -> str | None:
    """The platform has the fees of all trades less what it gave back; of what went back whole it keeps nothing."""
    back = defaultdict[str, int](int)
    for row in work.select(RefundRow):
        back[row.trade] += row.fee.minor
    trades, account = work.select(TradeRow), work.find(Account, id="platform/fees/CNY")
    kept = sum(trade.fee.minor - back[trade.id] for trade in trades)
    for trade in trades:
        whole = bool(trade.total) and trade.refunded == trade.total
        if back[trade.id] > trade.fee.minor or whole and back[trade.id] != trade.fee.minor:
            return f"{trade.out_trade_no}: of the fee {trade.fee}, {back[trade.id]} went back with {trade.refunded}"
    return None if kept == (account.balance if account else 0) else f"fees are {account}, trades say {kept}"


@law
def what_is_held_belongs_to_something(work: Work, memory: Memory) -> str | None:
    """Every hold with value is that of one open thing, which says the same amount."""
    wanted = open_holds(work)
    for hold in work.select(Hold, '"left" <> 0'):
        if wanted.pop(hold.id, None) != hold.left:
            return f"hold {hold.id} ({hold.why} {hold.ref}) has {hold.left} left; what it is held for says otherwise"
    missing = {number: left for number, left in wanted.items() if left}
    return f"there is no hold for what should be held: {missing}" if missing else None


def open_holds(work: Work) -> dict[str, int]:
    """What should be held under each hold's number."""
    found = {row.hold: row.rest.minor for row in work.select(FreezeRow) if row.hold}
    taken = defaultdict[str, int](int)
    for share in work.select(PacketShare):
        taken[share.packet] += share.amount.minor
    for packet in work.select(PacketRow):
        found[packet.hold] = packet.amount.minor - taken[packet.id] if packet.state == "OPEN" else 0
    for part in work.select(TransferRow, "packet <> ''"):
        taken[part.packet] += part.amount.minor
    for row in work.select(TransferRow, "hold <> ''"):
        found[row.hold] = row.amount.minor - taken[row.id]
    for batch in work.select(TransferBatchRow, "hold <> ''"):
        done = sum(item.amount.minor for item in batch.items if item.status == "SUCCESS")
        found[batch.hold] = batch.total.minor - done if batch.state == "DEALING" else 0
    return found | coupon_holds(work) | service_holds(work)


def service_holds(work: Work) -> dict[str, int]:
    """What waits for the items of service orders that are not over."""
    over = "'DONE', 'MERCHANT_CANCELLED', 'ISV_REJECTED', 'ISV_CANCELLED'"
    return {
        row.hold: row.price.minor * work.count(ItemRow, f"ordered = ? and state not in ({over})", (row.id,))
        for row in work.select(OrderRow, "hold <> ''")
    }


def coupon_holds(work: Work) -> dict[str, int]:
    """What is held for cash coupons, if it adds up; parts do not name their coupon, so whose it was is looked at."""
    out = defaultdict[str, int](int)
    for entry in work.select(Entry, "why = 'coupon.disburse'"):
        for account, change, _ in msgspec.json.decode(entry.legs):
            out[account] -= min(change, 0)
    coupons = {row.hold: row for row in work.select(CouponRow, "hold <> ''")}
    holds = [hold for number in coupons if (hold := work.find(Hold, id=number)) is not None]
    for owner in {hold.owner for hold in holds}:
        own = [hold for hold in holds if hold.owner == owner]
        paid_in = sum((coupons[hold.id].amount - coupons[hold.id].refunded).minor for hold in own)
        if paid_in - out[f"{owner}/held/CNY"] != sum(hold.left for hold in own):
            return {f"coupons of {owner}": paid_in}
    return {hold.id: hold.left for hold in holds}


@law
def purses_on_the_way_hold_what_is_on_the_way(work: Work, memory: Memory) -> str | None:
    """Escrow is what settlements hold, kept-aside money what they keep, a bank's clearing what it still carries out."""
    wanted = defaultdict[str, int](int)
    for row in work.select(SettlementRow):
        owner = f"secondary:{row.smid}" if row.smid else row.seller
        wanted[f"{owner}/escrow/CNY"] += row.held.minor
        wanted[f"{owner}/royalty/CNY"] += row.frozen.minor
    bouncing = {job.subject for job in work.select(Job, "name = 'transfer.bounce'")}
    for transfer in work.select(TransferRow, "bank <> ''"):
        if transfer.state == "DEALING" or transfer.id in bouncing:
            wanted[f"bank:{transfer.bank}/clearing/CNY"] += transfer.amount.minor
    found = {row.id: row.balance for row in work.select(Account, "purpose in ('escrow', 'royalty', 'clearing')")}
    for account in sorted({*wanted, *found}):
        if wanted[account] != found.get(account, 0):
            return f"{account} stands at {found.get(account, 0)}; what is on its way adds up to {wanted[account]}"
    return None


@law
def every_notice_is_delivered_or_due(work: Work, memory: Memory) -> str | None:
    """What is owed has one try ahead; what is not has none; each try is recorded; none is owed twice."""
    due = defaultdict[str, int](int)
    for job in work.select(Job, "name = 'notice.send'"):
        due[job.subject] += 1
    tries = defaultdict[str, list[Delivery]](list)
    for delivery in work.select(Delivery, order="notice, number"):
        tries[delivery.notice].append(delivery)
    for notice in work.select(Notice):
        made = tries[notice.id]
        owed = notice.state in ("OWED", "RETRYING")
        if due.pop(notice.id, 0) != int(owed):
            return f"notice {notice.id} is {notice.state}, and the tries that are due do not fit"
        if [delivery.number for delivery in made] != list(range(1, notice.tries + 1)):
            return f"notice {notice.id} was tried {notice.tries} times; recorded are {len(made)}"
        if notice.state == "DELIVERED" and (made[-1].status, made[-1].answer) != (200, "success"):
            return f"notice {notice.id} counts as delivered, and was answered {made[-1].answer!r}"
    return f"tries are due of what nobody owes: {dict(due)}" if due else None


@law
def nothing_is_owed_twice(work: Work, memory: Memory) -> str | None:
    """No two notify_ids tell the same receiver the same thing at the same moment, unless it happened again in it."""
    seen: dict[Any, list[str]] = defaultdict(list)
    for notice in work.select(Notice):
        said = (notice.app, notice.url, notice.kind, notice.subject, notice.at, tuple(sorted(notice.fields.items())))
        seen[said].append(notice.id)
    for (_, _, kind, subject, at, _), ids in seen.items():
        again = (AGAIN.get(kind, ""), subject, at)
        if len(ids) > max(1, work.count(Event, "name = ? and subject = ? and at = ?", again)):
            return f"notices {' and '.join(ids)} say the same"
    return None


# What can happen to a thing more than once before the clock moves on: the message, and the event that it tells of.
AGAIN = {"alipay.open.auth.appauth.cancelled": "authorisation.cancel"}


@law
def points_are_good_until_some_day(work: Work, memory: Memory) -> str | None:
    """Of each point that a member has it is known until when; a card that has ended has none."""
    for card in work.select(CardRow):
        known, there = sum(lot.points for lot in card.lots), work.balance(card.points, f"point:{card.template}").minor
        if card.state == "ACTIVE" and known != there:
            return f"card {card.id} has {there} hundredths of points, and lots of {known}"
        if card.state != "ACTIVE" and card.lots:
            return f"card {card.id}, {card.state}, has lots of {known}"
    return None


@law
def states_move_along_arrows(work: Work, memory: Memory) -> str | None:
    """Each arrow starts where the one before it led, and rows are where the last one led."""
    arrows = {move.event: move for machine in machines.values() for move in machine.moves.values()}
    for event in work.select(Event, "number > ?", (min(memory.events.values(), default=0),), "writer, number"):
        if event.number <= memory.events.get(event.writer, 0):
            continue
        memory.events[event.writer] = event.number
        after = msgspec.json.decode(event.facts).get("state")
        if event.name not in arrows or after is None:
            continue
        if wrong := walked(memory, arrows[event.name], event.subject, after):
            return wrong
    return misplaced(work, memory)


def walked(memory: Memory, move: Move, subject: str, after: str) -> str | None:
    """Go along an arrow."""
    key = (move.machine.__name__, subject)
    before = memory.states.get(key)
    memory.states[key] = after
    if before is not None and before not in {state.name for state in move.before}:
        return f"{move.event} {subject} started at {before}"
    return None if after in {state.name for state in move.after} else f"{move.event} {subject} led to {after}"


def misplaced(work: Work, memory: Memory) -> str | None:
    """A row that is not where its machine's last arrow led; one that was forgotten and is born again begins anew."""
    for name, table in tables.items():
        if "state" not in table.names:
            continue
        columns = ", ".join(f'"{column}"' for column in table.primary.names)
        for *key, version, state in work.tx.query(f'select {columns}, version, "state" from "{name}"', ()):
            subject = str(key[0]) if len(key) == 1 else str(tuple(key))
            for machine in machines.values():
                last = memory.states.get((machine.__name__, subject))
                if last is not None and not version and state == machine.begin.name:
                    memory.states[machine.__name__, subject] = state
                elif last is not None and state in machine.states and last != state:
                    return f"{name} {subject} is {state}; its last arrow led to {last}"
    return None


@law
def what_is_due_is_done(work: Work, memory: Memory) -> str | None:
    """Nothing is left over that was to be done by now."""
    late = work.select(Job, "due <= ?", (work.now,))
    return f"{late[0].name} {late[0].subject} was due at {late[0].due}, it is {work.now}" if late else None


@law
def shops_are_found_where_they_are(work: Work, memory: Memory) -> str | None:
    """Whatever was opened, moved or closed, the geographical index holds each open shop once, at its place."""
    there = {(row.shop, row.longitude, row.latitude) for row in work.select(PlaceRow)}
    shops = {(row.id, *row.place) for row in work.select(ShopRow, "state = 'OPEN'") if row.place}
    astray = [row.shop for row in work.select(PlaceRow) if row.cell != cell_of(Place(row.longitude, row.latitude))]
    return f"{there ^ shops or astray} is not where it is" if there != shops or astray else None
