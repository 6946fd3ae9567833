"""Looking at commissions: as the service provider, and as the merchant or partner."""

from typing import Annotated

from msgspec import Meta

from kaifang.kernel import FOREVER, NO_USER, Key, Moment, Money, Shape, Who, Work, method

from .commission import FAULTS
from .errors import COMMISSION_NOT_EXIST, COMMISSION_STATUS_ERROR, NOT_ISV_APP_TYPE
from .find import Merchant, current, merchant, percent, provider
from .offer import end, facts
from .states import Commission
from .tables import CommissionRow, Receiver, SettlementRow

MOST = 100  # commissions that are listed


class Latest(Shape):
    latest_rate: str  # percent that is proposed
    latest_status: str  # CONFIRMING


class RoleDetail(Shape, kw_only=True):
    role_alipay_account: str  # the partner's logon id, masked
    role_account_name: str  # who that is
    role_level: str | None = None  # which level of partners
    role_type: str  # what the partner is
    role_rate: str  # percent of a trade
    role_status: str  # VALID, or CONFIRMING while the partner's word is missing
    role_confirm_url: str | None = None  # where the partner gives it
    latest_commission: Latest | None = None  # what is proposed instead


class Detail(Shape, kw_only=True):
    target_type: str  # MERCHANT, SHOP or GOODS
    target_id: str  # which
    commission_status: str  # CONFIRMING, VALID, REFUSED, CANCELED, TERMINATED or EXPIRED
    isv_rate: str  # percent of a trade for the service provider
    alloc_valid_time: Moment  # from when it was agreed to hold
    alloc_invalid_time: Moment | None = None  # until when; absent: without an end
    real_valid_time: Moment | None = None  # since when it really held
    real_invalid_time: Moment | None = None  # until when it really did, once it has ended
    latest_commission: Latest | None = None  # what is proposed instead
    commission_role_list: list[RoleDetail] | None = None  # partners


class Query(Merchant):
    commission_scene: Key  # which business


class Queried(Shape, kw_only=True):
    merchant_id: str  # user id
    merchant_name: str  # what the merchant is called
    merchant_logon_id: str  # masked
    merchant_confirm_url: str | None = None  # where the merchant agrees, while that is waited for
    commission_scene: str  # which business
    commission_mode: str  # UNIFIED or GOODS
    commission_list: list[Detail]  # by target, the latest of each first
    modify_time: Moment  # when anything changed last


@method("alipay.open.sp.commission.detail.query", raises=[*FAULTS, COMMISSION_NOT_EXIST], reads=True)
def query(work: Work, ask: Query) -> Queried:
    """Query your commissions with a merchant: what holds, and what waits for whose word."""
    app = provider(work)
    party = merchant(work, ask)
    where = "provider = ? and merchant = ? and scene = ?"
    rows = work.select(CommissionRow, where, (app.party, party.user_id, ask.commission_scene), "id desc", MOST)
    if not rows:
        raise COMMISSION_NOT_EXIST(commission_scene=ask.commission_scene)
    return Queried(
        merchant_id=party.user_id, merchant_name=party.name, merchant_logon_id=party.masked,
        merchant_confirm_url=next((row.pages[party.user_id] for row in rows if party.user_id in row.proposals), None),
        commission_scene=ask.commission_scene, commission_mode=rows[0].mode,
        commission_list=[detail(work, row) for row in rows], modify_time=Moment(max(row.modified for row in rows)),
    )  # fmt: skip


def detail(work: Work, row: CommissionRow) -> Detail:
    """A commission as its service provider sees it."""
    held = [one for one in row.terms if one.since < one.until]
    shown = current(row) or row.offered
    return Detail(
        target_type=row.target_type, target_id=row.target_id, commission_status=row.state,
        isv_rate=percent(rate_of(shown, row.provider)), alloc_valid_time=Moment(row.start),
        alloc_invalid_time=Moment(row.end) if row.end < FOREVER else None,
        real_valid_time=Moment(held[0].since) if held else None,
        real_invalid_time=Moment(held[-1].until) if held and row.slot is None else None,
        latest_commission=latest(row, row.provider),
        commission_role_list=[role(work, row, one) for one in shown if one.role] or None,
    )  # fmt: skip


def rate_of(receivers: list[Receiver], party: str) -> int:
    """What somebody gets, in basis points."""
    return next((one.rate for one in receivers if one.party == party), 0)


def latest(row: CommissionRow, party: str) -> Latest | None:
    """What is proposed instead of what holds."""
    if not (row.terms and row.offered):
        return None
    return Latest(latest_rate=percent(rate_of(row.offered, party)), latest_status="CONFIRMING")


def role(work: Work, row: CommissionRow, one: Receiver) -> RoleDetail:
    """A partner's part."""
    party = work.ask("kaifang.account.party.find", user_id=one.party)
    waits = one.party in row.proposals
    return RoleDetail(
        role_alipay_account=party.masked, role_account_name=party.name, role_level=one.level or None,
        role_type=one.role, role_rate=percent(one.rate), role_status="CONFIRMING" if waits else row.state,
        role_confirm_url=row.pages.get(one.party) if waits else None, latest_commission=latest(row, one.party),
    )  # fmt: skip


class List(Shape):
    pass


