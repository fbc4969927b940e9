"""A pack becomes types, whole and in order; a variant lists only what differs."""

from __future__ import annotations

import shutil
from dataclasses import fields, is_dataclass
from importlib.resources import files
from pathlib import Path

import pytest

from morava.errors import MoravaError
from morava.plans import check_pack, list_countries, read_country, read_futures, read_strategy
from morava.plans.types import Distribution

RURITANIA = Path(str(files("morava"))) / "countries" / "ruritania"


@pytest.fixture
def pack(tmp_path):
    """A copy of Ruritania that may be spoilt."""
    return Path(shutil.copytree(RURITANIA, tmp_path / "ruritania"))


def change(path: Path, old: str, new: str) -> None:
    """Write something else into a file, at the one place where the old words stand."""
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), encoding="utf-8")


@pytest.fixture(scope="module")
def country():
    return read_country("ruritania")


def test_ruritania_is_listed():
    assert "ruritania" in list_countries()


def test_the_country_is_what_its_files_say(country):
    assert (country.name, country.price_base, country.first_year, country.last_year) == (
        "ruritania",
        "RUC_2025",
        2026,
        2040,
    )
    assert country.title_sr == "Руританија"
    assert len(country.facts) == 637
    assert country.conflicts["solar-price"].weights == (0.5, 0.5)
    assert country.conflicts["hall-unit"].chosen == 0
    assert country.reference_classes["rail"].stages[0].gate_attempts == 4
    assert country.reference_classes["rail"].stages[1].gate_pass == 1.0
    assert country.facts["flow-import-north"].where == {"domain": "import 2025", "partner": "Northmark"}


def test_a_folder_is_read_like_a_name(country, pack):
    copied = read_country(pack)
    assert copied.facts == country.facts
    assert Path(copied.folder) == pack.resolve()


def test_everything_is_made_of_words_numbers_and_records(country):
    """No float stands as an integer and no list is left: equal content is then equal data."""

    def check(thing):
        assert not isinstance(thing, (list, set)), thing
        if is_dataclass(thing):
            for one in fields(thing):
                value = getattr(thing, one.name)
                if one.type in ("float", "float | None") and value is not None:
                    assert type(value) is float, (thing, one.name)
                if isinstance(value, str):
                    assert value == value.strip()
                if one.name not in ("over", "parameters"):
                    assert not isinstance(value, dict) or list(value) == sorted(value), (thing, one.name)
                check(value)
        elif isinstance(thing, dict):
            for value in thing.values():
                check(value)
        elif isinstance(thing, tuple):
            for value in thing:
                check(value)

    check(country)
    check(read_strategy(country))
    check(read_futures(country))


def test_stages_come_from_the_class_and_some_are_done(country):
    railway = read_strategy(country).initiatives["railway"]
    assert [(stage.name, stage.done) for stage in railway.stages] == [
        ("permit", True),
        ("works", False),
        ("handover", False),
    ]
    assert railway.stages[1].after == ("permit",)


def test_an_initiative_may_write_its_own_stages(pack):
    change(
        pack / "strategies/crown-2030/initiatives.yaml",
        "  done: [permit]\n",
        "  done: [dig]\n  stages:\n    - {name: dig, title: Digging, share: 0.4, milestone: dug}\n"
        "    - {name: lay, title: Laying, share: 0.6, after: [dig], gate: {pass: 0.5, wait: 3}}\n",
    )
    stages = read_strategy(read_country(pack)).initiatives["railway"].stages
    assert [(stage.name, stage.milestone, stage.done) for stage in stages] == [("dig", "dug", True), ("lay", "", False)]
    assert (stages[1].gate_pass, stages[1].gate_wait, stages[1].gate_attempts) == (0.5, 3.0, 1)


def test_costs_may_rest_on_facts(country):
    sun = read_strategy(country).initiatives["sun"]
    assert (sun.cost_low, sun.cost_high) == (None, None)
    assert sun.facts == ("solar-cost-crown", "solar-cost-gazette")


def test_claims_take_the_share_of_the_strategy(country, pack):
    assert {claim.required_share for claim in read_strategy(country).claims.values()} == {0.8}
    change(
        pack / "strategies/crown-2030/claims.yaml",
        "  evidence_note: announced twice",
        "  required_share: 0.95\n  evidence_note: announced twice",
    )
    assert read_strategy(read_country(pack)).claims["railway-2027"].required_share == 0.95


def test_measures_give_years_as_spans_and_reduce_years_last(country, pack):
    assert read_strategy(country).claims["debt"].tests[0].measure.year == (2026, 2035)
    change(
        pack / "strategies/crown-2030/claims.yaml",
        "{quantity: power_capacity, where: {technology: solar}, year: 2030}\n      at_least: 220",
        "{quantity: power_capacity, where: {technology: [solar, wind]}, year: 2030..2031, "
        "over: {year: max, technology: sum}}\n      at_least: 220",
    )
    measure = read_strategy(read_country(pack)).claims["solar-220"].tests[0].measure
    assert measure.where == {"technology": ("solar", "wind")}
    assert list(measure.over.items()) == [("technology", "sum"), ("year", "max")]


def test_futures_know_their_distributions(country):
    futures = read_futures(country)
    assert futures.seed == 2030
    assert futures.uncertainties["sunshine"].distribution == Distribution(
        "triangular", {"low": 0.9, "mode": 1.0, "high": 1.05}, (), ()
    )
    assert futures.uncertainties["solar_price"].distribution == Distribution("conflict", {}, (), ())
    assert futures.uncertainties["gate"].each == ("stage", "attempt")
    assert futures.correlations == {("programme_delay", "sunshine"): -0.2}


