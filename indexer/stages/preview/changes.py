"""Determines what parsing all pages again would change in `entries.jsonl`, without writing anything."""

from collections.abc import Mapping
from dataclasses import dataclass

from indexer.config import DataFolder
from indexer.errors import StoreError
from indexer.files.entrystore import read_entries
from indexer.manifest import Manifest
from indexer.progress import Progress, silent
from indexer.stages.parsing.stream import parse_stream
from indexer.stages.pipeline import StoredPages
from indexer.stages.provenance import differing_fields
from indexer.store.ledger import Loss


@dataclass(frozen=True, slots=True)
class Changes:
    """What another parse would change, each list in order of id."""

    new: tuple[str, ...]
    """Ids that are not in the entries file yet."""
    changed: Mapping[str, tuple[str, ...]]
    """Names of the fields that differ, by id."""
    gone: tuple[str, ...]
    """Ids that parsing would no longer produce."""
    lost: tuple[Loss, ...] = ()
    """Captures that can no longer be read; some of the missing ids may come from them."""

    @property
    def has_any(self) -> bool:
        """Whether anything would change."""
        return bool(self.new or self.changed or self.gone)


def changes(data: DataFolder, manifest: Manifest, progress: Progress = silent) -> Changes:
    """Parse all stored pages again and compare with `entries.jsonl`; entries are kept in temporary files.

    Raises `StoreError` if there is no page, or nothing was parsed before.
    """
    if not data.entries.exists():
        raise StoreError("preview-nothing-to-compare", path=data.entries)
    source = StoredPages(data, manifest)
    if not source.total:
        raise StoreError("store-empty", path=data.warc)
    new: list[str] = []
    gone: list[str] = []
    changed: dict[str, tuple[str, ...]] = {}
    with parse_stream(source, source.again, manifest.volumes, progress, source.total) as parsed:
        for right, found in parsed.beside(read_entries(data.entries)):
            if right is None and found is not None:
                gone.append(found.id)
            elif found is None and right is not None:
                new.append(right.id)
            elif right is not None and found is not None and right != found:
                changed[right.id] = tuple(differing_fields(right, found))
    return Changes(tuple(sorted(new)), dict(sorted(changed.items())), tuple(sorted(gone)), tuple(source.lost))
