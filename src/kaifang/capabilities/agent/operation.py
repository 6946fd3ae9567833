"""Running a merchant's business: asked for by a service provider, agreed to by the merchant, and taken back."""

from typing import Any

from kaifang.kernel import DAY, INVALID_PARAMETER, Fault, Happening, Key, Line, Moment, Shape, Who, Work, hears, method

from .errors import (
    AUTH_RECORD_LOSE,
    ILLEGAL_ALIPAY_ACCOUNT,
    ILLEGAL_INDIRECT_MERCHANT,
    ILLEGAL_ISV_USER,
    ILLEGAL_MERCHANT_NO,
    ILLEGAL_OPERATE_TYPE,
    ILLEGAL_PRODUCT_CODE,
    ILLEGAL_SCENE_OR_PERMISSIONS,
    MERCHANT_HAS_BOUND,
    NO_PERMISSION_BATCH,
    OPERATION_NOT_EXIST,
)
from .find import merchant, provider
from .order import signed_in
from .scene import USUAL, Scenes, covers, points, read, standing
from .states import Operation
from .tables import OperationRow

LIVES, CODE_LIVES = 15 * DAY, DAY


class About(Shape):
    """Whose business, and what of it."""

    operate_type: Key | None = None  # OPERATION_AUTH; ACCOUNT_BIND is for indirect merchants only
    merchant_no: Key | None = None  # the merchant's user id, or
    alipay_account: Key | None = None  # what it signs in with
    access_product_code: Key | None = None  # OPENAPI_AUTH_DEFAULT for shops, mini programs and promotions, or
    isv_scene_permissions: Line | None = None  # what exactly, such as SHOP_MANAGE:SHOP_MANAGE_BASE;...


class Apply(About):
    out_biz_no: Key  # your own number: asking twice asks the merchant once


class Applied(Shape):
    batch_no: str  # 28 digits


ABOUT_FAULTS = [
    ILLEGAL_ISV_USER, ILLEGAL_MERCHANT_NO, ILLEGAL_ALIPAY_ACCOUNT, ILLEGAL_OPERATE_TYPE, ILLEGAL_INDIRECT_MERCHANT,
    ILLEGAL_PRODUCT_CODE, ILLEGAL_SCENE_OR_PERMISSIONS,
]  # fmt: skip
APPLY_FAULTS = [*ABOUT_FAULTS, MERCHANT_HAS_BOUND]


@method("alipay.open.sp.operation.apply", raises=APPLY_FAULTS, once=("out_biz_no",), clash=INVALID_PARAMETER)
def apply(work: Work, ask: Apply) -> Applied:
    """Ask a merchant to let you run something of its business; it has 15 days to agree."""
    return Applied(batch_no=begin(work, ask, LIVES).id)


class Coded(Shape):
    batch_no: str  # 28 digits
    qr_code_url: str  # a picture that the merchant scans within a day


@method("alipay.open.sp.operation.qrcode.query", raises=APPLY_FAULTS, once=("out_biz_no",), clash=INVALID_PARAMETER)
def apply_by_code(work: Work, ask: Apply) -> Coded:
    """Ask the same by a QR code, which the merchant scans to see what you ask for and to answer."""
    row = begin(work, ask, CODE_LIVES)
    return Coded(batch_no=row.id, qr_code_url=work.link(f"/qr/proposal/{row.proposal}.png"))


def asker(work: Work) -> Any:
    """The service provider's application."""
    try:
        return provider(work)
    except Fault:
        raise ILLEGAL_ISV_USER() from None


def whom(work: Work, ask: About) -> str:
    """The merchant that is meant; merchant_no goes first."""
    account = ask.merchant_no or ask.alipay_account
    if account is None:
        raise INVALID_PARAMETER(field="merchant_no", reason="give merchant_no or alipay_account")
    try:
        return str(merchant(work, account).user_id)
    except Fault:
        raise (ILLEGAL_MERCHANT_NO if ask.merchant_no else ILLEGAL_ALIPAY_ACCOUNT)(account=account) from None


def scenes_meant(ask: About) -> Scenes:
    """What of the business."""
    if ask.operate_type == "ACCOUNT_BIND":
        raise ILLEGAL_INDIRECT_MERCHANT()
    if ask.operate_type != "OPERATION_AUTH":
        raise ILLEGAL_OPERATE_TYPE(operate_type=ask.operate_type)
    if ask.isv_scene_permissions:
        found = read(ask.isv_scene_permissions)
        if found is None:
            raise ILLEGAL_SCENE_OR_PERMISSIONS(isv_scene_permissions=ask.isv_scene_permissions)
        return found
    if ask.access_product_code != "OPENAPI_AUTH_DEFAULT":
        raise ILLEGAL_PRODUCT_CODE(access_product_code=ask.access_product_code)
    return USUAL


def begin(work: Work, ask: Apply, lives: int) -> OperationRow:
    """Ask the merchant."""
    app, scenes, party = asker(work), scenes_meant(ask), whom(work, ask)
    if covers(standing(work, app.party, party), scenes):
        raise MERCHANT_HAS_BOUND(merchant_no=party)
    row = add(work, (app.party, app.app_id, party), scenes)
    row.proposal = work.ask(
        "kaifang.proposal.open", party=party, proposer=app.party, kind="operation", subject=row.id,
        zh="服务商申请代您运营以下业务，请确认", en="The service provider asks to run this for you.",
        points=points(scenes), until=work.now + lives,
    ).proposal_id  # fmt: skip
    return row


