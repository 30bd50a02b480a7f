"""Asks for one page of results: first for all that is counted, then for the hits in their order."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property, partial
from typing import Any

from indexer.search.opensearch.asking.facets import Counted
from indexer.search.opensearch.asking.filters import Shown
from indexer.search.opensearch.asking.occurrences import (
    READ,
    counted,
    counted_terms,
    counting_body,
    occurrences_by_reading,
)
from indexer.search.opensearch.asking.streaming import Questions, Sort, read_hit, total_of
from indexer.search.opensearch.asking.strings import Query, all_of, standing
from indexer.search.opensearch.asking.weighing import Scoring, as_meant, lifted, only_alike, score_parts, scoring
from indexer.search.opensearch.connection import Answer, Body
from indexer.search.opensearch.shape import RECORD, WINDOW
from indexer.search.query.notes import Note, NoteCode, note
from indexer.search.query.plan import Leaf, Plan
from indexer.search.query.terms import Term
from indexer.search.query.tree import SORTS, SearchRequest
from indexer.search.ranking.weighing import POINT, lift, runs
from indexer.search.shown.hits import make_hit, taken_for
from indexer.search.shown.marks import marks_of
from indexer.search.shown.results import Hit, Printed, ResultPage, RunReading

_SORTS: dict[str, Sort] = {
    "relevance": ({"_score": "desc"}, {"rank": "asc"}),
    "year-asc": ({"rank": "asc"},),
    "year-desc": ({"year": "desc"}, {"rank": "asc"}),
    "book": ({"book": "asc"},),
}
"""What the cluster orders hits by; the last key is unique.  Numbers (`rank`) follow year, then id."""


@dataclass(frozen=True, slots=True)
class Ordered:
    """What is found, with its scores, in an order."""

    query: Query
    sort: Sort


class Page:
    """One request to one generation."""

    def __init__(
        self, questions: Questions, request: SearchRequest, plan: Plan, matched: Query, shown: Shown, entries: int
    ) -> None:
        """Take a request that `Shown.meant` returned, and the query of what matches it whatever its filters."""
        self._questions = questions
        self._request = request
        self._plan = plan
        self._matched = matched
        self._shown = shown
        self._entries = entries
        self._found = all_of([matched, *shown.filters(request)])
        self._alike = only_alike(plan.leaves)

    def result(self) -> ResultPage:
        """Return the page."""
        facets = Counted(self._request, self._matched, self._shown)
        terms = counted_terms(self._plan.leaves)
        places = [] if not terms else [counting_body(self._found, terms)]
        overview, *answers = self._questions.searches([self._overview(), *places, *facets.bodies()])
        total = total_of(overview)
        alike = int(overview["aggregations"]["alike"]["doc_count"]) if self._alike else 0
        occurrences: int | None = counted(answers.pop(0)) if places else 0
        if terms is None and total:
            few = total <= READ
            occurrences = occurrences_by_reading(self._questions, self._found, self._plan.leaves) if few else None
        hits = self._hits(overview, total, alike) if self._request.size else ()
        return ResultPage(
            total=total,
            occurrences=occurrences,
            hits=hits,
            facets=facets.listed(answers),
            readings=tuple(self._readings(overview)),
            notes=tuple(self._notes(total, alike, len(hits))),
        )

    def ordered(self) -> Ordered:
        """Return what is found in the request's order, to be read one after the other."""
        if not self._is_ranked:
            return Ordered(self._found, _SORTS[self._sort])
        overview = self._questions.search(self._overview())
        alike = int(overview["aggregations"]["alike"]["doc_count"]) if self._alike else 0
        return self._by_relevance(overview, total_of(overview), alike)

    @property
    def _is_ranked(self) -> bool:
        return self._request.sort == SORTS[0] and bool(self._plan.leaves)

    @property
    def _sort(self) -> str:
        return "year-asc" if self._request.sort == SORTS[0] else self._request.sort

    def _overview(self) -> Body:
        """Return the question how much is found, how runs are read, and what the greatest score is."""
        aggregations: dict[str, Any] = {
            f"run{at}": {"filter": standing(leaf.scope, Term(leaf.whole.text))}
            for at, (_, leaf) in enumerate(self._plan.runs)
            if leaf.whole
        }
        if self._alike is not None:
            aggregations["alike"] = {"filter": self._alike}
        body: dict[str, Any] = {"size": 0, "track_total_hits": True, "query": self._found, "_source": False}
        if self._is_ranked and runs(self._plan.leaves):
            parts = list(self._scoring.parts)
            body |= {"size": 1, "query": {"bool": {"filter": [self._found], "should": parts}}}
        return body | ({"aggs": aggregations} if aggregations else {})

    @cached_property
    def _scoring(self) -> Scoring:
        return scoring(self._questions, self._plan.leaves, self._entries)

    def _by_relevance(self, overview: Answer, total: int, alike: int) -> Ordered:
        found = self._scoring
        most = float(overview["hits"].get("max_score") or 0.0)
        share = lift(round(most * POINT)) / POINT
        lifts = lifted(self._plan.leaves, share)
        parts = [*found.parts, *lifts]
        if self._alike is not None and 0 < alike < total:
            parts.append(as_meant(self._alike, found.most + len(lifts) * share + 1 / POINT))
        return Ordered({"bool": {"filter": [self._found], "should": parts}}, _SORTS["relevance"])

    def _hits(self, overview: Answer, total: int, alike: int) -> tuple[Hit, ...]:
        request = self._request
        first = (request.page - 1) * request.size
        if first >= total:
            return ()
        order = (
            self._by_relevance(overview, total, alike)
            if self._is_ranked
            else Ordered(self._scored(), _SORTS[self._sort])
        )
        named = {"include_named_queries_score": "true"} if request.explain else {}
        body: dict[str, Any] = {
            "query": order.query,
            "sort": list(order.sort),
            "size": request.size,
            "track_total_hits": False,
            "track_scores": True,
            "_source": [RECORD],
            "docvalue_fields": ["rank"],
        }
        if first + request.size <= WINDOW:
            body["from"] = first
        else:
            body["search_after"] = self._questions.place(order.query, order.sort, first)
        found = self._questions.search(body, **named)["hits"]["hits"]
        return tuple(self._hit(each) for each in found)

    def _scored(self) -> Query:
        """Return what is found with scores that do not order it."""
        parts = list(self._scoring.parts) if self._plan.leaves else []
        return {"bool": {"filter": [self._found], "should": parts}}

    def _hit(self, found: dict[str, Any]) -> Hit:
        read = read_hit(found)
        parts = score_parts(found.get("matched_queries", {})) if self._request.explain else ()
        leaves = self._plan.leaves
        return make_hit(read.entry, read.score, marks_of(read.entry, leaves), meaning_of(leaves), parts)

    def _readings(self, overview: Answer) -> list[RunReading]:
        found = overview.get("aggregations", {})
        return [
            RunReading(run, tuple(term.text for term in leaf.terms), int(found.get(f"run{at}", {}).get("doc_count", 0)))
            for at, (run, leaf) in enumerate(self._plan.runs)
        ]

    def _notes(self, total: int, alike: int, shown: int) -> list[Note]:
        found = []
        if alike:
            behind = self._request.sort == SORTS[0] and alike < total
            found.append(note(NoteCode.ALIKE_BEHIND if behind else NoteCode.ALIKE, entries=alike))
        if total and self._request.size and not shown:
            found.append(note(NoteCode.PAST_END, page=self._request.page))
        return found


def meaning_of(leaves: Iterable[Leaf]) -> Callable[[str], Printed]:
    """Return a function that says what a printed string was taken for."""
    terms = list(dict.fromkeys(term for leaf in leaves for term in leaf.terms))
    return partial(taken_for, terms=terms)
