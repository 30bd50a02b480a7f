"""Finds the compressed members of a web archive file, whatever damage lies between them.

Such a file is a row of gzip members or zstd frames, one per record as the standards ask.
"""

import re
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

import zstandard

from indexer.warc.codings import GZIP, ZSTD_SLICE
from indexer.warc.rawbytes import RawBytes

_SLICE = 1 << 14
"""Bytes of a gzip member unpacked at once: they yield at most 17 MB."""
_OPENING = 1 << 10
"""Bytes unpacked to see whether a record begins, since a magic number alone may occur by chance."""
_GZIP_OPENING = 1 << 12
"""Bytes of a gzip member within which its content begins; a chance match may have a header without end."""
_ZSTD_OPENING = 1 << 18
"""The same for zstd, whose blocks yield nothing before they are complete."""
_SKIPPABLE = re.compile(rb"[\x50-\x5f]\x2a\x4d\x18", re.DOTALL)
_DICTIONARY = b"\x5d\x2a\x4d\x18"
_MAX_DICTIONARY = 16 << 20
ZSTD = b"\x28\xb5\x2f\xfd"
"""The first bytes of a zstd frame."""
BREAKS_OFF = "it breaks off"


class BadMember(Exception):  # noqa: N818  (never leaves this package)
    """Raised if a member cannot be unpacked to its end; the message says why."""


class _Unpacker(Protocol):
    """What zlib's and zstandard's decompression objects have in common."""

    @property
    def unused_data(self) -> bytes:
        """Bytes passed in that lie after the member's end."""

    @property
    def eof(self) -> bool:
        """Whether the member's end was reached."""

    def decompress(self, data: bytes, /) -> bytes:
        """Unpack a piece."""


@dataclass(frozen=True, slots=True)
class Packing:
    """How the members of one file are compressed."""

    magic: bytes
    dictionary: bytes = b""
    """The zstd dictionary with which the file begins, if it does."""

    def unpacker(self) -> _Unpacker:
        """Return a new object that unpacks one member."""
        if self.magic == GZIP:
            return zlib.decompressobj(wbits=31)
        known = zstandard.ZstdCompressionDict(self.dictionary) if self.dictionary else None
        return zstandard.ZstdDecompressor(dict_data=known).decompressobj()

    @property
    def slice(self) -> int:
        """Bytes to unpack at once."""
        return _SLICE if self.magic == GZIP else ZSTD_SLICE

    @property
    def opening(self) -> int:
        """Bytes within which the content of a member begins."""
        return _GZIP_OPENING if self.magic == GZIP else _ZSTD_OPENING


class Member:
    """One member, whose content can be read once from the beginning."""

    def __init__(self, raw: RawBytes, packing: Packing, silent: int | None = None) -> None:
        """Start where `raw` is; if `silent` bytes yield nothing, this is not a member."""
        self.start = raw.at
        self._silent = silent
        self._raw = raw
        self._packing = packing
        self._unpacker = packing.unpacker()

    def read(self) -> bytes:
        """Return the next piece of the content, empty at its end; `raw` is then after the member.

        Raises `BadMember` if the member cannot be unpacked or breaks off.
        """
        while not self._unpacker.eof:
            piece = self._raw.take(min(self._packing.slice, self._silent or self._packing.slice))
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
            if self._silent is not None and self._raw.at - self.start > self._silent:
                raise BadMember("nothing comes of it")
        return b""


def packing_of(raw: RawBytes, name: str, opens: Callable[[bytes], bool]) -> Packing | None:
    """Return how a file is compressed; None if it is not.

    Its first bytes decide if a record begins in what they promise; otherwise the name does, since damage may look like
    anything.  A dictionary at the beginning of the file is read and skipped.
    """
    start, small = raw.at, name.lower()
    first = raw.peek(4)
    promised, here = _promised(raw, first), raw.at
    if promised and opens(opening_of(raw, promised)):
        raw.move(here)
        return promised
    raw.move(start)
    if opens(raw.peek(_OPENING)):
        return None
    if small.endswith(".gz") or first.startswith(GZIP):
        return Packing(GZIP)
    if promised:
        raw.move(here)
        return promised
    return Packing(ZSTD) if small.endswith(".zst") else None


def _promised(raw: RawBytes, first: bytes) -> Packing | None:
    """Return what a file's first bytes promise, and move to its first member."""
    if first.startswith(GZIP):
        return Packing(GZIP)
    if first != ZSTD and not (_SKIPPABLE.fullmatch(first) and raw.reaches(_behind_skippable(raw))):
        return None
    dictionary = _read_dictionary(raw) if first == _DICTIONARY else b""
    skip_padding(raw)
    return Packing(ZSTD, dictionary)


def _behind_skippable(raw: RawBytes) -> int:
    """Return the offset at which the skippable frame here ends."""
    return raw.at + 8 + int.from_bytes(raw.peek(8)[4:], "little")


def skip_padding(raw: RawBytes) -> None:
    """Skip zstd frames that are marked as skippable.

    One that is followed by neither a frame nor the end of the file has a damaged length, and is not skipped, since it
    would hide what follows.
    """
    while _SKIPPABLE.fullmatch(raw.peek(4)) and raw.reaches(behind := _behind_skippable(raw)):
        start = raw.at
        raw.move(behind)
        magic = raw.peek(4)
        if magic and magic != ZSTD and not _SKIPPABLE.fullmatch(magic):
            raw.move(start)
            return


def next_member(raw: RawBytes, packing: Packing, opens: Callable[[bytes], bool]) -> bool:
    """Move to the next member whose content `opens` accepts, or to the end.

    Returns whether everything passed over was zeros.
    """
    zeros = True
    while True:
        zeros = raw.pass_to(packing.magic) and zeros
        start = raw.at
        if not raw.peek(1):
            return zeros
        opening = opening_of(raw, packing)
        raw.move(start)
        if opens(opening):
            return zeros
        zeros = False
        raw.move(start + 1)


def opening_of(raw: RawBytes, packing: Packing) -> bytes:
    """Unpack the first bytes of the member here, as far as possible; `raw` stays where reading ended."""
    return _unpacked(Member(raw, packing, packing.opening), _OPENING)


def readable_of(raw: RawBytes, packing: Packing, size: int) -> bytes:
    """Unpack up to `size` bytes of the member here, as far as possible."""
    return _unpacked(Member(raw, packing), size)


def _unpacked(member: Member, size: int) -> bytes:
    content = bytearray()
    try:
        while len(content) < size and (more := member.read()):
            content += more
    except BadMember:
        pass
    return bytes(content[:size])


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
