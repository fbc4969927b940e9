"""The solved futures of a run from which its other futures are screened: made before they are, kept by their digest."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from morava.errors import MoravaError
from morava.models.power import Library, library_entry, load_library, save_library
from morava.plans.types import Country, Futures, Strategy
from morava.runs.request import detail_of
from morava.runs.simulate import system_of
from morava.runs.types import Request

FOLDER = "library"
LIBRARY_FUTURES = 3
"""Futures, from the first, that a library holds. One is enough for most others; three leave narrower gaps."""


def library_for(request: Request, country: Country, strategy: Strategy, futures: Futures, path: Path) -> Library | None:
    """Return the library of a run, from its folder or made anew; none where nothing is screened.

    It holds the first futures of the plan whichever are asked for, so that a screened future depends on no neighbour
    but on what names the run. A future without an answer is left out.

    Raises
    ------
    MoravaError
        When the file in the folder of the run is not what its name says.
    """
    if request.power_screened <= request.power_futures:
        return None
    folder = path / FOLDER
    if folder.is_dir():
        return load_library(folder)
    entries = []
    for number in range(LIBRARY_FUTURES):
        with suppress(MoravaError):
            system = system_of(country, strategy, futures, request.seed, number, detail_of(request))
            entries.append(library_entry(system))
    library = Library(tuple(entries))
    # Whole or not there: a run that is killed here makes it again.
    unfinished = path / f".{FOLDER}"
    save_library(library, unfinished)
    if not folder.is_dir():  # another process may go on with the same run
        unfinished.rename(folder)
    return library
