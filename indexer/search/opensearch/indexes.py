"""Knows an archive's indexes in a cluster: what they are called, which are finished, and which one its alias names."""

import re
import secrets
from collections.abc import Mapping
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from indexer.errors import ConfigError, IndexFailure, IndexMissing
from indexer.files.durable import replacing
from indexer.search.opensearch.aside import ASIDE
from indexer.search.opensearch.connection import QUICK_S, Cluster, Gone
from indexer.search.opensearch.seal import is_sealed

_NAME_FILE = "cluster-name"
"""File in the data folder's index that holds the archive's name in the cluster."""
_NAME = re.compile(r"[a-z0-9][a-z0-9_.-]{0,119}")
_GENERATION = re.compile(r"gen-[0-9]{8}t[0-9]{12}")
_STAMP = "gen-%Y%m%dt%H%M%S%f"


class Indexes:
    """The indexes of one archive, each a generation."""

    def __init__(self, folder: Path, cluster: Cluster) -> None:
        """Set the folder that holds the archive's name in the cluster."""
        self.folder = folder
        self.cluster = cluster

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

    def current(self, limit_s: float = QUICK_S) -> str:
        """Return the name of the published generation, looked up now; empty if there is none."""
        return max(self._named(limit_s), default="").removeprefix(f"{self.alias}-")

    def published(self, limit_s: float = QUICK_S) -> str:
        """Return the name of the published generation, looked up now; raise `IndexMissing` if there is none."""
        name = self.current(limit_s)
        if not name:
            raise IndexMissing("cluster-index-missing", address=self.cluster.address, index=self.alias)
        return name

    def _named(self, limit_s: float = QUICK_S) -> list[str]:
        """Return the indexes that the alias names."""
        try:
            return list(self.cluster.ask("GET", f"/_alias/{self.alias}", limit_s=limit_s))
        except Gone:
            return []
