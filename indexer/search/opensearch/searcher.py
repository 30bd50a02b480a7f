"""Answers searches from one generation in the cluster."""

import logging
import threading
from collections.abc import Iterator, Sequence
from copy import copy
from dataclasses import replace
from itertools import islice

from indexer.authority import Authority
from indexer.closing import Closing
from indexer.errors import IndexUnavailable
from indexer.model import Entry
from indexer.search.fields import FACET_LIMIT, FILTERS
from indexer.search.opensearch.aside import Aside
from indexer.search.opensearch.asking.concordance import Lines
from indexer.search.opensearch.asking.facets import Counted, facet
from indexer.search.opensearch.asking.nearness import Nearness, limits_of
from indexer.search.opensearch.asking.pages import Page, meaning_of
from indexer.search.opensearch.asking.similar import similar
from indexer.search.opensearch.asking.volumes import Volumes
from indexer.search.opensearch.connection import Cluster, Query
from indexer.search.opensearch.matching.filters import Shown, without
from indexer.search.opensearch.matching.steps import grouped_leaves, matching
from indexer.search.opensearch.matching.strings import all_of, can_be_sent
from indexer.search.opensearch.matching.together import Together
from indexer.search.opensearch.questions import Questions, Read
from indexer.search.opensearch.seal import Seal
from indexer.search.query.plan import Step, relax, resolve
from indexer.search.query.tree import Match, SearchRequest
from indexer.search.query.typed import read_typed
from indexer.search.shown.concordance import ENTRY, ORDERS, Occurrence
from indexer.search.shown.hits import make_hit
from indexer.search.shown.marks import marks_of, occurrences_of
from indexer.search.shown.results import EntryFound, Evidence, Facet, Hit, ResultPage, Similar, VolumeCount, VolumeFound
from indexer.search.shown.similar import LISTED
from indexer.search.shown.suggestions import SHOWN, Suggestion
from indexer.search.suggesting.suggested import Held, named, suggested

_log = logging.getLogger(__name__)
_LONGEST_ID = 10_000
"""Characters of an id that the cluster is asked for; no entry has so long a one."""


