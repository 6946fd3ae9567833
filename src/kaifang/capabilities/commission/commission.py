"""The official side of commissions: service providers propose, change and end them."""

from typing import Annotated, Literal

from msgspec import Meta

from kaifang.kernel import FOREVER, INVALID_PARAMETER, Key, Line, Moment, Shape, Work, method

from .errors import (
    COMMISSION_EXIST,
    COMMISSION_NOT_EXIST,
    COMMISSION_RATE_ERROR,
    COMMISSION_STATUS_ERROR,
    MERCHANT_IS_NOT_EXIST,
    NOT_ISV_APP_TYPE,
    ROLE_ACCOUNT_NOT_EXIST,
)
from .find import Merchant, Target, TargetType, current, merchant, own, provider, receivers, slot_of
from .offer import adopt, end, facts, offer, take_back
from .states import Commission
from .tables import CommissionRow

FAULTS = [NOT_ISV_APP_TYPE, MERCHANT_IS_NOT_EXIST]
RATES = [ROLE_ACCOUNT_NOT_EXIST, COMMISSION_RATE_ERROR]
Targets = Annotated[list[Target], Meta(min_length=1, max_length=20)]


class Scene(Shape):
    commission_scene: Key  # which business, by your own name
    commission_mode: Literal["UNIFIED", "GOODS"] = "UNIFIED"  # of whole trades, or of particular goods
    commission_list: Targets  # of what, and who gets how much
    commission_valid_time: Moment | None = None  # from when; from the agreement if left out
    commission_invalid_time: Moment | None = None  # until when; needed unless long_term
    long_term: bool = False  # whether it has no end
    merchant_app_id: Key | None = None  # the merchant's application whose own trades count too


class Create(Merchant):
    commission_info_list: Annotated[list[Scene], Meta(min_length=1, max_length=10)]  # by scene
    merchant_name: Line | None = None  # what the merchant is called; checked if given


class Done(Shape):
    pass


@method("alipay.open.sp.commission.create", raises=[*FAULTS, *RATES, COMMISSION_EXIST])
def create(work: Work, ask: Create) -> Done:
    """Propose commissions to a merchant; each holds when the merchant and all partners have agreed."""
    app = provider(work)
    party = merchant(work, ask)
    if party.user_id == app.party or ask.merchant_name not in (None, party.name):
        raise MERCHANT_IS_NOT_EXIST(merchant_name=ask.merchant_name)
    for scene in ask.commission_info_list:
        for target in scene.commission_list:
            row = begin(work, scene, target, (app.party, app.app_id, party.user_id))
            offer(work, row, receivers(work, target, app.party, party.user_id), app.party)
    return Done()


class EndedRole(Shape):
    role_alipay_account: Key | None = None  # the partner's mail address or mobile number
    role_level: Key | None = None  # which level of partners


class Ended(Shape):
    target_type: TargetType = "MERCHANT"  # MERCHANT, SHOP or GOODS
    target_id: Key | None = None  # your merchant, a store_id or a goods_id
    modify_isv_rule: bool = False  # whether the service provider's own part ends too
    commission_role_list: list[EndedRole] = []  # which partners' parts end, if not everything does


def begin(work: Work, scene: Scene, target: Target, who: tuple[str, str, str]) -> CommissionRow:
    """A commission that nobody has agreed to yet, between a provider, by its application, and a merchant."""
    of, app, merchant = who
    start, finish = span(work, scene)
    if (target.target_type == "GOODS") != (scene.commission_mode == "GOODS"):
        raise INVALID_PARAMETER(field="target_type", reason="GOODS for the mode GOODS; MERCHANT or SHOP for UNIFIED")
    meant = target_meant(target, merchant)
    slot = slot_of(of, merchant, scene.commission_scene, meant)
    if work.find(CommissionRow, slot=slot) is not None:
        raise COMMISSION_EXIST(target_id=meant[1])
    return work.add(
        CommissionRow(
            id=work.new_id("20500"), provider=of, app=app, merchant=merchant, scene=scene.commission_scene,
            merchant_app=scene.merchant_app_id or "", mode=scene.commission_mode, target_type=meant[0],
            target_id=meant[1], slot=slot, start=start, end=finish, modified=work.now,
        )
    )  # fmt: skip


