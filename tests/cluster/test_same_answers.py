"""The cluster answers as the embedded engine does: the same entries, counts and lines; an order as good."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest
from asking import random_request
from figures_of import measure
from judged import Collection, tuned, unseen
from kept import archives, remove_archives
from rankers import our_ranker

from indexer.model import Entry
from indexer.search.engine import Searcher
from indexer.search.factory import open_builder, open_searcher
from indexer.search.query.tree import SORTS, SearchRequest
from indexer.search.shown.concordance import ENTRY, ORDERS
from indexer.search.shown.nearest import nearest
from indexer.search.shown.results import Hit

pytestmark = pytest.mark.cluster
APART = 0.01
"""How far nDCG@10 may be apart, of all questions and of those of each type."""
ALIKE = 0.99
"""Least share of entries that come near in one engine that must come near in the other: they are chosen by points."""
FLOORS = Path(__file__).parents[1] / "relevance" / "floors.json"
EMBEDDED, CLUSTER = "embedded", "cluster"
InCluster = Callable[[], "contextmanager[None]"]


@pytest.fixture
def in_cluster(cluster_settings: dict[str, str], tmp_path: Path) -> Iterator[InCluster]:
    """Give a context manager in which what is indexed is kept in the cluster; it is removed in the end."""

    @contextmanager
    def kept() -> Iterator[None]:
        with pytest.MonkeyPatch.context() as patch:
            for name, value in cluster_settings.items():
                patch.setenv(name, value)
            yield

    yield kept
    remove_archives(archives(tmp_path), cluster_settings["NIANJIAN_OPENSEARCH_URL"])


def indexed(entries: tuple[Entry, ...], folder: Path) -> Searcher:
    """Index entries, and open them."""
    with open_builder(folder) as builder:
        for entry in entries:
            builder.add(entry)
    return open_searcher(folder)


def shown(hit: Hit) -> tuple[object, ...]:
    """Give what a hit shows, but its score."""
    return hit.entry, hit.title, hit.snippet, hit.reasons


def compare(one: Searcher, other: Searcher, text: str, asked: SearchRequest, order: str) -> tuple[int, int]:
    """Hold two answers against each other; give how many entries come near in both, and in the first."""
    page, beside = one.search(asked), other.search(asked)
    assert (page.total, page.occurrences) == (beside.total, beside.occurrences), text
    assert (page.facets, page.readings, page.notes) == (beside.facets, beside.readings, beside.notes), text
    assert {each.id for each in one.entries(asked)} == {each.id for each in other.entries(asked)}, text
    if asked.sort != SORTS[0]:
        assert [shown(hit) for hit in page.hits] == [shown(hit) for hit in beside.hits], text
        assert list(one.occurrences(asked, order)) == list(other.occurrences(asked, order)), text
    assert one.trend(asked) == other.trend(asked), text
    near = [{hit.entry.id for hit in nearest(each, replace(asked, page=1), page.total).hits} for each in (one, other)]
    return len(near[0] & near[1]), len(near[0])


def test_random_requests_are_answered_alike(
    in_cluster: InCluster, expected: tuple[Entry, ...], rng: Random, often: int, tmp_path: Path
) -> None:
    """Entries, totals, counts, occurrences, notes, readings, trend; what comes near, nearly all; the first hits."""
    embedded = indexed(expected, tmp_path / EMBEDDED)
    with in_cluster():
        cluster = indexed(expected, tmp_path / CLUSTER)
    common = near = same = ranked = 0
    for _ in range(2 * often):
        text, asked = random_request(expected, rng)
        order = rng.choice([each for each in ORDERS if each != ENTRY])
        found = compare(embedded, cluster, f"NIANJIAN: {text} {asked} {order}", asked, order)
        common, near = common + found[0], near + found[1]
        if asked.sort == SORTS[0]:
            hits = [[hit.entry.id for hit in each.search(asked).hits] for each in (embedded, cluster)]
            ranked, same = ranked + 1, same + (hits[0] == hits[1])
    print(f"come near in both: {common} of {near}; pages by relevance that are the same: {same} of {ranked}")
    assert common >= ALIKE * near


@pytest.mark.parametrize("collection", [tuned, unseen], ids=["tuned", "unseen"])
def test_order_is_as_good(
    in_cluster: InCluster, collection: Callable[[], Collection], often: int, tmp_path: Path
) -> None:
    """nDCG@10 of judged questions, by type and of all, is that of the embedded engine; of all, no floor is left.

    A tenth of the questions is asked, or all by hand.
    """
    whole = collection()
    asked = replace(whole, queries=whole.queries[:: max(1, 1000 // often)])
    found = {EMBEDDED: our_ranker(asked.entries, tmp_path / EMBEDDED)}
    with in_cluster():
        found[CLUSTER] = our_ranker(asked.entries, tmp_path / CLUSTER)
    figures = measure(found, asked.queries)
    apart = {kind: each[CLUSTER]["nDCG@10"] - each[EMBEDDED]["nDCG@10"] for kind, each in figures.items()}
    print({kind: (round(figures[kind][CLUSTER]["nDCG@10"], 4), round(value, 4)) for kind, value in apart.items()})
    assert {kind: value for kind, value in apart.items() if abs(value) > APART} == {}
    if asked != whole:
        return
    floors = json.loads(FLOORS.read_text("utf-8"))[asked.name]
    below = {
        (kind, label): figures[kind][CLUSTER][label]
        for kind, labels in floors.items()
        for label, floor in labels.items()
        if figures[kind][CLUSTER][label] < floor
    }
    assert below == {}
