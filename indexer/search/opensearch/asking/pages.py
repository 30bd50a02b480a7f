"""Asks for one page of results: first for all that is counted, then for the hits in their order."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property, partial
from typing import Any

from indexer.search.opensearch.asking.facets import Counted
from indexer.search.opensearch.asking.occurrences import (
    READ,
    counted,
    counted_places,
    counting_bodies,
    occurrences_by_reading,
)
from indexer.search.opensearch.asking.weighing import Scoring, as_meant, lifted, named_parts, only_alike, scoring
from indexer.search.opensearch.connection import Answer, Body, Query
from indexer.search.opensearch.matching.strings import standing
from indexer.search.opensearch.questions import BY_RANK, KEPT, Questions, Sort, read_hit, total_of
from indexer.search.opensearch.shape import WINDOW
from indexer.search.query.notes import Note, NoteCode, note
from indexer.search.query.plan import Leaf, Plan
from indexer.search.query.terms import Term
from indexer.search.query.tree import SORTS, SearchRequest
from indexer.search.ranking.weighing import POINT, lift, lift_as_meant, runs
from indexer.search.shown.hits import make_hit, taken_for
from indexer.search.shown.marks import marks_of
from indexer.search.shown.results import Hit, PartCode, Printed, ResultPage, RunReading

_SORTS: dict[str, Sort] = {
    "relevance": ({"_score": "desc"}, {"rank": "asc"}),
    "year-asc": BY_RANK,
    "year-desc": ({"year": "desc"}, {"rank": "asc"}),
    "book": ({"book": "asc"},),
}
"""What the cluster orders hits by; the last key is unique.  Numbers (`rank`) follow year, then id."""


@dataclass(frozen=True, slots=True)
class Ordered:
    """What is found, with its scores, in an order."""

    query: Query
    sort: Sort
    lift: float = 0.0
    """What entries gain that have nothing as a look-alike only."""


class Page:
    """One request to one generation."""

    def __init__(
        self, questions: Questions, request: SearchRequest, plan: Plan, found: Query, facets: Counted, entries: int
    ) -> None:
        """Take a request that `Shown.meant` returned, and the query of what it finds."""
        self._questions = questions
        self._request = request
        self._plan = plan
        self._found = found
        self._facets = facets
        self._entries = entries
        self._alike = only_alike(plan.leaves)

    def result(self) -> ResultPage:
        """Return the page."""
        facets = self._facets
        places = counted_places(self._plan.leaves)
        counting = counting_bodies(self._found, places) if places else []
        # What scores are made of is only told by an answer to one question.
        is_at_once = not (self._needs_greatest or self._request.explain) and self._last <= WINDOW
        wanted = self._wanted(self._at_once) if is_at_once else {}
        overview = {**self._overview(facets.aggregations()), **wanted}
        found, *answers = self._questions.searches([overview, *counting, *facets.bodies()])
        total, alike = total_of(found), self._count_alike(found)
        occurrences: int | None = counted(answers[: len(counting)]) if counting else 0
        if places is None and total:
            few = total <= READ
            occurrences = occurrences_by_reading(self._questions, self._found, self._plan.leaves) if few else None
        hits = found["hits"]["hits"] if is_at_once else self._later(found, total, alike)
        # Who has nothing as a look-alike only has gained nothing, unless others have.
        surplus = 0.0 if self._needs_greatest or alike else self._at_once.lift
        return ResultPage(
            total=total,
            occurrences=occurrences,
            hits=tuple(self._hit(each, surplus) for each in hits),
            facets=facets.listed(found, answers[len(counting) :]),
            readings=tuple(self._readings(found)),
            notes=tuple(self._notes(total, alike, len(hits))),
        )

    def ordered(self) -> Ordered:
        """Return what is found in the request's order, to be read one after the other."""
        if not self._is_ranked:
            return Ordered(self._found, _SORTS[self._sort])
        if not self._needs_greatest:
            return self._at_once
        overview = self._questions.search(self._overview({}))
        return self._scored(_greatest(overview), some_alike=0 < self._count_alike(overview) < total_of(overview))

    @property
    def _is_ranked(self) -> bool:
        return self._request.sort == SORTS[0] and bool(self._plan.leaves)

    @property
    def _needs_greatest(self) -> bool:
        """Whether the greatest score of words must be known before hits have theirs: runs lift by a share of it."""
        return bool(runs(self._plan.leaves))

    @property
    def _sort(self) -> str:
        is_relevance = self._request.sort == SORTS[0]
        return "year-asc" if is_relevance and not self._plan.leaves else self._request.sort

    @property
    def _first(self) -> int:
        return (self._request.page - 1) * self._request.size

    @property
    def _last(self) -> int:
        return self._first + self._request.size

    def _overview(self, aggregations: Mapping[str, Any]) -> Body:
        """Return the question how much is found, how runs are read, and what the greatest score is where that is needed."""
        counted: dict[str, Any] = {
            f"run{at}": {"filter": standing(leaf.scope, Term(leaf.whole.text))}
            for at, (_, leaf) in enumerate(self._plan.runs)
            if leaf.whole
        }
        if self._alike is not None:
            counted["alike"] = {"filter": self._alike}
        body: dict[str, Any] = {"size": 0, "track_total_hits": True, "query": self._found, "_source": False}
        if self._needs_greatest:
            parts = list(self._scoring.parts)
            body |= {"size": 1, "query": {"bool": {"filter": [self._found], "should": parts}}}
        counted |= aggregations
        return body | ({"aggs": counted} if counted else {})

    @cached_property
    def _scoring(self) -> Scoring:
        return scoring(self._questions, self._plan.leaves, self._entries)

    @cached_property
    def _at_once(self) -> Ordered:
        """What is found with its scores, where no greatest one has to be known."""
        return self._scored(0.0, some_alike=True)

    def _scored(self, most: float, *, some_alike: bool) -> Ordered:
        """Return what is found with its scores, given the greatest one, and whether some entries have look-alikes only."""
        found = self._scoring
        share = lift(round(most * POINT)) / POINT
        lifts = lifted(self._plan.leaves, share)
        parts, meant = [*found.parts, *lifts], 0.0
        if self._alike is not None and some_alike:
            meant = lift_as_meant(round(found.most * POINT), round(len(lifts) * share * POINT)) / POINT
            parts.append(as_meant(self._alike, meant))
        return Ordered({"bool": {"filter": [self._found], "should": parts}}, _SORTS[self._sort], meant)

    def _wanted(self, order: Ordered) -> Body:
        """Return what a question has beside its query to be answered with the page's hits."""
        return {
            "query": order.query,
            "sort": list(order.sort),
            "size": self._request.size,
            "from": self._first,
            "track_scores": True,
            **KEPT,
        }

    def _later(self, overview: Answer, total: int, alike: int) -> list[dict[str, Any]]:
        """Return the page's hits, given what is known of all that is found."""
        if self._first >= total or not self._request.size:
            return []
        greatest = _greatest(overview)
        order = self._scored(greatest, some_alike=0 < alike < total) if self._needs_greatest else self._at_once
        body = {**self._wanted(order), "track_total_hits": False}
        if self._last > WINDOW:
            del body["from"]
            body["search_after"] = self._questions.place(order.query, order.sort, self._first)
        named = {"include_named_queries_score": "true"} if self._request.explain else {}
        found: list[dict[str, Any]] = self._questions.search(body, **named)["hits"]["hits"]
        return found

    def _hit(self, found: dict[str, Any], surplus: float) -> Hit:
        read = read_hit(found)
        leaves = self._plan.leaves
        parts = named_parts(found.get("matched_queries", {})) if self._request.explain else ()
        if surplus:
            parts = tuple(part for part in parts if part.code is not PartCode.AS_MEANT)
        return make_hit(read.entry, read.score - surplus, marks_of(read.entry, leaves), self._meaning, parts)

    @cached_property
    def _meaning(self) -> Callable[[str], Printed]:
        return meaning_of(self._plan.leaves)

    def _count_alike(self, overview: Answer) -> int:
        return int(overview["aggregations"]["alike"]["doc_count"]) if self._alike is not None else 0

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


def _greatest(overview: Answer) -> float:
    return float(overview["hits"].get("max_score") or 0.0)


def meaning_of(leaves: Iterable[Leaf]) -> Callable[[str], Printed]:
    """Return a function that says what a printed string was taken for."""
    terms = list(dict.fromkeys(term for leaf in leaves for term in leaf.terms))
    return partial(taken_for, terms=terms)
