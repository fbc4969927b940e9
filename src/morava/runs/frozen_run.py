"""What power answers in the futures of a run that do not solve it: the mean of those that do, made before them."""

from __future__ import annotations

from pathlib import Path

from morava.runs.frozen_power import QUANTITIES, FrozenPower, freeze_power, mean_of
from morava.runs.request import chunks_of
from morava.runs.store import read_some
from morava.runs.types import Request


def frozen_by(path: Path, request: Request) -> FrozenPower | None:
    """Return the frozen answer of power of a run, from its futures that are on disk; none where none solves power.

    Those that solve power exactly come first in every run, so that the answer depends on nothing but what names the
    run. A future without an answer is left out.
    """
    exact = [numbers for numbers in chunks_of(request) if numbers.start < request.power_futures]
    found = read_some(path, exact, QUANTITIES)
    if not found or any(name not in found for name in QUANTITIES):
        return None
    return mean_of(freeze_power(found))
