"""Read a region: its list of what is said, tables and hourly series, all problems at once with file and line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from importlib.resources import files
from pathlib import Path

import duckdb
import numpy as np

from morava.errors import MoravaError, Problem, Problems, nearest
from morava.plans.csv_file import Row, read_csv, read_number
from morava.plans.pack import shown
from morava.plans.places import Places
from morava.plans.validate import validate
from morava.plans.yaml_file import read_yaml
from morava.runs.region_types import NO_FUEL, SERIES, UNITS, Array, Fleet, Line, Number, Region, RegionFile

FILE = "region.yaml"
HOURS_A_YEAR = 8760
FLEET_COLUMNS = (
    "zone", "technology", "capacity_mw", "efficiency", "minimum", "start_cost_eur_mw", "storage_mwh", "charge_mw",
    "charge_efficiency", "units", "source",
)  # fmt: skip
LINK_COLUMNS = ("from_zone", "to_zone", "forward_mw", "backward_mw", "source")
BORDER_COLUMNS = ("zone", "neighbour", "import_mw", "export_mw", "source")
SHARES = ("efficiency", "minimum", "charge_efficiency")
ASSUMED = "assumed"
"""Source of a row that was assumed; the gaps of the region say so."""
SECTIONS = frozenset({("zones",), ("fuels",), ("technologies",), ("series",)})
BY_KIND = {"wind": "wind", "solar": "solar", "river": "river", "reservoir": "inflow"}
"""Series that a fleet of a kind needs in its zone."""


def region_names() -> list[str]:
    """Return the names of the regions that come with Morava."""
    return sorted(path.parent.name for path in (Path(str(files("morava"))) / "regions").glob(f"*/{FILE}"))


def region_folder(name_or_folder: str | Path) -> Path:
    """Return the folder of a region, by its name or by path.

    Raises
    ------
    MoravaError
        When there is no such region.
    """
    text = str(name_or_folder)
    if text in region_names():
        return Path(str(files("morava"))) / "regions" / text
    if (Path(name_or_folder) / FILE).is_file():
        return Path(name_or_folder).resolve()
    raise MoravaError(
        Problem(
            f"there is no region {text!r}", "regions", f"{nearest(text, region_names())}, or name a folder with {FILE}"
        )
    )


def read_region_folder(folder: Path) -> Region:
    """Return a region.

    Raises
    ------
    MoravaError
        Everything that is wrong with its files, all at once.
    """
    problems, places = Problems(), Places()
    said: RegionFile | None = None
    with problems.collecting():
        file = read_yaml(folder / FILE, shown(folder, folder / FILE))
        places.add((), file)
        said = validate(RegionFile, file.data, places, (), problems, SECTIONS)
    if said is None:
        problems.raise_if_any()
        raise MoravaError(Problem(f"{FILE} says nothing", shown(folder, folder / FILE), "write it anew"))
    _check_numbers(said, places, problems)
    series = {
        name: _read_columns(folder, name, said, places, problems) for name in SERIES if name in said.series
    }  # what is not listed is noted by _check_numbers
    fleets = [_fleet(row, said, series, problems) for row in _rows(folder, said.tables.fleet, FLEET_COLUMNS, problems)]
    lines = [
        _line(row, columns, said, series, problems)
        for names, columns in ((said.tables.links, LINK_COLUMNS), (said.tables.borders, BORDER_COLUMNS))
        for row in _rows(folder, names, columns, problems)
    ]
    kept, drawn = [one for one in fleets if one is not None], [one for one in lines if one is not None]
    _check_whole(said, kept, drawn, series, places, problems)
    problems.raise_if_any()
    return Region(said, tuple(kept), tuple(drawn), series)


def _numbers(said: RegionFile) -> Iterator[tuple[tuple[str, ...], Number]]:
    """Yield every number of the file with its path."""
    holders = [(("settings",), said.settings)]
    parts = ("zones", said.zones), ("fuels", said.fuels), ("technologies", said.technologies)
    entries = [((kind, name), one) for kind, found in parts for name, one in found.items()]
    for path, holder in (*holders, *entries):
        for key, value in holder:
            if isinstance(value, Number):
                yield (*path, key), value


def _check_numbers(said: RegionFile, places: Places, problems: Problems) -> None:
    """Note numbers in another unit or of no source, fuels that nobody describes, series that are missing."""
    for path, number in _numbers(said):
        if number.unit != UNITS[path[-1]]:
            problems.add(
                f"{path[-1]} is in {number.unit!r}", places.where(*path, "unit"), f"give it in {UNITS[path[-1]]}"
            )
        _check_source(number.source, said, places.where(*path, "source"), problems)
        if number.value < 0 and path[-1] not in ("heat_from", "heat_full"):
            problems.add(f"{path[-1]} is {number.value:g}", places.where(*path, "value"), "give it from zero up")
    for name, technology in said.technologies.items():
        if technology.fuel not in (*said.fuels, NO_FUEL):
            where = places.where("technologies", name, "fuel")
            problems.add(
                f"there is no fuel {technology.fuel!r}", where, nearest(technology.fuel, (*said.fuels, NO_FUEL))
            )
    for name in sorted(set(SERIES) - set(said.series)):
        problems.add(f"there is no series {name}", places.where("series"), "list its file, unit, sources and mends")
    for name, listed in said.series.items():
        if name not in SERIES:
            problems.add(f"series {name} is not read", places.where("series", name), nearest(name, SERIES))
        elif listed.unit != SERIES[name]:
            where = places.where("series", name, "unit")
            problems.add(f"series {name} is in {listed.unit!r}", where, f"give it in {SERIES[name]}")
        for source in listed.sources:
            _check_source(source, said, places.where("series", name, "sources"), problems)


def _check_source(source: str, said: RegionFile, where: str, problems: Problems) -> None:
    if source and source not in said.sources:
        problems.add(f"there is no source {source!r}", where, nearest(source, said.sources))


def _read_columns(folder: Path, name: str, said: RegionFile, places: Places, problems: Problems) -> dict[str, Array]:
    """Return the columns of a series, 8,760 hours each; those with gaps or out of range are noted and left out."""
    path = folder / said.series[name].file
    where = places.where("series", name, "file")
    if not _is_inside(said.series[name].file, where, problems):
        return {}
    try:
        with duckdb.connect(config={"threads": 1}) as connection:
            table = connection.execute("SELECT * FROM read_parquet(?)", [str(path)]).fetchnumpy()
    except duckdb.Error:
        problems.add(f"series {name} cannot be read", where, "put its Parquet file there, or write it anew")
        return {}
    found = {}
    for label, cells in table.items():
        values: Array = np.ma.filled(np.ma.asarray(cells, dtype=float), np.nan)
        if len(values) != HOURS_A_YEAR or not np.isfinite(values).all():
            what = f"series {name}, {label}, has {int(np.isfinite(values).sum())} hours with a number"
            problems.add(what, where, f"a year has {HOURS_A_YEAR}, 29 February left out")
        elif name != "temperature" and (values.min() < 0 or (SERIES[name] == "1" and values.max() > 1)):
            what = f"series {name}, {label}, runs from {values.min():.6g} to {values.max():.6g}"
            problems.add(what, where, "shares lie from zero to one, all else from zero up")
        else:
            found[str(label)] = values
    return found


def _is_inside(name: str, where: str, problems: Problems) -> bool:
    """Return whether a file lies in the folder of the region, and note it where it does not."""
    inside = not Path(name).is_absolute() and ".." not in Path(name).parts
    if not inside:
        problems.add(f"{name} is no file of the region", where, "name one inside its folder")
    return inside


def _rows(folder: Path, names: Sequence[str], columns: Sequence[str], problems: Problems) -> list[Row]:
    listed = [name for name in names if _is_inside(name, shown(folder, folder / FILE), problems)]
    return [row for name in listed for row in read_csv(folder / name, shown(folder, folder / name), columns, problems)]


def _values(row: Row, columns: Sequence[str], problems: Problems) -> dict[str, float] | None:
    """Return the numbers of a row from zero up; None, and every one that is wrong noted."""
    found: dict[str, float] = {}
    before = len(problems)
    for column in columns:
        try:
            found[column] = read_number(row.cells[column])
        except MoravaError as error:
            problems.extend(Problem(f"{column}: {one.what}", row.where, one.mend) for one in error.problems)
            continue
        if found[column] < 0 or (column in SHARES and found[column] > 1):
            problems.add(
                f"{column} is {found[column]:g}", row.where, "shares lie from zero to one, all else from zero up"
            )
    return found if len(problems) == before else None


def _word(row: Row, column: str, known: Sequence[str], problems: Problems) -> str:
    word = row.cells[column]
    if word not in known:
        problems.add(f"{column} {word!r} is unknown", row.where, nearest(word, known))
    return word


def _fleet(row: Row, said: RegionFile, series: Mapping[str, Mapping[str, Array]], problems: Problems) -> Fleet | None:
    before = len(problems)
    zone = _word(row, "zone", tuple(said.zones), problems)
    technology = _word(row, "technology", tuple(said.technologies), problems)
    source = _word(row, "source", (*said.sources, ASSUMED), problems)
    values = _values(row, FLEET_COLUMNS[2:-1], problems)
    if values is None or len(problems) > before:
        return None
    kind = said.technologies[technology].kind
    needed = BY_KIND.get(kind, "")
    if needed in series and zone not in series[needed]:
        problems.add(f"{zone} has {technology}, and no series {needed}", row.where, "add its column, or take it out")
    for column in ("efficiency", "charge_efficiency"):
        if values[column] == 0:
            problems.add(f"{column} is zero", row.where, "give a share above zero; 1 where it does not count")
    if kind in ("reservoir", "pumped_storage") and values["storage_mwh"] == 0:
        problems.add(f"{technology} of {zone} holds nothing", row.where, "give storage_mwh")
    return Fleet(
        zone=zone,
        technology=technology,
        capacity=values["capacity_mw"],
        efficiency=values["efficiency"],
        minimum=values["minimum"],
        start_cost=values["start_cost_eur_mw"],
        storage=values["storage_mwh"],
        charge=values["charge_mw"],
        charge_efficiency=values["charge_efficiency"],
        units=values["units"],
        source=source,
    )


def _line(
    row: Row,
    columns: Sequence[str],
    said: RegionFile,
    series: Mapping[str, Mapping[str, Array]],
    problems: Problems,
) -> Line | None:
    """Return a line between zones, or one to a price beyond: then what is exported runs forward."""
    before = len(problems)
    outside = columns == BORDER_COLUMNS
    origin = _word(row, columns[0], tuple(said.zones), problems)
    beyond = tuple(series.get("border_price", {}))
    target = _word(row, columns[1], beyond if outside else tuple(said.zones), problems)
    source = _word(row, "source", (*said.sources, ASSUMED), problems)
    values = _values(row, columns[2:4], problems)
    if origin == target:
        problems.add(f"a line begins and ends in {origin}", row.where, "name two zones")
    if values is None or len(problems) > before:
        return None
    first, second = values[columns[2]], values[columns[3]]
    forward, backward = (second, first) if outside else (first, second)
    return Line(origin, target, forward, backward, source, outside)


def _check_whole(
    said: RegionFile,
    fleets: Sequence[Fleet],
    lines: Sequence[Line],
    series: Mapping[str, Mapping[str, Array]],
    places: Places,
    problems: Problems,
) -> None:
    """Note zones without load or plants, series of no zone, and what stands twice."""
    for zone in said.zones:
        if zone not in series.get("load", {zone: None}):
            problems.add(f"{zone} has no load", places.where("zones", zone), "add its column to the series load")
        if all(one.zone != zone for one in fleets):
            problems.add(f"{zone} has no plant", places.where("zones", zone), "add a row to a table of fleets")
    for name in sorted(set(series) - {"temperature", "border_price"}):
        for label in sorted(set(series[name]) - set(said.zones)):
            where = places.where("series", name)
            problems.add(f"series {name} has the unknown zone {label}", where, nearest(label, said.zones))
    if len(series.get("temperature", {"": None})) != 1:
        problems.add("series temperature has not one column", places.where("series", "temperature"), "keep one")
    where = places.where("tables")
    pairs = [(one.zone, one.technology) for one in fleets] + [
        (f"{first} and {second}", "line") for first, second in (sorted((one.origin, one.target)) for one in lines)
    ]
    for pair in sorted({pair for pair in pairs if pairs.count(pair) > 1}):
        problems.add(f"{pair[1]} of {pair[0]} stands twice", where, "add the rows up")