class Part(Shape):
    name: str  # who gets it
    percent: str  # of a trade


class Mine(Shape):
    commission_id: str  # 28 digits
    provider: str  # user id
    provider_name: str  # who that is
    merchant: str  # user id
    scene: str  # which business
    target_type: str  # MERCHANT, SHOP or GOODS
    target_id: str  # which
    state: str  # CONFIRMING or VALID
    parts: list[Part]  # who gets what


class Listed(Shape):
    commissions: list[Mine]  # the newest first


@method("kaifang.commission.list", who=Who.WALLET, reads=True)
def list_mine(work: Work, ask: List) -> Listed:
    """List the commissions that you pay, as the merchant who is signed in."""
    rows = work.select(CommissionRow, "merchant = ? and slot is not null", (signed_in(work),), "id desc", MOST)
    return Listed(commissions=[mine(work, row) for row in rows])


def signed_in(work: Work) -> str:
    """Whoever is signed in."""
    if work.caller.user is None:
        raise NO_USER()
    return work.caller.user


def mine(work: Work, row: CommissionRow) -> Mine:
    """A commission as its merchant sees it."""
    names = {
        party: work.ask("kaifang.account.party.find", user_id=party).name
        for party in (row.provider, *(one.party for one in current(row) or row.offered))
    }
    return Mine(
        commission_id=row.id, provider=row.provider, provider_name=names[row.provider], merchant=row.merchant,
        scene=row.scene, target_type=row.target_type, target_id=row.target_id, state=row.state,
        parts=[Part(name=names[one.party], percent=percent(one.rate)) for one in current(row) or row.offered],
    )  # fmt: skip


class Page(Shape):
    state: Key | None = None  # only those that stand so, such as VALID
    page_num: Annotated[int, Meta(ge=1, le=10_000)] = 1  # from 1
    page_size: Annotated[int, Meta(ge=1, le=100)] = 20  # 1 to 100


class Agreed(Mine):
    merchant_name: str  # who pays it
    since: Moment  # from when it was agreed to hold
    until: Moment | None = None  # until when; absent: without an end


class Agreements(Shape):
    commissions: list[Agreed]  # the newest first
    total: int  # how many there are on all pages


@method("kaifang.commission.offered", raises=[NOT_ISV_APP_TYPE], reads=True)
def list_offered(work: Work, ask: Page) -> Agreements:
    """List the commissions that you have proposed to merchants, as their service provider."""
    party = provider(work).party
    where, values = "provider = ?", [party]
    if ask.state is not None:
        where, values = f"{where} and state = ?", [party, ask.state]
    skipped = (ask.page_num - 1) * ask.page_size
    rows = work.select(CommissionRow, where, values, "id desc", ask.page_size, offset=skipped)
    return Agreements(commissions=[agreed(work, row) for row in rows], total=work.count(CommissionRow, where, values))


def agreed(work: Work, row: CommissionRow) -> Agreed:
    """A commission as its service provider sees it."""
    seen = mine(work, row)
    return Agreed(
        **{name: getattr(seen, name) for name in Mine.__struct_fields__}, since=Moment(row.start),
        merchant_name=work.ask("kaifang.account.party.find", user_id=row.merchant).name,
        until=Moment(row.end) if row.end < FOREVER else None,
    )  # fmt: skip


class End(Shape):
    commission_id: Key  # which


@method("kaifang.commission.end", who=Who.WALLET, raises=[COMMISSION_NOT_EXIST, COMMISSION_STATUS_ERROR])
def end_mine(work: Work, ask: End) -> Mine:
    """End a commission that you pay; what is due of trades paid before is still settled."""
    user = signed_in(work)
    row = work.find(CommissionRow, id=ask.commission_id)
    if row is None or row.merchant != user:
        raise COMMISSION_NOT_EXIST(commission_id=ask.commission_id)
    Commission.terminate(work, row, **facts(row))
    end(work, row)
    return mine(work, row)


class Settlements(Shape):
    page_num: Annotated[int, Meta(ge=1, le=10_000)] = 1  # from 1
    page_size: Annotated[int, Meta(ge=1, le=100)] = 20  # 1 to 100


class Settled(Shape):
    settlement_no: str  # 28 digits, the journal's number of it
    commission_id: str  # of which commission
    merchant: str  # user id
    receiver: str  # user id
    amount: Money  # yuan the merchant paid; below zero: got back
    deals: int  # of how many trades
    at: Moment  # when


class SettlementList(Shape):
    settlements: list[Settled]  # the newest first


@method("kaifang.commission.settlement.list", reads=True)
def settlements(work: Work, ask: Settlements) -> SettlementList:
    """List what was settled of commissions that you pay or get."""
    caller = work.caller
    party = signed_in(work) if caller.role == "wallet" else caller.merchant
    skipped = (ask.page_num - 1) * ask.page_size
    rows = work.select(
        SettlementRow, "merchant = ? or receiver = ?", (party, party), "at desc, number desc", ask.page_size,
        offset=skipped,
    )  # fmt: skip
    return SettlementList(
        settlements=[
            Settled(
                settlement_no=row.number, commission_id=row.commission, merchant=row.merchant, receiver=row.receiver,
                amount=row.amount, deals=row.deals, at=Moment(row.at),
            )
            for row in rows
        ]
    )  # fmt: skip
