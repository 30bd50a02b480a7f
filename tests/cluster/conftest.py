"""The cluster that tests share."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from nodes import AbsentError, Cluster, libraries, running


@pytest.fixture(scope="session")
def node_libraries() -> Path:
    """What a node consists of; kept from run to run."""
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "nianjian-cluster"
    cache.mkdir(parents=True, exist_ok=True)
    try:
        return libraries(cache)
    except AbsentError as error:
        pytest.skip(str(error))


@pytest.fixture(scope="session")
def cluster(node_libraries: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    """Three nodes; whoever kills one starts it again."""
    with running(tmp_path_factory.mktemp("cluster"), node_libraries) as found:
        yield found
