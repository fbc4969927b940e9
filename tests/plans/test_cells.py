"""Which cell a fact fills: time comes from its period, and a stock stands in the year in which its period ends."""

from __future__ import annotations

from dataclasses import replace

import pytest

from morava.plans import read_country
from morava.plans.cells import cell_of, place_dims
from morava.quantities import find


@pytest.mark.parametrize(
    ("name", "period", "cell"),
    [
        ("solar-now", "2025", {"technology": "solar", "year": "2025"}),
        ("solar-now", "2025-12-31", {"technology": "solar", "year": "2025"}),
        ("solar-now", "2025-06", {"technology": "solar", "year": "2025"}),
        ("solar-now", "2023..2024", {"technology": "solar", "year": "2024"}),
        ("export-north-2025", "2025", {"partner": "Northmark", "year": "2025"}),
        ("export-north-2025", "2025-01..2025-09", {"partner": "Northmark", "year": "2025-01..2025-09"}),
        ("growth-2016", "2016", {"period": "2016"}),
        ("debt-now", "2025", {}),
    ],
)
def test_cells(name, period, cell):
    fact = replace(read_country("ruritania").facts[name], period=period)
    assert dict(cell_of(fact)) == cell


def test_where_names_everything_but_time():
    assert place_dims(find("trade_export")) == ("partner",)
    assert place_dims(find("history_growth")) == ()
