"""Solve a power system, and read the answer back in MW, MWh and EUR."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt

from morava.models.power.build import build_program
from morava.models.power.certified import AIM, solve_certified
from morava.models.power.library import Entry, Library, make_entry, screen_program
from morava.models.power.parts import THOUSAND, Layout, builds
from morava.models.power.program import Solved, solve_program
from morava.models.power.system import Solution, System

Array = npt.NDArray[np.float64]
Numbers = npt.NDArray[np.int64]


ENGINE, SIMPLEX = "engine", "simplex"
ENGINE_FROM = 1000
"""Hours that follow each other from which on the engine is the default; a shorter program is solved to a vertex."""


def solve_system(system: System, method: str = "", gap: float = AIM) -> Solution:
    """Return the least-cost capacities and dispatch of a system, with its proof.

    Parameters
    ----------
    method
        `engine`, or the name of a method of HiGHS: `simplex`, `ipm`, `hipo`. Without it, the engine for long
        unbroken calendars, and the simplex method for others.
    gap
        Widest gap, relative, at which the engine may end.

    Raises
    ------
    MoravaError
        When no solution was proved.
    """
    program, layout = build_program(system)
    calendar = system.calendar
    chosen = method or (ENGINE if calendar.is_whole and len(calendar.hours) >= ENGINE_FROM else SIMPLEX)
    if chosen == ENGINE:
        return read_solution(system, layout, solve_certified(program, calendar, gap))
    return read_solution(system, layout, solve_program(program, chosen))


def screen_system(system: System, library: Library, gap: float) -> Solution:
    """Return an answer within a gap: from solved futures where they reach, else by the engine.

    Raises
    ------
    MoravaError
        When no solution was proved.
    """
    program, layout = build_program(system)
    found = screen_program(system, program, layout, library, gap)
    return read_solution(system, layout, found or solve_certified(program, system.calendar, gap))


def library_entry(system: System) -> Entry:
    """Return what a library keeps of a system: it is solved for that.

    Raises
    ------
    MoravaError
        When no solution was proved.
    """
    program, layout = build_program(system)
    return make_entry(system, program, layout, solve_certified(program, system.calendar))


def read_solution(system: System, layout: Layout, solved: Solved) -> Solution:
    """Return the answer of a program by the names of its system."""

    def over(places: Mapping[str, Numbers]) -> dict[str, Array]:
        return {name: solved.values[columns] * THOUSAND for name, columns in places.items()}

    output, built, added = over(layout.output), over(layout.built), over(layout.added)
    weights = np.outer(system.calendar.weights, system.calendar.hour_weights)
    emission = np.zeros(len(system.calendar.periods))
    for one in system.generators:
        emission += one.emission * (output[one.name] @ system.calendar.hour_weights)
    spent = {}
    for budget in system.budgets:
        inside = np.array([budget.first <= year <= budget.last for year in system.calendar.periods])
        named = builds(system)
        spent[budget.name] = budget.committed + float(
            sum((built[name] * build.overnight_cost * inside).sum() for name, build in named)
        )
    forward, backward = over(layout.forward), over(layout.backward)
    return Solution(
        status=solved.status,
        objective=solved.objective * THOUSAND * THOUSAND,
        bound=solved.bound * THOUSAND * THOUSAND,
        gap=solved.gap,
        primal_residual=solved.primal_residual,
        dual_residual=solved.dual_residual,
        output=output,
        charge=over(layout.charge),
        discharge=over(layout.discharge),
        level=over(layout.level),
        spill=over(layout.spill),
        flow={name: forward[name] - backward[name] for name in forward},
        unserved=over(layout.unserved),
        price={zone: solved.row_duals[rows] / weights * THOUSAND for zone, rows in layout.balance.items()},
        built=built,
        capacity=_capacity(system, added),
        reserve_shortfall=np.zeros(len(emission))
        if layout.shortfall is None
        else solved.values[layout.shortfall] * THOUSAND,
        emission=emission,
        emission_price=np.zeros(len(emission))
        if layout.emission is None
        else -solved.row_duals[layout.emission] / system.calendar.weights * THOUSAND,
        budget_spent=spent,
        budget_price={name: -float(solved.row_duals[row]) for name, row in layout.budget.items()},
    )


def _capacity(system: System, added: Mapping[str, Array]) -> dict[str, Array]:
    """Return what stands of everything in each period, MW; of storages what they discharge."""
    periods = len(system.calendar.periods)
    fixed = {one.name: one.capacity for one in system.generators}
    fixed |= {one.name: one.capacity for one in system.links}
    fixed |= {one.name: one.discharge_capacity for one in system.storages}
    return {name: np.broadcast_to(values, (periods,)) + added.get(name, 0.0) for name, values in fixed.items()}
