"""A country as the files of its pack say it, before anything is held against anything else."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TypeVar

from morava.errors import Problems
from morava.plans.country_schemas import ConflictEntry, CountryFile, ReferenceClassEntry, SourceEntry, StageEntry
from morava.plans.pack import read_file
from morava.plans.places import Places
from morava.plans.read_facts import read_facts
from morava.plans.schemas import ConflictsFile, ReferenceClassesFile, SourcesFile
from morava.plans.series import read_series
from morava.plans.trade_tables import read_tables
from morava.plans.types import Conflict, Country, ReferenceClass, Source, StageTemplate

Thing = TypeVar("Thing")

EACH_ENTRY: frozenset[tuple[str | int, ...]] = frozenset({()})
"""The entries of the file stand alone."""


def load_country(folder: Path, places: Places, problems: Problems) -> Country | None:
    """Return the country of a pack, without what is wrong in itself; None where `country.yaml` cannot be used.

    Parameters
    ----------
    folder
        Folder of the pack.
    places
        Takes where everything stands.
    problems
        Takes everything that is wrong with a file by itself.
    """
    frame = read_file(
        folder, folder / "country.yaml", CountryFile, ("country",), places, problems, frozenset({("gaps",)})
    )
    sources = read_file(folder, folder / "sources.yaml", SourcesFile, ("sources",), places, problems, EACH_ENTRY)
    conflicts: ConflictsFile | None = None
    if (folder / "conflicts.yaml").exists():
        conflicts = read_file(
            folder, folder / "conflicts.yaml", ConflictsFile, ("conflicts",), places, problems, EACH_ENTRY
        )
    classes: ReferenceClassesFile | None = None
    if (folder / "reference_classes.yaml").exists():
        path = folder / "reference_classes.yaml"
        classes = read_file(folder, path, ReferenceClassesFile, ("reference_classes",), places, problems, EACH_ENTRY)
    facts = read_facts(folder, places, problems)
    if frame is None:
        return None
    return Country(
        name=frame.name,
        title_en=frame.title.en,
        title_sr=frame.title.sr,
        price_base=frame.price_base,
        discount_rate=frame.discount_rate,
        as_of=frame.as_of,
        first_year=frame.first_year,
        last_year=frame.last_year,
        boundary=frame.boundary,
        version=frame.version,
        sources=by_name({name: _source(name, entry) for name, entry in sources.root.items()} if sources else {}),
        facts=by_name(facts),
        conflicts=by_name({n: _conflict(n, entry) for n, entry in conflicts.root.items()} if conflicts else {}),
        reference_classes=by_name({n: _class(n, entry) for n, entry in classes.root.items()} if classes else {}),
        gaps=by_name(frame.gaps),
        strategy=frame.strategy,
        folder=str(folder),
        series=by_name(read_series(folder, sources.root if sources else {}, places, problems)),
        tables=by_name(read_tables(folder, sources.root if sources else {}, places, problems)),
    )


def by_name(things: Mapping[str, Thing]) -> dict[str, Thing]:
    """Return things sorted by name, so that the order of files never matters."""
    return dict(sorted(things.items()))


def _source(name: str, entry: SourceEntry) -> Source:
    return Source(
        name=name,
        title=entry.title,
        producer=entry.producer,
        address=entry.address,
        published=entry.published,
        accessed=entry.accessed,
        licence=entry.licence,
        sha256=entry.sha256,
        grade=entry.grade,
    )


def _conflict(name: str, entry: ConflictEntry) -> Conflict:
    return Conflict(
        name=name,
        subject=entry.subject,
        sides=tuple(tuple(side) for side in entry.sides),
        kind=entry.kind,
        weights=tuple(entry.weights),
        chosen=entry.chosen,
        reading=entry.reading,
    )


def _class(name: str, entry: ReferenceClassEntry) -> ReferenceClass:
    return ReferenceClass(
        name=name,
        title=entry.title,
        delay=_three(entry.delay),
        cost=_three(entry.cost),
        stages=tuple(_stage(stage) for stage in entry.stages),
        source=entry.source,
        status=entry.status,
        slips=entry.slips,
    )


def _three(names: Sequence[str]) -> tuple[str, str, str]:
    p10, p50, p90 = names
    return p10, p50, p90


def _stage(entry: StageEntry) -> StageTemplate:
    passes, wait, attempts = gate_of(entry)
    return StageTemplate(entry.name, entry.title, entry.share, tuple(entry.after), passes, wait, attempts)


def gate_of(entry: StageEntry) -> tuple[float, float, int]:
    """Return chance to pass, months of wait and attempts of a stage's gate; a stage without one always passes."""
    if entry.gate is None:
        return 1.0, 0.0, 1
    return entry.gate.passes, float(entry.gate.wait), entry.gate.attempts
