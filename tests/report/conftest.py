"""What tests of the report share: everything that the page gives of one run of Ruritania, and the words of English."""

from __future__ import annotations

import pytest

from morava.report.gather import gather
from morava.report.material import Material
from morava.report.words import Words, words_in
from morava.runs.answers import Answers
from morava.views.texts import texts


@pytest.fixture(scope="session")
def material(late: Answers) -> Material:
    return gather(late)


@pytest.fixture(scope="session")
def words(late: Answers) -> Words:
    return words_in("en", texts(late, "en"))
