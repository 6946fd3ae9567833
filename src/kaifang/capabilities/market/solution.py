"""Solutions: merchants take part by being handed in, in files, by providers whom they let run their business."""

import hashlib
import hmac
from typing import Annotated

from msgspec import Meta

from kaifang.kernel import HOUR, Fault, Key, Line, Shape, Who, Work, method

from .errors import (
    BATCH_NOT_EXIST,
    FILE_CONTENT_ERROR,
    FILE_LINK_EXPIRED,
    FILE_NOT_EXIST,
    NOT_ISV_APP_TYPE,
    OUT_BATCH_NO_REPEAT,
    RECORD_NOT_EXIST,
    RECORD_STATUS_ERROR,
    SCENE_NOT_EXIST,
    SOLUTION_NOT_EXIST,
)
from .find import provider
from .sheet import read, written
from .states import SolutionBatch, SolutionRecord
from .tables import SolutionBatchRow, SolutionRecordRow, SolutionRow, Told

MERCHANT = "merchant"  # the column that names the merchant: what it signs in with
STATES = {"AUDITING": "审核中", "EFFECTIVE": "已生效", "REJECTED": "审核驳回", "EXITED": "已退出"}
LINK_LIVES = HOUR
Names = Annotated[list[Key], Meta(max_length=50)]


class Set(Shape):
    solution_code: Key  # which solution
    title: Line  # what it is called
    scenes: Names = []  # where it is used, beside `default`
    fields: Names = []  # what a record must tell, beside the merchant
    keys: Names = []  # which of it tells one record of a merchant from the next
    needs: Key = "SHOP_MANAGE"  # what the merchant must let the provider run
    person: bool = False  # whether a person reviews each record


class Solution(Shape):
    solution_code: str  # which solution
    title: str  # what it is called
    scenes: list[str]  # where it is used
    columns: list[str]  # what a file must have


@method("kaifang.market.solution.set", who=Who.OPERATOR)
def set_solution(work: Work, ask: Set) -> Solution:
    """Say what merchants can take part in, and what has to be told of each; what takes part already stays."""
    row = work.find(SolutionRow, id=ask.solution_code)
    told = {name: getattr(ask, name) for name in ask.__struct_fields__ if name != "solution_code"}
    if row is None:
        row = work.add(SolutionRow(id=ask.solution_code, **told))
    for name, value in told.items():
        setattr(row, name, value)
    return seen(row)


def seen(row: SolutionRow) -> Solution:
    """A solution as providers see it."""
    return Solution(solution_code=row.id, title=row.title, scenes=row.scenes, columns=columns(row))


def columns(row: SolutionRow) -> list[str]:
    """What a file must have."""
    return list(dict.fromkeys([MERCHANT, *row.keys, *row.fields]))


class List(Shape):
    pass


class Listed(Shape):
    solutions: list[Solution]  # by code


@method("kaifang.market.solution.list", reads=True)
def list_solutions(work: Work, ask: List) -> Listed:
    """List the solutions that merchants can take part in, and what their files must have."""
    return Listed(solutions=[seen(row) for row in work.select(SolutionRow, order="id", limit=1000)])


class File(Shape):
    """One file."""

    file_id: Key  # as alipay.open.file.upload answered: a ZIP archive with one CSV in UTF-8
    file_code: Key | None = None  # which of the solution's files


class Batch(Shape):
    out_batch_no: Key  # your own number: handed in twice counts once
    solution_code: Key  # which solution
    file_info: Annotated[list[File], Meta(min_length=1, max_length=1)]  # the file


class Submit(Batch):
    scene_code: Key = "default"  # where it is used
    mrch_type: Key | None = None  # what kind of merchants


class Handed(Shape):
    batch_no: str  # 28 digits


FILE_FAULTS = [NOT_ISV_APP_TYPE, SOLUTION_NOT_EXIST, FILE_NOT_EXIST, FILE_CONTENT_ERROR]


