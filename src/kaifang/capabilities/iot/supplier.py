"""Suppliers: whose face terminals are believed when they say whose face they saw."""

from kaifang.kernel import Key, Shape, Who, Work, method, told_as

from .errors import SUPPLIER_NOT_EXIST
from .find import Done
from .tables import DeviceRow, SupplierRow


class Trust(Shape):
    supplier_id: Key  # whoever makes or brings devices, a user id
    trusted: bool  # whether its terminals may say whose face they saw


@method("kaifang.iot.supplier.trust", who=Who.OPERATOR, raises=[SUPPLIER_NOT_EXIST])
def trust(work: Work, ask: Trust) -> Done:
    """Say whose face terminals are believed; until that is said, those of nobody are, and of everybody in a sandbox."""
    with told_as({"PARTY_NOT_EXIST": SUPPLIER_NOT_EXIST}):
        work.ask("kaifang.account.party.find", user_id=ask.supplier_id)
    row = work.find(SupplierRow, id=ask.supplier_id) or work.add(SupplierRow(id=ask.supplier_id))
    if row.trusted is not ask.trusted:
        row.trusted = ask.trusted
        work.tell("device.trust", row.id, trusted=row.trusted)
    return Done()


def is_trusted(work: Work, device: DeviceRow) -> bool:
    """Whether a device's supplier has been looked at, so that it is no program that has seen no face."""
    row = work.find(SupplierRow, id=device.supplier)
    return work.place.sandbox if row is None else row.trusted
