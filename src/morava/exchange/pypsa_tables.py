"""A PyPSA network as plain numbers: its calendar, and its components by name and attribute."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

Array = npt.NDArray[np.float64]
Numbers = npt.NDArray[np.int64]
PASSIVE = ("Line", "Transformer")
"""Kinds of components that power flows over by impedance."""
WHOLE = ("Generator", "StorageUnit", "Store", "Link", *PASSIVE, "Load")
"""Kinds of components that a power system can say."""
CYCLIC = {"StorageUnit": "cyclic_state_of_charge", "Store": "e_cyclic"}
INITIAL = {"StorageUnit": "state_of_charge_initial", "Store": "e_initial"}
NOMINAL = {
    "Generator": "p_nom", "StorageUnit": "p_nom", "Link": "p_nom", "Store": "e_nom", "Line": "s_nom",
    "Transformer": "s_nom",
}  # fmt: skip


@dataclass(frozen=True)
class Horizon:
    """The snapshots of a network.

    Parameters
    ----------
    periods : years; without investment periods one, zero
    of_period : [snapshot], the place of the period of each
    multi : whether there are investment periods
    objective, generators, stores : [snapshot], hours that each stands for in costs, in sums of energy, in levels
    weights : [period], what the objective counts a period as
    years : [period], what a limit counts a period as
    """

    periods: tuple[int, ...]
    of_period: Numbers
    multi: bool
    objective: Array
    generators: Array
    stores: Array
    weights: Array
    years: Array

    @property
    def is_even(self) -> bool:
        """Return whether all periods have as many snapshots."""
        return len(set(np.bincount(self.of_period).tolist())) == 1

    @property
    def step(self) -> float:
        """Return the hours between two levels of a storage; NaN where they are not one number."""
        return float(self.stores[0]) if (self.stores == self.stores[0]).all() else np.nan

    def by_period(self, values: Array) -> Array:
        """Return numbers of snapshots as [period, hour]."""
        return values.reshape(len(self.periods), -1)


def horizon_of(network: Any) -> Horizon:
    """Return the snapshots of a network, and what they weigh."""
    snapshots, weights = network.snapshots, network.snapshot_weightings
    multi = isinstance(snapshots, pd.MultiIndex)
    if multi:
        periods = tuple(int(year) for year in network.investment_periods)
        places = {year: place for place, year in enumerate(periods)}
        of_period = np.array([places[int(year)] for year in snapshots.get_level_values(0)], dtype=np.int64)
        of_objective, years = (
            network.investment_period_weightings[name].to_numpy(dtype=float) for name in ("objective", "years")
        )
    else:
        periods, of_period = (0,), np.zeros(len(snapshots), dtype=np.int64)
        of_objective = years = np.ones(1)
    objective, generators, stores = (
        weights[name].to_numpy(dtype=float) for name in ("objective", "generators", "stores")
    )
    return Horizon(periods, of_period, multi, objective, generators, stores, of_objective, years)


@dataclass(frozen=True)
class Table:
    """The components of one kind that are active."""

    network: Any
    kind: str
    horizon: Horizon

    @property
    def component(self) -> Any:
        """Return PyPSA's own table."""
        return self.network.components[self.kind]

    @property
    def names(self) -> list[str]:
        """Return the components that stand in some period, by name."""
        static = self.component.static
        return [str(name) for name in static.index if self.stands(str(name)).any()]

    def has(self, attribute: str) -> bool:
        """Return whether this version of PyPSA knows an attribute."""
        return attribute in self.component.static.columns

    def value(self, name: str, attribute: str) -> Any:
        """Return what does not vary over time."""
        return self.component.static.at[name, attribute]

    def number(self, name: str, attribute: str) -> float:
        """Return a number that does not vary over time."""
        return float(self.value(name, attribute))

    def series(self, name: str, attribute: str) -> Array:
        """Return numbers over [snapshot], also where they do not vary."""
        varying = self.component.dynamic.get(attribute)
        if varying is not None and name in varying.columns:
            return np.asarray(varying[name].to_numpy(), dtype=np.float64)
        return np.full(len(self.horizon.of_period), self.number(name, attribute))

    def stands(self, name: str) -> npt.NDArray[np.bool_]:
        """Return in which periods a component stands, [period]."""
        active = bool(self.value(name, "active")) if self.has("active") else True
        if not self.horizon.multi or not self.has("build_year"):
            return np.full(len(self.horizon.periods), active)
        years, built = np.asarray(self.horizon.periods, dtype=float), self.number(name, "build_year")
        return np.asarray(active & (years >= built) & (years < built + self.number(name, "lifetime")))

    def is_level(self, name: str, attribute: str, in_period: bool = False) -> bool:
        """Return whether a number is the same all the time, or all the time of a period."""
        values = pd.Series(self.series(name, attribute))
        groups = values.groupby(self.horizon.of_period) if in_period else [(0, values)]
        return all(bool((group == group.iloc[0]).all()) for _, group in groups)

    def is_extendable(self, name: str) -> bool:
        """Return whether the network builds a component."""
        return self.kind in NOMINAL and bool(self.value(name, f"{NOMINAL[self.kind]}_extendable"))

    def cycle(self, name: str) -> str:
        """Return how a storage goes around a period, in the words of a power system; blank where it has none."""
        around, begins = CYCLIC[self.kind], INITIAL[self.kind]
        if not self.horizon.multi:
            return "stretch" if self.value(name, around) else "open"
        if self.value(name, f"{around}_per_period"):
            return "stretch"
        alone = self.stands(name).sum() == 1 and not self.value(name, around)
        return "open" if self.value(name, f"{begins}_per_period") or alone else ""


