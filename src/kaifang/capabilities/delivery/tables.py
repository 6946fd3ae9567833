"""What is kept of deliveries and pictures."""

from kaifang.kernel import Row, table

from .parts import Material, Play, Target
from .states import Delivery


@table("delivery_plan", index=[("activity", "id"), ("merchant", "state")])
class PlanRow(Row):
    """One plan to show something in a slot."""

    id: str  # delivery_id
    merchant: str  # user id of whose it is
    name: str  # what the merchant calls it
    booth: str  # which slot
    activity: str = ""  # activity_id, if that is what is shown
    state: str = Delivery.begin.name
    begin: int  # from when it is shown, milliseconds
    end: int  # until when
    play: Play  # what is shown
    target: Target | None = None  # to whom
    material: Material | None = None  # with which pictures
    problem: str = ""  # why it was rejected


@table("delivery_material", unique=[("merchant", "use", "digest")])
class MaterialRow(Row):
    """A picture that a merchant brought."""

    id: str  # resource_id
    merchant: str  # user id
    use: str  # file_key
    digest: str  # of its bytes, so that the same picture is kept once
