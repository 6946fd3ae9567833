"""Secondary merchants once they are admitted: found, changed, let go, and asked about."""

from kaifang.kernel import Key, Line, Moment, Shape, Who, Work, method

from .errors import INVALID, ORDER_NOT_EXIST, ROLE_NOT_EXIST
from .parts import SettleCard
from .review import STATUS, refuse
from .states import Admission, Secondary
from .tables import AdmissionRow, IndirectRow, SecondaryRow

MOST = 20  # applications of one merchant that are listed


def own_secondary(work: Work, smid: str | None, external_id: str | None = None) -> SecondaryRow:
    """The caller's secondary merchant that is meant."""
    provider = work.caller.merchant
    if not (smid or external_id):
        raise INVALID(field="smid", reason="give smid or external_id")
    which = {"id": smid} if smid else {"provider": provider, "external_id": external_id}
    row = work.find(SecondaryRow, **which)
    if row is None or row.provider != provider or row.state == Secondary.CLOSED.name:
        raise ROLE_NOT_EXIST(smid=smid, external_id=external_id)
    return row


def slot_of_secondary(row: SecondaryRow) -> str:
    """What stands for a change of a secondary merchant that is not decided yet."""
    return f"CHANGE/{row.id}"


class Delete(Shape):
    smid: Key  # the secondary merchant


class Deleted(Shape):
    pass


@method("ant.merchant.expand.indirect.zft.delete", raises=[ROLE_NOT_EXIST])
def delete(work: Work, ask: Delete) -> Deleted:
    """Let a secondary merchant go: no further order can be for it."""
    row = work.find(SecondaryRow, id=ask.smid)
    if row is None or row.provider != work.caller.merchant:
        raise ROLE_NOT_EXIST(smid=ask.smid)
    if row.state == Secondary.CLOSED.name:
        return Deleted()
    waiting = work.find(AdmissionRow, slot=slot_of_secondary(row))
    if waiting is not None:
        refuse(work, waiting, "the merchant was let go")
    Secondary.close(work, row, merchant=row.provider)
    return Deleted()


class Query(Shape):
    order_id: Key | None = None  # the number of the application,
    external_id: Key | None = None  # or your own number of the merchant: all applications about it


class Order(Shape):
    order_id: str  # the number of the application
    external_id: str  # your own number of the merchant
    merchant_name: str  # what it is called
    apply_time: Moment  # when it was made
    apply_type: str  # ZHIFUTONG_CREATE or ZHIFUTONG_MODIFY
    status: str  # 031: under way, 99: passed, -1: refused
    kz_audit: str  # whether the papers will do: CREATE, PASS or REJECT
    fk_audit: str  # whether the risk is borne: CREATE, PASS or REJECT
    fk_audit_memo: str | None = None  # why people look at it
    sub_confirm: str  # whether the merchant agreed: SKIP, NOT_CONFIRM, CREATE, FINISH or FAIL
    sub_sign_short_chain_url: str | None = None  # where it agrees
    smid: str | None = None  # the secondary merchant, once it passed
    card_alias_no: str | None = None  # its card, as settlements name it
    reason: str | None = None  # why it was refused


class Queried(Shape):
    orders: list[Order]  # the newest first


@method("ant.merchant.expand.indirect.zftorder.query", raises=[INVALID, ORDER_NOT_EXIST], reads=True)
def query(work: Work, ask: Query) -> Queried:
    """Ask what became of applications for a secondary merchant."""
    if not (ask.order_id or ask.external_id):
        raise INVALID(field="order_id", reason="give order_id or external_id")
    where, values = "merchant = ? and external_id = ?", (work.caller.merchant, ask.external_id)
    if ask.order_id:
        where, values = "merchant = ? and id = ?", (work.caller.merchant, ask.order_id)
    rows = work.select(AdmissionRow, f"{where} and external_id <> ''", values, "id desc", MOST)
    if not rows:
        raise ORDER_NOT_EXIST(order_id=ask.order_id, external_id=ask.external_id)
    return Queried(orders=[told(work, row) for row in rows])


