"""One question to a merchant: a signing order, running its business, and acting for it, agreed to together."""

from typing import Annotated, Literal

from msgspec import Meta

from kaifang.kernel import DAY, Fault, Happening, Key, Line, Shape, Work, hears, method

from .errors import (
    ILLEGAL_PARAMS,
    ISVAUTH_SCENE_NOT_EXIST,
    ISVAUTH_SCENE_PERMISSION_NOT_MATCH,
    SIGNAUTH_ISV_NOT_EXIST,
    SIGNAUTH_ISV_NOT_MATCH,
    SIGNAUTH_MERCHANT_NOT_EXIST,
    SIGNAUTH_ORDER_NOT_EXIST,
    SIGNORDER_ABNORMAL,
    SIGNORDER_BINDED,
    SIGNORDER_ISV_NOT_MATCH,
    SIGNORDER_MERCHANT_NOT_MATCH,
    SIGNORDER_NOT_EXSIT,
)
from .find import USER_ID, merchant, provider
from .operation import add
from .operation import facts as operation_facts
from .outcome import conclude, drop, give_word, gives_word
from .outcome import points as order_points
from .scene import SCENES, Scenes, fits, points
from .states import AgentOrder, Operation, Signauth
from .tables import BatchRow, SignauthRow

LIVES = 15 * DAY
TYPES = {"SIGN_TASK": "签约", "OPE_TASK": "代运营授权", "APP_TASK": "应用授权"}


class Scene(Shape):
    scene_code: Key  # what you want to run, such as SHOP_MANAGE
    scene_permissions: Line  # with which permissions, by comma


class Create(Shape):
    merchant_logon_id: Key  # what the merchant signs in with
    isv_auth_scene_infos: Annotated[list[Scene], Meta(max_length=10)] = []  # what of its business you want to run
    need_app_auth: Literal["0", "1"] = "1"  # whether you want to act for it too
    sign_order_no: Key | None = None  # a transaction begun with sign_mode and submitted


class Created(Shape):
    order_id: str  # 28 digits


CREATE_FAULTS = [
    ILLEGAL_PARAMS, SIGNAUTH_ISV_NOT_EXIST, SIGNAUTH_MERCHANT_NOT_EXIST, ISVAUTH_SCENE_NOT_EXIST,
    ISVAUTH_SCENE_PERMISSION_NOT_MATCH, SIGNORDER_NOT_EXSIT, SIGNORDER_ABNORMAL, SIGNORDER_ISV_NOT_MATCH,
    SIGNORDER_MERCHANT_NOT_MATCH, SIGNORDER_BINDED,
]  # fmt: skip


@method("alipay.open.sp.isv.signauth.create", raises=CREATE_FAULTS)
def create(work: Work, ask: Create) -> Created:
    """Ask a merchant one question for everything: it is put as soon as the signing order is approved."""
    try:
        app = provider(work)
    except Fault:
        raise SIGNAUTH_ISV_NOT_EXIST() from None
    party, scenes = merchant_meant(work, ask), scenes_meant(ask)
    if not (scenes or ask.sign_order_no or ask.need_app_auth == "1"):
        raise ILLEGAL_PARAMS(field="isv_auth_scene_infos", reason="nothing is asked for")
    batch = batch_meant(work, ask, app.party, party)
    row = SignauthRow(
        id=work.new_id("20603"), provider=app.party, app=app.app_id, merchant=party, scenes=scenes,
        batch=batch.id if batch else None, word=ask.need_app_auth == "1",
    )  # fmt: skip
    work.add(row)
    if batch is None or AgentOrder.agree.possible(batch):
        put(work, row, batch)
    return Created(order_id=row.id)


def merchant_meant(work: Work, ask: Create) -> str:
    """The merchant who signs in with this; a user id will not do."""
    try:
        if not USER_ID.fullmatch(ask.merchant_logon_id):
            return str(merchant(work, ask.merchant_logon_id).user_id)
    except Fault:
        pass
    raise SIGNAUTH_MERCHANT_NOT_EXIST(merchant_logon_id=ask.merchant_logon_id)


def scenes_meant(ask: Create) -> Scenes:
    """What of the merchant's business."""
    found: Scenes = {}
    for one in ask.isv_auth_scene_infos:
        if one.scene_code not in SCENES:
            raise ISVAUTH_SCENE_NOT_EXIST(scene_code=one.scene_code)
        found[one.scene_code] = one.scene_permissions.split(",")
        if not fits(one.scene_code, found[one.scene_code]):
            raise ISVAUTH_SCENE_PERMISSION_NOT_MATCH(scene_code=one.scene_code)
    return found


def batch_meant(work: Work, ask: Create, of: str, party: str) -> BatchRow | None:
    """The signing order, if there is to be one, and it waits for a question like this."""
    if ask.sign_order_no is None:
        return None
    row = work.find(BatchRow, order_no=ask.sign_order_no)
    if row is None:
        raise SIGNORDER_NOT_EXSIT(sign_order_no=ask.sign_order_no)
    if row.provider != of:
        raise SIGNORDER_ISV_NOT_MATCH(sign_order_no=ask.sign_order_no)
    if row.merchant != party:
        raise SIGNORDER_MERCHANT_NOT_MATCH(sign_order_no=ask.sign_order_no)
    if work.find(SignauthRow, batch=row.id) is not None:
        raise SIGNORDER_BINDED(sign_order_no=ask.sign_order_no)
    if not row.joint or AgentOrder.states[row.state].final:
        raise SIGNORDER_ABNORMAL(state=row.state)
    return row


