"""The kernel on arrays against its judges: a plain scan, and Whoosh's own searcher on the same index."""

import json
import math
import tempfile
from pathlib import Path

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from judge import Sought, apart, asked, holds, marked, marked_near, occurrences, places_in, ranges, said
from random_archives import NODES, STRINGS, archives, build, entry_of
from whoosh import index as whoosh_index
from whoosh.query import Term as WhooshsTerm
from whoosh.scoring import WeightingModel
from whoosh.searching import Searcher as WhooshsSearcher

from indexer.model import Entry
from indexer.search.fields import ALL_TEXT, FACETS, TEXT_FIELDS, field_texts, filter_values
from indexer.search.order import printed_order, tie_break
from indexer.search.query.notes import NoteCode
from indexer.search.query.plan import InOrder, Leaf, Within, unquoted
from indexer.search.query.terms import Term
from indexer.search.query.tree import SORTS, All, Any, Exact, Filter, Match, SearchRequest
from indexer.search.ranking.bm25f import STEPS
from indexer.search.ranking.weighing import POINT, factor
from indexer.search.shown.marks import find_marks
from indexer.search.shown.nearest import nearest
from indexer.search.shown.results import PartCode, Snippet
from indexer.search.whoosh.openindex import open_index
from indexer.search.whoosh.words.schema import WORDS, schema
from indexer.text.analyzer import analyze, evidence
from indexer.text.fold import fold


@settings(max_examples=50)
@given(archives(), NODES, st.sampled_from(SORTS))
# No entry has all three, and 上 says nothing: the entry comes near by its 9, which alone is marked and counted.
@example((entry_of(body="上", signature="9"),), Match("1上9"), "relevance")
def test_any_query_finds_and_counts_what_reading_the_texts_does(entries, node, sort) -> None:  # type: ignore[no-untyped-def]
    """Entries, total, occurrences, facets and marks, on random archives."""
    with tempfile.TemporaryDirectory() as folder:
        searcher = build(folder, entries)
        judged = [entry for entry in entries if holds(entry, node)]
        request = SearchRequest(node, sort=sort, size=100, explain=True)
        page = searcher.search(request)
        beside = nearest(searcher, request, page.total)
        near = beside.hits
        read = unquoted(node) if NoteCode.QUOTES_AS_WORDS in [each.code for each in beside.notes] else node
        assert bool(near) <= (len(judged) < 5)
        sought = marked(node)
        assert not {hit.entry.id for hit in page.hits} & {hit.entry.id for hit in near}
        for hit in near:  # what it has is marked, and counted in its reasons alone
            assert said(hit) == occurrences(hit.entry, marked_near(read))
            assert hit.lacks or not holds(hit.entry, node)
        for hit in (*page.hits, *near):
            assert math.isclose(sum(part.score for part in hit.parts), hit.score, abs_tol=1e-9)
        assert {hit.entry.id for hit in page.hits} == {entry.id for entry in judged}
        if sort == "book":
            assert [hit.entry for hit in page.hits] == sorted(judged, key=printed_order)
        assert (page.total, page.occurrences) == (len(judged), sum(occurrences(entry, sought) for entry in judged))
        assert page.occurrences == sum(map(said, page.hits))
        if isinstance(node, Match):
            whole = sum(holds(entry, Exact(node.text)) for entry in judged)
            assert [each.whole for each in page.readings] == [whole] * (len(asked(node)) > 1)
        assert [facet.field for facet in page.facets] == list(FACETS)
        for facet in page.facets:
            counted = {value.value: value.count for value in facet.values}
            values = [value for entry in judged for value in set(filter_values(entry)[facet.field])]
            assert counted == {value: values.count(value) for value in values}
        for hit in page.hits:
            title, body = hit.entry.title, hit.entry.body
            assert spans_of(hit.title) == [title[start:end] for start, end in ranges("title", title, sought)]
            assert "".join(span.text for span in hit.title) == title
            count = len(apart(places_in("body", fold(body), sought)))
            if count:
                assert ("body", count) in [(reason.field, reason.count) for reason in hit.reasons]
                if len(body) <= 100:
                    assert spans_of(hit.snippet) == [body[start:end] for start, end in ranges("body", body, sought)]
            for name, text in (("title", title), ("body", body)):  # as the page of the entry marks it
                found = find_marks(tuple(map(leaf_of, sought)), name, text)
                assert found.count == len(apart(places_in(name, fold(text), sought)))
                assert list(found.ranges) == ranges(name, text, sought)


