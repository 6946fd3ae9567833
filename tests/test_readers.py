"""Whoever reads the outbox at night passes over what cannot be read, and reads what comes after it."""

from __future__ import annotations

import logging

import pytest

from kaifang.kernel import DAY
from tests.visit import Visit

# The two who count points read only where there is a rule.
READERS = {"bill", "business", "commission", "trust", "reach"}


def test_one_bad_line_stops_nobody(caplog: pytest.LogCaptureFixture) -> None:
    visit = Visit()
    visit.platform.do(lambda work: work.tell("trade.pay", "bad", nothing="that is needed"))
    with caplog.at_level(logging.ERROR, "kaifang"):
        visit.move(2 * DAY)
    told = [record.getMessage() for record in caplog.records]
    assert {line.split()[0] for line in told} == READERS, told
    assert len(told) == len(READERS), "and nobody stumbles over it a second night"
    visit.close()
