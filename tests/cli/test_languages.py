"""The main screens of the command line speak four languages; English is the one without being asked."""

from __future__ import annotations

import json

import pytest
from typer.testing import CliRunner

from morava.cli import app
from morava.errors import MoravaError
from morava.languages import WRITTEN, latin, say
from morava.languages.latin import ALPHABET
from morava.plans import read_strategy
from morava.views.translations import texts

WIDTH = {"COLUMNS": "400"}


def shown(*command: str, **environment: str) -> str:
    found = CliRunner(env=WIDTH | environment).invoke(app, list(command), catch_exceptions=False)
    assert found.exit_code == 0
    return " ".join(found.output.split())


def is_cyrillic(text: str) -> bool:
    return any(letter in ALPHABET for letter in text)


@pytest.mark.parametrize("language", WRITTEN)
def test_verdicts_and_reasons_are_said(runs, answers, language):
    said = shown("--language", language, "judge", answers.run, "--out", str(runs))
    plan = answers.plan
    words = texts(plan.country, plan.strategy, language, plan.futures)
    assert say(language, "cli-together") in said
    assert all("".join(words[f"claim:{name}"].split()) in "".join(said.split()) for name in plan.strategy.claims)
    assert is_cyrillic(said) == (language == "sr-Cyrl")
    assert (" of futures" in said) == (language == "en")


def test_latin_says_what_cyrillic_says(runs, answers):
    cyrillic, other = (
        shown("--language", language, "judge", answers.run, "--out", str(runs)) for language in ("sr-Cyrl", "sr-Latn")
    )
    assert latin(cyrillic) == other


def test_the_variable_stands_for_the_option_and_gives_way_to_it(runs, answers):
    command = ("explain", "solar-220", "--run", answers.run, "--out", str(runs))
    english = shown(*command)
    assert "verdict: " in english
    serbian = shown(*command, MORAVA_LANGUAGE="sr-Cyrl")
    assert serbian == shown("--language", "sr-Cyrl", *command)
    assert "иницијатива sun: Соларни парк" in serbian
    assert "граница" in serbian
    assert shown("--language", "en", *command, MORAVA_LANGUAGE="sr-Cyrl") == english


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", ("who adjusts: ", "beside it: ", "how far it moves: ", "elasticities of ", "wage_real")),
        ("sr-Cyrl", ("ко се прилагођава: ", "поред тога: ", "колико се помера: ", "еластичности: ", "Реална зарада")),
        ("zh-Hans", ("由谁调整：", "另一种：", "变动幅度：", "弹性：", "实际工资")),
    ],
)
def test_who_adjusts_and_what_moves_a_result(runs, answers, language, said):
    command = ("--language", language, "explain", "wages", "--run", answers.run, "--out", str(runs))
    found = shown(*command)
    assert all(words in found for words in said)
    assert ("holds" in found) == (language == "en")


def test_levers_and_a_quantity_are_said(runs, answers):
    levers, quantity = ("levers", "ruritania", "--out", str(runs)), ("explain", "debt_ratio", "--run", answers.run)
    serbian, chinese = (shown("--language", language, *levers) for language in ("sr-Cyrl", "zh-Hans"))
    assert "0 до 2, у плану је 1: од ниједног до двоструко већег; земља је измишљена" in serbian
    assert "没有仿真器" in chinese
    said = shown("--language", "sr-Cyrl", *quantity, "--out", str(runs))
    assert "Јавни дуг према БДП-у" in said
    assert "даје је модел debt" in said
    assert "given by the model" not in said


@pytest.mark.parametrize(("own", "written"), [((), "sr-Cyrl"), (("--language", "zh-Hans"), "zh-Hans")])
def test_a_report_follows_the_language_unless_it_is_given_its_own(runs, answers, tmp_path, own, written):
    command = ("report", answers.run, "--format", "xlsx", "--to", str(tmp_path), "--out", str(runs), "--json", *own)
    assert json.loads(shown(*command, MORAVA_LANGUAGE="sr-Cyrl"))["language"] == written
    assert [file.suffix for file in tmp_path.glob(f"*{written}*")] == [".xlsx"]


def test_two_runs_are_compared(runs, answers, late):
    command = ("compare", answers.run, late.run, "--out", str(runs))
    assert "медијана величине" in shown("--language", "sr-Cyrl", *command)
    assert "的中位数" in shown("--language", "zh-Hans", *command)


def test_json_is_the_same_in_every_language(runs, answers):
    command = ("explain", "debt", "--run", answers.run, "--out", str(runs), "--json")
    assert shown("--language", "zh-Hans", *command) == shown(*command)


def test_an_unknown_language_is_refused(runs):
    with pytest.raises(MoravaError, match="there is no language"):
        shown("--language", "de", "judge", "--out", str(runs))


def test_texts_of_a_variant_are_its_own(ruritania):
    late = read_strategy(ruritania, "crown-2030-late")
    assert texts(ruritania, late, "zh-Hans")["strategy:crown-2030-late"] == "王冠2030（不含数据大厅）"
