"""Weighs what of a query entries have that do not match it, for when none or few do."""

import numpy as np
from numpy.typing import NDArray

from indexer.search.fields import ALL_TEXT
from indexer.search.query.plan import Relaxed
from indexer.search.whoosh.answering.lookup import Lookup
from indexer.search.whoosh.answering.matching import matching
from indexer.search.whoosh.answering.ranking import Points, factor


def weights(relaxed: Relaxed, lookup: Lookup) -> Points:
    """Return for every entry how much those of the query's words weigh together that it contains.

    It is 0 for entries that do not meet the query's other conditions, or may not be shown.
    """
    index = lookup.index
    found = np.zeros(len(index), dtype=np.int64)
    for word in relaxed.weighed:
        held = lookup.occurrences(ALL_TEXT, word)
        if len(held.documents):
            found[held.documents] += factor(len(held.documents), len(index))
    if relaxed.condition is not None:
        found[~matching(relaxed.condition, lookup)] = 0
    if index.visible is not None:
        found[~index.visible] = 0
    return found


def words_had(relaxed: Relaxed, numbers: NDArray[np.int64], lookup: Lookup) -> list[tuple[str, ...]]:
    """Return for each of the documents `numbers` which of the query's words it has."""
    held = [(word.text, lookup.holding(ALL_TEXT, word, numbers).tolist()) for word in relaxed.words]
    return [tuple(word for word, has in held if has[at]) for at in range(len(numbers))]
