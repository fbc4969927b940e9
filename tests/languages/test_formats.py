"""Numbers, shares, money and days as the Unicode locale data write them."""

from __future__ import annotations

import datetime
import math

import pytest

from morava.errors import MoravaError
from morava.languages import LANGUAGES, date, money, number, percent

DAY = datetime.date(2027, 6, 30)


@pytest.mark.parametrize(
    ("language", "whole", "decimal", "share", "day"),
    [
        ("en", "1,234,568", "-0.50", "34.5%", "Jun 30, 2027"),
        ("sr-Cyrl", "1.234.568", "-0,50", "34,5%", "30. 6. 2027."),
        ("sr-Latn", "1.234.568", "-0,50", "34,5%", "30. 6. 2027."),
        ("zh-Hans", "1,234,568", "-0.50", "34.5%", "2027年6月30日"),
    ],
)
def test_each_language(language, whole, decimal, share, day):
    assert number(language, 1234567.8) == whole
    assert number(language, -0.5, 2) == decimal
    assert percent(language, 0.345, 1) == share
    assert date(language, DAY) == day


@pytest.mark.parametrize(
    ("language", "expected"),
    [("en", "€14.40"), ("sr-Cyrl", "14,40\xa0€"), ("sr-Latn", "14,40\xa0€"), ("zh-Hans", "€14.40")],
)
def test_money(language, expected):
    assert money(language, 14.4, "EUR") == expected


@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf])
@pytest.mark.parametrize("say", [number, percent])
def test_what_is_no_number_is_refused(say, value):
    with pytest.raises(MoravaError, match="no number to show"):
        say("en", value)


def test_unknown_languages_and_odd_digits_are_refused():
    for language in ("de", "sr", "", "en_US"):
        with pytest.raises(MoravaError, match="there is no language"):
            number(language, 1.0)
    with pytest.raises(MoravaError, match="digits after the point"):
        number(LANGUAGES[0], 1.0, -1)
