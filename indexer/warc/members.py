"""Finds the compressed members of a web archive file, whatever damage lies between them; knows no record.

A file of web archive records is a row of gzip members or of zstd frames, one a record as the standards ask.
"""

import re
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import BinaryIO, Protocol

import zstandard

_SLICE = 1 << 14
"""Bytes of a gzip member unpacked at once: they give at most 17 MB."""
_ZSTD_SLICE = 512
"""The same for zstd, whose pieces give more: at most 17 MB."""
_CHUNK = 1 << 16
_OPENING = 1 << 10
"""Bytes unpacked to see whether a record begins: a magic number alone comes by chance."""
_SKIPPABLE = re.compile(rb"[\x50-\x5f]\x2a\x4d\x18", re.DOTALL)
_DICTIONARY = b"\x5d\x2a\x4d\x18"
_MAX_DICTIONARY = 16 << 20
GZIP, ZSTD = b"\x1f\x8b\x08", b"\x28\xb5\x2f\xfd"
"""How a member begins."""


BREAKS_OFF = "it breaks off"


class BadMember(Exception):  # noqa: N818  (never leaves this package)
    """A member cannot be unpacked to its end; the message says why."""


class _Unpacker(Protocol):
    """What zlib's and zstandard's objects have in common."""

    @property
    def unused_data(self) -> bytes:
        """What was given and lies behind the member's end."""

    @property
    def eof(self) -> bool:
        """Whether the member's end was reached."""

    def decompress(self, data: bytes, /) -> bytes:
        """Unpack a piece."""


@dataclass(frozen=True, slots=True)
class Packing:
    """How the members of one file are packed."""

    magic: bytes
    dictionary: bytes = b""
    """zstd's, which the file opens with, if it does."""

    def unpacker(self) -> _Unpacker:
        """Make what unpacks one member."""
        if self.magic == GZIP:
            return zlib.decompressobj(wbits=31)
        known = zstandard.ZstdCompressionDict(self.dictionary) if self.dictionary else None
        return zstandard.ZstdDecompressor(dict_data=known).decompressobj()

    @property
    def slice(self) -> int:
        """Bytes to unpack at once."""
        return _SLICE if self.magic == GZIP else _ZSTD_SLICE


class Member:
    """One member, whose content is read once, from its beginning on."""

    def __init__(self, raw: "RawBytes", packing: Packing) -> None:
        """Begin where `raw` stands."""
        self.start = raw.at
        self._raw = raw
        self._packing = packing
        self._unpacker = packing.unpacker()

    def read(self) -> bytes:
        """Give the next piece of the content, nothing at its end; the raw bytes then stand behind the member.

        Raises `BadMember` where it cannot be unpacked or breaks off.
        """
        while not self._unpacker.eof:
            piece = self._raw.take(self._packing.slice)
            if not piece:
                raise BadMember(BREAKS_OFF)
            try:
                given = self._unpacker.decompress(piece)
            except (zlib.error, zstandard.ZstdError) as error:
                raise BadMember(str(error).partition(": ")[2] or str(error)) from error
            if self._unpacker.eof:
                self._raw.give_back(self._unpacker.unused_data)
            if given:
                return given
        return b""


class RawBytes:
    """A file's bytes from one offset to another, with a place where it stands."""

    def __init__(self, file: BinaryIO, at: int, end: int | None = None) -> None:
        """Stand at `at`; the file is taken to end at `end`."""
        self._file = file
        self._end = end
        self._ahead = b""
        self.move(at)

    def move(self, at: int) -> None:
        """Stand elsewhere."""
        self.at = at
        self._ahead = b""
        self._file.seek(at)

    def take(self, size: int) -> bytes:
        """Give up to so many bytes, and stand behind them; none at the end."""
        if not self._ahead:
            self._ahead = self._more()
        piece, self._ahead = self._ahead[:size], self._ahead[size:]
        self.at += len(piece)
        return piece

    def give_back(self, piece: bytes) -> None:
        """Stand before the bytes taken last."""
        self._ahead = piece + self._ahead
        self.at -= len(piece)

    def peek(self, size: int) -> bytes:
        """Give up to so many bytes without leaving the place."""
        while len(self._ahead) < size and (more := self._more()):
            self._ahead += more
        return self._ahead[:size]

    def fits_frame(self) -> bool:
        """Say whether the skippable frame that stands here ends within the file."""
        size = int.from_bytes(self.peek(8)[4:], "little")
        if self._end is None:
            self._end = self._file.seek(0, 2)
            self._file.seek(self.at + len(self._ahead))
        return self.at + 8 + size <= self._end

    def _more(self) -> bytes:
        there = self.at + len(self._ahead)
        return self._file.read(_CHUNK if self._end is None else max(0, min(_CHUNK, self._end - there)))


