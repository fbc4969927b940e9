"""A run is named by everything that it depends on, and by nothing else."""

from __future__ import annotations

import inspect
from dataclasses import asdict, fields, replace

import pytest

from morava.runs.explore import explore
from morava.runs.request import (
    NO_POWER,
    chunks_of,
    code_hash,
    make_request,
    name_of,
)
from morava.runs.types import Request


@pytest.fixture(scope="module")
def request_here(ruritania, crown, nobody):
    return make_request(ruritania, crown, nobody, 600, detail=NO_POWER)


@pytest.mark.parametrize("field", [one.name for one in fields(Request)])
def test_the_name_moves_with_every_field(request_here, field):
    value = getattr(request_here, field)
    other = value + 1 if isinstance(value, int) else {**value, "numpy": "0"} if field == "versions" else value + "x"
    assert name_of(replace(request_here, **{field: other})) != name_of(request_here)


def test_the_name_is_sixteen_hexadecimal_digits_and_stays(request_here):
    assert len(name_of(request_here)) == 16
    assert int(name_of(request_here), 16) > 0
    assert name_of(Request(**asdict(request_here))) == name_of(request_here)
    backwards = dict(reversed(request_here.versions.items()))
    assert name_of(replace(request_here, versions=backwards)) == name_of(request_here)


def test_workers_are_no_part_of_a_request():
    assert "workers" in inspect.signature(explore).parameters
    assert not [one.name for one in fields(Request) if "worker" in one.name]


def test_the_seed_is_that_of_the_futures_file_unless_given(ruritania, crown, nobody):
    assert make_request(ruritania, crown, nobody, 1).seed == nobody.seed
    assert make_request(ruritania, crown, nobody, 1, seed=0).seed == 0


def test_what_was_read_moves_the_request(ruritania, crown, nobody):
    base = make_request(ruritania, crown, nobody, 1)
    fact = replace(ruritania.facts["gdp-now"], low=41.0, high=41.0)
    country = replace(ruritania, facts={**ruritania.facts, "gdp-now": fact})
    assert make_request(country, crown, nobody, 1).country_hash != base.country_hash
    assert make_request(ruritania, replace(crown, because="x"), nobody, 1).strategy_hash != base.strategy_hash
    assert make_request(ruritania, crown, replace(nobody, correlations={}), 1).futures_hash != base.futures_hash
    assert make_request(replace(ruritania, folder="elsewhere"), crown, nobody, 1) == base


@pytest.mark.parametrize(
    ("futures", "size", "chunks"),
    [
        (1, 250, [range(1)]),
        (250, 250, [range(250)]),
        (251, 250, [range(250), range(250, 251)]),
        (3, 1, [range(i, i + 1) for i in range(3)]),
    ],
)
def test_chunks_cover_every_future_once(request_here, futures, size, chunks):
    assert chunks_of(replace(request_here, futures=futures, chunk_size=size)) == chunks


def test_the_hash_of_the_code_is_a_sha256():
    assert len(bytes.fromhex(code_hash())) == 32
