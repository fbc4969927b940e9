"""A trade world of 12 regions and 16 sectors with Serbia in it, built from the extracts in `economy/`.

    python snapshots/derive_world.py [--out DIR] [--report FILE]

No public table has Serbia: it is carved out of the rest of the world. Writes flows, technology by donor, elasticities
and duties as Parquet, and with `--report` what was mended, counted and valued. The same bytes every time.
"""

from __future__ import annotations

import argparse
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import yaml

from fact_rows import HERE
from morava.exchange.trade_data.fitting import LEAST_VALUE_ADDED, held
from morava.exchange.trade_data.world import long_table, rounded, write_table
from world_duties import elasticities, most_favoured, tariffs
from world_regions import (
    REGIONS,
    REST,
    SECTORS,
    SERBIA,
    SERVICES,
    UNNAMED,
    Array,
    at,
    bilateral,
    by_region_and_sector,
    goods_factor,
)
from world_serbia import Trade, broad_value_added, domestic_sales, trade
from world_technology import DONORS, manufacturing_in_industry, technologies

FOLDER = HERE.parent / "src/morava/countries/serbia/trade"
LEAST_KEPT = 0.10
"""Share of a cell of the rest of the world that stays when Serbia is taken out of it."""
PLACE = {region: number for number, region in enumerate(REGIONS)}
HOME, OUTSIDE = PLACE[SERBIA], PLACE[REST]
Texts = npt.NDArray[np.str_]
Axes = Mapping[str, Sequence[str]]


@dataclass(frozen=True)
class Flows:
    """Flows [importer, exporter, sector], million USD, the word on each, and what was floored."""

    values: Array
    words: Texts
    floored: int
    grown: float


def unnamed_part() -> Array:
    """Return what the flows owe to the code that holds all unnamed countries, [importer, exporter, sector]."""
    flows, countries = bilateral()
    here = np.array([country == UNNAMED for country in countries])
    kept = flows * (here[:, None] | here[None, :])
    return by_region_and_sector(kept, countries)


def with_serbia(world: Array, unnamed: Array, serbia: Array) -> Flows:
    """Return the world with Serbia, taken out of the cells of the unnamed countries as far as they reach."""
    found, words = world.copy(), np.full(world.shape, "table", dtype="<U24")
    taken = np.zeros_like(world)
    taken[:, OUTSIDE] = serbia[:, HOME]
    taken[OUTSIDE, :] = serbia[HOME, :]
    taken[OUTSIDE, OUTSIDE] = serbia[HOME, HOME] + serbia[HOME, OUTSIDE] + serbia[OUTSIDE, HOME]
    taken[HOME] = taken[:, HOME] = 0
    reach = (1 - LEAST_KEPT) * unnamed
    words[taken > 0] = "table less Serbia"
    words[taken > reach] = "floor"
    found -= np.minimum(taken, reach)
    found[HOME], found[:, HOME] = serbia[HOME], serbia[:, HOME]
    return Flows(found, words, int((taken > reach).sum()), float(np.maximum(taken - reach, 0).sum()))


def serbia_words(words: Texts, anchored: npt.NDArray[np.bool_]) -> Texts:
    """Return the words with those on Serbia's cells."""
    words = words.copy()
    goods = slice(0, at(SERVICES))
    words[1:, HOME, goods] = np.where(anchored, "published", "margins")
    words[HOME, 1:, goods] = "pattern"
    words[HOME, 1:, at("energy")] = "margins"
    words[1:, HOME, at(SERVICES)] = words[HOME, 1:, at(SERVICES)] = words[HOME, HOME] = "assumed"
    return words


def held_to(flows: Array, tariff: Array, technology: Array) -> tuple[Array, dict[str, Any]]:
    """Return technology [region, input, sector] that the flows can feed, and what was scaled.

    Intermediate use of a good is at most 95 percent of what a region buys of it, value added a tenth of output or more.
    """
    output, bought = flows.sum(axis=0), (flows * (1 + tariff)).sum(axis=1)
    found = held(technology, output, bought)
    money = technology * output[:, None, :], found * output[:, None, :]
    lost = (money[0] - money[1]).sum(axis=2)
    wide = technology.sum(axis=1) > 1 - LEAST_VALUE_ADDED
    told = {
        "inputs_scaled": int((lost > 1e-9 * bought).sum()),
        "columns_scaled": int(wide.sum()),
        "moved_to_final_use_musd": round(float(lost.sum())),
        "share_of_intermediate_use": round(float(lost.sum() / money[0].sum()), 4),
        "serbia": {SECTORS[k]: round(float(lost[HOME, k])) for k in np.flatnonzero(lost[HOME] > 1e-6)},
        "serbia_share_of_intermediate_use": round(float(lost[HOME].sum() / money[0][HOME].sum()), 4),
    }
    return found, told


