"""Initiatives, their stages and their promises as the arrays of the schedule model."""

from __future__ import annotations

from collections.abc import Mapping

import networkx as nx
import numpy as np
import xarray as xr

from morava.errors import Problems
from morava.plans.types import FINISHED, Country, Initiative, Promise, Stage, Strategy
from morava.quantities import labelled
from morava.quantities.dates import interval

MONTHS_A_YEAR = 12


def said_on(promise: Promise) -> float:
    """Return the moment of a statement: the middle of what is known of its date."""
    return float(np.mean(interval(promise.said)))


def promised(promise: Promise) -> float:
    """Return the moment by which a promise is kept: the end of the interval that it names."""
    return interval(promise.date)[1]


def dated_promises(initiative: Initiative) -> list[Promise]:
    """Return the promises of completion that say when they were made and what they promise, oldest first."""
    found = [
        promise
        for promise in initiative.promises
        if promise.milestone == initiative.milestone and promise.said and promise.date and promise.kind != "actual"
    ]
    return sorted(found, key=lambda promise: (said_on(promise), promise.name))


def open_initiatives(country: Country, strategy: Strategy) -> tuple[dict[str, Initiative], list[str]]:
    """Return the initiatives that the schedule can date, by name, and in words why others cannot be dated."""
    found: dict[str, Initiative] = {}
    notes: list[str] = []
    for name, initiative in sorted(strategy.initiatives.items()):
        if initiative.status in FINISHED or initiative.finished:
            continue
        if initiative.status == "cancelled":
            notes.append(f"{name} is cancelled: nothing of it happens")
        elif not dated_promises(initiative):
            notes.append(f"{name} has no dated promise of completion: it is not scheduled")
        elif initiative.reference_class not in country.reference_classes:
            notes.append(f"{name} has no reference class: it is not scheduled")
        elif not remaining_stages(initiative):
            notes.append(f"{name} has no stage left to do: it is not scheduled")
        else:
            found[name] = initiative
    for name, initiative in found.items():
        awaited = {
            *initiative.depends_on,
            *(before.split("/")[0] for s in initiative.stages for before in s.after if "/" in before),
        }
        for other in sorted(awaited - set(found)):
            before = strategy.initiatives[other]
            if before.status not in FINISHED and not before.finished:
                notes.append(f"{name} waits for {other}, which is not scheduled: its dates do not wait")
    return found, notes


def remaining_stages(initiative: Initiative) -> list[Stage]:
    """Return the stages still to come."""
    return [stage for stage in initiative.stages if not stage.done]


def _inner_network(initiative: Initiative) -> nx.DiGraph[str]:
    """Return the stages still to come with their order; a finished stage in between passes its order on."""
    network: nx.DiGraph[str] = nx.DiGraph()
    stages = {stage.name: stage for stage in initiative.stages}

    def before(stage: Stage) -> set[str]:
        found: set[str] = set()
        for name in stage.after:
            if "/" not in name:
                found |= before(stages[name]) if stages[name].done else {name}
        return found

    for stage in remaining_stages(initiative):
        network.add_node(stage.name, share=stage.share)
        network.add_edges_from((name, stage.name) for name in before(stage))
    return network


def _longest_path(network: nx.DiGraph[str]) -> float:
    reach: dict[str, float] = {}
    for name in nx.topological_sort(network):
        before = max((reach[previous] for previous in network.predecessors(name)), default=0.0)
        reach[name] = before + network.nodes[name]["share"]
    return max(reach.values())


