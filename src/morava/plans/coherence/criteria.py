"""What a text must fulfil to earn points: read from `criteria.yaml`, beside which every model is cited."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from morava.plans.coherence.findings import Checked, Score


@dataclass(frozen=True)
class Criterion:
    """A point for a text that has few enough clear findings, or a large enough share of its subjects in order."""

    at_most_clear: int | None
    at_least: float | None


@dataclass(frozen=True)
class RuleCard:
    """How a rule is called, what it is modelled on, and what earns points."""

    name: str
    title_en: str
    title_sr: str
    modelled_on: str
    adapted: str
    criteria: tuple[Criterion, ...]


@dataclass(frozen=True)
class Tolerances:
    """How near two things must be to count as one: shares, `rounding` of a number and `material` for a sum; `days`."""

    rounding: float
    material: float
    days: float


@cache
def _read() -> dict[str, Any]:
    text = files("morava.plans.coherence").joinpath("criteria.yaml").read_text(encoding="utf-8")
    content: dict[str, Any] = yaml.safe_load(text)
    return content


@cache
def tolerances() -> Tolerances:
    """Return how near two numbers must be to count as one."""
    return Tolerances(**{key: float(value) for key, value in _read()["tolerances"].items()})


@cache
def cards() -> Mapping[str, RuleCard]:
    """Return the card of every rule, in the order in which findings are told."""
    return {
        name: RuleCard(
            name=name,
            title_en=entry["title"]["en"],
            title_sr=entry["title"]["sr"],
            modelled_on=entry["modelled_on"],
            adapted=entry["adapted"],
            criteria=tuple(Criterion(item.get("at_most_clear"), item.get("at_least")) for item in entry["criteria"]),
        )
        for name, entry in _read()["rules"].items()
    }


def score(card: RuleCard, checked: Checked) -> Score:
    """Return what a rule awards: a subject with several findings counts once, a note never."""
    counting = {told.subject for told in checked.told if told.severity != "note"}
    clear = {told.subject for told in checked.told if told.severity == "clear"}
    applicable = len(checked.subjects)
    met = applicable - len(counting)
    if not applicable:
        return Score(card.name, card.title_en, 0, 0, None, 0, 0)
    share = met / applicable
    points = sum(_fulfilled(item, len(clear), share) for item in card.criteria)
    return Score(card.name, card.title_en, applicable, met, share, points, len(card.criteria))


def _fulfilled(criterion: Criterion, clear: int, share: float) -> bool:
    few = criterion.at_most_clear is None or clear <= criterion.at_most_clear
    return few and (criterion.at_least is None or share >= criterion.at_least)
