"""What can be chosen otherwise in the plan of a run, and what answers at once when it is."""

from __future__ import annotations

import base64
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from morava.plans.levers import Lever, read_levers
from morava.plans.read import read_strategy
from morava.quantities import find
from morava.runs.answers import Answers
from morava.runs.emulator import LEVELS, Emulator, Output, Share
from morava.runs.levers import read_settings
from morava.runs.levers_fit import anchored, find_emulator
from morava.runs.levers_outputs import shares, watched
from morava.views.charts import kind_of

CONTENT = ("country_hash", "strategy_hash", "futures_hash", "levers_hash")
"""Hashes without which an emulator speaks of another plan, whoever computes it."""


def levers_of(answers: Answers, runs: Path | None = None) -> dict[str, Any]:
    """Return the levers of a run's plan, and the emulator, anchored at the run where its own levers stand as written.

    Parameters
    ----------
    answers
        A finished run.
    runs
        Folder in which emulators that were fitted here are looked for, before the one that came with the strategy.
    """
    plan, request = answers.plan, answers.request
    written = read_strategy(plan.country, request.strategy)
    levers = read_levers(plan.country, written)
    emulator, differing = find_emulator(plan.country, written, plan.futures, runs) or (None, [])
    if emulator and not request.levers and not set(differing) & set(CONTENT):
        base = watched(answers.outcome.values, plan.country, of_power=True)
        held = shares(plan.strategy, answers.outcome, answers.lowered.evidence)
        emulator = anchored(emulator, base, held)
    return levers_document(list(levers.values()), emulator, differing, read_settings(request.levers))


def levers_document(
    levers: Sequence[Lever],
    emulator: Emulator | None,
    differing: Sequence[str] = (),
    settings: Mapping[str, float] | None = None,
) -> dict[str, Any]:
    """Return levers with what answers for them.

    Parameters
    ----------
    levers
        As the strategy declares them.
    emulator
        What answers, anchored; none where none was fitted.
    differing
        Names of the hashes in which it was fitted for something else.
    settings
        Where the levers of the run itself stand; as written where they are not named.
    """
    stands = settings or {}
    rows = [
        {
            "name": one.name,
            "kind": one.kind,
            "initiative": one.initiatives[0] if len(one.initiatives) == 1 else "",
            "initiatives": list(one.initiatives),
            "quantity": one.quantity,
            "unit": one.unit,
            "at_least": one.at_least,
            "at_most": one.at_most,
            "plan": one.plan,
            "run": stands.get(one.name, one.plan),
            "step": one.step,
            "source": ", ".join((*one.facts, *one.sources)),
            "facts": list(one.facts),
            "sources": list(one.sources),
        }
        for one in levers
    ]
    return {"levers": rows, "emulator": emulator_document(emulator, differing) if emulator else None}


def lever_texts(levers: Sequence[Lever]) -> dict[str, dict[str, str]]:
    """Return titles of levers and reasons of their ranges by language, as the pack has them: reasons are English."""
    return {
        "en": {f"lever:{one.name}": one.title_en for one in levers}
        | {f"lever-note:{one.name}": one.because for one in levers},
        "sr": {f"lever:{one.name}": one.title_sr for one in levers},
    }


def emulator_document(emulator: Emulator, differing: Sequence[str] = ()) -> dict[str, Any]:
    """Return an emulator so that a page can answer by itself: base + coefficients . feature."""
    row, outputs = 0, []
    for one in emulator.outputs:
        outputs.append(_output(one, row))
        row += len(one.years) * len(LEVELS)
    claims = [_share(one, row + place) for place, one in enumerate(emulator.shares)]
    fitted = emulator.fitted
    return {
        "fitted": {
            "run": fitted.run, "country": fitted.country, "strategy": fitted.strategy, "seed": fitted.seed,
            "code_hash": fitted.code_hash, "strategy_hash": fitted.strategy_hash,
            "country_hash": fitted.country_hash, "futures_hash": fitted.futures_hash,
            "levers_hash": fitted.levers_hash, "design_points": fitted.design_points, "futures": fitted.futures,
            "power_futures": fitted.power_futures, "held_out_points": fitted.held_out_points,
            "made_with": dict(fitted.made_with),
        },
        "current": not differing,
        "stale": list(differing),
        "levers": [
            {"name": one.name, "at_least": one.at_least, "at_most": one.at_most, "plan": one.plan}
            for one in emulator.levers
        ],
        "terms": [list(term) for term in emulator.terms],
        "outputs": outputs,
        "claims": claims,
        "answered": _share(emulator.answered, row + len(claims)),
        "coefficients": base64.b64encode(np.ascontiguousarray(emulator.coefficients, dtype="<f4").tobytes()).decode(),
    }  # fmt: skip


def _output(one: Output, offset: int) -> dict[str, Any]:
    return {
        "name": one.name, "quantity": one.quantity, "where": dict(one.where), "unit": one.unit,
        "kind": kind_of(find(one.quantity)),
        "years": list(one.years), "levels": list(LEVELS), "base": [list(row) for row in one.base],
        "error": list(one.error), "offset": offset,
    }  # fmt: skip


def _share(one: Share, offset: int) -> dict[str, Any]:
    return {"claim": one.claim, "test": one.test, "base": one.base, "error": one.error, "offset": offset}
