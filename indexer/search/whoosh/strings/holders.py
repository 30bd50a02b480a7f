"""Counts for thousands of strings at once how many entries have each, in one pass over the archive's text.

A string may stand where its first two characters do, and where a hash of all of them says so; whether it does, the
characters themselves say.  Of strings of two characters and less the lists say all.
"""

from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Executor
from functools import partial

import numpy as np
from numpy.typing import NDArray

from indexer.search.fields import ALL_TEXT
from indexer.search.query.terms import Term
from indexer.search.sortedarrays import distinct
from indexer.search.whoosh.strings.alphabet import Codes16
from indexer.search.whoosh.strings.entries import StringEntries
from indexer.search.whoosh.strings.index import PAIR, StringIndex

_AT_ONCE = 1 << 20
"""Characters read at once."""
_FACTOR = np.uint32(0x9E3779B1)
"""Odd, and without a pattern in its bits: what a hash is multiplied with before the next character is added."""
_BITS = 16
"""Highest bits of a hash by which most places are passed over."""
_DOCUMENT = 32
"""Bits that hold a document's number beside a string's."""
_Hashes = NDArray[np.uint32]


def holders(strings: StringIndex, texts: Sequence[str], executor: Executor) -> list[int]:
    """Return how many entries have each of some folded strings, in any of their text fields."""
    counts = np.zeros(len(texts), dtype=np.int64)
    entries = StringEntries(strings)
    by_length: dict[int, list[int]] = {}
    for at, text in enumerate(texts):
        sought = strings.sought(Term(text))
        if sought.is_listed:
            counts[at] = len(entries.candidates(sought, ALL_TEXT))
        else:
            by_length.setdefault(len(text), []).append(at)
    wanted = [_Wanted(strings, texts, chosen) for _, chosen in sorted(by_length.items())]
    if wanted:
        begins = np.logical_or.reduce([each.begins for each in wanted])
        found = executor.map(partial(_found, strings, begins, wanted), strings.parts(_AT_ONCE))
        for pairs in _each_once(found):
            counts += np.bincount((pairs >> np.uint64(_DOCUMENT)).astype(np.int64), minlength=len(texts))
    return counts.tolist()


def _each_once(found: Iterable[NDArray[np.uint64]]) -> Iterator[NDArray[np.uint64]]:
    """Yield what was found in each part of the text, without what was found of the same document before.

    A document may reach from one part into the next ones; all that was found together would take memory without bound.
    """
    last = np.zeros(0, dtype=np.uint64)
    for pairs in found:
        if len(pairs):
            yield pairs[~np.isin(pairs, last)]
            documents = pairs.astype(np.uint32)
            latest = documents.max()
            before = last[last.astype(np.uint32) == latest]
            last = np.concatenate((before, pairs[documents == latest]))


class _Wanted:
    """The strings of one length, more than two characters."""

    def __init__(self, strings: StringIndex, texts: Sequence[str], chosen: Sequence[int]) -> None:
        """Hash those at the indexes `chosen`."""
        rows = np.array([strings.encoded(texts[at]) for at in chosen], dtype=np.uint16)
        hashes = np.zeros(len(rows), dtype=np.uint32)
        self.begins = np.zeros(1 << _BITS, dtype=np.bool_)
        for at, column in enumerate(rows.T, 1):
            hashes = hashes * _FACTOR + column
            if at == PAIR:
                self.begins[_highest(hashes)] = True
        order = hashes.argsort(kind="stable")
        self.length = rows.shape[1]
        self.rows, self.hashes = rows[order], hashes[order]
        self.numbers = np.array(chosen, dtype=np.uint64)[order]
        self.may = np.zeros(1 << _BITS, dtype=np.bool_)
        self.may[_highest(hashes)] = True


def _found(
    strings: StringIndex, begins: NDArray[np.bool_], wanted: Sequence[_Wanted], part: tuple[int, int]
) -> NDArray[np.uint64]:
    """Return which strings stand in a part of the text, each with its document, once."""
    found = [np.zeros(0, np.uint64)]
    for each, at, rows in _standing(strings.main_text, begins, wanted, *part):
        documents = strings.documents_at(at).astype(np.uint64)
        found.append(each.numbers[rows] << np.uint64(_DOCUMENT) | documents)
    return distinct(np.concatenate(found))


def _standing(
    text: Codes16, begins: NDArray[np.bool_], wanted: Sequence[_Wanted], first: int, last: int
) -> Iterator[tuple[_Wanted, NDArray[np.int64], NDArray[np.int64]]]:
    """Yield where strings of each length begin in a part of the text, and which of them each is."""
    part = text[first : min(last + 1, len(text))].astype(np.uint32)
    hashes: _Hashes = part[:-1] * _FACTOR + part[1:]
    at = begins[_highest(hashes)].nonzero()[0]
    hashes, length = hashes[at], PAIR
    at += first
    for each in wanted:
        while length < each.length:
            if len(at) and at[-1] + length >= len(text):
                inside = at + length < len(text)
                at, hashes = at[inside], hashes[inside]
            hashes = hashes * _FACTOR + text[at + length]
            length += 1
        some = each.may[_highest(hashes)].nonzero()[0]
        rows = each.hashes.searchsorted(hashes[some])
        rows[rows == len(each.hashes)] = 0
        # Several strings may have one hash: they stand side by side.
        while len(some):
            fits = each.hashes[rows] == hashes[some]
            some, rows = some[fits], rows[fits]
            same = (text[at[some][:, None] + np.arange(length)] == each.rows[rows]).all(axis=1)
            yield each, at[some[same]], rows[same]
            some, rows = some[~same], rows[~same] + 1
            some, rows = some[rows < len(each.hashes)], rows[rows < len(each.hashes)]


def _highest(hashes: _Hashes) -> NDArray[np.uint32]:
    return hashes >> np.uint32(32 - _BITS)
