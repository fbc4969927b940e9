"""One mechanism for plan and world: changes to quantities, by `set`, `scale` and `add`.

Two passes, the world first. Within a pass a cell takes at most one `set`, then every `scale`, then every `add`, so that
the order of files never matters.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import xarray as xr

from morava.errors import MoravaError, Problem, Problems, nearest
from morava.models.chain import given_by
from morava.plans.types import FINISHED, Change, Futures, Initiative, Strategy
from morava.quantities import find, labelled
from morava.quantities.dates import interval
from morava.runs.evidence import Evidence


@dataclass(frozen=True)
class Dated:
    """A change with its value and the share in which it holds, over future and year."""

    cell: tuple[tuple[str, str], ...]
    verb: str
    value: np.ndarray
    share: np.ndarray
    by: str


def apply_world(
    inputs: Mapping[str, xr.DataArray],
    futures: Futures,
    draws: Mapping[str, xr.DataArray],
    evidence: Evidence,
) -> dict[str, xr.DataArray]:
    """Return the inputs as the world changes them; the given ones are not touched.

    A `set` of a draw makes the quantity; `scale` and `add` move what facts say, over the whole horizon.

    Raises
    ------
    MoravaError
        Two `set`s of one quantity at one place, or a change of something that no fact gives.
    """
    moved = dict(inputs)
    problems = Problems()
    taken: dict[tuple[str, tuple[tuple[str, str], ...]], str] = {}
    order = {"set": 0, "scale": 1, "add": 2}
    moving = [u for u in futures.uncertainties.values() if u.quantity]
    for uncertainty in sorted(moving, key=lambda u: (order[u.verb], u.name)):
        name, where = uncertainty.quantity, tuple(sorted(uncertainty.where.items()))
        if uncertainty.verb == "set":
            other = taken.setdefault((name, where), uncertainty.name)
            if other != uncertainty.name:
                problems.add(
                    f"{uncertainty.name} and {other} both set {name} {dict(where)}",
                    f"futures {futures.name}",
                    "let one of them scale or add",
                )
                continue
        with problems.collecting():
            value = draws[uncertainty.name]
            unit = find(name).unit
            if uncertainty.unit and uncertainty.verb != "scale" and uncertainty.unit != unit:
                value = value * evidence.convert(1.0, uncertainty.unit, unit)
            moved[name] = _move(name, moved.get(name), uncertainty.verb, value, uncertainty.where, uncertainty.name)
    problems.raise_if_any()
    return moved


def _move(
    name: str, base: xr.DataArray | None, verb: str, value: xr.DataArray, where: Mapping[str, str], by: str
) -> xr.DataArray:
    unit = find(name).unit
    if base is None:
        if verb != "set" or where:
            raise MoravaError(
                Problem(f"{by} moves {name}, which no fact gives", "futures file", "add the fact, or set it everywhere")
            )
        result = value.copy()
        result.attrs["unit"], result.name = unit, name
        return result
    for dim, label in where.items():
        if label not in base.coords[dim].to_numpy():
            raise MoravaError(
                Problem(
                    f"{name} has no cell {{{dim!r}: {label!r}}}",
                    f"uncertainty {by}",
                    nearest(label, [str(known) for known in base.coords[dim].to_numpy()]),
                )
            )
    here = xr.ones_like(base, dtype=bool)
    for dim, label in where.items():
        here = here & (base.coords[dim] == label)
    changed = {"set": lambda: value, "scale": lambda: base * value, "add": lambda: base + value}[verb]()
    merged: xr.DataArray = xr.where(here, changed, base)  # type: ignore[no-untyped-call]  # xarray leaves it untyped
    merged.attrs["unit"], merged.name = unit, name
    return merged


def apply_policies(
    inputs: Mapping[str, xr.DataArray], strategy: Strategy, evidence: Evidence
) -> dict[str, xr.DataArray]:
    """Return the inputs as the policies of a plan change them, over all years, after the world; none by default.

    Raises
    ------
    MoravaError
        A policy on what no fact and no draw gives, or at a place that is not there.
    """
    moved = dict(inputs)
    problems = Problems()
    for name, change in sorted(strategy.policies.items()):
        with problems.collecting():
            unit = find(change.quantity).unit
            value = float(change.value) if not isinstance(change.value, Mapping) else np.nan
            if change.verb == "add" and change.unit not in ("", unit):
                value = evidence.convert(value, change.unit, unit)
            if change.quantity not in moved:
                raise MoravaError(
                    Problem(
                        f"no fact and no draw gives {change.quantity}",
                        f"lever {name}",
                        "move a quantity that a model needs of the pack",
                    )
                )
            base = moved[change.quantity]
            moved[change.quantity] = _move(
                change.quantity, base, change.verb, xr.DataArray(value), change.where, f"lever {name}"
            )
    problems.raise_if_any()
    return moved


def apply_plan(
    states: Mapping[str, xr.DataArray],
    strategy: Strategy,
    dates: Mapping[str, xr.DataArray],
    evidence: Evidence,
    numbers: Sequence[int],
) -> tuple[dict[str, xr.DataArray], list[str]]:
    """Return the states as the plan changes them at its simulated dates.

    Parameters
    ----------
    states : mapping of DataArray
        What the plan may change, by year, as the world left it.
    dates : mapping of DataArray
        `initiative_finish` [future, initiative] and `stage_finish` [future, stage], decimal years.

    Returns
    -------
    tuple
        The changed states, and in words what could not happen.

    Raises
    ------
    MoravaError
        Changes of quantities that models give, of cells that do not exist, and two `set`s on a cell in one year.
    """
    problems = Problems()
    notes: list[str] = []
    by_quantity: dict[str, list[tuple[Initiative, Change]]] = {}
    for _, initiative in sorted(strategy.initiatives.items()):
        for change in sorted(initiative.changes, key=repr):  # sums depend on order in their last bit
            if initiative.status == "cancelled":
                continue
            if change.quantity in given_by():
                problems.add(
                    f"{change.quantity} is given by the model {given_by()[change.quantity]}",
                    f"initiative {initiative.name}",
                    "change a quantity that the model needs instead",
                )
            else:
                by_quantity.setdefault(change.quantity, []).append((initiative, change))
    changed = dict(states)
    for quantity, changes in by_quantity.items():
        dated: list[Dated] = []
        for initiative, change in changes:
            with problems.collecting():
                found = _date(states[quantity], initiative, change, dates, evidence, numbers)
                if found is None:
                    notes.append(f"{initiative.name} has no date: its change of {quantity} does not happen")
                else:
                    dated.append(found)
        with problems.collecting():
            changed[quantity] = _change(states[quantity], dated, numbers)
    problems.raise_if_any()
    return changed, notes


def changed_by(strategy: Strategy) -> dict[str, list[str]]:
    """Return, for every quantity that the plan changes, the initiatives that change it.

    A cancelled one is among them: what it was to bring is answered, and does not come.
    """
    found: dict[str, list[str]] = {}
    for name, initiative in sorted(strategy.initiatives.items()):
        for change in initiative.changes:
            if name not in found.setdefault(change.quantity, []):
                found[change.quantity].append(name)
    return found


def _start(
    initiative: Initiative, change: Change, dates: Mapping[str, xr.DataArray], numbers: Sequence[int]
) -> np.ndarray | None:
    if change.start == "finish":
        if initiative.status in FINISHED or initiative.finished:
            return None if not initiative.finished else np.full(len(numbers), interval(initiative.finished)[1])
        finish = dates["initiative_finish"]
        if initiative.name not in finish.coords["initiative"].to_numpy():
            return None
        return _over_futures(finish.sel(initiative=initiative.name, drop=True), numbers)
    stages = {stage.name: stage for stage in initiative.stages}
    if change.start in stages:
        label = f"{initiative.name}/{change.start}"
        finish = dates["stage_finish"]
        if label not in finish.coords["stage"].to_numpy():
            return None
        return _over_futures(finish.sel(stage=label, drop=True), numbers)
    # What begins with 1 January does not stand on 31 December before it, though both are the same number.
    return np.full(len(numbers), np.nextafter(interval(change.start)[0], np.inf))


def _over_futures(array: xr.DataArray, numbers: Sequence[int]) -> np.ndarray:
    if "future" in array.dims:
        return array.sel(future=list(numbers)).to_numpy()
    return np.full(len(numbers), float(array))


def _date(
    state: xr.DataArray,
    initiative: Initiative,
    change: Change,
    dates: Mapping[str, xr.DataArray],
    evidence: Evidence,
    numbers: Sequence[int],
) -> Dated | None:
    for dim, label in change.where.items():
        if label not in state.coords[dim].to_numpy():
            known = sorted(str(name) for name in state.coords[dim].to_numpy())
            raise MoravaError(
                Problem(
                    f"{change.quantity} has no cell {{{dim!r}: {label!r}}}",
                    f"initiative {initiative.name}",
                    f"coordinates are {{{dim!r}: {known}}}: add a fact for the cell, or mend the label",
                )
            )
    start = _start(initiative, change, dates, numbers)
    if start is None:
        return None
    unit = find(change.quantity).unit
    year_end = state.coords["year"].to_numpy() + 1.0
    passed = year_end[None, :] - start[:, None]
    share = np.clip(passed / change.full_by, 0, 1) if change.full_by > 0 else (passed >= 0).astype(float)
    if change.until:
        share = np.where(year_end[None, :] > interval(change.until)[1], 0.0, share)
    scale_unit = change.verb == "scale" or change.unit in ("", unit)
    convert = 1.0 if scale_unit else evidence.convert(1.0, change.unit, unit)
    if isinstance(change.value, Mapping):
        steps = sorted(change.value)
        years = state.coords["year"].to_numpy()
        place = np.searchsorted(steps, years, side="right") - 1
        value = np.array([change.value[steps[max(index, 0)]] for index in place]) * convert
        share = np.where(place[None, :] >= 0, share, 0.0)
    else:
        value = np.full(len(year_end), change.value * convert)
    share = share * initiative.size
    return Dated(tuple(sorted(change.where.items())), change.verb, value, share, initiative.name)


def _change(state: xr.DataArray, changes: Sequence[Dated], numbers: Sequence[int]) -> xr.DataArray:
    dims = [str(dim) for dim in state.dims if dim not in ("future", "year")]
    others = {str(name): state.coords[name].to_numpy() for name in dims}
    full = state if "future" in state.dims else state.expand_dims(future=list(numbers))
    full = full.transpose("future", *dims, "year").copy()
    values = full.to_numpy().copy()
    problems = Problems()
    for place in np.ndindex(*(len(label) for label in others.values())):
        cell = {dim: str(others[dim][index]) for dim, index in zip(dims, place, strict=True)}
        here = [change for change in changes if dict(change.cell).items() <= cell.items()]
        window = (slice(None), *place, slice(None))
        values[window] = _change_cell(values[window], here, state.name, cell, problems)
    problems.raise_if_any()
    return labelled(
        str(state.name), values, {"future": list(numbers), **others, "year": state.coords["year"].to_numpy()}
    )


def _change_cell(
    path: np.ndarray, changes: Sequence[Dated], name: object, cell: Mapping[str, str], problems: Problems
) -> np.ndarray:
    setting = [change for change in changes if change.verb == "set"]
    for index, one in enumerate(setting):
        for other in setting[index + 1 :]:
            if ((one.share > 0) & (other.share > 0)).any():
                problems.add(
                    f"{one.by} and {other.by} both set {name} {dict(cell)} in the same year",
                    f"initiatives {one.by} and {other.by}",
                    "write a staged value as one set with a schedule, or let one of them scale or add",
                )
    for change in setting:
        path = path * (1 - change.share) + change.value * change.share
    for change in (change for change in changes if change.verb == "scale"):
        path = path * (1 + (change.value - 1) * change.share)
    for change in (change for change in changes if change.verb == "add"):
        path = path + change.value * change.share
    return path
