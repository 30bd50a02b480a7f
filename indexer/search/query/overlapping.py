"""Groups what leaves look for so that nothing of one group can overlap anything of another: groups are counted apart."""

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
