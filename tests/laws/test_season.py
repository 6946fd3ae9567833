"""What goes on in the town of a new sandbox comes true, at whichever moment it is seeded."""

import asyncio

import pytest
from tests.laws.test_stories import NewTown, assert_whole
from tests.town import DAWN, public_key

from kaifang.cli.seed import SEASON, moments
from kaifang.kernel.door import KernelDoor
from kaifang.kernel.story import Step, Telling, load


@pytest.mark.parametrize("engine", ["sqlite", "postgres"])
def test_the_season_comes_true(engine: str, new_town: NewTown, loop: asyncio.AbstractEventLoop) -> None:
    platform, known = new_town(engine)
    known |= {"tea.public_key": public_key(), **moments(SEASON.read_text("utf-8"), DAWN)}
    door = KernelDoor(platform, known, loop)
    telling = Telling(load(SEASON), door, known)
    telling.tell()
    door.known = telling.known
    door.move(None, 3_000)
    told = door.call(Step(call="kaifang.wufu.mine", by="wallet", user="anna"), {"campaign_id": telling.known["wufu"]})
    assert (told.fields["daily"], told.fields["ready"]) == (5, False)
    held = door.call(Step(call="kaifang.voucher.mine", by="wallet", user="anna"), {})
    assert held.fields["counts"] == {"SENDED": 3, "USED": 1, "EXPIRED": 0, "INVALID": 0}
    cards = door.call(Step(call="kaifang.card.held", by="wallet", user="anna"), {})
    assert [one["points"] for one in cards.fields["cards"]] == ["53"]
    assert_whole(platform.store.engine)
