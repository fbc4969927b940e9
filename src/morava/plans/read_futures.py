"""What nobody chooses, as a file of futures says it."""

from __future__ import annotations

from pathlib import Path

from morava.errors import Problems
from morava.plans.country_schemas import DistributionEntry, FuturesFile, UncertaintyEntry
from morava.plans.pack import read_file
from morava.plans.places import Places
from morava.plans.read_country import by_name
from morava.plans.types import Distribution, Futures, Uncertainty

PARAMETERS = ("low", "mode", "high", "mean", "sd", "p10", "p50", "p90", "median", "sigma")
"""Keys of a distribution that are its parameters."""

_SECTIONS: frozenset[tuple[str | int, ...]] = frozenset({("uncertainties",), ("correlations",)})


def load_futures(folder: Path, name: str, places: Places, problems: Problems) -> Futures | None:
    """Return the futures of a file, without what is wrong in itself; None where its frame cannot be used.

    Parameters
    ----------
    folder, name
        Folder of the pack, and name of the file in `futures/`.
    places
        Takes where everything stands, under `("futures", name)`.
    problems
        Takes everything that is wrong with the file by itself.
    """
    path = folder / "futures" / f"{name}.yaml"
    file = read_file(folder, path, FuturesFile, ("futures", name), places, problems, _SECTIONS)
    if file is None:
        return None
    if file.name != name:
        problems.add(
            f"the file calls itself {file.name}", places.where("futures", name, "name"), f"call it {name}, as the file"
        )
    correlations: dict[tuple[str, str], float] = {}
    for index, entry in enumerate(file.correlations):
        first, second = sorted(entry.between)
        where = places.where("futures", name, "correlations", index)
        if (first, second) in correlations:
            problems.add(
                f"the correlation of {first} and {second} is given twice",
                where,
                "keep one of the two",
            )
        places.put(("futures", name, "correlations", first, second), where)
        correlations[first, second] = float(entry.rank)
    return Futures(
        name=name,
        seed=file.seed,
        uncertainties=by_name({key: _uncertainty(key, entry) for key, entry in file.uncertainties.items()}),
        correlations=dict(sorted(correlations.items())),
    )


def _uncertainty(name: str, entry: UncertaintyEntry) -> Uncertainty:
    moves = entry.moves
    return Uncertainty(
        name=name,
        title=entry.title,
        column=entry.column,
        each=tuple(entry.each),
        distribution=_distribution(entry.distribution),
        conflict=entry.conflict,
        quantity=moves.quantity if moves else "",
        verb=moves.verb if moves else "",
        unit=entry.distribution.unit if entry.distribution else "",
        where=by_name(moves.where) if moves else {},
        status=entry.status,
        source=entry.source,
        because=entry.because,
    )


def _distribution(entry: DistributionEntry | None) -> Distribution:
    if entry is None:
        return Distribution("conflict", {}, (), ())
    given = {key: getattr(entry, key) for key in PARAMETERS}
    return Distribution(
        kind=entry.kind,
        parameters={key: float(value) for key, value in given.items() if value is not None},
        values=tuple(float(value) for value in entry.values),
        weights=tuple(float(weight) for weight in entry.weights),
    )
