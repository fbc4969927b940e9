"""What a run says of trade, as plain arrays with `future` first: the world of each future and its duties."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from morava.errors import MoravaError, Problem, Problems, nearest
from morava.models.batches import Array
from morava.models.inputs import Inputs
from morava.models.trade.world import Labels, World, calibrate

FIXED = (
    "world_flow", "world_technology", "world_tariff", "most_favoured_tariff", "home_region", "region_bloc",
    "accession_bloc", "world_year", "trade_solve_year", "trade_scenario_year", "own_duty_least", "own_duty_most",
    "own_duty_share", "agreement_start", "agreement_phase_length", "raw_material_share", "raw_material_full_by",
    "origin_threshold", "gateway_sector", "lever_size",
)  # fmt: skip
"""Inputs that are the same in every future, where a model takes them: they say who is who, or name the questions."""


@dataclass(frozen=True)
class Setting:
    """The world table in every future, with the country in it, and the labels that the answers carry.

    `home` and `inside` are places among the regions: the country, and the members of the bloc that it may join.
    `favoured` [region, sector] is that of the others.
    """

    world: World
    futures: Labels | tuple[int, ...]
    home: int
    inside: npt.NDArray[np.intp]
    blocs: Labels
    bloc: str
    favoured: Array
    donor_used: Array
    elasticity_used: Array


def read_setting(inputs: Inputs) -> Setting:
    """Return the world of every future.

    Raises
    ------
    MoravaError
        Labels that do not agree, a country or bloc that is no region of the table, or a table that is no equilibrium.
    """
    _check_fixed(inputs)
    regions, sectors = inputs.labels("world_flow", "importer"), inputs.labels("world_flow", "sector")
    home_name, bloc = inputs.text("home_region"), inputs.text("accession_bloc")
    if home_name not in regions:
        raise MoravaError(
            Problem(
                f"the country {home_name} is no region of the world table", inputs.where, nearest(home_name, regions)
            )
        )
    home = regions.index(home_name)
    if np.isfinite(inputs.ordered("agreement_start", {"region": regions})[0, home]):
        raise MoravaError(
            Problem(
                f"{home_name} has an agreement with itself", inputs.where, "name the other party, or mend home_region"
            )
        )
    blocs = inputs.words("region_bloc", "region", regions)
    inside = np.flatnonzero(np.array([one == bloc for one in blocs]))
    if not inside.size or home in inside:
        raise MoravaError(
            Problem(f"{bloc} holds no region, or the country itself", inputs.where, nearest(bloc, sorted(set(blocs))))
        )
    flow = inputs.ordered("world_flow", {"importer": regions, "exporter": regions, "sector": sectors})
    technology, donor_used = _pick(
        inputs,
        "world_technology",
        "donor",
        "trade_donor_draw",
        {"region": regions, "input": sectors, "sector": sectors},
    )
    elasticity, elasticity_used = _pick(
        inputs, "trade_elasticity", "elasticity_set", "trade_elasticity_draw", {"sector": sectors}
    )
    least, most, draw = (inputs.ordered(f"own_duty_{end}", {"sector": sectors}) for end in ("least", "most", "draw"))
    own_full = least + (most - least) * draw
    paying = inputs.ordered("own_duty_share", {"region": regions})
    own_duty = own_full[:, :, None] * paying[:, None, :]
    own_duty[:, :, home] = 0.0
    base = inputs.ordered("world_tariff", {"importer": regions, "exporter": regions, "sector": sectors})
    count = max(len(base), len(own_duty))
    tariff = np.array(np.broadcast_to(base, (count, *base.shape[1:])))
    tariff[:, home] = np.swapaxes(own_duty, 1, 2)
    others = [region for region in regions if region != home_name]
    favoured = np.zeros((len(regions), len(sectors)))
    favoured[[regions.index(name) for name in others]] = inputs.ordered(
        "most_favoured_tariff", {"importer": others, "sector": sectors}
    )[0]
    world = calibrate(regions, sectors, flow, technology, tariff, elasticity, "world table of the pack")
    return Setting(world, inputs.futures, home, inside, blocs, bloc, favoured, donor_used, elasticity_used)


def _pick(inputs: Inputs, name: str, dim: str, draw: str, labels: Mapping[str, Sequence[str]]) -> tuple[Array, Array]:
    """Return of a table the part that a draw picks, [future, *labels], and which one it was, [future, dim]."""
    offered = inputs.labels(name, dim)
    table = inputs.ordered(name, {dim: offered, **labels})
    drawn = inputs.array(draw)
    count = max(len(table), len(drawn))
    number = np.minimum((drawn * len(offered)).astype(np.intp), len(offered) - 1)
    number = np.broadcast_to(number, (count,))
    rows = np.arange(count) if len(table) > 1 else np.zeros(count, dtype=np.intp)
    return table[rows, number], np.eye(len(offered))[number]


def _check_fixed(inputs: Inputs) -> None:
    """Refuse inputs that vary between futures where the model takes one for all, and years that are not solved.

    Raises
    ------
    MoravaError
        All of them at once.
    """
    problems = Problems()
    for name in FIXED:
        if inputs.has(name) and "future" in inputs.given(name).dims:
            problems.add(
                f"{name} varies between futures", inputs.where, "let no uncertainty move it: it is the same in all"
            )
    problems.raise_if_any()
    solved = inputs.array("trade_solve_year", "item")[0]
    for item in inputs.labels("trade_scenario_year", "item") if inputs.has("trade_scenario_year") else ():
        year = inputs.item("trade_scenario_year", item)
        if year not in solved:
            problems.add(
                f"scenarios of {item} are put to {year:.0f}, which is not solved",
                inputs.where,
                f"add it to trade_solve_year, or take one of {', '.join(f'{one:.0f}' for one in sorted(solved))}",
            )
    problems.raise_if_any()
