"""Checks everything: every record of the store, what parsing makes of it, `entries.jsonl`, the index."""

from collections.abc import Iterator
from dataclasses import dataclass

from indexer.config import DataFolder
from indexer.errors import IndexFailure, IndexMissing
from indexer.files.entrystore import read_entries
from indexer.files.forgotten import forgotten
from indexer.manifest import Manifest
from indexer.model import Entry
from indexer.progress import Progress, silent
from indexer.search.factory import open_stored
from indexer.search.generations import Stored
from indexer.stages.importing import page_store
from indexer.stages.parsing.parsed import Parsed
from indexer.stages.parsing.stream import parse_stream
from indexer.stages.pipeline import StoredPages, as_indexed, yearbooks
from indexer.stages.provenance import differing_fields
from indexer.store.ledger import Loss
from indexer.urls import page_key

_AGAINST_RECORDS = "entries.jsonl", "the stored pages", "nianjian parse"
_AGAINST_ENTRIES = "the index", "entries.jsonl", "nianjian index"
"""What is compared, with what, and the command that repairs it."""


@dataclass(frozen=True, slots=True)
class Verified:
    """What checking everything found."""

    lost: tuple[Loss, ...]
    """What cannot be read and was not captured again since."""
    made_good: tuple[Loss, ...]
    """What cannot be read but was captured again since."""
    differences: tuple[str, ...]
    """Descriptions of differences, each with the command that repairs it."""
    not_made: tuple[str, ...] = ()
    """What could not be compared because it has not been made yet."""

    @property
    def has_losses(self) -> bool:
        """Whether anything is lost or not as it should be."""
        return bool(self.lost or self.differences)


def verify(data: DataFolder, manifest: Manifest, progress: Progress = silent) -> Verified:
    """Read every record, parse it again, and compare with `entries.jsonl` and the index.

    Entries are kept in temporary files, not in memory.

    Raises `StoreError` if the ledger is damaged.
    """
    store = page_store(data, manifest)
    survey = store.survey(progress)
    differences = list(survey.differences)
    source = StoredPages(data, manifest)
    hidden = forgotten(data.forgotten)
    not_made: list[str] = []
    with parse_stream(source, source.again, manifest.volumes, progress, source.total) as parsed:
        if not data.entries.exists():
            not_made.append("nothing is parsed yet: `nianjian parse`")
        else:
            stored = _index(data, differences, not_made)
            differences += sorted(_compared(data, parsed, Against(stored, hidden), progress))
    known = {(each.file, each.start) for each in (*survey.lasting, *survey.made_good)}
    unread = [each for each in source.lost if (each.file, each.start) not in known]
    store.note([*survey.lasting, *unread])
    lost = (*survey.lasting, *unread)
    return Verified(lost, survey.made_good, tuple(differences), tuple(not_made))


@dataclass(frozen=True, slots=True)
class Against:
    """What entries are compared with, beside the stored pages."""

    index: Stored | None
    """The index; None if there is none to compare with."""
    hidden: frozenset[str]
    """URLs of forgotten pages: parsing leaves them out, but an older `entries.jsonl` may still have them."""


def _index(data: DataFolder, differences: list[str], not_made: list[str]) -> Stored | None:
    """Open the index; if that fails, record why it cannot be compared and return None."""
    try:
        return open_stored(data.root)
    except IndexMissing:
        not_made.append("nothing is indexed yet: `nianjian index`")
    except IndexFailure as error:
        differences.append(str(error))
    return None


def _compared(data: DataFolder, parsed: Parsed, against: Against, progress: Progress) -> Iterator[str]:
    index = against.index
    known = yearbooks(data)
    indexed = 0
    seen: set[str] = set()
    for right, entry in parsed.beside(read_entries(data.entries)):
        if entry is None:
            yield from _difference(right, None, _AGAINST_RECORDS)
            continue
        is_hidden = page_key(entry.url) in against.hidden
        in_index = index.get(entry.id) if index is not None else None
        indexed += in_index is not None
        if index is not None and not is_hidden:
            yield from _difference(as_indexed(entry, known), in_index, _AGAINST_ENTRIES)
        if not is_hidden:
            yield from _difference(right, entry, _AGAINST_RECORDS)
        seen.add(entry.id)
        progress("verify", len(seen), len(parsed.ids))
    if index is not None and len(index) > indexed:
        for entry in index:
            if entry.id not in seen and page_key(entry.url) not in against.hidden:
                yield from _difference(None, entry, _AGAINST_ENTRIES)


def _difference(right: Entry | None, found: Entry | None, sides: tuple[str, str, str]) -> Iterator[str]:
    place, source, remedy = sides
    if right == found:
        return
    name = found.id if found is not None else right.id if right is not None else ""
    if found is None:
        yield f"{name} is not in {place}, but {source} give it; run `{remedy}`"
    elif right is None:
        yield f"{name} is in {place}, but {source} do not give it; run `{remedy}`"
    else:
        fields = ", ".join(differing_fields(right, found))
        yield f"{name}: {fields} in {place} not as {source} give it; run `{remedy}`"
