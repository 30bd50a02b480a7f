"""Decides when a generation that was refused is worth another try.  It is safe to share between threads."""

import threading
import time
from collections.abc import Callable

_EVERY = 1.0
"""Seconds between two checks of the files' sizes and times, which take half a millisecond: no reader notices."""


class Refusal:
    """Watches files that were found damaged, because rsync may still be writing them, or somebody may repair them.

    Comparing a generation with its digests takes as long as reading it.  So that is done again only after its files
    have changed and come to rest, that is, when two checks in a row find the same.
    """

    def __init__(self, stamp: Callable[[], object], clock: Callable[[], float] = time.monotonic) -> None:
        """Set the functions: `stamp` returns a value that changes when the files do, `clock` the time in seconds."""
        self._stamp = stamp
        self._clock = clock
        self._begun = False
        self._name: str | None = None
        self._refused: object = None
        self._seen: object = None
        self._looked_at = 0.0
        self._looking = threading.Lock()

    def begin(self, name: str | None) -> None:
        """Record the generation's name and the state of the files before they are opened."""
        with self._looking:
            self._begun, self._name = True, name
            self._refused = self._seen = self._stamp()
            self._looked_at = self._clock()

    def is_over(self, name: str | None) -> bool:
        """Return whether another generation is published, or the files have changed since and come to rest.

        The files are checked once in `_EVERY` seconds.
        """
        with self._looking:
            if not self._begun or name != self._name:
                return True
            now = self._clock()
            if now - self._looked_at < _EVERY:
                return False
            self._looked_at = now
            before, self._seen = self._seen, self._stamp()
            return self._seen == before and self._seen != self._refused
