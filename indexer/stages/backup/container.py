"""Writes members one behind the other into a tar stream, and reads them; it knows nothing of archives."""

import tarfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import BinaryIO

CHUNK = 1 << 20
"""Bytes that are held in memory at a time."""
_BLOCK = tarfile.BLOCKSIZE
_LONGEST_NAME = 4096
_END = bytes(2 * _BLOCK)


class Broken(Exception):  # noqa: N818  (translated by the callers)
    """Raised for a stream that is no tar stream, holds what is no plain file, or breaks off."""


@dataclass(frozen=True, slots=True)
class Member:
    """A plain file in a tar stream."""

    name: str
    size: int
    chunks: Iterator[bytes]
    """Its bytes; they must be read to the end before the next member is asked for."""


def write_member(write: Callable[[bytes], object], name: str, size: int, at: int, chunks: Iterator[bytes]) -> None:
    """Write a member of exactly `size` bytes, dated `at` (seconds since 1970).

    The format is GNU's, which has sizes above 8 GiB and names above 100 bytes, and which all tools read.
    """
    info = tarfile.TarInfo(name)
    info.size, info.mtime, info.mode = size, at, 0o644
    write(info.tobuf(tarfile.GNU_FORMAT, "utf-8", "surrogateescape"))
    for chunk in chunks:
        write(chunk)
    write(bytes(-size % _BLOCK))


def write_end(write: Callable[[bytes], object]) -> None:
    """Write what ends a tar stream."""
    write(_END)


def read_members(file: BinaryIO) -> Iterator[Member]:
    """Yield the members of a tar stream, which need not be seekable; raise `Broken`, `OSError`.

    Headers are read by the standard library one block at a time, so that no length which a header claims is ever
    taken into memory.
    """
    long_name = ""
    while True:
        block = _exactly(file, _BLOCK)
        if block == bytes(_BLOCK):
            if _exactly(file, _BLOCK) != block:
                raise Broken("end")
            return
        try:
            info = tarfile.TarInfo.frombuf(block, "utf-8", "surrogateescape")
        except (tarfile.TarError, ValueError, OverflowError) as error:
            raise Broken("header") from error
        if info.size < 0:
            raise Broken("header")
        if info.type == tarfile.GNUTYPE_LONGNAME and info.size <= _LONGEST_NAME:
            long_name = _exactly(file, info.size).rstrip(b"\0").decode("utf-8", "surrogateescape")
            _exactly(file, -info.size % _BLOCK)
            continue
        if info.type not in (tarfile.REGTYPE, tarfile.AREGTYPE):
            raise Broken(info.name[:80])
        yield Member(long_name or info.name, info.size, _chunks(file, info.size))
        long_name = ""
        _exactly(file, -info.size % _BLOCK)


def _chunks(file: BinaryIO, size: int) -> Iterator[bytes]:
    while size:
        chunk = _exactly(file, min(size, CHUNK))
        size -= len(chunk)
        yield chunk


def _exactly(file: BinaryIO, size: int) -> bytes:
    """Read so many bytes; raise `Broken` if there are fewer."""
    parts: list[bytes] = []
    while size:
        part = file.read(size)
        if not part:
            raise Broken("")
        parts.append(part)
        size -= len(part)
    return b"".join(parts)