@method(
    "alipay.merchant.solution.batch.submit", raises=[*FILE_FAULTS, SCENE_NOT_EXIST], once=("out_batch_no",),
    clash=OUT_BATCH_NO_REPEAT,
)  # fmt: skip
def submit(work: Work, ask: Submit) -> Handed:
    """Hand in merchants who are to take part in a solution; each must let you run what the solution needs."""
    app, solution = provider(work), the_solution(work, ask.solution_code)
    if ask.scene_code not in ("default", *solution.scenes):
        raise SCENE_NOT_EXIST(scene_code=ask.scene_code)
    batch_no = work.new_id("20612")
    lines = [
        hand_in(work, solution, (app.party, batch_no), line)
        for line in read(work, ask.file_info[0].file_id, columns(solution))
    ]
    return begin(work, ask, batch_no, lines)


def begin(work: Work, ask: Batch, batch_no: str, lines: list[Told]) -> Handed:
    """Keep what was handed in, which may be done already; a number is used once, whatever for."""
    if work.find(SolutionBatchRow, app=work.caller.app, out_batch_no=ask.out_batch_no) is not None:
        raise OUT_BATCH_NO_REPEAT(out_batch_no=ask.out_batch_no)
    row = SolutionBatchRow(id=batch_no, app=work.caller.app, out_batch_no=ask.out_batch_no, lines=lines)
    work.add(row)
    finish_if_decided(work, row)
    return Handed(batch_no=row.id)


def the_solution(work: Work, code: str) -> SolutionRow:
    """The solution with this code."""
    row = work.find(SolutionRow, id=code)
    if row is None:
        raise SOLUTION_NOT_EXIST(solution_code=code)
    return row


def record_id(solution: SolutionRow, of: str, merchant: str, line: dict[str, str]) -> str:
    """How one merchant's part is found."""
    said = "\n".join([of, solution.id, merchant, *(line[name] for name in solution.keys)])
    return hashlib.sha256(said.encode()).hexdigest()


def hand_in(work: Work, solution: SolutionRow, whose: tuple[str, str], line: dict[str, str]) -> Told:
    """One line of a file becomes a record, which is decided by rule unless a person has to look."""
    (of, batch_no), name = whose, name_of(solution, line)
    merchant, reason = merchant_meant(work, line[MERCHANT]), ""
    if merchant is None:
        return Told(name=name, record="", reason="商户不存在")
    row = work.find(SolutionRecordRow, id=record_id(solution, of, merchant, line))
    if row is None:
        row = work.add(
            SolutionRecordRow(
                id=record_id(solution, of, merchant, line), solution=solution.id, provider=of, merchant=merchant,
                batch=batch_no, told=line,
            )
        )  # fmt: skip
    elif not SolutionRecord.renew.possible(row):
        return Told(name=name, record="", reason="该记录已存在")
    else:
        SolutionRecord.renew(work, row, **facts(row))
        row.batch, row.told = batch_no, line
    row.reason = ""
    if lacking := [field for field in solution.fields if not line[field]]:
        reason = f"缺少 {lacking[0]}"
    elif solution.needs not in work.ask("kaifang.agent.operation.allowed", provider=of, merchant=merchant).scenes:
        reason = f"商户未授权 {solution.needs}"
    if reason or not solution.person:
        decide(work, row, reason)
    return Told(name=name, record=row.id)


def name_of(solution: SolutionRow, line: dict[str, str]) -> str:
    """A record as the file wrote it."""
    return " ".join(line[name] for name in [MERCHANT, *solution.keys])


def merchant_meant(work: Work, logon_id: str) -> str | None:
    """The merchant who signs in with this, if there is one."""
    try:
        found = work.ask("kaifang.account.party.find", logon_id=logon_id or None)
    except Fault:
        return None
    return found.user_id if found.kind == "merchant" and found.status != "CLOSED" else None


def facts(row: SolutionRecordRow) -> dict[str, str]:
    """What is announced of a record."""
    return {"provider": row.provider, "merchant": row.merchant, "solution": row.solution}


