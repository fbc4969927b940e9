"""What a model is: a plain function over labelled arrays that says what it needs and what it gives."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping, Sequence
from typing import Protocol, TypeVar, cast

import xarray as xr

from morava.errors import MoravaError, Problem
from morava.quantities import find


class Model(Protocol):
    """A function from quantities to quantities, with their names beside it."""

    needs: tuple[str, ...]
    gives: tuple[str, ...]
    __name__: str

    def __call__(self, **inputs: xr.DataArray) -> dict[str, xr.DataArray]:
        """Answer."""
        ...


Function = TypeVar("Function", bound=Callable[..., dict[str, xr.DataArray]])


def model(gives: Sequence[str]) -> Callable[[Function], Function]:
    """Attach to a function what it needs (its argument names) and gives; return the function itself.

    The function stays a function: tests call it with bare arrays and pytest sees its doctests.

    Parameters
    ----------
    gives
        Names of the glossary that the function returns, exactly these.

    Raises
    ------
    MoravaError
        When an argument or a result is not in the glossary.
    """

    def attach(function: Function) -> Function:
        needs = tuple(inspect.signature(function).parameters)
        for name in (*needs, *gives):
            find(name)
        function.__dict__.update(needs=needs, gives=tuple(gives))
        return function

    return attach


def as_model(function: Callable[..., dict[str, xr.DataArray]]) -> Model:
    """Return a decorated function under its type as a model."""
    return cast(Model, function)


def futures_of(inputs: Mapping[str, xr.DataArray], where: str) -> list[int] | None:
    """Return the futures over which inputs vary; None where none does.

    Parameters
    ----------
    where
        Name of the model, for the error.

    Raises
    ------
    MoravaError
        When two inputs hold different futures.
    """
    held = {tuple(int(k) for k in a.coords["future"].to_numpy()) for a in inputs.values() if "future" in a.dims}
    if len(held) > 1:
        raise MoravaError(Problem("inputs hold different futures", where, "give one chunk of futures to all"))
    return list(held.pop()) if held else None


def one_future(inputs: Mapping[str, xr.DataArray], number: int | None) -> dict[str, xr.DataArray]:
    """Return the inputs of one future, without the dimension."""
    return {
        name: array.sel(future=number, drop=True) if "future" in array.dims else array for name, array in inputs.items()
    }


def weather_of(inputs: Mapping[str, xr.DataArray]) -> str:
    """Return the weather year that one future draws, the same for every model."""
    labels = inputs["power_load_shape"].coords["weather"].to_numpy().tolist()
    return str(labels[min(int(float(inputs["weather_draw"]) * len(labels)), len(labels) - 1)])
