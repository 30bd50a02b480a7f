"""Buffers bytes that arrive piece by piece."""

from collections.abc import Callable

PIECE = 1 << 16
SPACE = b"\r\n"
_MAX_PADDING = 1 << 10
"""Zeros between two records that may be padding; more of them may have been a record."""


class Feed:
    """Bytes that arrive piece by piece, with the next ones held in a buffer."""

    def __init__(
        self,
        more: Callable[[], bytes],
        at: int = 0,
        held: bytearray | None = None,
        over: Callable[[], Callable[[], bytes] | None] = lambda: None,
    ) -> None:
        self._more = more
        self._over = over
        """Moves on to the next member, if the content continues there; returns a function that reads it, or None."""
        self.at = at
        """Offset of the first byte held."""
        self.held = bytearray() if held is None else held

    def fill(self, size: int, *, over: bool = False) -> bool:
        """Hold at least `size` bytes, from following members too with `over`; return False if there are fewer."""
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
        """Drop `size` bytes without holding them; return how many there were."""
        left = size
        while left and self.fill(1, over=True):
            step = min(left, len(self.held))
            self.drop(step)
            left -= step
        return size - left

    def skip_space(self) -> None:
        """Drop what may stand between records: line ends, and zeros used as padding."""
        while self.fill(1):
            self.fill(_MAX_PADDING)
            here = bytes(self.held[:_MAX_PADDING])  # the buffer may be large, so it is not copied for each record
            zeros = len(here) - len(here.lstrip(b"\x00"))
            step = zeros if zeros < _MAX_PADDING else 0
            step = step or len(here) - len(here.lstrip(SPACE))
            if not step:
                return
            self.drop(step)