def told(work: Work, row: AdmissionRow) -> Order:
    """An application as its provider sees it."""
    audit = AUDITS.get(row.state, "PASS")
    passed = row.state == Admission.PASSED.name
    secondary = work.find(SecondaryRow, id=row.smid) if passed else None
    return Order(
        order_id=row.id, external_id=row.external_id, merchant_name=row.name, apply_time=Moment(row.made),
        apply_type=row.kind, status=STATUS[row.state], kz_audit=audit, fk_audit=audit, fk_audit_memo=row.doubt or None,
        sub_confirm=row.confirmed, sub_sign_short_chain_url=row.page or None, smid=row.smid if passed else None,
        card_alias_no=secondary.card_alias or None if secondary else None, reason=row.reason or None,
    )  # fmt: skip


AUDITS = {Admission.REVIEWING.name: "CREATE", Admission.REFUSED.name: "REJECT"}


class Find(Shape):
    smid: Key  # the merchant
    provider: Key  # only if this is who brought it


class Found(Shape):
    smid: str  # the merchant
    name: str  # what buyers read
    state: str  # OPEN, SUSPENDED or CLOSED
    settled: str  # where its money goes by itself: account, card, or provider, who then settles it
    account: str | None = None  # user id of the account that agreed to be settled to
    card_alias: str | None = None  # how settlements name its card
    card: SettleCard | None = None  # its card


@method("kaifang.merchant.secondary.find", who=Who.INSIDE, raises=[ROLE_NOT_EXIST], reads=True)
def find(work: Work, ask: Find) -> Found:
    """Find a merchant whom a service provider or a bank brought, and where its money is settled to."""
    bank = work.find(IndirectRow, id=ask.smid)
    if bank is not None and bank.provider == ask.provider:
        name = bank.about.alias_name or bank.external_id
        return Found(smid=bank.id, name=name, state=Secondary.OPEN.name, settled="provider")
    row = work.find(SecondaryRow, id=ask.smid)
    if row is None or row.provider != ask.provider:
        raise ROLE_NOT_EXIST(smid=ask.smid)
    return Found(
        smid=row.id, name=row.about.alias_name or row.name, state=row.state,
        settled="account" if row.account else "card", account=row.account or None, card_alias=row.card_alias or None,
        card=row.about.biz_cards[0] if row.about.biz_cards else None,
    )  # fmt: skip


class Suspend(Shape):
    smid: Key  # the secondary merchant
    reason: Line  # why


class Resume(Shape):
    smid: Key  # the secondary merchant


class Standing(Shape):
    smid: str  # the secondary merchant
    state: str  # OPEN or SUSPENDED


@method("kaifang.merchant.secondary.suspend", who=Who.OPERATOR, raises=[ROLE_NOT_EXIST])
def suspend(work: Work, ask: Suspend) -> Standing:
    """Suspend a secondary merchant: nobody can pay it, and what waits for it is not settled, until it is resumed."""
    row = any_secondary(work, ask.smid)
    if Secondary.suspend.possible(row):
        Secondary.suspend(work, row, merchant=row.provider, reason=ask.reason)
    return Standing(smid=row.id, state=row.state)


@method("kaifang.merchant.secondary.resume", who=Who.OPERATOR, raises=[ROLE_NOT_EXIST])
def resume(work: Work, ask: Resume) -> Standing:
    """Let a secondary merchant sell and be settled again."""
    row = any_secondary(work, ask.smid)
    if Secondary.resume.possible(row):
        Secondary.resume(work, row, merchant=row.provider)
    return Standing(smid=row.id, state=row.state)


def any_secondary(work: Work, smid: str) -> SecondaryRow:
    """Anybody's secondary merchant that was not let go."""
    row = work.find(SecondaryRow, id=smid)
    if row is None or row.state == Secondary.CLOSED.name:
        raise ROLE_NOT_EXIST(smid=smid)
    return row
