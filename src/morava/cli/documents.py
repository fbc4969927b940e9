"""The JSON documents of the commands: stable, described in docs/reference/json.md."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from morava.errors import Problem
from morava.runs.answers import Answers
from morava.runs.compare import Comparison
from morava.runs.power_summary import summarise_power
from morava.runs.store import VERDICTS_FILE, write_whole


def write_json(document: Mapping[str, Any]) -> None:
    """Print one JSON document; Cyrillic stays readable, and a number that is none is refused."""
    json.dump(document, sys.stdout, ensure_ascii=False, indent=1, allow_nan=False)
    sys.stdout.write("\n")


def answers_document(answers: Answers) -> dict[str, Any]:
    """Return what `run`, `judge` and `resume` give: the run, its power program, the coherence of the text, verdicts."""
    power = summarise_power(answers.request, answers.outcome)
    return {
        "run": answers.run,
        "power": None if power is None else power.document(),
        "coherence": asdict(answers.coherence),
        "verdicts": [
            {
                "claim": verdict.claim,
                "answer": verdict.answer,
                "basis": verdict.basis,
                "share_of_futures": verdict.share_of_futures,
                "interval": None if verdict.interval is None else list(verdict.interval),
                "open": verdict.open,
                "margin": verdict.margin,
                "hinges_on": [asdict(hinge) for hinge in verdict.hinges_on],
                "reasons": list(verdict.reasons),
            }
            for verdict in answers.verdicts
        ],
    }


def save_verdicts(answers: Answers) -> None:
    """Write the document of a judged run beside its results, so that it can be read when the code has moved on."""
    text = json.dumps(answers_document(answers), ensure_ascii=False, indent=1, allow_nan=False) + "\n"
    write_whole(answers.path / VERDICTS_FILE, text)


def problems_document(country: str, problems: Sequence[Problem]) -> dict[str, Any]:
    """Return what `check` gives: every problem as what, where, mend."""
    return {"country": country, "problems": [asdict(problem) for problem in problems]}


def comparison_document(comparison: Comparison) -> dict[str, Any]:
    """Return what `compare` gives; a date that never comes is written as the word."""
    document = asdict(comparison)
    for change in document["quantities"]:
        change["medians"] = [value if abs(value) != float("inf") else "never" for value in change["medians"]]
    return document
