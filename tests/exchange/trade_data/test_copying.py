"""A pack is whole or as it was, whatever happens; and the command."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from morava.cli.trade_data import load_trade
from morava.errors import MoravaError
from morava.exchange.trade_data import load_trade_data
from morava.exchange.trade_data.copying import find_base
from morava.plans import read_country
from morava.plans.trade_tables import load_table

ROOT = Path(__file__).resolve().parents[3]


# Whole, or as it was


def test_folders_that_hold_something_else_are_left_alone(made, world, tmp_path):
    file = made.written(tmp_path, "duties.csv", made.duty_lines(world))
    other = tmp_path / "other"
    other.mkdir()
    made.written(other, "letter.txt", ["dear"])
    for out, what in (
        (other, "no pack made by loading"), (tmp_path / "serbia", "name of a country of Morava"),
        (ROOT / "src/morava/countries/serbia/trade/inside", "lies inside the pack"),
    ):  # fmt: skip
        with pytest.raises(MoravaError, match=what):
            load_trade_data(made.asked("duties", file, out))
    assert [path.name for path in other.iterdir()] == ["letter.txt"]


def test_mistakes_write_nothing(made, loaded, world, tmp_path):
    out = loaded[0]
    before = made.bytes_of(out)
    spoilt = made.written(tmp_path, "spoilt.csv", made.spoil(made.duty_lines(world), "steel,own,16", "stel,own,16"))
    for target in (out, tmp_path / "new"):
        with pytest.raises(MoravaError, match="stel"):
            load_trade_data(made.asked("duties", spoilt, target))
    good = made.written(tmp_path, "good.csv", made.duty_lines(world))
    bad_source = replace(made.asked("duties", good, out), source=replace(made.source, title="Other", grade="Z"))
    with pytest.raises(MoravaError, match="grade"):
        load_trade_data(bad_source)
    assert made.bytes_of(out) == before
    assert not (tmp_path / "new").exists()
    assert not [path.name for path in out.parent.iterdir() if path.name.startswith(".")]


def test_pack_of_another_country_is_left_alone(made, loaded, world, tmp_path):
    file = made.written(tmp_path, "duties.csv", made.duty_lines(world))
    with pytest.raises(MoravaError, match="was copied from serbia, not from ruritania"):
        load_trade_data(made.asked("duties", file, loaded[0], country="ruritania"))


KILLED = """
import os, sys
from pathlib import Path
import morava.exchange.trade_data.copying as copying
from morava.exchange.trade_data import Asked, NewSource, load_trade_data
copying.missing_needs = lambda pack: os._exit(9)
load_trade_data(Asked("duties", Path(sys.argv[1]), "serbia", Path(sys.argv[2]), NewSource("K", "a", "b")))
"""
"""A load that ends when the copy is all written and not yet in its place."""


def test_killed_half_way_leaves_the_old_pack_whole(made, loaded, world, tmp_path):
    out = loaded[0]
    before = made.bytes_of(out)
    file = made.written(tmp_path, "duties.csv", made.duty_lines(world, rate=20.0))
    done = subprocess.run([sys.executable, "-c", KILLED, str(file), str(out)], check=False)
    assert done.returncode == 9
    assert made.bytes_of(out) == before
    (left,) = (path for path in out.parent.iterdir() if path.name.startswith("."))
    shutil.rmtree(left)


def test_killed_between_two_renames_is_put_back(made, loaded):
    out = loaded[0]
    before = made.bytes_of(out)
    out.rename(out.with_name(f".{out.name}.before"))
    assert find_base("serbia", out).folder == out
    assert made.bytes_of(out) == before


# The command


def test_command_loads_and_tells(made, world, tmp_path):
    app = typer.Typer()
    app.command("load-trade")(load_trade)
    file = made.written(tmp_path, "duties.csv", made.duty_lines(world))
    source = ["--source-title", "T", "--source-address", "a", "--source-producer", "p"]
    command = ["duties", str(file), "--out", str(tmp_path / "ours"), *source]
    first = CliRunner().invoke(app, [*command, "--json"])
    assert first.exit_code == 0
    found = json.loads(first.stdout)
    assert (found["kind"], Path(found["folder"]).name) == ("duties", "ours")
    second = CliRunner().invoke(app, command)
    assert second.exit_code == 0
    assert "loaded before: duties (duties.csv)" in second.stdout
    assert "next: `morava check" in second.stdout
    assert load_table(read_country(tmp_path / "ours"), "world_tariff").shape == (12, 12, 16)
