"""Mistakes of a file are all said at once, with their line and their mend."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from morava.errors import MoravaError
from morava.exchange.trade_data import KINDS, NewSource, load_trade_data

# What is wrong is said


WRONG = [
    ("duties", "steel,own,16", "stel,own,16", "there is no sector 'stel'", "did you mean steel?"),
    ("duties", "steel,own,16", "steel,ours,16", "there is no side 'ours'", "own"),
    ("duties", "steel,own,16.0", "steel,own,1e9", "a duty of 1e+09 percent", "between 0 and 100"),
    ("duties", "steel,own,16.0", "steel,own,-1", "a duty of -1 percent", "between 0 and 100"),
    ("duties", "steel,own,16.0", "steel,own,high", "'high' is not a number", "write digits"),
    ("duties", "steel,own,16.0,0.6", "steel,own,16.0,60", "shares 60", "fractions from 0 to 1"),
    ("duties", "steel,own,16.0,0.6", "steel,own,16.0,0.5", "the shares sum to 0.9", "sum to 1"),
    ("duties", "steel,own,", "food,own,", "food of side own is given twice", "keep one"),
    ("duties", "steel,own,", "food,own,", "side own has no row of steel", "give every sector its row"),
    ("duties", "share_A15", "share_A20", "unknown column 'share_A20'", "did you mean share_A"),
    ("duties", "share_A15,", "", "no column share_A15", "the header is"),
    ("input-output", "food,steel,", "fod,steel,", "there is no industry 'fod'", "did you mean food?"),
    ("input-output", "food,steel,", "food,steel,-", "food of steel is negative", "zero or more"),
    ("input-output", "food,steel,", "food,steel,x", "is not a number", "write digits"),
    ("input-output", "food,steel,", "energy,steel,", "energy of steel is given twice", "keep one"),
    ("input-output", "food,steel,", "energy,steel,", "steel has no value of food", "write 0"),
    ("input-output", "output,steel,100.0", "imports,steel,1", "steel has no value of output", "cells are missing"),
    ("input-output", "output,steel,100.0", "output,steel,10", "steel buys", "inputs are below output"),
    ("input-output", "input,sector,value", "input,sector,values", "unknown column 'values'", "did you mean value?"),
    ("baci", "2023,688,276,010121", "2022,688,276,010121", "the row is of '2022'", "load the file of 2023"),
    ("baci", "2023,688,276,010121", "2023,688,999,010121", "there is no country '999'", "--regions FILE"),
    ("baci", "2023,688,276,010121", "2023,688,276,101", "'101' is no code of six digits", "write it as"),
    ("baci", "2023,688,276,010121", "2023,688,276,770000", "770000 has no sector", "--sectors FILE"),
    ("baci", "2023,688,276,010121,", "2023,688,276,010121,-", "is negative", "zero or more"),
    ("baci", "2023,688,276,010121,", "2023,688,276,010121,x", "is not a number", "write digits"),
    ("baci", "2023,688,276,271000", "2023,688,276,010121", "010121 from 688 to 276 is given twice", "keep one"),
    ("baci", "2023,276,380,870323", "2023,276,276,870323", "country 276 sells to itself", "between countries only"),
    ("baci", "2023,276,380,870323,1,1", "2023,276,380", "the row has 3 cells, the header 6", "its cell"),
    ("baci", "t,i,j,k,v,q", "t,i,j,k,v,qty", "unknown column 'qty'", "known: i, j, k, q, t, v"),
    ("baci", "t,i,j,k,v,q", "t,i,j,k,v,v", "no column q", "the columns are"),
    ("itpd", "DEU,SRB,2019,1,", "DEX,SRB,2019,1,", "there is no country 'DEX'", "did you mean"),
    ("itpd", "DEU,SRB,2019,1,", "DEU,SRB,2019,999,", "there is no industry '999'", "1 to 170"),
    ("itpd", "DEU,SRB,2019,1,", "DEU,SRB,2018,1,", "the row is of 2018, the first of 2019", "one year"),
    ("itpd", "DEU,SRB,2019,1,", "DEU,SRB,2019,79,", "industry 79 from DEU to SRB is given twice", "keep one"),
    ("itpd", "DEU,SRB,2019,1,", "DEU,SRB,2019,1,-", "is negative", "zero or more"),
    ("itpd", "SRB,SRB,2019,101,", "CHN,DEU,2019,101,", "Serbia sells nothing of steel at home", "load baci"),
    ("itpd", "importer_iso3", "importer", "no column importer_iso3", "the columns are"),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "old", "new", "what", "mend"), WRONG)
def test_mistakes_are_named_with_their_mend(made, kind, old, new, what, mend, world, serbia, tmp_path):
    lines = made.spoil(made.lines[kind](world), old, new)
    with pytest.raises(MoravaError) as caught:
        made.run_loader(kind, made.written(tmp_path, "spoilt.csv", lines), world, serbia)
    told = [one for one in caught.value.problems if what in one.what]
    assert told, caught.value
    assert mend in told[0].mend
    assert told[0].where.startswith("spoilt.csv")


@pytest.mark.parametrize(
    ("kind", "old", "new", "line"),
    [
        ("duties", "steel,own,16", "stel,own,16", 18),
        ("input-output", "food,agriculture,", "fod,agriculture,", 5),
        ("baci", "2023,276,688,010121,", "2023,276,688,010121,-", 3),
        ("itpd", "SRB,DEU,2019,1,", "SRB,DEU,2019,1,-", 4),
    ],
)
def test_mistakes_name_their_line(made, kind, old, new, line, world, serbia, tmp_path):
    file = made.written(tmp_path, "spoilt.csv", made.spoil(made.lines[kind](world), old, new))
    with pytest.raises(MoravaError) as caught:
        made.run_loader(kind, file, world, serbia)
    assert f"spoilt.csv:{line}" in {one.where for one in caught.value.problems}


def test_all_mistakes_at_once(made, world, serbia, tmp_path):
    lines = made.baci_lines(world)
    lines[1], lines[2], lines[3] = "2023,688,276,x,1,1", "2023,688,998,010121,1,1", "2021,688,276,010121,-1,1"
    with pytest.raises(MoravaError) as caught:
        made.run_loader("baci", made.written(tmp_path, "spoilt.csv", lines), world, serbia)
    assert len(caught.value.problems) == 4


def test_missing_partners_and_sectors_are_named(made, world, serbia, tmp_path):
    lines = [line for line in made.baci_lines(world) if not line.startswith("2023,156,688") and ",610910," not in line]
    with pytest.raises(MoravaError) as caught:
        made.run_loader("baci", made.written(tmp_path, "holes.csv", lines), world, serbia)
    told = " ".join(one.what for one in caught.value.problems)
    assert "no goods go from China for Serbia" in told
    assert "Serbia trades nothing of textiles" in told


def test_fractions_for_percent_are_refused(made, world, serbia, tmp_path):
    shares = "0.6,0.1,0.1,0.15,0.05"
    lines = [
        f"sector,side,most_favoured_percent,{made.phases}",
        *(f"{one},own,0.05,{shares}" for one in world.sectors[:-1]),
    ]
    with pytest.raises(MoravaError, match="write percent"):
        made.run_loader("duties", made.written(tmp_path, "fractions.csv", lines), world, serbia)


def test_inputs_that_cannot_be_fed_are_listed_or_scaled(made, world, serbia, tmp_path):
    technology = world.technology.copy()
    own, electrical, services = (
        technology[0, world.home],
        world.sectors.index("electrical"),
        world.sectors.index("services"),
    )
    own[electrical, services] += own[services, services] / 2
    own[services, services] /= 2
    file = made.written(tmp_path, "much.csv", made.table_lines(replace(world, technology=technology)))
    with pytest.raises(MoravaError) as caught:
        made.run_loader("input-output", file, world, serbia)
    assert any("of electrical, and it buys" in one.what and "--fit" in one.mend for one in caught.value.problems)
    change = made.run_loader("input-output", file, world, serbia, fit=True)
    assert any("inputs of electrical in Serbia scaled down" in line for line in change.lines)


def test_value_added_must_add_up(made, world, serbia, tmp_path):
    lines = [*made.table_lines(world), *(f"value_added,{sector},1" for sector in world.sectors)]
    with pytest.raises(MoravaError, match="do not make its output"):
        made.run_loader("input-output", made.written(tmp_path, "table.csv", lines), world, serbia)


@pytest.mark.parametrize(
    ("kind", "text", "what"),
    [
        ("baci", "prefix,sector\n01,farming\n", "there is no sector 'farming'"),
        ("baci", "prefix,sector\n01,food\n01,food\n", "01 is given twice"),
        ("baci", "prefix,sector\n1,food\n", "'1' is no prefix"),
        ("itpd", "first,last,sector\n2,1,food\n", "are no numbers of industries"),
        ("itpd", "first,last,sector\n1,3,food\n3,4,food\n", "3 is given twice"),
        ("input-output", "code,sector,buys\nB,ores,\nB,ores,\n", "is given twice"),
        ("input-output", "code,sector,buys\nB,ores,\nB,steel,\nB,food,\n", "more than two sectors"),
    ],
)
def test_mappings_of_the_user_are_checked(made, kind, text, what, world, serbia, tmp_path):
    mapping = made.written(tmp_path, "mapping.csv", [text])
    file = made.written(tmp_path, "file.csv", made.lines[kind](world))
    with pytest.raises(MoravaError, match=what):
        made.run_loader(kind, file, world, serbia, sectors=mapping)


def test_regions_of_the_user_are_checked(made, world, serbia, tmp_path):
    mapping = made.written(tmp_path, "regions.csv", ["baci,iso3,region", "688,SRB,Sebia"])
    file = made.written(tmp_path, "file.csv", made.baci_lines(world))
    with pytest.raises(MoravaError, match=r"there is no region 'Sebia'"):
        made.run_loader("baci", file, world, serbia, regions=mapping)
    made.written(tmp_path, "regions.csv", ["baci,iso3,region", "276,DEU,Germany"])
    with pytest.raises(MoravaError, match="no country is Serbia"):
        made.run_loader("baci", file, world, serbia, regions=mapping)


@pytest.mark.parametrize(
    ("more", "what"),
    [
        ({"kind": "bacci"}, "there is no kind 'bacci'"),
        ({"kind": "duties", "name": "x"}, "duties takes no --name"),
        ({"kind": "duties", "fit": True}, "duties takes no --fit"),
        ({"kind": "baci", "partner": "China"}, "baci takes no --partner"),
        ({"kind": "duties", "partner": "Chine"}, "there is no partner 'Chine'"),
        ({"kind": "input-output"}, "the technology has no name"),
        ({"kind": "input-output", "name": "hungary-2020"}, "there is a technology 'hungary-2020' already"),
        ({"kind": "duties", "country": "ruritania"}, "unknown column 'share_A10'"),
        ({"kind": "baci", "country": "ruritania"}, "the world table is in RUC"),
        ({"kind": "duties", "source": NewSource("", "a", "b")}, "the source has no title"),
        ({"kind": "duties", "file": Path("absent.csv")}, "there is no file absent.csv"),
    ],
)
def test_options_that_do_not_fit_are_refused(made, more, what, world, tmp_path):
    file = made.written(tmp_path, "file.csv", made.duty_lines(world))
    asking = replace(made.asked("duties", file, tmp_path / "out"), **more)
    with pytest.raises(MoravaError, match=what):
        load_trade_data(asking)
    assert not (tmp_path / "out").exists()


# The page


def test_examples_of_the_page_have_the_right_columns(made, world):
    page = (Path(__file__).resolve().parents[3] / "docs/how-to/load-trade-data.md").read_text(encoding="utf-8")
    blocks = [block.split("```")[0].split() for block in page.split("```csv\n")[1:]]
    assert [block[0].split(",") for block in blocks] == [
        made.lines[kind](world)[0].removesuffix(",flag_zero").split(",") for kind in KINDS
    ]
    for block in blocks:
        assert {line.count(",") for line in block} == {block[0].count(",")}
