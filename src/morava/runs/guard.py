"""The border of every model: what goes in and what comes out agrees with the glossary, or nothing passes."""

from __future__ import annotations

from collections.abc import Mapping

import xarray as xr

from morava.errors import Problems
from morava.models.contract import Model
from morava.quantities import check


def run(model: Model, known: Mapping[str, xr.DataArray]) -> dict[str, xr.DataArray]:
    """Run one model on what is known, both borders checked.

    Parameters
    ----------
    model
        A decorated function.
    known : mapping of DataArray
        Everything that is known so far; the model is shown only what it names.

    Returns
    -------
    dict of DataArray
        Exactly the quantities that the model says it gives.

    Raises
    ------
    MoravaError
        Missing inputs, wrong dimensions, units or ranges, holes, results that were not announced: all at once.
    """
    problems = Problems()
    where = f"input of {model.__name__}"
    for name in model.needs:
        if name not in known:
            problems.add(f"{name} is missing", where, "give it by a fact, by the strategy, or by a model before")
        else:
            check(name, known[name], where, problems)
    problems.raise_if_any()
    results = model(**{name: known[name] for name in model.needs})
    where = f"result of {model.__name__}"
    for name in sorted(set(results) ^ set(model.gives)):
        problems.add(f"{name} is given or announced, not both", where, "return exactly what the model says it gives")
    for name, array in results.items():
        check(name, array, where, problems)
    problems.raise_if_any()
    return results
