"""Trade equilibria: ours beside a dense fixed point, how many a second, and how time grows with the world.

- nafta: the duties of NAFTA in 31 countries and 40 sectors, from the equilibrium without deficits. The peer is written
  as the method is usually described: prices by their fixed point, one linear system for the spending of all countries
  and sectors (1,240 unknowns, as one matrix, numpy.linalg.solve), wages moved by a damped part of their excess demand.
  Wages, prices, spending and shares must agree to 1e-8, or the script ends with an error; the peer may end at an excess
  demand of 1e-9 of wages, ours ends at 1e-11. Of the dampings tried (0.1 to 1) the peer has about the best: 31 steps at
  0.5, 55 at 0.3, 85 at 0.7, no end above. It has no batches; ours is also given as eight futures at once.
- rate: equilibria a second of a world of 12 regions and 16 sectors with shocks of all kinds, in batches of 32 futures,
  with the first Jacobian at hand as in a run. The world is random; that of a country pack is measured beside it where
  the pack has one.
- growth: seconds of one equilibrium, by countries and sectors, in random worlds with the same kinds of shocks.

Random worlds are equilibria of random shares, technologies and duties. Each row is the least of `--repeat` runs (of the
peer: three), since a shared machine only adds to it, with the threads of BLAS that it says.

    python benchmarks/trade.py [--parts nafta,rate,growth] [--threads 1,2] [--repeat 5] [--country serbia] [--quick]
        [--json]

It takes about half a minute, `--quick` about fifteen seconds.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from importlib.resources import files
from typing import Any, TypeVar

import duckdb
import numpy as np
import numpy.typing as npt
from threadpoolctl import threadpool_limits

from morava.models.trade.equilibrium import Equilibrium, Shock, solve
from morava.models.trade.response import guide
from morava.models.trade.world import World, calibrate
from morava.runs.cases.trade import answer

Array = npt.NDArray[np.float64]
Row = dict[str, object]
Result = TypeVar("Result")
PARTS = ("nafta", "rate", "growth")
AGREE = 1e-8
ENDED = 1e-9
"""Relative excess demand for labour at which the peer ends; ours ends later, at 1e-11."""
DAMPING = 0.5
"""Part of the logarithm of excess demand by which the peer moves wages."""
FUTURES = 32
RATE_SIZE = (12, 16)
COUNTRIES, SECTORS = (10, 20, 31, 60), (10, 20, 40)
NAFTA = ("caliendo-parro-2015", ("MEX", "CAN", "USA"), "none")
SEED = 2030


def timed(work: Callable[[], Result], repeat: int) -> tuple[float, Result]:
    """Return the least of the seconds that some work takes, and its last result."""
    seconds = []
    for _ in range(repeat):
        start = time.perf_counter()
        result = work()
        seconds.append(time.perf_counter() - start)
    return min(seconds), result


class Peer:
    """The same equilibrium by one dense linear system in each step of the search for wages."""

    def __init__(self, world: World, shock: Shock) -> None:
        self.base, self.theta = world.share[0], world.elasticity[0][:, None, None]
        self.after = shock.tariff[0]
        self.power = (shock.cost[0] * (1 + self.after) / (1 + world.tariff[0])) ** -self.theta * self.base
        self.technology, self.added, self.final = world.technology[0], world.value_added[0], world.final[0]
        self.productivity, self.deficit = shock.productivity[0], shock.deficit[0]
        self.paid = world.wages[0] * shock.labour[0]
        self.money = world.wages[0].sum()
        self.price = np.zeros(self.added.shape)

    def prices(self, wage: Array) -> tuple[Array, Array]:
        """Return log prices and costs, [region, sector], from the last prices."""
        labour = self.added * wage[:, None] - np.log(self.productivity)
        turned = np.ascontiguousarray(self.technology.swapaxes(1, 2))
        theta = self.theta[:, 0, 0]
        for _ in range(2000):
            cost = np.matmul(turned, self.price[..., None])[..., 0] + labour
            reached = np.exp(-theta * cost).T[..., None]
            price = -np.log(np.matmul(self.power, reached)[..., 0].T) / theta
            moved = np.abs(price - self.price).max()
            self.price = price
            if moved < 1e-12:
                break
        return price, cost

    def spending(self, wage: Array, share: Array) -> tuple[Array, Array]:
        """Return spending and output, [region, sector], by one system over regions times sectors."""
        regions, sectors = self.added.shape
        net = share / (1 + self.after)
        duty = (net * self.after).sum(axis=2).T
        # [buyer n, good k, buyer i, good j]: what n needs of k to make what i buys of its j.
        system = -np.einsum("nkj,jin->nkij", self.technology, net, optimize=True)
        home = np.arange(regions)
        system[home, :, home, :] -= self.final[:, :, None] * duty[:, None, :]
        system = system.reshape(regions * sectors, regions * sectors)
        system[np.diag_indices(len(system))] += 1
        given = self.final * (self.paid * np.exp(wage) + self.deficit)[:, None]
        bought = np.linalg.solve(system, given.ravel()).reshape(regions, sectors)
        return bought, np.einsum("jin,ij->nj", net, bought)

    def answer(self) -> tuple[dict[str, Array], int]:
        """Return the equilibrium and how often wages moved."""
        wage = np.zeros(len(self.paid))
        for step in range(1, 2000):
            price, cost = self.prices(wage)
            share = self.power * np.exp(-self.theta * (cost.T[:, None, :] - price.T[..., None]))
            bought, made = self.spending(wage, share)
            excess = np.log((self.added * made).sum(axis=1) / (self.paid * np.exp(wage)))
            if np.abs(excess).max() < ENDED:
                found = {"wage": np.exp(wage), "price": np.exp(price), "share": share, "spending": bought}
                return found, step
            wage = wage + DAMPING * excess
            wage += np.log(self.money / (self.paid * np.exp(wage)).sum())
        raise SystemExit("the peer did not end")


def compare(found: Equilibrium, theirs: dict[str, Array]) -> float:
    """Return the largest difference: spending as a part of the largest, shares as they are, the rest relative."""
    apart = 0.0
    for name, values in theirs.items():
        scale = {"spending": np.abs(values).max(), "share": 1.0}.get(name, values)
        apart = max(apart, float(np.max(np.abs(vars(found)[name][0] - values) / scale)))
    if apart > AGREE:
        raise SystemExit(f"the two differ by {apart:.1e}")
    return apart


def repeated(shock: Shock, futures: int) -> Shock:
    """Return a shock as so many futures."""
    return replace(shock, labour=np.repeat(shock.labour, futures, axis=0))


def nafta(threads: int, repeat: int, peer_repeat: int) -> Iterator[Row]:
    """Yield ours, the peer and ours in a batch."""
    given = answer(*NAFTA)
    common = {"part": "nafta", "size": "31 x 40", "threads": threads}
    with threadpool_limits(limits=threads):
        solve(given.base, given.shock)
        ours, found = timed(lambda: solve(given.base, given.shock), repeat)
        peer, (theirs, steps) = timed(lambda: Peer(given.base, given.shock).answer(), peer_repeat)
        batch, _ = timed(lambda: solve(given.base, repeated(given.shock, 8)), repeat)
    yield {**common, "who": "morava", "seconds": ours, "steps": int(found.steps[0])}
    yield {
        **common, "who": "dense fixed point", "seconds": peer, "steps": steps, "ratio": peer / ours,
        "difference": compare(found, theirs),
    }  # fmt: skip
    yield {**common, "who": "morava, of 8 at once", "seconds": batch / 8, "ratio": peer / (batch / 8)}


def random_world(regions: int, sectors: int, seed: int = SEED) -> World:
    """Return an equilibrium of random shares (about 0.6 at home), technologies (half of output), duties and theta."""
    random = np.random.default_rng(seed)
    home = np.arange(regions)
    share = random.exponential(size=(regions, regions, sectors))
    share[home, home] = random.uniform(1, 2, (regions, sectors)) * regions
    share /= share.sum(axis=1, keepdims=True)
    tariff = random.uniform(0, 0.15, share.shape)
    tariff[home, home] = 0
    technology = random.exponential(size=(regions, sectors, sectors))
    technology *= random.uniform(0.3, 0.7, (regions, 1, sectors)) / technology.sum(axis=1, keepdims=True)
    final = random.exponential(size=(regions, sectors)) + 0.2
    final /= final.sum(axis=1, keepdims=True)
    net, added = share / (1 + tariff), 1 - technology.sum(axis=1)
    spending = np.full((regions, sectors), 1.0 / regions / sectors)
    duty = (net * tariff).sum(axis=1)
    for _ in range(5000):
        made = np.einsum("nij,nj->ij", net, spending, optimize=True)
        income = (added * made).sum(axis=1) + (duty * spending).sum(axis=1)
        last = spending
        spending = np.matmul(technology, made[..., None])[..., 0] + final * income[:, None]
        if np.abs(spending - last).max() < 1e-15:
            break
    return calibrate(
        tuple(f"r{n}" for n in range(regions)), tuple(f"s{j}" for j in range(sectors)), (net * spending[:, None])[None],
        technology[None], tariff[None], random.uniform(2, 9, (1, sectors)), "random world",
    )  # fmt: skip


def random_shock(world: World, futures: int, seed: int = SEED) -> Shock:
    """Return futures of new duties, trade costs within a tenth, productivity and labour within a twentieth."""
    random = np.random.default_rng(seed)
    regions, sectors = len(world.regions), len(world.sectors)
    abroad = ~np.eye(regions, dtype=bool)
    squares, tables = (futures, sectors, regions, regions), (futures, regions, sectors)
    return Shock(
        tariff=world.tariff * random.uniform(0, 1.5, squares),
        cost=np.exp(0.1 * abroad * random.uniform(-1, 1, squares)),
        productivity=np.exp(random.uniform(-0.05, 0.05, tables)),
        labour=np.exp(random.uniform(-0.05, 0.05, (futures, regions))),
        deficit=world.deficit * random.uniform(0.5, 1.5, (futures, 1)),
    )


def pack_world(country: str, donor: int = 0) -> World | None:
    """Return the world of a country pack, with the technology of one of its donors; None where it has none."""
    folder = files("morava.countries").joinpath(country).joinpath("trade")
    if not folder.joinpath("flow.parquet").is_file():
        return None
    flow, technology, tariff, elasticity = (
        _columns(str(folder.joinpath(f"{name}.parquet"))) for name in ("flow", "technology", "tariff", "elasticity")
    )
    regions, sectors = tuple(dict.fromkeys(flow["importer"])), tuple(dict.fromkeys(flow["sector"]))
    donors, sets = list(dict.fromkeys(technology["donor"])), list(dict.fromkeys(elasticity["elasticity_set"]))
    trade = {"importer": regions, "exporter": regions, "sector": sectors}
    used = {"donor": donors, "region": regions, "input": sectors, "sector": sectors}
    return calibrate(
        regions, sectors, _array(flow, trade)[None], _array(technology, used)[donor][None], _array(tariff, trade)[None],
        _array(elasticity, {"elasticity_set": sets, "sector": sectors})[0][None], f"trade tables of {country}",
    )  # fmt: skip


def _columns(path: str) -> dict[str, Any]:
    with duckdb.connect(config={"threads": 1}) as connection:
        return dict(connection.execute("SELECT * FROM read_parquet(?)", [path]).fetchnumpy())


def _array(columns: dict[str, Any], labels: Mapping[str, Sequence[str]]) -> Array:
    """Return the values of a long table by its labels; each cell once."""
    array = np.full([len(names) for names in labels.values()], np.nan)
    places = tuple([list(names).index(label) for label in columns[dim]] for dim, names in labels.items())
    array[places] = columns["value"]
    return array


def checked(found: Equilibrium) -> Equilibrium:
    """Return an equilibrium; end where a future has none."""
    if not found.converged.all():
        raise SystemExit(f"{(~found.converged).sum()} futures did not converge")
    return found


def rate(name: str, world: World, threads: int, repeat: int) -> Iterator[Row]:
    """Yield equilibria a second of a world, in one batch and one at a time."""
    shock = random_shock(world, FUTURES)
    size = f"{len(world.regions)} x {len(world.sectors)}"
    with threadpool_limits(limits=threads):
        first = guide(world)
        seconds, found = timed(lambda: checked(solve(world, shock, first)), repeat)
        one = Shock(**{name: value[:1] for name, value in vars(shock).items()})
        alone, _ = timed(lambda: checked(solve(world, one, first)), repeat)
    common = {"part": "rate", "size": size, "threads": threads, "steps": float(found.steps.mean())}
    yield {**common, "who": f"{name}, {FUTURES} at once", "seconds": seconds, "a_second": FUTURES / seconds}
    yield {**common, "who": f"{name}, one at a time", "seconds": alone, "a_second": 1 / alone}


def growth(repeat: int, quick: bool) -> Iterator[Row]:
    """Yield seconds of one equilibrium by size, its Jacobian included."""
    for regions in COUNTRIES[: 2 if quick else None]:
        for sectors in SECTORS[: 2 if quick else None]:
            world = random_world(regions, sectors)
            shock = random_shock(world, 1)
            with threadpool_limits(limits=1):
                seconds, found = timed(partial(solve, world, shock), repeat)
            checked(found)
            yield {
                "part": "growth", "size": f"{regions} x {sectors}", "threads": 1, "who": "morava",
                "seconds": seconds, "steps": int(found.steps[0]),
            }  # fmt: skip


def show(row: Row, quiet: bool) -> None:
    """Print a row as soon as it is there."""
    if quiet:
        return
    more = {"ratio": "{:.1f} times ours", "difference": "apart {:.1e}", "a_second": "{:,.0f} a second"}
    text = "  ".join(form.format(row[name]) for name, form in more.items() if name in row)
    steps = f"{row['steps']:6.3g} steps" if "steps" in row else " " * 12
    what = f"{row['part']:7} {row['size']:8} {row['who']:24} {row['threads']} threads"
    print(f"{what} {row['seconds']:9.4f} s {steps}  {text}".rstrip(), flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--parts", default=",".join(PARTS))
    parser.add_argument("--country", default="serbia")
    parser.add_argument("--threads", default="1,2")
    parser.add_argument("--repeat", type=int, default=5)
    parser.add_argument("--quick", action="store_true", help="small sizes and one run of the peer")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    threads = [int(part) for part in options.threads.split(",")]
    rows: list[Row] = []

    def take(found: Iterator[Row]) -> None:
        for row in found:
            rows.append(row)
            show(row, options.json)

    parts = options.parts.split(",")
    for unknown in sorted(set(parts) - set(PARTS)):
        parser.error(f"{unknown!r} is none of {', '.join(PARTS)}")
    worlds = {"random": random_world(*RATE_SIZE)}
    of_pack = pack_world(options.country)
    if of_pack is not None:
        worlds[options.country] = of_pack
    for count in threads:
        if "nafta" in parts:
            take(nafta(count, options.repeat, 1 if options.quick else 3))
        for name, world in worlds.items() if "rate" in parts else ():
            take(rate(name, world, count, options.repeat))
    if "growth" in parts:
        take(growth(1 if options.quick else options.repeat, options.quick))
    if options.json:
        print(json.dumps({"rows": rows}, indent=1))


if __name__ == "__main__":
    main()
