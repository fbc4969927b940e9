"""The API asked by somebody who only has its description and means no good."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import httpx
import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
    unsupported_method,
)

from morava.web import Settings, create_app

Open = Callable[[Settings], httpx.Client]
CHECKS = [
    not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance,
    unsupported_method,
]  # fmt: skip
EXAMPLES = 25

schema = schemathesis.openapi.from_dict(create_app(Settings("ruritania")).openapi())


@pytest.fixture(scope="module")
def fuzzed(open_page: Open, store: Path) -> httpx.Client:
    """Return a client of a page on which nothing that is asked for takes long."""
    return open_page(Settings("ruritania", store, most_jobs=0))


@schema.parametrize()
@settings(max_examples=EXAMPLES, derandomize=True, deadline=None, database=None,
          phases=[Phase.explicit, Phase.generate], suppress_health_check=list(HealthCheck))  # fmt: skip
def test_whatever_is_asked_is_answered_as_described(
    case: schemathesis.Case, fuzzed: httpx.Client, run: str, other_run: str
) -> None:
    named = {"run": run, "one": other_run, "other": run}
    for parameters in (case.path_parameters, case.query):
        parameters.update({name: value for name, value in named.items() if name in parameters})
    address = str(fuzzed.base_url)
    answer = case.call(base_url=address, headers={"Origin": address})
    case.validate_response(answer, checks=CHECKS)
