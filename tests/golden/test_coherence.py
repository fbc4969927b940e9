"""What the rules find in fictional Ruritania, word for word: the diff is the review."""

from pathlib import Path

import pytest

from morava.plans.coherence import find_incoherences, write_out
from morava.plans.read import read_country, read_strategy

HERE = Path(__file__).parent


@pytest.mark.parametrize("strategy", ["crown-2030", "crown-2030-late"])
def test_ruritania(strategy):
    """Lines that begin with # say why the table last moved."""
    kept = (HERE / f"coherence_{'ruritania' if strategy == 'crown-2030' else 'ruritania_late'}.txt").read_text("utf-8")
    expected = [line for line in kept.splitlines() if not line.startswith("#")]
    country = read_country("ruritania")
    assert write_out(find_incoherences(country, read_strategy(country, strategy))).splitlines() == expected