def spans_of(snippet: Snippet) -> list[str]:
    """Give what of a snippet is marked."""
    return [span.text for span in snippet if span.marked]


def leaf_of(sought: Sought) -> Leaf:
    """Say to the reading of texts what to look for."""
    scope = ALL_TEXT if sought.scopes == TEXT_FIELDS else sought.scopes[0]
    together = (
        sought.together
        if sought.together is None
        else (Within(sought.together) if isinstance(sought.together, int) else InOrder(sought.together))
    )
    return Leaf(scope, tuple(Term(*string) for string in sought.strings), together=together)


@settings(max_examples=30)
@given(archives(), NODES, st.lists(st.sampled_from(["2001", "2002", "1999"]), max_size=2, unique=True), STRINGS)
def test_filters_limit_what_is_found_but_not_their_own_facet(entries, node, years, string) -> None:  # type: ignore[no-untyped-def]
    """And a string asked for twice, in two ways, is looked up rightly from the cache."""
    with tempfile.TemporaryDirectory() as folder:
        searcher = build(folder, entries)
        filters = (Filter("year", tuple(years)),) if years else ()
        for asked in (node, All((node, Exact(string))), Any((Exact(string), node)), node):
            request = SearchRequest(asked, filters, size=100)
            judged = [entry for entry in entries if holds(entry, asked)]
            inside = [entry for entry in judged if not years or str(entry.year) in years]
            page = searcher.search(request)
            sought = marked(asked)
            assert {hit.entry.id for hit in page.hits} == {entry.id for entry in inside}
            assert page.occurrences == sum(occurrences(entry, sought) for entry in inside)
            assert [facet.field for facet in page.facets] == list(FACETS)
            for facet in page.facets:
                among = judged if facet.field == "year" else inside
                values = [value for entry in among for value in set(filter_values(entry)[facet.field])]
                wanted = {value: values.count(value) for value in values}
                chosen = years if facet.field == "year" else []
                assert {v.value: v.count for v in facet.values} == wanted | {
                    value: wanted.get(value, 0) for value in chosen
                }
                assert {v.value for v in facet.values if v.selected} == set(chosen)


class Points(WeightingModel):  # type: ignore[misc]
    """Our weighting for Whoosh's own matchers: a posting's weight times the word's factor."""

    def scorer(self, searcher, fieldname, text, qf=1):  # type: ignore[no-untyped-def]
        """Give what a matcher asks for its score."""
        count = searcher.doc_frequency(fieldname, text)

        class Scorer:
            def supports_block_quality(self) -> bool:
                return False

            def score(self, matcher) -> float:  # type: ignore[no-untyped-def]
                return round(matcher.weight() * STEPS) * factor(count, searcher.doc_count_all())

        return Scorer()


@settings(max_examples=35)
@given(archives(), st.lists(STRINGS, min_size=1, max_size=3))
def test_whoosh_itself_gives_words_the_same_scores(entries, strings) -> None:  # type: ignore[no-untyped-def]
    """Its searcher, its reader and its matchers, on the same files; and the order is that of the scores."""
    with tempfile.TemporaryDirectory() as folder:
        searcher = build(folder, entries)
        page = searcher.search(SearchRequest(Any(tuple(map(Exact, strings))), size=100, explain=True))
        index = whoosh_index.open_dir(str(Path(folder, "index", searcher.generation)), schema=schema())
        judge = WhooshsSearcher(index.reader(), weighting=Points())
        order = sorted(entries, key=lambda entry: tie_break(entry.year, entry.id))
        numbers = {entry.id: number for number, entry in enumerate(order)}
        given = {
            (part.code, part.text, numbers[hit.entry.id]): round(part.score * POINT)
            for hit in page.hits
            for part in hit.parts
        }
        for word in dict.fromkeys(word for string in strings for word in evidence(fold(string)).words):
            if (WORDS, word.encode()) not in judge.reader() or len(word) == 1 or any(map(str.isdecimal, word)):
                continue
            matcher = WhooshsTerm(WORDS, word).matcher(judge, judge.context())
            points = {}
            while matcher.is_active():
                points[matcher.id()] = matcher.score()
                matcher.next()
            for hit in page.hits:
                number = numbers[hit.entry.id]
                assert given.get((PartCode.WORD, word, number), 0) == points.get(number, 0)
        ranks = [(-round(hit.score * POINT), numbers[hit.entry.id]) for hit in page.hits]
        assert ranks == sorted(ranks)


