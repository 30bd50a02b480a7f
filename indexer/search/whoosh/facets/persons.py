"""Turns the column of printed authors into one of persons, as people have decided who is who."""

from collections.abc import Callable

import numpy as np

from indexer.authority import Authority
from indexer.model import Entry
from indexer.search.whoosh.facets.columns import Column


def attributed(printed: Column, authority: Authority, read: Callable[[int], Entry]) -> Column:
    """Return the column of persons; only the entries whose authors are claimed are read."""
    claimed = [*authority.plain, *authority.conditional]
    changed = printed.having(claimed, np.arange(len(printed.first)))
    numbers = changed.nonzero()[0].tolist()
    persons = {number: authority.persons_of(read(number)) for number in numbers}
    there = np.zeros(len(printed.values) + 1, dtype=np.bool_)
    there[printed.first[~changed]] = True
    others = ~changed[printed.more_documents]
    there[1 + printed.more_ordinals[others]] = True
    kept = [value for value, is_there in zip(printed.values, there[1:].tolist(), strict=True) if is_there]
    values = sorted({*kept, *(name for each in persons.values() for name in each)})
    ordinals = {value: at for at, value in enumerate(values)}
    renumbered = np.array([0, *(1 + ordinals.get(value, -1) for value in printed.values)], dtype=np.intp)
    first = renumbered[printed.first]
    first[numbers] = [1 + ordinals[names[0]] if names else 0 for names in persons.values()]
    more = [(number, ordinals[name]) for number, names in persons.items() for name in names[1:]]
    added = np.array(more, dtype=np.int32).reshape(-1, 2)
    documents = np.concatenate((printed.more_documents[others], added[:, 0]))
    further = np.concatenate(((renumbered[1 + printed.more_ordinals[others]] - 1).astype(np.int32), added[:, 1]))
    order = documents.argsort(kind="stable")
    is_single = len(values) == 1 and bool(first.all()) and not len(documents)
    return Column(tuple(values), ordinals, first, documents[order], further[order], is_single)
