"""Grep parity on 10,000 entries of real prose; takes a minute, and downloads the prose the first time."""

import random

import pytest
from judge import apart, places_in, ranges, wanted_by, ways

from indexer.model import Entry
from indexer.search.engine import Searcher
from indexer.search.fields import TEXT_FIELDS, field_texts
from indexer.search.query.tree import Exact, Match, SearchRequest
from indexer.text.fold import fold
from indexer.text.variants import Likeness, likened

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def texts(entries: list[Entry]) -> list[str]:
    """Their folded texts, to be scanned."""
    return ["\0".join(fold(text) for name in TEXT_FIELDS for text in field_texts(entry)[name]) for entry in entries]


def test_random_substrings_give_what_the_scan_gives(
    large: Searcher, entries: list[Entry], texts: list[str], rng: random.Random
) -> None:
    """2,000 strings of 1 to 12 characters, others each run: quoted, entries and occurrences, none more, none less;
    unquoted, the entries that hold every word, in one of its forms."""
    likened_texts = [{likeness: likened(text, likeness) for likeness in Likeness} for text in texts]
    for number in range(2000):
        body = rng.choice(entries).body
        start = rng.randrange(len(body))
        string = body[start : start + rng.randint(1, 12)]
        if not fold(string):
            continue
        counts = [text.count(fold(string)) for text in texts]
        page = large.search(SearchRequest(Exact(string), size=10))
        found = sum(count > 0 for count in counts)
        assert (page.total, page.occurrences) == (found, sum(counts)), string
        if number % 20 == 0:
            held = {entry.id for entry, count in zip(entries, counts, strict=True) if count}
            assert {entry.id for entry in large.entries(SearchRequest(Exact(string)))} == held, string
        words = [[(likened(word.text, word.likeness), word.likeness) for word in way] for way in ways(Match(string))]
        judged = [
            any(all(word in alike[likeness] for word, likeness in way) for way in words) for alike in likened_texts
        ]
        given = {entry.id for entry in large.entries(SearchRequest(Match(string)))}
        assert given == {entry.id for entry, is_found in zip(entries, judged, strict=True) if is_found}, string


def test_marks_on_a_page_are_those_found_by_reading(large: Searcher, entries: list[Entry], rng: random.Random) -> None:
    """Title, snippet and counts of 5,000 hits."""
    seen = 0
    while seen < 5000:
        body = rng.choice(entries).body
        start = rng.randrange(len(body) - 12)
        node = Match(body[start : start + rng.randint(1, 9)])
        sought = list(wanted_by(node))
        if not any(each.strings for each in sought):
            continue
        for hit in large.search(SearchRequest(node, size=20)).hits:
            seen += 1
            assert [span.text for span in hit.title if span.marked] == [
                hit.entry.title[first:last] for first, last in ranges("title", hit.entry.title, sought)
            ]
            count = len(apart(places_in("body", fold(hit.entry.body), sought)))
            if count:  # else the snippet shows the signature, or the body's opening
                assert ("body", count) in [(reason.field, reason.count) for reason in hit.reasons]
                whole = {hit.entry.body[first:last] for first, last in ranges("body", hit.entry.body, sought)}
                assert "".join(span.text for span in hit.snippet if span.text != "…") in hit.entry.body
                inside = [span.text for span in hit.snippet if span.marked]
                assert inside
                assert all(any(text in mark for mark in whole) for text in inside)
