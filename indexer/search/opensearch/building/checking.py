"""Checks a generation against the entries that it was made of, before anybody is answered from it."""

from collections.abc import Callable, Iterator

from indexer.errors import StaleIndex
from indexer.model import Entry
from indexer.search.fields import SCOPES, field_texts
from indexer.search.opensearch.connection import LONG_S, Cluster, Query
from indexer.search.opensearch.matching.strings import all_of, standing
from indexer.search.query.terms import Term
from indexer.text.fold import fold
from indexer.text.variants import Likeness

_ENTRIES = 32
"""Entries of which strings are looked for, evenly spread."""
_LONGEST = 12


def check(cluster: Cluster, index: str, entries: int, entry: Callable[[int], Entry]) -> None:
    """Raise `StaleIndex` unless an index has so many entries, and strings of some of them find these.

    `entry` reads the entry with a number.
    """
    found = int(cluster.ask("GET", f"/{index}/_count", limit_s=LONG_S)["count"])
    if found != entries:
        raise StaleIndex("cluster-index-short", index=index, address=cluster.address, found=found, count=entries)
    for number in range(0, entries, max(1, entries // _ENTRIES)):
        queries = list(_samples(entry(number), number))
        bodies = [{"size": 0, "track_total_hits": True, "query": query} for query in queries]
        for answer in cluster.searches(index, bodies, limit_s=LONG_S):
            if answer["hits"]["total"]["value"] != 1:
                raise StaleIndex("cluster-check-failed", id=entry(number).id[:200])


def _samples(entry: Entry, number: int) -> Iterator[Query]:
    """Yield queries that must find an entry: by a string of the last text in each field, and by its first character.

    The number says whence in the text the string is taken.
    """
    texts = field_texts(entry)
    for scope in SCOPES:
        text = next((folded for folded in map(fold, reversed(texts[scope])) if folded), "")
        start = number * 7919 % max(1, len(text) - _LONGEST)
        string = text[start : start + _LONGEST]
        for likeness in Likeness if string else ():
            for part in {string, string[0]}:
                yield all_of([{"term": {"rank": number}}, standing(scope, Term(part, likeness))])
