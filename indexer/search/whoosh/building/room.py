"""Divides the memory that a build may take among the parts of its work."""

from dataclasses import dataclass

from indexer.search.arrays.mapping import machine_memory
from indexer.search.memory import LEAST
from indexer.search.whoosh.strings.indexwriter import SORTING, Held

MEGABYTE = 1 << 20
_USUAL = range(512, 1024 + 1)
"""Fewest and most megabytes that a build takes where nobody says how many.  With more, 200,000 entries are not built in
less time: what does not fit is written and read once, in large pieces.
"""
_FIXED = 256
"""Megabytes for the program, the dictionary, the vocabulary, and chunks of entries that are prepared or wait."""
_POSTINGS = 5
"""One of so many bytes kept in memory is of words' postings, the others are of bigrams: they have that many."""
_SORTED = 1 << 17
"""Fewest characters whose bigrams are sorted at once."""


@dataclass(frozen=True, slots=True)
class Room:
    """How much of what is kept in memory."""

    postings: int
    """Bytes of words' postings; the others lie on disk."""
    grams: Held


def room(memory: int | None, threads: int) -> Room:
    """Divide so many megabytes, at least `LEAST`, or what is usual on this machine, for work in so many threads."""
    if memory is None:
        memory = usual(machine_memory())
    free = (max(memory, LEAST) - _FIXED) * MEGABYTE
    runs = free // 2
    postings = runs // _POSTINGS
    characters = max(_SORTED, free // 4 // ((threads + 1) * SORTING))
    return Room(postings, Held(runs - postings, characters))


def usual(machine: int) -> int:
    """Return the megabytes for a build on a machine with so many bytes of memory: a quarter, within `_USUAL`."""
    return min(max(machine // MEGABYTE // 4, _USUAL[0]), _USUAL[-1])
