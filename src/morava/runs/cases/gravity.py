"""Case T2: a trade agreement of Canada and Japan in a structural gravity model of thirty countries."""

from __future__ import annotations

import csv
import gzip
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np

from morava.models.trade.gravity import (
    Economy,
    Equilibrium,
    PoissonFit,
    Shares,
    baseline,
    check_scale,
    counterfactual,
    fit_poisson,
)
from morava.runs.cases.readings import Array, Reading

Inputs = Mapping[str, Any]
PERCENT = 100.0
CONSTANT = "constant"
ESTIMATED = "estimated"
"""In the place of coefficients: those that the sample gives."""


@cache
def _read(sample: str) -> tuple[tuple[str, ...], Mapping[str, Array]]:
    """Return countries, and each column of a sample as [exporter, importer]."""
    packed = files("morava.runs").joinpath("cases", "data", sample).read_bytes()
    rows = list(csv.DictReader(gzip.decompress(packed).decode("utf-8").splitlines()))
    countries = tuple(sorted({row["exporter"] for row in rows}))
    place = {country: number for number, country in enumerate(countries)}
    names = [name for name in rows[0] if name not in ("exporter", "importer")]
    found = {name: np.full((len(countries), len(countries)), np.nan) for name in names}
    for row in rows:
        for name in names:
            found[name][place[row["exporter"]], place[row["importer"]]] = float(row[name])
    return countries, found


@cache
def _fit(sample: str, regressors: tuple[str, ...], left_out: tuple[str, ...]) -> PoissonFit:
    countries, columns = _read(sample)
    kept = np.array([country not in left_out for country in countries])
    return fit_poisson(columns["trade"][:, kept], np.array([columns[name][:, kept] for name in regressors]))


def _fitted(inputs: Inputs) -> tuple[PoissonFit, list[str]]:
    names = tuple(inputs["regressors"])
    return _fit(inputs["sample"], names, tuple(inputs["without_importers"])), [*names, CONSTANT]


def coefficient(inputs: Inputs, label: str) -> Reading:
    """Return an estimated coefficient."""
    fit, names = _fitted(inputs)
    return Reading(float(fit.coefficients[names.index(label)]))


def covariance(inputs: Inputs, label: str) -> Reading:
    """Return an entry of the robust covariance of two coefficients, or the root of that of one with itself."""
    fit, names = _fitted(inputs)
    first, _, second = label.partition(" with ")
    entry = float(fit.covariance[names.index(first), names.index(second or first)])
    return Reading(entry if second else float(np.sqrt(entry)))


@dataclass(frozen=True)
class _Question:
    """A sample, how its trade costs are made, and which two countries agree; in a form that a cache can hold."""

    sample: str
    coefficients: tuple[tuple[str, float], ...]
    sigma: float
    reference: str
    agreement: tuple[str, str]
    shares: Shares


def _question(inputs: Inputs, coefficients: Mapping[str, float]) -> _Question:
    one, other = inputs["agreement"]
    return _Question(
        sample=inputs["sample"],
        coefficients=tuple(coefficients.items()),
        sigma=inputs["sigma"],
        reference=inputs["reference"],
        agreement=(one, other),
        shares=inputs["shares"],
    )


def _freeness(question: _Question, agreed: bool) -> Array:
    """Return trade costs to the power `1 - sigma`, with or without the agreement."""
    countries, columns = _read(question.sample)
    agreement = columns["pta"].copy()
    if agreed:
        one, other = (countries.index(country) for country in question.agreement)
        agreement[one, other] = agreement[other, one] = 1
    given = {**columns, "pta": agreement, CONSTANT: np.ones(agreement.shape)}
    return np.asarray(np.exp(sum(given[name] * value for name, value in question.coefficients)))


def _economy(question: _Question) -> Economy:
    countries, columns = _read(question.sample)
    return Economy(
        freeness=_freeness(question, agreed=False),
        output=columns["Y"].mean(axis=1),
        expenditure=columns["E"].mean(axis=0),
        sigma=question.sigma,
        reference=countries.index(question.reference),
    )


@cache
def _answer(question: _Question) -> tuple[Equilibrium, Equilibrium]:
    economy = _economy(question)
    return baseline(economy), counterfactual(economy, _freeness(question, agreed=True), question.shares)


def _solved(inputs: Inputs) -> tuple[Equilibrium, Equilibrium]:
    """Return the equilibrium before and after, with coefficients that stand in the case or are estimated by it."""
    given = inputs["coefficients"]
    if given == ESTIMATED:
        fit, names = _fitted(inputs)
        given = dict(zip(names, fit.coefficients.tolist(), strict=True))
    return _answer(_question(inputs, given))


def freeness(inputs: Inputs, label: str) -> Reading:
    """Return the freeness of trade between the two of the agreement before or after it, or its change in percent."""
    question, (countries, _) = _question(inputs, inputs["coefficients"]), _read(inputs["sample"])
    pair = tuple(countries.index(country) for country in question.agreement)
    before, after = (float(_freeness(question, agreed)[pair]) for agreed in (False, True))
    return Reading({"before": before, "after": after, "change (percent)": PERCENT * (after / before - 1)}[label])


