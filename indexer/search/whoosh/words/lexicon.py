"""Reads the words of a generation: which entries have a word, and its weight in each; knows neither query nor Whoosh.

The files are Whoosh's ordered hash file, as `indexer.search.whoosh.words.hashfile` writes it, and two arrays.  Whoosh's own
reader of the former unpickles what stands at its end; this one needs none of that, so a file from elsewhere can be
wrong, but runs nothing.
"""

import struct
from pathlib import Path
from typing import Any, NamedTuple, Self
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from indexer.search.whoosh.files.mapping import map_file

CRC32 = 1
"""Whoosh's number for it; the default, MD5, takes ten times as long, here and in every look-up."""
TABLES = 256
"""Hash tables, by the lowest byte of a key's hash."""
_MAGIC = b"HSH3" + bytes([CRC32])
_LENGTHS = struct.Struct(">ii")
"""Before each key and value."""
_SLOT = struct.Struct(">Iq")
"""Hash, and where the key's lengths stand; 0 in a free one."""
_TABLE = struct.Struct(">qi")
"""Of the directory: where a hash table stands and how many slots it has."""
_TAIL = struct.Struct(">i")
"""The bytes between the directory and this number, the file's last: Whoosh's own notes, not read here."""
_FIELD = struct.pack(">H", 0)
"""Before each word: the number of its field, of which there is one."""
HEADER = struct.Struct("<QBxxxxxxx")
"""Of a posting file: rows, bytes of a document number.  All document numbers follow, then all weights."""


class Row(NamedTuple):
    """What the file of words has of a word."""

    start: int
    """The first of its postings."""
    documents: int
    """Their number."""
    weight: float
    """The sum of their weights, which only Whoosh asks for."""

    @classmethod
    def of(cls, row: bytes) -> Self:
        """Read one.  Raises `struct.error`."""
        return cls(*ROW.unpack(row))


ROW = struct.Struct("<QIf")
"""Of a `Row`."""
Postings = tuple[NDArray[np.unsignedinteger[Any]], NDArray[np.uint8]]
"""Documents, ascending, and a word's weight in each."""
NO_POSTINGS: Postings = np.zeros(0, dtype=np.uint16), np.zeros(0, dtype=np.uint8)


def shape() -> tuple[object, ...]:
    """Give what shapes the files of words."""
    layouts = (_LENGTHS, _SLOT, _TABLE, _TAIL, ROW, HEADER)
    return CRC32, TABLES, _MAGIC, _FIELD, *(layout.format for layout in layouts)


def key_of(word: bytes) -> bytes:
    """Give the key that a word has in the file of words."""
    return _FIELD + word


class PostingFile:
    """A posting file, mapped."""

    def __init__(self, buffer: Any) -> None:
        """Take the file's bytes.  Raises `ValueError` or `struct.error` where they are none."""
        rows, size = HEADER.unpack_from(buffer)
        if size not in (2, 4):
            raise ValueError(f"document numbers of {size} bytes")
        start = HEADER.size
        self._documents = np.frombuffer(buffer, dtype=f"<u{size}", count=rows, offset=start)
        self._weights = np.frombuffer(buffer, dtype=np.uint8, count=rows, offset=start + rows * size)

    def of(self, start: int, documents: int) -> Postings:
        """Give the postings of a word."""
        rows = slice(start, start + documents)
        return self._documents[rows], self._weights[rows]


class Lexicon:
    """Both files of a generation, mapped."""

    def __init__(self, words: Path, postings: Path) -> None:
        """Map them.  Raises `OSError`, `ValueError` or `struct.error` where they are none."""
        self._words = map_file(words)
        if self._words[: len(_MAGIC)] != _MAGIC:
            raise ValueError(f"{words.name} is no file of words")
        (notes,) = _TAIL.unpack_from(self._words, len(self._words) - _TAIL.size)
        start = len(self._words) - _TAIL.size - notes - TABLES * _TABLE.size
        if start < len(_MAGIC):
            raise ValueError(f"{words.name} has no directory")
        self._tables = [_TABLE.unpack_from(self._words, start + at * _TABLE.size) for at in range(TABLES)]
        if not all(0 <= place <= place + slots * _SLOT.size <= start for place, slots in self._tables):
            raise ValueError(f"{words.name} has a directory of other tables")
        self._postings = PostingFile(map_file(postings))

    def find(self, word: bytes) -> Row | None:
        """Give where a word's postings lie; None for a word that no entry has."""
        key = key_of(word)
        wanted = crc32(key)
        first, slots = self._tables[wanted % TABLES]
        for step in range(slots):
            slot = ((wanted >> 8) + step) % slots
            found, at = _SLOT.unpack_from(self._words, first + slot * _SLOT.size)
            if not at:
                return None
            if found == wanted:
                length, size = _LENGTHS.unpack_from(self._words, at)
                start = at + _LENGTHS.size
                if length == len(key) and self._words[start : start + length] == key:
                    return Row.of(self._words[start + length : start + length + size])
        return None

    def postings(self, word: bytes) -> Postings | None:
        """Give a word's postings; None for a word that no entry has."""
        row = self.find(word)
        return None if row is None else self._postings.of(row.start, row.documents)
