"""What the facts say about one cell of one quantity, in the unit of the glossary and the money of the country."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
import xarray as xr

from morava.errors import MoravaError, Problem, Problems
from morava.plans.cells import Cell, cell_of
from morava.plans.prices import Prices
from morava.plans.types import Conflict, Country, Fact, Futures
from morava.quantities import find, labelled
from morava.quantities.units import factor


@dataclass(frozen=True)
class Evidence:
    """The facts of a country by quantity and cell, with every conflict settled or ready to be drawn."""

    country: Country
    prices: Prices
    by_cell: Mapping[str, Mapping[Cell, tuple[Fact, ...]]]
    conflict_of: Mapping[str, Conflict]
    drawn: Mapping[str, xr.DataArray]

    def bounds(self, fact: Fact) -> tuple[float, float]:
        """Return the lowest and the highest value of a fact in the glossary's unit; an open side is infinite."""
        unit = find(fact.quantity).unit
        low, high = (
            open_side if side is None else self.convert(side, fact.unit, unit)
            for side, open_side in ((fact.low, -np.inf), (fact.high, np.inf))
        )
        return low, high

    def _says(self, fact: Fact) -> tuple[float, float, str]:
        return (*self.bounds(fact), fact.text if fact.low is None and fact.high is None else "")

    def convert(self, value: float, unit: str, target: str) -> float:
        """Return a value in another unit, money deflated and exchanged by the facts of the country."""
        if "money" in target:
            return self.prices.convert(value, unit, target)
        return value * factor(unit, target)

    def settle(self, quantity: str, cell: Cell, facts: tuple[Fact, ...]) -> tuple[Fact, ...]:
        """Return the one fact that counts, or the sides of a genuine conflict in the order of its sides."""
        if len(facts) == 1:
            return facts
        conflicts = {name: self.conflict_of.get(name) for name in sorted(fact.name for fact in facts)}
        conflict = next(iter(conflicts.values()))
        if conflict is not None and all(other is conflict for other in conflicts.values()):
            sides = [tuple(fact for fact in facts if fact.name in side) for side in conflict.sides]
            if conflict.chosen is not None and conflict.kind != "genuine":
                sides = [sides[conflict.chosen]]
            if all(len({self._says(fact) for fact in side}) == 1 for side in sides):
                return tuple(side[0] for side in sides)
        names = ", ".join(sorted(fact.name for fact in facts))
        raise MoravaError(
            Problem(
                f"{quantity} has {len(facts)} facts for {dict(cell)}: {names}",
                f"facts of {self.country.name}",
                "declare a conflict with a chosen side, or a genuine one with weights",
            )
        )


def gather(country: Country, futures: Futures, drawn: Mapping[str, xr.DataArray]) -> Evidence:
    """Sort the facts of a country by quantity and cell.

    Facts of status `planned` are left out: a promise is not a state of the world. So is a figure in a wrong unit, even
    where it stands alone in its cell.

    Parameters
    ----------
    drawn : mapping of DataArray [future], 1
        Draws by name of uncertainty; those that decide a conflict hold the number of the side.
    """
    by_cell: dict[str, dict[Cell, list[Fact]]] = {}
    wrong = {
        name
        for conflict in country.conflicts.values()
        if conflict.kind == "unit error"
        for number, side in enumerate(conflict.sides)
        if number != conflict.chosen
        for name in side
    }
    for fact in country.facts.values():
        if fact.status != "planned" and fact.name not in wrong:
            by_cell.setdefault(fact.quantity, {}).setdefault(cell_of(fact), []).append(fact)
    conflict_of = {
        name: conflict for conflict in country.conflicts.values() for side in conflict.sides for name in side
    }
    sides = {
        uncertainty.conflict: drawn[name]
        for name, uncertainty in futures.uncertainties.items()
        if uncertainty.conflict and name in drawn
    }
    return Evidence(
        country=country,
        prices=Prices(country),
        by_cell={
            quantity: {cell: tuple(facts) for cell, facts in cells.items()} for quantity, cells in by_cell.items()
        },
        conflict_of=conflict_of,
        drawn=sides,
    )