@settings(max_examples=30)
@given(archives())
def test_whoosh_reads_the_index(entries) -> None:  # type: ignore[no-untyped-def]
    """Terms in order with their frequencies, stored entries, cursors."""
    with tempfile.TemporaryDirectory() as folder:
        searcher = build(folder, entries)
        path = Path(folder, "index", searcher.generation)
        reader = whoosh_index.open_dir(str(path), schema=schema()).reader()
        held: dict[str, set[str]] = {}
        for entry in entries:
            texts = field_texts(entry)
            for name in ("title", "heading", "body", "captions"):
                for text in texts[name]:
                    for word in analyze(text):
                        held.setdefault(word, set()).add(entry.id)
        terms = [text for field, text in reader.all_terms() if field == WORDS]
        assert terms == sorted(word.encode() for word in held)
        assert {text.decode(): info.doc_frequency() for (_, text), info in reader} == {
            word: len(names) for word, names in held.items()
        }
        assert reader.doc_count_all() == len(entries)
        for word in list(held)[:5]:
            assert (WORDS, word) in reader
            assert reader.doc_frequency(WORDS, word) == len(held[word])
            assert len(list(reader.postings(WORDS, word).all_ids())) == len(held[word])
        stored = [Entry.from_record(json.loads(each["record"])) for each in reader.all_stored_fields()]
        assert sorted(stored, key=lambda entry: entry.id) == sorted(entries, key=lambda entry: entry.id)
        documents = open_index(path)
        assert [documents.entry(number) for number in range(len(entries))] == stored
        assert all(documents.number(entry.id) == at for at, entry in enumerate(stored))
        assert np.array_equal(documents.years, [entry.year for entry in stored])


def test_what_lifts_an_entry_beside_its_words_counts_only_near_enough(make_entry) -> None:  # type: ignore[no-untyped-def]
    """Of two with the same words, the one that has the run whole is first where most words are asked for."""
    with tempfile.TemporaryDirectory() as folder:
        entries = [
            make_entry("2001-1-1", title="题", body="港务局在沧浦。"),
            make_entry("2001-2-1", title="题", body="沧浦港务局。。"),
            *(make_entry(f"2001-{at}-1", title="题", body="无关。") for at in range(3, 30)),
        ]
        searcher = build(folder, entries)
        request = SearchRequest(All((Match("沧浦港务局"), Match("芯片"))), explain=True)
        lifted, alone = searcher.evidence(request, 5, near_enough=True), searcher.evidence(request, 5)
        assert [each.id for each in lifted] == ["2001-2-1", "2001-1-1"]
        codes = [{part.code for each in found for part in each.parts} for found in (lifted, alone)]
        assert [PartCode.TOGETHER in each for each in codes] == [True, False]


OFTEN = 150
test_any_query_often = pytest.mark.slow(
    settings(max_examples=OFTEN)(
        given(archives(), NODES, st.sampled_from(SORTS))(
            test_any_query_finds_and_counts_what_reading_the_texts_does.hypothesis.inner_test
        )
    )
)
test_filters_often = pytest.mark.slow(
    settings(max_examples=OFTEN)(
        given(archives(), NODES, st.lists(st.sampled_from(["2001", "2002", "1999"]), max_size=2, unique=True), STRINGS)(
            test_filters_limit_what_is_found_but_not_their_own_facet.hypothesis.inner_test
        )
    )
)
