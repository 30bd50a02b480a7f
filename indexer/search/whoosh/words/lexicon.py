"""Reads the words of a generation: which entries contain a word, and its weight in each.

The files are Whoosh's ordered hash file, as `indexer.search.whoosh.words.hashfile` writes it, and two arrays.  Whoosh's
own reader of the former unpickles what stands at its end; this one does not need that, so a file from elsewhere can be
wrong, but can run nothing.
"""

import struct
from pathlib import Path
from typing import Any, NamedTuple, Self, TypeVar
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from indexer.search.arrays.mapping import map_file
from indexer.search.arrays.npyfile import view
from indexer.search.whoosh.files.gaplists import unpacked

CRC32 = 1
"""Whoosh's number for this hash; its default, MD5, takes ten times as long, here and in every look-up."""
TABLES = 256
"""Number of hash tables; the lowest byte of a key's hash chooses one."""
_MAGIC = b"HSH3" + bytes([CRC32])
_LENGTHS = struct.Struct(">ii")
"""Lengths of a key and its value, stored before them."""
_SLOT = struct.Struct(">Iq")
"""A hash, and the place of the key's lengths; that place is 0 in a free slot."""
_TABLE = struct.Struct(">qi")
"""Entry of the directory: where a hash table begins and how many slots it has."""
_TAIL = struct.Struct(">i")
"""The file's last number: the bytes between the directory and it, which hold Whoosh's own notes, not read here."""
_FIELD = struct.pack(">H", 0)
"""Number of the one field, stored before each word."""
HEADER = struct.Struct("<Q")
"""Header of a posting file: how many words of 32 bits follow.  A term's postings are one word, which is twice the number
of words of its documents, plus 1 if their distances have 16 bits; these words (`gaplists`); and its weights, a byte each,
filled up to a whole word."""


class Row(NamedTuple):
    """What the file of words stores for a word."""

    start: int
    """The word of the posting file at which its postings begin."""
    documents: int
    """How many postings it has."""
    weight: float
    """Sum of their weights, which only Whoosh asks for."""

    @classmethod
    def of(cls, row: bytes) -> Self:
        """Read a row from bytes; raises `struct.error` if they are not one."""
        return cls(*ROW.unpack(row))


ROW = struct.Struct("<QIf")
"""Layout of a `Row`."""
Postings = tuple[NDArray[np.uint32], NDArray[np.uint8]]
"""Document numbers, ascending, and a word's weight in each, in steps of `bm25f.STEPS`."""
NO_POSTINGS: Postings = np.zeros(0, dtype=np.uint32), np.zeros(0, dtype=np.uint8)


_Count = TypeVar("_Count", int, NDArray[np.int64])


def shape() -> tuple[object, ...]:
    """Return the constants that determine the format of the files of words."""
    layouts = (_LENGTHS, _SLOT, _TABLE, _TAIL, ROW, HEADER)
    return CRC32, TABLES, _MAGIC, _FIELD, *(layout.format for layout in layouts)


def key_of(word: bytes) -> bytes:
    """Return the key under which a word is stored."""
    return _FIELD + word


class PostingFile:
    """A posting file, memory-mapped."""

    def __init__(self, buffer: Any) -> None:
        """Read the header of a posting file, given as its bytes.

        Raises `ValueError` or `struct.error` if it is not one.
        """
        (words,) = HEADER.unpack_from(buffer)
        self._words = np.frombuffer(buffer, dtype="<u4", count=words, offset=HEADER.size)
        self._word = view(self._words)

    def of(self, start: int, documents: int) -> Postings:
        """Return the postings of a term: `documents` of them, from the word `start` on."""
        head = self._word[start]
        first = start + 1 + (head >> 1)
        numbers = unpacked(self._words[start + 1 : first], is_wide=bool(head & 1))
        weights = self._words[first : first + words_of(documents)].view(np.uint8)[:documents]
        if not len(numbers) == len(weights) == documents:
            raise ValueError(f"{len(numbers)} documents and {len(weights)} weights for {documents} postings")
        return numbers, weights


def words_of(weights: _Count) -> _Count:
    """Return how many words so many weights take."""
    return -(-weights // 4)


class Lexicon:
    """The file of words and the posting file of a generation, memory-mapped."""

    def __init__(self, words: Path, postings: Path) -> None:
        """Map both files.

        Raises `OSError` if they cannot be opened, `ValueError` or `struct.error` if they are not such files.
        """
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
        """Return where a word's postings lie, or None if no entry contains the word."""
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

    def of(self, row: Row) -> Postings:
        """Return a word's postings, given where they lie."""
        return self._postings.of(row.start, row.documents)

    def postings(self, word: bytes) -> Postings | None:
        """Return a word's postings, or None if no entry contains the word."""
        row = self.find(word)
        return None if row is None else self.of(row)
