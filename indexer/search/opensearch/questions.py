"""Asks one generation: counts, and hits in an order of which the last key is unique, so that none is lost between pages.

A generation never changes, so one page of hits follows another by the sort keys of the last one alone.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

import msgspec

from indexer.errors import StaleIndex
from indexer.model import Entry
from indexer.search.cache import Caches
from indexer.search.opensearch.connection import QUICK_S, Answer, Body, Cluster, Gone, Query
from indexer.search.opensearch.shape import RECORD

_AT_ONCE = 500
"""Entries that are read at once."""
_SKIPPED_AT_ONCE = 10_000
"""Hits of which nothing is read but their place."""
GROUPS = 10_000
"""Values, or combinations of values, that are counted at once: a cluster gives some 65,000 in one answer, at most."""
Sort = Sequence[dict[str, str]]
BY_RANK: Sort = ({"rank": "asc"},)
"""The order of year, then id."""
KEPT = {"_source": [RECORD], "docvalue_fields": ["rank"]}
"""What a question has to ask for so that `read_hit` reads its hits."""
_DECODER = msgspec.json.Decoder(Entry)


@dataclass(frozen=True, slots=True)
class Read:
    """An entry that was read, and its number in the order of year, then id."""

    entry: Entry
    rank: int
    score: float = 0.0


class Questions:
    """Asks one generation."""

    def __init__(self, cluster: Cluster, index: str, limit_s: float = QUICK_S) -> None:
        """Set whom to ask, and how many seconds a question may take."""
        self.cluster = cluster
        self.index = index
        self.caches = Caches()
        """What was asked for last, whoever of its entries may be shown."""
        self._limit_s = limit_s

    def search(self, body: Body, **params: str | int) -> Answer:
        """Ask one question."""
        try:
            return self.cluster.search(self.index, body, params, self._limit_s)
        except Gone as error:
            raise self._gone() from error

    def searches(self, bodies: Sequence[Body]) -> list[Answer]:
        """Ask several questions at once."""
        try:
            return self.cluster.searches(self.index, bodies, self._limit_s)
        except Gone as error:
            raise self._gone() from error

    def _gone(self) -> StaleIndex:
        return StaleIndex("cluster-index-gone", index=self.index, address=self.cluster.address)

    def count(self, query: Query) -> int:
        """Return how many entries match."""
        return self.counts([query])[0]

    def require(self, entries: int) -> None:
        """Raise `StaleIndex` unless the generation has so many entries."""
        found = self.count({"match_all": {}})
        if found != entries:
            address = self.cluster.address
            raise StaleIndex("cluster-index-short", index=self.index, address=address, found=found, count=entries)

    def counts(self, queries: Sequence[Query]) -> list[int]:
        """Return how many entries match each of some queries."""
        return [total_of(each) for each in self.searches([counting(query) for query in queries])]

    def grouped(
        self, query: Query, fields: Sequence[str], more: Mapping[str, Any] = MappingProxyType({})
    ) -> Iterator[dict[str, Any]]:
        """Yield each combination of values that entries which match have in some fields, with what is counted of it."""
        sources = [{field: {"terms": {"field": field}}} for field in fields]
        after: dict[str, Any] = {}
        while True:
            composite = {"composite": {"size": GROUPS, "sources": sources, **after}, **({"aggs": more} if more else {})}
            body = {"size": 0, "track_total_hits": False, "query": query, "aggs": {"groups": composite}}
            answer = self.search(body)["aggregations"]["groups"]
            yield from answer["buckets"]
            if len(answer["buckets"]) < GROUPS:
                return
            after = {"after": answer["after_key"]}

    def read(self, query: Query, most: int) -> list[Read]:
        """Return the entries that match, in any order; there are at most `most`."""
        body = {"size": most, "query": query, "track_total_hits": False, **KEPT}
        return list(map(read_hit, self.search(body)["hits"]["hits"]))

    def stream(self, query: Query, sort: Sort, first: int = 0) -> Iterator[Read]:
        """Yield the entries that match but the first `first`; the last key of `sort` must be unique."""
        after = self.place(query, sort, first) if first else None
        if first and after is None:
            return
        while True:
            hits = self._page(query, sort, after, _AT_ONCE, read=True)
            for hit in hits:
                yield read_hit(hit)
            if len(hits) < _AT_ONCE:
                return
            after = hits[-1]["sort"]

    def place(self, query: Query, sort: Sort, number: int) -> list[Any] | None:
        """Return the sort keys of the hit before the one with this number, counted from 0; None if there are not so many."""
        after: list[Any] | None = None
        while number:
            some = min(number, _SKIPPED_AT_ONCE)
            hits = self._page(query, sort, after, some, read=False)
            if len(hits) < some:
                return None
            number -= some
            after = hits[-1]["sort"]
        return after

    def _page(
        self, query: Query, sort: Sort, after: list[Any] | None, size: int, *, read: bool
    ) -> list[dict[str, Any]]:
        body: dict[str, Any] = {"query": query, "sort": list(sort), "size": size, "track_total_hits": False}
        body |= KEPT if read else {"_source": False}
        if after is not None:
            body["search_after"] = after
        hits: list[dict[str, Any]] = self.search(body)["hits"]["hits"]
        return hits


def counting(query: Query) -> Body:
    """Return the question how many entries match."""
    return {"size": 0, "track_total_hits": True, "query": query}


def total_of(answer: Answer) -> int:
    """Return how many entries matched."""
    return int(answer["hits"]["total"]["value"])


def read_hit(hit: dict[str, Any]) -> Read:
    """Return what a hit holds that was asked for with its record and its number."""
    return Read(_DECODER.decode(hit["_source"][RECORD]), int(hit["fields"]["rank"][0]), float(hit.get("_score") or 0.0))
