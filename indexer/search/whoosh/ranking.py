"""Scores entries with Whoosh's BM25F over jieba words; decides nothing about what matches."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from whoosh.query import Or, Term
from whoosh.scoring import BM25F
from whoosh.searching import Searcher

from indexer.search.fields import WEIGHTS
from indexer.search.marks import Leaf, positive_leaves
from indexer.search.query import Node
from indexer.search.whoosh.documents import Documents
from indexer.text.analyzer import analyze

_LENGTH_NORM = {"title_B": 0.3, "heading_B": 0.3}
"""BM25's b by field: a title of twenty characters is no less about its words than one of ten."""
_TOGETHER = {"": 0.25, "title": 0.25}
"""Share of the best score added where a run of several words stands together, by scope.  A word cut can part
what belongs together; 0.25 lifts an entry past another that has one more of the words somewhere."""


def scores(node: Node | None, documents: Documents) -> NDArray[np.float64]:
    """Give every entry's score; 0 where none of the query's words is a word of the entry."""
    leaves = list(positive_leaves(node))
    result = _bm25f(leaves, documents)
    best = float(result.max(initial=0.0)) or 1.0
    for leaf in leaves:
        if len(leaf.strings) > 1 and leaf.whole:
            for scope, share in _TOGETHER.items():
                together = [leaf.whole in text for text in documents.texts[scope]]
                result[np.array(together, dtype=np.bool_)] += share * best
    return result


def _bm25f(leaves: Sequence[Leaf], documents: Documents) -> NDArray[np.float64]:
    result = np.zeros(len(documents.entries))
    words = dict.fromkeys(token.text for leaf in leaves for string in leaf.strings for token in analyze(string))
    terms = [Term(field, word, boost=weight) for word in words for field, weight in WEIGHTS.items()]
    if terms:
        # The searcher is not closed: its reader is the generation's and serves every search.
        searcher = Searcher(documents.reader, weighting=BM25F(**_LENGTH_NORM))
        matcher = Or(terms).matcher(searcher, searcher.context())
        while matcher.is_active():
            result[matcher.id()] = matcher.score()
            matcher.next()
    return result