def put(work: Work, row: SignauthRow, batch: BatchRow | None) -> None:
    """Ask the merchant."""
    told = (order_points(work, batch) if batch else []) + points(row.scenes)
    if row.word and not (batch and gives_word(batch)):
        name = work.ask("kaifang.openapp.credentials", app_id=row.app).name
        told.append({"zh": "授权应用代您操作", "en": "May act for you", "value": name})
    row.proposal = work.ask(
        "kaifang.proposal.open", party=row.merchant, proposer=row.provider, kind="signauth", subject=row.id,
        zh="服务商为您申请开通并申请以下授权，请确认", points=told,
        en="The service provider has applied for this, and asks for your word.",
        until=batch.due if batch else work.now + LIVES,
    ).proposal_id  # fmt: skip
    Signauth.ask(work, row, **facts(row))


def facts(row: SignauthRow) -> dict[str, str]:
    """What is announced of it."""
    return {"provider": row.provider, "merchant": row.merchant}


def of_batch(work: Work, happening: Happening) -> tuple[SignauthRow | None, BatchRow | None]:
    """What is asked together with a transaction, and that."""
    return work.find(SignauthRow, batch=happening.subject), work.find(BatchRow, id=happening.subject)


@hears("agentorder.approve")
def approved(work: Work, happening: Happening) -> None:
    """The signing order is in order: now the merchant is asked."""
    row, batch = of_batch(work, happening)
    if row is not None and batch is not None and Signauth.ask.possible(row) and AgentOrder.agree.possible(batch):
        put(work, row, batch)


@hears("agentorder.reject", "agentorder.cancel", "agentorder.lapse", "agentorder.expire")
def came_to_nothing(work: Work, happening: Happening) -> None:
    """Without the signing order nothing comes of the rest."""
    row, batch = of_batch(work, happening)
    if row is not None and batch is not None and Signauth.fail.possible(row):
        fail(work, row, batch.reason or batch.state)


def fail(work: Work, row: SignauthRow, reason: str) -> None:
    """Nothing comes of it."""
    Signauth.fail(work, row, **facts(row))
    row.reason = reason
    if row.proposal:
        work.ask("kaifang.proposal.withdraw", proposal_id=row.proposal)


@hears("proposal.agree", "proposal.refuse", "proposal.lapse")
def answered(work: Work, happening: Happening) -> None:
    """The merchant has answered, or did not in time."""
    if happening.facts["kind"] != "signauth":
        return
    row = work.find(SignauthRow, id=happening.facts["about"])
    if row is None or not Signauth.finish.possible(row):
        return
    batch = work.find(BatchRow, id=row.batch) if row.batch else None
    if batch is not None and not AgentOrder.agree.possible(batch):
        return  # it ended at the same moment, and what is asked with it ends too
    if happening.name == "proposal.agree":
        finish(work, row, batch)
        return
    fail(work, row, "商户拒绝" if happening.name == "proposal.refuse" else "商户超时未确认")
    if batch is not None:
        drop(work, batch, AgentOrder.refuse if happening.name == "proposal.refuse" else AgentOrder.expire)


def finish(work: Work, row: SignauthRow, batch: BatchRow | None) -> None:
    """All of it comes true."""
    Signauth.finish(work, row, **facts(row))
    if batch is not None:
        conclude(work, batch)
    if row.scenes:
        given = add(work, (row.provider, row.app, row.merchant), row.scenes)
        Operation.agree(work, given, **operation_facts(given))
    if row.word and not (batch and gives_word(batch)):
        give_word(work, row.app, row.merchant)


class Which(Shape):
    order_id: Key  # which order


class Task(Shape):
    type: str  # SIGN_TASK, OPE_TASK or APP_TASK
    type_desc: str  # the same in Chinese
    status: str  # INIT, SUCCESS or FAILURE
    execute_result: str | None = None  # what came of it


class Queried(Shape):
    order_id: str  # which order
    status: str  # INIT, UNCONFIRM, FINISH or FAILURE
    task_infos: list[Task]  # what is asked for


@method(
    "alipay.open.sp.isv.signauth.query", raises=[SIGNAUTH_ORDER_NOT_EXIST, SIGNAUTH_ISV_NOT_MATCH], reads=True
)  # fmt: skip
def query(work: Work, ask: Which) -> Queried:
    """Query what the merchant said to such a question."""
    row = work.find(SignauthRow, id=ask.order_id)
    if row is None:
        raise SIGNAUTH_ORDER_NOT_EXIST(order_id=ask.order_id)
    if row.app != work.caller.app:
        raise SIGNAUTH_ISV_NOT_MATCH(order_id=ask.order_id)
    asked = {"SIGN_TASK": row.batch, "OPE_TASK": row.scenes, "APP_TASK": row.word}
    kinds = [kind for kind in asked if asked[kind]]
    status = {"FINISH": "SUCCESS", "FAILURE": "FAILURE"}.get(row.state, "INIT")
    result = {"SUCCESS": "成功", "FAILURE": row.reason}.get(status)
    return Queried(
        order_id=row.id, status=row.state,
        task_infos=[
            Task(type=kind, type_desc=TYPES[kind], status=status, execute_result=result) for kind in kinds
        ],
    )  # fmt: skip
