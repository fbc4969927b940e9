"""The world in the years that are solved: what grows, drifts and is dug by itself, without and with the agreements."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from morava.errors import MoravaError, Problem
from morava.models.batches import Array
from morava.models.inputs import Inputs
from morava.models.trade.equilibrium import Equilibrium, Shock, no_shock, solve, world_after
from morava.models.trade.home import deficit_with, home_in
from morava.models.trade.response import guide
from morava.models.trade.setting import Setting
from morava.models.trade.staging import duties_in
from morava.models.trade.welfare import price_of_final_demand
from morava.models.trade.world import World


@dataclass(frozen=True)
class Solved:
    """A change that was solved: the world before and after, and factors on the world's price of final use, [future].

    `price` is that of the change itself, `since` that from the base year to the world before.
    """

    before: World
    shock: Shock
    equilibrium: Equilibrium
    after: World
    price: Array
    since: Array


def step(before: World, shock: Shock, what: str, jacobian: Array | None = None, since: Array | None = None) -> Solved:
    """Return what follows from a shock.

    Parameters
    ----------
    what
        What is solved, for the error.
    jacobian
        That of the world before, where several shocks share it.
    since
        Factor on the world's price of final use from the base year to the world before; one where it is the base.

    Raises
    ------
    MoravaError
        When some future finds no equilibrium: that is an answer, and the run keeps it as such.
    """
    equilibrium = solve(before, shock, jacobian)
    lost = np.flatnonzero(~equilibrium.converged)
    if lost.size:
        raise MoravaError(
            Problem(
                f"{what}: {lost.size} of {len(equilibrium.converged)} futures find no equilibrium "
                f"(largest error {np.nanmax(equilibrium.residual[lost]):.1e})",
                "model trade",
                "a deficit, a cost or a growth may be beyond what the world can carry",
            )
        )
    return solved(before, shock, equilibrium, since)


def solved(before: World, shock: Shock, equilibrium: Equilibrium, since: Array | None = None) -> Solved:
    """Return a change with its equilibrium; futures that did not converge hold what was reached."""
    price = price_of_final_demand(before, equilibrium)
    weights = equilibrium.income / equilibrium.income.sum(axis=1, keepdims=True)
    world_price = np.exp((weights * np.log(price)).sum(axis=1))
    since = np.ones_like(world_price) if since is None else since
    return Solved(before, shock, equilibrium, world_after(before, shock, equilibrium), world_price, since)


@dataclass(frozen=True)
class Year:
    """A solved year: the base grown to it without agreements of the plan, and the agreements then."""

    grown: Solved
    agreed: Solved

    @property
    def price(self) -> Array:
        """Factor on the world's price of final use since the base year, [future]."""
        return self.grown.price * self.agreed.price


def solve_years(
    inputs: Inputs, setting: Setting, years: Iterable[int], deficit: Array | None = None
) -> dict[int, Year]:
    """Return every solved year, with deficits [future, region] as in the base year or as they are given."""
    jacobian = guide(setting.world)
    found: dict[int, Year] = {}
    for year in years:
        grown = step(setting.world, growth(inputs, setting, year, deficit), f"growth to {year}", jacobian)
        tariff = duties_in(inputs, setting, year)
        shock = replace(no_shock(grown.after), tariff=tariff)
        agreed = step(grown.after, shock, f"agreements in {year}", since=grown.price)
        found[year] = Year(grown, agreed)
    return found


def solve_ends(inputs: Inputs, setting: Setting, years: Iterable[int]) -> Iterator[tuple[int, Solved]]:
    """Yield every solved year as one change from the base year: growth and agreements at once."""
    jacobian = guide(setting.world)
    for year in years:
        shock = replace(growth(inputs, setting, year), tariff=duties_in(inputs, setting, year))
        yield year, step(setting.world, shock, f"growth and agreements to {year}", jacobian)


def growth(inputs: Inputs, setting: Setting, year: int, deficit: Array | None = None) -> Shock:
    """Return what differs in a year from the base year though no agreement is made.

    Labour stands for all growth of what the people of a region make; that of the country, its productivity and its
    deficit are given by year. A partner's goods become cheaper to bring so that its share grows by the drift, at
    unchanged prices; exports of raw material grow by what mines add, at unchanged prices.

    Parameters
    ----------
    deficit
        [future, region], in terms of the world's wages, before the factor on that of the country; those of the base
        year where none are given.
    """
    world, home = setting.world, setting.home
    since = year - inputs.number("world_year")
    country = home_in(inputs, setting, year)
    grown = (1 + inputs.ordered("region_growth", {"region": world.regions})) ** since
    theta = world.elasticity
    going = inputs.array("import_drift_draw")[:, None] * inputs.ordered("import_drift", {"region": world.regions})
    dug = mines(inputs, setting, year)
    parts = (theta, world.tariff, grown, going, dug, country.productivity, country.labour)
    count = max(len(part) for part in parts)
    regions, sectors = len(world.regions), len(world.sectors)
    labour = np.array(np.broadcast_to(grown, (count, regions)))
    labour[:, home] = country.labour
    cost = np.ones((count, sectors, regions, regions))
    fall = np.exp(-going[:, None, :] * since / theta[:, :, None])
    cost[:, :, home, :] = np.where(is_goods(setting)[None, :, None], fall, 1.0)
    cost[:, :, home, home] = 1.0
    productivity = np.ones((count, regions, sectors))
    productivity[:, home, :] = dug * country.productivity
    return Shock(
        tariff=world.tariff,
        cost=cost,
        productivity=productivity,
        labour=labour,
        deficit=deficit_with(setting, world.deficit if deficit is None else deficit, country.deficit),
    )


def mines(inputs: Inputs, setting: Setting, year: int) -> Array:
    """Return the factor on productivity that new mines are in a year, [future, sector]."""
    since = year - inputs.number("world_year")
    length = inputs.number("raw_material_full_by") - inputs.number("world_year")
    part = min(1.0, max(0.0, since / length)) if length > 0 else 1.0
    raw = inputs.ordered("raw_material_share", {"sector": setting.world.sectors})
    expansion = 1 + raw * (inputs.array("raw_material_expansion")[:, None] ** part - 1)
    dug: Array = expansion ** (1 / setting.world.elasticity)
    return dug


def is_goods(setting: Setting) -> npt.NDArray[np.bool_]:
    """Return which sectors are goods, [sector]: those on which some region levies a most-favoured duty."""
    return np.asarray((setting.favoured > 0).any(axis=0))
