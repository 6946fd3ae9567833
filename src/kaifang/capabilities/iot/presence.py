"""Heartbeats: a device that is silent for too long is offline."""

from kaifang.kernel import SECOND, Happening, Key, Shape, Who, Work, method, timer

from .find import calling
from .message import waiting
from .states import Presence
from .tables import DeviceRow, PresenceRow

EVERY = 30 * SECOND  # how often a device's heart beats
SILENT = 3 * EVERY  # how long it is believed to be there without


def presence(work: Work, device: DeviceRow) -> PresenceRow:
    """How a device has been heard of; unwritten if it never was."""
    return work.find(PresenceRow, id=device.id) or PresenceRow(id=device.id)


def is_online(heard: PresenceRow) -> bool:
    """Whether its heart beats."""
    return heard.state == Presence.ONLINE.name


def vanish(work: Work, device: DeviceRow) -> None:
    """A device that is believed no longer is not there."""
    heard = work.find(PresenceRow, id=device.id)
    if heard is not None and Presence.vanish.possible(heard):
        Presence.vanish(work, heard, merchant=device.merchant, shop=device.shop)


class Beat(Shape):
    software: Key | None = None  # the version that it runs


class Beaten(Shape):
    waiting: int  # how many messages wait to be fetched
    every_seconds: int  # when the next beat is due
    bound: bool  # whether it is bound to a merchant


@method("kaifang.iot.device.heartbeat", who=Who.DEVICE)
def beat(work: Work, ask: Beat) -> Beaten:
    """Say that the device is there; three beats missed, and it is offline."""
    device = calling(work)
    heard = work.find(PresenceRow, id=device.id) or work.add(PresenceRow(id=device.id))
    heard.beat, heard.software = work.now, ask.software or heard.software
    if Presence.appear.possible(heard):
        Presence.appear(work, heard, merchant=device.merchant, shop=device.shop)
        work.later(work.now + SILENT, "iot.silent", device.id)
    return Beaten(waiting=len(waiting(work, device)), every_seconds=EVERY // SECOND, bound=bool(device.merchant))


@timer("iot.silent")
def silent(work: Work, happening: Happening) -> None:
    """See whether a device has been silent for too long; one timer a device that is there, however often it beats."""
    heard = work.find(PresenceRow, id=happening.subject)
    device = work.find(DeviceRow, id=happening.subject)
    assert heard is not None and device is not None, f"no device {happening.subject}"
    if not is_online(heard):
        return
    if heard.beat + SILENT > work.now:
        work.later(heard.beat + SILENT, "iot.silent", heard.id)
    else:
        vanish(work, device)
