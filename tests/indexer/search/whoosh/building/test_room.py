"""How the memory that a build may take is divided."""

import pytest

from indexer.search.memory import LEAST
from indexer.search.whoosh.building.room import MEGABYTE, Room, room, usual
from indexer.search.whoosh.strings.indexwriter import SORTING


@pytest.mark.parametrize(
    ("gigabytes", "megabytes"), [(0, 512), (1, 512), (2, 512), (3, 768), (4, 1024), (8, 1024), (64, 1024)]
)
def test_a_quarter_of_the_machine_is_usual_within_limits(gigabytes: int, megabytes: int) -> None:
    """Small machines take the least that is fast, large ones no more than what helps."""
    assert usual(gigabytes << 30) == megabytes


def _taken(divided: Room, threads: int) -> int:
    return divided.postings + divided.grams.runs + (threads + 1) * SORTING * divided.grams.sorted


@pytest.mark.parametrize("threads", [1, 2, 8])
@pytest.mark.parametrize("memory", [LEAST, 512, 1024, 4096])
def test_parts_are_less_than_the_whole(memory: int, threads: int) -> None:
    """Something is left for what is always there; more memory keeps more."""
    taken = _taken(room(memory, threads), threads)
    assert 0 < taken < memory * MEGABYTE
    assert room(2 * memory, threads).grams.runs > room(memory, threads).grams.runs


def test_less_than_the_least_is_the_least() -> None:
    """Whoever calls the library with it gets a build all the same."""
    assert room(1, 2) == room(LEAST, 2)
