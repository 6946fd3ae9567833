"""A person's own money: the balance, to and from a card, to a friend, and in red packets."""

from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta

from kaifang.kernel import (
    DAY,
    INVALID_PARAMETER,
    Amount,
    Happening,
    Hold,
    Key,
    Line,
    Moment,
    Money,
    Move,
    Purse,
    Shape,
    Who,
    Work,
    method,
    timer,
    told_as,
)

from .bank import the_bank
from .card import own_card
from .charge import CREDIT, TRANSFER_FAULTS, TRANSFER_REFUSALS, Charge, Spend, card_refusal, charge, count, set_aside
from .errors import (
    BALANCE_NOT_ENOUGH,
    BANK_DOWN,
    CARD_BALANCE_NOT_ENOUGH,
    CARD_NOT_EXIST,
    DAY_LIMIT,
    NO_INSTRUMENT,
    PARTY_NOT_EXIST,
    PAYEE_NOT_EXIST,
    PAYEE_USERINFO_ERROR,
    PAYEE_USERINFO_STATUS_ERROR,
    PAYER_PAYEE_CANNOT_SAME,
    PAYMENT_INFO_INCONSISTENCY,
    RED_PACKET_NOT_EXIST,
    RED_PACKET_OVER,
    SINGLE_LIMIT,
)
from .find import Done, digest, the_party, the_user, wrong_password
from .payee import Participant, person
from .states import RedPacket, Transfer
from .tables import PacketRow, Share, TransferRow


class Look(Shape):
    pass


class Balance(Shape):
    available: Money  # yuan that can be spent
    frozen: Money  # yuan set aside, by pre-authorisations for instance


@method("kaifang.wallet.balance", who=Who.WALLET, reads=True)
def balance(work: Work, ask: Look) -> Balance:
    """Show a person's own balance."""
    user = the_user(work)
    return Balance(available=work.balance(Purse(user)), frozen=work.balance(Purse(user, "held")))


def active_user(work: Work) -> str:
    """The person who is signed in, if that account is not blocked."""
    user = the_user(work)
    if the_party(work, NO_INSTRUMENT, user_id=user).status != "NORMAL":
        raise NO_INSTRUMENT(reason="the account is blocked")
    return user


class Numbered(Shape):
    """What moves money once for each number that the wallet gives it."""

    out_biz_no: Key | None = None  # the wallet's own number of it; asked again with the same it moves nothing more


def seen(work: Work, scene: str, ask: Any) -> TransferRow | None:
    """What was done under this number before, if anything was."""
    if ask.out_biz_no is None:
        return None
    row = work.find(
        TransferRow, merchant=the_user(work), product="WALLET", scene=scene, out_biz_no=ask.out_biz_no
    )  # fmt: skip
    if row is not None and row.digest != said(ask):
        raise PAYMENT_INFO_INCONSISTENCY(out_biz_no=ask.out_biz_no)
    return row


def note(work: Work, scene: str, ask: Any, number: str) -> None:
    """Keep what was done under the wallet's number."""
    user = the_user(work)
    if ask.out_biz_no is not None:
        work.add(TransferRow(
            id=number, merchant=user, product="WALLET", scene=scene, out_biz_no=ask.out_biz_no, origin="kaifang.wallet",
            digest=said(ask), amount=ask.amount, payer=user, payee=user, created=work.now, paid=work.now,
            state=Transfer.SUCCESS.name,
        ))  # fmt: skip


class Across(Numbered):
    card_id: Key  # which of the own cards
    amount: Amount  # yuan
    pay_password: Key  # the payment password


class Crossed(Done):
    available: Money = Money(0)  # yuan that can be spent now


