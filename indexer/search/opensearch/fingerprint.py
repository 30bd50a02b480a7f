"""Names everything that a generation in the cluster rests on; one that rests on other things is not opened."""

from hashlib import sha256

from indexer.model import Entry
from indexer.search import fields
from indexer.search.opensearch import features, shape
from indexer.search.order import printed_order, tie_break
from indexer.search.ranking import bm25f
from indexer.search.suggesting import phrases, suggestwriter
from indexer.text import analyzer, fold, pinyin
from indexer.text.wordlists import generic_titles

_PROBES = (
    Entry(
        "A-10-2",
        "A2001",
        2001,
        "",
        "页题",
        "页题",
        ("甲", "乙"),
        "（甲）",
        "正文",
        ("图一", "图二"),
        "http://a/1",
        1,
        2,
        "乙",
    ),
    Entry("A-9-1", "A2001", 2001, "-", "页题", "题", (), "", "", (), "http://a/1", 1, 0, "-"),
)
"""Entries that show rules which are not constants: how entries are ordered, counted and split into fields."""


def fingerprint() -> dict[str, str]:
    """Return a digest of each part that a generation rests on, by name of the part."""
    return {name: sha256(repr(part).encode("utf-8", "surrogatepass")).hexdigest()[:16] for name, part in _parts()}


def _parts() -> tuple[tuple[str, object], ...]:
    return (
        ("layout", shape.shape()),
        ("facets", (fields.FILTERS, fields.UNKNOWN, [fields.filter_values(each) for each in _PROBES])),
        ("fields", (fields.TEXT_FIELDS, fields.APART, [fields.field_texts(each) for each in _PROBES])),
        ("weights", (tuple(fields.WEIGHTS.items()), tuple(bm25f.LENGTH_NORM.items()), bm25f.K1, bm25f.STEPS)),
        ("generic titles", sorted(generic_titles())),
        ("folding", fold.shape()),
        ("words", (analyzer.shape(), features.shape())),
        ("order of entries", [(tie_break(each.year, each.id), printed_order(each)) for each in _PROBES]),
        ("suggestions", (pinyin.shape(), phrases.shape(), suggestwriter.shape())),
    )
