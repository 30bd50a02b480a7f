"""A browser before the served sample archive; what needs it is skipped where it is absent, saying what is missing."""

import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from served import served
from visits import Visits

from indexer.config import DataFolder

if TYPE_CHECKING:
    from playwright.sync_api import Browser

COMMAND = [sys.executable, "-c", "from search_app.cli import main; main()"]


@pytest.fixture(scope="module")
def address(sample: DataFolder, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where the sample archive is served."""
    command = [*COMMAND, "--data", str(sample.root), "serve"]
    with served(command, tmp_path_factory.mktemp("served")) as found:
        yield found.rstrip("/")


@pytest.fixture
def visit(chromium: "Browser", address: str) -> Iterator[Visits]:
    """Open pages of the sample archive; in the end no browser may have complained."""
    with closing(Visits(chromium, address)) as visits:
        yield visits
    assert visits.complaints == []


@pytest.fixture
def visit_below(chromium: "Browser", sample: DataFolder, tmp_path: Path) -> Iterator[Visits]:
    """Open pages of the sample archive whose public address has a path; nothing outside it may be asked for."""
    command = [*COMMAND, "--data", str(sample.root), "serve"]
    with (
        served(command, tmp_path, NIANJIAN_PUBLIC_URL="https://example.org/nianjian/a b") as found,
        closing(Visits(chromium, f"{found}nianjian/a%20b")) as visits,
    ):
        yield visits
    assert visits.complaints == []
