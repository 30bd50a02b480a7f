"""Opens zip files as they occur: with names in GBK, impossible dates and false sizes."""

import lzma
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

from indexer.errors import FetchError
from indexer.warc.codings import MAX_PAYLOAD

BROKEN = (
    zipfile.BadZipFile, OSError, RuntimeError, ValueError, EOFError, OverflowError, IndexError, KeyError,
    struct.error, zlib.error, lzma.LZMAError,
)  # fmt: skip
"""What Python's zip reader raises for damaged files, encrypted members and unknown methods."""
_UTF8 = 0x800
_PIECE = 1 << 16


@contextmanager
def opened(file: Path | IO[bytes], name: str) -> Iterator[zipfile.ZipFile]:
    """Open a zip file.

    Raises `FetchError` if it is not one, or if its list of members cannot be read.
    """
    try:
        archive = zipfile.ZipFile(file)
    except BROKEN as error:
        raise FetchError("zip-unreadable", path=name, reason=str(error)) from error
    with archive:
        yield archive


def named_members(archive: zipfile.ZipFile) -> list[tuple[str, zipfile.ZipInfo]]:
    """Return the members with their names, in order of name."""
    return sorted(((member_name(info), info) for info in archive.infolist()), key=lambda each: each[0])


def member_name(info: zipfile.ZipInfo) -> str:
    """Return a member's name with / between folders; names without the UTF-8 flag are read as UTF-8 or else GBK."""
    name = info.orig_filename if "\x00" not in info.orig_filename else info.filename
    if not info.flag_bits & _UTF8:
        raw = name.encode("cp437", "replace")
        try:
            name = raw.decode()
        except UnicodeDecodeError:
            # A GBK character may end in 5C, the backslash, so real backslashes are only known after decoding.
            name = raw.decode("gb18030", "replace")
    return name.replace("\\", "/")


def unpacked(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> bytes:
    """Return a member's bytes; the size limit applies to what is really unpacked, whatever its header says.

    Raises any of the errors in `BROKEN`.
    """
    parts: list[bytes] = []
    size = 0
    with archive.open(info) as member:
        while piece := member.read(_PIECE):
            parts.append(piece)
            size += len(piece)
            if size > MAX_PAYLOAD:
                raise ValueError(f"over {MAX_PAYLOAD:,} bytes")
    return b"".join(parts)


def member_date(info: zipfile.ZipInfo) -> datetime | None:
    """Return a member's time, taken as UTC; None for an impossible date such as month 0."""
    year, month, day, hour, minute, second = info.date_time
    try:
        return datetime(year, month, day, hour, minute, min(second, 59), tzinfo=UTC)
    except ValueError:
        return None