def test_a_variant_takes_what_it_does_not_say_from_its_parent(country):
    parent, variant = read_strategy(country), read_strategy(country, "crown-2030-late")
    assert variant.because
    assert variant.initiatives["hall"].status == "cancelled"
    assert variant.initiatives["hall"].promises == parent.initiatives["hall"].promises
    assert variant.initiatives["sun"] == parent.initiatives["sun"]
    assert (variant.claims, variant.agreements, variant.envelopes, variant.documents) == (
        parent.claims,
        parent.agreements,
        parent.envelopes,
        parent.documents,
    )


def test_a_variant_may_add_and_change_in_every_file(pack):
    late = pack / "strategies/crown-2030-late"
    with (late / "strategy.yaml").open("a", encoding="utf-8") as stream:
        stream.write("envelopes:\n  crown-programme: {amount: 900}\n")
    (late / "claims.yaml").write_text("wages: {says: Wages will not double}\n", encoding="utf-8")
    country = read_country(pack)
    parent, variant = read_strategy(country), read_strategy(country, "crown-2030-late")
    assert variant.envelopes["crown-programme"].amount == 900.0
    assert variant.envelopes["crown-programme"].unit == parent.envelopes["crown-programme"].unit
    assert variant.claims["wages"].says == "Wages will not double"
    assert variant.claims["wages"].passage == parent.claims["wages"].passage


def test_a_variant_of_a_variant_stands_on_both(pack):
    third = pack / "strategies/third"
    third.mkdir()
    (third / "strategy.yaml").write_text(
        "name: third\ntitle: {en: Third, sr: Трећа}\nparent: crown-2030-late\nbecause: a test\n", encoding="utf-8"
    )
    (third / "initiatives.yaml").write_text("sun: {owner: nobody}\n", encoding="utf-8")
    initiatives = read_strategy(read_country(pack), "third").initiatives
    assert (initiatives["hall"].status, initiatives["sun"].owner) == ("cancelled", "nobody")


def test_a_mistake_in_a_variant_stands_in_the_file_of_the_variant(pack):
    (pack / "strategies/crown-2030-late/initiatives.yaml").write_text("hall:\n  status: late\n", encoding="utf-8")
    problems = check_pack(pack)
    assert [problem.where for problem in problems] == [
        "ruritania/strategies/crown-2030-late/initiatives.yaml:2",
    ]


def test_entries_may_lie_in_a_folder(pack):
    holder = pack / "strategies/crown-2030"
    (holder / "claims").mkdir()
    (holder / "claims.yaml").rename(holder / "claims/all.yaml")
    (holder / "claims/more.yaml").write_text(
        "sky:\n  says: The sky is blue\n  passage: {document: speech, paragraph: 9, start: 0, length: 3, sha256: ''}\n"
        "  voice: reader\n  kind: opinion\n  sector: society\n  tense: present\n  evidence: untested\n",
        encoding="utf-8",
    )
    assert check_pack(pack) == []
    assert "sky" in read_strategy(read_country(pack)).claims


def test_facts_of_a_date_and_of_a_bound(pack):
    with (pack / "facts/more.csv").open("w", encoding="utf-8") as stream:
        stream.write(
            "name,quantity,where,low,high,text,unit,period,known_on,vintage,source,locator,status,note\n"
            "opened,initiative_finish,initiative=bridge,,,2021-06,,,2021-07,,crown-office,p. 1,reported,\n"
            "between,initiative_finish,initiative=road,,,2021..2022,,,2021-07,,crown-office,p. 1,reported,\n"
            "many,satellite_in_orbit,,2,,at least two,item,2024,2025,,crown-office,p. 1,reported,\n"
        )
    facts = read_country(pack).facts
    assert (facts["opened"].low, facts["opened"].high) == (
        pytest.approx(2021 + 151 / 365),
        pytest.approx(2021 + 181 / 365),
    )
    assert (facts["between"].low, facts["between"].high, facts["between"].unit) == (2021.0, 2023.0, "year")
    assert (facts["many"].low, facts["many"].high) == (2.0, None)


@pytest.mark.parametrize("name", ["", "nowhere", "ruritanai", "../ruritania", "a\0b", "x" * 5000, "/"])
def test_a_country_that_is_not_there(name):
    with pytest.raises(MoravaError, match="there is no country"):
        read_country(name)
    assert len(check_pack(name)) == 1


@pytest.mark.parametrize("name", ["crown-2031", "../../serbia", "a/b", "a\0b", "x" * 500])
def test_a_strategy_that_is_not_there(country, name):
    with pytest.raises(MoravaError):
        read_strategy(country, name)


@pytest.mark.parametrize("name", ["defaults", "../default", "", "a\0b"])
def test_futures_that_are_not_there(country, name):
    with pytest.raises(MoravaError):
        read_futures(country, name)


def test_reading_raises_what_checking_lists(pack):
    change(pack / "country.yaml", "price_base: RUC_2025", "price_base: RUC_2055")
    with pytest.raises(MoravaError) as error:
        read_country(pack)
    named = {problem.what.split(":")[0] for problem in error.value.problems}
    facts = read_country("ruritania").facts
    assert {"gdp-now", "solar-cost-crown", "export-north-2020", "power-capital-wind-2025"} <= named
    assert all("RUC" in facts[name].unit or "EUR" in facts[name].unit for name in named)
    assert set(error.value.problems) <= set(check_pack(pack))
