"""Small programs of Ruritania's power system, one golden part of them for every kind of constraint.

The system is that of future 0 under the seed of the futures file, in two years, on two stretches of three hours that
stand many times each. What the kingdom does not have (links, a limit of emissions, ...) is put into it by hand.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory
from textwrap import wrap
from unittest.mock import patch

import numpy as np
import xarray as xr

from morava.models.contract import one_future
from morava.models.power import assemble
from morava.models.power.build import build_program
from morava.models.power.calendar import period_weights
from morava.models.power.program import Program, rows_of, write_program
from morava.models.power.system import Build, Calendar, Generator, Link, Storage, System
from morava.runs.explore import read_plan
from morava.runs.request import detail_for
from morava.runs.simulate import simulate

FOLDER = Path(__file__).with_name("power")
FUTURE = 0
YEARS = (2030, 2045)
"""So far apart that a battery of the first no longer stands in the second."""
JANUARY, JULY = 17, 4525
"""Hours of the year with which the two stretches begin: an evening, and a noon."""
DIGITS = 6
"""Significant digits of a golden number: the last bits are those of a machine."""
WIDTH = 118
HELD = "\u00a0"
"""Stands for a space at which no line may be broken."""


class _AskedError(Exception):
    """Ends a run where the power program is asked."""


def inputs() -> dict[str, xr.DataArray]:
    """Return what a run gives to the power program of the future, taken where it is asked."""
    plan = read_plan("ruritania", "crown-2030")
    asked: dict[str, xr.DataArray] = {}

    def take(given: Mapping[str, xr.DataArray]) -> None:
        asked.update(given)
        raise _AskedError

    with patch("morava.models.power.model.solve_futures", take), suppress(_AskedError):
        detail = detail_for(plan.country)
        simulate(plan.country, plan.strategy, plan.futures, plan.futures.seed, [FUTURE], detail)
    return one_future(asked, FUTURE)


def calendar(length: int, repeats: tuple[float, ...], rate: float, years: tuple[int, ...] = YEARS) -> Calendar:
    """Return a calendar of one or two stretches, so many hours each."""
    starts = (JANUARY, JULY)[: len(repeats)]
    return Calendar(
        periods=years,
        weights=period_weights(years, rate),
        hours=np.concatenate([np.arange(start, start + length) for start in starts]).astype(np.int64),
        stretches=np.repeat(np.arange(len(repeats)), length).astype(np.int64),
        repeats=np.asarray(repeats),
    )


def _changed(system: System, name: str, **changes: object) -> System:
    """Return a system in which one generator or storage is another."""

    def new(things: tuple[Generator, ...] | tuple[Storage, ...]) -> tuple[Generator | Storage, ...]:
        return tuple(replace(one, **changes) if one.name == name else one for one in things)

    return replace(system, generators=new(system.generators), storages=new(system.storages))


def _without_days(system: System) -> System:
    """Return a system whose storages of a day return to their level in each stretch, which is shorter here."""
    storages = tuple(replace(one, cycle="stretch") if one.cycle == "day" else one for one in system.storages)
    return replace(system, storages=storages)


def _build() -> Build:
    """Return leave to build a little of anything."""
    return Build(np.full(1, 200_000.0), np.full(1, 2_000_000.0), np.full(1, 10.0), 15.0, 30.0)


def systems() -> dict[str, System]:
    """Return the kingdom's system and what is made from it, by name."""
    known = inputs()
    rate = float(known["discount_rate"])
    own = _without_days(assemble(known, calendar(3, (1400.0, 1520.0), rate)))
    hourly = _without_days(assemble(known, calendar(1, (4200.0, 4560.0), rate)))
    day = assemble(known, calendar(24, (365.0,), rate, YEARS[:1]))
    days = assemble(known, calendar(24, (200.0, 165.0), rate))
    whole = _without_days(assemble(known, calendar(4, (1.0,), rate)))
    lake = {"build": _build(), "build_hours": 700.0}
    line = Link("tunnel", "nation", "island", np.full(1, 20.0), np.full(1, 10.0), 0.97, 1.0, _build())
    hours = own.demand["nation"] * 0.1
    ring = (
        replace(line, efficiency=1.0, reactance=0.3),
        Link("ridge", "coast", "island", np.full(1, 15.0), np.full(1, 15.0), reactance=0.6),
        Link("shore", "nation", "coast", np.full(1, 25.0), np.full(1, 25.0), reactance=0.2),
    )
    opened = {"cycle": "open", "initial_level": np.full(1, 40.0), "standing_loss": 0.01}
    return {
        "own": own,
        "hourly": hourly,
        "day": day,
        "days": _changed(days, "reservoir", **lake),
        "whole": whole,
        "opened": _changed(own, "pumped_storage", **opened),
        "committed": _changed(own, "lignite", committed=True, start_cost=60.0),
        "limited": replace(
            _changed(own, "lignite", energy_limit=np.full(1, 900_000.0)),
            emission_limit=np.array([1_000_000.0, 500_000.0]),
            budgets=tuple(replace(one, binding=True, last=YEARS[-1], committed=one.amount / 2) for one in own.budgets),
        ),
        "island": replace(
            own, zones=("nation", "island"), demand={"nation": own.demand["nation"], "island": hours}, links=(line,)
        ),
        "ring": replace(
            own,
            zones=("nation", "island", "coast"),
            demand={"nation": own.demand["nation"], "island": hours, "coast": hours},
            links=ring,
        ),
    }


