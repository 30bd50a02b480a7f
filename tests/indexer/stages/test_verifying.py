"""Records, entries and index are compared, and what differs is named with the command that mends it."""

from dataclasses import replace
from pathlib import Path

import pytest

from indexer.config import DataFolder
from indexer.files.entrystore import read_entries, write_entries
from indexer.manifest import Manifest
from indexer.model import Entry
from indexer.stages.importing import import_paths
from indexer.stages.pipeline import index_entries, parse_store
from indexer.stages.verifying import verify


@pytest.fixture
def data(tmp_path: Path, root: Path, manifest: Manifest) -> DataFolder:
    """One volume, built."""
    data = DataFolder(tmp_path / "data")
    import_paths(data, [root / "corpus" / "2002"], manifest, None)
    parse_store(data, manifest)
    index_entries(data)
    return data


def test_what_was_built_differs_in_nothing(data: DataFolder, manifest: Manifest) -> None:
    """Each stage gives what the one before it does."""
    assert not verify(data, manifest).has_losses


def test_differences_are_named_on_every_side(data: DataFolder, manifest: Manifest, make_entry) -> None:  # type: ignore[no-untyped-def]
    """An entry that is gone, one that was added, one that was changed; in the file, then in the index."""
    first, second, *others = read_entries(data.entries)
    added: Entry = make_entry("added", volume="V")
    changed = replace(second, title="另题", authors=())
    write_entries(data.entries, [changed, *others, added])
    of_file = [
        f"{first.id} is not in entries.jsonl, but the stored pages give it; run `nianjian parse`",
        f"{added.id} is in entries.jsonl, but the stored pages do not give it; run `nianjian parse`",
        f"{second.id}: title, authors in entries.jsonl not as the stored pages give it; run `nianjian parse`",
    ]
    of_index = [
        f"{first.id} is in the index, but entries.jsonl do not give it; run `nianjian index`",
        f"{added.id} is not in the index, but entries.jsonl give it; run `nianjian index`",
        f"{second.id}: title, authors in the index not as entries.jsonl give it; run `nianjian index`",
    ]
    assert verify(data, manifest).differences == tuple(sorted(of_file + of_index))
    index_entries(data)
    assert verify(data, manifest).differences == tuple(sorted(of_file))
    parse_store(data, manifest)
    index_entries(data)
    assert not verify(data, manifest).has_losses
