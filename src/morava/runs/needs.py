"""Whether a pack gives every model what it needs: what a run would say at its start, said before it."""

from __future__ import annotations

from morava.errors import Problem, Problems
from morava.plans.levers import Lever, read_levers
from morava.runs.explore import read_plan
from morava.runs.levers import moved
from morava.runs.lower import lower
from morava.runs.request import detail_for
from morava.runs.without import strategies_of


def missing_needs(country: str, strategy: str = "") -> tuple[Problem, ...]:
    """Return everything that the models lack of a pack which has no problem in itself.

    A strategy without initiatives is only begun: nothing is asked of it yet.

    Parameters
    ----------
    country
        Name of a pack, or its folder.
    strategy
        Name of a strategy; the country's default without it.
    """
    problems = Problems()
    with problems.collecting():
        plan = read_plan(country, strategy)
        detail_for(plan.country)
        if not plan.strategy.initiatives:
            return tuple(problems)
        for one in strategies_of(plan.strategy).values():
            lower(plan.country, one, plan.futures, plan.futures.seed, [0])
        known = read_levers(plan.country, plan.strategy)
        far = {one.name: _end(one) for one in known.values() if one.kind in ("financing", "policy")}
        if far:
            changed = moved(plan.strategy, plan.country, known, far)
            lower(plan.country, changed, plan.futures, plan.futures.seed, [0])
    return tuple(problems)


def _end(lever: Lever) -> float:
    """Return an end of the range of a lever at which the plan does not stand."""
    return lever.at_most if lever.at_most != lever.plan else lever.at_least
