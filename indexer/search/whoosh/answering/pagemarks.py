"""Finds what a query matches in the entries of a page, using the exact index.

The marks are the same as `indexer.search.shown.marks` finds by reading the texts, but no text is folded again.
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from indexer.model import Entry
from indexer.search.fields import APART, TEXT_FIELDS, field_texts
from indexer.search.query.plan import Leaf, Searched, searched
from indexer.search.shown.marks import Found, Marks, Range, find_marks, merged
from indexer.search.sortedarrays import group_starts
from indexer.search.whoosh.answering.lookup import Lookup
from indexer.search.whoosh.openindex import OpenIndex
from indexer.search.whoosh.strings.entries import standing
from indexer.search.whoosh.strings.fewtexts import FewTexts
from indexer.search.whoosh.strings.index import StringIndex
from indexer.search.whoosh.strings.together import Ranges
from indexer.text.fold import end_with_joined

_Places = NDArray[np.int64]
_LENGTH = 24
"""Bits that hold a range's length beside its place."""
_FIELDS = len(TEXT_FIELDS)


class _Marked(NamedTuple):
    """What is marked in one field of an entry."""

    scope: str
    pieces: list[Range]
    """Ranges as printed, sorted."""
    joined: list[tuple[int, int]]
    """Which of them end before characters that folding dropped, and before how many: these may belong to the range."""


class PageMarks:
    """The marks of one page of results."""

    def __init__(self, index: OpenIndex, lookup: Lookup, leaves: tuple[Leaf, ...], numbers: Sequence[int]) -> None:
        """Look up where the leaves' terms stand in the documents `numbers`, which are those of the page."""
        self._leaves = leaves
        main = tuple(leaf for leaf in leaves if leaf.scope not in APART)
        self._apart = len(main) < len(leaves)
        self._rows: Sequence[int] = ()
        if numbers:
            few, self._rows = lookup.few_with(numbers)
            self._marked: list[list[_Marked]] = [[] for _ in few.numbers]
            texts = _Texts(few, index.strings)
            self._note(texts, _standing(searched(main), texts, lookup))

    def of(self, at: int, entry: Entry) -> Found:
        """Return the marks of the page's entry at index `at`, scopes in reading order."""
        found: Found = {}
        for scope, pieces, joined in self._marked[self._rows[at]]:
            if scope == "captions":  # several strings, seldom matched: read them
                found[scope] = [(text, find_marks(self._leaves, scope, text)) for text in entry.captions]
                continue
            text = getattr(entry, scope)
            for number, dropped in joined:
                start, end = pieces[number]
                pieces[number] = start, end_with_joined(text, end, dropped)
            found[scope] = [(text, Marks(merged(pieces), pieces))]
        if self._apart:
            texts = field_texts(entry)
            for scope in APART:
                marks = [(text, find_marks(self._leaves, scope, text)) for text in texts[scope]]
                if any(each.count for _, each in marks):
                    found[scope] = marks
        return found

    def _note(self, texts: "_Texts", ranges: _Places) -> None:
        """Note ranges of the page's texts by entry and field, as they are printed."""
        if not len(ranges):
            return
        starts = ranges >> _LENGTH
        ends = starts + (ranges & (1 << _LENGTH) - 1)
        fields = texts.fields.searchsorted(starts, side="right") - 1
        begins = texts.fields[fields]
        behind = texts.gaps.searchsorted(ends)
        shift = texts.gaps.searchsorted(begins) + begins
        first = (starts + texts.gaps.searchsorted(starts, side="right") - shift).tolist()
        last = (ends + behind - shift).tolist()
        dropped = texts.gaps.searchsorted(ends, side="right") - behind
        joined = dropped.nonzero()[0].tolist()
        limits = [*group_starts(fields).tolist(), len(fields)]
        for low, high in pairwise(limits):
            owner, field = divmod(int(fields[low]), _FIELDS)
            pieces = list(zip(first[low:high], last[low:high], strict=True))
            here = [(at - low, int(dropped[at])) for at in joined if low <= at < high]
            self._marked[owner].append(_Marked(TEXT_FIELDS[field], pieces, here))


class _Texts:
    """The folded texts of the page's entries."""

    def __init__(self, few: FewTexts, strings: StringIndex) -> None:
        """Look up where their fields begin, and where folding dropped something."""
        self.read, self.text = few.read, few.text
        self._bounds, self._shift = few.bounds, few.shift
        self.fields = (few.bounds[:, :-1] + few.shift[:, None]).ravel()
        """Where each field of each entry begins."""
        self.gaps = strings.gaps_of(few.bounds[:, 0], few.bounds[:, -1], few.shift)
        """Before these places folding dropped a printed character, or joined it to the one before."""

    def within(self, places: list[int], scope: str) -> list[int]:
        """Limit places to those in one field."""
        number = TEXT_FIELDS.index(scope)
        fields = self.fields.searchsorted(np.array(places, dtype=np.int64), side="right") - 1
        return [place for place, field in zip(places, fields.tolist(), strict=True) if field % _FIELDS == number]

    def inside(self, ranges: Ranges) -> Iterator[_Places]:
        """Yield where ranges of the whole archive stand here, packed as `_standing` packs them."""
        for (begin, *_, end), shift in zip(self._bounds.tolist(), self._shift.tolist(), strict=True):
            low, high = ranges.starts.searchsorted(np.array((begin, end), dtype=np.uint32)).tolist()
            starts, ends = ranges.starts[low:high].astype(np.int64), ranges.ends[low:high]
            yield (starts + shift << _LENGTH) + (ends - starts)


def _standing(wanted: Searched, texts: _Texts, lookup: Lookup) -> _Places:
    """Return all ranges in the page's texts, each packed into one number that sorts by place, ascending."""
    packed: list[int] = []
    for scope, term in wanted.single:
        sought = lookup.sought(term)
        if sought.forms or not sought.numbers:
            places = [at for form in sought.forms for at in _places(texts.text, form)]
        else:  # it has too many forms to look for each
            places = standing(texts.read, sought).tolist()
        length = len(term.text)
        packed += [at << _LENGTH | length for at in (texts.within(places, scope) if scope else places)]
    together = [each for leaf in wanted.together for each in texts.inside(lookup.ranges(leaf))]
    return np.sort(np.concatenate([np.array(packed, dtype=np.int64), *together]))


def _places(text: str, form: str) -> Iterator[int]:
    """Yield where a string stands in a text, from the left and without overlaps."""
    at = text.find(form)
    while at >= 0:
        yield at
        at = text.find(form, at + len(form))