def decide(work: Work, row: SolutionRecordRow, reason: str) -> None:
    """Let it take effect, or reject it for a reason."""
    arrow = SolutionRecord.reject if reason else SolutionRecord.approve
    arrow(work, row, **facts(row))
    row.reason = reason


def finish_if_decided(work: Work, row: SolutionBatchRow) -> None:
    """A batch is over once nothing of it waits for a person."""
    where = "batch = ? and state = ?"
    if not work.count(SolutionRecordRow, where, (row.id, SolutionRecord.AUDITING.name)):
        SolutionBatch.finish(work, row, app=row.app)


@method(
    "alipay.merchant.solution.batch.cancel", raises=FILE_FAULTS, once=("out_batch_no",), clash=OUT_BATCH_NO_REPEAT
)  # fmt: skip
def cancel(work: Work, ask: Batch) -> Handed:
    """Hand in merchants who leave a solution; the file needs the merchant and the keys."""
    app, solution = provider(work), the_solution(work, ask.solution_code)
    wanted = [MERCHANT, *solution.keys]
    lines = [leave(work, solution, app.party, line) for line in read(work, ask.file_info[0].file_id, wanted)]
    return begin(work, ask, work.new_id("20612"), lines)


def leave(work: Work, solution: SolutionRow, of: str, line: dict[str, str]) -> Told:
    """One merchant takes part no more."""
    merchant = merchant_meant(work, line[MERCHANT])
    row = work.find(SolutionRecordRow, id=record_id(solution, of, merchant or "", line))
    if row is None or not SolutionRecord.leave.possible(row):
        return Told(name=name_of(solution, line), record="", reason="没有生效中的记录")
    SolutionRecord.leave(work, row, **facts(row))
    return Told(name=name_of(solution, line), record=row.id)


class Which(Shape):
    batch_no: Key | None = None  # our number, or
    out_batch_no: Key | None = None  # yours


class Queried(Shape):
    batch_no: str  # 28 digits
    out_batch_no: str  # your number
    batch_status_code: str  # PROCESSING or FINISHED
    batch_status_desc: str  # the same in Chinese
    file_url: str | None = None  # where the outcome is, as CSV, for an hour
    file_token: str | None = None  # to be sent along as x-mass-token


@method("alipay.merchant.solution.batch.query", raises=[BATCH_NOT_EXIST])
def query(work: Work, ask: Which) -> Queried:
    """Query how far a batch has come; once it is over, the outcome of each line can be fetched for an hour."""
    row = own_batch(work, ask)
    over = row.state == SolutionBatch.FINISHED.name
    if over and row.until <= work.now:
        row.token, row.until = work.chance.text(32), work.now + LINK_LIVES
    return Queried(
        batch_no=row.id, out_batch_no=row.out_batch_no, batch_status_code=row.state,
        batch_status_desc="已完成" if over else "处理中",
        file_url=work.link(f"/solution/{row.id}.csv") if over else None,
        file_token=row.token or None,
    )  # fmt: skip


def own_batch(work: Work, ask: Which) -> SolutionBatchRow:
    """The calling application's batch."""
    if ask.batch_no is not None:
        row = work.find(SolutionBatchRow, id=ask.batch_no)
    else:
        row = work.find(SolutionBatchRow, app=work.caller.app, out_batch_no=ask.out_batch_no)
    if row is None or row.app != work.caller.app:
        raise BATCH_NOT_EXIST(batch_no=ask.batch_no, out_batch_no=ask.out_batch_no)
    return row


class Fetch(Shape):
    batch_no: Key  # which batch
    token: Key  # as the query told it


class Fetched(Shape):
    content: bytes  # CSV


@method("kaifang.market.solution.file", who=Who.INSIDE, reads=True, raises=[FILE_LINK_EXPIRED])
def fetch(work: Work, ask: Fetch) -> Fetched:
    """The outcome of each line of a batch, for who has the token."""
    row = work.find(SolutionBatchRow, id=ask.batch_no)
    if row is None or row.until <= work.now or not hmac.compare_digest(row.token.encode(), ask.token.encode()):
        raise FILE_LINK_EXPIRED()
    return Fetched(content=written([("record", "status", "reason"), *(outcome(work, row, one) for one in row.lines)]))


