"""The power program as it answers within the coupling: frozen at what was solved, straight in demand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import xarray as xr

from morava.errors import MoravaError, Problem
from morava.quantities import find

Known = Mapping[str, xr.DataArray]
QUANTITIES = ("power_demand_path", "power_load", "power_cost_per_energy", "power_price_mean")
"""What a frozen answer is made of."""


@dataclass(frozen=True)
class FrozenPower:
    """What a solved power program says of demand near that at which it was solved.

    `demand` (without data centres) and `load` (with them) GWh, `cost` and `price` money / MWh: what a unit of load
    costs on the mean and what another unit costs, [year] or [future, year].
    """

    demand: xr.DataArray
    load: xr.DataArray
    cost: xr.DataArray
    price: xr.DataArray

    @property
    def years(self) -> tuple[int, ...]:
        """Return the years in which power was solved."""
        return tuple(int(year) for year in self.cost.coords["year"].to_numpy())

    def cost_factor(self, known: Known, use: xr.DataArray) -> xr.DataArray:
        """Return `power_cost_factor` [future, year] at the demand that goes with a use of electricity.

        Parameters
        ----------
        known
            `power_demand_path` as the pack says it, `power_demand_growth_assumed` and `power_cost_initial`.
        use
            `electricity_use_factor` [future, year].
        """
        years = self.cost.coords["year"].to_numpy().tolist()
        asked = _at(demand_path(known, use), years)
        here = [int(k) for k in use.coords["future"].to_numpy()]
        frozen = {
            name: array.sel(future=here) if "future" in array.dims else array for name, array in vars(self).items()
        }
        more = asked - frozen["demand"]
        paid = frozen["cost"] * frozen["load"] + frozen["price"] * more
        cost = paid / (frozen["load"] + more)
        factor = since_first(cost, known["power_cost_initial"])
        factor = factor.transpose("future", "year")
        if not bool((factor > 0).all()):
            raise MoravaError(
                Problem("electricity would cost nothing", "frozen answer of power", "demand moved too far from it")
            )
        factor.name, factor.attrs = "power_cost_factor", {"unit": find("power_cost_factor").unit}
        return factor


def since_first(cost: xr.DataArray, initial: xr.DataArray) -> xr.DataArray:
    """Return how much dearer electricity is than in the first solved year, as a part of its cost in the base year.

    A future draws one year of water and weather for all its years. Against its own first year that falls out, and what
    is left is what the years change.
    """
    first = cost.isel(year=0, drop=True)
    factor: xr.DataArray = 1 + (cost - first) / initial
    return factor


def demand_path(known: Known, use: xr.DataArray) -> xr.DataArray:
    """Return the demand for power without data centres [future, year], GWh, in the years of the pack's path.

    The path holds where the economy's use of electricity grows as the source of the path has it; where it grows more,
    demand is larger by as much.
    """
    path = known["power_demand_path"]
    years = [int(year) for year in path.coords["year"].to_numpy()]
    known_years = use.coords["year"].to_numpy()
    first, last = int(known_years.min()), int(known_years.max())
    places = [min(max(year, first), last) for year in years]
    since = xr.DataArray(np.array(places, dtype=float) - places[0], coords={"year": years})
    growth = (use.sel(year=places) / use.sel(year=places[0], drop=True)).assign_coords(year=years)
    expected = (1 + known["power_demand_growth_assumed"]) ** since
    demand: xr.DataArray = (path * growth / expected).transpose("future", "year")
    demand.name, demand.attrs = "power_demand_path", {"unit": find("power_demand_path").unit}
    return demand


def demand_of(known: Known, use: xr.DataArray) -> dict[str, xr.DataArray]:
    """Return what the power program takes of the economy: nothing where there is no power system."""
    return {"power_demand_path": demand_path(known, use)} if "power_demand_path" in known else {}


def freeze_power(solved: Known) -> FrozenPower:
    """Return the frozen answer of solved futures, each its own.

    Parameters
    ----------
    solved
        Results of the power program [future, year] and the path of demand at which it was solved.
    """
    years = solved["power_cost_per_energy"].coords["year"].to_numpy().tolist()
    return FrozenPower(
        demand=_at(solved["power_demand_path"], years),
        load=solved["power_load"],
        cost=solved["power_cost_per_energy"],
        price=solved["power_price_mean"],
    )


def _at(path: xr.DataArray, years: list[int]) -> xr.DataArray:
    """Return a path in some years as the power program reads it: on lines between its own, level before and after."""
    path = path.transpose(..., "year")
    known = path.coords["year"].to_numpy()
    values = np.apply_along_axis(lambda row: np.interp(years, known, row), -1, path.to_numpy())
    others = {dim: path.coords[dim].to_numpy() for dim in path.dims if dim != "year"}
    return xr.DataArray(values, coords={**others, "year": years}, dims=path.dims)


def mean_of(frozen: FrozenPower) -> FrozenPower:
    """Return the mean answer of some futures, for those in which power is not solved."""
    return FrozenPower(**{name: array.mean("future") for name, array in vars(frozen).items()})
