"""Finds the entries that share rare words with one entry, from the postings that the order of results is made of."""

from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from indexer.model import Entry
from indexer.search.fields import value_of
from indexer.search.shown.results import Similar
from indexer.search.shown.similar import (
    ENOUGH,
    IN_BOTH,
    SHORT,
    WORDS,
    is_boilerplate,
    is_rare,
    likeness,
    telling_words,
    title_words,
    told,
    worth,
)
from indexer.search.sortedarrays import group_sizes, group_starts
from indexer.search.whoosh.openindex import OpenIndex
from indexer.search.whoosh.words.lexicon import NO_POSTINGS

_AT_ONCE = 32
"""Entries that are read before it is seen whether more are needed."""


def similar(index: OpenIndex, number: int, limit: int) -> tuple[Similar, ...]:
    """Return the entries that share rare words with the document `number`, best first, at most `limit`."""
    rare = _RareWords(index, number)
    found: dict[tuple[str, str], _Compared] = {}
    candidates = rare.candidates()
    listed: list[_Compared] = []
    while some := list(islice(candidates, _AT_ONCE)):
        # Candidates come by the most that their likeness can be: where that is too little, so is it for all others.
        if len(listed) == limit and (not limit or some[0].most < listed[-1].likeness):
            break
        for each in filter(_is_enough, map(rare.compared, some)):
            text = each.entry.title, each.entry.body
            found[text] = min(each, found.get(text, each), key=_rank)
        listed = sorted(found.values(), key=_rank)[:limit]
    return tuple(Similar(each.entry, told(each.shared)) for each in listed)


class _Candidate(NamedTuple):
    """A document that may be like enough."""

    document: int
    most: float
    """The most that its likeness can be."""
    length: int
    words: NDArray[np.int64]
    """The words that it shares, by their places among the rare ones, ascending."""


class _Compared(NamedTuple):
    """A document with its likeness."""

    document: int
    likeness: float
    entry: Entry
    shared: list[tuple[str, int]]
    """The words that it shares, with what each is worth."""


def _is_enough(each: _Compared) -> bool:
    return each.likeness >= ENOUGH


def _rank(each: _Compared) -> tuple[float, int]:
    return -each.likeness, each.document


class _RareWords:
    """The rare words of one document, and who shares them."""

    def __init__(self, index: OpenIndex, number: int) -> None:
        """Look up the document's words."""
        self._index = index
        self._number = number
        self._visible = index.visible
        self._entries = len(index) if self._visible is None else int(np.count_nonzero(self._visible))
        entry = index.shown(number)
        section = index.mask("section", (value_of(entry.section),))
        self._section = section if self._visible is None else section & self._visible
        found = list(islice(self._rare(telling_words(entry)), WORDS))
        self._words = [(word, points) for points, word, _ in found]
        self._holders = [holders for _, _, holders in found]

    def candidates(self) -> Iterator[_Candidate]:
        """Yield the documents that may be like enough, descending by the most that their likeness can be."""
        if not self._words:
            return
        documents = np.concatenate(self._holders)
        words = np.repeat(np.arange(len(self._words)), list(map(len, self._holders)))
        worths = np.array([points for _, points in self._words])
        points = np.bincount(documents, worths[words], minlength=len(self._index))
        points[self._number] = 0
        some = points.nonzero()[0]
        begins, ends = self._index.strings.bounds_of(some)
        lengths = ends.astype(np.int64) - begins
        most = points[some] * IN_BOTH / (SHORT + lengths)
        some, most, lengths = (each[most >= ENOUGH] for each in (some, most, lengths))
        wanted = np.zeros(len(self._index), dtype=np.bool_)
        wanted[some] = True
        inside = wanted[documents]
        documents, words = documents[inside], words[inside]
        order = documents.argsort(kind="stable")
        words = words[order]
        starts = group_starts(documents[order])
        sizes = group_sizes(starts, len(words))
        for at in (-most).argsort(kind="stable").tolist():
            first = int(starts[at])
            yield _Candidate(int(some[at]), float(most[at]), int(lengths[at]), words[first : first + int(sizes[at])])

    def compared(self, candidate: _Candidate) -> _Compared:
        """Return how like a candidate is, by reading its title."""
        entry = self._index.shown(candidate.document)
        shared = [self._words[at] for at in candidate.words.tolist()]
        twice = title_words(entry, (word for word, _ in shared))
        points = sum(worth * IN_BOTH if word in twice else worth for word, worth in shared)
        return _Compared(candidate.document, likeness(points, candidate.length), entry, shared)

    def _rare(self, words: Mapping[str, int]) -> Iterator[tuple[int, str, NDArray[np.integer[Any]]]]:
        """Yield the rare ones of some words that are not boilerplate, worth most first, with their holders."""
        section = int(np.count_nonzero(self._section))
        known = ((word, counts, self._held(word)) for word, counts in words.items())
        rare = [
            (-worth(counts, held, self._entries), word) for word, counts, held in known if is_rare(held, self._entries)
        ]
        for points, word in sorted(rare):
            holders = self._holders_of(word)
            if not is_boilerplate(int(np.count_nonzero(self._section[holders])), section):
                yield -points, word, holders

    def _held(self, word: str) -> int:
        """Return how many entries that may be shown have a word."""
        if self._visible is not None:
            return len(self._holders_of(word))
        row = self._index.words.find(_encoded(word))
        return row.documents if row else 0

    def _holders_of(self, word: str) -> NDArray[np.integer[Any]]:
        # Not by the cache of postings: the words of one page would drive out those that searches ask for.
        holders = (self._index.words.postings(_encoded(word)) or NO_POSTINGS)[0]
        return holders if self._visible is None else holders[self._visible[holders]]


def _encoded(word: str) -> bytes:
    return word.encode("utf-8", "surrogatepass")
