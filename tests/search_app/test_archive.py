"""What the app keeps open, and lets go."""

import gc
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

import pytest

from indexer.manifest import load_manifest
from indexer.model import Entry
from indexer.search.query.grammar import parse
from indexer.search.query.tree import SearchRequest
from search_app.following.archive import Archive

Publish = Callable[[Iterable[Entry]], None]


@pytest.fixture(autouse=True)
def collector() -> Iterator[None]:
    """Other tests find the garbage collector as it was."""
    yield
    gc.unfreeze()


def test_what_lives_long_is_hidden_from_the_garbage_collector(
    tmp_path: Path, expected: Sequence[Entry], publish: Publish
) -> None:
    """Going through it would keep a reader waiting."""
    publish(expected)
    searcher = Archive(tmp_path, load_manifest()).searcher()
    assert gc.get_freeze_count() > 10_000
    assert not any(found is searcher for found in gc.get_objects())


@pytest.mark.slow
def test_replaced_generation_leaves_nothing_in_memory(
    tmp_path: Path, expected: Sequence[Entry], publish: Publish
) -> None:
    """No file stays mapped, however often an archive is indexed again."""
    archive = Archive(tmp_path, load_manifest())
    for count in range(1, 6):
        publish(expected[:count])
        found = archive.searcher().search(SearchRequest(parse("工会")[0]))
        assert found.total == sum("工会" in entry.title + entry.heading + entry.body for entry in expected[:count])
    del found
    name = archive.searcher().generation
    maps = Path("/proc/self/maps")
    if not maps.exists():
        pytest.skip("needs /proc/self/maps, which only Linux has")
    mapped = [line for line in maps.read_text().splitlines() if str(tmp_path) in line]
    assert mapped
    assert all(f"/{name}/" in line for line in mapped)
