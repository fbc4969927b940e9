"""How far chosen weeks are off: the same program of the same future on all hours of the same years."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt
import xarray as xr

from morava.models.contract import as_model
from morava.models.power import power
from morava.quantities import labelled
from morava.runs.guard import run

Array = npt.NDArray[np.float64]
CALENDAR_ERROR = "power_calendar_error"
OVER_ITSELF = {
    "cost": "power_system_cost",
    "emissions": "power_emission",
    "mean price": "power_price_mean",
}
"""What is compared with the larger of the two answers, by the name under which it is shown."""
OVER_LOAD = {"net imports": "power_net_import", "unserved demand": "power_unserved"}
"""What may be nothing, and is compared with the load."""


def calendar_error(known: Mapping[str, xr.DataArray], futures: Sequence[int]) -> dict[str, xr.DataArray]:
    """Return what the chosen weeks say less what all hours say, [future, item, year], 1.

    Parameters
    ----------
    known : mapping of DataArray
        Everything that the model `power` needs and gives, on chosen weeks.
    futures
        In which futures.
    """
    model = as_model(power)
    own = {
        name: known[name].sel(future=list(futures)) if "future" in known[name].dims else known[name]
        for name in (*model.needs, *model.gives)
    }
    whole = run(model, {**own, "power_solve_weeks": labelled("power_solve_weeks", 0)})
    load = _values(whole["power_load"])
    rows = []
    for name in OVER_ITSELF.values():
        short, full = _values(own[name]), _values(whole[name])
        larger = np.maximum(np.abs(short), np.abs(full))
        rows.append((short - full) / np.where(larger > 0, larger, 1.0))
    rows += [(_values(own[name]) - _values(whole[name])) / load for name in OVER_LOAD.values()]
    years = whole["power_load"].coords["year"].to_numpy().tolist()
    labels = {"future": list(futures), "item": [*OVER_ITSELF, *OVER_LOAD], "year": years}
    return {CALENDAR_ERROR: labelled(CALENDAR_ERROR, np.stack(rows, axis=1), labels)}


def _values(array: xr.DataArray) -> Array:
    return np.asarray(array.transpose("future", "year").to_numpy(), dtype=float)
