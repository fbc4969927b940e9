"""Levers at the command line: listed, fitted on enough points only, moved by name within their range."""

from __future__ import annotations

import json

import pytest
from typer.testing import CliRunner

from morava.cli import app
from morava.errors import MoravaError
from morava.plans import read_country, read_strategy
from morava.plans.levers import read_levers


def shown(*command: str) -> str:
    found = CliRunner().invoke(app, list(command), catch_exceptions=False)
    assert found.exit_code == 0
    return found.output


def levers_of(country: str) -> list[str]:
    pack = read_country(country)
    return list(read_levers(pack, read_strategy(pack)))


@pytest.mark.parametrize("country", ["ruritania", "serbia"])
def test_every_lever_is_listed(tmp_path, country):
    said = shown("levers", country, "--out", str(tmp_path))
    assert all(f"{name} (" in said for name in levers_of(country))
    listed = json.loads(shown("levers", country, "--out", str(tmp_path), "--json"))
    assert [one["name"] for one in listed["levers"]] == levers_of(country)
    assert (listed["emulator"] is None) == (country == "ruritania")


def test_too_few_points_are_refused_before_anything_is_run(tmp_path):
    with pytest.raises(MoravaError, match="3 points are too few"):
        shown("levers", "ruritania", "--points", "3", "--out", str(tmp_path))
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("lever", "what"), [("sun-sise=1", "sun-sise"), ("sun-size=9", "sun-size"), ("sun-size", "sun-size")]
)
def test_a_lever_that_is_none_or_goes_too_far_is_refused(tmp_path, lever, what):
    with pytest.raises(MoravaError, match=what):
        shown("run", "ruritania", "--futures", "3", "--lever", lever, "--out", str(tmp_path))
    assert list(tmp_path.iterdir()) == []
