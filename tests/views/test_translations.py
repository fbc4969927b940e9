"""Texts of a pack in other languages: all are read, all mistakes are told at once, and no hash moves."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from morava.errors import MoravaError
from morava.languages import LANGUAGES
from morava.languages.latin import ALPHABET
from morava.plans import country_hash, futures_hash, list_countries, read_country, read_futures, read_strategy
from morava.plans import strategy_hash as hash_of
from morava.plans.pack import list_strategies
from morava.views.translations import (
    TRANSLATED,
    check_translations,
    fingerprint,
    say_factor,
    texts,
    texts_of_country,
    texts_of_strategy,
    untranslated,
)

SHIPPED = [
    (country, strategy)
    for country in list_countries()
    for strategy in list_strategies(Path(read_country(country).folder))
]
OTHER_SCRIPTS = [letter for letter in map(chr, range(0x400, 0x530)) if letter not in ALPHABET]


@pytest.fixture
def pack(tmp_path):
    """Return a copy of the fictional pack, to be spoilt."""
    return Path(shutil.copytree(read_country("ruritania").folder, tmp_path / "ruritania"))


def write(pack: Path, strategy: str, text: str, language: str = "sr-Cyrl") -> None:
    folder = (pack / "strategies" / strategy if strategy else pack) / "translations"
    folder.mkdir(exist_ok=True)
    (folder / f"{language}.yaml").write_text(text, encoding="utf-8")


def entry(key: str, english: str, says: str) -> str:
    return f'"{key}": {{of: "{fingerprint(english)}", says: "{says}"}}\n'


@pytest.mark.parametrize(("country", "strategy"), SHIPPED)
def test_shipped_packs_say_everything_in_every_language(country, strategy):
    plan = read_country(country)
    found, nobody = read_strategy(plan, strategy), read_futures(plan)
    for language in LANGUAGES:
        assert untranslated(plan, found, language, nobody) == []
    assert check_translations(country, strategy) == []


@pytest.mark.parametrize(("country", "strategy"), SHIPPED)
@pytest.mark.parametrize("language", LANGUAGES[1:])
def test_shipped_texts_are_in_their_script(country, strategy, language):
    plan = read_country(country)
    found, nobody = read_strategy(plan, strategy), read_futures(plan)
    english, said = (texts(plan, found, one, nobody) for one in ("en", language))
    assert english.keys() == said.keys()
    for key, text in said.items():
        cyrillic, chinese = any(c in ALPHABET for c in text), any("\u4e00" <= c <= "\u9fff" for c in text)
        assert (cyrillic, chinese) == (language == "sr-Cyrl", language == "zh-Hans"), (key, text)
        assert not any(letter in text for letter in OTHER_SCRIPTS), (key, text)


def test_english_stands_for_what_is_not_translated(pack):
    for folder in pack.rglob("translations"):
        shutil.rmtree(folder)
    country = read_country(pack)
    strategy = read_strategy(country)
    said = texts(country, strategy, "zh-Hans")
    assert said == texts(country, strategy, "en")
    assert set(untranslated(country, strategy, "zh-Hans")) == set(
        texts_of_country(country) | texts_of_strategy(strategy)
    )
    assert texts(country, strategy, "sr-Cyrl")["initiative:hall"] == "Дата сала"
    write(pack, "crown-2030", entry("claim:wages", strategy.claims["wages"].says, "Зараде се удвостручују"))
    assert texts(country, strategy, "sr-Latn")["claim:wages"] == "Zarade se udvostručuju"
    late = read_strategy(country, "crown-2030-late")
    assert texts(country, late, "sr-Cyrl")["claim:wages"] == "Зараде се удвостручују"


def test_every_mistake_is_told_at_once(pack):
    country = read_country(pack)
    strategy = read_strategy(country)
    write(
        pack,
        "crown-2030",
        '"claim:wages": {of: "00000000", says: "Зараде"}\n'
        '"claim:wagons": {of: "00000000", says: "Вагони"}\n'
        f'"claim:green": {{of: "{fingerprint(strategy.claims["green"].says)}", says: " "}}\n'
        '"claim:debt": Дуг\n'
        '"conflict:hall-unit": {of: "00000000", says: "Сала"}\n',
    )
    with pytest.raises(MoravaError) as told:
        texts(country, strategy, "sr-Cyrl")
    lines = {problem.where.rpartition(":")[2]: problem for problem in told.value.problems}
    assert sorted(lines) == ["1", "2", "3", "4", "5"]
    assert lines["1"].what == "claim:wages translates other words than the pack has now"
    assert fingerprint(strategy.claims["wages"].says) in lines["1"].mend
    assert (lines["2"].what, lines["2"].mend) == ("the pack has no text claim:wagons", "did you mean claim:wages?")
    assert lines["3"].what == "claim:green has no text"
    assert "how" in lines["4"].what
    assert lines["5"].what == "conflict:hall-unit is no text of this file"
    assert set(told.value.problems) <= set(check_translations(pack))


def test_files_that_nobody_reads_and_factors_that_nobody_draws_are_told(pack):
    write(pack, "", "{}\n", "sr-Latn")
    write(pack, "", '"factor:tides": {of: "00000000", says: "Плима"}\n')
    told = {problem.what: problem for problem in check_translations(pack)}
    assert set(told) == {"sr-Latn.yaml is not read", "the pack has no text factor:tides"}
    assert all(language in told["sr-Latn.yaml is not read"].mend for language in TRANSLATED)


def test_a_variant_may_say_otherwise_than_its_parent(pack):
    path = pack / "strategies" / "crown-2030-late" / "initiatives.yaml"
    late = read_strategy(read_country(pack), "crown-2030-late")
    assert "hall" in late.initiatives
    path.write_text("hall: {status: cancelled, title: {en: No hall, sr: Без сале}}\n", encoding="utf-8")
    country = read_country(pack)
    changed = read_strategy(country, "crown-2030-late")
    assert changed.initiatives["hall"].title_en == "No hall"
    assert texts(country, changed, "zh-Hans")["initiative:hall"] == "No hall"
    assert texts(country, read_strategy(country), "zh-Hans")["initiative:hall"] == "数据大厅"
    assert check_translations(pack) == []


def test_translations_move_no_hash(pack):
    def hashes() -> tuple[str, ...]:
        country = read_country(pack)
        strategies = [hash_of(read_strategy(country, name)) for name in list_strategies(pack)]
        return country_hash(country), futures_hash(read_futures(country)), *strategies

    before = hashes()
    for folder in pack.rglob("translations"):
        shutil.rmtree(folder)
    assert hashes() == before


def test_factors_are_said_with_their_label():
    country = read_country("ruritania")
    nobody = read_futures(country)
    said = texts(country, read_strategy(country), "sr-Cyrl", nobody)
    title = nobody.uncertainties["stage_delay"].title
    assert say_factor(f"{title}: railway/works", nobody, said) == "Шта успорава једну фазу: railway/works"
    assert say_factor("Something else", nobody, said) == "Something else"
    assert said["stage:railway/works"] == "Радови"


def test_unknown_languages_are_refused():
    country = read_country("ruritania")
    with pytest.raises(MoravaError, match="there is no language"):
        texts(country, read_strategy(country), "sr")
