"""The power system: a reference program of capacity and dispatch, and what its answers mean."""

from morava.models.power.assemble import assemble, calendar_of
from morava.models.power.certified import AIM, CERTIFIED, OWN, SCREENED
from morava.models.power.hourly import DURATIONS, HOURLY
from morava.models.power.library import Library, load_library, save_library
from morava.models.power.model import power, power_from, power_in_hours
from morava.models.power.solve import library_entry, screen_system, solve_system
from morava.models.power.system import Solution, System

__all__ = [
    "AIM",
    "CERTIFIED",
    "DURATIONS",
    "HOURLY",
    "OWN",
    "SCREENED",
    "Library",
    "Solution",
    "System",
    "assemble",
    "calendar_of",
    "library_entry",
    "load_library",
    "power",
    "power_from",
    "power_in_hours",
    "save_library",
    "screen_system",
    "solve_system",
]
