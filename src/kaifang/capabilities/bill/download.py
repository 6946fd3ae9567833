"""Bills to download: made when they are first asked for, fetched with a link that lasts 30 seconds."""

import re
from functools import partial
from typing import Annotated
from urllib.parse import parse_qsl, urlencode

from msgspec import Meta

from kaifang.kernel import SECOND, Address, Key, Shape, Who, Work, method
from kaifang.kernel.clock import day, day_start

from .account_bill import account_bill
from .errors import (
    BILL_DATE_BEFORE_REGISTRATION,
    BILL_LINK_EXPIRED,
    BILL_NOT_EXIST,
    INVALID_ARGUMENTS,
    TYPE_NOT_SUPPORTED,
)
from .period import FIRST_DAY, day_or_month, is_ready
from .reading import all_read, read_all
from .sheet import Heading, account_no, archive
from .tables import FileRow, Ticket
from .trade_bill import trade_bill, zft_bill

ZFT = "trade_zft_merchant"
MADE = {  # bill_type -> bizType, and how
    "trade": ("trade", trade_bill), "signcustomer": ("fnd", account_bill), ZFT: (ZFT, zft_bill),
}  # fmt: skip
ELSEWHERE = {"merchant_act", "zft_acc", "settlementMerge", "air", "air_b2b"}
LINK_LASTS = 30 * SECOND
PATH = "/downloadBillFile.resource"
EMPTY = "EMPTY_DATA_WITH_BILL_FILE"


class Ask(Shape):
    bill_type: Key  # trade: what was sold; trade_zft_merchant: for secondary merchants; signcustomer: what moved
    bill_date: Key  # a day that is over, 2026-01-31, or a month that is over, 2026-01


Smid = Annotated[str, Meta(pattern=r"^[0-9]{1,32}\Z")]  # it becomes part of the file's name


class AskBill(Ask):
    smid: Smid | None = None  # with trade_zft_merchant: of this secondary merchant alone


class Answer(Shape):
    bill_download_url: str  # where the file can be fetched for 30 seconds
    bill_file_code: str | None = None  # EMPTY_DATA_WITH_BILL_FILE if nothing stands in it


FAULTS = [BILL_NOT_EXIST, INVALID_ARGUMENTS, TYPE_NOT_SUPPORTED, BILL_DATE_BEFORE_REGISTRATION]


@method("alipay.data.dataservice.bill.downloadurl.query", raises=FAULTS)
def download_url(work: Work, ask: AskBill) -> Answer:
    """Get a link to the bill of a day or a month that is over."""
    if ask.smid and ask.bill_type != ZFT:
        raise INVALID_ARGUMENTS(smid=ask.smid)
    file = the_file(work, ask, ask.smid)
    return Answer(bill_download_url=link(work, file), bill_file_code=EMPTY if file.empty else None)


class OldAnswer(Shape):
    bill_download_url: str  # where the file can be fetched for 30 seconds


@method("alipay.data.bill.downloadurl.get", raises=FAULTS)
def old_download_url(work: Work, ask: Ask) -> OldAnswer:
    """Get a link to the bill of a day or a month that is over: the older form."""
    return OldAnswer(bill_download_url=link(work, the_file(work, ask)))


def the_file(work: Work, ask: Ask, smid: str | None = None) -> FileRow:
    """The file of a bill; made now if nobody asked for it before."""
    period = day_or_month(ask.bill_date)
    if ask.bill_type in ELSEWHERE:
        raise TYPE_NOT_SUPPORTED(bill_type=ask.bill_type)
    if ask.bill_type not in MADE:
        raise INVALID_ARGUMENTS(bill_type=ask.bill_type)
    if period is None or period[0] < FIRST_DAY:
        raise INVALID_ARGUMENTS(bill_date=ask.bill_date)
    if not is_ready(period[1], work.now):
        raise BILL_NOT_EXIST(bill_date=ask.bill_date)
    owner, dates = work.caller.merchant, ask.bill_date.replace("-", "")
    opened = work.ask("kaifang.account.party.find", user_id=owner).opened
    if period[1] <= day_start(opened):
        raise BILL_DATE_BEFORE_REGISTRATION(bill_date=ask.bill_date, registered=day(opened))
    name = f"{dates}_{smid}" if smid else dates
    file_id = f"/{MADE[ask.bill_type][0]}/{owner}/{name}.csv.zip"
    heading = Heading(owner=owner, start=period[0], end=period[1], made=work.now, smid=smid or "")
    return work.find(FileRow, id=file_id) or make(work, ask.bill_type, file_id, heading)


def make(work: Work, bill_type: str, file_id: str, heading: Heading) -> FileRow:
    """Make a bill out of what the journal and the outbox say: beside the loop, unless that has still to be read."""
    _, _, owner, name = file_id.split("/")
    build = partial(built, bill_type=bill_type, dates=name.removesuffix(".csv.zip"), heading=heading)
    made = work.found_beside(file_id, build)
    if made is None:
        read_all(work)
        made = build(work)
    assert made is not None, "everything is read"
    filled, content = made
    return work.add(
        FileRow(id=file_id, owner=owner, name=f"{owner}_{name}", content=content, empty=not filled, made=work.now)
    )


Made = tuple[bool, bytes]  # whether anything stands in it, and the file


def built(work: Work, bill_type: str, dates: str, heading: Heading) -> Made | None:
    """A bill; None if not everything of its time is read yet."""
    if not all_read(work, heading.end):
        return None
    filled, sheets = MADE[bill_type][1](work, heading)
    files = {f"{account_no(heading.owner)}_{dates}_{ending}": content for ending, content in sheets.items()}
    return filled, archive(files, heading.made)


def link(work: Work, file: FileRow) -> str:
    """Where a file can be fetched for 30 seconds."""
    token = f"{work.now // SECOND:08x}{work.chance.text(24)}"
    until = work.now + LINK_LASTS
    work.add(Ticket(id=token, file=file.id, until=until))
    work.later(until, "bill.ticket_end", token)
    kind = "pdf" if file.name.endswith(".pdf") else "csv.zip"
    dates = re.split("[._]", file.id.rpartition("/")[2])[0] if kind == "csv.zip" else day(file.made)
    told = {
        "bizType": file.id.split("/")[1] if kind == "csv.zip" else "receipt", "userId": account_no(file.owner),
        "fileType": kind, "bizDates": dates, "downloadFileName": file.name, "fileId": file.id, "timestamp": work.now,
        "token": token,
    }  # fmt: skip
    return work.link(f"{PATH}?{urlencode(told)}")


class Fetch(Shape):
    link: Address  # the link as it was given, or its path and query


class Fetched(Shape):
    name: str  # what the file is called
    content: bytes  # what is in it


@method("kaifang.bill.file", who=Who.INSIDE, reads=True, raises=[BILL_LINK_EXPIRED])
def fetch(work: Work, ask: Fetch) -> Fetched:
    """The file that a link leads to, as long as the link lasts."""
    told = dict(parse_qsl(ask.link.partition("?")[2]))
    if any("\0" in value for value in told.values()):  # which PostgreSQL cannot even look for
        raise BILL_LINK_EXPIRED()
    ticket, file = work.find(Ticket, id=told.get("token", "")), work.find(FileRow, id=told.get("fileId", ""))
    if ticket is None or file is None or ticket.file != file.id or ticket.until <= work.now:
        raise BILL_LINK_EXPIRED()
    return Fetched(name=file.name, content=file.content)
