"""From a design of runs over levers to an emulator, and to the one that fits what is here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np
from scipy.special import expit

from morava.errors import MoravaError, Problem
from morava.plans.hashes import country_hash, futures_hash, strategy_hash
from morava.plans.levers import read_levers
from morava.plans.pack import strategy_folder
from morava.plans.types import Country, Futures, Strategy
from morava.runs.emulator import (
    LEVELS,
    Array,
    Emulator,
    Fitted,
    Output,
    Range,
    Share,
    feature,
    logit_of,
    place,
    ridge,
    root_mean_square,
    terms_of,
)
from morava.runs.emulator_file import FILE, read_emulator, stale
from morava.runs.levers_design import HELD_OUT, Design, levers_hash, point_file, read_point
from morava.runs.levers_outputs import BY_LABEL, MOST_LABELS, Watched
from morava.runs.request import NUMERIC_LIBRARIES, code_hash, name_of

LEAST_POINTS = 10
"""Answered points without which nothing is fitted."""
STILL = 1e-9
"""What moves by less than this part of itself over the whole design is not an answer to levers."""


@dataclass(frozen=True)
class Points:
    """The points of a design that were answered, and what they hold; the plan itself stands apart.

    `numbers` names them; `places` [point, lever]; `moved` [point, row] is what was found less what was found at the
    plan, shares in logits; `plan` is what was found there, as read.
    """

    numbers: tuple[int, ...]
    places: Array
    moved: Array
    plan: Mapping[str, Any]
    outputs: tuple[str, ...]
    power: tuple[str, ...]
    shares: tuple[tuple[str, str], ...]
    failed: Mapping[int, str]


def ranges(design: Design) -> tuple[Range, ...]:
    """Return where the levers of a design may stand."""
    return tuple(Range(one.name, one.at_least, one.at_most, one.plan) for one in design.levers.values())


def read_points(design: Design, path: Path, count: int) -> Points:
    """Return the points of a design on disk, the plan and so many others.

    Raises
    ------
    MoravaError
        When one is missing or damaged, or too few were answered.
    """
    found: dict[int, dict[str, Any]] = {}
    failed: dict[int, str] = {}
    for number in range(count + 1):
        one = read_point(path, point_file(path, number).stem)
        if one is None:
            raise MoravaError(Problem(f"point {number} is missing", str(path), "go on with the same command"))
        if "failed" in one:
            failed[number] = one["failed"]
        else:
            found[number] = one
    if 0 not in found or len(found) <= LEAST_POINTS:
        reason = next(iter(failed.values()), "ask for more points")
        raise MoravaError(Problem(f"{len(found)} points were answered, too few for a fit", str(path), reason))
    plan = found.pop(0)
    outputs = _in_all("outputs", plan, found)
    power = _in_all("power", plan, found)
    told = {number: {(claim, test): share for claim, test, share in one["shares"]} for number, one in found.items()}
    shares = tuple(
        (claim, test) for claim, test, _ in plan["shares"] if all((claim, test) in one for one in told.values())
    )
    here = {(claim, test): share for claim, test, share in plan["shares"]}

    def row(one: Mapping[str, Any], held: Mapping[tuple[str, str], float]) -> Array:
        parts = [np.array(one["outputs"][name]["levels"]).ravel() for name in outputs]
        parts += [np.repeat(one["power"][name], len(LEVELS)) for name in power]
        rates = np.array([*(held[name] for name in shares), one["answered"]])
        return np.concatenate([*parts, logit_of(rates, design.futures)])

    at_plan = row(plan, here)
    numbers = tuple(sorted(found))
    lever_ranges = ranges(design)
    return Points(
        numbers=numbers,
        places=np.stack([place(lever_ranges, found[number]["settings"]) for number in numbers]),
        moved=np.stack([row(found[number], told[number]) - at_plan for number in numbers]),
        plan=plan,
        outputs=outputs,
        power=power,
        shares=shares,
        failed=failed,
    )


def _in_all(part: str, plan: Mapping[str, Any], found: Mapping[int, Mapping[str, Any]]) -> tuple[str, ...]:
    """Return what the plan and every point hold, with as many numbers."""
    return tuple(
        name
        for name, one in plan[part].items()
        if all(name in other[part] and _size(other[part][name]) == _size(one) for other in found.values())
    )


def _size(one: Any) -> int:
    return int(np.size(one["levels"] if isinstance(one, dict) else one))


def fit(design: Design, points: Points, base: Sequence[Watched], held: Mapping[tuple[str, str], float]) -> Emulator:
    """Return the emulator of a design, anchored at a run of the plan.

    A fifth of the points is held out; what is fitted without them is what is kept, so that the errors are its own.

    Parameters
    ----------
    design, points
        What was asked and found.
    base
        What is watched of a run of the plan, with what power gives.
    held
        In which share of its futures claims hold.
    """
    levers = ranges(design)
    terms = terms_of(len(levers))
    features = feature(levers, terms, points.places)
    out = np.array([number % HELD_OUT == 0 for number in points.numbers])
    rows, outputs, kept = _outputs(points, {one.name: one for one in base})
    moved = points.moved[:, rows]
    crossed = np.array([len(set(term)) > 1 for term in terms])
    coefficients = ridge(features[~out], moved[~out], crossed).astype(np.float32)
    said = features[out] @ coefficients.astype(np.float64).T
    away = said - moved[out]
    first, finished = 0, []
    for one in outputs:
        size = len(one.years) * len(LEVELS)
        error = root_mean_square(away[:, first : first + size].reshape(out.sum(), -1, len(LEVELS)), (0, 2))
        finished.append(replace(one, error=tuple(error.tolist())))
        first += size
    rates = _rates(points, design, held, said[:, first:], moved[out][:, first:])
    return Emulator(
        fitted=_fitted(design, len(points.numbers), int(out.sum())),
        levers=levers,
        terms=terms,
        outputs=tuple(finished),
        shares=rates[:-1],
        answered=rates[-1],
        coefficients=coefficients[: kept + len(rates)],
    )


def _outputs(points: Points, base: Mapping[str, Watched]) -> tuple[list[int], list[Output], int]:
    """Return which rows are fitted, the outputs that they are, and how many rows these take."""
    rows: list[int] = []
    outputs: list[Output] = []
    first = 0
    chosen = _chosen(points)
    for name in (*points.outputs, *points.power):
        plan = points.plan["outputs"].get(name) if name in points.outputs else None
        size = _size(plan) if plan else len(LEVELS) * _size(points.plan["power"][name])
        mine = list(range(first, first + size))
        first += size
        anchor = base.get(name)
        if anchor is None or anchor.levels().size != size or name not in chosen:
            continue
        largest = float(np.abs(anchor.levels()).max())
        if float(np.abs(points.moved[:, mine]).max()) <= STILL * max(largest, STILL):
            continue
        rows += mine
        outputs.append(
            Output(
                name, anchor.quantity, dict(anchor.where), anchor.unit, anchor.years,
                tuple(tuple(row) for row in anchor.levels().tolist()), (),
            )
        )  # fmt: skip
    kept = len(rows)
    return [*rows, *range(first, points.moved.shape[1])], outputs, kept


def _chosen(points: Points) -> set[str]:
    """Return what is kept of the outputs: of those by label, the labels that are largest or move most."""
    weight: dict[str, dict[str, float]] = {}
    first = 0
    for name in points.outputs:
        one = points.plan["outputs"][name]
        size = _size(one)
        large, moving = (
            np.mean(np.abs(one["levels"])),
            root_mean_square(points.moved[:, first : first + size], 0).mean(),
        )
        weight.setdefault(one["quantity"], {})[name] = float(large + moving)
        first += size
    kept = {*points.power}
    for quantity, held in weight.items():
        among = sorted(held, key=lambda name: (-held[name], name))
        kept |= set(among[:MOST_LABELS] if quantity in BY_LABEL else among)
    return kept


def _rates(
    points: Points, design: Design, held: Mapping[tuple[str, str], float], said: Array, found: Array
) -> tuple[Share, ...]:
    """Return the shares with their held-out errors, the last one being that of futures with an answer."""
    here = {(claim, test): share for claim, test, share in points.plan["shares"]}
    names = [*points.shares, ("", "")]
    plan = [*(here[name] for name in points.shares), float(points.plan["answered"])]
    rates = []
    for column, (name, at_plan) in enumerate(zip(names, plan, strict=True)):
        anchor = logit_of(at_plan, design.futures)
        error = root_mean_square(expit(anchor + said[:, column]) - expit(anchor + found[:, column]), 0)
        rates.append(Share(*name, held.get(name, at_plan), float(error)))
    return tuple(rates)


def _fitted(design: Design, points: int, out: int) -> Fitted:
    request, frozen = design.request, dict[str, tuple[float, ...]]()
    if design.frozen:
        frozen = {name: tuple(array.to_numpy().tolist()) for name, array in vars(design.frozen).items()}
        frozen["years"] = tuple(float(year) for year in design.frozen.years)
    return Fitted(
        run=name_of(request),
        country=request.country,
        strategy=request.strategy,
        futures_file=request.futures_file,
        seed=request.seed,
        country_hash=request.country_hash,
        strategy_hash=request.strategy_hash,
        futures_hash=request.futures_hash,
        code_hash=request.code_hash,
        levers_hash=levers_hash(design.levers),
        design_points=points,
        held_out_points=out,
        futures=design.futures,
        power_futures=design.power_futures if design.frozen else 0,
        made_with=dict(request.versions),
        frozen=frozen,
    )


def anchored(emulator: Emulator, base: Sequence[Watched], held: Mapping[tuple[str, str], float]) -> Emulator:
    """Return an emulator anchored at another run of the same plan; what the run does not hold stays."""
    here = {one.name: one for one in base}
    outputs = tuple(
        replace(one, base=tuple(tuple(row) for row in here[one.name].levels().tolist()))
        if one.name in here and here[one.name].years == one.years
        else one
        for one in emulator.outputs
    )
    shares = tuple(replace(one, base=held.get((one.claim, one.test), one.base)) for one in emulator.shares)
    return replace(emulator, outputs=outputs, shares=shares)


def find_emulator(
    country: Country, strategy: Strategy, futures: Futures, runs: Path | None = None
) -> tuple[Emulator, list[str]] | None:
    """Return what answers for the levers of a strategy as it is written, and in which hashes it is for something else.

    One that was fitted here for just this comes before the one that came with the strategy.

    Raises
    ------
    MoravaError
        When the file that came with the strategy is damaged.
    """
    now: dict[str, object] = {
        "country_hash": country_hash(country),
        "strategy_hash": strategy_hash(strategy),
        "futures_hash": futures_hash(futures),
        "code_hash": code_hash(),
        "levers_hash": levers_hash(read_levers(country, strategy)),
        "made_with": {name: version(name) for name in NUMERIC_LIBRARIES},
    }
    for path in sorted((runs or Path()).glob(f"levers-*/{FILE}"), key=lambda one: -one.stat().st_mtime) if runs else ():
        emulator = read_emulator(path)
        if not stale(emulator, now):
            return emulator, []
    shipped = shipped_file(country, strategy)
    if not shipped.exists():
        return None
    emulator = read_emulator(shipped)
    return emulator, stale(emulator, now)


def shipped_file(country: Country, strategy: Strategy) -> Path:
    """Return where the emulator of a strategy lies in its pack."""
    return strategy_folder(Path(country.folder), strategy.name) / FILE
