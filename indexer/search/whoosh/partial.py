"""Finds the entries that come nearest to a query which they do not match; knows no page."""

from collections.abc import Sequence

import numpy as np

from indexer.search.marks import Leaf
from indexer.search.query import All, Field, Match, Node
from indexer.search.whoosh.documents import Documents
from indexer.search.whoosh.matching import Evaluation
from indexer.search.whoosh.ranking import Points, by_evidence
from indexer.text.analyzer import evidence

SHARE = 0.4
"""Share of the greatest score from which an entry is near, where none matches."""


def nearness(query: Node | None, leaves: Sequence[Leaf], documents: Documents, evaluation: Evaluation) -> Points | None:
    """Score all entries by the words of a query; 0 for those that lack what is asked beside words without quotes.

    None where a query cannot be met in part: it has quoted strings alone, or a single word that has no parts.
    """
    parts = query.parts if isinstance(query, All) else (query,)
    runs = [part for part in parts if _is_run(part)]
    typed = sum(len(leaf.terms) for leaf in leaves)
    known = {
        word
        for leaf in leaves
        if leaf.whole
        for word in (*evidence(leaf.whole.text).words, *evidence(leaf.whole.text).parts)
        if len(documents.postings(word)[0])
    }
    if not runs or (typed < 2 and len(known) < 2):
        return None
    points = by_evidence(leaves, np.arange(len(documents)), documents)
    hard = tuple(part for part in parts if part is not None and not _is_run(part))
    if hard:
        points[~evaluation.matching(All(hard))] = 0
    return points


def _is_run(node: Node | None) -> bool:
    return isinstance(node, Match) or (isinstance(node, Field) and isinstance(node.node, Match))
