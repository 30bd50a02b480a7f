"""The order of results stays at least as good as it was, and ahead of the other engines on every type of query."""

import json
from pathlib import Path

import pytest
from figures_of import Figures, document, measure, put_into
from judged import judged_queries, sample_entries
from measures import ndcg, recall, reciprocal_rank
from rankers import OURS, rankers

FLOORS = Path(__file__).with_name("floors.json")
"""Raised when the order gets better; lowered only on purpose, in a commit of its own."""


@pytest.fixture(scope="module")
def figures(tmp_path_factory: pytest.TempPathFactory) -> Figures:
    """Ask every engine every query."""
    return measure(rankers(sample_entries(), tmp_path_factory.mktemp("relevance")), judged_queries())


def test_order_stays_above_its_floors(figures: Figures) -> None:
    """By type of query and measure."""
    floors = json.loads(FLOORS.read_text("utf-8"))
    assert set(floors) == set(figures)
    below = {
        f"{kind} {label}": (round(figures[kind][OURS][label], 4), floor)
        for kind, labels in floors.items()
        for label, floor in labels.items()
        if figures[kind][OURS][label] < floor
    }
    assert below == {}


def test_order_is_ahead_of_the_other_engines_on_every_type_of_query(figures: Figures) -> None:
    """By nDCG@10."""
    behind = {
        kind: name
        for kind, engines in figures.items()
        for name, values in engines.items()
        if name != OURS and values["nDCG@10"] >= engines[OURS]["nDCG@10"]
    }
    assert behind == {}


def test_results_and_readmes_tell_these_figures(figures: Figures, root: Path) -> None:
    """What was just measured; where it has changed, `python tests/relevance --keep` writes it."""
    count = len(judged_queries())
    assert Path(__file__).with_name("RESULTS.md").read_text("utf-8") == document(figures, count)
    for name in ("README.md", "README.zh-CN.md"):
        readme = (root / name).read_text("utf-8")
        assert put_into(readme, name, figures, count) == readme


def test_judgements_are_of_entries_that_exist() -> None:
    """Each query has its own words and at least one relevant entry."""
    ids = {entry.id for entry in sample_entries()}
    queries = judged_queries()
    assert (
        len({(query.type, query.query) for query in queries})
        == len({query.id for query in queries})
        == len(queries)
        >= 120
    )
    assert all(set(query.relevant) <= ids and max(query.relevant.values()) >= 2 for query in queries)


def test_measures_are_those_of_the_literature() -> None:
    """On an order worked out by hand."""
    grades = {"a": 3, "b": 2, "c": 1}
    assert ndcg(["a", "b", "c"], grades) == 1.0
    assert ndcg(["b", "a"], grades) == pytest.approx((3 + 7 / 1.5849625) / (7 + 3 / 1.5849625 + 1 / 2))
    assert reciprocal_rank(["c", "x", "b"], grades) == pytest.approx(1 / 3)
    assert recall(["c", "b"], grades) == 0.5
