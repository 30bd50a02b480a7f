"""Says which entries have a string, and how often, for one request: each list is unpacked once."""

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from indexer.search.fields import ALL_TEXT, APART
from indexer.search.sortedarrays import distinct_of, group_sizes, group_starts, held, located
from indexer.search.whoosh.files.gaplists import NOTHING, Numbers
from indexer.search.whoosh.strings.gramlists import BODY, OUTSIDE, outside_numbers
from indexer.search.whoosh.strings.index import PAIR, Sought, StringIndex
from indexer.search.whoosh.strings.reading import Read, apart

Documents = NDArray[np.int64]
"""Document numbers, ascending, each once."""
Counted = tuple[Documents, NDArray[np.int64]]
"""Documents, and how often each has something."""
_ONE_BY_ONE = 16
"""How many times more occurrences than documents there must be, so that looking each document up is faster."""
_ENTRY, _LIST, _POSTING = 700, 8000, 2
"""What it takes to read an entry, to unpack a list, and for each document in it, in nanoseconds."""
_NONE = np.zeros(0, dtype=np.int64)


class StringEntries:
    """The entries of strings, for one request."""

    def __init__(self, strings: StringIndex) -> None:
        """Start with nothing unpacked."""
        self._strings = strings
        self._bodies: dict[int, Numbers] = {}
        self._outside: dict[int, Numbers] = {}

    def candidates(self, sought: Sought, scope: str, among: Documents | None = None) -> Documents:
        """Return the documents whose scope has all bigrams of a term, ascending; only those of `among` if it is given.

        If the lists say all of the term (`Sought.is_listed`), they are those that have it; else some may lack even some
        of its bigrams, if they are few.
        """
        if not sought.numbers:
            return _NONE
        if len(sought.numbers) == 1:
            counts = self._counts_of_character(sought, scope)
            return counts.nonzero()[0] if among is None else among[counts[among] > 0]
        for pair in sought.pairs:
            if among is None:
                among = self._documents(pair, scope)
            elif not sought.is_listed and self.is_slower(pair, len(among)):
                break  # reading the few that are left says more
            elif len(among):
                among = among[self._has(among, pair, scope)]
        return _NONE if among is None else among

    def is_unpacked(self, sought: Sought) -> bool:
        """Return whether the lists of a term of two characters are unpacked, so that asking them takes no time."""
        return len(sought.numbers) == PAIR and all(at in self._bodies for at in sought.pairs[0])

    def is_slower(self, pair: Sequence[int], entries: int) -> bool:
        """Return whether unpacking the lists of some bigrams takes longer than reading so many entries."""
        lists = [at for at in pair if at not in self._bodies]
        cost = _LIST * len(lists) + _POSTING * sum(map(self._strings.lists.holders, lists))
        return entries * _ENTRY < cost

    def counted(self, sought: Sought, scope: str) -> Counted:
        """Return the documents whose scope has a term, and how often, counted from the left without overlaps."""
        if sought.is_listed and not sought.overlaps and sought.numbers:
            if len(sought.numbers) == 1:
                counts = self._counts_of_character(sought, scope)
                documents = counts.nonzero()[0]
                return documents, counts[documents]
            owners = self._merged(list(self._owners(sought.pairs[0], scope)))
            starts = group_starts(owners)
            return owners[starts].astype(np.int64), group_sizes(starts, len(owners))
        documents = self.candidates(sought, scope)
        counts = self.read(sought, scope, documents)
        has = counts.nonzero()[0]
        return documents[has], counts[has]

    def listed(self, sought: Sought, scope: str, numbers: Documents) -> NDArray[np.int64]:
        """Return how often a term of one or two characters stands in a scope of each of some documents, overlaps
        included.
        """
        if len(sought.numbers) == 1:
            return self._counts_of_character(sought, scope)[numbers]
        return self.most(sought, scope, numbers)

    def most(self, sought: Sought, scope: str, numbers: Documents) -> NDArray[np.int64]:
        """Return how often a term of two and more characters may at most stand in each of some documents: as often as its
        rarest bigram.
        """
        counts = np.zeros(len(numbers), dtype=np.int64)
        for owners in self._owners(sought.pairs[0], scope) if sought.numbers else ():
            if len(numbers) * _ONE_BY_ONE < len(owners):
                wanted = numbers.astype(np.uint32)
                counts += owners.searchsorted(wanted, side="right") - owners.searchsorted(wanted)
                continue
            starts = group_starts(owners)
            at, fits = located(owners[starts], numbers)
            counts[at[fits]] += group_sizes(starts, len(owners))[fits]
        return counts

    def total(self, sought: Sought, scope: str, numbers: Documents) -> int:
        """Return how often a term of two characters stands in a scope of some documents together, overlaps included."""
        owners = list(self._owners(sought.pairs[0], scope)) if sought.numbers else []
        if len(numbers) * _ONE_BY_ONE < sum(map(len, owners)):
            return int(self.listed(sought, scope, numbers).sum())
        mask = np.zeros(self._strings.documents, dtype=np.bool_)
        mask[numbers] = True
        return sum([int(np.count_nonzero(mask[each.astype(np.intp)])) for each in owners])

    def read(self, sought: Sought, scope: str, numbers: Documents) -> NDArray[np.int64]:
        """Return how often a term stands in a scope of each of some documents, without overlaps, by reading these."""
        parts = self._strings.read(numbers, scope)
        return np.concatenate([_NONE, *(each.counts(standing(each, sought)) for each in parts)])

    def outside(self, sought: Sought) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Return the occurrences of a term of one or two characters in text fields beside the body, ascending.

        Given are each one's document, and its field's number, counted through all documents.
        """
        if len(sought.numbers) == PAIR:
            found = [self._outside_of(at) for at in sought.pairs[0]]
        else:
            found = [np.sort(self._strings.lists.outside.of_range(each)) for each in self._ranges(sought)]
        return self._strings.fields_outside(self._merged(found))

    def _documents(self, pair: Sequence[int], scope: str) -> Documents:
        """Return the documents whose scope has one of some bigrams."""
        owners = list(self._owners(pair, scope))
        if not owners:
            return _NONE
        longest = max(range(len(owners)), key=lambda at: len(owners[at]))
        found = distinct_of(owners.pop(longest)).astype(np.int64)
        for each in owners:
            # Most of those that have it elsewhere have it in the longest list, too.
            others = distinct_of(each)
            others = others[~held(others, found)]
            if len(others):
                found = np.insert(found, found.searchsorted(others), others)
        return found

    def _has(self, among: Documents, pair: Sequence[int], scope: str) -> NDArray[np.bool_]:
        """Return for each of some documents whether its scope has one of some bigrams."""
        has: NDArray[np.bool_] | None = None
        for owners in self._owners(pair, scope):
            if has is None:
                has = held(among, owners)
            else:
                has |= held(among, owners)
            if has.all():  # most lists of what stands outside of bodies need not be unpacked
                break
        return np.zeros(len(among), dtype=np.bool_) if has is None else has

    def _owners(self, pair: Sequence[int], scope: str) -> Iterator[Numbers]:
        """Yield the documents of all occurrences of some bigrams in a scope, in several lists, each ascending."""
        for at in pair:
            if scope in (ALL_TEXT, BODY):
                found = self._bodies.get(at)
                if found is None:
                    found = self._bodies[at] = self._strings.lists.bodies.of(at)
                yield found
        if scope != BODY:
            for at in pair:
                found = self._documents_outside(self._outside_of(at), scope)
                if len(found):
                    yield found

    def _outside_of(self, at: int) -> Numbers:
        found = self._outside.get(at)
        if found is None:
            found = self._outside[at] = self._strings.lists.outside.of(at)
        return found

    def _documents_outside(self, numbers: Numbers, scope: str) -> Numbers:
        """Return the documents of fields outside of bodies, ascending, which `outside_numbers` numbered."""
        if not len(numbers):
            return numbers
        documents, width = self._strings.documents, len(OUTSIDE)
        if scope in APART:
            first = outside_numbers(documents, 0, scope)
            low, high = numbers.searchsorted(np.array((first, first + documents), dtype=np.uint32)).tolist()
            return numbers[low:high] - np.uint32(first)
        if int(numbers[-1]) >= documents * width:
            numbers = numbers[: numbers.searchsorted(np.uint32(documents * width))]
        if scope != ALL_TEXT:
            numbers = numbers[numbers % np.uint32(width) == OUTSIDE.index(scope)]
        return numbers // np.uint32(width)

    def _counts_of_character(self, sought: Sought, scope: str) -> NDArray[np.int64]:
        """Return for every document how often its scope has a term of one character."""
        lists, found = self._strings.lists, [NOTHING]
        for each in self._ranges(sought):
            if scope in (ALL_TEXT, BODY):
                found.append(lists.bodies.of_range(each))
            if scope != BODY:
                found.append(self._documents_outside(np.sort(lists.outside.of_range(each)), scope))
        return np.bincount(np.concatenate(found), minlength=self._strings.documents)

    def _ranges(self, sought: Sought) -> list[range]:
        return [self._strings.lists.of_character(number) for choice in sought.numbers for number in choice]

    @staticmethod
    def _merged(found: Sequence[Numbers]) -> Numbers:
        """Merge ascending lists."""
        if len(found) == 1:
            return found[0]
        return np.sort(np.concatenate([NOTHING, *found]), kind="stable")


def standing(part: Read, sought: Sought) -> NDArray[np.int64]:
    """Return where a term stands in texts that were read, without overlaps."""
    found = part.find(sought.numbers, sought.rarest)
    return found[apart(found, len(sought.numbers))] if sought.overlaps else found
