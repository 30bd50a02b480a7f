"""Defines the strings that a search looks for, and how far a text may differ from one and still match."""

from functools import lru_cache
from typing import NamedTuple

from indexer.text.variants import Likeness, likened


class Term(NamedTuple):
    """A string to find.  A named tuple, because terms are dictionary keys everywhere and tuples hash fastest."""

    text: str
    """The string, folded."""
    likeness: Likeness = Likeness.PRINTED

    @property
    def pattern(self) -> str:
        """The string with every look-alike replaced as in a text prepared by `likened`."""
        return likened(self.text, self.likeness)

    @property
    def as_meant(self) -> "Term":
        """The same term without look-alikes."""
        return Term(self.text, min(self.likeness, Likeness.VARIANT))


@lru_cache(4096)
def can_overlap(term: Term) -> bool:
    """Return whether two occurrences of a term can overlap, that is, whether some end of it is also its beginning."""
    pattern = term.pattern
    return any(pattern.startswith(pattern[at:]) for at in range(1, len(pattern)))


@lru_cache(4096)
def can_meet(one: Term, other: Term) -> bool:
    """Return whether an occurrence of one term and one of the other can overlap."""
    likeness = max(one.likeness, other.likeness)
    first, second = likened(one.text, likeness), likened(other.text, likeness)
    return any(
        longer.startswith(shorter[at:]) or shorter in longer
        for longer, shorter in ((first, second), (second, first))
        for at in range(len(shorter))
    )
