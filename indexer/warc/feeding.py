"""Bytes that come piece by piece, with a window of them held; knows no record."""

from collections.abc import Callable

PIECE = 1 << 16
SPACE = b"\r\n"
_MAX_PADDING = 1 << 10
"""Zeros between two records that fill up a block; so many of them may have been a record."""


class Feed:
    """Bytes that come piece by piece, of which a window is held."""

    def __init__(
        self,
        more: Callable[[], bytes],
        at: int = 0,
        held: bytearray | None = None,
        over: Callable[[], Callable[[], bytes] | None] = lambda: None,
    ) -> None:
        self._more = more
        self._over = over
        """Goes over to the next member, where the content goes on in it: gives what reads that."""
        self.at = at
        """Where the first byte held lies."""
        self.held = bytearray() if held is None else held

    def fill(self, size: int, *, over: bool = False) -> bool:
        """Hold so many bytes, if there are: in this member, or `over` its end."""
        while len(self.held) < size:
            if piece := self._more():
                self.held += piece
            elif not over or (following := self._over()) is None:
                return False
            else:
                self._more = following
        return True

    def drop(self, size: int) -> None:
        del self.held[:size]
        self.at += size

    def skip(self, size: int) -> int:
        """Drop so many bytes without holding them; give how many there were."""
        left = size
        while left and self.fill(1, over=True):
            step = min(left, len(self.held))
            self.drop(step)
            left -= step
        return size - left

    def skip_space(self) -> None:
        """Drop what may stand between records: line ends, and zeros that fill a block."""
        while self.fill(1):
            self.fill(_MAX_PADDING)
            here = bytes(self.held[:_MAX_PADDING])  # what is held may be large: none of it is copied for each record
            zeros = len(here) - len(here.lstrip(b"\x00"))
            step = zeros if zeros < _MAX_PADDING else 0
            step = step or len(here) - len(here.lstrip(SPACE))
            if not step:
                return
            self.drop(step)
