"""Every engine answers random requests as the scanning one does, which reads every text for every question."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from random import Random

import pytest
from asking import random_request
from scanning import ScanningSearcher

from indexer.authority import Authority, Person
from indexer.model import Entry
from indexer.search.engine import Searcher
from indexer.search.query.tree import SORTS, Filter, SearchRequest
from indexer.search.shown.concordance import ENTRY, ORDERS
from indexer.search.shown.nearest import FEW, nearest
from indexer.search.shown.results import Evidence, Hit
from indexer.search.shown.suggestions import request_for
from indexer.urls import page_key

Times = Callable[[int], int]


def told(hit: Hit) -> tuple[object, ...]:
    """Give what a hit shows, but its score, which is an engine's own."""
    return hit.entry, hit.title, hit.snippet, hit.reasons, hit.has, hit.lacks


def compare(searcher: Searcher, entries: Sequence[Entry], rng: Random, times: int) -> None:
    """Ask both, and hold everything against each other but the order of relevance."""
    scan = ScanningSearcher(entries)
    assert (len(searcher), searcher.volumes()) == (len(scan), scan.volumes())
    for _ in range(times):
        text, asked = random_request(entries, rng)
        one, other = searcher.search(asked), scan.search(asked)
        where = text, asked
        assert (one.total, one.occurrences) == (other.total, other.occurrences), where
        assert one.facets == other.facets, where
        assert (one.readings, one.notes) == (other.readings, other.notes), where
        assert searcher.count(asked) == one.total, where
        found = [list(map(told, page.hits)) for page in (one, other)]
        if asked.sort != SORTS[0]:
            assert found[0] == found[1], where
            assert list(searcher.entries(asked)) == list(scan.entries(asked)), where
        elif asked.page == 1 and one.total <= asked.size:
            assert sorted(found[0], key=str) == sorted(found[1], key=str), where
        listed = [{each.id for each in engine.entries(asked)} for engine in (searcher, scan)]
        assert listed[0] == listed[1], where
        counted = list(searcher.found(asked))
        assert [each.entry for each in counted] == list(searcher.entries(asked)), where
        assert sum(each.occurrences for each in counted) == one.occurrences, where
        assert list(searcher.found(asked, 2)) == counted[2:], where
        assert list(searcher.entries(asked, 2)) == [each.entry for each in counted[2:]], where
        assert sorted(counted, key=str) == sorted(scan.found(asked), key=str), where
        for order in rng.sample(ORDERS, 1):
            if order != ENTRY or asked.sort != SORTS[0]:
                lines = list(searcher.occurrences(asked, order))
                assert lines == list(scan.occurrences(asked, order)), (where, order)
                assert len(lines) == one.occurrences, where
                assert list(searcher.occurrences(asked, order, 3)) == lines[3:], where
        assert searcher.trend(asked) == scan.trend(asked), where
        near = nearest(searcher, replace(asked, size=50), one.total)
        assert not near.hits or one.total < FEW
        assert not {hit.entry.id for hit in near.hits} & listed[0], where
        if near.hits and not near.notes:  # which come near is an engine's own; what they have and what is marked is not
            named = [Evidence(hit.entry.id, hit.score, hit.has) for hit in near.hits]
            assert list(map(told, near.hits)) == list(map(told, scan.near_hits(asked, named))), where


@pytest.mark.usefixtures("every_engine")
def test_random_requests_are_answered_as_by_the_scan(
    searcher: Searcher, expected: tuple[Entry, ...], rng: Random, kept_in: str, times: Times
) -> None:
    """Entries, totals, occurrences, facets, readings, notes, marks and reasons; others each run."""
    compare(searcher, expected, rng, 200 if kept_in == "whoosh" else times(2000))


@pytest.mark.slow
def test_two_thousand_random_requests_are_answered_as_by_the_scan(
    searcher: Searcher, expected: tuple[Entry, ...], rng: Random
) -> None:
    """The same, ten times as often."""
    compare(searcher, expected, rng, 2000)


def random_authority(entries: Sequence[Entry], rng: Random) -> Authority:
    """Draw who is who: names joined, and names told apart."""
    forms = sorted({form for each in entries for form in each.authors})
    rng.shuffle(forms)
    joined = [Person(rng.choice((forms[at], f"某{at}")), tuple(forms[at + 1 : at + 4])) for at in range(0, 12, 4)]
    told_apart = []
    for at in range(12, 18):
        entry = rng.choice([each for each in entries if forms[at] in each.authors])
        sections = (entry.section,) if rng.random() < 0.7 else ()
        years = None if sections and rng.random() < 0.5 else (entry.year, entry.year + rng.randrange(2))
        told_apart.append(Person(f"{forms[at]}（{at}）", (forms[at], forms[rng.randrange(12)]), sections, years))
    return Authority((*joined, *told_apart))


@pytest.mark.usefixtures("every_engine")
def test_persons_are_counted_and_filtered_as_by_the_scan(
    searcher: Searcher, expected: tuple[Entry, ...], rng: Random, times: Times
) -> None:
    """Whoever people say is who; and as it was, once nobody says anything."""
    for _ in range(times(8)):
        authority = random_authority(expected, rng)
        one, other = searcher.attributed(authority), ScanningSearcher(expected).attributed(authority)
        names = [each.name for each in authority.persons] + sorted(authority.claimed)
        for _ in range(20):
            _, asked = random_request(expected, rng)
            chosen = Filter("author", tuple(rng.sample(names, 2)), rng.random() < 0.3)
            asked = replace(asked, filters=(*(each for each in asked.filters if each.field != "author"), chosen))
            assert one.facet(asked, "author", limit=1000) == other.facet(asked, "author", limit=1000)
            assert one.count(asked) == other.count(asked)
            assert {each.id for each in one.entries(asked)} == {each.id for each in other.entries(asked)}
        everything = one.facet(SearchRequest(), "author", limit=1000)
        for value in everything.values:
            asked = SearchRequest(filters=(Filter("author", (value.value,)),))
            assert one.count(asked) == value.count
            assert all(value.value in one.persons(each) for each in one.entries(asked))
        assert [each.authors for each in one.entries(SearchRequest())] == [
            each.authors for each in searcher.entries(SearchRequest())
        ]
        for name in rng.sample(names, 5):
            for found in one.suggest(name[:3]):
                assert one.count(request_for(found.kind, found.text)) == found.count > 0
        again = one.attributed(Authority())
        assert again.facet(SearchRequest(), "author") == searcher.facet(SearchRequest(), "author")


@pytest.mark.usefixtures("every_engine")
def test_similar_entries_are_those_of_the_scan(searcher: Searcher, expected: tuple[Entry, ...], rng: Random) -> None:
    """In the same order, with the same words; also where pages are hidden, for rarity is that of what is shown."""
    scan = ScanningSearcher(expected)
    for hidden in (frozenset(), frozenset(page_key(each.url) for each in rng.sample(expected, 40))):
        one, other = searcher.without(hidden), scan.without(hidden)
        for entry in rng.sample(expected, 25):
            limit = rng.choice((1, 3, 6, 50))
            assert one.similar(entry.id, limit) == other.similar(entry.id, limit), entry.id
