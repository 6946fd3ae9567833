"""The doctor names the cause of deliberate mistakes, shows the first difference, and keeps nothing that is right."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from kaifang.gateway import identity

from . import mistakes_v2, mistakes_v3
from .clinic import CORPUS, Clinic

RIGHTLY = 0.95  # of the corpus
assert mistakes_v2 and mistakes_v3, "the corpus is in these files"


@pytest.fixture(scope="module")
def clinic(
    settled: tuple[Path, dict[str, Any]], who: identity.Identity, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Clinic]:
    """A town with a doctor."""
    clinic = Clinic(tmp_path_factory.mktemp("clinic"), settled, who)
    yield clinic
    clinic.close()


def test_the_corpus_is_named_rightly(clinic: Clinic) -> None:
    wrong = []
    for number, (code, spoil) in enumerate(CORPUS):
        told = clinic.explain(spoil(clinic))
        if told["causes"][0]["code"] != code:
            name = getattr(spoil, "func", spoil).__name__
            wrong.append(f"{number} {name}: {told['causes'][0]['code']} instead of {code} ({told['refusal']})")
    score = 1 - len(wrong) / len(CORPUS)
    sys.stdout.write(f"\n{len(CORPUS)} mistakes, {score:.1%} named rightly\n" + "\n".join(wrong) + "\n")
    assert len(CORPUS) >= 30 and score >= RIGHTLY, wrong
