"""Puts every occurrence in its line, from entries that are read one after the other."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator

from indexer.model import Entry
from indexer.search.opensearch.questions import Questions, Read
from indexer.search.query.plan import Leaf
from indexer.search.shown.concordance import COMPARED, Occurrence, occurrences_in
from indexer.search.shown.marks import marks_of
from indexer.text.fold import fold_with_offsets

_AT_ONCE = 200
"""Lines whose entries are read at once."""
_Place = tuple[bytes, int, int]
"""What a line is ordered by, the number of its entry, and the line's own number among the entry's."""


class Lines:
    """The lines of one search."""

    def __init__(self, questions: Questions, leaves: tuple[Leaf, ...]) -> None:
        """Set whom to ask, and what stands in the lines."""
        self._questions = questions
        self._leaves = leaves

    def as_read(self, read: Iterable[Read]) -> Iterator[Occurrence]:
        """Yield the lines of entries in their order."""
        for each in read:
            yield from occurrences_in(each.entry, marks_of(each.entry, self._leaves))

    def by_side(self, read: Iterable[Read], side: str) -> Iterator[Occurrence]:
        """Yield the lines by what stands on one side; `read` are the entries by year, then id.

        Of each line only the characters that are compared are kept until all are known; entries are then read again.
        """
        places: list[_Place] = []
        for each in read:
            sides = _sides(each.entry, self._leaves, side)
            places += [(beside, each.rank, at) for at, beside in enumerate(sides)]
        places.sort()
        for start in range(0, len(places), _AT_ONCE):
            some = places[start : start + _AT_ONCE]
            entries = self._entries(sorted({rank for _, rank, _ in some}))
            lines_of = {
                rank: list(occurrences_in(entry, marks_of(entry, self._leaves))) for rank, entry in entries.items()
            }
            yield from (lines_of[rank][at] for _, rank, at in some)

    def _entries(self, ranks: list[int]) -> dict[int, Entry]:
        return {each.rank: each.entry for each in self._questions.read({"terms": {"rank": ranks}}, len(ranks))}


def _sides(entry: Entry, leaves: tuple[Leaf, ...], side: str) -> Iterator[bytes]:
    """Yield for each line of an entry what it is ordered by: the folded characters on one side, as UTF-16.

    They are read away from the occurrence.  Characters beyond the first plane stand where their surrogates do.
    """
    for texts in marks_of(entry, leaves).values():
        for text, marks in texts:
            folded = fold_with_offsets(text)
            for start, end in marks.occurrences:
                if side == "left":
                    beside = folded.text[: bisect_left(folded.offsets, start)][-COMPARED:][::-1]
                else:
                    beside = folded.text[bisect_left(folded.offsets, end) :][:COMPARED]
                yield beside.encode("utf-16-be")
