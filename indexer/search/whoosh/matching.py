"""Decides which entries a query matches, by scanning their folded texts; knows no ranking."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike

from indexer.search.fields import TEXT_FIELDS
from indexer.search.marks import Leaf, near_occurrences, near_strings, positive_leaves, strings_of
from indexer.search.query import All, Any, Exact, Field, Match, Near, Node, Not, SearchRequest, YearRange
from indexer.search.whoosh.documents import Documents, Mask


def matching(node: Node | None, documents: Documents, scope: str = "") -> Mask:
    """Give the entries that match `node`; None matches all."""
    texts = documents.texts.get(scope, ())
    match node:
        case None:
            return np.ones(len(documents.entries), dtype=np.bool_)
        case Match() | Exact():
            strings = strings_of(node)
            return _mask([all(string in text for string in strings) for text in texts])
        case Near(parts, distance):
            strings = tuple(string for part in parts for string in near_strings(part))
            return _mask([_near(text, strings, distance) for text in texts])
        case Any(()):
            return np.zeros(len(documents.entries), dtype=np.bool_)
        case All(parts):
            return _mask(np.logical_and.reduce([matching(part, documents, scope) for part in parts]))
        case Any(parts):
            return _mask(np.logical_or.reduce([matching(part, documents, scope) for part in parts]))
        case Not(part):
            return ~matching(part, documents, scope)
        case Field(name, inner):
            return matching(inner, documents, name)
        case YearRange(first, last):
            return (documents.years >= first) & (documents.years <= last)


def filtered(mask: Mask, request: SearchRequest, documents: Documents, but: str = "") -> Mask:
    """Limit `mask` to the request's filters, except those of the facet `but`."""
    for each in request.filters:
        if each.field != but:
            mask = mask & documents.columns[each.field].having(each.values, len(mask))
    return mask


def count_occurrences(node: Node | None, mask: Mask, documents: Documents) -> int:
    """Count how often the query's strings stand in the entries of `mask`, each string without overlaps."""
    numbers = np.flatnonzero(mask)
    strings: set[tuple[str, str]] = set()
    total = 0
    for leaf in positive_leaves(node):
        scope = _scope(leaf)
        if leaf.distance is not None:
            texts = documents.texts[scope]
            total += sum(len(_near_places(texts[number], leaf.strings, leaf.distance)) for number in numbers)
        else:
            strings.update((scope, string) for string in leaf.strings)
    return total + sum(documents.texts[scope][number].count(string) for scope, string in strings for number in numbers)


def _scope(leaf: Leaf) -> str:
    return "" if leaf.scopes == TEXT_FIELDS else leaf.scopes[0]


def _near(text: str, strings: Sequence[str], distance: int) -> bool:
    return all(string in text for string in strings) and bool(_near_places(text, strings, distance))


def _near_places(text: str, strings: Sequence[str], distance: int) -> list[tuple[int, int]]:
    return [place for part in text.split("\x00") for place in near_occurrences(part, strings, distance)]


def _mask(values: ArrayLike) -> Mask:
    return np.array(values, dtype=np.bool_)