def resistance(inputs: Inputs, label: str) -> Reading:
    """Return inward or outward resistance of a country before or after, as in `DEU outward before`."""
    country, side, when = label.split(" ")
    found = _solved(inputs)[("before", "after").index(when)]
    return Reading(float(getattr(found, side)[_read(inputs["sample"])[0].index(country)]))


def _foreign(trade: Array, axis: int) -> Array:
    return np.asarray((trade - np.diag(np.diag(trade))).sum(axis=axis))


def _measures(before: Equilibrium, after: Equilibrium) -> Mapping[str, Array]:
    """Return what the printed tables have by country; changes in percent."""
    pairs = {
        "price": (before.price, after.price),
        "outward": (before.outward, after.outward),
        "inward": (before.inward, after.inward),
        "real output": (before.output / before.inward, after.output / after.inward),
        "terms of trade": (before.price / before.inward, after.price / after.inward),
        "output": (before.output, after.output),
        "expenditure": (before.expenditure, after.expenditure),
        "exports": (_foreign(before.trade, 1), _foreign(after.trade, 1)),
        "imports": (_foreign(before.trade, 0), _foreign(after.trade, 0)),
        "home trade": (np.diag(before.trade), np.diag(after.trade)),
    }
    changes = {name: PERCENT * (late / early - 1) for name, (early, late) in pairs.items()}
    return {**changes, "welfare ratio": before.welfare / after.welfare}


def country(inputs: Inputs, label: str) -> Reading:
    """Return a result of a country, as in `AUS price`."""
    name, measure = label.split(" ", 1)
    return Reading(float(_measures(*_solved(inputs))[measure][_read(inputs["sample"])[0].index(name)]))


def trade(inputs: Inputs, label: str) -> Reading:
    """Return trade between two countries, as in `AUS to CAN before`: modelled, or observed with the modelled change."""
    names, columns = _read(inputs["sample"])
    exporter, _, importer, when = label.split(" ", 3)
    pair = names.index(exporter), names.index(importer)
    before, after = (float(found.trade[pair]) for found in _solved(inputs))
    found = {
        "before": before,
        "after": after,
        "change (percent)": PERCENT * (after / before - 1),
        "observed, after": float(columns["trade"][pair]) * after / before,
        "observed, change": float(columns["trade"][pair]) * (after / before - 1),
    }
    return Reading(found[when])


def observed(inputs: Inputs, label: str) -> Reading:
    """Return observed exports, imports or home trade of a country with the modelled change, as in `AUS exports`."""
    name, measure = label.split(" ", 1)
    names, columns = _read(inputs["sample"])
    flows = columns["trade"]
    levels = {"exports": _foreign(flows, 1), "imports": _foreign(flows, 0), "home trade": np.diag(flows)}
    change = _measures(*_solved(inputs))[measure] / PERCENT
    return Reading(float((levels[measure] * (1 + change))[names.index(name)]))


def share(inputs: Inputs, label: str) -> Reading:
    """Return the percent of trade that goes from some countries to others, of their imports or their exports."""
    names, _ = _read(inputs["sample"])
    places = {side: [names.index(country) for country in inputs[side]] for side in ("exporters", "importers")}

    def percent(found: Equilibrium, side: str) -> float:
        part = found.trade[np.ix_(places["exporters"], places["importers"])].sum()
        whole = found.trade[:, places["importers"]] if side == "imports" else found.trade[places["exporters"]]
        return float(PERCENT * part / whole.sum())

    side, _, when = label.partition(" ")
    before, after = (percent(found, side) for found in _solved(inputs))
    changes = {"points": after - before, "change (percent)": PERCENT * (after / before - 1)}
    return Reading({"before": before, "after": after, **changes}[when])


def weighted_shock(inputs: Inputs, label: str) -> Reading:
    """Return change of freeness times trade before, over the largest one, by country, as in `CAN sent mean`."""
    name, side, statistic = label.split(" ")
    question = _question(inputs, inputs["coefficients"])
    early, late = (_freeness(question, agreed) for agreed in (False, True))
    shock = _solved(inputs)[0].trade * np.abs(late - early)
    shock = shock / shock.max()
    place = _read(inputs["sample"])[0].index(name)
    found = shock[place] if side == "sent" else shock[:, place]
    return Reading({"mean": float(found.mean()), "sum": float(found.sum()), "largest": float(found.max())}[statistic])


def scale_difference(inputs: Inputs) -> Reading:
    """Return by how much a common factor on freeness moves the change of any result: nothing, while levels move."""
    question = _question(inputs, inputs["coefficients"])
    after = _freeness(question, agreed=True)
    return Reading(check_scale(_economy(question), after, question.shares, inputs["factors"]).difference)


def scaled_resistance(inputs: Inputs, label: str) -> Reading:
    """Return outward resistance of the reference country with freeness times a factor, the label."""
    economy = _economy(_question(inputs, inputs["coefficients"]))
    scaled = replace(economy, freeness=economy.freeness * float(label))
    return Reading(float(baseline(scaled).outward[economy.reference]))


def imbalance(inputs: Inputs) -> Reading:
    """Return by what part sums of trade are off from output or expenditure after the change."""
    return Reading(_solved(inputs)[1].imbalance)
