"""A small programme with everything in it: state money, foreign loans, a guarantee, a gap, nested envelopes."""

from collections.abc import Callable

import numpy as np
import pytest
import xarray as xr

from morava.models.contract import as_model
from morava.models.money.debt import mean_of_history
from morava.models.money.debt_model import debt
from morava.models.money.spending_model import spending
from morava.quantities import labelled

HISTORY = {
    "history_growth": [0.031, -0.012, 0.024, 0.03, 0.021],
    "history_inflation": [0.03, 0.06, 0.07, 0.05, 0.04],
    "history_primary_balance": [-0.02, -0.035, -0.02, -0.012, -0.01],
    "history_interest": [0.05, 0.052, 0.04, 0.045, 0.047],
    "history_depreciation": [0.02, 0.01, 0.03, 0.01, 0.0],
    "history_stock_flow": [0.002, -0.005, 0.003, 0.0, 0.001],
}
INITIATIVES = ["railway", "sun", "hall"]
LENDERS = ["bank", "budget", "investors", "not found"]
ENVELOPES = ["green", "programme"]
YEARS = list(range(2026, 2041))


def _programme() -> dict[str, xr.DataArray]:
    over = {"initiative": INITIATIVES}
    scalars = {
        "schedule_as_of": 2026.5,
        "delay_cost_rate": 0.03,
        "discount_rate": 0.04,
        "guarantee_call_probability": 0.1,
        "debt_block_length": 2,
        "trend_swing": 1,
        "debt_initial": 0.48,
        "debt_foreign_share": 0.6,
        "gdp_initial": 40000,
        "public_investment_baseline": 0.005,
    }
    by_initiative = {
        "initiative_cost": [600.0, 300.0, 100.0],
        "initiative_cost_factor": [1.3, 1.0, 1.2],
        "initiative_finish": [2028.5, 2029.25, 2031.0],
        "initiative_cancelled": [0, 0, 0],
        "initiative_spending_start": [2026.5, 2026.5, 2027.0],
        "initiative_planned_finish": [2027.5, 2028.0, 2030.0],
        "guaranteed_share": [0.0, 0.3, 0.0],
        "guarantee_draw": [0.5, 0.05, 0.5],
    }
    arrays = {name: labelled(name, value) for name, value in scalars.items()}
    arrays |= {name: labelled(name, values, over) for name, values in by_initiative.items()}
    arrays |= {name: labelled(name, values, {"period": list(range(2021, 2026))}) for name, values in HISTORY.items()}
    shares = [[0.85, 0.15, 0, 0], [0.3, 0, 0.7, 0], [0, 0.25, 0, 0.75]]
    arrays["lender_share"] = labelled("lender_share", shares, {**over, "lender": LENDERS})
    arrays["lender_public"] = labelled("lender_public", [0, 1, 0, 0], {"lender": LENDERS})
    arrays["lender_currency"] = labelled("lender_currency", ["EUR", "RUC", "EUR", "not found"], {"lender": LENDERS})
    nested = [[0, 1], [1, 1], [0, 1]]
    arrays["initiative_envelope"] = labelled("initiative_envelope", nested, {**over, "envelope": ENVELOPES})
    for name, values in {
        "envelope_amount": [400, 1200],
        "envelope_start": [2026, 2026],
        "envelope_end": [2031, 2031],
    }.items():
        arrays[name] = labelled(name, values, {"envelope": ENVELOPES})
    arrays["debt_history_draw"] = labelled("debt_history_draw", np.linspace(0.05, 0.95, len(YEARS)), {"year": YEARS})
    for name in ("growth", "primary_balance"):
        mean = mean_of_history(np.array([HISTORY[f"history_{name}"]])).item()
        arrays[f"trend_{name}"] = labelled(f"trend_{name}", [mean] * len(YEARS), {"year": YEARS})
    return arrays


def _answer(function, known):
    return function(**{name: known[name] for name in as_model(function).needs})


@pytest.fixture
def money() -> Callable[..., dict[str, xr.DataArray]]:
    """Spending and debt, one after the other."""

    def answer(**arrays):
        spent = _answer(spending, arrays)
        return spent | _answer(debt, {**arrays, **spent})

    return answer


@pytest.fixture
def programme() -> dict[str, xr.DataArray]:
    """One future."""
    return _programme()


@pytest.fixture
def many() -> Callable[[int], dict[str, xr.DataArray]]:
    """The same in so many futures, drawn from a fixed seed; every third cancels the hall."""

    def draw(count: int) -> dict[str, xr.DataArray]:
        arrays = _programme()
        random = np.random.default_rng(2030)
        # One row a future, so that future k does not depend on how many there are.
        rows = random.random((64, 20))[:count]
        futures = {"future": list(range(count))}
        over = {**futures, "initiative": INITIATIVES}
        cancelled = np.zeros((count, 3))
        cancelled[::3, 2] = 1
        finish = arrays["initiative_finish"].to_numpy() + 12 * rows[:, :3]
        arrays["initiative_finish"] = labelled("initiative_finish", np.where(cancelled > 0, np.inf, finish), over)
        arrays["initiative_cancelled"] = labelled("initiative_cancelled", cancelled, over)
        arrays["initiative_cost_factor"] = labelled("initiative_cost_factor", 0.7 + rows[:, 3:6], over)
        arrays["guarantee_draw"] = labelled("guarantee_draw", rows[:, 1:4] * 0.3, over)
        arrays["debt_history_draw"] = labelled("debt_history_draw", rows[:, 5:], {**futures, "year": YEARS})
        return arrays

    return draw
