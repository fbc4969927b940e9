import dataclasses

import numpy as np
import pytest

from morava.runs.cases import compare, read_cases
from morava.runs.cases.readings import deviation_of, draw_streams, mean_of, share_of, variance_of

CASES = {case.name: case for case in read_cases()}


def test_a_number_that_is_missed_is_said_to_be_missed():
    case = CASES["S1 length of the critical path (weeks)"]
    assert compare(case).passed
    assert not compare(dataclasses.replace(case, expected=44.001)).passed
    assert not compare(dataclasses.replace(case, inputs={"network": "wikipedia_pert.csv"})).passed


def test_a_standard_error_that_is_not_the_stated_one_fails_a_case():
    case = CASES["S3 merge bias, the latest of equal paths in standard deviations, paths 2"]
    assert compare(case).passed
    for stated in (2 * case.standard_error, case.standard_error / 2, None):
        assert not compare(dataclasses.replace(case, standard_error=stated)).passed
    plain = CASES["S2 length of the PERT example A to G (days)"]
    assert not compare(dataclasses.replace(plain, standard_error=0.1)).passed


@pytest.mark.parametrize(
    ("reading", "statistic"),
    [
        (mean_of, np.mean),
        (variance_of, np.var),
        (deviation_of, np.std),
        (lambda x: share_of(x < 1), lambda x: (x < 1).mean()),
    ],
)
def test_standard_errors_are_those_of_repetition(reading, statistic):
    samples = np.random.default_rng(1).standard_exponential((2000, 500))
    spread = np.std([statistic(sample) for sample in samples])
    stated = np.mean([reading(sample).error for sample in samples])
    assert stated == pytest.approx(spread, rel=0.1)


def test_streams_of_a_case_depend_on_name_and_seed_only():
    whole = draw_streams(["A", "B"], 1000, 1)
    np.testing.assert_array_equal(draw_streams(["B"], 10, 1)[0], whole[1, :10])
    assert not np.array_equal(draw_streams(["B"], 10, 2)[0], whole[1, :10])
