"""The models in running order. The only file that names them all.

The dates come first: what a plan changes is changed at the dates that `schedule` gives, so that `runs` applies the
plan between `schedule` and the models after it. The power program takes seconds a future, so that a run answers it for
its first futures only, unless it screens the others; everything else for all.
"""

from __future__ import annotations

from morava.models.adequacy import adequacy, adequacy_chronological
from morava.models.contract import Model, as_model
from morava.models.dependence import dependence
from morava.models.money import money
from morava.models.power import power
from morava.models.projects import projects
from morava.models.schedule import schedule
from morava.models.trade import trade
from morava.quantities import find

DATES: tuple[Model, ...] = (as_model(schedule),)
"""What is answered before the plan is applied."""
DETAILED: tuple[Model, ...] = (as_model(power), as_model(adequacy_chronological))
"""What is answered in the first futures of a run only."""
APART: tuple[Model, ...] = (as_model(trade),)
"""What no other model needs: it is not run again without an initiative where nobody asks it."""
CHAIN: tuple[Model, ...] = (
    *DATES,
    as_model(projects),
    as_model(adequacy),
    as_model(money),
    *APART,
    *DETAILED,
    as_model(dependence),
)
"""Every model, each after those whose results it needs."""


def given_by() -> dict[str, str]:
    """Return, for every quantity that a model gives, the name of that model.

    Examples
    --------
    >>> given_by()["initiative_finish"]
    'schedule'
    """
    return {name: model.__name__ for model in CHAIN for name in model.gives}


def given_from_tables() -> set[str]:
    """Return the quantities that rest on the tables of the world's trade.

    Examples
    --------
    >>> "region_balance" in given_from_tables()
    True
    """
    return {name for model in APART for name in model.gives}


def needs_hours(model: Model) -> bool:
    """Return whether a model rests on hourly shapes: without them a country cannot be answered by it."""
    return any("hour" in find(name).dims for name in (*model.needs, *model.gives))


def given_from_hours() -> set[str]:
    """Return the quantities that rest on hourly shapes.

    Examples
    --------
    >>> "power_unserved" in given_from_hours(), "initiative_finish" in given_from_hours()
    (True, False)
    """
    return {name for model in CHAIN if needs_hours(model) for name in model.gives}
