"""Looks up strings in the exact index for one request: which entries have each, how often, and where."""

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from indexer.search.cache import CacheOf, MemoOf
from indexer.search.fields import ALL_TEXT, APART, TEXT_FIELDS
from indexer.search.query.plan import Leaf
from indexer.search.query.terms import Term
from indexer.search.sortedarrays import held, is_ascending, located, values_of
from indexer.search.whoosh.facets.columns import Mask
from indexer.search.whoosh.openindex import OpenIndex
from indexer.search.whoosh.strings.entries import Documents, StringEntries, standing
from indexer.search.whoosh.strings.fewtexts import MOST, FewTexts
from indexer.search.whoosh.strings.index import PAIR, Sought
from indexer.search.whoosh.strings.reading import Read
from indexer.search.whoosh.strings.together import Ranges, together
from indexer.search.whoosh.words.lexicon import Postings
from indexer.text.variants import Likeness

_TEXT = 100
"""How many occurrences of a character can be listed while one entry is read."""
_FEW_TEXTS = 2000
"""Documents whose texts are held once they are read; of more, those that lack one of a string's bigrams are left out
first."""


class Occurrences(Struct, frozen=True, gc=False):
    """Which entries contain something, and how often."""

    documents: NDArray[np.integer[Any]]
    """Document numbers, ascending."""
    counts: NDArray[np.integer[Any]]

    @property
    def size(self) -> int:
        """Bytes that the arrays take."""
        return self.documents.nbytes + self.counts.nbytes


OCCURRENCES = CacheOf[Occurrences](16 << 20)
"""Where strings occur that were read, or of which there are too many lists, by scope and term."""
SOUGHT = MemoOf[Sought](8192)
"""The forms that each term can have in this archive."""
_HELD = MemoOf[int](8192)
"""How many entries have a term."""
_RANGES = CacheOf[Ranges](16 << 20)
"""Where strings stand together, by leaf."""
_ONE_BY_ONE = 16
"""How many times more documents must have something than are asked for, so that looking each up is faster."""


