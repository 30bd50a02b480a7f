"""Remembers when the cluster that holds the index did not answer.  It is safe to share between threads."""

import time
from collections.abc import Callable

from indexer.errors import IndexUnavailable

_TOO_MUCH = frozenset({"cluster-too-many-clauses", "cluster-too-many-near"})
"""Codes of what the cluster does not answer although nothing is amiss with it."""


class Absence:
    """When a cluster last did not answer, and why."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        """Remember nothing yet; `clock` returns the time in seconds."""
        self.clock = clock
        self._noted: tuple[float, IndexUnavailable] | None = None

    def note(self, error: IndexUnavailable) -> None:
        """Remember that it did not answer just now; a question that is too large for it says nothing of that."""
        if not asks_too_much(error):
            self._noted = self.clock(), error

    def end(self) -> None:
        """Forget it: it has answered."""
        self._noted = None

    def since(self, moment: float) -> IndexUnavailable | None:
        """Return why it did not answer if that was found out at that moment of the clock or later."""
        noted = self._noted
        return noted[1] if noted is not None and noted[0] >= moment else None

    def lately(self, seconds: float) -> IndexUnavailable | None:
        """Return why it did not answer if that was found out within so many seconds."""
        return self.since(self.clock() - seconds)


def asks_too_much(error: IndexUnavailable) -> bool:
    """Return whether it is the question that is too large, so that asking it again does not help."""
    return error.code in _TOO_MUCH
