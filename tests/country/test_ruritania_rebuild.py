"""Series and tables of Ruritania are what their scripts make: nothing in them was measured, or written by hand."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import duckdb
import numpy as np
import pytest

ROOT = Path(__file__).parents[2]
SERIES = ROOT / "src/morava/countries/ruritania/series"
TABLES = SERIES.parent / "trade"


def rebuild(out: Path, script: str = "ruritania_series") -> Path:
    path = ROOT / f"snapshots/{script}.py"
    subprocess.run([sys.executable, str(path), "--out", str(out)], check=True, capture_output=True)
    return out


@pytest.fixture(scope="module")
def rebuilt(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return rebuild(tmp_path_factory.mktemp("ruritania"))


def read(path: Path) -> dict[str, np.ndarray]:
    return duckdb.sql(f"SELECT * FROM read_parquet('{path}')").fetchnumpy()


def test_the_rebuilt_series_are_those_of_the_pack(rebuilt: Path) -> None:
    names = sorted(path.name for path in SERIES.iterdir())
    assert sorted(path.name for path in rebuilt.iterdir()) == names
    assert (rebuilt / "series.yaml").read_bytes() == (SERIES / "series.yaml").read_bytes()
    for name in names:
        if name.endswith(".parquet"):  # their bytes also name the version of DuckDB
            made, kept = read(rebuilt / name), read(SERIES / name)
            assert list(made) == list(kept)
            assert all((made[label] == kept[label]).all() for label in made), name


def test_the_rebuilt_tables_are_those_of_the_pack(tmp_path: Path) -> None:
    made = rebuild(rebuild(tmp_path, "ruritania_world"), "ruritania_accounts")
    names = sorted(path.name for path in TABLES.glob("*.parquet"))
    assert sorted(path.name for path in made.iterdir()) == names
    for name in names:
        new, kept = read(made / name), read(TABLES / name)
        assert list(new) == list(kept)
        assert all((new[label] == kept[label]).all() for label in new), name


def test_the_script_writes_the_same_bytes_every_time(rebuilt: Path, tmp_path: Path) -> None:
    for path in rebuild(tmp_path).iterdir():
        assert path.read_bytes() == (rebuilt / path.name).read_bytes(), path.name


def test_the_pack_stays_small() -> None:
    assert sum(path.stat().st_size for path in SERIES.parent.rglob("*") if path.is_file()) < 1_000_000