class Lookup:
    """The look-ups of one request on one generation; each string is looked up once."""

    def __init__(self, index: OpenIndex) -> None:
        """Start with what earlier requests left in the generation's caches."""
        self.index = index
        self.entries = StringEntries(index.strings)
        caches = index.caches
        self._kept, self._kept_ranges = caches.of(OCCURRENCES), caches.of(_RANGES)
        self._kept_sought, self._kept_held = caches.memo(SOUGHT), caches.memo(_HELD)
        self._sought: dict[Term, Sought] = {}
        self._found: dict[tuple[str, Term], Occurrences] = {}
        self._candidates: dict[tuple[str, Term], Documents] = {}
        """All documents that may have a term of more than two characters."""
        self._counted: dict[tuple[str, Term], Occurrences] = {}
        """What was counted in some documents, zeros included."""
        self._words: dict[str, Postings] = {}
        self._ranges: dict[Leaf, Ranges] = {}
        self._few: FewTexts | None = None
        self._few_factors: list[list[float]] | None = None
        self._read: tuple[str, Documents, list[Read]] | None = None
        """What was read last: one string after the other is looked for in the same texts."""

    def sought(self, term: Term) -> Sought:
        """Return the forms that a term can have in this archive."""
        found = self._sought.get(term) or self._kept_sought.get(term)
        if found is None:
            found = self.index.strings.sought(term)
            self._kept_sought.put(term, found)
        self._sought[term] = found
        return found

    def most(self, term: Term) -> int:
        """Return an upper estimate of how many entries have a term in their text fields."""
        return self.sought(term).most

    def occurrences(self, scope: str, term: Term) -> Occurrences:
        """Return how often a term occurs in each entry's scope, counted left to right without overlaps."""
        key = scope, term
        found = self._found.get(key) or self._kept.get(key)
        if found is None:
            sought = self.sought(term)
            documents, counts = self.entries.counted(sought, scope)
            found = Occurrences(documents.astype(np.int32), counts.astype(np.uint32))
            if len(sought.numbers) != PAIR:  # these are listed as they are
                self._kept.put(key, found, found.size)
        self._found[key] = found
        return found

    def narrowed(self, scope: str, term: Term, among: Documents | None) -> Documents:
        """Return those of some documents, or of all, that may have a term; whether they do, `holding` says.

        It says so already where `is_read` is false.
        """
        known = self._found.get((scope, term))
        if known is not None:
            documents = known.documents.astype(np.int64)
            return documents if among is None else among[self._among(known, among) > 0]
        if among is not None and self.sought(term).is_listed and self.is_read(term, among):
            return among
        sought = self.sought(term)
        found = self.entries.candidates(sought, scope, among)
        if among is None and not sought.is_listed:
            self._candidates[scope, term] = found
        return found

    def is_read(self, term: Term, numbers: Documents) -> bool:
        """Return whether reading some documents is needed, or faster, to know which of them have a term."""
        sought = self.sought(term)
        if not sought.is_listed or (0 < len(numbers) <= MOST and sought.forms):
            return True
        if len(sought.numbers) == 1:
            return len(numbers) * _TEXT < sought.most
        return bool(sought.numbers) and self.entries.is_slower(sought.pairs[0], len(numbers))

    def holding(self, scope: str, term: Term, numbers: NDArray[np.int64]) -> Mask:
        """Return a flag for each of the documents `numbers`: whether it contains a term."""
        return self.counts(scope, term, numbers) > 0

    def counts(self, scope: str, term: Term, numbers: NDArray[np.int64]) -> NDArray[np.integer[Any]]:
        """Return how often a term occurs in each of the documents `numbers`, counted without overlaps."""
        key = scope, term
        known = self._known(key, numbers)
        if known is not None:
            return known
        if not is_ascending(numbers):
            order = numbers.argsort()
            mixed = np.empty(len(numbers), dtype=np.int64)
            mixed[order] = self.counts(scope, term, numbers[order])
            return mixed
        sought, found = self.sought(term), self._found.get(key)
        counts: NDArray[np.integer[Any]]
        if self.is_few(sought, scope, numbers):
            few, rows = self.few_with(numbers.tolist())
            counts = np.array([few.count(sought.forms, scope, row) for row in rows], dtype=np.int64)
        elif found is not None or (len(sought.numbers) == 1 and not self.is_read(term, numbers)):
            counts = self._among(found or self.occurrences(scope, term), numbers)
        elif len(sought.numbers) == PAIR and not sought.overlaps and not self.is_read(term, numbers):
            counts = self.entries.listed(sought, scope, numbers)
        else:
            counts = self._counts_by_reading(scope, term, numbers)
        self._counted[key] = Occurrences(numbers, counts)
        if self._candidates.get(key) is numbers:  # so these are all that have it
            has = counts.nonzero()[0]
            self._found[key] = Occurrences(numbers[has].astype(np.int32), counts[has].astype(np.uint32))
            self._kept.put(key, self._found[key], self._found[key].size)
        return counts

    def _known(self, key: tuple[str, Term], numbers: NDArray[np.int64]) -> NDArray[np.integer[Any]] | None:
        """Return what was counted before in some documents, or in these and others; None if it was not."""
        known = self._counted.get(key)
        if known is None or not len(known.documents) or not len(numbers):
            return None if known is None or len(numbers) else known.counts[:0]
        if known.documents is numbers:
            return known.counts
        at, fits = located(numbers, known.documents)
        return known.counts[at] if fits.all() else None

    def is_few(self, sought: Sought, scope: str, numbers: NDArray[np.int64]) -> bool:
        """Return whether so few documents are meant, and so few forms sought in them, that they are read as strings."""
        if not 0 < len(numbers) <= MOST or scope in APART or not sought.forms:
            return False
        return not (scope == ALL_TEXT and self.entries.is_unpacked(sought))

    def total(self, scope: str, term: Term, numbers: Documents) -> int:
        """Return how often a term occurs in the documents `numbers` together, counted without overlaps."""
        sought = self.sought(term)
        if len(sought.numbers) == PAIR and not sought.overlaps and not self.is_read(term, numbers):
            return self.entries.total(sought, scope, numbers)
        return int(self.counts(scope, term, numbers).sum())

    def held(self, term: Term) -> int:
        """Return how many entries have a term in their texts."""
        sought = self.sought(term)
        found = self._kept_held.get(term) if sought.held is None else sought.held
        if found is None:
            if sought.is_listed:
                found = len(self.entries.candidates(sought, ALL_TEXT))
            else:
                found = len(self.occurrences(ALL_TEXT, term).documents)
            self._kept_held.put(term, found)
        return found

    def word(self, word: str) -> Postings:
        """Return the documents that have a word as the segmenter cuts it, ascending, and its weight in each."""
        if word not in self._words:
            self._words[word] = self.index.postings(word)
        return self._words[word]

    def ranges(self, leaf: Leaf) -> Ranges:
        """Return the ranges where a leaf's terms stand together, in all entries."""
        found = self._ranges.get(leaf) or self._kept_ranges.get(leaf)
        if found is None:
            among: Documents | None = None
            for term in sorted(leaf.terms, key=self.most):
                among = self.narrowed(leaf.scope, term, among)
            assert among is not None
            found = together(self.index.strings, list(map(self.sought, leaf.terms)), leaf, among)
            self._kept_ranges.put(leaf, found, found.size)
        self._ranges[leaf] = found
        return found

    def read(self, scope: str, numbers: Documents) -> Iterable[Read]:
        """Read a scope of some documents; what was read last is held, if it is not much."""
        if len(numbers) > _FEW_TEXTS:
            return self.index.strings.read(numbers, scope)
        if self._read is None or self._read[0] != scope or not np.array_equal(self._read[1], numbers):
            parts = list(self.index.strings.read(numbers, scope))
            self._read = scope, numbers, parts
        return self._read[2]

    def few_with(self, numbers: Sequence[int]) -> tuple[FewTexts, list[int]]:
        """Return the texts of a few documents, with those of others among them, and the row of each."""
        rows = self._few.rows if self._few else {}
        if self._few is None or not rows.keys() >= set(numbers):
            self._few = FewTexts(self.index.strings, numbers)
            self._few_factors = None
            rows = self._few.rows
        return self._few, [rows[number] for number in numbers]

    def few_weighted(self, sought: Sought, numbers: NDArray[np.int64]) -> NDArray[np.float64]:
        """Return for each of a few documents the sum of the factors of the fields where a term stands."""
        few, rows = self.few_with(numbers.tolist())
        if self._few_factors is None:
            fields = np.array(few.numbers)[:, None] * len(TEXT_FIELDS) + np.arange(len(TEXT_FIELDS))
            self._few_factors = self.index.factors[fields].tolist()
        return np.array([few.weighted(sought.forms, row, self._few_factors[row]) for row in rows])

    def mask(self, numbers: NDArray[np.integer[Any]]) -> Mask:
        """Return a flag for each of all documents: whether it is among some."""
        mask = np.zeros(len(self.index), dtype=np.bool_)
        mask[numbers] = True
        return mask

    def _counts_by_reading(self, scope: str, term: Term, numbers: Documents) -> NDArray[np.integer[Any]]:
        sought = self.sought(term)
        counts = np.zeros(len(numbers), dtype=np.int64)
        if not sought.numbers or not len(numbers):
            return counts
        left = np.ones(len(numbers), dtype=np.bool_)
        if len(numbers) > _FEW_TEXTS and len(sought.numbers) > 1:
            left = held(numbers, self.entries.candidates(sought, scope, numbers))
        if (
            scope == ALL_TEXT
            and len(numbers) > MOST
            and len(sought.numbers) > PAIR
            and _is_told(term)
            and not sought.overlaps
        ):
            # What the segmenter cut as a word stands there; and once, if one of its bigrams does.
            once = held(numbers, self.word(term.text)[0]) & (self.entries.most(sought, scope, numbers) == 1)
            counts[once] = 1
            left &= ~once
        parts = [each.counts(standing(each, sought)) for each in self.read(scope, numbers[left])]
        counts[left] = np.concatenate([np.zeros(0, np.int64), *parts])
        return counts

    def _among(self, found: Occurrences, numbers: NDArray[np.int64]) -> NDArray[np.integer[Any]]:
        """Return the counts in `found` for the documents `numbers`, 0 for those it does not list."""
        documents = found.documents
        if not len(documents):
            return np.zeros(len(numbers), dtype=np.int64)
        if len(numbers) * _ONE_BY_ONE < len(documents):
            return values_of(numbers, documents, found.counts)
        whole = np.zeros(len(self.index), dtype=found.counts.dtype)
        whole[documents] = found.counts
        return whole[numbers]


def _is_told(term: Term) -> bool:
    """Return whether an entry that has a term as a word, as the segmenter cuts it, has it as a string, too.

    Words are cut from texts with simplified characters and Arabic digits: a variant of each character stands there.
    """
    return term.likeness >= Likeness.VARIANT and all("\u4e00" <= char <= "\u9fff" for char in term.text)
