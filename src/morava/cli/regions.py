"""A region in place of a country, where its power system is asked for."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from morava.errors import MoravaError, Problem, Problems, nearest
from morava.models.power import System
from morava.plans import list_countries
from morava.runs.explore import read_plan
from morava.runs.region import is_region, list_regions, region_system
from morava.runs.request import EVERY_PERIOD, detail_for, read_years
from morava.runs.simulate import system_of

FULL = "full"
Place = Annotated[str, typer.Argument(help="Name of a country pack or of a region, or the folder of one.")]


def chosen_system(name: str, strategy: str, future: int, seed: int | None, hours: str, years: str) -> System:
    """Return the power system of a region, or of one future of a country's plan.

    Raises
    ------
    MoravaError
        When there is none, or what is asked of it cannot be read.
    """
    known = [*list_countries(), *list_regions()]
    if name not in known and not Path(name).is_dir():
        raise MoravaError(
            Problem(f"there is no country or region {name!r}", "countries and regions", nearest(name, known))
        )
    found = system_of_region(name, hours, years, strategy, future, seed)
    if found is not None:
        return found
    plan = read_plan(name, strategy)
    detail = detail_for(plan.country, 1, years, hours, check=False)
    start = plan.futures.seed if seed is None else seed
    return system_of(plan.country, plan.strategy, plan.futures, start, future, detail)


def system_of_region(name: str, hours: str, years: str, strategy: str, future: int, seed: int | None) -> System | None:
    """Return the power system of a region; nothing where the name is none of one.

    Raises
    ------
    MoravaError
        When what only a country has is asked of a region, or hours or years cannot be.
    """
    if not is_region(name):
        return None
    problems = Problems()
    for option, given in (("--strategy", strategy), ("--future", future), ("--seed", seed is not None)):
        if given:
            problems.add(f"the region {name} has no strategies and no futures", option, "leave the option out")
    if years == EVERY_PERIOD:
        problems.add(f"the region {name} names no periods", "--years", "name years, or leave them out for its own")
        years = ""
    problems.raise_if_any()
    return region_system(name, hours or FULL, periods=read_years(years) if years else ())
