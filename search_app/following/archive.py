"""Keeps the published generation open, and changes to a new one when it appears.  Knows neither Flask nor protocols."""

import gc
import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TypeVar, cast

from indexer.authority import Authority
from indexer.config import DataFolder
from indexer.errors import IndexFailure, IndexMissing, ManifestLost, YearbookError
from indexer.manifest import Manifest, manifest_of
from indexer.search.engine import Searcher
from indexer.search.factory import (
    Decided,
    hidden_pages,
    index_stamp,
    open_generation,
    published_generation,
    read_authority,
)
from indexer.search.generations import Opened
from search_app.following.records import Records, file_stamp
from search_app.following.refusal import Refusal
from search_app.following.versions import Version, changed_at, found_version, told_version
from search_app.shown.naming import Names

_log = logging.getLogger(__name__)
_Made = TypeVar("_Made")

_DOUBT_EVERY = 10.0
"""Least seconds between two checks of an open generation's digests; for 200,000 entries a check takes a second."""


@dataclass(frozen=True, slots=True)
class _Shown:
    """What answers are made from; replaced as a whole, so that a reader never gets parts of two."""

    opened: Opened
    searcher: Searcher
    """What was opened, without forgotten pages, with persons for authors."""
    decided: object
    """State of the files of decisions at that time."""
    found: str
    """`Version.found` of that."""


@dataclass(frozen=True, slots=True)
class Answering:
    """What an answer is made of, and what it is a version of."""

    searcher: Searcher
    names: Names
    version: Version
    made_at: datetime
    """When the build of the generation began."""


