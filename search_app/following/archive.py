"""Follows what is published and what people decide, for all that answers.  Knows neither Flask nor protocols."""

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar, cast

from indexer.authority import Authority
from indexer.config import DataFolder
from indexer.errors import IndexFailure, IndexMissing, IndexUnavailable, ManifestLost, YearbookError
from indexer.manifest import Manifest
from indexer.search.engine import Searcher
from indexer.search.factory import Decided, generations, hidden_pages, is_in_cluster, read_authority
from indexer.search.generations import Opened
from search_app.following.manifests import FollowedManifest
from search_app.following.published import Published
from search_app.following.records import Records, file_stamp
from search_app.following.versions import Version, changed_at, found_version, told_version
from search_app.shown.naming import Names

_log = logging.getLogger(__name__)
_Made = TypeVar("_Made")

_AWAY = 5.0
"""Seconds for which watchdogs are told that a cluster did not answer: somebody asks again meanwhile, or nobody cares."""


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
        self._manifest = FollowedManifest(data_dir, manifest)
        self._published = Published(data_dir)
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
        data = DataFolder(data_dir)
        self._decisions = data.forgotten, data.contributors
        self.records = Records(data)
        self._opening = threading.Lock()

    def check_engine(self) -> None:
        """Raise `ConfigError` if the engine cannot be used as the settings choose it; none is asked for anything."""
        generations(self.data_dir)

    @property
    def manifest(self) -> Manifest:
        """The archive's manifest, which is read again when its file has changed.

        Raises `ManifestLost`, which is logged once, or `ConfigError` if the file given is wrong.
        """
        return self._manifest.now()

    def described(self) -> Manifest | None:
        """Return the archive's manifest; none where it cannot be read now."""
        try:
            return self.manifest
        except ManifestLost:
            return None

    def searcher(self) -> Searcher:
        """Return a searcher on the published generation, or on the last good one if that is damaged.

        A damaged generation is tried again once its files have changed.  While a generation is being opened, the one
        before it goes on answering; so does the one that is open while a cluster does not say which is published.

        Raises `IndexMissing` or `StaleIndex` if no generation can answer, `StoreError` if the list of forgotten pages
        cannot be read, `IndexUnavailable` if a cluster does not answer and none is open.
        """
        return self._answering().searcher

    def reach(self) -> Searcher:
        """Return such a searcher when all of the index has answered just now, if a cluster holds it.

        Raises as `searcher` does, and as the cluster does: what is open says nothing of whether that answers, nor
        whether anything is published in it still.
        """
        came, searcher = self._published.absence.clock(), self.searcher()
        self._published.look(searcher, came)
        return searcher

    def missed(self, error: IndexUnavailable) -> None:
        """Note that the cluster did not answer a question."""
        self._published.absence.note(error)

    def is_away(self) -> bool:
        """Return whether a cluster did not answer lately, without asking it."""
        return self._published.absence.lately(_AWAY) is not None

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
        # A damaged generation is refused, and intact again, without a file that says so; of a cluster no file says when
        # another generation was published, which is later than the time at which its build began.
        if shown.opened.is_degraded or is_in_cluster():
            return None
        data = DataFolder(self.data_dir)
        given = (self._manifest.file,) if self._manifest.file else ()
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
        """Have what is open checked before the next answer: its contents made no sense."""
        self._published.doubt()

    def _answering(self) -> _Shown:
        published, shown = self._published, self._shown
        came, opened = published.absence.clock(), published.opened
        decided = tuple(map(file_stamp, self._decisions))
        is_due = published.is_due(opened)
        is_right = shown is not None and shown.opened is opened and shown.decided == decided
        if shown is not None and is_right and not is_due:
            return shown
        is_usable = is_right and not published.is_doubted(opened)
        if not self._opening.acquire(blocking=not is_usable) and shown is not None:
            return shown
        try:
            if is_due and published.opened is opened:  # nobody else has done it
                published.reopen(came)
            opened = published.opened
            if opened is None:
                why = published.failure or IndexMissing("index-not-opened", path=self.data_dir)
                raise why.with_traceback(None)
            pages = hidden_pages(self.data_dir, opened.made_at)
            self._decide(opened, decided[1])
            searcher = opened.shown(pages, self._who.authority)
            found = found_version(searcher.generation, pages, self._who.authority)
            self._shown = _Shown(opened, searcher, decided, found)
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


def remedy(error: YearbookError) -> str:
    """Return the command that repairs what is wrong; empty if only the log can say."""
    if isinstance(error, IndexMissing):
        return "nianjian build"
    if isinstance(error, IndexUnavailable):
        return ""
    return "nianjian index" if isinstance(error, IndexFailure) else ""
