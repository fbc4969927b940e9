"""Case D1: concentration on partners, through the whole model."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from morava.errors import MoravaError
from morava.models.dependence import dependence
from morava.quantities import labelled
from morava.runs.cases.readings import Reading

Inputs = Mapping[str, Any]

DOMAIN = "import 2025"


def _answer(inputs: Inputs) -> dict[str, float]:
    names = [f"partner {place}" for place in range(len(inputs["flows"]))]
    found = dependence(
        partner_flow=labelled("partner_flow", [inputs["flows"]], {"domain": [DOMAIN], "partner": names}),
        partner_total=labelled("partner_total", [inputs["total"]], {"domain": [DOMAIN]}),
        partner_rest_draw=labelled("partner_rest_draw", [0.0], {"domain": [DOMAIN]}),
        lender_commitment=labelled("lender_commitment", [[1.0]], {"lender": ["bank"], "year": [2026]}),
        lender_partner=labelled("lender_partner", [names[0]], {"lender": ["bank"]}),
    )
    return {
        "concentration": found["partner_concentration"].sel(domain=DOMAIN).item(),
        "effective number": found["partner_effective_number"].sel(domain=DOMAIN).item(),
    }


def concentrated(inputs: Inputs, label: str) -> Reading:
    """Return concentration or effective number."""
    return Reading(_answer(inputs)[label])


def refused(inputs: Inputs) -> Reading:
    """Return one where the model refuses the flows, else zero."""
    try:
        _answer(inputs)
    except MoravaError:
        return Reading(1.0)
    return Reading(0.0)
