"""Checks a generation against the entries that it was made of, before anybody is answered from it."""

from collections.abc import Callable

from indexer.errors import StaleIndex
from indexer.model import Entry
from indexer.search.fields import ALL_TEXT, TEXT_FIELDS, field_texts
from indexer.search.opensearch.connection import LONG_S, Cluster
from indexer.search.opensearch.matching.strings import standing
from indexer.search.query.terms import Term
from indexer.text.fold import fold
from indexer.text.variants import Likeness

_ENTRIES = 32
"""Entries of which a string is looked for, evenly spread."""
_LONGEST = 12


def check(cluster: Cluster, index: str, entries: int, entry: Callable[[int], Entry]) -> None:
    """Raise `StaleIndex` unless an index has so many entries, and strings of some of them find these.

    `entry` reads the entry with a number.
    """
    found = int(cluster.ask("GET", f"/{index}/_count", limit_s=LONG_S)["count"])
    if found != entries:
        raise StaleIndex("cluster-index-short", index=index, address=cluster.address, found=found, count=entries)
    for number in range(0, entries, max(1, entries // _ENTRIES)):
        text = _sample(entry(number), number)
        for likeness in Likeness if text else ():
            query = {"bool": {"filter": [standing(ALL_TEXT, Term(text, likeness)), {"term": {"rank": number}}]}}
            answer = cluster.search(index, {"size": 0, "track_total_hits": True, "query": query}, limit_s=LONG_S)
            if answer["hits"]["total"]["value"] != 1:
                raise StaleIndex("cluster-check-failed", id=entry(number).id)


def _sample(entry: Entry, number: int) -> str:
    """Return a string of an entry, of which the number says whence in the longest text it is taken."""
    texts = field_texts(entry)
    longest = max((fold(text) for field in TEXT_FIELDS for text in texts[field]), key=len, default="")
    start = number * 7919 % max(1, len(longest) - _LONGEST)
    return longest[start : start + _LONGEST]