def impedances(network: Any) -> dict[tuple[str, str], tuple[float, float]]:
    """Return what the law of voltages weighs the flow of each branch with, and its phase shift, by kind and name.

    These are PyPSA's own: of a standard type, with the ratio of a tap; reactance in a net of alternating current,
    resistance in one of direct current.
    """
    own = network.copy(snapshots=network.snapshots[:1])  # what PyPSA works out it writes into the network
    own.determine_network_topology(skip_isolated_buses=True)
    own.calculate_dependent_values()
    branches = own.branches()
    alternating = branches["sub_network"].map(own.components["SubNetwork"].static["carrier"]) == "AC"
    shift = branches["phase_shift"].fillna(0.0) if "phase_shift" in branches.columns else [0.0] * len(branches)
    weighed = branches["x_pu_eff"].where(alternating, branches["r_pu_eff"])
    return {
        (str(kind), str(name)): (float(impedance), float(degrees))
        for (kind, name), impedance, degrees in zip(branches.index, weighed, shift, strict=True)
    }


def minimum_share(table: Table, name: str) -> float:
    """Return what share of the available capacity of a generator always runs; NaN where there is no one share."""
    least, most = table.series(name, "p_min_pu"), table.series(name, "p_max_pu")
    if not least.any():
        return 0.0
    held = most > 0
    if not held.any() or least[~held].any():
        return np.nan
    share = least[held] / most[held]
    same = bool(np.allclose(share, share[0], rtol=1e-12, atol=0.0))
    return float(share[0]) if same and 0 < share[0] <= 1 else np.nan


def ramp_of(table: Table, name: str) -> float:
    """Return by what share of its capacity a generator may rise or fall in an hour; NaN where it is not one number.

    PyPSA does not look at what stands for the first hour of a period.
    """
    later = np.flatnonzero(np.diff(table.horizon.of_period) == 0) + 1
    both = np.concatenate([table.series(name, f"ramp_limit_{side}")[later] for side in ("up", "down")])
    if np.isnan(both).all():
        return np.inf
    return float(both[0]) if (both == both[0]).all() else np.nan


def ramps(table: Table, name: str) -> bool:
    """Return whether a generator has a ramp."""
    return ramp_of(table, name) != np.inf


def starts_at_cost(table: Table, name: str) -> bool:
    """Return whether bringing a generator on line costs something."""
    return bool(table.value(name, "committable")) and bool(table.series(name, "start_up_cost").any())
