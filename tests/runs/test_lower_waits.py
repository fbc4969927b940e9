"""A wait for a stage of another initiative becomes a link of the network, and no more than that."""

from __future__ import annotations

from dataclasses import replace

from morava.plans.read import read_country, read_strategy
from morava.plans.types import Strategy
from morava.runs.lower_schedule import lower_schedule, open_initiatives


def waiting_hall(strategy: Strategy, *before: str) -> Strategy:
    hall = strategy.initiatives["hall"]
    stages = tuple(replace(one, after=(*one.after, *before)) if one.name == "build" else one for one in hall.stages)
    return replace(strategy, initiatives={**strategy.initiatives, "hall": replace(hall, depends_on=(), stages=stages)})


def links(strategy: Strategy) -> set[tuple[str, str]]:
    country = read_country("ruritania")
    scheduled, _ = open_initiatives(country, strategy)
    precedes = lower_schedule(country, strategy, scheduled)["stage_precedes"]
    names = precedes.indexes["stage"].tolist()
    values = precedes.transpose("previous", "stage").to_numpy()
    return {(names[i], names[j]) for i in range(len(names)) for j in range(len(names)) if values[i, j]}


def test_one_link_more() -> None:
    strategy = read_strategy(read_country("ruritania"), "crown-2030")
    assert links(waiting_hall(strategy, "sun/grid")) == links(waiting_hall(strategy)) | {("sun/grid", "hall/build")}


def test_a_stage_that_is_done_holds_nobody_up() -> None:
    strategy = read_strategy(read_country("ruritania"), "crown-2030")
    assert links(waiting_hall(strategy, "railway/permit")) == links(waiting_hall(strategy))
