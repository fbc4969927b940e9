"""What rules and models say in English is told again, whole, in the other languages."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from morava.languages import LANGUAGES, latin
from morava.languages.latin import ALPHABET
from morava.plans import read_country, read_futures, read_strategy
from morava.plans.coherence import find_incoherences
from morava.plans.foreseen import read_foreseen
from morava.runs.effects import WHO
from morava.views.retelling import retell, retelling_of, retold

OTHERS = LANGUAGES[1:]
IN_ENGLISH = re.compile(r"\b(the|and|costs|named|from|which|claim|against|without|bound|median|percent)\b")
QUOTED = re.compile(r"\([^()]*\)|`[^`]*`")
"""Names of facts and commands, and notes of the analyst, which stay as they were written."""


@pytest.fixture(scope="module", params=OTHERS)
def serbian(request):
    country = read_country("serbia")
    strategy = read_strategy(country)
    return find_incoherences(country, strategy), retelling_of(country, strategy, read_futures(country), request.param)


def test_every_finding_of_the_real_pack_is_told_again(serbian):
    coherence, how = serbian
    assert len(coherence.findings) > 50
    for finding in coherence.findings:
        for sentence in (finding.says, finding.mend):
            said = retell(sentence, how)
            assert said, sentence
            assert not IN_ENGLISH.search(QUOTED.sub("", said)), said
            assert re.search("[\u4e00-\u9fff]", said) or how.language != "zh-Hans"
            assert any(c in ALPHABET for c in said) == (how.language == "sr-Cyrl")


def test_how_well_the_past_was_foreseen_and_who_adjusts_are_told_again(serbian):
    _, how = serbian
    scores = read_foreseen(Path(read_country("serbia").folder))
    assert len(scores) > 5
    for sentence in (*(one.says for one in scores), *WHO.values()):
        said = retell(sentence, how)
        assert said, sentence
        assert set(re.findall("[A-Za-z]{2,}", said)) <= {"TWh"} or how.language == "sr-Latn", said
        assert not IN_ENGLISH.search(QUOTED.sub("", said)), said
        for number in re.findall(r"\d+\.\d+", sentence):
            assert (number.replace(".", ",") if how.language.startswith("sr") else number) in said


@pytest.mark.parametrize("language", OTHERS)
def test_everything_said_of_a_run_is_told_again(answers, language):
    said = retold(answers, language)
    assert {f"finding:{one.name}" for one in answers.coherence.findings} <= said.keys()
    for verdict in answers.verdicts:
        assert {f"reason:{verdict.claim}/{place}" for place in range(len(verdict.reasons))} <= said.keys()
        assert {f"bound:{verdict.claim}/{test.name}" for test in verdict.tests} <= said.keys()
    adjusting = answers.lowered.inputs["closure_budget"]
    assert {f"closure:{name}" for name in adjusting.coords["closure"].to_numpy()} <= said.keys()


def test_english_is_left_alone(answers):
    assert retold(answers, "en") == {}


def test_latin_tells_what_cyrillic_tells(answers):
    cyrillic, other = retold(answers, "sr-Cyrl"), retold(answers, "sr-Latn")
    assert {key: latin(text) for key, text in cyrillic.items()} == other


@pytest.mark.parametrize(
    ("sentence", "serbian_says", "chinese_says"),
    [
        (
            "Railway to Zenda names no cost.",
            "Пруга до Зенде: трошак није наведен.",
            "通往曾达的铁路未给出成本。",
        ),
        (
            "Data hall costs 80 to 120 million RUC_2025, and no source of money is named.",
            "Дата сала: трошак је 80 до 120 милиона RUC из 2025, а извор новца није наведен.",
            "数据大厅的成本为80至120百万RUC（2025年价），未指明资金来源。",
        ),
        (
            "Wages will double by 2035: so in 4.0% of futures (2.6% to 6.1%); median -1,234.5 percent, 80 % of futures "
            "from -2,000 percent to never; bound: at least 2",
            "Зараде ће се до 2035. удвостручити: важи у 4,0% будућности (2,6% до 6,1%); медијана -1.234,5 одсто, 80% "
            "будућности од -2.000 одсто до никад; граница: најмање 2",
            "到2035年工资将翻一番：在4.0%的未来中属实（2.6%至6.1%）；中位数-1,234.5%，80%的未来在-2,000%至永不之间；界限：至少2",
        ),
    ],
)
def test_names_amounts_and_words(ruritania, crown, nobody, sentence, serbian_says, chinese_says):
    assert retell(sentence, retelling_of(ruritania, crown, nobody, "sr-Cyrl")) == serbian_says
    assert retell(sentence, retelling_of(ruritania, crown, nobody, "zh-Hans")) == chinese_says


def test_a_sentence_that_nobody_knows_is_not_told(ruritania, crown, nobody):
    assert retell("The moon is made of cheese.", retelling_of(ruritania, crown, nobody, "sr-Cyrl")) == ""
