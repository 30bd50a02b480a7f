"""Reads and writes what a finished generation says of itself, which is kept beside its fields in the cluster."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import msgspec

from indexer.errors import StaleIndex
from indexer.search.opensearch.connection import Cluster
from indexer.search.opensearch.fingerprint import fingerprint


class Seal(msgspec.Struct, frozen=True):
    """What a generation holds; only a finished one has it."""

    created: str
    """When its build began to read entries, ISO 8601, UTC; later decisions about pages may not be in it."""
    entries: int
    fingerprint: Mapping[str, str]
    """Digest of each part that it rests on."""
    averages: Mapping[str, float]
    """Mean length in characters of each weighted field, which the weights rest on."""
    aside: int
    """Parts of the files that are kept in the index beside it."""

    @property
    def made_at(self) -> float:
        """`created` in seconds since 1970."""
        return datetime.fromisoformat(self.created).timestamp()


def write_seal(cluster: Cluster, index: str, seal: Seal) -> None:
    """Say that a generation is finished, and what it holds."""
    cluster.ask("PUT", f"/{index}/_mapping", {"_meta": msgspec.to_builtins(seal)})


def read_seal(meta: object, index: str, cluster: Cluster, *, of_any_version: bool = False) -> Seal:
    """Read what a generation says of itself.

    Raises `StaleIndex` if it says nothing or, unless `of_any_version`, if it was built otherwise than this program builds.
    """
    try:
        seal = msgspec.convert(meta, Seal)
    except msgspec.ValidationError as error:
        raise StaleIndex("cluster-index-unsealed", index=index, address=cluster.address) from error
    if not of_any_version and seal.fingerprint != (own := fingerprint()):
        names = [
            name for name in dict.fromkeys((*own, *seal.fingerprint)) if own.get(name) != seal.fingerprint.get(name)
        ]
        named = ", ".join(name if name.isascii() and name.isprintable() else ascii(name) for name in names[:9])
        raise StaleIndex("cluster-index-other-shape", index=index, address=cluster.address, parts=named[:300])
    return seal


def is_sealed(meta: Mapping[str, Any]) -> bool:
    """Return whether a generation is finished."""
    return "created" in meta