def settle(carved: Trade, factor: float, technology: Array, duties: Array) -> tuple[Flows, dict[str, float]]:
    """Return the flows, Serbia's output being what its value added asks for under the technology that they can feed."""
    flows, countries = bilateral()
    world, unnamed = by_region_and_sector(flows, countries), unnamed_part()
    broad = {
        name: share * carved.gdp * factor for name, share in broad_value_added(manufacturing_in_industry()).items()
    }
    serbia = np.zeros_like(world)
    serbia[1:, HOME], serbia[HOME, 1:] = factor * carved.exports, factor * carved.imports
    fed = technology
    for _ in range(200):
        before = serbia[HOME, HOME].copy()
        share = 1 - fed[HOME].sum(axis=0)
        serbia[HOME, HOME] = domestic_sales(serbia[1:, HOME].sum(axis=0), share, broad)
        found = with_serbia(world, unnamed, serbia)
        fed, _ = held_to(found.values, duties, technology)
        if np.allclose(before, serbia[HOME, HOME], rtol=1e-12, atol=0):
            return found, broad
    raise ValueError("Serbia's output does not settle")


def write_world(out: Path) -> dict[str, Any]:
    """Write all of the world and return what was mended."""
    factor, pairs = goods_factor()
    carved, duties, donated = trade(), rounded(tariffs()), technologies()
    settled, broad = settle(carved, factor, donated[DONORS[0]], duties)
    flows = rounded(settled.values)
    words = serbia_words(settled.words, carved.anchored)
    cells: Axes = {"importer": REGIONS, "exporter": REGIONS, "sector": SECTORS}
    recipes: Axes = {"donor": DONORS, "region": REGIONS, "input": SECTORS, "sector": SECTORS}
    held = {donor: held_to(flows, duties, donated[donor]) for donor in DONORS}
    stacked = rounded(np.stack([held[donor][0] for donor in DONORS]))
    theta = elasticities()
    favoured = rounded(most_favoured()[1:])
    write_table(out / "flow.parquet", long_table(flows, cells).assign(confidence=words.ravel()))
    write_table(out / "technology.parquet", long_table(stacked, recipes))
    write_table(out / "elasticity.parquet", long_table(rounded(np.stack(list(theta.values()))),
                  {"elasticity_set": tuple(theta), "sector": SECTORS}))  # fmt: skip
    write_table(out / "tariff.parquet", long_table(duties, cells))
    write_table(out / "most_favoured.parquet", long_table(favoured, {"importer": REGIONS[1:], "sector": SECTORS}))
    target = float(sum(broad.values()))
    gdp = {donor: float(((1 - stacked[k, HOME].sum(axis=0)) * flows[:, HOME].sum(axis=0)).sum()) for k, donor in
           enumerate(DONORS)}  # fmt: skip
    return {
        "factor": round(float(factor), 6), "pairs": pairs,
        "ras": {name: {"passes": done.iterations, "residual": done.residual, "converged": done.converged}
                for name, done in zip(("exports", "imports"), carved.balanced, strict=True)},
        "rest_of_the_world": {"cells_floored": settled.floored, "world_grows_by_musd": round(settled.grown, 1)},
        "value_added_target_musd": round(target, 1),
        "value_added_musd": {donor: round(value, 1) for donor, value in gdp.items()},
        "technology": {donor: told for donor, (_, told) in held.items()},
        "trade_of_serbia_by_confidence": by_word(flows, words),
    }  # fmt: skip


def by_word(flows: Array, words: Texts) -> dict[str, float]:
    """Return the share of Serbia's exports and imports under each word."""
    money = np.concatenate([flows[1:, HOME].ravel(), flows[HOME, 1:].ravel()])
    said = np.concatenate([words[1:, HOME].ravel(), words[HOME, 1:].ravel()])
    return {str(word): round(float(money[said == word].sum() / money.sum()), 4) for word in np.unique(said)}


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=FOLDER)
    parser.add_argument("--report", type=Path)
    arguments = parser.parse_args()
    report = write_world(arguments.out)
    if arguments.report:
        arguments.report.write_text(yaml.safe_dump(report, sort_keys=False, width=118), encoding="utf-8")
