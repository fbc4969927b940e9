"""Adequacy: how often, and by how much, capacity falls short of load."""

from morava.models.adequacy.convolution import OutageTable, expected_shortage, outage_table
from morava.models.adequacy.model import adequacy

__all__ = ["OutageTable", "adequacy", "expected_shortage", "outage_table"]