@method(
    "kaifang.wallet.topup",
    who=Who.WALLET,
    raises=[
        CARD_NOT_EXIST, NO_INSTRUMENT, BANK_DOWN, SINGLE_LIMIT, DAY_LIMIT, CARD_BALANCE_NOT_ENOUGH,
        PAYMENT_INFO_INCONSISTENCY,
    ],
)  # fmt: skip
def topup(work: Work, ask: Across) -> Done | Crossed:
    """Move money from a debit card to the balance."""
    user = active_user(work)
    card = own_card(work, user, ask.card_id)
    done = seen(work, "TOPUP", ask)
    refusal = NO_INSTRUMENT if card.kind == "CREDIT" else card_refusal(work, card, ask.amount)
    if refusal is not None and done is None:
        raise refusal(card_id=card.id)
    wrong = wrong_password(work, ask.pay_password)
    if wrong:
        return wrong
    if done is None:
        number = work.new_id("20070")
        count(work, card, ask.amount)
        move = Move(card.purse, Purse(user), ask.amount, CARD_BALANCE_NOT_ENOUGH)
        work.post(move, why="wallet.topup", ref=number)
        note(work, "TOPUP", ask, number)
    return Crossed(done=True, available=work.balance(Purse(user)))


@method(
    "kaifang.wallet.withdraw",
    who=Who.WALLET,
    raises=[CARD_NOT_EXIST, NO_INSTRUMENT, BANK_DOWN, BALANCE_NOT_ENOUGH, PAYMENT_INFO_INCONSISTENCY],
)
def withdraw(work: Work, ask: Across) -> Done | Crossed:
    """Move money from the balance to an own card; a credit card is paid off with it."""
    user = active_user(work)
    card = own_card(work, user, ask.card_id)
    done = seen(work, "WITHDRAW", ask)
    if done is None and card.closed:
        raise NO_INSTRUMENT(card_id=card.id, reason="the bank has closed this card")
    if done is None and the_bank(work, card.bank).down:
        raise BANK_DOWN(bank_code=card.bank)
    wrong = wrong_password(work, ask.pay_password)
    if wrong:
        return wrong
    if done is None:
        number = work.new_id("20070")
        work.post(Move(Purse(user), card.purse, ask.amount, BALANCE_NOT_ENOUGH), why="wallet.withdraw", ref=number)
        note(work, "WITHDRAW", ask, number)
    return Crossed(done=True, available=work.balance(Purse(user)))


class Send(Shape):
    out_biz_no: Key  # the wallet's own number of it; the same number transfers once
    payee: Line  # logon id of who gets it
    name: Line | None = None  # that person's name, checked if given
    amount: Amount  # yuan
    remark: Line | None = None  # what it is for
    channel: Key | None = None  # balance, or the number of an own card; left out: the usual
    pay_password: Key  # the payment password


class Sent(Done):
    order_id: str  # the number of the transfer
    payee_name: str  # who got it


@method(
    "kaifang.wallet.transfer",
    who=Who.WALLET,
    raises=[
        PAYEE_NOT_EXIST, PAYEE_USERINFO_ERROR, PAYEE_USERINFO_STATUS_ERROR, PAYER_PAYEE_CANNOT_SAME,
        PAYMENT_INFO_INCONSISTENCY, *TRANSFER_REFUSALS,
    ],
)  # fmt: skip
def transfer(work: Work, ask: Send) -> Done | Sent:
    """Transfer money to another person, once for each number that the wallet gives it."""
    user = the_user(work)
    payee = friend(work, ask)
    if payee.user_id == user:
        raise PAYER_PAYEE_CANNOT_SAME(payee=user)
    wrong = wrong_password(work, ask.pay_password)
    if wrong:
        return wrong
    row = work.find(TransferRow, merchant=user, product="WALLET", scene="TRANSFER", out_biz_no=ask.out_biz_no)
    if row is None:
        row = send(work, ask, user, payee.user_id)
    elif row.digest != said(ask):
        raise PAYMENT_INFO_INCONSISTENCY(out_biz_no=ask.out_biz_no)
    return Sent(done=True, order_id=row.id, payee_name=payee.name)


