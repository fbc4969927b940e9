"""The models in running order. The only file that names them all.

The dates come first: what a plan changes is changed at the dates that `schedule` gives, so that `runs` applies the
plan between `schedule` and the models after it. The power program takes seconds a future, so that a run answers it for
its first futures only, unless it screens the others; everything else for all.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from morava.models.adequacy import adequacy, adequacy_chronological
from morava.models.contract import Model, as_model
from morava.models.dependence import dependence
from morava.models.economy import economy
from morava.models.money.debt_model import debt
from morava.models.money.spending_model import spending
from morava.models.power import power
from morava.models.projects import projects
from morava.models.schedule import schedule
from morava.models.trade import trade
from morava.quantities import find

DATES: tuple[Model, ...] = (as_model(schedule),)
"""What is answered before the plan is applied."""
DETAILED: tuple[Model, ...] = (as_model(power), as_model(adequacy_chronological))
"""What is answered in the first futures of a run only."""
WORLD: tuple[Model, ...] = (as_model(economy), as_model(trade))
"""What rests on the tables of the country's accounts and of the world's trade."""
CHAIN: tuple[Model, ...] = (
    *DATES,
    as_model(projects),
    as_model(spending),
    as_model(economy),
    as_model(trade),
    as_model(power),
    as_model(adequacy),
    as_model(debt),
    as_model(adequacy_chronological),
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


def models_behind(wanted: Iterable[str], made_of: Mapping[str, Collection[str]] | None = None) -> tuple[Model, ...]:
    """Return the models that give some quantities and those whose results these need, in running order.

    Parameters
    ----------
    wanted
        Quantities; those that no model gives are behind nothing.
    made_of
        Quantities that no model gives and a run makes between models, each with those that it makes it of.

    Examples
    --------
    >>> [model.__name__ for model in models_behind(["debt_ratio", "gdp_initial"])]
    ['schedule', 'spending', 'debt']
    """
    names, found = set(wanted), set[Model]()
    while True:
        names |= {part for name in names for part in (made_of or {}).get(name, ())}
        new = {model for model in CHAIN if names & set(model.gives)} - found
        if not new:
            return tuple(model for model in CHAIN if model in found)
        found |= new
        names |= {name for model in new for name in model.needs}


def given_from_tables() -> set[str]:
    """Return the quantities that rest on the tables of the world's trade.

    Examples
    --------
    >>> "region_balance" in given_from_tables()
    True
    """
    return {name for model in WORLD for name in model.gives}


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
