"""The tables of trade of a pack as plain arrays, and back into their files."""

from __future__ import annotations

import itertools
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb
import numpy as np
import numpy.typing as npt
import pandas as pd

from morava.errors import MoravaError, Problem, nearest
from morava.models.trade.world import calibrate
from morava.plans.trade_tables import FOLDER, load_table
from morava.plans.types import Country
from morava.quantities.units import factor

Array = npt.NDArray[np.float64]
Words = npt.NDArray[np.str_]
Labels = tuple[str, ...]

FLOW, TECHNOLOGY, TARIFF, FAVOURED = "world_flow", "world_technology", "world_tariff", "most_favoured_tariff"
DIGITS = 7
"""Significant digits of what is written, as in the tables that come with Morava."""
UNSAID = "not said"
"""Word of a cell in a table that has no words."""
_MONEY = re.compile(r"\b([A-Z]{3})_(\d{4})\b")


@dataclass(frozen=True)
class PackTables:
    """The world of a pack.

    `flow` [importer, exporter, sector] is in the unit of the file, `words` say what each of its cells rests on.
    `technology` [donor, region, input, sector], `tariff` [importer, exporter, sector], `favoured` [importer, sector]
    with zeros for the country. `level` is how many million of `money` of `year` one of the flows is.
    """

    regions: Labels
    sectors: Labels
    home: int
    flow: Array
    words: Words
    donors: Labels
    technology: Array
    tariff: Array
    favoured: Array
    money: str
    year: int
    level: float

    @property
    def goods(self) -> npt.NDArray[np.bool_]:
        """Which sectors are goods, [sector]: those on which some region levies a most-favoured duty."""
        return np.asarray((self.favoured > 0).any(axis=0))

    @property
    def others(self) -> list[int]:
        """Places of all regions but the country."""
        return [place for place in range(len(self.regions)) if place != self.home]

    def amount(self, value: float) -> str:
        """Return a flow as it is told: million of the money and year that its unit names."""
        return f"{round(value * self.level) + 0:,} million {self.money} of {self.year}"


def read_world(country: Country) -> PackTables:
    """Return the tables of trade of a pack.

    Raises
    ------
    MoravaError
        A pack without such tables or without a home region, tables that do not share their labels.
    """
    where = f"{country.name}/{FOLDER}"
    if not country.tables:
        raise MoravaError(
            Problem(f"{country.name} has no tables of trade", where, "take a pack with a folder trade, such as serbia")
        )
    flow = load_table(country, FLOW)
    regions, sectors = (tuple(str(label) for label in flow.coords[dim].to_numpy()) for dim in ("importer", "sector"))
    homes = {fact.text for fact in country.facts.values() if fact.quantity == "home_region"}
    if len(homes) != 1 or not homes <= set(regions):
        raise MoravaError(
            Problem("home_region names no region of the world table", where, nearest("".join(sorted(homes)), regions))
        )
    home = regions.index(homes.pop())
    money, year, level = _level(str(flow.attrs["unit"]), where)
    technology = load_table(country, TECHNOLOGY)
    donors = tuple(str(label) for label in technology.coords["donor"].to_numpy())
    others = [region for region in regions if region != regions[home]]
    cells = {"importer": list(regions), "exporter": list(regions), "sector": list(sectors)}
    favoured = np.zeros((len(regions), len(sectors)))
    try:
        favoured[[regions.index(name) for name in others]] = load_table(country, FAVOURED).sel(
            importer=others, sector=list(sectors)
        )
        used = technology.sel(region=list(regions), input=list(sectors), sector=list(sectors))
        tariff = load_table(country, TARIFF).sel(cells)
    except KeyError as error:
        raise MoravaError(
            Problem(f"the tables of trade do not share a label ({error})", where, "name the same regions and sectors")
        ) from error
    return PackTables(
        regions, sectors, home, _plain(flow.sel(cells)), _words(country, regions, sectors), donors, _plain(used),
        _plain(tariff), favoured, money, year, level,
    )  # fmt: skip


def _plain(array: object) -> Array:
    return np.array(np.asarray(array), dtype=np.float64)


def _level(unit: str, where: str) -> tuple[str, int, float]:
    named = _MONEY.findall(unit)
    if len(named) != 1:
        raise MoravaError(
            Problem(f"the unit {unit!r} of the flows names no money", where, "write it as million USD_2023")
        )
    money, year = named[0]
    return money, int(year), factor(unit, f"million {money}_{year}")


def _words(country: Country, regions: Labels, sectors: Labels) -> Words:
    table = next(one for one in country.tables.values() if one.quantity == FLOW)
    path = Path(country.folder) / FOLDER / table.file
    with duckdb.connect(config={"threads": 1}) as connection:
        held = connection.execute("SELECT * FROM read_parquet(?)", [str(path)]).fetchnumpy()
    found = np.full((len(regions), len(regions), len(sectors)), UNSAID, dtype=object)
    if "confidence" in held:
        for importer, exporter, sector, word in zip(
            held["importer"], held["exporter"], held["sector"], held["confidence"], strict=True
        ):
            place = regions.index(str(importer)), regions.index(str(exporter)), sectors.index(str(sector))
            found[place] = str(word)
    return found.astype(str)


def rounded(values: Array) -> Array:
    """Return values with seven significant digits.

    Examples
    --------
    >>> rounded(np.array([1 / 3, 123456789.0])).tolist()
    [0.3333333, 123456800.0]
    """
    return np.array([float(f"{value:.{DIGITS}g}") for value in values.ravel()]).reshape(values.shape)


def check_equilibrium(world: PackTables) -> None:
    """Raise where the tables are no base equilibrium under some donor.

    Own duties are left out: they only raise what the country's purchases are worth.
    """
    for place, donor in enumerate(world.donors):
        calibrate(
            world.regions, world.sectors, world.flow[None], world.technology[None, place], world.tariff[None],
            np.ones((1, len(world.sectors))), f"tables of trade with {donor}",
        )  # fmt: skip


def write_tables(world: PackTables, files: Mapping[str, Path]) -> None:
    """Write tables of the world into their files, by quantity."""
    cells = {"importer": world.regions, "exporter": world.regions, "sector": world.sectors}
    others = [world.regions[place] for place in world.others]
    tables = {
        FLOW: lambda: long_table(world.flow, cells).assign(confidence=world.words.ravel()),
        TECHNOLOGY: lambda: long_table(
            world.technology,
            {"donor": world.donors, "region": world.regions, "input": world.sectors, "sector": world.sectors},
        ),
        TARIFF: lambda: long_table(world.tariff, cells),
        FAVOURED: lambda: long_table(world.favoured[world.others], {"importer": others, "sector": world.sectors}),
    }
    for quantity, path in files.items():
        write_table(path, tables[quantity]())


def long_table(values: Array, names: Mapping[str, Sequence[str]]) -> pd.DataFrame:
    """Return an array as a table in long form: a column of labels a dimension, in their order, and `value`."""
    table = pd.DataFrame(list(itertools.product(*names.values())), columns=list(names))
    return table.assign(value=values.ravel())


def write_table(path: Path, table: pd.DataFrame) -> None:
    """Write a table as Parquet, on one thread: the same bytes every time."""
    target = str(path).replace("'", "''")
    with duckdb.connect(config={"threads": 1}) as connection:
        connection.register("long_table", table)
        connection.execute(f"COPY (SELECT * FROM long_table) TO '{target}' (FORMAT parquet, COMPRESSION zstd)")
