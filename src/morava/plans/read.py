"""Read a pack: a country, its strategies, its futures; or list every problem of all its files at once."""

from __future__ import annotations

from pathlib import Path
from typing import TypeVar

from morava.errors import MoravaError, Problem, Problems, nearest
from morava.plans.check_country import check_country, check_drawn, check_sides
from morava.plans.check_futures import check_futures
from morava.plans.check_strategy import check_strategy
from morava.plans.groups import read_groups
from morava.plans.levers import read_levers
from morava.plans.pack import check_files, check_name, find_folder, list_futures, list_strategies, read_entries
from morava.plans.places import MOST_PROBLEMS, Places
from morava.plans.read_country import load_country
from morava.plans.read_futures import load_futures
from morava.plans.read_strategy import load_strategy
from morava.plans.types import Country, Futures, Strategy

Thing = TypeVar("Thing")

DEFAULT_FUTURES = "default"


def read_country(name_or_folder: str | Path) -> Country:
    """Return a country by the name of a pack that comes with Morava, or from a folder.

    Parameters
    ----------
    name_or_folder
        `serbia`, or the path of a folder that holds `country.yaml`.

    Raises
    ------
    MoravaError
        Every problem of the country's files, at once.

    Examples
    --------
    >>> read_country("ruritania").facts["hall-now"].unit
    'MW'
    """
    problems = Problems()
    country, _ = _read_country(find_folder(name_or_folder), problems)
    problems.raise_if_any()
    return _given(country)


def read_strategy(country: Country, name: str = "") -> Strategy:
    """Return a strategy of a country; a variant stands complete, with what it takes from its parent.

    Parameters
    ----------
    country
        As read: its facts and reference classes are what the strategy speaks of.
    name
        Name of the strategy; the country's own where none is given.

    Raises
    ------
    MoravaError
        Every problem of the strategy's files, at once.

    Examples
    --------
    >>> read_strategy(read_country("ruritania"), "crown-2030-late").initiatives["hall"].status
    'cancelled'
    """
    problems = Problems()
    places = _places_of(country)
    strategy = load_strategy(
        Path(country.folder), name or country.strategy, country.reference_classes, places, problems
    )
    if strategy is not None:
        check_strategy(country, strategy, places, problems)
    problems.raise_if_any()
    return _given(strategy)


def read_futures(country: Country, name: str = DEFAULT_FUTURES) -> Futures:
    """Return what nobody chooses, from `futures/<name>.yaml` of a country's pack.

    Raises
    ------
    MoravaError
        Every problem of the file, at once.

    Examples
    --------
    >>> read_futures(read_country("ruritania")).uncertainties["sunshine"].column
    4
    """
    problems = Problems()
    places = _places_of(country)
    folder = Path(country.folder)
    check_name(name, "file of futures")
    if name not in list_futures(folder):
        raise MoravaError(
            Problem(f"there are no futures {name!r}", f"{folder.name}/futures", nearest(name, list_futures(folder)))
        )
    futures = _read_futures(folder, name, country, places, problems)
    problems.raise_if_any()
    return _given(futures)


def check_pack(name_or_folder: str | Path, strategy: str = "") -> list[Problem]:
    """Return every problem of all files of a pack, each once.

    Parameters
    ----------
    name_or_folder
        As for `read_country`.
    strategy
        The only strategy to look at; all of them where none is named.

    Examples
    --------
    >>> check_pack("ruritania")
    []
    """
    problems = Problems()
    with problems.collecting():
        folder = find_folder(name_or_folder)
        check_files(folder, problems)
        country, places = _read_country(folder, problems)
        for name in [strategy] if strategy else list_strategies(folder):
            here = places.copy()
            classes = country.reference_classes if country else {}
            found = load_strategy(folder, name, classes, here, problems)
            if country is not None and found is not None:
                check_strategy(country, found, here, problems)
                read_groups(folder, found, problems)
                read_levers(country, found, problems, here)
        names = list_futures(folder)
        if DEFAULT_FUTURES not in names:
            problems.add("there are no default futures", f"{folder.name}/futures", "add futures/default.yaml")
        for name in names:
            with problems.collecting():
                check_name(name, "file of futures")
                _read_futures(folder, name, country, places.copy(), problems)
    told = list(dict.fromkeys(problems))
    if len(told) >= MOST_PROBLEMS:
        what = f"more than {MOST_PROBLEMS:,} problems"
        return [*told[:MOST_PROBLEMS], Problem(what, told[-1].where, "mend these first: the rest is not shown")]
    return told


def _read_country(folder: Path, problems: Problems) -> tuple[Country | None, Places]:
    places = Places()
    country = load_country(folder, places, problems)
    if country is not None:
        check_country(country, list_strategies(folder), places, problems)
        named = {name for conflict in country.conflicts.values() for side in conflict.sides for name in side}
        known = places.names("facts")
        if named - known:
            known = known | _claim_names(folder)
        check_sides(country.conflicts.values(), known, places, problems)
    return country, places


def _claim_names(folder: Path) -> set[str]:
    """Return the names of the claims of all strategies; what is wrong with their files is told elsewhere."""
    unread = Problems()
    found: set[str] = set()
    for name in list_strategies(folder):
        found |= set(read_entries(folder, folder / "strategies" / name, "claims", Places(), unread) or {})
    return found


def _read_futures(
    folder: Path, name: str, country: Country | None, places: Places, problems: Problems
) -> Futures | None:
    futures = load_futures(folder, name, places, problems)
    if country is not None and futures is not None:
        check_futures(country, futures, places, problems)
        if name == DEFAULT_FUTURES:
            check_drawn(country.conflicts, futures, places, problems)
    return futures


def _places_of(country: Country) -> Places:
    """Return the names of a country that was read before, for those that refer to them."""
    places = Places()
    for kind, named in (
        ("facts", country.facts),
        ("sources", country.sources),
        ("conflicts", country.conflicts),
        ("reference_classes", country.reference_classes),
    ):
        for name in named:
            places.put((kind, name), f"{kind} of {country.name}: {name}")
    return places


def _given(thing: Thing | None) -> Thing:
    if thing is None:
        raise AssertionError("a file that cannot be used was read without a problem")
    return thing
