"""What a country, a strategy or a file of futures says, as a hash: the same for the same content, however written."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from typing import Any

from morava.errors import MoravaError, Problem
from morava.plans.types import Country, Futures, Strategy

NOT_CONTENT = ("folder",)
"""Fields that say where something lies and not what it says."""


def country_hash(country: Country) -> str:
    """Return the sha256 of everything that a country says; where its folder lies is no part of it."""
    return _hash(country)


def strategy_hash(strategy: Strategy) -> str:
    """Return the sha256 of everything that a strategy says."""
    return _hash(strategy)


def futures_hash(futures: Futures) -> str:
    """Return the sha256 of everything that a file of futures says."""
    return _hash(futures)


def _hash(thing: object) -> str:
    text = json.dumps(_plain(thing), ensure_ascii=True, separators=(",", ":"), allow_nan=False)
    return hashlib.sha256(text.encode("ascii")).hexdigest()


def _plain(thing: object) -> Any:
    """Return a thing as lists and words in one fixed order; each kind is marked, so that no two can be confused."""
    if is_dataclass(thing) and not isinstance(thing, type):
        content = {one.name: getattr(thing, one.name) for one in fields(thing) if one.name not in NOT_CONTENT}
        return [type(thing).__name__, _plain(content)]
    if isinstance(thing, Mapping):
        return ["mapping", sorted(([_plain(key), _plain(value)] for key, value in thing.items()), key=json.dumps)]
    if isinstance(thing, (tuple, list)):
        return ["list", [_plain(item) for item in thing]]
    if isinstance(thing, float):
        return ["number", repr(thing + 0.0)]
    if thing is None or isinstance(thing, (str, int)):
        return thing
    raise MoravaError(Problem(f"{type(thing).__name__} cannot be hashed", "hash", "use words, numbers and records"))