def outcome(work: Work, row: SolutionBatchRow, one: Told) -> tuple[str, str, str]:
    """What became of a line."""
    record = work.find(SolutionRecordRow, id=one.record) if one.record else None
    return (one.name, record.state, record.reason) if record is not None else (one.name, "FAILED", one.reason)


class Datum(Shape):
    """One column of a record."""

    data_key: Key  # its name
    data_value: Line  # what stands there


Data = Annotated[list[Datum], Meta(min_length=1, max_length=50)]


class Ask(Shape):
    solution_code: Key  # which solution
    record_data: Data  # the merchant and the keys


class Found(Shape):
    solution_code: str  # which solution
    record_data: list[Datum]  # as you asked
    record_status_code: str  # AUDITING, EFFECTIVE, REJECTED or EXITED
    record_status_desc: str  # the same in Chinese
    fail_reason_desc: str | None = None  # why it was rejected


@method("alipay.merchant.solution.record.query", raises=[SOLUTION_NOT_EXIST, RECORD_NOT_EXIST], reads=True)
def query_record(work: Work, ask: Ask) -> Found:
    """Query how one merchant's part in a solution stands."""
    solution = the_solution(work, ask.solution_code)
    line = dict.fromkeys(columns(solution), "") | {one.data_key: one.data_value for one in ask.record_data}
    merchant = merchant_meant(work, line[MERCHANT]) or ""
    row = work.find(SolutionRecordRow, id=record_id(solution, work.caller.merchant, merchant, line))
    if row is None:
        raise RECORD_NOT_EXIST(solution_code=ask.solution_code)
    return Found(
        solution_code=solution.id, record_data=ask.record_data, record_status_code=row.state,
        record_status_desc=STATES[row.state], fail_reason_desc=row.reason or None,
    )  # fmt: skip


class Waiting(Shape):
    batch_no: Key | None = None  # which batch; every one if left out


class Record(Shape):
    record_id: str  # by which it is decided on
    batch_no: str  # of which batch
    solution_code: str  # of which solution
    provider: str  # user id of who handed it in
    merchant: str  # user id
    told: dict[str, str]  # what the file said


class Records(Shape):
    records: list[Record]  # those that wait for a person's look, at most 1000


@method("kaifang.market.solution.waiting", who=Who.OPERATOR, reads=True)
def list_waiting(work: Work, ask: Waiting) -> Records:
    """List the records that wait for a person's look."""
    where, values = "state = ?", [SolutionRecord.AUDITING.name]
    if ask.batch_no is not None:
        where, values = f"{where} and batch = ?", [*values, ask.batch_no]
    return Records(
        records=[
            Record(
                record_id=row.id, batch_no=row.batch, solution_code=row.solution, provider=row.provider,
                merchant=row.merchant, told=row.told,
            )
            for row in work.select(SolutionRecordRow, where, values, "batch, id", 1000)
        ]
    )  # fmt: skip


class Decide(Shape):
    record_id: Key  # which record
    passes: bool  # whether it takes effect
    reason: Line = "审核未通过"  # why not


class Decided(Shape):
    record_status_code: str  # EFFECTIVE or REJECTED


@method("kaifang.market.solution.review", who=Who.OPERATOR, raises=[RECORD_NOT_EXIST, RECORD_STATUS_ERROR])
def review(work: Work, ask: Decide) -> Decided:
    """Decide on a record that waits for a person's look."""
    row = work.find(SolutionRecordRow, id=ask.record_id)
    if row is None:
        raise RECORD_NOT_EXIST(record_id=ask.record_id)
    decide(work, row, "" if ask.passes else ask.reason or "审核未通过")
    batch = work.find(SolutionBatchRow, id=row.batch)
    assert batch is not None, f"record {row.id} without its batch"
    finish_if_decided(work, batch)
    return Decided(record_status_code=row.state)
