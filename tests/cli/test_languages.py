"""The main screens of the command line speak four languages; English is the one without being asked."""

from __future__ import annotations

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
