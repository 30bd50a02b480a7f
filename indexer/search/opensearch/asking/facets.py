"""Counts a request's facets, each without its own selection; a count is the number of hits after the click."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from indexer.search.fields import FACET_LIMIT, FACETS
from indexer.search.opensearch.connection import Answer, Body, Query
from indexer.search.opensearch.matching.filters import Shown
from indexer.search.opensearch.matching.strings import all_of
from indexer.search.opensearch.questions import GROUPS, Questions, counting, total_of
from indexer.search.query.tree import SearchRequest
from indexer.search.shown.results import Facet, FacetValue

_PERSONS = "persons"
_PERSON = "person:"
"""Before each name: it may be empty, which no aggregation may."""


class Counted:
    """The facets of one request: what has to be asked, and what is made of the answers."""

    def __init__(self, questions: Questions, request: SearchRequest, matched: Query, shown: Shown) -> None:
        """Take a request that `Shown.meant` returned, and the query of the entries that match it whatever its filters."""
        self._questions = questions
        self._request = request
        self._matched = matched
        self._shown = shown

    def aggregations(self, fields: Iterable[str] = FACETS) -> dict[str, Any]:
        """Return what is to be counted of all entries found: the facets in which nothing is selected."""
        return {
            name: each
            for field in fields
            if not self._request.is_limited(field)
            for name, each in self._aggregations(field).items()
        }

    def bodies(self, fields: Iterable[str] = FACETS) -> list[Body]:
        """Return the questions about entries that are not found: those that a selected facet, or an exclusion, leaves out."""
        return [body for field in fields for body in self._bodies(field)]

    def _bodies(self, field: str) -> Iterator[Body]:
        shown, request = self._shown, self._request
        if request.is_limited(field):
            among, counted = self._among(field), self._aggregations(field)
            yield {"size": 0, "track_total_hits": False, "query": among, "aggs": counted}
        for value in self._excluded(field):
            despite = shown.filters(request, field, value)
            yield counting(all_of([self._matched, *despite, shown.having(field, (value,))]))

    def listed(
        self,
        found: Answer,
        answers: Iterable[Answer],
        fields: Iterable[str] = FACETS,
        prefix: str = "",
        limit: int = FACET_LIMIT,
    ) -> tuple[Facet, ...]:
        """Return the facets: their most frequent values that start with `prefix`, and what is selected or excluded.

        `found` answers a question with `aggregations`, and `answers` are those to `bodies`, for the same fields.
        """
        facets, left = [], iter(answers)
        for field in fields:
            counted = next(left) if self._request.is_limited(field) else found
            counts = self._counts(field, counted["aggregations"])
            excluded = {value: total_of(next(left)) for value in self._excluded(field)}
            facets.append(_listed(field, {**counts, **excluded}, self._request, prefix, limit))
        return tuple(facets)

    def _among(self, field: str) -> Query:
        """Return a query for the entries that a facet counts."""
        despite = field if self._request.is_limited(field) else ""
        return all_of([self._matched, *self._shown.filters(self._request, despite)])

    def _excluded(self, field: str) -> list[str]:
        return list(dict.fromkeys(self._request.excluded(field)))

    def _aggregations(self, field: str) -> dict[str, Any]:
        found: dict[str, Any] = {field: {"terms": {"field": field, "size": GROUPS}}}
        if field == "author" and self._shown.authority:
            found[_PERSONS] = {"filters": {"filters": self._persons()}}
        return found

    def _persons(self) -> dict[str, Query]:
        """Return a query for each name that is not only what entries print: persons, and forms that may mean others."""
        authority = self._shown.authority
        names = dict.fromkeys((*(each.name for each in authority.persons), *authority.conditional, *authority.plain))
        return {_PERSON + name: self._shown.having("author", (name,)) for name in names}

    def _counts(self, field: str, answer: Mapping[str, Any]) -> dict[str, int]:
        if answer[field]["sum_other_doc_count"]:  # there are more values than are given at once
            buckets = ((each["key"][field], each) for each in self._questions.grouped(self._among(field), (field,)))
        else:
            buckets = ((each["key"], each) for each in answer[field]["buckets"])
        counts = {str(value): int(each["doc_count"]) for value, each in buckets}
        persons = answer[_PERSONS]["buckets"] if field == "author" and self._shown.authority else {}
        counts |= {name.removeprefix(_PERSON): int(each["doc_count"]) for name, each in persons.items()}
        return {value: count for value, count in counts.items() if count}


def facet(questions: Questions, counted: Counted, found: Query, field: str, prefix: str, limit: int) -> Facet:
    """Return one facet's values that start with `prefix`, at most `limit`; `found` are the entries that pass all filters."""
    body = {"size": 0, "track_total_hits": False, "query": found, "aggs": counted.aggregations((field,))}
    overview, *answers = questions.searches([body, *counted.bodies((field,))])
    return counted.listed(overview, answers, (field,), prefix, limit)[0]


def _listed(field: str, counts: Mapping[str, int], request: SearchRequest, prefix: str, limit: int) -> Facet:
    """Return a facet from its counts; years are listed in ascending order, other values by count, ties by value."""
    selected, excluded = request.selected(field), request.excluded(field)
    always = dict.fromkeys((*selected, *excluded))

    def place(value: str) -> tuple[int, str]:
        return 0 if field == "year" else -counts.get(value, 0), value

    known = {value for value, count in counts.items() if count and value.startswith(prefix)}
    ordered = sorted(known | always.keys(), key=place)
    first = set(ordered[:limit]) | always.keys()
    shown = [value for value in ordered if value in first]
    values = (FacetValue(value, counts.get(value, 0), value in selected, value in excluded) for value in shown)
    return Facet(field, tuple(values), len(ordered) - len(shown))