def span(work: Work, scene: Scene) -> tuple[int, int]:
    """From when to when a commission is to hold."""
    start = scene.commission_valid_time.ms if scene.commission_valid_time else work.now
    if scene.long_term:
        return start, FOREVER
    if scene.commission_invalid_time is None:
        raise INVALID_PARAMETER(field="commission_invalid_time", reason="missing; give it, or long_term")
    if scene.commission_invalid_time.ms <= max(start, work.now):
        raise INVALID_PARAMETER(field="commission_invalid_time", reason="not after its beginning, or past")
    return start, scene.commission_invalid_time.ms


def target_meant(target: Target | Ended, merchant: str) -> tuple[str, str]:
    """What a commission is of: its type and number."""
    if target.target_type == "MERCHANT":
        return "MERCHANT", merchant
    if target.target_id is None:
        raise INVALID_PARAMETER(field="target_id", reason="missing; which shop or goods is meant")
    return target.target_type, target.target_id


class Modify(Merchant):
    commission_scene: Key  # which business
    commission_list: Targets  # of what, and who gets how much from now on


@method("alipay.open.sp.commission.modify", raises=[*FAULTS, *RATES, COMMISSION_NOT_EXIST])
def modify(work: Work, ask: Modify) -> Done:
    """Propose other rates; the old ones hold until everybody has agreed."""
    app = provider(work)
    party = merchant(work, ask)
    for target in ask.commission_list:
        meant = target_meant(target, party.user_id)
        row = own(work, app.party, party.user_id, ask.commission_scene, meant)
        offer(work, row, receivers(work, target, app.party, party.user_id), app.party)
    return Done()


class Cancel(Merchant):
    action: Literal["CANCEL", "TERMINAL"]  # take back what waits for agreement, or end what holds
    handle_type: Literal["ALL", "PART"] = "ALL"  # of the whole scene, or of commission_list only
    commission_scene: Key  # which business
    commission_list: Annotated[list[Ended], Meta(max_length=20)] = []  # which, for PART


@method("alipay.open.sp.commission.cancel", raises=[*FAULTS, COMMISSION_NOT_EXIST, COMMISSION_STATUS_ERROR])
def cancel(work: Work, ask: Cancel) -> Done:
    """Take back a proposal, or end a commission; what is due of trades paid before is still settled."""
    app = provider(work)
    party = merchant(work, ask).user_id
    if ask.handle_type == "ALL":
        where = "provider = ? and merchant = ? and scene = ? and slot is not null"
        rows = work.select(CommissionRow, where, (app.party, party, ask.commission_scene), "id")
        chosen = [(row, Ended()) for row in rows if ask.action == "CANCEL" or row.terms]
    else:
        chosen = [
            (own(work, app.party, party, ask.commission_scene, target_meant(one, party)), one)
            for one in ask.commission_list
        ]
    if not chosen:
        raise COMMISSION_NOT_EXIST(commission_scene=ask.commission_scene)
    for row, what in chosen:
        (withdraw if ask.action == "CANCEL" else terminate)(work, row, what)
    return Done()


def withdraw(work: Work, row: CommissionRow, what: Ended) -> None:
    """Take back what waits for somebody's word."""
    if Commission.cancel.possible(row):
        Commission.cancel(work, row, **facts(row))
        end(work, row)
    elif row.offered:
        take_back(work, row)
    else:
        raise COMMISSION_STATUS_ERROR(state=row.state)


def terminate(work: Work, row: CommissionRow, what: Ended) -> None:
    """End what holds, or the parts of some partners."""
    accounts = {role.role_alipay_account for role in what.commission_role_list}
    gone = {
        one.party for one in current(row)
        if one.role and work.ask("kaifang.account.party.find", user_id=one.party).logon_id in accounts
    }  # fmt: skip
    gone |= {row.provider} if what.modify_isv_rule else set()
    left = [one for one in current(row) if accounts and one.party not in gone and one.rate]
    if not left:
        Commission.terminate(work, row, **facts(row))
        end(work, row)
        return
    Commission.amend(work, row, **facts(row))
    take_back(work, row)
    adopt(work, row, left)