def lower_schedule(
    country: Country, strategy: Strategy, scheduled: Mapping[str, Initiative]
) -> dict[str, xr.DataArray]:
    """Return the structure of the plan as arrays: durations from promises, stages and their order.

    Raises
    ------
    MoravaError
        Promises that name a date before the day on which they were made.
    """
    problems = Problems()
    as_of = interval(country.as_of)[0]
    rows: dict[str, list[float]] = {"planned": [], "elapsed": [], "remaining": [], "age": []}
    for name, initiative in scheduled.items():
        promises = dated_promises(initiative)
        first, last = promises[0], promises[-1]
        planned = promised(first) - said_on(first)
        remaining = promised(last) - said_on(last)
        if planned <= 0 or remaining < 0:
            problems.add(
                f"{name} promises a date before the day of the promise",
                f"initiative {name}, promises {first.name} and {last.name}",
                "mend said or date, or mark the promise as actual",
            )
            continue
        if not country.reference_classes[initiative.reference_class].slips:
            remaining = 0.0  # a fixed day says nothing of the speed at which others move
        # A day within a month or year that the statement only names may lie a little after the pack's own day.
        values = (planned, max(as_of - said_on(first), 0.0), remaining, max(as_of - said_on(last), 0.0))
        for row, value in zip(rows.values(), values, strict=True):
            row.append(value * MONTHS_A_YEAR)
    problems.raise_if_any()
    names = list(scheduled)
    arrays = {
        "schedule_as_of": labelled("schedule_as_of", as_of),
        "initiative_class": labelled(
            "initiative_class", [scheduled[name].reference_class for name in names], {"initiative": names}
        ),
    }
    for quantity, name in (
        ("initiative_planned_duration", "planned"),
        ("initiative_elapsed", "elapsed"),
        ("initiative_promise_remaining", "remaining"),
        ("initiative_promise_age", "age"),
    ):
        arrays[quantity] = labelled(quantity, rows[name], {"initiative": names})
    return arrays | _lower_stages(scheduled) | _lower_ledger(strategy)


def _lower_stages(scheduled: Mapping[str, Initiative]) -> dict[str, xr.DataArray]:
    inner = {name: _inner_network(initiative) for name, initiative in scheduled.items()}
    stages = [(name, stage) for name, initiative in scheduled.items() for stage in remaining_stages(initiative)]
    labels = [f"{name}/{stage.name}" for name, stage in stages]
    place = {label: index for index, label in enumerate(labels)}
    precedes = np.zeros((len(labels), len(labels)))
    for name, network in inner.items():
        for before, after in network.edges:
            precedes[place[f"{name}/{before}"], place[f"{name}/{after}"]] = 1
        for other in scheduled[name].depends_on:
            if other in inner:
                ends = [stage for stage in inner[other] if inner[other].out_degree(stage) == 0]
                starts = [stage for stage in network if network.in_degree(stage) == 0]
                for end in ends:
                    for start in starts:
                        precedes[place[f"{other}/{end}"], place[f"{name}/{start}"]] = 1
    for name, stage in stages:
        for other_stage in stage.after:
            if other_stage in place:
                precedes[place[other_stage], place[f"{name}/{stage.name}"]] = 1
    length = {name: _longest_path(network) for name, network in inner.items()}
    columns = {
        "stage_share": [stage.share / length[name] for name, stage in stages],
        "stage_gate_pass": [stage.gate_pass for _, stage in stages],
        "stage_gate_wait": [stage.gate_wait for _, stage in stages],
        "stage_gate_attempts": [stage.gate_attempts for _, stage in stages],
        "stage_initiative": [name for name, _ in stages],
    }
    arrays = {quantity: labelled(quantity, values, {"stage": labels}) for quantity, values in columns.items()}
    arrays["stage_precedes"] = labelled("stage_precedes", precedes, {"previous": labels, "stage": labels})
    return arrays


def _lower_ledger(strategy: Strategy) -> dict[str, xr.DataArray]:
    rows = [
        (promise, f"{initiative.name}: {promise.milestone}")
        for _, initiative in sorted(strategy.initiatives.items())
        for promise in initiative.promises
        if promise.said and promise.date
    ]
    labels = [promise.name for promise, _ in rows]
    return {
        "slip_said": labelled("slip_said", [said_on(promise) for promise, _ in rows], {"promise": labels}),
        "slip_date": labelled("slip_date", [promised(promise) for promise, _ in rows], {"promise": labels}),
        "slip_series": labelled("slip_series", [series for _, series in rows], {"promise": labels}),
    }
