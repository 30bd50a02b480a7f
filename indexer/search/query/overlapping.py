"""Groups what leaves look for so that nothing of one group can overlap anything of another: groups are counted apart."""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import combinations

from indexer.search.fields import APART
from indexer.search.query.plan import InOrder, Leaf, Within, searched
from indexer.search.query.terms import Term, can_meet, can_overlap
from indexer.text.variants import Likeness, likened


@lru_cache(1024)
def groups(leaves: tuple[Leaf, ...]) -> tuple[tuple[Leaf, ...], ...]:
    """Split what the leaves look for into groups such that nothing in one can overlap anything in another.

    Each source of ranges to count is a leaf of its own: one term, or terms that stand together.
    """
    wanted = searched(leaves)
    sources = {Leaf(scope, (term,)): _letters(term) for scope, term in wanted.single}
    for leaf in wanted.together:
        sources[leaf] = frozenset().union(*map(_letters, leaf.terms))
    found: list[tuple[Leaf, ...]] = []
    gaps = any(isinstance(source.together, InOrder) for source in sources)
    for source, letters in sources.items():
        parted: list[tuple[Leaf, ...]] = []
        joined = [source]
        for group in found:
            # Most pairs of words have no character in common, which is quick to check.
            near = [other for other in group if gaps or not letters.isdisjoint(sources[other])]
            if any(_can_meet(source, other) for other in near):
                joined += group
            else:
                parted.append(group)
        found = [*parted, tuple(joined)]
    return tuple(found)


def _letters(term: Term) -> frozenset[str]:
    return frozenset(likened(term.text, Likeness.ALIKE))


def _can_meet(one: Leaf, other: Leaf) -> bool:
    """Return whether a range of one source may overlap a range of the other."""
    if one.scope != other.scope and ((one.scope and other.scope) or one.scope in APART or other.scope in APART):
        return False
    if isinstance(one.together, InOrder) or isinstance(other.together, InOrder):
        return True  # anything may stand in the gaps
    return any(can_meet(term, another) for term in one.terms for another in other.terms)


def overlaps(source: Leaf) -> bool:
    """Return whether a source's own ranges may overlap, which only those of strings near one another can."""
    if not isinstance(source.together, Within):
        return False
    return any(map(can_overlap, source.terms)) or any(can_meet(*pair) for pair in combinations(source.terms, 2))


def shared(group: tuple[Leaf, ...]) -> tuple[Term, ...] | None:
    """Return the strings in which two strings of a group overlap, where at most two do so at any place.

    An occurrence of such a string is one of each of the two, and counts once: what the strings of the group are counted
    by themselves is too much by the number of these.  None where more than two may overlap, or one overlaps itself.

    >>> group = tuple(Leaf("", (Term(text),)) for text in ("共同", "同志"))
    >>> [each.text for each in shared(group)]
    ['共同志']
    """
    if any(leaf.together for leaf in group) or len({(leaf.scope, leaf.terms[0].likeness) for leaf in group}) > 1:
        return None
    terms = [leaf.terms[0] for leaf in group]
    if any(map(can_overlap, terms)):
        return None
    found = []
    patterns = [term.pattern for term in terms]
    for one, other, at in _overlapping(patterns):
        both = terms[one].text + terms[other].text[len(patterns[one]) - at :]
        united = Term(both, terms[one].likeness)
        known = {(one, 0), (other, at)}
        if any((third, place) not in known for third, place in _standing_over(united.pattern, patterns)):
            return None
        found.append(united)
    return tuple(found)


def _overlapping(patterns: Sequence[str]) -> Iterator[tuple[int, int, int]]:
    """Yield two different strings that can overlap, by their numbers, and where in the one the other begins."""
    for one, first in enumerate(patterns):
        for other, second in enumerate(patterns):
            # Of two that begin together the longer one is named first.
            least = 0 if (len(first), other) > (len(second), one) else 1
            for at in range(least, len(first) if one != other else 0):
                if _agree(first[at:], second):
                    yield one, other, at


def _standing_over(text: str, patterns: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Yield which strings may stand over some of a text, and where in it they would begin."""
    for number, pattern in enumerate(patterns):
        for at in range(1 - len(pattern), len(text)):
            if _agree(text[at:], pattern) if at >= 0 else _agree(text, pattern[-at:]):
                yield number, at


def _agree(one: str, other: str) -> bool:
    """Return whether two texts are the same as far as both go."""
    return one.startswith(other) or other.startswith(one)
