"""Reads a generation's entries from the cluster, one after the other or by id."""

from collections.abc import Iterator, Mapping
from typing import Any

import msgspec

from indexer.errors import StaleIndex
from indexer.model import Entry
from indexer.search.opensearch.connection import Cluster, Gone
from indexer.search.opensearch.seal import Seal
from indexer.search.opensearch.shape import RECORD

_DECODER = msgspec.json.Decoder(Entry)
_AT_ONCE = 500
"""Entries that are read at once."""
STORED = {"_source": [RECORD]}


def entry_of(hit: Mapping[str, Any]) -> Entry:
    """Return the entry that a hit of the cluster keeps."""
    return _DECODER.decode(hit["_source"][RECORD])


class ClusterEntries:
    """The entries of a generation, by id or all in turn."""

    def __init__(self, cluster: Cluster, index: str, seal: Seal) -> None:
        """Set the index; nothing is read yet."""
        self._cluster = cluster
        self._index = index
        self._seal = seal
        self.generation = index[index.rindex("gen-") :]
        self.created = seal.created

    @classmethod
    def of(cls, searcher: Any) -> "ClusterEntries":
        """Return the entries of a searcher's generation."""
        return cls(searcher.cluster, searcher.index, searcher.seal)

    def __len__(self) -> int:
        """Return how many entries there are."""
        return self._seal.entries

    def __iter__(self) -> Iterator[Entry]:
        """Iterate over all entries, ordered by year, then id."""
        last = -1
        while True:
            body = {
                "query": {"range": {"rank": {"gt": last}}},
                "sort": [{"rank": "asc"}],
                "size": _AT_ONCE,
                "track_total_hits": False,
                **STORED,
            }
            hits = self._search(body)
            yield from map(entry_of, hits)
            if len(hits) < _AT_ONCE:
                return
            last = hits[-1]["sort"][0]

    def get(self, entry_id: str) -> Entry | None:
        """Return the entry with this id, or None if there is none."""
        hits = self._search({"query": {"term": {"id": entry_id}}, "size": 1, **STORED})
        return entry_of(hits[0]) if hits else None

    def _search(self, body: Mapping[str, Any]) -> list[dict[str, Any]]:
        try:
            hits: list[dict[str, Any]] = self._cluster.search(self._index, body)["hits"]["hits"]
        except Gone as error:
            raise StaleIndex("cluster-index-gone", index=self._index, address=self._cluster.address) from error
        return hits
