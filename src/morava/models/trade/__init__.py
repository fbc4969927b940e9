"""Trade: a country in a world of regions and sectors, in exact hat algebra."""

from morava.models.trade.equilibrium import Equilibrium, Shock, no_shock, solve, world_after
from morava.models.trade.home import neutral
from morava.models.trade.links import trade_links
from morava.models.trade.model import trade
from morava.models.trade.welfare import Welfare, welfare
from morava.models.trade.world import World, calibrate

__all__ = [
    "Equilibrium",
    "Shock",
    "Welfare",
    "World",
    "calibrate",
    "neutral",
    "no_shock",
    "solve",
    "trade",
    "trade_links",
    "welfare",
    "world_after",
]
