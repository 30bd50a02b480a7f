"""Reads a file's raw bytes through a movable position."""

from typing import BinaryIO

_CHUNK = 1 << 16


class RawBytes:
    """A file's bytes from one offset to another, with a current position."""

    def __init__(self, file: BinaryIO, at: int, end: int | None = None) -> None:
        """Start at offset `at`; the file is taken to end at `end`."""
        self._file = file
        self._end = end
        self.at = at
        self._held = b""
        self._from = at
        """Offset of the bytes held; the file's own position is after them."""
        file.seek(at)

    def move(self, at: int) -> None:
        """Move to another offset.

        Bytes already held are not read again, since nearby places are tried one after the other.
        """
        self.at = at
        if not self._from <= at <= self._from + len(self._held):
            self._held, self._from = b"", at
            self._file.seek(at)

    def take(self, size: int) -> bytes:
        """Return up to `size` bytes and move past them; empty at the end."""
        here = self.at - self._from
        if here == len(self._held):
            self._held, self._from, here = self._more(), self.at, 0
        piece = self._held[here : here + size]
        self.at += len(piece)
        return piece

    def give_back(self, piece: bytes) -> None:
        """Move back to before the bytes taken last."""
        self.at -= len(piece)

    def peek(self, size: int) -> bytes:
        """Return up to `size` bytes without moving."""
        while len(self._held) < self.at - self._from + size and self._hold_more():
            pass
        here = self.at - self._from
        return self._held[here : here + size]

    def resume(self) -> None:
        """Restore the file's position after somebody else has read the file."""
        self._file.seek(self._from + len(self._held))

    def reaches(self, place: int) -> bool:
        """Return whether the bytes reach at least to an offset in the file."""
        if self._end is None:
            self._end = self._file.seek(0, 2)
            self.resume()
        return place <= self._end

    def pass_to(self, wanted: bytes) -> bool:
        """Move to the next occurrence of some bytes, or to the end; return whether all bytes passed over were zeros."""
        zeros = True
        while True:
            here = self.at - self._from
            found = self._held.find(wanted, here)
            stop = found if found >= 0 else max(here, len(self._held) - len(wanted) + 1)
            zeros = zeros and not self._held[here:stop].strip(b"\x00")
            self.at = self._from + stop
            if found >= 0:
                return zeros
            if not self._hold_more():
                zeros = zeros and not self._held[self.at - self._from :].strip(b"\x00")
                self.at = self._from + len(self._held)
                return zeros

    def _hold_more(self) -> bool:
        """Read more bytes and let go of those before the position; return False at the end."""
        more = self._more()
        if more:
            self._held = self._held[self.at - self._from :] + more
            self._from = self.at
        return bool(more)

    def _more(self) -> bytes:
        there = self._from + len(self._held)
        return self._file.read(_CHUNK if self._end is None else max(0, min(_CHUNK, self._end - there)))
