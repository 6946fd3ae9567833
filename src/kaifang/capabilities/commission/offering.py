"""A merchant proposes a commission to a service provider."""

from kaifang.kernel import Key, Moment, Shape, Who, Work, method, told_as

from .commission import RATES, Scene, Targets, begin
from .detail import signed_in
from .errors import APP_NOT_EXIST, COMMISSION_EXIST
from .find import receivers
from .offer import offer


class Offer(Shape):
    app_id: Key  # the service provider's application
    scene: Key  # which business
    targets: Targets  # of what, and who gets how much
    until: Moment | None = None  # until when; without an end if left out


class Offered(Shape):
    commissions: list[str]  # their numbers, in the order of the targets


@method("kaifang.commission.offer", who=Who.WALLET, raises=[*RATES, APP_NOT_EXIST, COMMISSION_EXIST])
def propose(work: Work, ask: Offer) -> Offered:
    """Offer a service provider a part of your trades; it holds when the provider and all partners have agreed."""
    merchant = signed_in(work)
    with told_as({"APP_NOT_EXIST": APP_NOT_EXIST}):
        app = work.ask("kaifang.openapp.credentials", app_id=ask.app_id)
    if app.role != "isv" or app.party == merchant:
        raise APP_NOT_EXIST(app_id=ask.app_id)
    rows = []
    for target in ask.targets:
        scene = Scene(
            commission_scene=ask.scene, commission_list=[target], commission_invalid_time=ask.until,
            commission_mode="GOODS" if target.target_type == "GOODS" else "UNIFIED", long_term=ask.until is None,
        )  # fmt: skip
        row = begin(work, scene, target, (app.party, app.app_id, merchant))
        offer(work, row, receivers(work, target, app.party, merchant), merchant)
        rows.append(row.id)
    return Offered(commissions=rows)
