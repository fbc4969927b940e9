"""The inputs of a model as plain arrays with `future` first, read strictly by label."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import xarray as xr

from morava.errors import MoravaError, Problem, Problems, nearest
from morava.models.batches import Array
from morava.models.contract import futures_of

Labels = tuple[str, ...]


class Inputs:
    """The inputs of a model, by name.

    `futures` are those over which some input varies, one where none does; `varies` says whether any does; `where`
    names the model in errors.
    """

    def __init__(self, given: Mapping[str, xr.DataArray], model: str) -> None:
        self._given = given
        self._model = model
        self.where = f"input of {model}"
        futures = futures_of(given, model)
        self.futures: tuple[int, ...] = tuple(futures) if futures else (0,)
        self.varies = futures is not None

    def has(self, name: str) -> bool:
        """Return whether the model is given such an input."""
        return name in self._given

    def array(self, name: str, *dims: str) -> Array:
        """Return an input as [future, *dims]; the first axis has length one where it does not vary."""
        one = self._given[name]
        if "future" not in one.dims:
            one = one.expand_dims(future=1)
        return np.ascontiguousarray(one.transpose("future", *dims).to_numpy(), dtype=np.float64)

    def given(self, name: str) -> xr.DataArray:
        """Return an input as it was given."""
        return self._given[name]

    def number(self, name: str) -> float:
        """Return an input that is one number in all futures."""
        return float(self._given[name])

    def item(self, name: str, item: str) -> float:
        """Return one item of an input, the same in all futures.

        Raises
        ------
        MoravaError
            When the input has no such item.
        """
        known = self.labels(name, "item")
        if item not in known:
            raise MoravaError(Problem(f"{name} has no item {item}", self.where, nearest(item, known)))
        return float(self._given[name].sel(item=item))

    def text(self, name: str) -> str:
        """Return an input that is one word."""
        return str(self._given[name].to_numpy().item())

    def words(self, name: str, dim: str, labels: Sequence[str]) -> Labels:
        """Return the words of an input in the order of labels."""
        return tuple(str(word) for word in self._given[name].sel({dim: list(labels)}).to_numpy())

    def labels(self, name: str, dim: str) -> Labels:
        """Return the labels of a dimension of an input, in its order."""
        return tuple(str(label) for label in self._given[name].coords[dim].to_numpy())

    def ordered(self, name: str, labels: Mapping[str, Sequence[object]], more: bool = False) -> Array:
        """Return an input as [future, *labels] with its labels, exactly these, in a given order.

        Parameters
        ----------
        more
            Whether the input may know more labels than these.

        Raises
        ------
        MoravaError
            Every label that the input lacks or holds beside.
        """
        problems = Problems()
        places: dict[str, list[int]] = {}
        for dim, ordered in labels.items():
            known, wanted = self.labels(name, dim), [str(label) for label in ordered]
            for label in sorted(set(wanted) - set(known)):
                problems.add(f"{name} lacks {dim} {label}", self.where, nearest(label, known))
            for label in [] if more else sorted(set(known) - set(wanted)):
                problems.add(f"{name} holds {dim} {label}, which is none here", self.where, nearest(label, wanted))
            places[dim] = [known.index(label) for label in wanted if label in known]
        problems.raise_if_any()
        return Inputs({name: self._given[name].isel(places)}, self._model).array(name, *labels)
