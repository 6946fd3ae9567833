"""YAML as recipes are written in it."""

import pytest
import yaml

from kaifang.kernel.document import read_yaml


def test_words_stay_words() -> None:
    told = read_yaml("on: trade.pay\nno: yes\nat: 09:30\nday: 2026-09-21\nhalf: 0.5\nmany: [1, -2, true, null, ~, 1e3]")
    assert told == {
        "on": "trade.pay", "no": "yes", "at": "09:30", "day": "2026-09-21", "half": 0.5,
        "many": [1, -2, True, None, None, "1e3"],
    }  # fmt: skip


@pytest.mark.parametrize("text", ["a: &x [1]\nb: *x", "[" * 5000, "a: [", "!!python/object:os.system {}"])
def test_what_unfolds_or_runs_is_refused(text: str) -> None:
    with pytest.raises(yaml.YAMLError):
        read_yaml(text)
