"""Reads a generation's entries from the cluster, one after the other or by id."""

from collections.abc import Iterator

from indexer.model import Entry
from indexer.search.opensearch.connection import Cluster
from indexer.search.opensearch.matching.strings import EVERYTHING
from indexer.search.opensearch.questions import BY_RANK, Questions
from indexer.search.opensearch.seal import Seal


class ClusterEntries:
    """The entries of a generation, by id or all in turn."""

    def __init__(self, cluster: Cluster, index: str, seal: Seal) -> None:
        """Set the index; nothing is read yet."""
        self._questions = Questions(cluster, index)
        self._entries = seal.entries
        self.generation = index[index.rindex("gen-") :]
        self.created = seal.created

    def __len__(self) -> int:
        """Return how many entries there are."""
        return self._entries

    def __iter__(self) -> Iterator[Entry]:
        """Iterate over all entries, ordered by year, then id."""
        return (each.entry for each in self._questions.stream(EVERYTHING, BY_RANK))

    def get(self, entry_id: str) -> Entry | None:
        """Return the entry with this id, or None if there is none."""
        found = self._questions.read({"term": {"id": entry_id}}, 1)
        return found[0].entry if found else None
