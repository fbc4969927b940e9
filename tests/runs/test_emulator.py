"""A quadratic is found exactly, errors are honest, what was not looked at is refused, a damaged file too."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import settings as effort
from hypothesis import strategies as st

from morava.errors import MoravaError
from morava.runs.emulator import (
    LEVELS,
    Emulator,
    Fitted,
    Output,
    Range,
    Share,
    feature,
    logit_of,
    place,
    ridge,
    terms_of,
)
from morava.runs.emulator_file import HASHES, read_emulator, stale, write_emulator
from morava.runs.levers_design import sequence

LEVERS = (Range("size", 0.0, 2.0, 1.0), Range("start", -1.0, 4.0, 0.0), Range("part", 0.0, 0.5, 0.0))
TERMS = terms_of(3)
FITTED = Fitted(
    "run", "c", "s", "default", 1, "a" * 64, "b" * 64, "c" * 64, "d" * 64, "e" * 64, 40, 8, 16, 2, {"numpy": "2"}, {}
)


def places(count: int, seed: int = 1) -> np.ndarray:
    low, high = (np.array([getattr(one, side) for one in LEVERS]) for side in ("at_least", "at_most"))
    return low + sequence(len(LEVERS), count, seed) * (high - low)


def small(coefficients: np.ndarray) -> Emulator:
    outputs = (Output("gdp", "gdp", {}, "million money / year", (2030,), ((1.0, 2.0, 3.0),), (0.1,)),)
    shares = (Share("C1", "", 0.25, 0.02),)
    return Emulator(FITTED, LEVERS, TERMS, outputs, shares, Share("", "", 1.0, 0.0), coefficients.astype(np.float32))


def still() -> Emulator:
    return small(np.zeros((len(LEVELS) + 2, len(TERMS))))


def test_terms_are_all_of_a_quadratic():
    for count in (1, 2, 5, 16):
        assert len(terms_of(count)) == count + count * (count + 1) // 2
        assert len(set(terms_of(count))) == len(terms_of(count))


@effort(max_examples=30, deadline=None)
@given(st.lists(st.floats(-5, 5), min_size=len(TERMS), max_size=len(TERMS)))
def test_a_quadratic_is_found_exactly(truth):
    features = feature(LEVERS, TERMS, places(40))
    crossed = np.array([len(set(term)) > 1 for term in TERMS])
    found = ridge(features, features @ np.array(truth)[:, None], crossed)
    np.testing.assert_allclose(found[0], truth, atol=1e-6)


def test_the_error_left_out_is_that_of_leaving_out():
    rng = np.random.default_rng(5)
    features = feature(LEVERS, TERMS, places(20))
    moved = features @ rng.normal(size=(len(TERMS), 1)) + rng.normal(size=(20, 1))
    found = ridge(features, moved)
    size = np.sqrt(np.mean(features**2, axis=0))
    best = np.inf
    for strength in 10.0 ** np.arange(-12.0, 2.5, 0.5):
        errors, scaled = [], features / size
        for out in range(20):
            kept = np.arange(20) != out
            gram = scaled[kept].T @ scaled[kept] + strength * 20 * np.eye(len(TERMS))
            errors.append((scaled[out] @ np.linalg.solve(gram, scaled[kept].T @ moved[kept]) - moved[out]) ** 2)
        if np.mean(errors) < best:
            best = float(np.mean(errors))
            whole = np.linalg.solve(scaled.T @ scaled + strength * 20 * np.eye(len(TERMS)), scaled.T @ moved)
    np.testing.assert_allclose(found[0], (whole / size[:, None])[:, 0], rtol=1e-5, atol=1e-8)


def test_features_are_nothing_at_the_plan():
    assert (feature(LEVERS, TERMS, place(LEVERS, {})) == 0).all()
    assert still().answer({}).values["gdp"].tolist() == [[1.0, 2.0, 3.0]]


def test_what_was_not_looked_at_is_refused_all_at_once():
    with pytest.raises(MoravaError) as caught:
        still().answer({"size": 2.1, "colour": 1.0, "start": 4.0})
    assert len(caught.value.problems) == 2


def test_too_few_answers_are_refused():
    coefficients = np.zeros((len(LEVELS) + 2, len(TERMS)))
    coefficients[-1, 0] = -3.0
    told = small(coefficients)
    assert told.answer({"size": 0.9}).answered > 0.9
    with pytest.raises(MoravaError, match="of futures would have an answer"):
        told.answer({"size": 2.0})


@given(st.floats(0, 1), st.integers(2, 1000))
def test_shares_go_to_logits_and_stay_finite(share, count):
    back = 1 / (1 + np.exp(-logit_of(share, count)))
    assert abs(back - share) <= 0.5 / (count + 1) + 1e-12


def test_more_points_only_add():
    for count in (3, 17, 64):
        assert (sequence(5, 200, 9)[:count] == sequence(5, count, 9)).all()
    assert not (sequence(5, 8, 9) == sequence(5, 8, 10)).all()


def test_a_file_gives_back_what_was_written_and_the_same_bytes(tmp_path):
    rng = np.random.default_rng(2)
    told = small(rng.normal(size=(len(LEVELS) + 2, len(TERMS))))
    write_emulator(told, tmp_path / "one.npz")
    write_emulator(told, tmp_path / "other.npz")
    assert (tmp_path / "one.npz").read_bytes() == (tmp_path / "other.npz").read_bytes()
    back = read_emulator(tmp_path / "one.npz")
    assert replace(back, coefficients=told.coefficients) == told
    assert (back.coefficients == told.coefficients).all()


def test_a_damaged_file_is_refused(tmp_path):
    path = tmp_path / "emulator.npz"
    with pytest.raises(MoravaError, match="damaged"):
        read_emulator(path)
    write_emulator(still(), path)
    content = path.read_bytes()
    path.write_bytes(content[: len(content) // 2])
    with pytest.raises(MoravaError, match="damaged"):
        read_emulator(path)
    with np.load(_whole(tmp_path, content)) as held:
        parts = dict(held)
    parts["coefficients"] = parts["coefficients"] + np.float32(1)
    with path.open("wb") as file:
        np.savez_compressed(file, **parts)
    with pytest.raises(MoravaError, match="sha256"):
        read_emulator(path)


def _whole(folder, content):
    path = folder / "whole.npz"
    path.write_bytes(content)
    return path


def test_it_says_what_it_was_fitted_for():
    now = {name: getattr(FITTED, name) for name in HASHES}
    assert stale(still(), now) == []
    assert stale(still(), {**now, "code_hash": "x", "made_with": {"numpy": "3"}}) == ["code_hash", "made_with"]
