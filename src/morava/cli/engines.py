"""The options that say who computes."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from morava.errors import MoravaError, Problem
from morava.runs.engines import Engine, ProcessPool
from morava.runs.ray_engine import RayCluster, load_ray


class EngineName(StrEnum):
    """Engines that can be asked for."""

    LOCAL = "local"
    RAY = "ray"


EngineOption = Annotated[
    EngineName,
    typer.Option("--engine", help="Who computes: processes of this machine, or Ray. Never changes a result."),
]
RayAddress = Annotated[
    str,
    typer.Option(
        "--ray-address", help="Address of a Ray cluster (else RAY_ADDRESS, else one is started on this machine)."
    ),
]


def engine_of(name: EngineName, ray_address: str) -> Engine:
    """Return the engine that was asked for.

    Raises
    ------
    MoravaError
        When Ray is asked for and not installed, or an address is given to an engine that has none.
    """
    if name is EngineName.RAY:
        load_ray()  # refused before anything is computed or written
        return RayCluster(ray_address)
    if ray_address:
        raise MoravaError(
            Problem("the engine local has no address", "--ray-address", "add `--engine ray`, or leave the address out")
        )
    return ProcessPool()
