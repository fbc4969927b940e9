"""Which findings stand on the first page."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from morava.report.telling import MOST, most_telling


def claim(name: str, answer: str, share: float, sector: str = "energy", **other: Any) -> dict[str, Any]:
    return {"claim": name, "answer": answer, "share": share, "sector": sector, "hinges_on": [], "open": False, **other}


def finding(name: str, severity: str, claims: int) -> dict[str, Any]:
    return {"name": name, "severity": severity, "claims": ["c"] * claims, "says": name}


def names(rows: list[Any]) -> list[str]:
    return [row.get("claim") or row["name"] for row in rows]


def test_two_that_fail_in_different_fields_one_that_hinges_one_that_holds_and_one_of_the_text() -> None:
    claims = [
        claim("a", "fails", 0.1), claim("b", "fails", 0.0), claim("c", "fails", 0.05, "trade"),
        claim("d", "hinges", 0.5, hinges_on=[{"share": 0.2}]), claim("e", "hinges", 0.4, hinges_on=[{"share": 0.9}]),
        claim("f", "holds", 0.9), claim("g", "holds", 1.0), claim("h", "opinion", 1.0),
    ]  # fmt: skip
    chosen, told = most_telling(claims, [finding("x", "weak", 9), finding("y", "clear", 1), finding("z", "clear", 3)])
    assert (names(list(chosen)), names(list(told))) == (["b", "c", "e", "g"], ["z"])


def test_what_is_missing_is_filled_in_order() -> None:
    claims = [claim(name, "fails", share) for name, share in (("a", 0.2), ("b", 0.1), ("c", 0.0))]
    chosen, told = most_telling(claims, [finding("x", "weak", 1), finding("y", "weak", 2), finding("z", "weak", 0)])
    assert (names(list(chosen)), names(list(told))) == (["c", "b", "a"], ["y", "x"])


def test_a_claim_that_fails_clearly_comes_before_one_still_open() -> None:
    chosen, _ = most_telling([claim("a", "fails", 0.0, open=True), claim("b", "fails", 0.1)], [])
    assert names(list(chosen)) == ["b", "a"]


@given(
    st.lists(st.tuples(st.sampled_from(["fails", "hinges", "holds", "confirmed"]), st.floats(0, 1)), max_size=12),
    st.integers(0, 8),
)
def test_never_more_than_five_and_none_twice(answers: list[tuple[str, float]], findings: int) -> None:
    claims = [claim(str(at), answer, share, str(at % 3)) for at, (answer, share) in enumerate(answers)]
    chosen, told = most_telling(claims, [finding(str(at), "weak", at) for at in range(findings)])
    tested = sum(answer != "confirmed" for answer, _ in answers)
    assert len(chosen) + len(told) == min(MOST, tested + findings)
    assert len(set(names(list(chosen)))) == len(chosen)


@pytest.mark.parametrize("answer", ["confirmed", "opinion", "not modelled"])
def test_what_no_model_tested_is_not_among_them(answer: str) -> None:
    assert most_telling([claim("a", answer, 1.0)], []) == ([], [])
