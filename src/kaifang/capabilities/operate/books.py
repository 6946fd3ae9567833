"""The books as a whole: what there is of each asset, what came from outside, and the proof that nothing is wrong."""

from typing import Annotated

from msgspec import Meta

from kaifang.kernel import Account, Moment, Shape, Who, Work, method
from kaifang.kernel.ledger import Entry
from kaifang.kernel.verify import verify
from kaifang.kernel.work import Writer

from .due import Nothing
from .tables import ProofRow

MOST = 200  # assets, and accounts of the world outside, that are shown


class Asset(Shape):
    asset: str  # CNY, or points, stocks and quotas by their own names
    accounts: int  # in how many accounts
    total: int  # of all balances: nothing, if the books are right
    circulating: int  # of all balances above zero, smallest units


class Outside(Shape):
    account: str  # owner, purpose and asset
    balance: int  # below zero: so much came from there


class Chain(Shape, kw_only=True):
    writer: int  # which process
    entries: int  # how many it wrote
    head: str  # the hash of the last, which vouches for all before it
    at: Moment | None = None  # when it wrote the last


class Proof(Shape, kw_only=True):
    at: Moment  # when
    entries: int  # how many were proved
    accounts: int  # how many balances were held against them
    broken: str | None = None  # the first thing that is not as it should be; absent: all is


class Books(Shape, kw_only=True):
    assets: list[Asset]  # those first of which there are most accounts, at most 200
    outside: list[Outside]  # where value comes from and goes to, such as banks, at most 200
    chains: list[Chain]  # of each process that writes
    proof: Proof | None = None  # the last that was made


@method("kaifang.books.read", who=Who.OPERATOR, reads=True)
def read(work: Work, ask: Nothing) -> Books:
    """See the books as a whole: each asset's sum, the world outside, the chains, and the last proof."""
    return work.found_beside("operate.books", summed)


SUMS = """select asset, count(*), sum(balance), sum(case when balance > 0 then balance else 0 end) from account
group by asset order by count(*) desc, asset limit ?"""


def summed(work: Work) -> Books:
    """The sums, from the balances."""
    last = work.select(ProofRow, order="id desc", limit=1)
    outside = work.select(Account, "floor is null", (), "asset, id", MOST)
    return Books(
        assets=[
            Asset(asset=asset, accounts=int(count), total=int(total), circulating=int(circulating))
            for asset, count, total, circulating in work.tx.query(SUMS, (MOST,))
        ],
        outside=[Outside(account=row.id, balance=row.balance) for row in outside],
        chains=[chain(work, writer) for writer in work.select(Writer, order="id")],
        proof=proof_of(last[0]) if last else None,
    )  # fmt: skip


def chain(work: Work, writer: Writer) -> Chain:
    """What one process has written."""
    entry = work.find(Entry, writer=writer.id, number=writer.entries)
    at = Moment(entry.at) if entry else None
    return Chain(writer=writer.id, entries=writer.entries, head=writer.head, at=at)


def proof_of(row: ProofRow) -> Proof:
    """A proof as operators see it."""
    return Proof(at=Moment(row.at), entries=row.entries, accounts=row.accounts, broken=row.broken or None)


class Prove(Shape):
    pass


@method("kaifang.books.prove", who=Who.OPERATOR)
def prove(work: Work, ask: Prove) -> Proof:
    """Prove the books now, as `kaifang verify` does: every entry, every chain, every balance; the outcome is kept."""
    found = work.found_beside("operate.prove", lambda inner: verify(inner.tx.batch.engine))
    row = work.add(
        ProofRow(
            id=work.new_id("20602"), at=work.now, entries=found.entries, accounts=found.accounts,
            broken=found.broken or "",
        )
    )  # fmt: skip
    return proof_of(row)


class Proofs(Shape):
    page_num: Annotated[int, Meta(ge=1, le=1_000)] = 1  # from 1
    page_size: Annotated[int, Meta(ge=1, le=100)] = 20  # 1 to 100


class Proved(Shape):
    proofs: list[Proof]  # the latest first


@method("kaifang.books.proofs", who=Who.OPERATOR, reads=True)
def proofs(work: Work, ask: Proofs) -> Proved:
    """List the proofs of the books that were made."""
    skipped = (ask.page_num - 1) * ask.page_size
    rows = work.select(ProofRow, order="id desc", limit=ask.page_size, offset=skipped)
    return Proved(proofs=[proof_of(row) for row in rows])
