"""Notes to members: that points expire soon, or have changed."""

from typing import Literal

from kaifang.kernel import Key, Moment, Shape, Who, Work, method

from .errors import CARD_NOT_EXIT, INVALID, NO_CARD_TYPE
from .find import Target, held_card, person_meant, the_target
from .numbers import POINTS, read_points, write_points
from .tables import CardRow, NoteRow
from .tell import facts

MOST = 50  # that are listed


class Info(Shape):
    """What a reminder says."""

    expired_point: Key  # how many points
    expired_time: Moment  # when


class Notify(Target):
    notify_no: Key  # your own number of this; asking twice says it once
    notify_type: Literal["POINT_REMIND"]  # points expire soon
    notify_info: Info  # JSON: expired_point and expired_time
    occur_time: Moment  # when this came up


class Notified(Shape):
    pass


@method(
    "alipay.marketing.card.message.notify", once=("notify_no",), clash=INVALID, raises=[NO_CARD_TYPE, CARD_NOT_EXIT],
)  # fmt: skip
def notify(work: Work, ask: Notify) -> Notified:
    """Remind a member that points expire soon."""
    row, info = the_target(work, ask), ask.notify_info
    points = read_points(info.expired_point, "notify_info.expired_point")
    leave_note(work, row, NoteRow(card=row.id, id=work.new_id("10106"), kind=ask.notify_type, points=points,
                                  until=info.expired_time.ms, at=ask.occur_time.ms))  # fmt: skip
    return Notified()


def leave_note(work: Work, row: CardRow, note: NoteRow) -> None:
    """Leave a note, and let it be known."""
    work.add(note)
    work.tell("membercard.note", note.id, **facts(row, card=row.id, kind=note.kind, points=write_points(note.points)))


def note_change(work: Work, row: CardRow, changed: str) -> None:
    """Tell a member of so many points more, or less; what is no number is not told, as the wire has it."""
    if POINTS.fullmatch(changed.removeprefix("-")):
        points = read_points(changed.removeprefix("-"), "changed_point")
        points = -points if changed.startswith("-") else points
        number = work.new_id("10106")
        leave_note(work, row, NoteRow(card=row.id, id=number, kind="POINT_CHANGE", points=points, at=work.now))


class Notes(Shape):
    card: Key  # the platform's number


class Note(Shape):
    """A note of the merchant."""

    kind: str  # POINT_REMIND: points expire soon; POINT_CHANGE: there are more, or fewer
    points: str  # how many
    until: Moment | None = None  # when they expire
    at: Moment  # when it came up


class NoteList(Shape):
    notes: list[Note]  # the newest first


@method("kaifang.card.note.list", who=Who.WALLET, reads=True, raises=[CARD_NOT_EXIT])
def list_notes(work: Work, ask: Notes) -> NoteList:
    """Read what the merchant of your card wanted you to know."""
    row = held_card(work, person_meant(work, None), ask.card)
    found = work.select(NoteRow, "card = ?", (row.id,), "id desc", MOST)
    return NoteList(
        notes=[
            Note(
                kind=one.kind, points=write_points(one.points), until=Moment(one.until) if one.until else None,
                at=Moment(one.at),
            )
            for one in found
        ]
    )  # fmt: skip