class Archive:
    """One data folder, as what answers for long uses it."""

    def __init__(self, data_dir: Path, manifest: Manifest | Path | None) -> None:
        """Set the folder; its index is opened at the first search.

        `manifest` is the manifest to use, or a file for an archive that was made with none of its own; with None the
        archive's own or the bundled one is used.
        """
        self.data_dir = data_dir
        self._given = manifest
        self._read: tuple[object, Manifest | ManifestLost] | None = None
        """The manifest, or why it could not be read, and what its file looked like then."""
        self._opened: Opened | None = None
        self._shown: _Shown | None = None
        self._named: tuple[_Shown, Manifest | None, Answering] | None = None
        """What answers, with the names of it, and what they were made from."""
        self._made: dict[Callable[..., object], tuple[Names, object]] = {}
        """What functions made of what answered, and of which names."""
        self._who: Decided = Decided()
        """Who is who, as far as it can be followed."""
        self._good_authority: Authority | None = None
        """The last one of which nothing was wrong."""
        self._who_stamp: object = None
        """What `contributors.toml` looked like then, and in which generation its names were looked for."""
        self.records = Records(DataFolder(data_dir))
        self._refusal = Refusal(partial(index_stamp, data_dir))
        self._failure: IndexFailure = IndexMissing("index-not-opened", path=data_dir)
        """Why nothing could be opened at the last attempt."""
        self._opening = threading.Lock()
        self._doubted: Opened | None = None
        """The generation whose contents made no sense, which must be checked against its digests before it answers
        again."""
        self._doubted_at = -_DOUBT_EVERY

    @property
    def manifest(self) -> Manifest:
        """The archive's manifest, which is read again when its file has changed.

        Raises `ManifestLost`, which is logged once, or `ConfigError` if the file given is wrong.
        """
        if isinstance(self._given, Manifest):
            return self._given
        stamp = file_stamp(DataFolder(self.data_dir).manifest)
        if self._read is None or self._read[0] != stamp:
            # Whoever serves may have moved the file given meanwhile, which is not asked where the archive has its own.
            is_needed = self._read is None or stamp is None
            self._read = stamp, self._read_manifest(self._given if is_needed else None)
        if isinstance(self._read[1], ManifestLost):
            raise self._read[1].with_traceback(None)
        return self._read[1]

    def _read_manifest(self, given: Path | None) -> Manifest | ManifestLost:
        try:
            kept = manifest_of(DataFolder(self.data_dir), given)
        except ManifestLost as error:
            _log.error("searches are answered, but not what is held: %s", error)
            return error
        for line in kept.changes:
            _log.warning("%s", line)
        return kept.manifest

    def described(self) -> Manifest | None:
        """Return the archive's manifest; none where it cannot be read now."""
        try:
            return self.manifest
        except ManifestLost:
            return None

    def searcher(self) -> Searcher:
        """Return a searcher on the published generation, or on the last good one if that is damaged.

        A damaged generation is tried again once its files have changed.  While a generation is being opened, the one
        before it goes on answering.

        Raises `IndexMissing` or `StaleIndex` if no generation can answer, `StoreError` if the list of forgotten pages
        cannot be read.
        """
        return self._answering().searcher

    def open(self) -> tuple[Searcher, Names]:
        """Return such a searcher, and the names of volumes and values in its generation; raises as `searcher` does."""
        now = self.answering()
        return now.searcher, now.names

    def answering(self) -> Answering:
        """Return such a searcher with its names, and the version of all answers made of them; raises as `searcher` does.

        The version is another one exactly when such an answer may be.
        """
        shown, known = self._answering(), self.described()
        kept = self._named
        if kept is None or kept[0] is not shown or kept[1] is not known:
            names = Names(known, shown.searcher.volumes(), shown.searcher.persons)
            version = Version(shown.found, told_version(shown.found, known), self._since(shown))
            made_at = datetime.fromtimestamp(shown.opened.made_at, UTC)
            kept = self._named = shown, known, Answering(shown.searcher, names, version, made_at)
        return kept[2]

    def _since(self, shown: _Shown) -> int | None:
        if shown.opened.is_degraded:  # a damaged generation is refused, and intact again, without a file that says so
            return None
        data = DataFolder(self.data_dir)
        given = (self._given,) if isinstance(self._given, Path) else ()
        decided = data.root, data.index, data.forgotten, data.contributors, data.manifest
        return changed_at((*decided, *given, Path(__file__)))

    def once(self, make: Callable[[Searcher, Names], _Made], opened: tuple[Searcher, Names] | None = None) -> _Made:
        """Return what a function makes of what answers now; it is called once for a generation and its names.

        `opened` is what `open` returned, for an answer that is made of it, too.  Raises as `searcher` does.
        """
        searcher, names = opened or self.open()
        kept = self._made.get(make)
        if kept is None or kept[0] is not names:
            kept = self._made[make] = names, make(searcher, names)
        return cast(_Made, kept[1])

    def last_generation(self) -> str:
        """Return the generation that answered last, without looking whether it still does; empty if none did."""
        shown = self._shown
        return shown.searcher.generation if shown is not None else ""

    def is_degraded(self) -> bool:
        """Return whether an older generation than the published one answers; raises as `searcher` does."""
        return self._answering().opened.is_degraded

    def hides(self, entry_id: str) -> bool:
        """Return whether the generation has this entry but may not show it."""
        shown = self._answering()
        whole = shown.opened.whole
        return whole is not shown.searcher and whole.get(entry_id) is not None

    def is_forgotten(self, page: str) -> bool:
        """Return whether a page was taken out of the archive."""
        return page in hidden_pages(self.data_dir, self._answering().opened.made_at)

    def doubt(self) -> None:
        """Have the open generation checked against its digests before the next answer: its contents made no sense.

        This happens at most once in `_DOUBT_EVERY` seconds, since it takes as long as reading the whole index.
        """
        now = time.monotonic()
        if now - self._doubted_at >= _DOUBT_EVERY:
            self._doubted, self._doubted_at = self._opened, now

    def _answering(self) -> _Shown:
        opened, shown = self._opened, self._shown
        data = DataFolder(self.data_dir)
        decided = file_stamp(data.forgotten), file_stamp(data.contributors)
        is_due = self._is_due(opened)
        is_right = shown is not None and shown.opened is opened and shown.decided == decided
        if shown is not None and is_right and not is_due:
            return shown
        is_usable = is_right and opened is not self._doubted
        if not self._opening.acquire(blocking=not is_usable) and shown is not None:
            return shown
        try:
            if is_due and self._opened is opened:  # nobody else has done it
                self._reopen()
            if self._opened is None:
                raise self._failure.with_traceback(None)
            pages = hidden_pages(self.data_dir, self._opened.made_at)
            self._decide(self._opened, decided[1])
            searcher = self._opened.shown(pages, self._who.authority)
            found = found_version(searcher.generation, pages, self._who.authority)
            self._shown = _Shown(self._opened, searcher, decided, found)
            return self._shown
        finally:
            self._opening.release()

    def _decide(self, opened: Opened, stamp: object) -> None:
        """Read who is who if the file has changed, or other entries answer; what was good before stays if it is not."""
        if self._who_stamp == (stamp, opened.whole.generation):
            return
        before, self._who = self._who, read_authority(self.data_dir, opened.whole, self._good_authority)
        self._who_stamp = stamp, opened.whole.generation
        if self._who.error is None:
            self._good_authority = self._who.authority
        elif str(self._who.error) != str(before.error):
            _log.error("authors are named as decided before: %s", self._who.error)

    def follows_contributors(self) -> bool:
        """Return whether authors are named as `contributors.toml` says now; raises as `searcher` does."""
        self._answering()
        return self._who.error is None

    def _is_due(self, opened: Opened | None) -> bool:
        """Return whether another generation should be opened than the one that is open or was refused."""
        name = self._published()
        if opened is not None and (opened is self._doubted or not opened.refused):
            return opened is self._doubted or name != opened.whole.generation
        return self._refusal.is_over(name)

    def _published(self) -> str | None:
        """Return the name of the published generation, or None if it cannot be determined."""
        try:
            return published_generation(self.data_dir)
        except IndexFailure:
            return None

    def _reopen(self) -> None:
        """Open the published generation; keep the one that is open if neither it nor anything newer can be opened."""
        before = self._opened if self._opened is not self._doubted else None
        self._doubted = None
        self._refusal.begin(self._published())
        try:
            found = open_generation(self.data_dir)
        except IndexFailure as error:
            self._failure = error
            self._opened = before and replace(before, refused=(error,))
            if before is None:
                return
            found = replace(before, refused=(error,))
        if before is not None and found.refused and found.whole.generation <= before.whole.generation:
            self._opened = replace(before, refused=found.refused)
        else:
            self._opened = found
            _settle()
        for why in found.refused:
            _log.warning("answering from %s: %s", self._opened.whole.generation, why)


def remedy(error: YearbookError) -> str:
    """Return the command that repairs what is wrong; empty if only the log can say."""
    if isinstance(error, IndexMissing):
        return "nianjian build"
    return "nianjian index" if isinstance(error, IndexFailure) else ""


def _settle() -> None:
    """Exclude everything that exists now, and will live long, from garbage collection.

    Scanning it again with every full collection would keep readers waiting.  What a previous generation left is
    collected first.
    """
    gc.unfreeze()
    gc.collect()
    gc.freeze()
