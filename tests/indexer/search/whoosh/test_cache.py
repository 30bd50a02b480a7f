"""What searches keep, and what that costs."""

import gc

from indexer.config import DataFolder
from indexer.search.cache import BoundedCache
from indexer.search.engine import Searcher
from indexer.search.query.grammar import parse
from indexer.search.query.plan import resolve
from indexer.search.query.terms import Term
from indexer.search.whoosh.answering.lookup import OCCURRENCES, SOUGHT, Lookup
from indexer.search.whoosh.answering.ranking import WEIGHTED, term_points
from indexer.search.whoosh.openindex import open_index


def test_least_recently_used_values_go_first() -> None:
    """Those too large to be kept drive out none."""
    cache = BoundedCache[str](16 * 1024)
    for name in "abcdefghi":
        cache.put(name, name.upper(), 1000)
        assert cache.get("a") == "A"
    cache.put("huge", "", 3000)
    assert [name for name in "abcdefghi" if cache.get(name)] == list("acdefghi")
    assert cache.get("huge") is None


def test_kept_values_are_passed_over_by_the_garbage_collector(sample: DataFolder, searcher: Searcher) -> None:
    """There are tens of thousands of them, and a reader waits for it."""
    documents = open_index(sample.root / "index" / searcher.generation)
    lookup = Lookup(documents)
    query, _ = parse("工会 深入开展劳动竞赛")
    leaves = resolve(query).leaves
    term_points(leaves, lookup.occurrences("", Term("工会")).documents, lookup)
    gc.collect()
    kept = documents.caches.of(WEIGHTED).get((tuple(leaf.whole or leaf.terms[0] for leaf in leaves), False))
    assert kept
    values = [
        documents.caches.of(SOUGHT).get(Term("工会")),
        documents.caches.of(OCCURRENCES).get(("", Term("工会"))),
        kept,
        *kept,
    ]
    assert all(value is not None and not gc.is_tracked(value) for value in values)