def said(ask: Any) -> str:
    """What is kept of a request, but for the password."""
    return digest(msgspec.structs.replace(ask, pay_password="-"))


def friend(work: Work, ask: Send) -> Any:
    """Who gets it, in good standing."""
    user = the_party(work, PAYEE_NOT_EXIST, logon_id=ask.payee).user_id
    return person(work, Participant(identity=user, identity_type="ALIPAY_USER_ID", name=ask.name))


def send(work: Work, ask: Send, user: str, payee: str) -> TransferRow:
    """Move the money, and keep what was said about it."""
    row = work.add(TransferRow(
        id=work.new_id("11007"), merchant=user, product="WALLET", scene="TRANSFER", out_biz_no=ask.out_biz_no,
        origin="kaifang.wallet.transfer", digest=said(ask), amount=ask.amount, remark=ask.remark or "", payer=user,
        payee=payee, created=work.now, paid=work.now,
    ))  # fmt: skip
    with told_as(TRANSFER_FAULTS):
        charge(work, Charge(
            payer=user, payee=payee, amount=ask.amount, ref=row.id, why="wallet.transfer", channel=ask.channel,
            disable_channels=CREDIT,
        ))  # fmt: skip
    facts = {"amount": row.amount, "scene": row.scene, "out_biz_no": row.out_biz_no, "remark": row.remark}
    Transfer.pay(work, row, merchant=user, payer=user, payee=payee, **facts)
    return row


class Wrap(Numbered):
    amount: Amount  # yuan in all
    count: Annotated[int, Meta(ge=1, le=100)]  # shares, 1 to 100; each gets at least 0.01
    kind: Literal["LUCKY", "EQUAL"] = "LUCKY"  # LUCKY: shares by chance
    greeting: Line = "恭喜发财，大吉大利"  # what the friends read
    channel: Key | None = None  # balance, or the number of an own card; left out: the usual
    pay_password: Key  # the payment password


class Wrapped(Done):
    packet_id: str  # the number by which friends take their share


@method("kaifang.wallet.redpacket.send", who=Who.WALLET, raises=[*TRANSFER_REFUSALS, PAYMENT_INFO_INCONSISTENCY])
def send_packet(work: Work, ask: Wrap) -> Done | Wrapped:
    """Send friends a red packet; what nobody takes within a day comes back."""
    user = the_user(work)
    if ask.amount.minor < ask.count:
        raise INVALID_PARAMETER(field="count", reason="each share is at least 0.01")
    wrong = wrong_password(work, ask.pay_password)
    if wrong:
        return wrong
    done = seen(work, "REDPACKET", ask)
    if done is not None:
        return Wrapped(done=True, packet_id=done.id)
    number = work.new_id("11020")
    with told_as(TRANSFER_FAULTS):
        hold, _ = set_aside(work, Spend(
            payer=user, amount=ask.amount, ref=number, why="redpacket.send", channel=ask.channel,
            disable_channels=CREDIT,
        ))  # fmt: skip
    packet = work.add(PacketRow(
        id=number, sender=user, kind=ask.kind, greeting=ask.greeting, amount=ask.amount, count=ask.count,
        hold=hold.id, returns=work.now + DAY,
    ))  # fmt: skip
    work.later(packet.returns, "redpacket.return", packet.id)
    note(work, "REDPACKET", ask, number)
    return Wrapped(done=True, packet_id=packet.id)


class WhichPacket(Shape):
    packet_id: Key  # the number of the red packet


class ShareSeen(Shape):
    name: str  # who took it
    amount: Money  # yuan
    at: Moment  # when


class PacketSeen(Shape):
    packet_id: str  # the number of the red packet
    sender: str  # who sent it
    greeting: str  # what the sender says
    kind: str  # LUCKY or EQUAL
    state: str  # OPEN, EMPTY or RETURNED
    amount: Money  # yuan in all
    count: int  # shares in all
    mine: Money | None = None  # yuan that the person who is signed in got
    shares: list[ShareSeen]  # who took theirs, the first one first


