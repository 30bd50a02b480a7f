"""Determines which stages must be run again because their input has changed."""

from indexer.config import DataFolder
from indexer.errors import IndexFailure, StoreError
from indexer.files.entrystore import read_reports
from indexer.files.forgotten import forgotten
from indexer.manifest import Manifest
from indexer.search.factory import generation_time
from indexer.stages.importing import page_store


def needs_parsing(data: DataFolder, manifest: Manifest) -> bool:
    """Return whether the stored pages differ from those that were parsed last."""
    if not data.entries.exists():
        return True
    try:
        parsed = {(report.url, report.digest) for report in read_reports(data.pages)}
    except StoreError:
        return True
    store = page_store(data, manifest)
    left_out = forgotten(data.forgotten)
    return parsed != {each for each in store.latest_digests() if each[0] not in left_out}


def needs_indexing(data: DataFolder) -> bool:
    """Return whether the entries were written after the index was built."""
    try:
        return data.entries.stat().st_mtime >= generation_time(data.root)
    except IndexFailure:
        return True
