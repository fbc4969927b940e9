"""The solved futures from which others are screened: the first ones of a plan, kept by a process that needs them."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress

from morava.errors import MoravaError
from morava.models.power import Library, System, library_entry
from morava.plans.hashes import country_hash, futures_hash, strategy_hash
from morava.plans.types import Country, Futures, Strategy
from morava.runs.request import Detail

LIBRARY_FUTURES = 3
"""Futures, from the first, that a library holds. One is enough for most others; three leave narrower gaps."""
MOST_KEPT = 4

_KEPT: dict[tuple[object, ...], Library] = {}
"""Libraries of this process. Each follows from what its key hashes, so that it does not matter who made it when."""


def library_of(
    country: Country,
    strategy: Strategy,
    futures: Futures,
    seed: int,
    detail: Detail,
    make_system: Callable[[int], System],
) -> Library:
    """Return the library of a plan: its first futures, solved by the engine.

    It depends on nothing but what names the run, so that a screened future does not depend on its neighbours: the same
    futures stand in the library whichever of them are asked for. A future without an answer is left out.

    Parameters
    ----------
    make_system
        Returns the power system of a future by its number.
    """
    key = (country_hash(country), strategy_hash(strategy), futures_hash(futures), seed, detail.years, detail.weeks)
    if key not in _KEPT:
        entries = []
        for number in range(LIBRARY_FUTURES):
            with suppress(MoravaError):
                entries.append(library_entry(make_system(number)))
        while len(_KEPT) >= MOST_KEPT:
            _KEPT.pop(next(iter(_KEPT)))
        _KEPT[key] = Library(tuple(entries))
    return _KEPT[key]
