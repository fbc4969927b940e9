"""Goods by product and partner from BACI of CEPII, in place of the balanced ones."""

from __future__ import annotations

import numpy as np

from morava.errors import MoravaError, Problem, Problems
from morava.exchange.trade_data.asked import Asked, Change, TableNote
from morava.exchange.trade_data.fitting import fit
from morava.exchange.trade_data.flows import MeasuredTrade, check_trade, replace_flows
from morava.exchange.trade_data.mappings import Countries, read_countries, read_prefixes, sector_of_product
from morava.exchange.trade_data.stream import stream
from morava.exchange.trade_data.world import FLOW, TECHNOLOGY, Array, PackTables, check_equilibrium
from morava.plans.csv_file import read_number
from morava.plans.places import is_full, placed

COLUMNS = ("t", "i", "j", "k", "v", "q")
THOUSAND = 1e-3
"""Million dollars in one of BACI."""


class _Reading:
    """What the rows of a file add up to, and what was seen of them."""

    def __init__(self, world: PackTables, countries: Countries, prefixes: dict[str, int], file: str) -> None:
        shape = (len(world.regions), len(world.sectors))
        self.exports, self.imports, self.left = np.zeros(shape), np.zeros(shape), np.zeros(2)
        self.rows = 0
        self._world, self._countries, self._prefixes, self._file = world, countries, prefixes, file
        self._noted: set[object] = set()
        self._lines: dict[tuple[str, str, str], int] = {}

    def take(self, line: int, cells: tuple[str, ...], problems: Problems) -> None:
        """Take one row in, or note what is wrong with it."""
        year, seller, buyer, code, value, _ = cells
        where = f"{self._file}:{line}"
        if year != str(self._world.year):
            self._once(
                ("year", year), f"the row is of {year!r}, the world table of {self._world.year}", where,
                f"load the file of {self._world.year}: the country's rows stand in money of that year", problems,
            )  # fmt: skip
        regions = [self._region(number, where, problems) for number in (seller, buyer)]
        if seller == buyer:
            problems.add(f"country {seller} sells to itself", where, "BACI holds trade between countries only")
        home = self._world.home
        if min(regions) < 0 or (regions[0] == home) == (regions[1] == home):
            return
        place = self._sector(code, where, problems)
        with placed(problems, where, "v"):
            amount = read_number(value)
            if amount < 0:
                problems.add(f"the value {value} is negative", where, "a delivery is zero or more")
            first = self._lines.setdefault((seller, buyer, code), line)
            if first != line:
                problems.add(
                    f"{code} from {seller} to {buyer} is given twice", where, f"keep one; the first is on line {first}"
                )
            if place >= 0:
                self._add(regions[0] == home, regions[regions[0] == home], place, amount * THOUSAND)

    def _add(self, sold: bool, partner: int, sector: int, amount: float) -> None:
        self.rows += 1
        if not self._world.goods[sector]:
            self.left[0 if sold else 1] += amount
        else:
            (self.exports if sold else self.imports)[partner, sector] += amount

    def _region(self, number: str, where: str, problems: Problems) -> int:
        found = self._countries.by_number.get(number.lstrip("0"), -1)
        if found < 0:
            mend = f"numbers are those of BACI, in {self._countries.shown}; give others with --regions FILE"
            self._once(("country", number), f"there is no country {number!r}", where, mend, problems)
        return found

    def _sector(self, code: str, where: str, problems: Problems) -> int:
        whole = code.zfill(6) if len(code) == 5 else code
        if len(whole) != 6 or not whole.isdigit():
            self._once(("code", code), f"{code!r} is no code of six digits", where, "write it as 010121", problems)
            return -1
        found = sector_of_product(whole, self._prefixes)
        if found < 0:
            self._once(("code", code), f"{code} has no sector", where, "give its chapter with --sectors FILE", problems)
        return found

    def _once(self, key: object, what: str, where: str, mend: str, problems: Problems) -> None:
        if key not in self._noted:
            self._noted.add(key)
            problems.add(what, where, mend)


def load_baci(asked: Asked, world: PackTables) -> Change:
    """Return the world with the goods trade of the country as BACI has it.

    Values are brought to the level of the world table by the factor in its unit.

    Raises
    ------
    MoravaError
        Everything that is wrong with the file, or technologies that the new flows cannot feed.
    """
    dollars_only(world)
    countries = read_countries(asked.regions, world)
    prefixes, mapping = read_prefixes(asked.sectors, world)
    problems = Problems()
    found = _Reading(world, countries, prefixes, asked.file.name)
    for line, cells in stream(asked.file, COLUMNS, (), problems):
        found.take(line, cells, problems)
        if is_full(problems):
            break
    problems.raise_if_any()
    trade = MeasuredTrade(found.exports / world.level, found.imports / world.level, None, world.goods)
    check_trade(world, trade, asked.file.name, problems)
    problems.raise_if_any()
    name = world.regions[world.home]
    lines = [
        f"{found.rows:,} rows of {name} read; times {1 / world.level:.6g}, the level of the world table",
        f"codes that are no goods here (electricity), left to services as they are: exports {found.left[0]:,.0f}, "
        f"imports {found.left[1]:,.0f} million {world.money}",
    ]
    return flow_change(asked, world, trade, lines, f"BACI {world.year}, sectors by {mapping}")


def dollars_only(world: PackTables) -> None:
    """Raise where the world table is not in dollars, which these files are."""
    if world.money != "USD":
        raise MoravaError(
            Problem(f"the world table is in {world.money}", "trade.yaml", "files in dollars need a table in dollars")
        )


def flow_change(asked: Asked, world: PackTables, trade: MeasuredTrade, lines: list[str], basis: str) -> Change:
    """Return the change that measured trade of the country makes, technologies held to it."""
    replaced, told = replace_flows(world, trade)
    fitted, scaled = fit(replaced, asked.fit)
    check_equilibrium(fitted)
    name = world.regions[world.home]
    share = _measured(fitted)
    kinds = "goods and services" if trade.replaced[~world.goods].any() else "goods"
    at_home = "not its sales at home" if trade.home is None else "its sales at home too"
    note = TableNote(
        mends=((f"{kinds} of {name} with its partners by {basis}; {'; '.join(lines)}; {'; '.join(told)}",
                "measured flows in place of synthetic ones"),),
        status="measured",
        synthetic=f"{kinds} of {name} with its partners are measured ({asked.source.title}), {at_home}; they are "
        f"{share:.0%} of its trade. What is left of its rows, and the rest of the world around it, are put "
        "together: what each cell is known by stands beside it",
    )  # fmt: skip
    tables = {FLOW: note}
    if scaled:
        tables[TECHNOLOGY] = TableNote(mends=(("; ".join(scaled), "held to the new flows"),))
    return Change(fitted, (*lines, *told, *scaled), tables)


def _measured(world: PackTables) -> float:
    """Return the share of the country's exports and imports that is measured."""
    flow: Array = np.concatenate([world.flow[world.others, world.home], world.flow[world.home, world.others]])
    words = np.concatenate([world.words[world.others, world.home], world.words[world.home, world.others]])
    return float(flow[words == "measured"].sum() / flow.sum())
