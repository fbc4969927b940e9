"""Economy, trade and power until what they pass to each other stands still, in the open.

Each model is a model of its own. The trade model says what the world buys of the country's goods and what its goods
cost; the economy says what the country's goods cost, whom it employs, how far it borrows and what electricity it uses;
the power program says what electricity costs. A pass asks each once, in that order. Futures are iterated side by side
and stop by themselves, so that none depends on its neighbours.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import xarray as xr

from morava.errors import MoravaError, Problem
from morava.models.contract import as_model
from morava.models.economy import economy_links
from morava.models.trade import neutral, trade_links
from morava.quantities import labelled
from morava.runs.frozen_power import FrozenPower, demand_of
from morava.runs.guard import run

Known = Mapping[str, xr.DataArray]
Array = npt.NDArray[np.float64]

TOLERANCE = 1e-3
"""What is passed moves by less than this part of its size in the last pass."""
MOST_PASSES = 50
DAMPING = float(np.sqrt(2.0))
"""By which steps are cut when the largest change is the same cell's and turns its sign, as MESSAGE and MACRO do."""
HOME = ("home_productivity_factor", "home_labour_factor", "home_deficit_factor")
"""What trade takes of the economy beside its costs."""
WORLD = ("export_demand_factor", "import_price_factor", "import_duty_factor")
"""What the economy takes of trade."""
POWER, PRICE, GAP = "power_cost_factor", "world_price_factor", "home_cost_gap"
PASSED = (*HOME, "home_cost_target", POWER)
"""What is carried from one pass to the next."""
COUNTED = ("coupling_residual", "coupling_passes", "coupling_power_solves", "coupling_power_gap")
GIVEN = (*PASSED, *WORLD, PRICE, GAP, *COUNTED)
"""What is passed, and how that went: quantities of the outcome."""
MADE_OF = dict.fromkeys({*GIVEN, "power_demand_path"} - set(economy_links.gives), economy_links.needs)
"""What the coupling makes, and of what: it asks economy and trade itself."""

BESIDE = {"power_demand_growth_assumed", "power_cost_initial"}
"""What only the coupling needs of the pack, where there is a power system."""

Solve = Callable[[Known], FrozenPower]
"""Solves the power program of some futures at the demand that is known, and returns its frozen answer."""


@dataclass(frozen=True)
class Power:
    """How power answers within the coupling: in which years, a frozen answer, and how a future solves it anew.

    Without a frozen answer electricity costs what it did; without a way to solve it the frozen answer stands.
    """

    years: tuple[int, ...]
    frozen: FrozenPower | None
    solve: Solve | None


def couple(known: Known, futures: Sequence[int], power: Power, start: Known | None = None) -> dict[str, xr.DataArray]:
    """Return what economy, trade and power pass to each other when it stands still.

    Parameters
    ----------
    known
        Everything that they need beside.
    futures
        Numbers of the futures.
    power
        How power answers.
    start
        What was passed where it stood still before, to start from; from the base year without it.

    Raises
    ------
    MoravaError
        Futures in which it does not stand still within fifty passes: not converged is an answer, and is kept as such.
    """
    numbers = [int(number) for number in futures]
    state = {name: over_futures(array, numbers) for name, array in (start or _beginning(known, power)).items()}
    found = _iterate(known, numbers, power.frozen, state, fresh=start is None)
    solves = 0.0
    if power.solve is not None:
        demand = demand_of(known, found.passed["electricity_use_factor"])
        again = _iterate(known, numbers, power.solve({**known, **demand}), found.passed, fresh=False)
        found, solves = _Found(again.passed, again.residual, found.passes + again.passes), 1.0
    lost = [number for number, left in zip(numbers, found.residual, strict=True) if not left <= TOLERANCE]
    if lost:
        raise MoravaError(
            Problem(
                f"economy, trade and power do not stand still in {len(lost)} futures after {MOST_PASSES} passes "
                f"(largest residual {found.residual.max():.1e})",
                f"coupling, future {lost[0]}",
                "it is an answer: the models do not agree on these futures",
            )
        )
    counts = {
        "coupling_residual": found.residual,
        "coupling_passes": found.passes,
        "coupling_power_solves": np.full(len(numbers), solves),
    }
    passed = {name: found.passed[name] for name in (*PASSED, *WORLD, PRICE, GAP)}
    return (
        passed
        | demand_of(known, found.passed["electricity_use_factor"])
        | {name: labelled(name, values, {"future": numbers}) for name, values in counts.items()}
    )


def _beginning(known: Known, power: Power) -> dict[str, xr.DataArray]:
    """Return what is passed at first: a country that grows as its region does and whose costs are those of the base."""
    begin = neutral(known, known["trade_solve_year"].to_numpy())
    like = begin["home_productivity_factor"]
    labels = {dim: like.coords[dim].to_numpy().tolist() for dim in ("sector", "year")}
    return begin | {
        "home_cost_target": labelled("home_cost_target", np.ones([len(labels[dim]) for dim in labels]), labels),
        POWER: labelled(POWER, np.ones(len(power.years)), {"year": list(power.years)}),
    }


