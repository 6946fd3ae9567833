"""The journal: value moves in whole entries, limits hold, and one flipped byte is found."""

from __future__ import annotations

import pytest

from kaifang.kernel import Fault, Hold, Money, Move, Purse, Work, fault
from kaifang.kernel.ledger import Overdrawn
from kaifang.kernel.platform import Platform
from kaifang.kernel.verify import owed, verify

WORLD, ANNA, BO = Purse("world"), Purse("anna"), Purse("bo")
SHORT = fault("T.SHORT", zh="不足", en="There is not enough.")


@pytest.fixture
def funded(platform: Platform) -> Platform:
    """A platform on which anna has 10 fen and 3 points."""

    def fund(work: Work) -> None:
        work.limit(WORLD, floor=None)
        work.limit(WORLD, "points", floor=None)
        work.post(Move(WORLD, ANNA, Money(10)), Move(WORLD, ANNA, Money(3, "points")), why="open", ref="1")

    platform.do(fund)
    return platform


def balances(platform: Platform, *purses: Purse) -> list[int]:
    """What is in each, in fen."""
    return [platform.read(lambda work, purse=purse: work.balance(purse).minor) for purse in purses]


def test_value_moves_between_purses_of_any_asset(funded: Platform) -> None:
    """One entry for all moves; nothing for nothing."""
    funded.do(lambda work: work.post(Move(ANNA, BO, Money(4)), Move(ANNA, BO, Money(3, "points")), why="gift", ref="2"))
    funded.do(lambda work: work.post(Move(ANNA, BO, Money(0)), why="nothing", ref="3"))
    assert balances(funded, ANNA, BO, WORLD) == [6, 4, -10]
    assert funded.read(lambda work: work.balance(BO, "points")) == Money(3, "points")
    assert funded.store.engine.select("select count(*) from entry", ())[0][0] == 2


def test_limits_hold(funded: Platform) -> None:
    """A floor, a ceiling, a credit line; a refused move moves nothing of its entry."""
    with pytest.raises(Fault, match=r"T\.SHORT"):
        funded.do(
            lambda work: work.post(Move(ANNA, BO, Money(5)), Move(ANNA, BO, Money(6), short=SHORT), why="x", ref="y")
        )
    with pytest.raises(Overdrawn, match="anna"):
        funded.do(lambda work: work.post(Move(ANNA, BO, Money(11)), why="x", ref="y"))
    funded.do(lambda work: work.limit(BO, ceiling=3))
    with pytest.raises(Overdrawn, match="bo"):
        funded.do(lambda work: work.post(Move(ANNA, BO, Money(4)), why="x", ref="y"))
    funded.do(lambda work: work.limit(ANNA, floor=-5))
    funded.do(lambda work: work.post(Move(ANNA, WORLD, Money(15)), why="credit", ref="y"))
    assert balances(funded, ANNA, BO) == [-5, 0]
    for wrong in (Move(ANNA, ANNA, Money(1)), Move(ANNA, BO, Money(-1))):
        with pytest.raises(ValueError, match="wrong"):
            funded.do(lambda work, wrong=wrong: work.post(wrong, why="wrong", ref="z"))


def test_what_is_held_is_settled_or_given_back(funded: Platform) -> None:
    """In parts, and never more than is left."""

    def play(work: Work) -> Hold:
        held = work.hold(ANNA, Money(8), why="freeze", ref="a", short=SHORT)
        work.settle(held, BO, Money(3), why="pay", ref="a")
        work.void(held, Money(1), why="release", ref="a")
        assert (work.balance(ANNA).minor, held.rest) == (3, Money(4))
        for wrong in (
            lambda: work.settle(held, BO, Money(5), why="pay", ref="a"),
            lambda: work.void(held, Money(5), why="release", ref="a"),
        ):
            with pytest.raises(Overdrawn, match="left"):
                wrong()
        return held

    held = funded.do(play)
    assert balances(funded, ANNA, BO, Purse("anna", "held")) == [3, 3, 4]
    with pytest.raises(Fault, match=r"T\.SHORT"):
        funded.do(lambda work: work.hold(ANNA, Money(4), why="freeze", ref="b", short=SHORT))

    def end(work: Work) -> None:
        kept = work.find(Hold, id=held.id)
        assert kept is not None
        work.void(kept, why="release", ref="a")

    funded.do(end)
    assert balances(funded, ANNA, Purse("anna", "held")) == [7, 0]


def proof(platform: Platform) -> str | None:
    """What is wrong with the books, or None."""
    with platform.store.engine.reading():
        return verify(platform.store.engine).broken


def spoil(platform: Platform, statement: str) -> None:
    """Change the database behind the platform's back."""
    with platform.store.engine.transaction():
        platform.store.engine.execute(statement)


@pytest.mark.parametrize(
    ("statement", "says"),
    [
        ("update entry set legs = replace(legs, 'anna/balance/CNY\",10', 'anna/balance/CNY\",11') where number = 1",
         "entry 1/1 (open 1) is not what was written"),
        ("update entry set at = at + 1 where number = 2", "entry 1/2 (gift 2) is not what was written"),
        ("update entry set ref = 'other' where number = 2", "entry 1/2 (gift other) is not what was written"),
        ("update entry set hash = replace(hash, substr(hash, 1, 1), 'x') where number = 1", "entry 1/1"),
        ("delete from entry where number = 1", "entry 1/1 is missing"),
        ("delete from entry where number = 3", "the end is missing"),
        ("update account set balance = balance + 1 where id = 'bo/balance/CNY'", "account bo/balance/CNY says 5"),
        ("delete from account where id = 'bo/balance/CNY'", "account bo/balance/CNY is missing"),
        ("update hold set \"left\" = 1", "account anna/held/CNY says 2, its holds say otherwise"),
    ],
)  # fmt: skip
def test_one_flipped_byte_is_found_and_named(funded: Platform, statement: str, says: str) -> None:
    """And an entry that was taken away, and a balance that was helped along."""
    funded.do(lambda work: work.post(Move(ANNA, BO, Money(4)), why="gift", ref="2"))
    funded.do(lambda work: work.hold(ANNA, Money(2), why="freeze", ref="3"))
    assert proof(funded) is None
    spoil(funded, statement)
    assert says in (proof(funded) or "")


def test_an_entry_that_does_not_sum_to_zero_is_found(funded: Platform) -> None:
    """Even if its chain is whole."""
    from kaifang.kernel.ledger import Entry, digest

    def forge(work: Work) -> None:
        writer = work.writer
        writer.entries += 1
        said = (writer.id, writer.entries, work.now, "forged", "9", '[["anna/balance/CNY",5,15]]')
        writer.head = digest(writer.head, *said)
        names = ("writer", "number", "at", "why", "ref", "legs")
        work.add(Entry(**dict(zip(names, said, strict=True)), hash=writer.head))

    funded.do(forge)
    assert "does not sum to zero: {'CNY': 5}" in (proof(funded) or "")


def test_the_proof_counts(funded: Platform) -> None:
    """Entries, accounts, and what is in circulation; and what is owed to outsiders."""
    with funded.store.engine.reading():
        found = verify(funded.store.engine)
        assert (found.entries, found.accounts, found.assets) == (1, 4, {"CNY": 10, "points": 3})
        assert owed(funded.store.engine) == 0
