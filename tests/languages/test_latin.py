"""Serbian in Latin follows from the Cyrillic, and nothing else of a text moves."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as some

from morava.languages.latin import ALPHABET, latin


@pytest.mark.parametrize(
    ("cyrillic", "expected"),
    [
        ("Љубљана", "Ljubljana"),
        ("ЉУБЉАНА", "LJUBLJANA"),
        ("Његош, ЊЕГОШ", "Njegoš, NJEGOŠ"),
        ("Џеп и ЏЕП", "Džep i DŽEP"),
        ("КОЊ", "KONJ"),
        ("Љ", "Lj"),
        ("ЕПС-а и ЕПС", "EPS-a i EPS"),
        ("инјекција, конјунктура, наджњети", "injekcija, konjunktura, nadžnjeti"),
        ("Ђердап 3, Ћуприја, Жабаљ, Чачак, Шабац", "Đerdap 3, Ćuprija, Žabalj, Čačak, Šabac"),
        ("хиљада тона CO2 у EU, 600 MW", "hiljada tona CO2 u EU, 600 MW"),
        ("„Линглонг“ – 1,5 милиона €", "„Linglong“ – 1,5 miliona €"),
    ],
)
def test_words(cyrillic, expected):
    assert latin(cyrillic) == expected


def test_every_letter_once():
    small = "абвгдђежзијклљмнњопрстћуфхцчџш"
    assert latin(small) == "abvgdđežzijklljmnnjoprstćufhcčdžš"
    assert frozenset(small + small.upper()) == ALPHABET


def test_syntax_of_messages_stays():
    text = 'note-x = { $n ->\n    [one] { $n } налаз\n   *[other] { NUMBER($x, style: "percent") } налаза\n }\n'
    assert latin(text) == text.replace("налаза", "nalaza").replace("налаз", "nalaz")


@given(some.text(alphabet=some.characters(max_codepoint=0x3FF)))
def test_what_is_not_cyrillic_stays(text):
    assert latin(text) == text


@given(some.text(alphabet=sorted(ALPHABET) + list(" -.,0")))
def test_no_cyrillic_is_left_and_case_is_kept(text):
    said = latin(text)
    assert not any(letter in ALPHABET for letter in said)
    assert said.lower() == latin(text.lower())


@given(some.text(alphabet=sorted(ALPHABET), min_size=2))
def test_words_in_capitals_stay_in_capitals(word):
    assert latin(word.upper()).isupper()
    assert latin(word.lower()).islower()
