"""Paths of an economy a second, and the standard model beside cgelab's.

- paths: recursive paths of 12 years for 12 and 20 sectors and of 23 years for 20, with all blocks on (energy with
  capital, a wage curve, subsistence, exports by demand, capital by sector, foreign investment, public projects with
  gestation, infrastructure, catch-up, spillover, debt), one future alone and futures in batches. Accounts are random
  and balanced. The aim is 50 milliseconds a path of 12 years and 20 sectors alone.
- standard: the model of Hosoe, Gasawa and Hashimoto without duties, ours and cgelab 0.7.0's in the same process, one
  equilibrium each; exchange rate, exports, imports and consumption must agree to 1e-8, or the script ends in an error.
  cgelab is no part of Morava: where it is not installed the script says so and ends with an error for this part.

Each row is the least of `--repeat` runs, with one thread of BLAS.

    python benchmarks/economy.py [--parts paths,standard] [--repeat 5] [--quick] [--json]

It takes about half a minute, `--quick` about ten seconds.
"""

from __future__ import annotations

import argparse
import importlib
import importlib.util
import json
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from importlib.resources import files
from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt
import yaml
from threadpoolctl import threadpool_limits

from morava.models.economy.accounts import Accounts, read_accounts
from morava.models.economy.calibrate import base_conditions, calibrate
from morava.models.economy.dynamics import Dynamics, after_gestation, grown, no_programme, without_interest
from morava.models.economy.options import Closure, Structure
from morava.models.economy.recursive import Path, solve_path
from morava.models.economy.static import solve
from morava.runs.cases.economy import standard

Array = npt.NDArray[np.float64]
Row = dict[str, object]
Result = TypeVar("Result")
PARTS = ("paths", "standard")
FUTURES = 32
SIZES = ((12, 12, 1), (12, 12, FUTURES), (20, 12, 1), (20, 12, FUTURES), (20, 23, FUTURES), (20, 23, 250))
"""Sectors, years and futures of the paths; the last two are what the chain solves."""
AGREE = 1e-8
SEED = 2030
ROLES = {
    "labour": "labour",
    "capital": "capital",
    "production tax": "production tax",
    "duty": "import duty",
    "use tax": "commodity tax",
    "household": "household",
    "government": "government",
    "investment": "investment",
    "abroad": "abroad",
}


def timed(work: Callable[[], Result], repeat: int) -> tuple[float, Result]:
    """Return the least of the seconds that some work takes, and its last result."""
    seconds = []
    for _ in range(repeat):
        start = time.perf_counter()
        result = work()
        seconds.append(time.perf_counter() - start)
    return min(seconds), result


def random_accounts(sectors: int) -> Accounts:
    """Return random accounts: rates and final demand are drawn, output follows, saving is what is left."""
    random = np.random.default_rng([SEED, sectors])
    names = [f"sector {number}" for number in range(sectors)]
    bought = random.dirichlet(np.ones(sectors), sectors).T * random.uniform(0.35, 0.65, sectors)
    home, made, duty, tax = (
        random.uniform(low, high, sectors) for low, high in ((0.6, 0.95), (0, 0.05), (0, 0.1), (0, 0.2))
    )
    household, government, investment, exports = (random.uniform(5, 20, sectors) * part for part in (3, 1, 1.2, 2))
    final = household + government + investment
    net = home / (1 + tax) / (1 + made)
    output = np.linalg.solve(np.eye(sectors) - net[:, None] * bought, net * final + exports / (1 + made))
    use = ((bought * output).sum(axis=1) + final) / (1 + tax)
    imports, added = (1 - home) * use / (1 + duty), output * (1 - bought.sum(axis=0))
    labour = added * random.uniform(0.4, 0.7, sectors)
    capital = added - labour
    abroad = 0.15 * capital.sum()
    paid = {"production tax": made * output, "duty": duty * imports, "use tax": tax * use}
    revenue = sum(float(one.sum()) for one in paid.values())
    factors, interest = added.sum() - abroad, 0.01 * added.sum()
    direct = 0.1 * factors
    labels = [*names, *ROLES]
    table = np.zeros((len(labels), len(labels)))
    at = {label: place for place, label in enumerate(labels)}
    table[:sectors, :sectors] = bought * output
    for row, values in {"labour": labour, "capital": capital, "abroad": imports, **paid}.items():
        table[at[row], :sectors] = values
    for column, values in (
        ("household", household),
        ("government", government),
        ("investment", investment),
        ("abroad", exports),
    ):
        table[:sectors, at[column]] = values
    for row, column, value in (
        ("household", "labour", labour.sum()),
        ("household", "capital", capital.sum() - abroad),
        ("abroad", "capital", abroad),
        *(("government", name, one.sum()) for name, one in paid.items()),
        ("government", "household", direct),
        ("abroad", "government", interest),
        ("investment", "household", factors - direct - household.sum()),
        ("investment", "government", direct + revenue - interest - government.sum()),
        ("investment", "abroad", imports.sum() + abroad + interest - exports.sum()),
    ):
        table[at[row], at[column]] = value
    return read_accounts(table, labels, dict.fromkeys(names, "sector") | ROLES, "random accounts")


