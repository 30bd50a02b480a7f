"""Says to the cluster that a string stands in a scope; what it answers with is how often.

A phrase of pairs of characters stands exactly where the string stands, and as often.  The score of a clause made here
is the number of pairs times their boost (`similarity` in `indexer.search.opensearch.shape`).
"""

from collections.abc import Mapping

from indexer.search.fields import ALL_TEXT, APART, TEXT_FIELDS
from indexer.search.opensearch.connection import Query
from indexer.search.opensearch.shape import LIKENESSES, SINGLE
from indexer.search.query.terms import Term
from indexer.text.variants import alternatives

NOTHING: Query = {"match_none": {}}
EVERYTHING: Query = {"match_all": {}}


def fields_of(scope: str) -> tuple[str, ...]:
    """Return the names of the fields that a scope covers, as the cluster has them."""
    return TEXT_FIELDS if scope == ALL_TEXT else (f"in_{scope}" if scope in APART else scope,)


def standing(scope: str, term: Term, boost: float = 1.0) -> Query:
    """Return a query for the entries in whose scope a string stands; its score is how often, times `boost`."""
    return any_of([each for field in fields_of(scope) for each in _in_field(field, term, boost)])


def weighed_standing(term: Term, weights: Mapping[str, float]) -> Query:
    """Return the same in some text fields, each occurrence counted by its field's weight."""
    return any_of([each for field, weight in weights.items() for each in _in_field(field, term, weight)])


def any_of(queries: list[Query]) -> Query:
    """Return a query that matches if any does; its score is the sum of theirs."""
    if len(queries) == 1:
        return queries[0]
    return {"bool": {"should": queries, "minimum_should_match": 1}} if queries else NOTHING


def all_of(queries: list[Query]) -> Query:
    """Return a query that matches if all do; it gives no score."""
    if len(queries) == 1:
        return queries[0]
    return {"bool": {"filter": queries}} if queries else EVERYTHING


def but(query: Query, *others: Query) -> Query:
    """Return a query that matches if one does and the others do not; it gives no score."""
    return {"bool": {"filter": [query], "must_not": list(others)}}


def scored(score: float, query: Query, name: str = "") -> Query:
    """Return a query that gives the same score to all that match another one."""
    found: Query = {"filter": query, "boost": score}
    return {"constant_score": {**found, "_name": name} if name else found}


def can_be_sent(text: str) -> bool:
    """Return whether the cluster can be asked for a text: half of a surrogate pair is in no entry, and not in UTF-8."""
    return not any("\ud800" <= char <= "\udfff" for char in text)


def single_forms(term: Term) -> tuple[str, ...]:
    """Return the characters that a term of one character may be."""
    return tuple(alternatives(term.likeness).get(term.text, term.text))


def _in_field(field: str, term: Term, boost: float) -> list[Query]:
    text = term.text
    if not text or not can_be_sent(text):
        return []
    if len(text) == 1:
        return [{"term": {field + SINGLE: {"value": char, "boost": boost}}} for char in single_forms(term)]
    name = field + LIKENESSES[term.likeness]
    return [{"match_phrase": {name: {"query": text, "boost": boost / (len(text) - 1)}}}]
