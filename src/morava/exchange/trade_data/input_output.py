"""A symmetric input-output table of the country, in place of a donor's technology."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from morava.errors import MoravaError, Problem, Problems, nearest
from morava.exchange.trade_data.asked import Asked, Change, FixedDraw, TableNote
from morava.exchange.trade_data.dividing import in_sectors
from morava.exchange.trade_data.fitting import fit
from morava.exchange.trade_data.mappings import Products, plain_code, read_products
from morava.exchange.trade_data.world import TECHNOLOGY, Array, PackTables, check_equilibrium, rounded
from morava.plans.csv_file import Row, read_csv, read_number
from morava.plans.places import placed
from morava.plans.text_file import read_text

COLUMNS = ("input", "sector", "value")
OUTPUT, IMPORTS, TAXES, VALUE_ADDED = "output", "imports", "taxes", "value_added"
TOTALS = (OUTPUT, IMPORTS, TAXES, VALUE_ADDED)
ADDS_UP = 0.005
"""How far inputs, taxes and value added may miss output, as a share of it: rounding of printed tables."""


@dataclass(frozen=True)
class National:
    """A table [input, industry] of codes in any unit of value, and the rows below it that are given."""

    codes: tuple[str, ...]
    purchases: Array
    totals: dict[str, Array]


def load_input_output(asked: Asked, world: PackTables) -> Change:
    """Return the world with one more technology, or with it alone.

    Raises
    ------
    MoravaError
        Everything that is wrong with the file, inputs that the flows cannot feed.
    """
    if asked.name in world.donors and not asked.only:
        raise MoravaError(
            Problem(f"there is a technology {asked.name!r} already", "--name", f"known: {', '.join(world.donors)}")
        )
    products = _products(asked, world)
    table = _read(asked, products)
    problems = Problems()
    divided, lines = in_sectors(world, products, table.codes, table.purchases, table.totals[OUTPUT])
    national, spread = _with_imports(world, table, divided.rows, divided.output, divided.shares)
    lines += spread
    for place in np.flatnonzero(divided.output <= 0):
        problems.add(
            f"the table has no output of {world.sectors[place]}", asked.file.name, "give its industries their output"
        )
    problems.raise_if_any()
    own = world.technology[0].copy()
    own[world.home] = rounded(national / divided.output)
    kept = () if asked.only else world.donors
    stacked = own[None] if asked.only else np.concatenate([world.technology, own[None]])
    grown = replace(world, donors=(*kept, asked.name), technology=stacked)
    fitted, scaled = fit(grown, asked.fit, (asked.name,))
    check_equilibrium(fitted)
    share = 1 - fitted.technology[-1, world.home].sum(axis=0)
    output = world.flow[:, world.home].sum(axis=0)
    lines = [
        f"{len(table.codes)} industries read as {len(world.sectors)} sectors by {products.shown}",
        *lines,
        f"value added of {world.regions[world.home]} with {asked.name}: {world.amount((share * output).sum())}",
        *scaled,
    ]
    return Change(fitted, tuple(lines), {TECHNOLOGY: _note(asked, world, lines)}, _settings(asked, fitted))


def _products(asked: Asked, world: PackTables) -> Products:
    """Return the mapping of codes; sectors of the world stand for themselves, and need no mapping."""
    own: dict[str, tuple[int, ...]] = {plain_code(sector): (place,) for place, sector in enumerate(world.sectors)}
    if asked.sectors is None and _names_sectors(asked, own):
        return Products(own, {}, "their own names")
    found = read_products(asked.sectors, world)
    return Products({**found.sectors, **own}, found.buys, found.shown)


def _names_sectors(asked: Asked, own: Mapping[str, object]) -> bool:
    """Return whether most rows are of sectors of the world; a few others are then mistakes."""
    rows = [line.split(",") for line in read_text(asked.file, asked.file.name).split("\n")[1:] if line.count(",") == 2]
    known = sum(plain_code(row[1].strip()) in own for row in rows)
    return 2 * known > len(rows)


def _read(asked: Asked, products: Products) -> National:
    """Return the table of the file.

    Raises
    ------
    MoravaError
        Unknown codes, cells given twice, negative ones, holes, columns that do not add up: all at once.
    """
    problems, shown = Problems(), asked.file.name
    cells: dict[tuple[str, str], float] = {}
    lines: dict[tuple[str, str], str] = {}
    for row in read_csv(asked.file, shown, COLUMNS, problems):
        _take(row, products, cells, lines, problems)
    rows, columns = ({key[place]: None for key in cells} for place in (0, 1))
    codes = tuple(columns)
    for code in [*rows, *columns]:
        if code not in TOTALS and (code not in rows or code not in columns):
            problems.add(
                f"{code} is an input or an industry, not both", shown, "a symmetric table has the same of both"
            )
    wanted = [*codes, *(name for name in TOTALS if name in rows or name == OUTPUT)]
    for industry in codes:
        missing = [name for name in wanted if (name, industry) not in cells]
        if missing:
            problems.add(
                f"{industry} has no value of {', '.join(missing[:6])}" + (" and more" if len(missing) > 6 else ""),
                shown,
                f"{len(missing)} cells are missing: write 0 where nothing is bought",
            )
    problems.raise_if_any()
    purchases = np.array([[cells[one, other] for other in codes] for one in codes])
    totals = {name: np.array([cells[name, other] for other in codes]) for name in TOTALS if name in rows}
    table = National(codes, purchases, totals)
    _check_sums(table, shown, problems)
    problems.raise_if_any()
    return table


def _take(
    row: Row,
    products: Products,
    cells: dict[tuple[str, str], float],
    lines: dict[tuple[str, str], str],
    problems: Problems,
) -> None:
    before = len(problems)
    one, other = row.cells["input"], plain_code(row.cells["sector"])
    one = one if one in TOTALS else plain_code(one)
    for code, known in ((one, [*products.sectors, *TOTALS]), (other, list(products.sectors))):
        if code not in known:
            problems.add(
                f"there is no industry {code!r}", row.where, f"{nearest(code, known)}; others with --sectors FILE"
            )
    with placed(problems, row.where, "value"):
        value = read_number(row.cells["value"])
        if value < 0 and one not in (TAXES, VALUE_ADDED):
            problems.add(f"{one} of {other} is negative: {value:g}", row.where, "a purchase is zero or more")
        first = lines.setdefault((one, other), row.where)
        if first != row.where:
            problems.add(f"{one} of {other} is given twice", row.where, f"keep one; the first stands at {first}")
        if len(problems) == before:
            cells[one, other] = value


def _check_sums(table: National, shown: str, problems: Problems) -> None:
    output = table.totals[OUTPUT]
    used = table.purchases.sum(axis=0) + sum(table.totals.get(name, np.zeros(len(output))) for name in (IMPORTS, TAXES))
    added = table.totals.get(VALUE_ADDED)
    for place, code in enumerate(table.codes):
        if used[place] > output[place] * (1 + ADDS_UP):
            problems.add(
                f"{code} buys {used[place]:g} for an output of {output[place]:g}", shown,
                "inputs are below output: mend the cells, or the unit of one of them",
            )  # fmt: skip
        elif added is not None and abs(used[place] + added[place] - output[place]) > ADDS_UP * output[place]:
            problems.add(
                f"{code}: inputs {used[place]:g} and value added {added[place]:g} do not make its output "
                f"{output[place]:g}", shown,
                "a table of domestic flows needs the row imports, one with taxes on products the row taxes",
            )  # fmt: skip


def _with_imports(
    world: PackTables, table: National, rows: Array, output: Array, shares: Array
) -> tuple[Array, list[str]]:
    """Return purchases [input, sector] with the row of imported inputs spread over inputs, and what was assumed.

    `shares` [industry, sector] say which part of an industry belongs to a sector. An industry's imported inputs are
    spread as the first donor's purchases, each times what the country imports of what it buys of the good.
    """
    if IMPORTS not in table.totals:
        return rows, ["the cells are total flows: the file has no row imports"]
    home = world.home
    bought = world.flow[home].sum(axis=0)
    abroad = np.where(bought > 0, 1 - world.flow[home, home] / np.where(bought > 0, bought, 1), 0.0)
    pattern = world.technology[0, home] * abroad[:, None]
    sums = pattern.sum(axis=0)
    pattern = np.where(sums > 0, pattern / np.where(sums > 0, sums, 1), 1 / len(sums))
    imported = table.totals[IMPORTS] @ shares
    part = imported.sum() / output.sum()
    return rows + pattern * imported, [
        f"imported inputs, {part:.1%} of output, spread over goods as {world.donors[0]} buys them, each times the "
        "share of imports in what the country buys of it"
    ]


def _note(asked: Asked, world: PackTables, lines: list[str]) -> TableNote:
    home = world.regions[world.home]
    others = f"the other regions keep the technologies of {world.donors[0]}"
    borrowed = "" if asked.only else f"; {', '.join(world.donors)} stand in for it beside it"
    return TableNote(
        mends=((f"technology {asked.name} of {home}; {'; '.join(lines)}", "a measured table of the country"),),
        status="measured",
        synthetic=f"{home} is measured in {asked.name} ({asked.source.title}){borrowed}; {others}",
    )


def _settings(asked: Asked, world: PackTables) -> dict[str, FixedDraw]:
    home = world.regions[world.home]
    if asked.only:
        return {"trade_donor_draw": FixedDraw(f"{asked.name} is the table of {home} itself; no other stands in", 0.5)}
    because = f"{asked.name} is the table of {home} itself; {', '.join(world.donors)} are as likely"
    return {"trade_donor_draw": FixedDraw(because)}