@dataclass(frozen=True)
class _Found:
    """What is passed in every future, the residual of its last pass and how many there were."""

    passed: dict[str, xr.DataArray]
    residual: Array
    passes: Array


def _iterate(known: Known, futures: list[int], frozen: FrozenPower | None, start: Known, fresh: bool) -> _Found:
    """Return where it stands still from a start; `fresh` says that the start knows no costs of the economy."""
    passed: dict[str, xr.DataArray] = dict(start)
    residual, passes = np.full(len(futures), np.inf), np.zeros(len(futures))
    step, before = np.ones(len(futures)), np.zeros(len(futures))
    where = np.full(len(futures), -1)
    active = np.arange(len(futures))
    for count in range(1, MOST_PASSES + 1):
        here = [futures[place] for place in active]
        asked = {**_some(known, here), **{name: passed[name].sel(future=here) for name in PASSED}}
        answered = _one_pass(asked, frozen, fresh and count == 1)
        changes = [_change(passed[name].sel(future=here), answered[name]) for name in PASSED]
        place, largest = _largest(changes)
        turned = (largest * before[active] < 0) & (place == where[active])
        step[active] = np.where(turned, step[active] / DAMPING, step[active])
        where[active], before[active], residual[active], passes[active] = place, largest, np.abs(largest), count
        for name in answered:
            part = step[active] if name in PASSED else np.ones(len(active))
            passed[name] = _moved(passed.get(name), answered[name], futures, active, part)
        active = active[residual[active] > TOLERANCE]
        if not active.size:
            break
    return _Found(passed, residual, passes)


def _one_pass(asked: Known, frozen: FrozenPower | None, first: bool) -> dict[str, xr.DataArray]:
    """Return what trade, economy and power answer to what is passed; `first` says that home costs are not known yet."""
    by_trade = run(as_model(trade_links), asked)
    by_economy = run(economy_links, {**asked, **by_trade})
    answered = {name: by_trade[name] for name in (*WORLD, PRICE, GAP)}
    answered |= {name: by_economy[name] for name in (HOME[1], "home_cost_target", "electricity_use_factor")}
    answered[HOME[2]] = _times(by_economy["home_deficit_real"], by_trade[PRICE], HOME[2])
    answered[HOME[0]] = asked[HOME[0]] if first else by_trade["home_productivity_next"]
    answered[POWER] = (
        asked[POWER] if frozen is None else frozen.cost_factor(asked, by_economy["electricity_use_factor"])
    )
    # Models name sectors each in an order of its own.
    return {name: _in_order_of(asked[name], array) if name in PASSED else array for name, array in answered.items()}


def _in_order_of(old: xr.DataArray, new: xr.DataArray) -> xr.DataArray:
    """Return an array with the dimensions and labels of another, each in its order."""
    labels = {str(dim): old.coords[dim].to_numpy() for dim in old.dims}
    return new.sel(labels).transpose(*old.dims)


def _times(one: xr.DataArray, other: xr.DataArray, name: str) -> xr.DataArray:
    """Return a product under a name of the glossary."""
    product = (one * other).transpose("future", ...)
    product.name, product.attrs = name, {"unit": "1"}
    return product


def _change(old: xr.DataArray, new: xr.DataArray) -> Array:
    """Return changes as parts of the size, [future, cell]; what is smaller than one counts as one."""
    gap = (new.to_numpy() - old.to_numpy()) / np.maximum(np.abs(old.to_numpy()), 1.0)
    return np.asarray(gap.reshape(len(gap), -1), dtype=np.float64)


def _largest(changes: list[Array]) -> tuple[npt.NDArray[np.intp], Array]:
    """Return the place of the largest change of each future, and the change with its sign."""
    together = np.concatenate(changes, axis=1)
    place = np.abs(together).argmax(axis=1)
    return place, np.asarray(together[np.arange(len(together)), place])


def _moved(
    old: xr.DataArray | None, new: xr.DataArray, futures: list[int], active: npt.NDArray[np.intp], part: Array
) -> xr.DataArray:
    """Return what is passed with some futures moved a part of the way to what was answered."""
    if old is None:
        if len(active) != len(futures):
            raise MoravaError(Problem("a pass gives what none gave before", "coupling", "mend the coupling"))
        return over_futures(new, futures)
    values = old.to_numpy().copy()
    asked = new.transpose(*old.dims).to_numpy()
    way = part.reshape(-1, *[1] * (values.ndim - 1))
    values[active] = np.where(way == 1.0, asked, values[active] + way * (asked - values[active]))
    return old.copy(data=values)


def over_futures(array: xr.DataArray, futures: Sequence[int]) -> xr.DataArray:
    """Return an array with `future` first, repeated where it does not vary."""
    name, attrs = array.name, dict(array.attrs)
    if "future" not in array.dims:
        array = array.expand_dims(future=list(futures))
    array = array.transpose("future", ...).sel(future=list(futures)).copy()
    array.name, array.attrs = name, attrs
    return array


def _some(known: Known, futures: list[int]) -> dict[str, xr.DataArray]:
    """Return what is known, of some futures."""
    return {name: array.sel(future=futures) if "future" in array.dims else array for name, array in known.items()}
