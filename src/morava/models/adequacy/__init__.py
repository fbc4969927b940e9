"""Adequacy: how often, and by how much, capacity falls short of load."""

from morava.models.adequacy.chronological import adequacy_chronological
from morava.models.adequacy.chronology import HourlySystem, n_minus_one, simulate
from morava.models.adequacy.convolution import OutageTable, expected_shortage, outage_table
from morava.models.adequacy.model import adequacy

__all__ = [
    "HourlySystem",
    "OutageTable",
    "adequacy",
    "adequacy_chronological",
    "expected_shortage",
    "n_minus_one",
    "outage_table",
    "simulate",
]
