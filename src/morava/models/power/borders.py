"""Borders: each direction in blocks whose price moves with what is exchanged."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt
import xarray as xr

from morava.models.power.calendar import sample_hours
from morava.models.power.system import Calendar, Generator

Array = npt.NDArray[np.float64]
BLOCKS = 2
"""Blocks of a direction; the price of a block is that in its middle."""


def carbon_charge(inputs: Mapping[str, xr.DataArray], border: str, years: tuple[int, ...]) -> Array:
    """Return what a MWh pays when it is exported over a border, [period], EUR / MWh.

    The charge is the carbon price of the area, less what was paid at home, times the emission that the area ascribes to
    a MWh of the country.
    """
    inside = float(inputs["border_carbon_area"].sel(border=border))
    there, here = (
        np.interp(years, inputs[name].coords["year"].to_numpy().astype(float), inputs[name].to_numpy())
        for name in ("carbon_border_price", "carbon_price_path")
    )
    return np.asarray(inside * float(inputs["export_emission_factor"]) * np.maximum(there - here, 0.0))


def border_generators(inputs: Mapping[str, xr.DataArray], calendar: Calendar, zone: str) -> tuple[Generator, ...]:
    """Return import and export over every border as generators, takers with sign -1."""
    capacity, price = inputs["border_capacity"], inputs["border_price"]
    known = capacity.coords["year"].to_numpy().astype(float)
    made: list[Generator] = []
    for border in (str(label) for label in capacity.coords["border"].to_numpy()):
        mean = np.interp(
            calendar.periods, price.coords["year"].to_numpy().astype(float), price.sel(border=border).to_numpy()
        )
        shape = inputs["border_price_shape"].sel(border=border).to_numpy().astype(float)
        hourly = np.outer(mean, sample_hours(shape, calendar)[0])
        slope = float(inputs["border_price_slope"].sel(border=border))
        available = np.full((1, 1), 1 - float(inputs["border_outage"].sel(border=border)))
        charge = carbon_charge(inputs, border, calendar.periods)[:, None]
        for direction in ("import", "export"):
            limit = np.interp(calendar.periods, known, capacity.sel(border=border, direction=direction).to_numpy())
            for block in range(BLOCKS):
                moved = slope * limit[:, None] * (block + 0.5) / BLOCKS
                cost = hourly + moved if direction == "import" else -(hourly - moved - charge)
                made.append(
                    Generator(
                        name=f"{border}_{direction}_{block + 1}",
                        zone=zone,
                        technology="",
                        capacity=limit / BLOCKS,
                        availability=available,
                        cost=cost,
                        sign=1 if direction == "import" else -1,
                        border=border,
                        direction=direction,
                    )
                )
    return tuple(made)
