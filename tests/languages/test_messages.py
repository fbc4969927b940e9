"""Every language says everything, with the same arguments, in its own script."""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib.resources import files

import pytest
from fluent.syntax import FluentParser
from fluent.syntax.ast import BaseNode, Junk, Message, SelectExpression, TextElement, VariableReference

from morava.errors import MoravaError
from morava.languages import LANGUAGES, WRITTEN, catalogue, latin, say, say_from, slug
from morava.languages.latin import ALPHABET
from morava.quantities.glossary import glossary

SAME_EVERYWHERE = re.compile(r"language-.*|unit-.*|column-p10|column-p90|label-quantile-.*|label-item-cepii-baci")
"""Names of languages in themselves, units of measurement, levels, and an office that has one name."""
NAMES = re.compile(r"label-(partner|region|origin|lender|elasticity-set)-.*")
"""Companies, institutions and authors may keep their own letters."""
SERBIAN_FORMS = [(0, "other"), (1, "one"), (2, "few"), (4, "few"), (5, "other"), (11, "other"), (12, "other"),
                 (21, "one"), (22, "few"), (101, "one"), (111, "other"), (1.5, "other")]  # fmt: skip
FORMS = {
    "en": {"one", "other"},
    "sr-Cyrl": {"one", "few", "other"},
    "sr-Latn": {"one", "few", "other"},
    "zh-Hans": {"other"},
}


def messages(language: str) -> dict[str, Message]:
    parsed = FluentParser().parse(catalogue(language)).body
    assert not [entry for entry in parsed if isinstance(entry, Junk)]
    found = [entry for entry in parsed if isinstance(entry, Message)]
    assert len({one.id.name for one in found}) == len(found), "a key stands twice"
    return {one.id.name: one for one in found}


def nodes(node: BaseNode) -> Iterator[BaseNode]:
    yield node
    for value in vars(node).values():
        for one in value if isinstance(value, list) else [value]:
            if isinstance(one, BaseNode):
                yield from nodes(one)


def arguments(message: Message) -> set[str]:
    return {node.id.name for node in nodes(message) if isinstance(node, VariableReference)}


def words(message: Message) -> str:
    return " ".join(node.value for node in nodes(message) if isinstance(node, TextElement)).strip()


ALL = {language: messages(language) for language in LANGUAGES}


@pytest.mark.parametrize("language", LANGUAGES[1:])
def test_the_same_keys_with_the_same_arguments(language):
    own = {f"quantity-{name}" for name in glossary()} if language == "zh-Hans" else set()
    assert ALL[language].keys() - own == ALL["en"].keys()
    for key, message in ALL["en"].items():
        assert arguments(ALL[language][key]) == arguments(message), key


def test_chinese_titles_for_the_whole_glossary():
    assert {key for key in ALL["zh-Hans"] if key.startswith("quantity-")} == {f"quantity-{name}" for name in glossary()}
    titles = [words(ALL["zh-Hans"][f"quantity-{name}"]) for name in glossary()]
    assert all(re.search("[\u4e00-\u9fff]", title) for title in titles)


@pytest.mark.parametrize("language", LANGUAGES)
def test_choices_by_number_have_the_forms_of_the_language(language):
    for key, message in ALL[language].items():
        for choice in (node for node in nodes(message) if isinstance(node, SelectExpression)):
            forms = {getattr(one.key, "name", "number") for one in choice.variants}
            if forms & {"one", "few"}:
                assert forms - {"number"} == FORMS[language], key
            assert [one.default for one in choice.variants].count(True) == 1, key


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_in_its_script(language):
    for key, message in ALL[language].items():
        text = words(message)
        if key.startswith("language-"):
            continue
        cyrillic, chinese = any(c in ALPHABET for c in text), bool(re.search("[\u4e00-\u9fff]", text))
        assert not cyrillic or language == "sr-Cyrl", key
        assert not chinese or language == "zh-Hans", key
        assert not re.search("[\u0400-\u052f]", "".join(c for c in text if c not in ALPHABET)), key


@pytest.mark.parametrize("language", WRITTEN[1:])
def test_nothing_is_left_in_english(language):
    left = []
    for key, message in ALL["en"].items():
        text = words(message)
        if not re.search("[A-Za-z]{2}", text) or SAME_EVERYWHERE.fullmatch(key) or NAMES.fullmatch(key):
            continue
        if words(ALL[language][key]) == text:
            left.append(key)
    assert left == []


def test_latin_is_the_cyrillic_letter_by_letter():
    assert catalogue("sr-Latn") == latin(catalogue("sr-Cyrl"))
    assert say("sr-Latn", "label-partner-hungary") == "Mađarska"


@pytest.mark.parametrize(("count", "form"), SERBIAN_FORMS)
def test_serbian_plurals(count, form):
    text = "x = { $n ->\n    [one] one\n    [few] few\n   *[other] other\n }\n"
    assert say_from(text, "sr-Cyrl", "x", {"n": count}) == form
    assert say_from(text, "sr-Latn", "x", {"n": count}) == form


def test_counts_are_said():
    said = [say("sr-Cyrl", "state-tests", count=count) for count in (1, 3, 5, 21)]
    assert said == ["1 провера", "3 провере", "5 провера", "21 провера"]
    assert say("zh-Hans", "state-tests", count=3) == "3项检验"
    assert say("en", "state-tests", count=1) == "1 test"
    assert say("sr-Latn", "note-slip", rate=0.5, low=0.25, high=1234.5).count("0,5") == 1


def test_what_cannot_be_said_is_refused():
    with pytest.raises(MoravaError, match="there is no message answer-hold") as told:
        say("en", "answer-hold")
    assert told.value.problems[0].mend == "did you mean answer-holds?"
    with pytest.raises(MoravaError, match="cannot be said"):
        say("en", "state-tests")
    with pytest.raises(MoravaError, match="there is no language"):
        say("sr", "answer-holds")
    with pytest.raises(MoravaError, match="is empty"):
        say_from("x =\n    .title = text\n", "en", "x", {})


def test_every_language_has_a_file_or_follows_from_one():
    found = {item.name for item in files("morava.languages").iterdir() if item.name.endswith(".ftl")}
    assert found == {f"{language}.ftl" for language in WRITTEN}


@pytest.mark.parametrize(
    ("label", "expected"),
    [("European Union", "european-union"), ("arms 2015..2019", "arms-2015-2019"), ("gas_chp_new", "gas-chp-new"),
     ("Northmark's ledgers", "northmark-s-ledgers"), ("million money / year", "million-money-year"), ("", "")],
)  # fmt: skip
def test_slugs(label, expected):
    assert slug(label) == expected
