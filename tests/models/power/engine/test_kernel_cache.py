"""Kernels are compiled once for a user, also where the package lies in a folder that nobody may write into."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import morava

SCRIPT = """
import json, sys
import numpy as np
import morava
from morava.models.power.engine import Chronology, eliminating, measuring, solve
from morava.models.power.program import Builder

hours = tuple(range(5))
builder = Builder("tiny")
x = builder.columns("x", ((1,), hours), 0, 3, 1)
rows = builder.rows("load", ((1,), hours), 2, 2)
builder.add(rows, x, 1)
level = builder.columns("level", ((1,), hours), 0, 1, 0.1)
builder.add(rows, level, 0.9)
builder.add(rows, np.roll(level, 1), -1)
zero, steps = np.zeros(5, dtype=np.int64), np.arange(5)
places = np.repeat([0, 1], 5), np.zeros(10, dtype=np.int64), np.tile(steps, 2), zero, zero, steps
answer = solve(builder.program(), Chronology(*places), 1e-6)
kernels = [measuring.residuals, measuring.measure, measuring.advance, eliminating.factorise, eliminating.forward,
           eliminating.backward]
print(json.dumps({
    "where": morava.__file__, "status": answer.status, "cost": answer.bound, "path": kernels[0].stats.cache_path,
    "hits": sum(sum(one.stats.cache_hits.values()) for one in kernels),
    "misses": sum(sum(one.stats.cache_misses.values()) for one in kernels),
}))
"""


def read_only_copy(folder: Path) -> Path:
    """Return a copy of the package in whose folders nothing can be made, whoever runs this: a file is in the way."""
    package = Path(morava.__file__).parent
    copy = folder / "site"
    shutil.copytree(package, copy / "morava", ignore=shutil.ignore_patterns("__pycache__", "countries", "regions"))
    for inside in [path for path in (copy / "morava").rglob("*") if path.is_dir()] + [copy / "morava"]:
        (inside / "__pycache__").touch()
        inside.chmod(0o555)
    return copy


def test_kernels_are_compiled_once_into_the_cache_of_the_user(tmp_path):
    copy, home = read_only_copy(tmp_path), tmp_path / "home"
    home.mkdir()
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("NUMBA_", "XDG_"))}
    given = kept | {"PYTHONPATH": str(copy), "HOME": str(home), "XDG_CACHE_HOME": str(home / "cache")}
    found = []
    for _ in range(2):
        done = subprocess.run([sys.executable, "-c", SCRIPT], env=given, capture_output=True, text=True, check=True)
        found.append(json.loads(done.stdout))
    first, second = found
    assert Path(first["where"]).is_relative_to(copy)
    assert (first["status"], first["cost"]) == (second["status"], second["cost"])
    assert first["status"] == "solved"
    assert Path(first["path"]).is_relative_to(home)
    assert (first["hits"], first["misses"]) == (0, 6)
    assert (second["hits"], second["misses"]) == (6, 0)
    assert len(list(home.rglob("*.nbi"))) > 6
    assert not list(copy.rglob("*.nb*"))
    for inside in (path for path in copy.rglob("*") if path.is_dir()):
        inside.chmod(0o755)
