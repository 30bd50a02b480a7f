"""Keeps the published generation open, and opens a new one when it appears.  Knows nothing of what people decide."""

import gc
import logging
import threading
import time
from contextlib import suppress
from dataclasses import replace
from functools import partial
from pathlib import Path

from indexer.config import DataFolder
from indexer.errors import IndexFailure, IndexUnavailable, StaleIndex
from indexer.search.engine import Searcher
from indexer.search.factory import generation_time, index_stamp, is_in_cluster, open_generation, published_generation
from indexer.search.generations import Opened
from indexer.search.query.tree import SearchRequest
from search_app.following.absence import Absence
from search_app.following.records import file_stamp
from search_app.following.refusal import Refusal

_log = logging.getLogger(__name__)

_POINTER = "CURRENT"
"""File beside the generations that names the published one, and is replaced when another is."""
_DOUBT_EVERY = 10.0
"""Least seconds between two checks of an open generation's digests; for 200,000 entries a check takes a second."""
_AGAIN = 1.0
"""Least seconds before a cluster that did not answer is asked for a new generation, while one is open."""


class Published:
    """The generation of a data folder that answers.

    Whoever calls `reopen` keeps others from doing so meanwhile; all else is safe to share between threads.
    """

    def __init__(self, data_dir: Path) -> None:
        """Set the folder; nothing is opened yet."""
        self._data_dir = data_dir
        self._pointer = DataFolder(data_dir).index / _POINTER
        self._named: tuple[object, str | None] | None = None
        """What the pointer looked like, and which generation it named."""
        self.opened: Opened | None = None
        self.failure: IndexFailure | None = None
        """Why nothing could be opened at the last attempt; None before the first."""
        self.absence = Absence()
        self._refusal = Refusal(partial(_stamp, data_dir))
        self._looking = threading.Lock()
        self._doubted: Opened | None = None
        """The generation whose contents made no sense, which must be checked against its digests before it answers
        again."""
        self._doubted_at = -_DOUBT_EVERY

    def doubt(self) -> None:
        """Have the open generation checked against its digests before the next answer: its contents made no sense.

        This happens at most once in `_DOUBT_EVERY` seconds, since it takes as long as reading the whole index.
        """
        now = time.monotonic()
        if now - self._doubted_at >= _DOUBT_EVERY:
            self._doubted, self._doubted_at = self.opened, now

    def is_doubted(self, opened: Opened | None) -> bool:
        """Return whether a generation may not answer before it has been checked."""
        return opened is self._doubted

    def look(self, searcher: Searcher, came: float) -> None:
        """Ask the cluster, if one holds the index, whether all that a generation needs answers, and one is published.

        Raises `IndexUnavailable` if not; `IndexMissing` if nothing is published any more.  `came` is as in `reopen`.
        """
        if not is_in_cluster():
            return
        with self._looking:
            if why := self.absence.since(came):  # somebody has looked meanwhile
                raise why.with_traceback(None)
            try:
                with suppress(StaleIndex):  # the one before answers
                    generation_time(self._data_dir)
                searcher.count(SearchRequest())
            except IndexUnavailable as error:
                self.absence.note(error)
                raise
            self.absence.end()

    def is_due(self, opened: Opened | None) -> bool:
        """Return whether another generation should be opened than the one that is open or was refused."""
        if opened is None and (self.failure is None or isinstance(self.failure, IndexUnavailable)):
            return True  # what is published is looked for once, by whoever opens it, and not by all who wait
        try:
            name = self._published()
        except IndexUnavailable as error:
            self.absence.note(error)
            return opened is self._doubted
        if opened is not None and (opened is self._doubted or not opened.refused):
            if opened is self._doubted:
                return True
            return name != opened.whole.generation and not self.absence.lately(_AGAIN)
        return self._refusal.is_over(name)

    def _published(self) -> str | None:
        """Return the name of the published generation, or None if it cannot be determined.

        It is read again when its file is another one: every answer asks, and looking takes a tenth of reading.

        Raises `IndexUnavailable` if a cluster does not say.
        """
        stamp, named = file_stamp(self._pointer), self._named
        if stamp is not None and named is not None and named[0] == stamp and named[1] is not None:
            return named[1]
        try:
            name: str | None = published_generation(self._data_dir)
        except IndexUnavailable:
            raise
        except IndexFailure:
            name = None
        self._named = stamp, name
        return name

    def reopen(self, came: float) -> None:
        """Open the published generation; keep the one that is open if neither it nor anything newer can be opened.

        Where a cluster does not answer, all stays as it is: what is open is neither older than what is published nor
        damaged, as far as anybody knows.  `came` is when the request came; all that wait are told what one was told.

        Raises `IndexUnavailable` if nothing is open then.
        """
        doubted = self._doubted
        before = self.opened if self.opened is not doubted else None
        why = self.absence.since(came) if before is None else None
        if why is not None:
            raise why.with_traceback(None)
        try:
            self._doubted = None
            self._refusal.begin(self._published())
            found = open_generation(self._data_dir)
            _warm(found.whole)
        except IndexUnavailable as error:
            self.absence.note(error)
            self._doubted, self.failure = doubted, error
            if before is None:
                raise
            return
        except IndexFailure as error:
            self.failure = error
            self.opened = before and replace(before, refused=(error,))
            if before is None:
                return
            found = replace(before, refused=(error,))
        self._take(found, before)

    def _take(self, found: Opened, before: Opened | None) -> None:
        """Answer from what was found, unless that is no newer than what was open."""
        if before is not None and found.refused and found.whole.generation <= before.whole.generation:
            self.opened = replace(before, refused=found.refused)
        else:
            self.opened = found
            _settle()
        for why in found.refused:
            _log.warning("answering from %s: %s", self.opened.whole.generation, why)


def _stamp(data_dir: Path) -> object:
    """Return a value that changes when what is published, or is kept beside it, does."""
    try:
        return index_stamp(data_dir)
    except IndexFailure as error:
        return error.code


def _warm(searcher: Searcher) -> None:
    """Have a generation bring here what it has not brought yet, so that the first reader who types need not wait."""
    with suppress(StaleIndex):  # whoever asks for it is told
        searcher.readings("a")


def _settle() -> None:
    """Exclude everything that exists now, and will live long, from garbage collection.

    Scanning it again with every full collection would keep readers waiting.  What a previous generation left is
    collected first.
    """
    gc.unfreeze()
    gc.collect()
    gc.freeze()
