"""Sends many documents to the cluster, several requests at a time; what it is too busy for is sent again."""

import time
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from indexer.errors import IndexUnavailable, StaleIndex, told
from indexer.search.opensearch.connection import LONG_S, Cluster
from indexer.search.opensearch.shape import FILLING

_THREADS = 2
"""Requests that are under way at once."""
_DOCUMENTS, _BYTES = 500, 8 << 20
"""Most documents, and bytes, of one request."""
_PASSING = frozenset((429, 502, 503, 504, "N/A"))
"""Statuses of documents that may be taken a little later."""
_GONE = 404
_ROUNDS = 8
"""How often what is left is sent."""
_PAUSE_S = 0.5
"""Seconds before the second round; each further pause is twice as long."""
Numbered = tuple[int, dict[str, Any]]
"""A document and its number, which is its id in the cluster: sent twice, it is there once."""


def send(
    cluster: Cluster,
    index: str,
    documents: Iterable[Numbered],
    again: Callable[[list[int]], Iterable[Numbered]],
    sent: Callable[[int], object],
) -> None:
    """Send documents; `again` makes some of them anew, given their numbers, and `sent` is told how many are taken.

    Raises `IndexUnavailable` if the cluster goes on being too busy or away, `Rejected` if it does not take a
    document, `StaleIndex` if somebody has removed the index.
    """
    done = 0
    left: list[int] = []
    reason = ""
    for attempt in range(_ROUNDS):
        if attempt:
            time.sleep(_PAUSE_S * 2 ** (attempt - 1))
        batch, left = (documents if not attempt else again(left)), []
        rejected: list[tuple[int, str]] = []
        for is_taken, number, status, why in _sent(cluster, index, batch):
            if is_taken:
                done += 1
                sent(done)
            elif status == _GONE:
                raise StaleIndex("cluster-build-removed", index=index, address=cluster.address)
            elif status in _PASSING:
                left.append(number)
                reason = why
            else:
                rejected.append((number, why))
        if rejected:
            raise Rejected(rejected)
        if not left:
            return
    raise IndexUnavailable("cluster-busy", address=cluster.address, reason=reason)


class Rejected(Exception):  # noqa: N818  (translated to our own errors by the caller, who knows which entries they are)
    """Raised if the cluster does not take documents."""

    def __init__(self, rejected: list[tuple[int, str]]) -> None:
        """Take numbers and reasons."""
        super().__init__(rejected)
        self.rejected = rejected


def _sent(cluster: Cluster, index: str, documents: Iterable[Numbered]) -> Iterator[tuple[bool, int, object, str]]:
    """Yield for each document whether it was taken, its number, and status and reason if not."""
    from opensearchpy.helpers import parallel_bulk

    actions = (
        {"_op_type": "index", "_index": index + FILLING, "_id": str(number), "_source": each}
        for number, each in documents
    )
    answers = parallel_bulk(
        cluster.client,
        actions,
        require_alias="true",
        thread_count=_THREADS,
        chunk_size=_DOCUMENTS,
        max_chunk_bytes=_BYTES,
        queue_size=_THREADS,
        raise_on_exception=False,
        raise_on_error=False,
        request_timeout=LONG_S / 10,
    )
    for is_taken, answer in answers:
        found = answer["index"]
        error = found.get("error", "")
        why = error.get("reason", "") if isinstance(error, dict) else str(error)
        yield is_taken, int(found["_id"]), found.get("status"), told(ValueError(why))
