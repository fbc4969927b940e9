"""Brings what a model is handed into one order of labels, and refuses what does not fit together."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
import xarray as xr

from morava.errors import Problems, nearest
from morava.models.money.spending import Array, sum_in_order
from morava.quantities import find, labelled

NOT_FOUND = "not found"
"""The lender that holds money for which no source was named."""

CURRENCY = "lender_currency"
LENDS_IN = "lender lends in currency"
"""Name of the matrix made from `lender_currency`; it is no quantity."""
ROUNDING = 1e-9

_OWNERS = {
    "initiative": "initiative_cost",
    "lender": "lender_share",
    "envelope": "envelope_amount",
    "year": "debt_history_draw",
    "period": "history_growth",
}
"""Whose labels stand for a dimension: every other array is brought into their order."""


@dataclass(frozen=True)
class Inputs:
    """Numbers by name, the first axis being the future (one row where an array knows none), and the labels."""

    values: Mapping[str, Array]
    labels: Mapping[str, list[Any]]
    futures: list[Any] | None

    def give(self, name: str, values: Array) -> xr.DataArray:
        """Return numbers as the array of a quantity, with `future` where any input had it."""
        dims = find(name).dims
        coords = {dim: self.labels[dim] for dim in dims}
        shape = tuple(len(labels) for labels in coords.values())
        if self.futures is None:
            return labelled(name, values.reshape(shape), coords)
        return labelled(name, np.broadcast_to(values, (len(self.futures), *shape)), {"future": self.futures, **coords})


def read_programme(arrays: Mapping[str, xr.DataArray]) -> Inputs:
    """Return the inputs of `spending` in one order of labels.

    Only costed initiatives count: an array may know more of them, never fewer. On every other dimension the labels
    must be the same.

    Raises
    ------
    MoravaError
        With everything that does not fit together.
    """
    return _read(arrays, "spending", (_check_grid, _check_shares, _check_dates))


def read_history(arrays: Mapping[str, xr.DataArray]) -> Inputs:
    """Return the inputs of `debt` in one order of labels.

    Raises
    ------
    MoravaError
        With everything that does not fit together.
    """
    return _read(arrays, "debt", (_check_grid, _check_history))


def _read(
    arrays: Mapping[str, xr.DataArray], where: str, checks: Sequence[Callable[[Inputs, Problems], None]]
) -> Inputs:
    problems = Problems()
    labels = {dim: arrays[owner].coords[dim].to_numpy().tolist() for dim, owner in _OWNERS.items() if owner in arrays}
    futures = _find_futures(arrays, where, problems)
    values: dict[str, Array] = {}
    if CURRENCY in arrays:
        labels["currency"], values[LENDS_IN] = _read_currencies(arrays[CURRENCY], labels["lender"], where, problems)
    for name, array in arrays.items():
        if name == CURRENCY:
            continue
        ordered = _order(name, array, labels, where, problems)
        if ordered is not None:
            values[name] = ordered
    problems.raise_if_any()
    found = Inputs(values, labels, futures)
    for check in checks:
        check(found, problems)
    problems.raise_if_any()
    return found


def _read_currencies(
    array: xr.DataArray, lenders: list[Any], where: str, problems: Problems
) -> tuple[list[Any], Array]:
    """Return the currencies, sorted, and one where a lender lends in a currency, [1, lender, currency]."""
    known = dict(zip(array.coords["lender"].to_numpy().tolist(), array.to_numpy().tolist(), strict=True))
    for lender in sorted(set(known) ^ set(lenders)):
        problems.add(f"lender_currency and lender_share do not both know lender {lender}", where, "give it to both")
    currencies = sorted({str(currency) for currency in known.values()})
    member = [[float(known.get(lender) == currency) for currency in currencies] for lender in lenders]
    return currencies, np.asarray(member, dtype=float)[np.newaxis]


def _find_futures(arrays: Mapping[str, xr.DataArray], where: str, problems: Problems) -> list[Any] | None:
    futures: list[Any] | None = None
    for name, array in arrays.items():
        if "future" not in array.dims:
            continue
        own = array.coords["future"].to_numpy().tolist()
        if futures is not None and own != futures:
            problems.add(f"{name} has other futures than the arrays before it", where, "give one chunk of futures")
        futures = own if futures is None else futures
    return futures


def _order(
    name: str, array: xr.DataArray, labels: Mapping[str, list[Any]], where: str, problems: Problems
) -> Array | None:
    dims: tuple[Hashable, ...] = find(name).dims
    fits = True
    for dim in dims:
        own, wanted = array.coords[dim].to_numpy().tolist(), labels[str(dim)]
        for missing in [label for label in wanted if label not in own]:
            fits = False
            problems.add(f"{name} has no {dim} {missing}", where, nearest(str(missing), [str(label) for label in own]))
        if dim != "initiative":
            for extra in [label for label in own if label not in wanted]:
                fits = False
                problems.add(f"{name} has a {dim} {extra} that {_OWNERS[str(dim)]} lacks", where, "give it to both")
    if not fits:
        return None
    chosen = array.sel({dim: labels[str(dim)] for dim in dims})
    if "future" in array.dims:
        ordered = chosen.transpose("future", *dims).to_numpy()
    else:
        ordered = chosen.transpose(*dims).to_numpy()[np.newaxis]
    # One memory layout whatever came in: numpy may round differently along strides.
    return np.ascontiguousarray(ordered, dtype=float)


def _check_grid(inputs: Inputs, problems: Problems) -> None:
    years = [float(year) for year in inputs.labels["year"]]
    if not years or any(later - earlier != 1 for earlier, later in pairwise(years)):
        problems.add(
            "the years of debt_history_draw do not follow each other",
            "debt_history_draw",
            "give every year of the grid in order",
        )


def _check_history(inputs: Inputs, problems: Problems) -> None:
    try:
        past = [int(period) for period in inputs.labels["period"]]
    except ValueError:
        problems.add("the periods of history are not years", "history_growth", "label each period by its year: 2016")
        return
    if any(later - earlier != 1 for earlier, later in pairwise(past)):
        problems.add(
            "the years of history do not follow each other", "history_growth", "blocks need every year, in order"
        )
    length = inputs.values["debt_block_length"]
    if (length != np.round(length)).any() or (length < 1).any() or (length > len(past)).any():
        problems.add(
            f"a block of {length.max():g} years does not fit a history of {len(past)}",
            "debt_block_length",
            "give a whole number of years, at least one and at most the length of history",
        )


def _check_shares(inputs: Inputs, problems: Problems) -> None:
    share = inputs.values["lender_share"]
    total = sum_in_order(share, axis=2)
    private = sum_in_order(share * (1 - inputs.values["lender_public"])[:, np.newaxis], axis=2)
    guaranteed = inputs.values["guaranteed_share"]
    for place, name in enumerate(inputs.labels["initiative"]):
        off = np.abs(total[:, place] - 1)
        if (off > ROUNDING).any():
            problems.add(
                f"the lenders of {name} bear {total[off.argmax(), place]:.9g} of its cost, not one",
                f"lender_share, initiative {name}",
                f"name who bears the rest, or write {NOT_FOUND}",
            )
        elif (guaranteed[:, place] > private[:, place] + ROUNDING).any():
            problems.add(
                f"the state guarantees {guaranteed[:, place].max():g} of {name}, but others borrow "
                f"{private[:, place].min():g} of it",
                f"guaranteed_share, initiative {name}",
                "what the state borrows itself is debt already; give a lender two names if it lends to both",
            )


def _check_dates(inputs: Inputs, problems: Problems) -> None:
    finish, cancelled = inputs.values["initiative_finish"], inputs.values["initiative_cancelled"]
    wrong = np.isfinite(finish) & (cancelled > 0)
    for place, name in enumerate(inputs.labels["initiative"]):
        if wrong[:, place].any():
            problems.add(
                f"{name} is cancelled and finishes",
                f"initiative_finish, initiative {name}",
                "the finish of a cancelled initiative is infinite",
            )
    span = inputs.values["envelope_end"] - inputs.values["envelope_start"]
    for place, name in enumerate(inputs.labels["envelope"]):
        if (span[:, place] <= 0).any():
            problems.add(f"envelope {name} ends before it begins", f"envelope_end, {name}", "give its last year")
