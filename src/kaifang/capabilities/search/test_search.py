"""The index follows the database, is built again when it is lost, and never shows what is gone."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from tests.visit import Visit

from kaifang.capabilities.search import document
from kaifang.capabilities.search.index import KEPT, grams, words
from kaifang.kernel import Work


@pytest.fixture
def visit() -> Iterator[Visit]:
    """A town of its own."""
    visit = Visit()
    yield visit
    visit.close()


def put(visit: Visit, number: str, title: str, **told: Any) -> None:
    """Keep a shop."""
    visit.platform.do(lambda work: document.keep(work, "SHOP", number, visit.known["coffee"], title=title, **told))


def found(visit: Visit, query: str, **more: Any) -> list[str]:
    """The numbers of what is found, of those that are ours."""

    def ask(work: Work) -> Any:
        return work.ask("kaifang.reach.search", query=query, kinds=["SHOP"], **more)

    hits = visit.platform.read(ask, visit.app("wallet")).hits
    return [hit.id for hit in hits if len(hit.id) == 1]


def test_what_changes_is_found_as_it_is_now(visit: Visit) -> None:
    put(visit, "1", "西湖龙井")
    assert found(visit, "龙井") == ["1"]
    put(visit, "1", "黄山毛峰")
    assert (found(visit, "龙井"), found(visit, "毛峰")) == ([], ["1"])
    visit.platform.do(lambda work: document.forget(work, "SHOP", "1"))
    assert found(visit, "毛峰") == []
    put(visit, "1", "黄山毛峰")
    assert found(visit, "毛峰") == ["1"]


def test_a_lost_index_is_built_again(visit: Visit) -> None:
    put(visit, "1", "西湖龙井")
    put(visit, "2", "龙井虾仁")
    before = found(visit, "龙井")
    first = visit.platform.place.kept.pop(KEPT)
    assert found(visit, "龙井") == before == ["1", "2"]
    assert visit.platform.place.kept[KEPT] is not first


def test_what_was_never_committed_is_not_taken_in(visit: Visit) -> None:
    put(visit, "1", "西湖龙井")
    assert found(visit, "龙井") == ["1"]

    def fail(work: Work) -> None:
        document.keep(work, "SHOP", "2", visit.known["coffee"], title="龙井茶园")
        work.ask("kaifang.reach.search", query="龙井")
        raise ValueError

    with pytest.raises(ValueError):
        visit.platform.do(fail, visit.app("wallet"))
    put(visit, "3", "龙井山庄")
    assert sorted(found(visit, "龙井")) == ["1", "3"]


def test_the_nearer_comes_first_of_equals(visit: Visit) -> None:
    put(visit, "1", "兰州拉面", longitude=120_300_000, latitude=30_300_000)
    put(visit, "2", "兰州拉面", longitude=120_150_000, latitude=30_270_000)
    assert found(visit, "拉面", longitude=120.15, latitude=30.27) == ["2", "1"]
    assert found(visit, "拉面", longitude=120.3, latitude=30.3) == ["1", "2"]


def test_texts_are_cut_into_words_and_letters() -> None:
    assert words("满减券, Latte!").split()[-1] == "Latte"
    assert grams("街角Latte店") == "街 角 Latte 店"
