"""A proved answer of a future from solved futures of the same plan, without solving its hours together."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from threadpoolctl import threadpool_limits

from morava.errors import MoravaError
from morava.models.power.build import build_program
from morava.models.power.certified import SCREENED
from morava.models.power.library.entries import Library
from morava.models.power.library.lower import all_prices
from morava.models.power.library.master import make_frame
from morava.models.power.library.offers import Offers, fits, make_offers
from morava.models.power.library.search import BoundSearch, Plan, PlanSearch
from morava.models.power.library.upper import Schedules, make_schedules
from morava.models.power.parts import Layout
from morava.models.power.program import TOLERANCE, Program, Solved, prove
from morava.models.power.system import System

Array = npt.NDArray[np.float64]
STEPS = 12
"""Most steps of both searches together."""
PROGRESS = 0.98
"""Part of a gap to which a step must bring it, or it counts as idle: then the other search has its turn."""
POLISHES = 2
"""How often the best plan may be polished."""
IDLE_STEPS = 5
"""Idle steps in a row after which both give up."""
MARGIN = 0.999
"""Part of the gap at which the searches end: what is left is rounding."""
OWN = "proved within the gap from solved futures"


def screen(system: System, library: Library, gap: float = SCREENED) -> Solved | None:
    """Return a proved answer of the reference program of a system, or none where the library does not reach so far.

    None is returned for systems of several zones, of unit commitment, of hours that are not the whole year, of levels
    that are set, and where plan and bound do not meet: with emission or energy limits that bind (the bound gives them
    no price, and the plan does not look for them), ramps that bind often (the bound gives them no price either),
    builds without an end, or futures too far from those of the library.

    Parameters
    ----------
    gap
        Widest distance between cost and proved bound, relative.
    """
    if not fits(system):
        return None
    program, layout = build_program(system)
    return screen_program(system, program, layout, library, gap)


def screen_program(
    system: System, program: Program, layout: Layout, library: Library, gap: float = SCREENED
) -> Solved | None:
    """Return what `screen` does, for a system whose program is made."""
    if not fits(system) or not _same_hours(layout, library):
        return None
    with threadpool_limits(limits=1):
        try:
            return _search(system, program, layout, library, gap)
        except MoravaError:  # a frame without an answer, or without an end
            return None


def _same_hours(layout: Layout, library: Library) -> bool:
    """Return whether a library is of the same storages, periods and hours."""
    periods = len(next(iter(layout.balance.values())))
    return bool(library.entries) and all(
        len(entry.price) == periods
        and all(
            name in entry.value and entry.value[name].shape == columns.shape for name, columns in layout.level.items()
        )
        for entry in library.entries
    )


def _search(system: System, program: Program, layout: Layout, library: Library, gap: float) -> Solved | None:
    offers, frame = make_offers(system, program, layout), make_frame(program, layout)
    schedules = make_schedules(offers, library)
    if schedules is None:
        return None
    above = PlanSearch(offers, frame, schedules)
    below = BoundSearch(offers, frame, library)
    if not _meet(above, below, library, gap) or above.best is None or below.solved is None:
        return None
    prices = all_prices(program, offers, frame, below.solved, below.cuts, below.prices)
    found = prove(program, point_of(program, layout, offers, above.schedules, above.best, frame.columns), prices, OWN)
    proved = found.gap <= gap and max(found.primal_residual, found.dual_residual) <= TOLERANCE
    return found if proved else None


def _meet(above: PlanSearch, below: BoundSearch, library: Library, gap: float) -> bool:
    """Bring plans and bounds together, whichever promises more; return whether they are within the gap."""
    above.start(library)
    idle, polished = 0, 0
    for _ in range(STEPS):
        before = above.objective - below.bound
        promising = above.objective - above.least > above.least - below.bound
        if below.solved is None or promising != (idle % 2 == 1):
            above.step()
        elif polished < POLISHES and polished <= below.steps:
            above.polish()
            polished += 1
        else:
            below.step()
        if above.best is None:
            continue
        if below.solved is None:
            below.start(above.best, above.schedules)
        now = above.objective - below.bound
        if now <= MARGIN * gap * max(1.0, abs(above.objective)):
            return True
        idle = 0 if now < before * PROGRESS else idle + 1
        if idle == IDLE_STEPS:
            break
    return False


def point_of(
    program: Program,
    layout: Layout,
    offers: Offers,
    schedules: Schedules,
    plan: Plan,
    columns: npt.NDArray[np.int64],
) -> Array:
    """Return a plan as the columns of its program."""
    values = np.zeros(len(program.cost))
    values[columns] = plan.values
    for places, added in zip(layout.added.values(), plan.added, strict=True):
        values[places] = added
    for period, run in enumerate(plan.runs):
        for at in range(offers.without_storages):
            values[offers.columns[at][period]] = offers.sign[at] * run.output[:, at]
        for place, keeper in enumerate(offers.keepers):
            inside = np.flatnonzero(schedules.mixing.group == place)
            name = keeper.one.name
            for kind, where in enumerate((layout.charge, layout.discharge, layout.level, layout.spill)):
                if name in where:
                    values[where[name][period]] = plan.mix[period, inside] @ schedules.flows[period][kind][inside]
    return values
