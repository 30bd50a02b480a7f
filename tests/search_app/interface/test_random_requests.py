"""Whatever is asked, the answer is one that the description has: status, type, headers, keys.

The cases are drawn by schemathesis from the document; Hypothesis prints what runs a failing one again.
"""

from collections import Counter
from typing import Any

import pytest
import schemathesis
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schemathesis import Case, GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi import checks

from indexer.config import DataFolder
from indexer.files.entrystore import read_entries
from search_app.web.api.described.routes import ROUTES

JUDGED = [
    not_a_server_error,
    checks.status_code_conformance,
    checks.content_type_conformance,
    checks.response_headers_conformance,
    checks.response_schema_conformance,
]
KEPT = ("sort", "page", "size", "explain", "nearest_page", "limit", "format", "year", "not.year")
"""Arguments that stay beside a query that finds something, since random ones leave something of it."""
FEW, MANY = 12, 250
"""Cases of each route, valid and invalid ones each: some 230, and 4,700 a round."""
NEVER_WRONG = ("/volumes", "/holdings", "/entry/{id}")
"""Routes that take no argument, or any text."""
QUERIES = (
    "工会",
    "职工 合同",
    '"集体合同"',
    "深入 -热线",
    "缩短船抬周期",
    "zzz",
    '"没有这样一句"',
    "标题:艺术节 或 渔",
)


@pytest.fixture(scope="module")
def described(sample_app: Flask) -> Any:
    """The routes by path, as schemathesis reads them."""
    return schemathesis.openapi.from_wsgi("/api/v1/openapi.json", sample_app)


@pytest.fixture(scope="module")
def ids(sample: DataFolder) -> list[str]:
    """Ids of some entries."""
    return [each.id for each in read_entries(sample.entries)][::20]


def ask(described: Any, path: str, mode: GenerationMode, cases: int, ids: list[str]) -> Counter[int]:
    """Ask at random, every other time for what there is in the archive; give how often each status was answered."""
    answered: Counter[int] = Counter()

    @settings(max_examples=cases, deadline=None, suppress_health_check=list(HealthCheck))
    @given(
        case=described[path]["GET"].as_strategy(generation_mode=mode),
        query=st.sampled_from((*QUERIES, "")),
        id=st.sampled_from((*ids, "")),
    )
    def check(case: Case, query: str, id: str) -> None:
        is_right = mode is GenerationMode.POSITIVE
        if id and is_right and path == "/entry/":
            case.query = {"id": id}
        elif query and is_right and case.query and path != "/entry/":
            case.query = {name: value for name, value in case.query.items() if name in KEPT}
            case.query["q"] = [query] if path == "/trend" else query
        if id and case.path_parameters and "id" in case.path_parameters:
            case.path_parameters = {"id": id}
        response = case.call()
        answered[response.status_code] += 1
        case.validate_response(response, checks=JUDGED)

    check()
    return answered


def asked_at_random(described: Any, path: str, cases: int, ids: list[str]) -> Counter[int]:
    """Ask with valid arguments, then with invalid ones, where there can be any."""
    valid = ask(described, path, GenerationMode.POSITIVE, cases, ids)
    assert valid[200]
    if path in NEVER_WRONG:
        return valid
    invalid = ask(described, path, GenerationMode.NEGATIVE, cases, ids)
    assert invalid[400] + invalid[404]
    return valid + invalid


@pytest.mark.parametrize("path", [route.path for route in ROUTES])
def test_random_requests_are_answered_as_described(described: Any, path: str, ids: list[str]) -> None:
    """Some of each route."""
    asked_at_random(described, path, FEW, ids)


@pytest.mark.slow
def test_five_thousand_random_requests_are_answered_as_described(described: Any, ids: list[str]) -> None:
    """Of all routes."""
    total: Counter[int] = Counter()
    for _ in range(20):
        for route in ROUTES:
            total += asked_at_random(described, route.path, MANY, ids)
        if total.total() >= 5000:
            return
    raise AssertionError(total)