def value_at(evidence: Evidence, quantity: str, cell: Cell, facts: tuple[Fact, ...]) -> xr.DataArray | float:
    """Return the value of a cell: a number, or over `future` where a genuine conflict is drawn.

    Raises
    ------
    MoravaError
        When the fact is a range or an open bound: a model needs one number, so that a range must be an uncertainty.
    """
    settled = evidence.settle(quantity, cell, facts)
    values: list[float] = []
    for fact in settled:
        low, high = evidence.bounds(fact)
        if low != high:
            raise MoravaError(
                Problem(
                    f"{fact.name} gives a range ({fact.low} to {fact.high}), and a model needs one number",
                    f"fact {fact.name}, {quantity}",
                    "declare an uncertainty that moves the quantity, or split the fact into a genuine conflict",
                )
            )
        values.append(low)
    if len(values) == 1:
        return values[0]
    conflict = evidence.conflict_of[settled[0].name]
    if conflict.name not in evidence.drawn:
        raise MoravaError(
            Problem(
                f"the genuine conflict {conflict.name} is not drawn",
                "futures file",
                f"add an uncertainty with conflict: {conflict.name}",
            )
        )
    side = evidence.drawn[conflict.name]
    return xr.DataArray(
        np.asarray(values)[side.to_numpy().astype(int)], coords={"future": side.coords["future"]}, dims=["future"]
    )


def array_from_facts(evidence: Evidence, quantity: str) -> xr.DataArray:
    """Return all facts of a quantity as one array without holes.

    Raises
    ------
    MoravaError
        When there is no fact, or when the facts leave cells empty: all of them at once.
    """
    definition = find(quantity)
    cells = evidence.by_cell.get(quantity, {})
    if not cells:
        raise MoravaError(
            Problem(
                f"no fact gives {quantity}",
                f"facts of {evidence.country.name}",
                f"add a fact with a source: {definition.description} [{definition.unit}]",
            )
        )
    if definition.kind == "text":
        return _text_array(evidence, quantity, definition.dims, cells)
    labels = {dim: sorted({dict(cell)[dim] for cell in cells}) for dim in definition.dims}
    parts = {cell: value_at(evidence, quantity, cell, facts) for cell, facts in cells.items()}
    return _assemble(quantity, labels, parts)


def _text_array(
    evidence: Evidence, quantity: str, dims: tuple[str, ...], cells: Mapping[Cell, tuple[Fact, ...]]
) -> xr.DataArray:
    labels = {dim: sorted({dict(cell)[dim] for cell in cells}) for dim in dims}
    values = np.full([len(labels[dim]) for dim in dims], "", dtype=object)
    for cell, facts in cells.items():
        place = tuple(labels[dim].index(dict(cell)[dim]) for dim in dims)
        values[place] = evidence.settle(quantity, cell, facts)[0].text
    return labelled(quantity, values, labels)


def _assemble(
    quantity: str, labels: Mapping[str, list[str]], parts: Mapping[Cell, xr.DataArray | float]
) -> xr.DataArray:
    dims = list(labels)
    drawn = [part for part in parts.values() if isinstance(part, xr.DataArray)]
    coords: dict[str, Iterable[object]] = {dim: _as_years(dim, labels[dim]) for dim in dims}
    shape = [len(labels[dim]) for dim in dims]
    if drawn:
        coords["future"] = drawn[0].coords["future"].to_numpy()
        shape.append(drawn[0].sizes["future"])
    values = np.full(shape, np.nan)
    for cell, part in parts.items():
        place = tuple(labels[dim].index(dict(cell)[dim]) for dim in dims)
        values[place] = part.to_numpy() if isinstance(part, xr.DataArray) else part
    problems = Problems()
    for hole in np.argwhere(np.isnan(values if not drawn else values[..., 0])):
        empty = {dim: labels[dim][index] for dim, index in zip(dims, hole, strict=True)}
        problems.add(f"{quantity} has no fact for {empty}", "facts", "add the fact, or leave out the label everywhere")
    problems.raise_if_any()
    return labelled(quantity, values, {dim: list(label) for dim, label in coords.items()})


def _as_years(dim: str, labels: list[str]) -> list[object]:
    return [int(label) for label in labels] if dim == "year" else list(labels)
