"""Red packets: from one person to friends, who take their shares until it is empty or a day is over."""

from typing import Annotated, Literal

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
    Purse,
    Shape,
    Who,
    Work,
    method,
    timer,
    told_as,
)

from .charge import CREDIT, TRANSFER_FAULTS, TRANSFER_REFUSALS, Spend, set_aside
from .errors import (
    PARTY_NOT_EXIST,
    PAYEE_USERINFO_STATUS_ERROR,
    PAYMENT_INFO_INCONSISTENCY,
    RED_PACKET_NOT_EXIST,
    RED_PACKET_OVER,
)
from .find import Done, the_party, the_user, wrong_password
from .states import RedPacket
from .tables import PacketRow, Share
from .wallet import Numbered, note, seen


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
    link: str  # the text of a code that friends scan to come to it


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
        link=work.link(f"/#/money/packet/{packet.id}"),
        shares=[
            ShareSeen(name=name_of(work, share.user), amount=share.amount, at=Moment(share.at)) for share in shares
        ],
    )  # fmt: skip


def name_of(work: Work, user: str) -> str:
    """What a person is called."""
    return str(the_party(work, PARTY_NOT_EXIST, user_id=user).name)


class ListPackets(Shape):
    side: Literal["SENT", "GOT"] = "GOT"  # those you sent, or those of which you had a share
    page_num: Annotated[int, Meta(ge=1, le=1000)] = 1  # which page, from 1
    page_size: Annotated[int, Meta(ge=1, le=50)] = 20  # red packets on a page


class PacketLine(Shape):
    packet_id: str  # the number of the red packet
    with_whom: str | None = None  # who sent it, of those you got
    greeting: str  # what the sender says
    state: str  # OPEN, EMPTY or RETURNED
    amount: Money  # yuan: of one that you sent in all, of one that you got your share
    count: int  # shares in all
    taken: int  # shares that are taken
    at: Moment  # when you sent it, or had your share


class Packets(Shape):
    packets: list[PacketLine]  # the newest first


@method("kaifang.wallet.redpacket.list", who=Who.WALLET, reads=True)
def list_packets(work: Work, ask: ListPackets) -> Packets:
    """List the red packets that a person sent, or had a share of."""
    user, size = the_user(work), ask.page_size
    skipped = size * (ask.page_num - 1)
    if ask.side == "SENT":
        sent = work.select(PacketRow, "sender = ?", (user,), "returns desc, id desc", size, offset=skipped)
        return Packets(packets=[packet_line(row, row.amount, row.returns - DAY) for row in sent])
    shares = work.select(Share, '"user" = ?', (user,), "at desc, packet desc", size, offset=skipped)
    got = [(the_packet(work, share.packet), share) for share in shares]
    return Packets(packets=[packet_line(row, one.amount, one.at, name_of(work, row.sender)) for row, one in got])


def packet_line(row: PacketRow, amount: Money, at: int, with_whom: str | None = None) -> PacketLine:
    """A red packet in a list."""
    return PacketLine(
        packet_id=row.id, with_whom=with_whom, greeting=row.greeting, state=row.state, amount=amount, count=row.count,
        taken=len(row.taken), at=Moment(at),
    )  # fmt: skip
