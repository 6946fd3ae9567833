"""What time does: activities begin and end, and vouchers expire."""

from kaifang.kernel import Happening, Move, Purse, Work, timer

from .activity import facts
from .funding import last_moment, release, retire
from .hands import facts as voucher_facts
from .hands import let_go
from .states import Activity, Voucher
from .tables import ActivityRow, VoucherRow

PAGE = 200  # vouchers that expire together


@timer("voucher.open")
def open_activity(work: Work, happening: Happening) -> None:
    """Begin an activity that was published before its time."""
    row = work.find(ActivityRow, id=happening.subject)
    if row is not None and Activity.open.possible(row):
        Activity.open(work, row, **facts(row))


@timer("voucher.end")
def end(work: Work, happening: Happening) -> None:
    """End an activity whose time is over; a later end has its own timer."""
    row = work.find(ActivityRow, id=happening.subject)
    if row is not None and row.end <= work.now and Activity.end.possible(row):
        Activity.end(work, row, **facts(row))
        retire(work, row)


@timer("voucher.expire")
def expire(work: Work, happening: Happening) -> None:
    """Let one voucher expire."""
    voucher = work.find(VoucherRow, id=happening.subject)
    row = work.find(ActivityRow, id=voucher.activity) if voucher is not None else None
    if voucher is not None and row is not None:
        expire_now(work, row, voucher)


def expire_now(work: Work, row: ActivityRow, voucher: VoucherRow) -> None:
    """A voucher that was not used can be used no longer."""
    if voucher.ends > work.now or not Voucher.expire.possible(voucher):
        return
    Voucher.expire(work, voucher, **voucher_facts(voucher))
    let_go(work, voucher)
    work.post(Move(Purse(voucher.user, "voucher"), row.over, voucher.units(row)), why="voucher.expire", ref=voucher.id)


@timer("voucher.expire_all")
def expire_all(work: Work, happening: Happening) -> None:
    """Let all vouchers of an activity expire, a page at a time; after the last, what is left of its money goes back."""
    row = work.find(ActivityRow, id=happening.subject)
    if row is None:
        return
    after = happening.facts.get("after", "")
    if row.ends and row.ends <= work.now:
        page = work.select(VoucherRow, "activity = ? and id > ?", (row.id, after), "id", PAGE)
        for voucher in page:
            expire_now(work, row, voucher)
        if len(page) == PAGE:
            work.later(work.now, "voucher.expire_all", row.id, after=page[-1].id)
            return
    closed = row.state in (Activity.ENDED.name, Activity.STOPPED.name)
    if closed and last_moment(row) <= work.now:
        release(work, row)
