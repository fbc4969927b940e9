"""The verdicts on fictional Ruritania in 500 futures: a number that moves is seen, and says why it moved."""

import importlib.util
from pathlib import Path

HERE = Path(__file__).parent


def test_ruritania(answers):
    """`python tests/golden/update.py` writes the table anew; rows that moved wait there for their reason."""
    script = importlib.util.spec_from_file_location("update", HERE / "update.py")
    update = importlib.util.module_from_spec(script)
    script.loader.exec_module(update)
    kept = update.read_table(HERE / "ruritania_verdicts.csv")
    assert [row[: len(update.COLUMNS)] for row in kept] == update.rows_of(answers)
    assert [row[0] for row in kept if row[-1] == update.REASON_MISSING] == []
