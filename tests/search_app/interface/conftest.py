"""The description of the interface, and what judges answers by it."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from openapi_schema_validator import OAS31Validator

from indexer.config import DataFolder
from indexer.files.forgotten import Decision, decide
from indexer.model import Entry
from search_app import create_app

Document = dict[str, Any]


@pytest.fixture(scope="session")
def document(sample_app: Flask) -> Document:
    """The OpenAPI document of the sample archive."""
    found: Document = sample_app.test_client().get("/api/v1/openapi.json").json
    return found


@pytest.fixture(scope="session")
def faults(document: Document) -> Callable[[object, str], list[str]]:
    """Give a function that says what of an answer is not as one of the document's schemas has it."""

    def judge(answer: object, name: str) -> list[str]:
        schema = {"$ref": f"#/components/schemas/{name}", "components": document["components"]}
        return [f"{each.json_path}: {each.message}"[:300] for each in OAS31Validator(schema).iter_errors(answer)]

    return judge


@pytest.fixture
def hide(tmp_path: Path) -> Callable[..., None]:
    """Give a function that takes a page out of the archive in the test's folder, or with `undo` puts it back."""

    def decided(page: str, *, undo: bool = False) -> None:
        at = datetime.now(UTC).isoformat(timespec="microseconds")
        decide(DataFolder(tmp_path).forgotten, Decision(page, at, "", undo))

    return decided


@pytest.fixture
def archive(publish: Callable[..., None], make_entry: Callable[..., Entry], tmp_path: Path) -> FlaskClient:
    """A client of an archive of nine entries by one contributor, on pages of their own, in the test's folder."""
    made = [make_entry(f"2002-{at}-1", url=f"http://example.org/{at}.html", authors=["甲"]) for at in range(9)]
    publish(made)
    return create_app(tmp_path).test_client()
