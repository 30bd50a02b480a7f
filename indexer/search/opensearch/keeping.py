"""Keeps the generations of one archive in a cluster: indexes, of which an alias names the published one."""

import os
import threading
import time
from collections.abc import Callable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any, Generic, TypeVar

from indexer.errors import IndexFailure, IndexLocked, IndexUnavailable, StaleIndex
from indexer.files.durable import FolderBusy, locked
from indexer.progress import Progress
from indexer.search.engine import IndexBuilder
from indexer.search.generations import Opened, RolledBack
from indexer.search.opensearch.building.builder import ClusterBuilder
from indexer.search.opensearch.connection import Cluster
from indexer.search.opensearch.indexes import Indexes
from indexer.search.opensearch.seal import Seal, read_seal
from indexer.search.opensearch.searcher import ClusterSearcher
from indexer.search.opensearch.settings import ClusterSettings, read_settings
from indexer.search.opensearch.stored import ClusterEntries
from indexer.search.reserve import reserves

_LOOKING_S = 3.0
"""Seconds that looking which generation is published may take, while what is known is good enough."""
_LOOKED_AGAIN_S = 0.5
"""Seconds for which that is remembered: it is asked before every search."""
T = TypeVar("T")


class ClusterGenerations:
    """The generations of one archive; see `indexer.search.generations.Generations`."""

    def __init__(self, index: Path, cluster: Cluster) -> None:
        """Set the folder that holds the archive's name in the cluster."""
        self._indexes = Indexes(index, cluster)
        self._published = _Lately(lambda: self._indexes.published(_LOOKING_S))
        self._stamp = _Lately(lambda: (self._indexes.published(_LOOKING_S), tuple(sorted(self._indexes.metas()))))

    def open(self) -> Opened:
        """Open the published generation or, if it cannot be used, the newest before it."""

        def open_one(index: str, seal: Seal) -> tuple[ClusterSearcher, float]:
            return ClusterSearcher(self._indexes.cluster, index, seal), seal.made_at

        (searcher, made_at), refused = self._newest(open_one)
        return Opened(searcher, made_at, refused)

    def stored(self, *, of_any_version: bool = False) -> ClusterEntries:
        """Open the published generation's entries."""
        name = self._indexes.published()
        return self._entries(
            self._indexes.index_of(name), self._seal(name, self._indexes.metas(), of_any_version=of_any_version)
        )

    def answering(self) -> ClusterEntries:
        """Open the entries of the generation that answers."""
        return self._newest(self._entries)[0]

    def builder(
        self, progress: Progress, before_publishing: Callable[[], object] | None, memory: int | None = None
    ) -> IndexBuilder:
        """Return a builder; the entries are sent at the end of its block, some at a time, whatever memory there is."""
        return ClusterBuilder(self._indexes, progress, before_publishing, self._forget)

    def roll_back(self) -> RolledBack:
        """Publish the generation in reserve."""
        indexes = self._indexes
        indexes.published()  # before anything is written: a lock's file, say
        try:
            with locked(indexes.folder):
                current, metas = indexes.published(), indexes.metas()
                others = reserves(sorted(metas, reverse=True), current)
                if not others:
                    raise StaleIndex("cluster-alone", index=indexes.index_of(current))
                try:
                    seal = self._seal(others[0], metas)
                    ClusterSearcher(indexes.cluster, indexes.index_of(others[0]), seal).close()
                except StaleIndex as error:
                    raise StaleIndex("index-reserve-unusable", generation=current, cause=error) from error
                indexes.point(others[0])
                self._forget()
                return RolledBack(others[0], seal.made_at, seal.entries, current)
        except FolderBusy as error:
            raise IndexLocked("build-running", path=indexes.folder) from error

    def made_at(self) -> float:
        """Return when the published generation's build began."""
        name = self._indexes.published()
        return self._seal(name, self._indexes.metas()).made_at

    def published(self) -> str:
        """Return the name of the published generation, looked up some times a second at most.

        While the cluster does not answer it is taken to be the one that it was.
        """
        return self._published.get()

    def stamp(self) -> object:
        """Return the name of the published generation and those of all others, looked up as rarely."""
        return self._stamp.get()

    def _forget(self) -> None:
        """Look again which generation is published, since another one was just now."""
        self._published.forget()
        self._stamp.forget()

    def _newest(self, open_one: Callable[[str, Seal], T]) -> tuple[T, tuple[IndexFailure, ...]]:
        """Open the newest generation that can be used, and say why newer ones cannot."""
        current = self._indexes.published()  # first: what is published later is not damaged, though not known here
        metas = self._indexes.metas()
        refused: list[IndexFailure] = []
        for name in (current, *(name for name in sorted(metas, reverse=True) if name < current)):
            try:
                return open_one(self._indexes.index_of(name), self._seal(name, metas)), tuple(refused)
            except StaleIndex as error:
                refused.append(error)
        raise refused[0]

    def _entries(self, index: str, seal: Seal) -> ClusterEntries:
        return ClusterEntries(self._indexes.cluster, index, seal)

    def _seal(self, name: str, metas: Mapping[str, Mapping[str, Any]], *, of_any_version: bool = False) -> Seal:
        index = self._indexes.index_of(name)
        return read_seal(metas.get(name), index, self._indexes.cluster, of_any_version=of_any_version)


class _Lately(Generic[T]):
    """Something that is looked up in the cluster some times a second at most; safe to share between threads."""

    def __init__(self, look: Callable[[], T]) -> None:
        self._look = look
        self._known: tuple[float, T] | None = None
        """When it was looked up, and what was found."""
        self._looking = threading.Lock()

    def get(self) -> T:
        """Return what was found lately.  While the cluster does not answer it is what it was."""
        known = self._known
        if known is not None and (_is_fresh(known[0]) or not self._looking.acquire(blocking=False)):
            return known[1]  # it is known, or somebody else is looking
        if known is None:
            self._looking.acquire()
        try:
            known = self._known  # somebody else may have looked meanwhile
            if known is None or not _is_fresh(known[0]):
                known = self._known = time.monotonic(), self._again(known)
            return known[1]
        finally:
            self._looking.release()

    def forget(self) -> None:
        """Look it up again when it is next asked for."""
        self._known = None

    def _again(self, known: tuple[float, T] | None) -> T:
        try:
            return self._look()
        except IndexUnavailable:
            if known is None:
                raise
            return known[1]


def _is_fresh(moment: float) -> bool:
    return time.monotonic() - moment < _LOOKED_AGAIN_S


def cluster_generations(index: Path, environment: Mapping[str, str]) -> ClusterGenerations:
    """Return the generations of the archive whose name is in a folder, in the cluster that the environment names.

    Raises `ConfigError` for settings that cannot be used.
    """
    return _kept(index, read_settings(environment), os.getpid())


@lru_cache(16)
def _kept(index: Path, settings: ClusterSettings, process: int) -> ClusterGenerations:
    """Return the same generations for the same settings: they keep connections, which no two processes may share."""
    del process
    return ClusterGenerations(index, Cluster(settings))