@method("kaifang.wallet.redpacket.look", who=Who.WALLET, reads=True, raises=[RED_PACKET_NOT_EXIST])
def look_at_packet(work: Work, ask: WhichPacket) -> PacketSeen:
    """Look at a red packet: whoever knows its number may."""
    return packet_seen(work, the_packet(work, ask.packet_id), the_user(work))


@method(
    "kaifang.wallet.redpacket.claim",
    who=Who.WALLET,
    raises=[RED_PACKET_NOT_EXIST, RED_PACKET_OVER, PAYEE_USERINFO_STATUS_ERROR],
)
def claim(work: Work, ask: WhichPacket) -> PacketSeen:
    """Take a share of a red packet, once."""
    user, packet = the_user(work), the_packet(work, ask.packet_id)
    if work.find(Share, packet=packet.id, user=user) is None:
        if not RedPacket.claim.possible(packet):
            raise RED_PACKET_OVER(packet_id=packet.id)
        if the_party(work, PAYEE_USERINFO_STATUS_ERROR, user_id=user).status != "NORMAL":
            raise PAYEE_USERINFO_STATUS_ERROR(user_id=user)
        take_share(work, packet, user)
    return packet_seen(work, packet, user)


def take_share(work: Work, packet: PacketRow, user: str) -> None:
    """The next share goes to this person."""
    held = work.find(Hold, id=packet.hold)
    assert held is not None
    amount = next_share(work, packet, held.left)
    work.settle(held, Purse(user), amount, why="redpacket.claim", ref=packet.id)
    work.add(Share(packet=packet.id, user=user, amount=amount, at=work.now))
    packet.taken = [*packet.taken, user]
    to = RedPacket.OPEN if held.left else RedPacket.EMPTY
    RedPacket.claim(work, packet, to=to, sender=packet.sender, user=user, amount=amount)


def next_share(work: Work, packet: PacketRow, left: int) -> Money:
    """By chance between one fen and twice the mean of what is left, such that a fen remains for everybody else."""
    others = packet.count - len(packet.taken) - 1
    if not others:
        return Money(left)
    if packet.kind == "EQUAL":
        return packet.amount.split(packet.count)[len(packet.taken)]
    most = min(2 * left // (others + 1), left - others)
    return Money(1 + work.chance.below(max(most, 1)))


@timer("redpacket.return")
def return_packet(work: Work, happening: Happening) -> None:
    """What nobody took goes back to the sender."""
    packet = work.find(PacketRow, id=happening.subject)
    held = work.find(Hold, id=packet.hold) if packet else None
    if packet is not None and held is not None and RedPacket.give_back.possible(packet):
        rest = held.rest
        work.void(held, why="redpacket.return", ref=packet.id)
        RedPacket.give_back(work, packet, sender=packet.sender, amount=rest)


def the_packet(work: Work, packet_id: str) -> PacketRow:
    """The red packet with this number."""
    packet = work.find(PacketRow, id=packet_id)
    if packet is None:
        raise RED_PACKET_NOT_EXIST(packet_id=packet_id)
    return packet


def packet_seen(work: Work, packet: PacketRow, user: str) -> PacketSeen:
    """A red packet as this person sees it."""
    shares = [share for taker in packet.taken if (share := work.find(Share, packet=packet.id, user=taker))]
    mine = next((share.amount for share in shares if share.user == user), None)
    return PacketSeen(
        packet_id=packet.id, sender=name_of(work, packet.sender), greeting=packet.greeting, kind=packet.kind,
        state=packet.state, amount=packet.amount, count=packet.count, mine=mine,
        shares=[
            ShareSeen(name=name_of(work, share.user), amount=share.amount, at=Moment(share.at)) for share in shares
        ],
    )  # fmt: skip


def name_of(work: Work, user: str) -> str:
    """What a person is called."""
    return str(the_party(work, PARTY_NOT_EXIST, user_id=user).name)
