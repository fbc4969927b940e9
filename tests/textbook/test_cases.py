"""Every case of the scoreboard is a test, and the scoreboard is complete."""

import json
import re

import pytest

from morava.runs.cases import compare, read_cases, run_cases
from morava.runs.cases.board import STANDINGS

CASES = read_cases()


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_case_is_met(case):
    result = compare(case)
    assert result.passed, f"{case.name}: expected {case.expected}, got {result.got}, tolerance {case.tolerance}"


def test_every_visible_case_is_there():
    groups = {re.match(r"[A-Z]+\d+", case.name)[0] for case in CASES}
    assert {
        "S1",
        "S2",
        "S3",
        "S4",
        "E3",
        "D1",
        "U1",
        "A1",
        "A2",
        "P1",
        "P2",
        "P5",
        "P6",
        "C1",
        "C2",
        "C3",
        "C4",
        "E2",
        "T1",
        "T2",
        "T3",
        "T4",
    } <= groups


@pytest.mark.parametrize(
    "expected",
    [
        *(44, 9, 0.8413, 44.33, 2.935, 0.8163, 0.4735, 140, 4.69),  # S1
        *(19.5, 0.564190, 0.846284, 1.162964, 1.538753, 96.98),  # S2, S3, S4
        *(49.4863, -0.5137, 0.38, 2.6316),  # E3, D1
        *(3.5, 13.844588, 0.313905, 0.442411, 0, 0.557589, 0.243684),  # U1
        *(29446.862694, 2.279801, 46.867723, 46.135248, 18.90189, 11.69, 2845.536735, 18572.76),  # P1
        *(359000, 358000, 267333.0, 3900, 4900, 153.675, 8400, 2100),  # P2, P5, P6
        *(3.546, 1287.06, 0.5, 7.0, 23, 885, 1.4, 7078, 11.5),  # C1 to C4
        *(1.31, -0.06, 0.08, -0.41, -0.11, 0.04, 1.72, 0.32, 0.11, 118, 11, 41),  # T1, balanced
        *(1.17, -0.04, -0.08, 0.05, 1.59, 1.64, 0.33, 0.12, 0.007),  # T1, deficits kept, and exact real income
        *(11305.165421, 60.18165, 1 / 4, 1 / 9, 1.224745),  # T2, T3
        *(1247.5, 1841.6, 374.25, 460.4),  # E2
    ],
)
def test_every_visible_number_is_expected_by_some_case(expected):
    assert expected in {case.expected for case in CASES}


def test_names_are_unique_and_sources_stand_there():
    assert len({case.name for case in CASES}) == len(CASES)
    assert {case.standing for case in CASES} <= set(STANDINGS)
    assert all(len(case.source) > 5 for case in CASES)


def test_only_what_was_read_counts_as_published():
    for case in CASES:
        if case.standing == "published":
            assert re.search(r"@[0-9a-f]{7,}:", case.source), case.name


def test_rows_are_plain_data():
    row = compare(CASES[0]).document()
    assert list(row) == ["case", "source", "standing", "expected", "got", "tolerance", "passed"]
    assert json.loads(json.dumps(row)) == row


def test_the_board_is_the_cases_in_order():
    assert [result.case for result in run_cases()] == [case.name for case in CASES]