class ClusterSearcher(Closing):
    """A generation in the cluster; safe to share between threads."""

    def __init__(self, cluster: Cluster, index: str, seal: Seal) -> None:
        """Open a generation that was read to be one of ours.

        Raises `StaleIndex` if it is not whole, `IndexUnavailable` if the cluster does not answer.
        """
        self.cluster = cluster
        self.index = index
        self.seal = seal
        self.generation = index[index.rindex("gen-") :]
        self._shown = Shown()
        self._open: Questions | None = Questions(cluster, index)
        self._questions.require(seal.entries)
        self._brought: list[Aside] = []
        """What suggestions are made of, once somebody has asked for some; shared with the searchers made of this one."""
        self._bringing = threading.Lock()
        self.search(SearchRequest(Match("年鉴")))  # loads the dictionary and all tables

    def without(self, pages: frozenset[str]) -> "ClusterSearcher":
        """Return a searcher on the same generation that leaves out every entry of the given pages (canonical URLs)."""
        found = copy(self)
        found._shown = replace(self._visible, visible=without(pages))
        return found

    def attributed(self, authority: Authority) -> "ClusterSearcher":
        """Return a searcher on the same generation whose authors are persons, as people have decided who is who."""
        found = copy(self)
        found._shown = replace(self._visible, authority=authority)
        return found

    def persons(self, entry: Entry) -> tuple[str, ...]:
        """Return the person of each printed author of an entry; by these names it is filtered and counted."""
        authority = self._visible.authority
        return tuple(authority.person_of(form, entry) for form in entry.authors) if authority else entry.authors

    def __len__(self) -> int:
        """Return the number of entries that may be shown."""
        shown = self._visible
        return self._questions.count(all_of(list(shown.visible))) if shown.visible else self.seal.entries

    def search(self, request: SearchRequest) -> ResultPage:
        """Return one page of results; a page past the last one has no hits."""
        return self._page(request).result()

    def evidence(self, request: SearchRequest, limit: int, *, near_enough: bool = False) -> tuple[Evidence, ...]:
        """Return entries that come near, best first, at most `limit`; see `indexer.search.engine.Searcher`."""
        relaxed = relax(request.query)
        if relaxed is None:
            return ()
        plan, shown, filters = resolve(request.query), self._shown, self._filters(request)
        matched = self._matched(plan.root, filters)
        condition = self._matched(relaxed.condition, filters) if relaxed.condition is not None else None
        among = [*filters, {"bool": {"must_not": [matched]}}]
        limits = limits_of(shown.visible, condition, among, names_strings=relaxed.has_strings)
        near = Nearness(self._questions, self.seal, plan, relaxed, limits)
        try:
            return (near.enough if near_enough else near.some)(limit, explain=request.explain)
        except IndexUnavailable as error:
            if error.code != "cluster-too-many-clauses":
                raise
            # Of a sentence that is found a reader wants what is found, though the cluster cannot say what else comes near.
            _log.warning("nothing is listed as near: %s", error)
            return ()

    def near_hits(self, request: SearchRequest, found: Sequence[Evidence]) -> tuple[Hit, ...]:
        """Return the hits of entries that `evidence` named, in that order, with the words that each has and lacks."""
        if not found:
            return ()
        relaxed = relax(request.query)
        entries = self._entries_of([each.id for each in found])
        if relaxed is None or any(each.id not in entries for each in found):
            raise ValueError(f"{[each.id for each in found]}: no entries that come near this request")
        words, meant = [word.text for word in relaxed.words], meaning_of(relaxed.leaves)
        return tuple(
            make_hit(
                entries[each.id],
                each.points,
                marks_of(entries[each.id], relaxed.leaves),
                meant,
                each.parts,
                each.had,
                tuple(word for word in words if word not in each.had),
            )
            for each in found
        )

    def count(self, request: SearchRequest) -> int:
        """Return how many entries match the query and the filters."""
        return self._questions.count(self._found(request))

    def facet(self, request: SearchRequest, field: str, prefix: str = "", limit: int = FACET_LIMIT) -> Facet:
        """Return one facet's values that start with `prefix`.

        At most `limit` values are listed, and selected and excluded ones always.  `field` is one of
        `indexer.search.fields.FILTERS`; raises `ValueError` for any other.
        """
        if field not in FILTERS:
            raise ValueError(f"no facet {field!r}; there is {', '.join(FILTERS)}")
        meant, shown = self._shown.meant(request), self._shown
        matched = self._matched(resolve(request.query).root, shown.visible)
        found = all_of([matched, *shown.filters(meant)])
        counted = Counted(self._questions, meant, matched, shown)
        return facet(self._questions, counted, found, field, prefix, limit)

    def get(self, entry_id: str) -> Entry | None:
        """Return the entry with this id, or None if there is none or it may not be shown."""
        return self._entries_of([entry_id]).get(entry_id)

    def similar(self, entry_id: str, limit: int = LISTED) -> tuple[Similar, ...]:
        """Return the entries that share rare words with one entry, at most `limit`, the likest first."""
        entry = self.get(entry_id)
        return () if entry is None else similar(self._questions, self._shown, entry, limit)

    def entries(self, request: SearchRequest, first: int = 0) -> Iterator[Entry]:
        """Return all matching entries but the first `first` in the request's order, read as they are asked for."""
        return (each.entry for each in self._stream(request, first))

    def found(self, request: SearchRequest, first: int = 0) -> Iterator[EntryFound]:
        """Return the same entries, each with how often what is sought stands in it."""
        leaves = resolve(request.query).leaves
        return (EntryFound(each.entry, occurrences_of(each.entry, leaves)) for each in self._stream(request, first))

    def occurrences(self, request: SearchRequest, order: str = ENTRY, first: int = 0) -> Iterator[Occurrence]:
        """Return every occurrence in its line, read as they are asked for; page and size do not count.

        `order` is one of `indexer.search.shown.concordance.ORDERS`; `first` lines are left out.
        """
        if order not in ORDERS:
            raise ValueError(f"no order {order!r}; there is {', '.join(ORDERS)}")
        by_year = replace(request, sort="year-asc") if order != ENTRY else request
        lines = Lines(self._questions, resolve(request.query).leaves)
        read = self._stream(by_year, 0)
        return islice(lines.as_read(read) if order == ENTRY else lines.by_side(read, order), first, None)

    def suggest(self, text: str, limit: int = SHOWN) -> tuple[Suggestion, ...]:
        """Return what may be meant by what somebody has typed, at most `limit`, the best first."""
        typed = read_typed(text)
        if typed is None:
            return ()
        shown, aside = self._shown, self._aside()
        held = Held(
            aside.suggestions, aside.values, aside.title, not shown.visible, shown.authority, named(shown.authority)
        )
        return suggested(typed, held, self._counts, limit)

    def readings(self, char: str) -> tuple[str, ...]:
        """Return the syllables that a character can have, in pinyin without tones; none if it has no sound."""
        return self._aside().suggestions.readings(char)

    def trend(self, request: SearchRequest) -> tuple[VolumeFound, ...]:
        """Return what matches in each volume that has entries which pass the filters, ordered as `volumes` orders."""
        filters, plan = self._filters(request), resolve(request.query)
        return Volumes(self._questions).found(filters, self._matched(plan.root, filters), plan.leaves)

    def volumes(self) -> tuple[VolumeCount, ...]:
        """Return the volumes that have entries, ordered by yearbook, then year, then id."""
        return Volumes(self._questions).all(self._shown.visible)

    def close(self) -> None:
        """Let go of the generation; its connections are shared, and stay.  Any later question raises `RuntimeError`."""
        self._open = None

    @property
    def _questions(self) -> Questions:
        if self._open is None:
            raise RuntimeError(f"the searcher of {self.generation} is closed; open the data folder again")
        return self._open

    def _aside(self) -> Aside:
        """Return what suggestions are made of; who asks first waits until it is brought here."""
        with self._bringing:
            index = self._questions.index
            if not self._brought:
                self._brought.append(Aside(self.cluster, index, self.seal.aside))
        return self._brought[0]

    @property
    def _visible(self) -> Shown:
        _ = self._questions
        return self._shown

    def _page(self, request: SearchRequest) -> Page:
        meant, plan, filters = self._shown.meant(request), resolve(request.query), self._filters(request)
        matched = self._matched(plan.root, filters)
        counted = Counted(self._questions, meant, matched, self._shown)
        return Page(self._questions, meant, plan, all_of([matched, *filters]), counted, self.seal.entries)

    def _filters(self, request: SearchRequest) -> list[Query]:
        return self._shown.filters(self._shown.meant(request))

    def _matched(self, step: Step | None, context: Sequence[Query]) -> Query:
        """Return the query of the entries that a step matches, at least among those that meet `context`."""
        together = Together(self._questions)
        # A leaf that has to be read may be read once for each request, not for each question.
        known = {leaf: together.query(leaf, context) for leaf in grouped_leaves(step)}
        return matching(step, known.__getitem__)

    def _found(self, request: SearchRequest) -> Query:
        filters = self._filters(request)
        return all_of([self._matched(resolve(request.query).root, filters), *filters])

    def _stream(self, request: SearchRequest, first: int) -> Iterator[Read]:
        found = self._page(request).ordered()
        for each in self._questions.stream(found.query, found.sort, first):
            yield each
            _ = self._questions  # closed meanwhile?

    def _entries_of(self, names: Sequence[str]) -> dict[str, Entry]:
        """Return the entries with these ids, by id, as far as they may be shown."""
        asked = [name for name in names if can_be_sent(name) and len(name) < _LONGEST_ID]
        query = all_of([{"terms": {"id": asked}}, *self._shown.visible])
        return {each.entry.id: each.entry for each in self._questions.read(query, len(asked))}

    def _counts(self, requests: Sequence[SearchRequest]) -> list[int]:
        return self._questions.counts(list(map(self._found, requests)))