GOLDEN = {
    "balance": ("hourly", "balance_nation"),
    "balance-with_link": ("island", "balance_island"),
    "ramp_up": ("own", "ramp_up_lignite"),
    "ramp_down": ("own", "ramp_down_lignite"),
    "ramp_up-where_built": ("own", "ramp_up_nuclear"),
    "ramp_up-whole_year": ("whole", "ramp_up_lignite"),
    "minimum": ("own", "minimum_nuclear"),
    "available": ("own", "available_wind"),
    "vintages": ("own", "vintages_battery"),
    "energy": ("limited", "energy_lignite"),
    "online_most": ("committed", "online_most_lignite"),
    "online_least": ("committed", "online_least_lignite"),
    "starts": ("committed", "starts_lignite"),
    "storage": ("own", "storage_reservoir"),
    "storage-stretch": ("own", "storage_pumped_storage"),
    "storage-open": ("opened", "storage_pumped_storage"),
    "storage-day": ("day", "storage_battery"),
    "storage-whole_year": ("whole", "storage_reservoir"),
    "carry": ("own", "carry_reservoir"),
    "last_least": ("days", "last_least_reservoir"),
    "last_most": ("days", "last_most_reservoir"),
    "begin_most": ("days", "begin_most_reservoir"),
    "charge_most": ("own", "charge_most_battery"),
    "discharge_most": ("own", "discharge_most_battery"),
    "level_most": ("own", "level_most_battery"),
    "line_forward": ("island", "line_forward_tunnel"),
    "line_backward": ("island", "line_backward_tunnel"),
    "cycle_1": ("ring", "cycle_1"),
    "emission": ("limited", "emission"),
    "reserve": ("own", "reserve"),
    "budget": ("limited", "budget_power_budget"),
}
"""The system and the block of rows of every golden file; a dash begins a form of a constraint that has others too."""


def kinds_of(system: System, program: Program) -> set[str]:
    """Return the kinds of rows of a program: the names of its blocks without those of the things they are about."""
    things = (*system.generators, *system.storages, *system.links, *system.budgets)
    names = sorted((*system.zones, *(one.name for one in things)), key=len, reverse=True)
    found = set()
    for block in program.rows:
        about = next((name for name in names if block.name.endswith(f"_{name}")), None)
        found.add(block.name.removesuffix(f"_{about}"))
    return found


def texts() -> dict[str, str]:
    """Return what every golden file holds, by its name."""
    programs = {name: build_program(system)[0] for name, system in systems().items()}
    return {name: text_of(programs[system], block) for name, (system, block) in GOLDEN.items()}


def text_of(program: Program, block: str) -> str:
    """Return the rows of a block as an LP file says them, in numbers and lines that an eye can read."""
    with TemporaryDirectory() as folder:
        written = write_program(rows_of(program, block), Path(folder) / "part.lp").read_text(encoding="utf-8")
    told, limits = written.split("bounds\n")
    # HiGHS breaks long statements anywhere; a new one begins with its name and a colon.
    head, *statements = re.split(r"\n(?=min$|st$| \S+:)", told.rstrip("\n"), flags=re.MULTILINE)
    if not head.startswith("\\"):
        raise ValueError(f"HiGHS begins a file with {head}")
    lines: list[str] = []
    for statement in (*statements, "bounds", *limits.splitlines()):
        lines += wrap(_shortened(statement), WIDTH, subsequent_indent="   ", break_long_words=False)
    return "\n".join(lines).replace(HELD, " ") + "\n"


def _shortened(statement: str) -> str:
    """Return a statement with its numbers in few digits, each held to what follows it; names stay."""
    words = statement.split()
    if not words:
        return ""
    found = [statement[: len(statement) - len(statement.lstrip())] + _short(words[0])]
    for before, word in pairwise(words):
        held = before in ("=", "<=", ">=") or before[0] in "+-"
        found.append((HELD if held else " ") + _short(word))
    return "".join(found)


def _short(word: str) -> str:
    try:
        value = float(word)
    except ValueError:
        return word
    return f"{value:+.{DIGITS}g}" if word[0] in "+-" else f"{value:.{DIGITS}g}"
