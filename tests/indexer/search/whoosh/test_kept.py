"""What is kept of an answer never shows in another: each page is the one that a searcher gives which kept nothing."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest

from indexer.authority import Authority, Person
from indexer.model import Entry
from indexer.search.engine import Searcher
from indexer.search.factory import open_searcher
from indexer.search.fields import filter_values
from indexer.search.query.grammar import parse
from indexer.search.query.tree import SORTS, Filter, SearchRequest
from indexer.search.shown.nearest import nearest
from indexer.search.whoosh.answering import answers, hits
from indexer.urls import page_key

Views = dict[str, Callable[[Searcher], Searcher]]
TYPED = (
    "",
    "工会",
    '"工会"',
    "工會",
    "职工 工会",
    "职工 NEAR/20 工会",
    '"职?工"',
    "标题:工会",
    "工会 或 职工",
    "的 -工会",
    "工会怎样帮助下岗女工重新找到工作",
    "量子工会",
)
"""Some differ from one another in no more than what a key must tell apart."""


@pytest.fixture
def archive(publish: Callable[..., Path], expected: tuple[Entry, ...]) -> tuple[Path, tuple[Entry, ...]]:
    """A data folder and its entries: those of several volumes."""
    entries = expected[::10]
    return publish(entries).parents[1], entries


@pytest.fixture
def views(archive: tuple[Path, tuple[Entry, ...]], rng: Random) -> Views:
    """A searcher as it is, with pages hidden, with persons for authors, and with both in either order."""
    _, entries = archive
    signed = sorted({form for entry in entries for form in entry.authors})
    joined = Authority((Person(signed[0], tuple(signed[1:6])), Person("某人", tuple(signed[6:12]))))
    other = Authority((Person("某人", tuple(signed[:4])),))
    hidden, more = (frozenset(page_key(each.url) for each in rng.sample(entries, 15)) for _ in range(2))
    return {
        "whole": lambda searcher: searcher,
        "hidden": lambda searcher: searcher.without(hidden),
        "hidden otherwise": lambda searcher: searcher.without(more),
        "persons": lambda searcher: searcher.attributed(joined),
        "other persons": lambda searcher: searcher.attributed(other),
        "both": lambda searcher: searcher.without(hidden).attributed(joined),
        "both, otherwise": lambda searcher: searcher.attributed(other).without(hidden),
        "persons no more": lambda searcher: searcher.attributed(joined).attributed(Authority()),
    }


def drawn(entries: tuple[Entry, ...], rng: Random) -> SearchRequest:
    """Draw a request that has much in common with others."""
    filters = []
    year = filter_values(rng.choice(entries))["year"]
    author = rng.choice(("某人", *sorted({form for entry in entries for form in entry.authors})[:3]))
    for field, values in (("year", year), ("author", (author,))):
        if rng.random() < 0.4:
            filters.append(Filter(field, values, rng.random() < 0.4))
    return SearchRequest(
        parse(rng.choice(TYPED))[0],
        tuple(filters),
        sort=rng.choice(SORTS),
        page=rng.choice((1, 1, 2, 3, 20)),
        size=rng.choice((0, 2, 5)),
        explain=rng.random() < 0.1,
    )


def asked(searcher: Searcher, request: SearchRequest) -> tuple[object, ...]:
    """Ask for a page and what comes near."""
    page = searcher.search(request)
    return page, nearest(searcher, replace(request, size=5), page.total)


def test_pages_are_those_of_a_searcher_that_kept_nothing(
    archive: tuple[Path, tuple[Entry, ...]], views: Views, rng: Random, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever was asked before: other pages, behind what is kept too, filters, orders, hidden pages and persons."""
    data, entries = archive
    questions = [(rng.choice(list(views)), drawn(entries, rng)) for _ in range(80)]
    right = [asked(views[view](open_searcher(data)), request) for view, request in questions]
    monkeypatch.setattr(answers, "_WINDOW", 3)
    whole = open_searcher(data)
    opened = {name: view(whole) for name, view in views.items()}
    order = rng.sample(range(len(questions)), len(questions)) + rng.sample(range(len(questions)), len(questions))
    for at in order:
        view, request = questions[at]
        assert asked(opened[view], request) == right[at], (view, request)


def test_pages_are_right_in_many_threads(
    archive: tuple[Path, tuple[Entry, ...]], views: Views, rng: Random, monkeypatch: pytest.MonkeyPatch
) -> None:
    """That keep and forget all the time what the others look for."""
    data, entries = archive
    monkeypatch.setattr(answers, "_WINDOW", 3)
    monkeypatch.setattr(hits._QUERIES, "most", 4)
    monkeypatch.setattr(answers._ANSWERS, "limit", 40_000)
    questions = [(rng.choice(list(views)), drawn(entries, rng)) for _ in range(20)]
    right = [asked(views[view](open_searcher(data)), request) for view, request in questions]
    whole = open_searcher(data)
    opened = {name: view(whole) for name, view in views.items()}

    def ask(at: int) -> bool:
        view, request = questions[at]
        return asked(opened[view], request) == right[at]

    with ThreadPoolExecutor(4) as threads:
        chosen = [rng.randrange(len(questions)) for _ in range(200)]
        assert [at for at, is_right in zip(chosen, threads.map(ask, chosen), strict=True) if not is_right] == []


@pytest.mark.parametrize("window", [1, 3, 200])
def test_pages_together_are_what_was_found(
    archive: tuple[Path, tuple[Entry, ...]], window: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In its order, in front of what is kept and behind it, whichever page is asked for first."""
    monkeypatch.setattr(answers, "_WINDOW", window)
    searcher = open_searcher(archive[0])
    for sort in SORTS:
        request = SearchRequest(parse("工会")[0], sort=sort, size=2)
        found = list(searcher.entries(request))
        assert len(found) > 6
        pages = range(1, len(found) // 2 + 3)
        for each in (*reversed(pages), *pages):
            page = searcher.search(replace(request, page=each))
            assert [hit.entry for hit in page.hits] == found[2 * each - 2 : 2 * each]
            assert page.total == len(found)


def test_what_is_marked_is_that_of_the_query(archive: tuple[Path, tuple[Entry, ...]]) -> None:
    """Not of another one that finds the same entries, quoted or not, limited to a field or not."""
    searcher = open_searcher(archive[0])
    seen = {}
    for typed in ('"工会"', "标题:工会", "正文:工会", "工", "会", "工会 工", "职工", "工会"):
        page = searcher.search(SearchRequest(parse(typed)[0], size=100))
        seen[typed] = {hit.entry.id: (hit.title, hit.snippet, hit.reasons) for hit in page.hits}
    for typed, found in seen.items():
        again = open_searcher(archive[0]).search(SearchRequest(parse(typed)[0], size=100))
        assert found == {hit.entry.id: (hit.title, hit.snippet, hit.reasons) for hit in again.hits}
    both = seen["标题:工会"].keys() & seen["正文:工会"].keys()
    assert both
    assert all(seen["标题:工会"][each] != seen["正文:工会"][each] for each in both)