def random_path(sectors: int, years: int, futures: int) -> Callable[[], Path]:
    """Return the work of one batch of paths with all blocks on; futures differ in productivity and prices abroad."""
    accounts = random_accounts(sectors)

    def same(value: float) -> Array:
        return np.full((1, sectors), value)

    structure = Structure(
        same(3.0), "demand", same(4.0), same(0.8), ("sector 0", "sector 1"), same(0.4), "fixed", same(0.3), 0.0,
        "real", "wage curve", np.array([0.1]), 0.1,
    )  # fmt: skip
    economy = calibrate(accounts, structure, "random accounts")
    random = np.random.default_rng(SEED)
    one = np.ones(1)
    invested = accounts.investment.sum()
    dynamics = Dynamics(
        stock=accounts.capital / 0.12, depreciation=same(0.05), return_elasticity=one, public_efficiency=0.7 * one,
        gap=same(0.5), catch_up=same(0.02), spillover=same(0.1),
        infrastructure=invested * one,
        infrastructure_depreciation=0.03 * one, infrastructure_elasticity=0.1 * one, home_debt=invested * one,
        foreign_debt=invested * one, home_interest=0.03 * one, foreign_interest=0.03 * one,
        foreign_borrowing=0.6 * one,
        foreign_inflation=0.02 * one,
    )  # fmt: skip
    base = without_interest(base_conditions(accounts, economy), dynamics)
    drawn = random.normal(scale=0.01, size=(futures, years, 2, sectors)).cumsum(axis=1)
    given = [
        replace(
            grown(base, np.full(1, 1.02**year)),
            productivity=np.exp(0.01 * year + drawn[:, year, 0]),
            import_price=np.exp(drawn[:, year, 1]),
        )
        for year in range(years)
    ]
    public = np.full((1, years, sectors), 0.05 * invested / sectors)
    works = np.full((1, years), 0.05 * invested)
    programme = replace(
        no_programme(years, sectors), public=public, commissioned=after_gestation(public, np.full((1, sectors), 3)),
        infrastructure=works, infrastructure_commissioned=works, foreign=2 * public, foreign_import=public,
        foreign_commissioned=2 * public,
    )  # fmt: skip
    closure = Closure("savings", "saving", "consumer price")
    return lambda: solve_path(economy, given, dynamics, programme, closure)


def paths(repeat: int) -> Iterator[Row]:
    """Yield paths a second, alone and in batches."""
    for sectors, years, futures in SIZES:
        seconds, path = timed(random_path(sectors, years, futures), repeat)
        if not path.converged.all():
            raise SystemExit(f"{(~path.converged).any(axis=1).sum()} paths did not converge")
        yield {
            "part": "paths",
            "size": f"{sectors} sectors, {years} years",
            "futures": futures,
            "ms a path": 1000 * seconds / futures,
            "paths a second": futures / seconds,
            "steps a year": float(path.equilibrium.steps.mean()),
            "walras": float(np.abs(path.equilibrium.walras).max()),
        }


def standard_model(repeat: int) -> Iterator[Row]:
    """Yield one equilibrium of the standard model without duties, ours and the peer's."""
    text = files("morava.runs").joinpath("cases", "data", "economy.yaml").read_text(encoding="utf-8")
    _, economy, given = standard(yaml.safe_load(text)[0]["inputs"])
    given = replace(given, import_duty=np.zeros_like(given.import_duty))
    closure = Closure("savings", "saving", "wage")
    ours, found = timed(lambda: solve(economy, given, closure), repeat)
    many = replace(given, labour=np.ones(FUTURES))
    batch, _ = timed(lambda: solve(economy, many, closure), repeat)
    common: Row = {"part": "standard", "size": "2 sectors, 2 factors"}
    yield common | {"who": "ours", "ms": 1000 * ours}
    yield common | {"who": f"ours, {FUTURES} at once", "ms": 1000 * batch / FUTURES}
    if importlib.util.find_spec("cgelab") is None:
        raise SystemExit(
            "cgelab is not installed: nothing to compare the standard model with (pip install cgelab==0.7.0)"
        )
    cgelab: Any = importlib.import_module("cgelab")
    _, peer = importlib.import_module("cgelab.examples.hosoe").build()
    rules = cgelab.Closure(government="saving_rate", foreign_saving_unit="foreign_currency", tolerance=1e-11)
    free = cgelab.Scenario(tariff=np.zeros(2))
    theirs, other = timed(lambda: cgelab.solve_period(peer, rules, scenario=free), repeat)
    apart = max(
        float(np.abs(np.asarray(one) / np.asarray(two) - 1).max())
        for one, two in (
            (found.exchange_rate[0], other.exchange_rate),
            (found.exports[0], other.exports),
            (found.imports[0], other.imports),
            (found.household[0], other.hh_quantity[0]),
        )
    )
    if apart > AGREE:
        raise SystemExit(f"the two differ by {apart:.1e}")
    yield common | {"who": "cgelab", "ms": 1000 * theirs, "times ours": theirs / ours, "apart": apart}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--parts", default=",".join(PARTS))
    parser.add_argument("--repeat", type=int, default=5)
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args()
    repeat = 2 if asked.quick else asked.repeat
    chosen = asked.parts.split(",")
    if set(chosen) - set(PARTS):
        parser.error(f"parts are {', '.join(PARTS)}")
    work = {"paths": paths, "standard": standard_model}
    with threadpool_limits(limits=1):
        for part in chosen:
            for row in work[part](repeat):
                print(json.dumps(row) if asked.json else shown(row), flush=True)


def shown(row: Row) -> str:
    """Return a row as one line."""
    return "  ".join(
        f"{key} {value:.3g}" if isinstance(value, float) else f"{key} {value}" for key, value in row.items()
    )


if __name__ == "__main__":
    main()