def packing_of(raw: RawBytes, name: str, opens: Callable[[bytes], bool]) -> Packing | None:
    """Tell how a file is packed; None when it is not.

    By its first bytes, if a record begins in what they promise; else by its name: damage may look like anything.
    A dictionary that the file opens with is read over.
    """
    start, small = raw.at, name.lower()
    first = raw.peek(4)
    for packing in _promised(raw, first):
        here = raw.at
        if opens(opening_of(raw, packing)):
            raw.move(here)
            return packing
        raw.move(start)
    if opens(raw.peek(_OPENING)):
        return None
    if small.endswith(".gz") or first.startswith(GZIP):
        return Packing(GZIP)
    return Packing(ZSTD) if small.endswith(".zst") or first == ZSTD else None


def _promised(raw: RawBytes, first: bytes) -> Iterator[Packing]:
    if first.startswith(GZIP):
        yield Packing(GZIP)
    elif first == _DICTIONARY and raw.fits_frame():
        dictionary = _read_dictionary(raw)
        skip_padding(raw)
        yield Packing(ZSTD, dictionary)
    elif first == ZSTD or (_SKIPPABLE.fullmatch(first) and raw.fits_frame()):
        skip_padding(raw)
        yield Packing(ZSTD)


def skip_padding(raw: RawBytes) -> None:
    """Stand behind zstd frames that say of themselves that they are to be skipped."""
    while _SKIPPABLE.fullmatch(raw.peek(4)) and raw.fits_frame():
        raw.move(raw.at + 8 + int.from_bytes(raw.peek(8)[4:], "little"))


def next_member(raw: RawBytes, packing: Packing, opens: Callable[[bytes], bool]) -> bool:
    """Stand at the next member from here on whose content `opens` a record, or at the end.

    Say whether all that was passed over were zeros.
    """
    zeros = True
    while True:
        here = raw.peek(_CHUNK)
        if len(here) < len(packing.magic):
            raw.move(raw.at + len(here))
            return zeros and not here.strip(b"\x00")
        found = here.find(packing.magic)
        zeros = zeros and not here[: found if found >= 0 else -len(packing.magic) + 1].strip(b"\x00")
        if found < 0:
            raw.move(raw.at + len(here) - len(packing.magic) + 1)
            continue
        raw.move(raw.at + found)
        start = raw.at
        if opens(opening_of(raw, packing)):
            raw.move(start)
            return zeros
        zeros = False
        raw.move(start + 1)


def opening_of(raw: RawBytes, packing: Packing, size: int = _OPENING) -> bytes:
    """Unpack the first bytes of what stands here, as far as that goes; the place is left where reading ended."""
    member = Member(raw, packing)
    content = b""
    try:
        while len(content) < size and (more := member.read()):
            content += more
    except BadMember:
        pass
    return content[:size]


def _read_dictionary(raw: RawBytes) -> bytes:
    size = int.from_bytes(raw.peek(8)[4:], "little")
    start = raw.at + 8
    dictionary = raw.peek(8 + min(size, _MAX_DICTIONARY))[8:]
    raw.move(start + size)
    if dictionary.startswith(ZSTD):
        try:
            return zstandard.ZstdDecompressor().decompress(dictionary, max_output_size=_MAX_DICTIONARY)
        except zstandard.ZstdError:
            return b""
    return dictionary
