"""The order of results stays at least as good as it was, and ahead of the other engines on every type of query."""

import json
from collections.abc import Mapping
from pathlib import Path

import pytest
from figures_of import MEASURES, Figures, document, measure, put_into
from judged import tuned, unseen
from measures import ndcg, recall, reciprocal_rank
from rankers import OURS, Ranker, rankers
from simulated import found_first_and_on_the_first_page

FLOORS = Path(__file__).with_name("floors.json")
"""Raised when the order gets better; lowered only on purpose, in a commit of its own."""


COLLECTIONS = {"tuned": tuned, "unseen": unseen}


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Mapping[str, Ranker]]:
    """Index both collections for every engine."""
    folder = tmp_path_factory.mktemp("relevance")
    return {name: rankers(read().entries, folder / name) for name, read in COLLECTIONS.items()}


@pytest.fixture(scope="module")
def figures(found: Mapping[str, Mapping[str, Ranker]]) -> Mapping[str, Figures]:
    """Ask every engine every query."""
    return {name: measure(found[name], read().queries) for name, read in COLLECTIONS.items()}


@pytest.fixture(scope="module")
def simulated(found: Mapping[str, Mapping[str, Ranker]]) -> tuple[float, float]:
    """Ask the simulated searches."""
    return found_first_and_on_the_first_page(found["tuned"][OURS], tuned().entries)


@pytest.mark.slow
def test_order_stays_above_its_floors(figures: Mapping[str, Figures]) -> None:
    """By collection, type of query and measure."""
    floors = json.loads(FLOORS.read_text("utf-8"))
    assert {name: set(kinds) for name, kinds in floors.items()} == {name: set(each) for name, each in figures.items()}
    below = {
        f"{name} {kind} {label}": (round(figures[name][kind][OURS][label], 4), floor)
        for name, kinds in floors.items()
        for kind, labels in kinds.items()
        for label, floor in labels.items()
        if figures[name][kind][OURS][label] < floor
    }
    assert below == {}


@pytest.mark.slow
def test_order_is_ahead_of_the_other_engines_on_every_type_of_query(figures: Mapping[str, Figures]) -> None:
    """By nDCG@10 on the sample; known items, topics and events ahead of Whoosh with any word on every measure."""
    behind = {
        kind: name
        for kind, engines in figures["tuned"].items()
        for name, values in engines.items()
        if name != OURS and values["nDCG@10"] >= engines[OURS]["nDCG@10"]
    }
    assert behind == {}
    for kind in ("known-item", "topical", "event"):
        for label in MEASURES:
            engines = figures["tuned"][kind]
            assert engines[OURS][label] > engines["Whoosh, ChineseAnalyzer, any word"][label], (kind, label)


@pytest.mark.slow
def test_one_wrong_word_of_several_hides_no_entry(simulated: tuple[float, float]) -> None:
    """It is on the first page, and nearly always first."""
    first, listed = simulated
    assert (first >= 0.96, listed >= 0.998) == (True, True), simulated


@pytest.mark.slow
def test_results_and_readmes_tell_these_figures(
    figures: Mapping[str, Figures], simulated: tuple[float, float], root: Path
) -> None:
    """What was just measured; where it has changed, `python tests/relevance --keep` writes it."""
    counts = {name: len(read().queries) for name, read in COLLECTIONS.items()}
    assert Path(__file__).with_name("RESULTS.md").read_text("utf-8") == document(figures, counts, simulated)
    for name in ("README.md", "README.zh-CN.md"):
        readme = (root / name).read_text("utf-8")
        assert put_into(readme, name, figures["tuned"], counts["tuned"]) == readme


@pytest.mark.slow
@pytest.mark.parametrize("name", COLLECTIONS)
def test_judgements_are_of_entries_that_exist(name: str) -> None:
    """Each query has its own words and at least one relevant entry."""
    collection = COLLECTIONS[name]()
    ids, queries = {entry.id for entry in collection.entries}, collection.queries
    assert (
        len({(query.type, query.query) for query in queries})
        == len({query.id for query in queries})
        == len(queries)
        >= 200
    )
    assert all(set(query.relevant) <= ids and max(query.relevant.values()) >= 2 for query in queries)


@pytest.mark.slow
def test_measures_are_those_of_the_literature() -> None:
    """On an order worked out by hand."""
    grades = {"a": 3, "b": 2, "c": 1}
    assert ndcg(["a", "b", "c"], grades) == 1.0
    assert ndcg(["b", "a"], grades) == pytest.approx((3 + 7 / 1.5849625) / (7 + 3 / 1.5849625 + 1 / 2))
    assert reciprocal_rank(["c", "x", "b"], grades) == pytest.approx(1 / 3)
    assert recall(["c", "b"], grades) == 0.5
