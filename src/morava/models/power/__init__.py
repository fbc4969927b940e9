"""The power system: a reference program of capacity and dispatch, and what its answers mean."""

from morava.models.power.assemble import assemble, calendar_of
from morava.models.power.certified import CERTIFIED, OWN
from morava.models.power.model import power
from morava.models.power.solve import solve_system
from morava.models.power.system import Solution, System

__all__ = [
    "CERTIFIED",
    "OWN",
    "Solution",
    "System",
    "assemble",
    "calendar_of",
    "power",
    "solve_system",
]
