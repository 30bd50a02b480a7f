"""Finds the entries that share rare words with one entry."""

from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

from indexer.model import Entry
from indexer.search.fields import value_of
from indexer.search.opensearch.connection import Query
from indexer.search.opensearch.features import is_sent_word
from indexer.search.opensearch.matching.filters import Shown
from indexer.search.opensearch.matching.strings import all_of, any_of, scored, standing
from indexer.search.opensearch.questions import KEPT, Questions, read_hit
from indexer.search.opensearch.shape import WORDS
from indexer.search.query.terms import Term
from indexer.search.shown.results import Similar
from indexer.search.shown.similar import (
    ENOUGH,
    IN_BOTH,
    SHORT,
    is_boilerplate,
    is_rare,
    likeness,
    telling_words,
    title_words,
    told,
    worth,
)
from indexer.search.shown.similar import WORDS as LOOKED_AT

_AT_ONCE = 100
"""Entries that are read at once; the likest come first."""


class _Compared(NamedTuple):
    likeness: float
    rank: int
    entry: Entry
    shared: list[tuple[str, int]]


def similar(questions: Questions, shown: Shown, entry: Entry, limit: int) -> tuple[Similar, ...]:
    """Return the entries that share rare words with one, best first, at most `limit`."""
    worths = _rare(questions, shown, entry)
    found: dict[tuple[str, str], _Compared] = {}
    for each in _candidates(questions, shown, entry, worths) if worths else ():
        text = each.entry.title, each.entry.body
        found[text] = min(each, found.get(text, each), key=lambda one: (-one.likeness, one.rank))
    listed = sorted(found.values(), key=lambda one: (-one.likeness, one.rank))[:limit]
    return tuple(Similar(each.entry, told(each.shared)) for each in listed)


def _rare(questions: Questions, shown: Shown, entry: Entry) -> dict[str, int]:
    """Return the rare words of an entry that are not boilerplate, with what each is worth; those worth most."""
    counts = {word: count for word, count in telling_words(entry).items() if is_sent_word(word)}
    words = sorted(counts)
    section: Query = {"term": {"section": value_of(entry.section)}}
    having = [{"term": {WORDS: word}} for word in words]
    whole, in_section, *holders = questions.counts(
        [all_of([*shown.visible, *more]) for more in ([], [section], *([each] for each in having))]
    )
    rare = [
        (-worth(counts[word], held, whole), word)
        for word, held in zip(words, holders, strict=True)
        if is_rare(held, whole)
    ]
    found: dict[str, int] = {}
    asked = iter(sorted(rare))
    while len(found) < LOOKED_AT and (some := list(islice(asked, LOOKED_AT))):
        there = questions.counts([all_of([*shown.visible, section, {"term": {WORDS: word}}]) for _, word in some])
        for (points, word), held in zip(some, there, strict=True):
            if not is_boilerplate(held, in_section) and len(found) < LOOKED_AT:
                found[word] = -points
    return found


def _candidates(questions: Questions, shown: Shown, entry: Entry, worths: dict[str, int]) -> Iterator[_Compared]:
    """Yield the entries that are like enough."""
    source = "return _score / (params.short + doc['characters'].value + doc['strings'].value);"
    query = {
        "bool": {
            "must": [any_of([each for word, points in worths.items() for each in _shared(word, points)])],
            "filter": shown.visible,
            "must_not": [{"term": {"id": entry.id}}],
        }
    }
    body = {
        "query": {"script_score": {"query": query, "script": {"source": source, "params": {"short": SHORT}}}},
        # Scores are rounded to 24 bits: who is like enough is computed again.
        "min_score": ENOUGH * (1 - 1e-6),
        "sort": [{"_score": "desc"}, {"rank": "asc"}],
        "size": _AT_ONCE,
        "track_total_hits": False,
        **KEPT,
        "docvalue_fields": ["rank", "characters", "strings"],
        "track_scores": True,
    }
    after: list[object] | None = None
    while True:
        hits = questions.search(body if after is None else {**body, "search_after": after})
        page = hits["hits"]["hits"]
        for hit in page:
            read, fields = read_hit(hit), hit["fields"]
            shared = [(word, worths[word]) for word in hit.get("matched_queries", ()) if word in worths]
            twice = title_words(read.entry, (word for word, _ in shared))
            points = sum(each * IN_BOTH if word in twice else each for word, each in shared)
            like = likeness(points, fields["characters"][0] + fields["strings"][0])
            if like >= ENOUGH:
                yield _Compared(like, read.rank, read.entry, shared)
        if len(page) < _AT_ONCE:
            return
        after = page[-1]["sort"]


def _shared(word: str, points: int) -> Iterator[Query]:
    """Yield what gives an entry the points of a word that it has, and them again if the word stands in what it is about."""
    has: Query = {"term": {WORDS: word}}
    yield scored(points, has, word)
    titles = [standing("title", Term(word)), all_of([{"term": {"about": True}}, standing("heading", Term(word))])]
    yield scored(points * (IN_BOTH - 1), all_of([has, any_of(titles)]))
