"""Economy: one country's general equilibrium from a social accounting matrix, year after year."""

from morava.models.economy.accounts import Accounts, read_accounts
from morava.models.economy.calibrate import Conditions, Economy, base_conditions, calibrate
from morava.models.economy.dynamics import (
    Dynamics,
    Programme,
    after_gestation,
    grown,
    no_programme,
    without_interest,
)
from morava.models.economy.equilibrium import Equilibrium
from morava.models.economy.model import economy, economy_links
from morava.models.economy.options import Closure, Structure
from morava.models.economy.recursive import Path, solve_path, vintages
from morava.models.economy.static import Known, at_base, solve

__all__ = [
    "Accounts",
    "Closure",
    "Conditions",
    "Dynamics",
    "Economy",
    "Equilibrium",
    "Known",
    "Path",
    "Programme",
    "Structure",
    "after_gestation",
    "at_base",
    "base_conditions",
    "calibrate",
    "economy",
    "economy_links",
    "grown",
    "no_programme",
    "read_accounts",
    "solve",
    "solve_path",
    "vintages",
    "without_interest",
]
