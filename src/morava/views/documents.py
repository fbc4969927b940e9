"""What a view says as plain data, ready to be written as JSON."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import fields, is_dataclass
from typing import Any

from morava.errors import MoravaError, Problem


def document(value: object, where: str = "") -> Any:
    """Return a view as mappings, lists, texts, numbers and None.

    Raises
    ------
    MoravaError
        When a number in it is not finite, or something in it is no plain value: JSON has no word for either.

    Examples
    --------
    >>> from morava.views.types import Reference
    >>> document({"behind": (Reference("fact", "gdp-2023"),)})
    {'behind': [{'kind': 'fact', 'name': 'gdp-2023'}]}
    >>> document([1.0, float("inf")])
    Traceback (most recent call last):
    morava.errors.MoravaError: inf cannot be written as JSON
      where: [1]
      mend:  a view says `never` for a date that does not come, and None for what is not known
    """
    if value is None or isinstance(value, (bool, int, str)):
        return value
    if isinstance(value, float):
        if math.isfinite(value):
            return float(value)
        raise MoravaError(
            Problem(
                f"{value} cannot be written as JSON",
                where,
                "a view says `never` for a date that does not come, and None for what is not known",
            )
        )
    if is_dataclass(value) and not isinstance(value, type):
        return {one.name: document(getattr(value, one.name), f"{where}.{one.name}") for one in fields(value)}
    if isinstance(value, Mapping):
        return {str(name): document(one, f"{where}.{name}") for name, one in value.items()}
    if isinstance(value, Sequence):
        return [document(one, f"{where}[{at}]") for at, one in enumerate(value)]
    raise MoravaError(
        Problem(f"{type(value).__name__} is no plain value", where, "a view holds numbers, texts, lists and mappings")
    )
