"""Keeps the generations of one archive in a cluster: indexes, of which an alias names the published one."""

import os
import re
import secrets
import threading
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any

from indexer.errors import ConfigError, IndexFailure, IndexLocked, IndexMissing, IndexUnavailable, StaleIndex
from indexer.files.durable import FolderBusy, locked, replacing
from indexer.progress import Progress
from indexer.search.engine import IndexBuilder
from indexer.search.generations import Opened, RolledBack
from indexer.search.opensearch.aside import ASIDE
from indexer.search.opensearch.connection import QUICK_S, Cluster, Gone
from indexer.search.opensearch.seal import Seal, is_sealed, read_seal
from indexer.search.opensearch.settings import ClusterSettings, read_settings
from indexer.search.opensearch.stored import ClusterEntries
from indexer.search.reserve import reserves

_NAME_FILE = "cluster-name"
"""File in the data folder's index that holds the archive's name in the cluster."""
_NAME = re.compile(r"[a-z0-9][a-z0-9_.-]{0,119}")
_GENERATION = re.compile(r"gen-[0-9]{8}t[0-9]{12}")
_STAMP = "gen-%Y%m%dt%H%M%S%f"
_LOOKING_S = 3.0
"""Seconds that this may take, while what is known is good enough."""
_LOOKED_AGAIN_S = 0.5
"""Seconds for which it is remembered which generation is published: this is asked before every search."""


