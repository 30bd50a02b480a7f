"""Names everything that determines an index's format.

The digests of these parts go into a generation's manifest; an index is opened only if all are the same.  Every module
that writes declares which of its constants shape what it writes; a test checks that none is forgotten.
"""

from collections.abc import Mapping
from hashlib import sha256

from indexer.model import Entry
from indexer.search import fields
from indexer.search.order import printed_order, tie_break
from indexer.search.ranking import bm25f
from indexer.search.suggesting import phrases, suggestwriter
from indexer.search.whoosh.files import filenames, gaplists, recordfile
from indexer.search.whoosh.strings import alphabet, gramlists
from indexer.search.whoosh.words import codec, hashfile, lexicon, schema, wordcounts
from indexer.text import analyzer, fold, pinyin
from indexer.text.wordlists import generic_titles

_PROBES = tuple(
    Entry(
        name,
        volume,
        year,
        section,
        "页题",
        title,
        ("甲", "乙"),
        "（甲）",
        "正文",
        ("图一", "图二"),
        "http://a/1",
        1,
        at,
        yearbook,
    )
    for name, volume, year, section, title, at, yearbook in (
        ("A-10-2", "A2001", 2001, "", "页题", 2, "甲"),
        ("A-9-1", "A2001", 2001, "-", "题", 0, "-"),
        ("B-1-1", "卷", 0, "信访", "题", 1, ""),
    )
)
"""Entries that show rules which are not constants: how entries are ordered, counted and split into fields."""


def fingerprint() -> dict[str, str]:
    """Return a digest of each part that determines an index's format, by name of the part.

    An index with a different digest for any part cannot be read by this version.
    """
    return {name: sha256(repr(part).encode("utf-8", "surrogatepass")).hexdigest()[:16] for name, part in _parts()}


def differing(one: Mapping[str, str], other: Mapping[str, str]) -> tuple[str, ...]:
    """Return the names of the parts in which two fingerprints differ, including those that only one of them has."""
    return tuple(name for name in dict.fromkeys((*one, *other)) if one.get(name) != other.get(name))


def _parts() -> tuple[tuple[str, object], ...]:
    return (
        ("facets", (fields.FILTERS, fields.UNKNOWN, list(map(fields.filter_values, _PROBES)))),
        ("fields", (fields.TEXT_FIELDS, fields.APART, schema.WORDS, list(map(fields.field_texts, _PROBES)))),
        ("field boosts", tuple(fields.WEIGHTS.items())),
        ("length norms", tuple(bm25f.LENGTH_NORM.items())),
        ("weights", (bm25f.K1, bm25f.STEPS)),
        ("generic titles", sorted(generic_titles())),
        ("folding", fold.shape()),
        ("words", (analyzer.shape(), wordcounts.shape())),
        ("characters", alphabet.shape()),
        ("order of entries", [(tie_break(entry.year, entry.id), printed_order(entry)) for entry in _PROBES]),
        ("entries of strings", (gaplists.shape(), gramlists.shape())),
        ("files of words", (codec.shape(), hashfile.shape(), lexicon.shape())),
        ("records", recordfile.shape()),
        ("suggestions", (pinyin.shape(), phrases.shape(), suggestwriter.shape())),
        ("layout", filenames.shape()),
    )
