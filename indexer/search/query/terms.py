"""What a search looks for: strings, and how much unlike a text may be that is taken for one; knows no query."""

from functools import lru_cache
from typing import NamedTuple

from indexer.text.variants import Likeness, likened


class Term(NamedTuple):
    """A string to find; a tuple, since it is looked up all the time and tuples are hashed fastest."""

    text: str
    """Folded."""
    likeness: Likeness = Likeness.PRINTED

    @property
    def pattern(self) -> str:
        """The text as a likened text has it."""
        return likened(self.text, self.likeness)

    @property
    def as_meant(self) -> "Term":
        """The same without look-alikes."""
        return Term(self.text, min(self.likeness, Likeness.VARIANT))


@lru_cache(4096)
def can_overlap(term: Term) -> bool:
    """Say whether two occurrences of a term can overlap: its end is its beginning."""
    pattern = term.pattern
    return any(pattern.startswith(pattern[at:]) for at in range(1, len(pattern)))


@lru_cache(4096)
def can_meet(one: Term, other: Term) -> bool:
    """Say whether an occurrence of one term and one of another can overlap."""
    likeness = max(one.likeness, other.likeness)
    first, second = likened(one.text, likeness), likened(other.text, likeness)
    return any(
        longer.startswith(shorter[at:]) or shorter in longer
        for longer, shorter in ((first, second), (second, first))
        for at in range(len(shorter))
    )