class ClusterGenerations:
    """The generations of one archive; see `indexer.search.generations.Generations`."""

    def __init__(self, index: Path, cluster: Cluster) -> None:
        """Set the folder that holds the archive's name in the cluster."""
        self.folder = index
        self.cluster = cluster
        self._known: tuple[float, str, object] | None = None
        """When it was looked last which generation is published, its name, and the stamp of all."""
        self._looking = threading.Lock()

    def open(self) -> Opened:
        """Open the published generation or, if it cannot be used, the newest before it."""
        from indexer.search.opensearch.searcher import ClusterSearcher

        metas = self.metas()
        current = self._current()
        names = [current, *(name for name in sorted(metas, reverse=True) if name < current)]
        refused: list[IndexFailure] = []
        for name in names:
            try:
                seal = self._seal(name, metas)
                searcher = ClusterSearcher(self.cluster, self.index_of(name), seal)
            except StaleIndex as error:
                refused.append(error)
            else:
                return Opened(searcher, seal.made_at, tuple(refused))
        raise refused[0]

    def stored(self, *, of_any_version: bool = False) -> ClusterEntries:
        """Open the published generation's entries."""
        name = self._current()
        return ClusterEntries(
            self.cluster, self.index_of(name), self._seal(name, self.metas(), of_any_version=of_any_version)
        )

    def answering(self) -> ClusterEntries:
        """Open the entries of the generation that answers."""
        return ClusterEntries.of(self.open().whole)

    def builder(self, progress: Progress, before_publishing: Callable[[], object] | None) -> IndexBuilder:
        """Return a builder; the entries are sent at the end of its block."""
        from indexer.search.opensearch.building.builder import ClusterBuilder

        return ClusterBuilder(self, progress, before_publishing)

    def roll_back(self) -> RolledBack:
        """Publish the generation in reserve."""
        from indexer.search.opensearch.searcher import ClusterSearcher

        self._current()  # before anything is written: a lock's file, say
        try:
            with locked(self.folder):
                current, metas = self._current(), self.metas()
                others = reserves(sorted(metas, reverse=True), current)
                if not others:
                    raise StaleIndex("cluster-alone", index=self.index_of(current))
                try:
                    seal = self._seal(others[0], metas)
                    ClusterSearcher(self.cluster, self.index_of(others[0]), seal).close()
                except StaleIndex as error:
                    raise StaleIndex("index-reserve-unusable", generation=current, cause=error) from error
                self.point(others[0])
                return RolledBack(others[0], seal.made_at, seal.entries, current)
        except FolderBusy as error:
            raise IndexLocked("build-running", path=self.folder) from error

    def made_at(self) -> float:
        """Return when the published generation's build began."""
        name = self._current()
        return self._seal(name, self.metas()).made_at

    def published(self) -> str:
        """Return the name of the published generation, looked up some times a second at most.

        While the cluster does not answer it is taken to be the one that it was.
        """
        return self._looked()[1]

    def stamp(self) -> object:
        """Return the name of the published generation and those of all others, looked up as rarely."""
        return self._looked()[2]

    def _looked(self) -> tuple[float, str, object]:
        known = self._known
        if known is not None and time.monotonic() - known[0] < _LOOKED_AGAIN_S:
            return known
        if not self._looking.acquire(blocking=known is None):
            assert known is not None
            return known  # somebody else is looking
        try:
            current = self._current(_LOOKING_S)
            found: tuple[float, str, object] = time.monotonic(), current, (current, tuple(sorted(self.metas())))
        except IndexUnavailable:
            if known is None:
                raise
            found = time.monotonic(), known[1], known[2]
        finally:
            self._looking.release()
        self._known = found
        return found

    @property
    def alias(self) -> str:
        """Name of the archive in the cluster.

        Raises `IndexMissing` if it has none yet.
        """
        if self.cluster.settings.index:
            return self.cluster.settings.index
        with suppress(OSError, UnicodeError):
            name = (self.folder / _NAME_FILE).read_text("ascii").strip()
            if _NAME.fullmatch(name):
                return name
        raise IndexMissing("index-missing", path=self.folder)

    def name_archive(self) -> None:
        """Give the archive a name in the cluster, if it has none: archives must not publish in each other's place.

        Raises `ConfigError` if an index has the name that is set.
        """
        try:
            _ = self.alias
        except IndexMissing:
            with replacing(self.folder / _NAME_FILE) as file:
                file.write(f"nianjian-{secrets.token_hex(4)}\n".encode())
        with suppress(Gone):
            if self.alias in self.cluster.ask("GET", f"/{self.alias}/_alias"):
                raise ConfigError("cluster-index-taken", address=self.cluster.address, index=self.alias)

    def index_of(self, generation: str) -> str:
        """Return the name of a generation's index."""
        return f"{self.alias}-{generation}"

    def new_name(self) -> str:
        """Return a name for a new generation: the time, or later than all that are there."""
        at = datetime.now(UTC)
        for name in self.metas(finished=False):
            at = max(at, datetime.strptime(name, _STAMP).replace(tzinfo=UTC) + timedelta(microseconds=1))
        return at.strftime(_STAMP)

    def metas(self, *, finished: bool = True) -> dict[str, Mapping[str, Any]]:
        """Return what each generation says of itself, by name; only finished ones unless told otherwise."""
        before = f"{self.alias}-"
        params = {"filter_path": "*.mappings._meta,*.mappings.dynamic", "expand_wildcards": "open"}
        found = self.cluster.ask("GET", f"/{before}gen-*/_mapping", params=params)
        metas = {name.removeprefix(before): each["mappings"].get("_meta", {}) for name, each in found.items()}
        return {
            name: meta
            for name, meta in metas.items()
            if _GENERATION.fullmatch(name) and (not finished or is_sealed(meta))
        }

    def point(self, generation: str) -> None:
        """Let the alias name a generation and no other, in one step."""
        index = self.index_of(generation)
        others = [each for each in self._named() if each != index]
        actions: list[dict[str, Any]] = [{"remove": {"index": each, "alias": self.alias}} for each in others]
        actions.append({"add": {"index": index, "alias": self.alias}})
        try:
            self.cluster.ask("POST", "/_aliases", {"actions": actions})
        except Gone:  # a first attempt, of which nothing was heard, may have done it
            if self._named() != [index]:
                raise
        self._known = None

    def unfinished(self) -> list[str]:
        """Return the generations that were begun and not finished."""
        return [name for name, meta in self.metas(finished=False).items() if not is_sealed(meta)]

    def clear(self, generation: str, before: str) -> None:
        """Remove all finished generations but one and the one before it, which is kept for rollback.

        What cannot be removed now is removed after the next build.
        """
        with suppress(IndexFailure):
            for name in self.metas():
                if name not in (generation, before):
                    self.remove(name)

    def discard(self, generation: str) -> None:
        """Remove a generation that was not published, as far as that can be told: what may be published stays."""
        with suppress(IndexFailure):
            if self.current() != generation:
                self.remove(generation)

    def remove(self, generation: str) -> None:
        """Remove a generation and what is kept beside it; what is not there is not missed."""
        index = self.index_of(generation)
        self.cluster.ask("DELETE", f"/{index},{index}{ASIDE}", params={"ignore_unavailable": "true"})

    def current(self) -> str:
        """Return the name of the published generation, looked up now; empty if there is none."""
        try:
            return self._current()
        except IndexMissing:
            return ""

    def _current(self, limit_s: float = QUICK_S) -> str:
        names = self._named(limit_s)
        if not names:
            raise IndexMissing("cluster-index-missing", address=self.cluster.address, index=self.alias)
        return max(names).removeprefix(f"{self.alias}-")

    def _named(self, limit_s: float = QUICK_S) -> list[str]:
        """Return the indexes that the alias names."""
        try:
            return list(self.cluster.ask("GET", f"/_alias/{self.alias}", limit_s=limit_s))
        except Gone:
            return []

    def _seal(self, name: str, metas: Mapping[str, Mapping[str, Any]], *, of_any_version: bool = False) -> Seal:
        return read_seal(metas.get(name), self.index_of(name), self.cluster, of_any_version=of_any_version)


def cluster_generations(index: Path, environment: Mapping[str, str]) -> ClusterGenerations:
    """Return the generations of the archive whose name is in a folder, in the cluster that the environment names.

    Raises `ConfigError` for settings that cannot be used.
    """
    return _kept(index, read_settings(environment), os.getpid())


@lru_cache(16)
def _kept(index: Path, settings: ClusterSettings, process: int) -> ClusterGenerations:
    """Return the same generations for the same settings: they keep connections, which no two processes may share."""
    del process
    if not settings.urls:
        raise ConfigError("cluster-url-missing", name="NIANJIAN_OPENSEARCH_URL")
    return ClusterGenerations(index, Cluster(settings))
