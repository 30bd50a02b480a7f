"""Counts what may go on at the same time."""

from threading import BoundedSemaphore


class Slots:
    """A few places, each taken and given back; safe to share between threads."""

    def __init__(self, number: int) -> None:
        """Start with all of them free."""
        self._free = BoundedSemaphore(number)

    def take(self) -> bool:
        """Take a place, if one is free; return whether one was."""
        return self._free.acquire(blocking=False)

    def give_back(self) -> None:
        """Give a place back."""
        self._free.release()
