"""Says when a generation that was refused is worth another look; opens none, and threads may share it."""

import threading
import time
from collections.abc import Callable

_EVERY = 1.0
"""Seconds between two looks at the files' sizes and times, which take half a millisecond: no reader notices."""


class Refusal:
    """Watches files that were found damaged: rsync may still be writing them, or somebody mends them.

    To compare a generation with its digests takes as long as reading it.  So that is done again only when its files
    have changed since, and have come to rest: two looks give the same.
    """

    def __init__(self, stamp: Callable[[], object], clock: Callable[[], float] = time.monotonic) -> None:
        """Take what gives something else when the files are other ones, and what gives the time in seconds."""
        self._stamp = stamp
        self._clock = clock
        self._begun = False
        self._name: str | None = None
        self._refused: object = None
        self._seen: object = None
        self._looked_at = 0.0
        self._looking = threading.Lock()

    def begin(self, name: str | None) -> None:
        """Note the generation's name and the files as they are, before they are opened."""
        with self._looking:
            self._begun, self._name = True, name
            self._refused = self._seen = self._stamp()
            self._looked_at = self._clock()

    def is_over(self, name: str | None) -> bool:
        """Say whether the name is another one, or the files have changed since and come to rest.

        They are looked at once in `_EVERY` seconds.
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
