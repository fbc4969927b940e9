"""International and domestic flows of the country from ITPD-E or ITPD-S of the USITC."""

from __future__ import annotations

import numpy as np

from morava.errors import Problems, nearest
from morava.exchange.trade_data.asked import Asked, Change
from morava.exchange.trade_data.baci import dollars_only, flow_change
from morava.exchange.trade_data.flows import MeasuredTrade, check_trade
from morava.exchange.trade_data.mappings import Countries, read_countries, read_industries
from morava.exchange.trade_data.stream import stream
from morava.exchange.trade_data.world import PackTables
from morava.plans.csv_file import read_number
from morava.plans.places import is_full, placed

COLUMNS = ("exporter_iso3", "importer_iso3", "year", "industry_id", "trade")
ALSO = (
    "exporter_name", "importer_name", "exporter_dynamic_code", "importer_dynamic_code", "industry_descr",
    "broad_sector", "flag_mirror", "flag_zero",
)  # fmt: skip
"""Other columns of the published files; they are not looked at."""


class _Reading:
    """What the rows of a file add up to, and what was seen of them."""

    def __init__(self, world: PackTables, countries: Countries, industries: dict[int, int], file: str) -> None:
        shape = (len(world.regions), len(world.sectors))
        self.exports, self.imports = np.zeros(shape), np.zeros(shape)
        self.home, self.has_home = np.zeros(shape[1]), np.zeros(shape[1], dtype=bool)
        self.rows, self.year = 0, ""
        self._world, self._countries, self._industries, self._file = world, countries, industries, file
        self._noted: set[object] = set()
        self._lines: dict[tuple[str, str, str], int] = {}

    def take(self, line: int, cells: tuple[str, ...], problems: Problems) -> None:
        """Take one row in, or note what is wrong with it."""
        seller, buyer, year, industry, value = cells
        where = f"{self._file}:{line}"
        self._check_year(year, where, problems)
        regions = [self._region(code, where, problems) for code in (seller, buyer)]
        home = self._world.home
        if min(regions) < 0 or home not in regions:
            return
        place = self._industries.get(int(industry), -1) if industry.isascii() and industry.isdigit() else -1
        if place < 0:
            mend = f"numbers are 1 to {max(self._industries)}; give others with --sectors FILE"
            self._once(("industry", industry), f"there is no industry {industry!r}", where, mend, problems)
            return
        first = self._lines.setdefault((seller, buyer, industry), line)
        if first != line:
            problems.add(
                f"industry {industry} from {seller} to {buyer} is given twice", where,
                f"keep one; the first is on line {first}",
            )  # fmt: skip
        with placed(problems, where, "trade"):
            amount = read_number(value)
            if amount < 0:
                problems.add(f"the trade {value} is negative", where, "a delivery is zero or more")
            self._add(regions[0], regions[1], place, amount)

    def _add(self, seller: int, buyer: int, sector: int, amount: float) -> None:
        self.rows += 1
        home = self._world.home
        if seller == buyer:
            self.home[sector] += amount
            self.has_home[sector] = True
        elif seller == home:
            self.exports[buyer, sector] += amount
        else:
            self.imports[seller, sector] += amount

    def _check_year(self, year: str, where: str, problems: Problems) -> None:
        self.year = self.year or year
        if len(year) != 4 or not year.isdigit():
            self._once(("year", year), f"{year!r} is no year", where, "write four digits", problems)
        elif year != self.year:
            mend = "keep the rows of one year"
            self._once(("year", year), f"the row is of {year}, the first of {self.year}", where, mend, problems)

    def _region(self, code: str, where: str, problems: Problems) -> int:
        found = self._countries.by_letters.get(code, -1)
        if found < 0:
            mend = f"{nearest(code, self._countries.by_letters)}; give others with --regions FILE"
            self._once(("country", code), f"there is no country {code!r}", where, mend, problems)
        return found

    def _once(self, key: object, what: str, where: str, mend: str, problems: Problems) -> None:
        if key not in self._noted:
            self._noted.add(key)
            problems.add(what, where, mend)


def load_itpd(asked: Asked, world: PackTables) -> Change:
    """Return the world with the trade and the sales at home of the country as ITPD has them.

    The year of the file is not that of the table, so that all its values are multiplied by one factor: goods trade of
    the country is then as large as it stands in the table, and the file says how it divides and how much is sold at
    home beside it. Services are replaced where the file has their sales at home.

    Raises
    ------
    MoravaError
        Everything that is wrong with the file, or technologies that the new flows cannot feed.
    """
    dollars_only(world)
    countries = read_countries(asked.regions, world)
    industries, mapping = read_industries(asked.sectors, world)
    problems = Problems()
    found = _Reading(world, countries, industries, asked.file.name)
    for line, cells in stream(asked.file, COLUMNS, ALSO, problems):
        found.take(line, cells, problems)
        if is_full(problems):
            break
    problems.raise_if_any()
    goods = world.goods
    for place in np.flatnonzero(goods & ~found.has_home):
        problems.add(
            f"{world.regions[world.home]} sells nothing of {world.sectors[place]} at home", asked.file.name,
            "give the rows in which it is both exporter and importer, or load baci, which needs none",
        )  # fmt: skip
    traded = (found.exports + found.imports)[:, goods].sum()
    if not traded > 0:
        problems.add("the file holds no goods trade of the country", asked.file.name, "give its rows, both ways")
    problems.raise_if_any()
    now = world.flow[world.others, world.home][:, goods].sum() + world.flow[world.home, world.others][:, goods].sum()
    factor = now / traded
    replaced = goods | found.has_home
    trade = MeasuredTrade(found.exports * factor, found.imports * factor, found.home * factor, replaced)
    check_trade(world, trade, asked.file.name, problems)
    problems.raise_if_any()
    kept = [world.sectors[place] for place in np.flatnonzero(~replaced)]
    lines = [
        f"{found.rows:,} rows of {world.regions[world.home]} read, of {found.year}; times {factor:.6g}, so that its "
        "goods trade is as large as in the table",
        *([f"kept as they are, no sales at home in the file: {', '.join(kept)}"] if kept else []),
    ]
    return flow_change(asked, world, trade, lines, f"ITPD {found.year}, sectors by {mapping}")
