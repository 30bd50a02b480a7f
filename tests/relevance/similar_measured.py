"""`python tests/relevance/similar_measured.py`: similar entries against a judged list, beside Whoosh's own.

The list says for 64 entries of the sample which others a person would name (the same event, organisation or campaign),
and of six that there are none; it was written before anything was set by it.
"""

import json
import tempfile
import warnings
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean

from judged import tuned

from indexer.model import Entry
from indexer.search.factory import open_builder, open_searcher

OURS = "this engine"
Similar = Callable[[str], Sequence[str]]
"""Gives the ids of the entries that are similar to one, at most six, the likest first."""


@dataclass(frozen=True, slots=True)
class Judged:
    """An entry and those that a person calls related to it."""

    id: str
    type: str
    related: tuple[str, ...]


def judged() -> tuple[Judged, ...]:
    """Read the list."""
    lines = Path(__file__).with_name("similar.jsonl").read_text("utf-8").splitlines()
    records = map(json.loads, lines)
    return tuple(Judged(each["id"], each["type"], tuple(each["related"])) for each in records)


def engines(entries: Sequence[Entry], folder: Path) -> Mapping[str, Similar]:
    """Index entries for this engine, and for Whoosh's `more_like`."""
    with open_builder(folder) as builder:
        for entry in entries:
            builder.add(entry)
    searcher = open_searcher(folder)
    return {
        "Whoosh more_like, 5 key terms (its default)": more_like(entries, folder, 5),
        "Whoosh more_like, 40 key terms (its best)": more_like(entries, folder, 40),
        OURS: lambda entry_id: [each.entry.id for each in searcher.similar(entry_id)],
    }


def more_like(entries: Sequence[Entry], folder: Path, terms: int) -> Similar:
    """Ask plain Whoosh for entries that have an entry's key terms, cut by jieba's analyzer."""
    from whoosh.fields import ID, TEXT, Schema
    from whoosh.index import create_in

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # jieba 0.42.1 imports pkg_resources, which warns
        from jieba.analyse import ChineseAnalyzer

    schema = Schema(id=ID(stored=True), text=TEXT(analyzer=ChineseAnalyzer(), stored=True, vector=True))
    index = create_in(tempfile.mkdtemp(dir=folder), schema)
    writer = index.writer()
    for entry in entries:
        writer.add_document(id=entry.id, text="\n".join((entry.title, entry.heading, entry.body, *entry.captions)))
    writer.commit()
    searcher = index.searcher()

    def similar(entry_id: str) -> Sequence[str]:
        number = searcher.document_number(id=entry_id)
        return [hit["id"] for hit in searcher.more_like(number, "text", top=6, numterms=terms)]

    return similar


def measure(similar: Similar, asked: Sequence[Judged]) -> dict[str, float]:
    """Give the shares: a related one first, one listed, related among those listed, nothing where there is none."""
    listed = [(set(each.related), similar(each.id)) for each in asked]
    some = [(related, ids) for related, ids in listed if related]
    return {
        "first": fmean(bool(ids) and ids[0] in related for related, ids in some),
        "listed": fmean(not related.isdisjoint(ids) for related, ids in some),
        "related of listed": fmean(len(related.intersection(ids)) / max(1, len(ids)) for related, ids in some),
        "nothing where nothing is": fmean(not ids for related, ids in listed if not related),
    }


def main() -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as folder:
        for name, similar in engines(tuned().entries, Path(folder)).items():
            print(name, {label: round(value, 3) for label, value in measure(similar, judged()).items()})


if __name__ == "__main__":
    main()
