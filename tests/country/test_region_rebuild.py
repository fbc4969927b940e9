"""What ships of a region is what its script makes of the extracts, and stays small."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
REGION = ROOT / "src/morava/regions/western-balkans"
MOST_BYTES = 2_500_000
BY_HAND = ("licences/", "dispaset-eupl/NOTICE.md")


@pytest.fixture(scope="module")
def rebuilt(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("region")
    script = ROOT / "snapshots/derive_region.py"
    subprocess.run([sys.executable, str(script), "--out", str(out)], check=True, capture_output=True)
    return out


def files_of(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_the_rebuilt_region_has_the_same_bytes(rebuilt: Path) -> None:
    shipped = {name: data for name, data in files_of(REGION).items() if not name.startswith(BY_HAND)}
    assert shipped == files_of(rebuilt)


def test_the_region_is_small_and_its_copyleft_part_apart() -> None:
    shipped = files_of(REGION)
    assert sum(map(len, shipped.values())) < MOST_BYTES
    assert {"licences/EUPL-1.1.txt", "licences/EUPL-1.2.txt", "dispaset-eupl/NOTICE.md"} <= set(shipped)
    series = {name for name in shipped if name.endswith(".parquet")}
    assert {name for name in series if not name.startswith("dispaset-eupl/")} == {"temperature.parquet"}
