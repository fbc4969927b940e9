"""Trade: a country in a world of regions and sectors, in exact hat algebra."""

from morava.models.trade.equilibrium import Equilibrium, Shock, no_shock, solve, world_after
from morava.models.trade.model import trade
from morava.models.trade.welfare import Welfare, welfare
from morava.models.trade.world import World, calibrate

__all__ = [
    "Equilibrium",
    "Shock",
    "Welfare",
    "World",
    "calibrate",
    "no_shock",
    "solve",
    "trade",
    "welfare",
    "world_after",
]
