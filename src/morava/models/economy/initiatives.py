"""What the plan invests: by whom, in which sector, when it is finished, and what of it is bought abroad."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import xarray as xr

from morava.errors import MoravaError, Problem, Problems, nearest
from morava.models.batches import Array, total
from morava.models.economy.country import EVERYWHERE, NOWHERE, WHERE, Country, of_base
from morava.models.economy.dynamics import Programme
from morava.models.economy.years import Years
from morava.models.inputs import Inputs
from morava.quantities import labelled

Places = npt.NDArray[np.intp]
OF_OWNERS = ("programme_works", "lender_share", "lender_public", "lender_foreign", "initiative_capital_sector")
"""What says how much foreign owners spend on initiatives."""


@dataclass(frozen=True)
class Parts:
    """Parts of initiatives: what the state bears, what foreign owners, and the rest; [future, initiative]."""

    public: Array
    foreign: Array
    private: Array


@dataclass(frozen=True)
class Invested:
    """What is invested by decision in every year, and public and foreign investment in all, million money.

    `public` [future, year] is that of the state with usual works, `planned` what of it is the programme, `foreign`
    [future, year] that of foreigners with what goes on beside initiatives, `beside` [future, year] the latter alone.
    """

    programme: Programme
    public: Array
    planned: Array
    foreign: Array
    beside: Array


def read_programme(inputs: Inputs, country: Country, years: Years) -> Invested:
    """Return the programme of the years.

    Raises
    ------
    MoravaError
        Initiatives that build capital in what is no sector.
    """
    names = inputs.labels("programme_works", "initiative")
    lenders = inputs.labels("lender_share", "lender")
    grid = [int(year) for year in inputs.labels("programme_works", "year")]
    spent = inputs.ordered("programme_works", {"initiative": names, "year": [str(year) for year in grid]})
    spent = _padded(spent, years, grid, country.count)
    parts = _parts(inputs, names, lenders, country.count)
    public = spent * parts.public[:, :, None]
    target = _targets(inputs, names, country)
    bought = inputs.ordered("initiative_import_share", {"initiative": names}, more=True)[:, :, None]
    finished = _finished(inputs, names, years, country.count)
    worth = inputs.ordered("initiative_cost", {"initiative": names}, more=True)
    size = country.accounts.product[:, None]
    output = size * years.trend
    # A firm that is bought is not investment: what builds nothing is none of foreign owners'.
    foreign = spent * (parts.foreign * (target >= 0))[:, :, None]
    beside = _beside(inputs, country, years, grid, output)
    shared = target == len(country.sectors)
    rest = _rest(inputs, years, grid, output, country.count)
    going_on = beside[:, :, None] * _owned(country)[:, None, :]
    works = (worth * parts.public)[:, :, None] * finished
    programme = Programme(
        public=_by_sector(public * (1 - bought), target, country),
        public_import=_by_sector(public * bought, target, country),
        commissioned=_by_sector(works, target, country),
        infrastructure=rest + total((public * (1 - bought))[:, shared], 1) + _lost(public * (1 - bought), target),
        infrastructure_import=total((public * bought)[:, shared], 1) + _lost(public * bought, target),
        infrastructure_commissioned=rest + total(works[:, shared], 1),
        foreign=going_on + _by_sector(foreign, target, country, spread=True),
        foreign_import=_by_sector(foreign * bought, target, country, spread=True),
        foreign_commissioned=going_on
        + _by_sector((worth * parts.foreign)[:, :, None] * finished, target, country, spread=True),
        directed=_by_sector(spent * parts.private[:, :, None], target, country),
        directed_commissioned=_by_sector((worth * parts.private)[:, :, None] * finished, target, country),
        frontier=np.zeros((1, len(years.numbers), len(country.sectors))),
        guarantees=_by_year(inputs, "guarantee_called", years, grid, country.count),
        closed=_closed(inputs, country, years, grid),
    )
    return Invested(programme, rest + total(public, 1), total(public, 1), beside + total(foreign, 1), beside)


def foreign_programme(known: Mapping[str, xr.DataArray]) -> xr.DataArray:
    """Return what foreign owners spend on initiatives by year, for which other foreign investment makes room.

    A firm that is bought is none of it.

    Parameters
    ----------
    known
        `programme_works`, `lender_share`, `lender_public`, `lender_foreign`, `initiative_capital_sector`.

    Returns
    -------
    DataArray
        `foreign_programme_reference` [future, year], million money / year.
    """
    inputs = Inputs({name: known[name] for name in OF_OWNERS}, "economy")
    names = inputs.labels("programme_works", "initiative")
    grid = inputs.labels("programme_works", "year")
    spent = inputs.ordered("programme_works", {"initiative": names, "year": grid})
    parts = _parts(inputs, names, inputs.labels("lender_share", "lender"), len(inputs.futures))
    building = np.array([word != NOWHERE for word in _built(inputs, names)])
    taken = total(spent * (parts.foreign * building)[:, :, None], 1)
    labels = {"year": [int(year) for year in grid]}
    if not inputs.varies:
        return labelled("foreign_programme_reference", taken[0], labels)
    whole = np.ascontiguousarray(np.broadcast_to(taken, (len(inputs.futures), len(grid))))
    return labelled("foreign_programme_reference", whole, {"future": list(inputs.futures), **labels})


def _padded(values: Array, years: Years, grid: list[int], count: int) -> Array:
    """Return [future, initiative, year] over all years of the path: nothing before the grid of the programme."""
    whole = np.zeros((count, values.shape[1], len(years.numbers)))
    whole[:, :, [years.numbers.index(year) for year in grid]] = values
    return whole


def _parts(inputs: Inputs, names: tuple[str, ...], lenders: tuple[str, ...], count: int) -> Parts:
    share = inputs.ordered("lender_share", {"initiative": names, "lender": lenders}, more=True)
    share = np.array(np.broadcast_to(share, (count, *share.shape[1:])))
    state = inputs.ordered("lender_public", {"lender": lenders}, more=True)[:, None, :]
    owner = inputs.ordered("lender_foreign", {"lender": lenders}, more=True)[:, None, :] * (1 - state)
    return Parts(
        public=total(share * state, 2), foreign=total(share * owner, 2), private=total(share * (1 - state - owner), 2)
    )


def _built(inputs: Inputs, names: tuple[str, ...]) -> tuple[str, ...]:
    """Return the words for what initiatives build."""
    told = inputs.labels("initiative_capital_sector", "initiative")
    if lacking := sorted(set(names) - set(told)):
        raise MoravaError(
            Problem(f"no sector is named for {', '.join(lacking)}", WHERE, "add a fact of initiative_capital_sector")
        )
    return inputs.words("initiative_capital_sector", "initiative", names)


def _targets(inputs: Inputs, names: tuple[str, ...], country: Country) -> Places:
    """Return the place of the sector of every initiative; one beyond the sectors serves all, minus one nothing."""
    words = _built(inputs, names)
    known = [*country.sectors, EVERYWHERE]
    problems = Problems()
    for name, word in zip(names, words, strict=True):
        if word not in (*known, NOWHERE):
            problems.add(
                f"{name} builds capital of {word}, which is no sector",
                f"{WHERE}, initiative_capital_sector",
                nearest(word, [*known, NOWHERE]),
            )
    problems.raise_if_any()
    return np.array([known.index(word) if word in known else -1 for word in words], dtype=np.intp)


def _finished(inputs: Inputs, names: tuple[str, ...], years: Years, count: int) -> Array:
    """Return one in the year in which an initiative is finished, [future, initiative, year]."""
    finish = inputs.ordered("initiative_finish", {"initiative": names}, more=True)
    year = np.floor(np.broadcast_to(finish, (count, len(names))))
    return np.asarray(year[:, :, None] == np.array(years.numbers, dtype=np.float64), dtype=np.float64)


def _owned(country: Country) -> Array:
    """Return how capital of foreign owners lies over sectors, [future, sector]."""
    owned = country.base.foreign_share * country.accounts.capital
    part: Array = owned / np.maximum(total(owned, 1)[:, None], 1e-300)
    return part


def _by_sector(values: Array, target: Places, country: Country, spread: bool = False) -> Array:
    """Return values [future, initiative, year] as [future, year, sector] of what they build.

    Parameters
    ----------
    spread
        Whether what serves all sectors is spread over them, as other capital of foreign owners is; else it is left out.
    """
    found = np.zeros((len(values), values.shape[2], len(country.sectors)))
    for place, sector in enumerate(target):
        if 0 <= sector < len(country.sectors):
            found[:, :, sector] += values[:, place]
    if spread:
        shared = total(values[:, target == len(country.sectors)], 1)
        found += shared[:, :, None] * _owned(country)[:, None, :]
    return found


def _lost(values: Array, target: Places) -> Array:
    """Return what is spent on initiatives that build nothing, [future, year]."""
    return total(values[:, target < 0], 1)


def _by_year(inputs: Inputs, name: str, years: Years, grid: list[int], count: int) -> Array:
    """Return an input by year over all years of the path, [future, year]: nothing before the grid of the programme."""
    return _padded(inputs.ordered(name, {"year": grid})[:, None], years, grid, count)[:, 0]


def _rest(inputs: Inputs, years: Years, grid: list[int], output: Array, count: int) -> Array:
    """Return public investment beside the programme, [future, year]: that of a usual year, as far as room is left."""
    usual = output * of_base(inputs, "public_investment_baseline", count)[:, None]
    taken = _by_year(inputs, "public_programme_reference", years, grid, count)
    return np.maximum(usual - taken, 0.0)


def _beside(inputs: Inputs, country: Country, years: Years, grid: list[int], output: Array) -> Array:
    """Return foreign investment beside initiatives, [future, year]: the accounts' at first, then what goes on."""
    taken = _by_year(inputs, "foreign_programme_reference", years, grid, country.count)
    rate = of_base(inputs, "foreign_investment_rate", country.count)[:, None] * np.ones((1, len(years.numbers)))
    rate[:, 0] = of_base(inputs, "foreign_investment_initial", country.count)
    return np.maximum(rate * output - taken, 0.0)


def _closed(inputs: Inputs, country: Country, years: Years, grid: list[int]) -> Array:
    """Return the part of a sector's capital that stands with plants that close, from the first year of the plan on."""
    names = inputs.labels("initiative_closed", "initiative")
    share = inputs.ordered("initiative_sector_share", {"initiative": names}, more=True)
    gone = inputs.ordered("initiative_closed", {"initiative": names}, more=True) * share
    closed = np.zeros((len(gone), len(years.numbers), len(country.sectors)))
    for place, (name, sector) in enumerate(zip(names, _targets(inputs, names, country), strict=True)):
        if not (gone[:, place] > 0).any():
            continue
        if not 0 <= sector < len(country.sectors):
            raise MoravaError(
                Problem(
                    f"{name} closes and belongs to no sector", WHERE, "name its sector in initiative_capital_sector"
                )
            )
        closed[:, years.numbers.index(grid[0]) :, sector] += gone[:, place, None]
    if (closed > 1).any():
        raise MoravaError(
            Problem("plants of one sector are more than all of it", WHERE, "lower their initiative_sector_share")
        )
    return closed
