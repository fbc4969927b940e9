"""The models in running order. The only file that names them all.

The dates come first: what a plan changes is changed at the dates that `schedule` gives, so that `runs` applies the
plan between `schedule` and the models after it.
"""

from __future__ import annotations

from morava.models.contract import Model, as_model
from morava.models.dependence import dependence
from morava.models.money import money
from morava.models.schedule import schedule

DATES: tuple[Model, ...] = (as_model(schedule),)
"""What is answered before the plan is applied."""
CHAIN: tuple[Model, ...] = (*DATES, as_model(money), as_model(dependence))
"""Every model, each after those whose results it needs."""


def given_by() -> dict[str, str]:
    """Return, for every quantity that a model gives, the name of that model.

    Examples
    --------
    >>> given_by()["initiative_finish"]
    'schedule'
    """
    return {name: model.__name__ for model in CHAIN for name in model.gives}
