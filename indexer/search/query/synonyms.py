"""Rewrites a query with full names for short forms and the other way round."""

from collections.abc import Mapping
from functools import cache
from itertools import accumulate

from indexer.search.query.otherforms import offered_forms
from indexer.text.segment import cut
from indexer.text.wordlists import synonyms


def also(text: str) -> tuple[str, ...]:
    """Return variants of a query text, each with one term replaced by another name or form of the same thing.

    >>> also("职代会 提案")
    ('职工代表大会 提案',)
    """
    names = _names()
    seams = [0, *accumulate(map(len, cut(text)))]
    longest = max(map(len, names))
    found = []
    at = 0
    for number, start in enumerate(seams):
        if start < at or text[max(0, start - 1) : start] in ("-", "－"):
            continue
        ends = seams[number + 1 : number + 1 + longest]
        at = max((end for end in ends if text[start:end] in names), default=start)
        term = text[start:at]
        found += [text[:start] + other + text[at:] for other in names.get(term, ()) if other != term]
    return tuple(dict.fromkeys((*found, *offered_forms(text))))


@cache
def _names() -> Mapping[str, tuple[str, ...]]:
    """Return each name with all names of the same thing."""
    return {name: group for group in synonyms() for name in group}
