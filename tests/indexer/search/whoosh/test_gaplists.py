"""Ascending lists are read as they were written, one by one and side by side."""

import tempfile
from collections.abc import Sequence
from itertools import accumulate, chain, pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from indexer.search.whoosh.files.gaplists import GapLists, GapListWriter, packed

_GAPS = st.one_of(
    st.integers(0, 3),
    st.sampled_from([*range(253, 258), *range(508, 513), *range(65_533, 65_538), 131_070, 200_000]),
    st.integers(0, 1_000_000),
)
_LISTS = st.lists(st.lists(_GAPS, max_size=12).map(lambda gaps: list(accumulate(gaps))), max_size=10)


def written(folder: Path, lists: Sequence[Sequence[int]], at_once: int) -> GapLists:
    """Write lists, some at once, and open them."""
    with GapListWriter(folder, "bodies") as writer:
        for first in range(0, len(lists), at_once):
            block = lists[first : first + at_once]
            numbers = np.array(list(chain.from_iterable(block)), dtype=np.uint32)
            writer.add(packed(numbers, np.array(list(map(len, block)), dtype=np.int64)))
    return GapLists(folder, "bodies")


@given(_LISTS, st.integers(1, 11))
@example([[], [], []], 2)
@example([[7] * 300, [], [255, 255, 510, 65_790], [65_535, 131_070]], 4)
@example([[2**32 - 1], [0], [0, 2**32 - 1, 2**32 - 1]], 2)
@example([[254], [255], [256], [65_534], [65_535], [65_536]], 6)
def test_numbers_are_read_as_they_were_written(lists: list[list[int]], at_once: int) -> None:
    """Those of one list in their order; of neighbouring lists all, and never more than was estimated."""
    with tempfile.TemporaryDirectory() as folder:
        read = written(Path(folder), lists, at_once)
        assert [read.of(at).tolist() for at in range(len(read))] == lists
        for first in range(len(lists) + 1):
            for last in range(first, len(lists) + 1):
                together = sorted(chain.from_iterable(lists[first:last]))
                assert sorted(read.of_range(range(first, last)).tolist()) == together
                assert read.most_of(range(first, last)) >= len(together)


@pytest.mark.parametrize(
    ("gap", "size"),
    [(0, 1000), (1, 1000), (254, 1000), (255, 2000), (1000, 2000), (65_534, 2000), (65_535, 4000), (131_070, 6000)],
)
def test_list_takes_the_shorter_of_two_forms(tmp_path: Path, gap: int, size: int) -> None:
    """Eight bits for each number where they stand close together, sixteen where they do not."""
    written(tmp_path, [[gap * at for at in range(1, 1001)]], 1)
    assert np.load(tmp_path / "bodies.npy").nbytes == size


def test_neighbouring_lists_of_both_forms_are_told_apart(tmp_path: Path) -> None:
    """Whichever stands first."""
    close, apart = list(range(0, 90, 3)), list(range(0, 90_000, 3000))
    lists = [close, apart, [], apart, close, close]
    read = written(tmp_path, lists, 4)
    for first, last in pairwise(range(6)):
        chosen = range(first, last + 1)
        assert sorted(read.of_range(chosen).tolist()) == sorted(lists[first] + lists[last])
    assert read.of_range(range(0)).tolist() == []
    assert read.most_of(range(0)) == 0