def add(work: Work, who: tuple[str, str, str], scenes: Scenes) -> OperationRow:
    """A word that a provider, by its application, wants of a merchant."""
    of, app, party = who
    row = OperationRow(id=work.new_id("20602"), provider=of, app=app, merchant=party, scenes=scenes, since=work.now)
    return work.add(row)


ANSWERS = {"proposal.agree": Operation.agree, "proposal.refuse": Operation.refuse, "proposal.lapse": Operation.lapse}


@hears("proposal.agree", "proposal.refuse", "proposal.lapse")
def answered(work: Work, happening: Happening) -> None:
    """The merchant has answered, or did not in time; the service provider hears of it."""
    if happening.facts["kind"] != "operation":
        return
    row = work.find(OperationRow, id=happening.facts["about"])
    if row is not None and ANSWERS[happening.name].possible(row):
        ANSWERS[happening.name](work, row, **facts(row))
        tell(work, row)


def facts(row: OperationRow) -> dict[str, str]:
    """What is announced of it."""
    return {"provider": row.provider, "merchant": row.merchant}


def tell(work: Work, row: OperationRow) -> None:
    """Tell the service provider."""
    content = {"batch_no": row.id, "merchant_no": row.merchant, "handle_status": status(row)}
    work.ask(
        "kaifang.openapp.message.send", msg_method="alipay.open.sp.operation.result.notify", content=content,
        app=row.app, subject=row.id,
    )  # fmt: skip


def status(row: OperationRow) -> str:
    """How it stands, as the wire writes it."""
    return row.state if row.state in ("PROCESS", "SUCCESS") else "NONE"


class Result(About):
    batch_no: Key | None = None  # one operation; else all that you have of the merchant is looked at


class Found(Shape):
    handle_status: str  # SUCCESS, PROCESS while the merchant's word is missing, or NONE
    merchant_no: str  # the merchant's user id


@method(
    "alipay.open.sp.operation.result.query", raises=[*ABOUT_FAULTS, AUTH_RECORD_LOSE, NO_PERMISSION_BATCH], reads=True
)  # fmt: skip
def result(work: Work, ask: Result) -> Found:
    """Query what became of an operation, or whether a merchant lets you run something of its business now."""
    app = asker(work)
    if ask.batch_no is not None:
        row = work.find(OperationRow, id=ask.batch_no)
        if row is None:
            raise AUTH_RECORD_LOSE(batch_no=ask.batch_no)
        if row.provider != app.party:
            raise NO_PERMISSION_BATCH(batch_no=ask.batch_no)
        return Found(handle_status=status(row), merchant_no=row.merchant)
    scenes, party = scenes_meant(ask), whom(work, ask)
    if covers(standing(work, app.party, party), scenes):
        return Found(handle_status="SUCCESS", merchant_no=party)
    where = "merchant = ? and provider = ? and state = ?"
    waiting = work.select(OperationRow, where, (party, app.party, Operation.PROCESS.name), "id")
    waits = any(covers(row.scenes, scenes) for row in waiting)
    return Found(handle_status="PROCESS" if waits else "NONE", merchant_no=party)


class Ask(Shape):
    provider: Key  # the service provider, a user id
    merchant: Key  # the merchant, a user id


class Allowed(Shape):
    scenes: dict[str, list[str]]  # what it may run -> with which permissions


@method("kaifang.agent.operation.allowed", who=Who.INSIDE, reads=True)
def allowed(work: Work, ask: Ask) -> Allowed:
    """What of a merchant's business a service provider may run."""
    return Allowed(scenes=standing(work, ask.provider, ask.merchant))


class List(Shape):
    pass


class Given(Shape):
    batch_no: str  # 28 digits
    provider: str  # user id
    provider_name: str  # who that is
    scenes: dict[str, list[str]]  # what it may run -> with which permissions
    since: Moment  # when it was asked for


class Listed(Shape):
    operations: list[Given]  # the newest first


@method("kaifang.agent.operation.list", who=Who.WALLET, reads=True)
def list_mine(work: Work, ask: List) -> Listed:
    """List who may run something of your business, as the merchant who is signed in."""
    values = (signed_in(work), Operation.SUCCESS.name)
    rows = work.select(OperationRow, "merchant = ? and state = ?", values, "id desc", 100)
    return Listed(operations=[given(work, row) for row in rows])


def given(work: Work, row: OperationRow) -> Given:
    """A word as its merchant sees it."""
    name = work.ask("kaifang.account.party.find", user_id=row.provider).name
    return Given(batch_no=row.id, provider=row.provider, provider_name=name, scenes=row.scenes, since=Moment(row.since))


class End(Shape):
    batch_no: Key  # which word


@method("kaifang.agent.operation.end", who=Who.WALLET, raises=[OPERATION_NOT_EXIST])
def end_mine(work: Work, ask: End) -> Given:
    """Take back your word that a service provider may run something of your business."""
    user = signed_in(work)
    row = work.find(OperationRow, id=ask.batch_no)
    if row is None or row.merchant != user:
        raise OPERATION_NOT_EXIST(batch_no=ask.batch_no)
    Operation.end(work, row, **facts(row))
    tell(work, row)
    return given(work, row)
