"""Similar entries stay above their floors, which are raised when they get better, and never lowered in passing."""

from collections.abc import Mapping

import pytest
from judged import tuned
from similar_measured import OURS, engines, judged, measure

FLOORS = {"first": 0.968, "listed": 0.968, "related of listed": 0.55, "nothing where nothing is": 0.5}


@pytest.fixture(scope="module")
def figures(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Mapping[str, float]]:
    """Ask every engine for every entry of the list."""
    found = engines(tuned().entries, tmp_path_factory.mktemp("similar"))
    return {name: measure(similar, judged()) for name, similar in found.items()}


@pytest.mark.slow
def test_similar_entries_stay_above_their_floors(figures: Mapping[str, Mapping[str, float]]) -> None:
    """By measure."""
    assert {label: value for label, value in figures[OURS].items() if value < FLOORS[label]} == {}


@pytest.mark.slow
def test_similar_entries_are_ahead_of_whoosh(figures: Mapping[str, Mapping[str, float]]) -> None:
    """Of its default and of the number of key terms that is best for it; that lists as many related ones, and any others."""
    for other in (figures[name] for name in figures if name != OURS):
        behind = {label for label in FLOORS if figures[OURS][label] <= other[label]}
        assert behind <= {"listed"}
        assert figures[OURS]["listed"] >= other["listed"]


@pytest.mark.slow
def test_the_list_is_of_entries_that_exist() -> None:
    """Each once, with others than itself; at least forty have some."""
    ids, asked = {entry.id for entry in tuned().entries}, judged()
    assert len({each.id for each in asked}) == len(asked)
    assert sum(bool(each.related) for each in asked) >= 40
    assert all({each.id, *each.related} <= ids and each.id not in each.related for each in asked)
