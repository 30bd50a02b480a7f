"""Arithmetic on sorted arrays, judged by plain Python."""

from itertools import groupby

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from indexer.search.sortedarrays import blocks, distinct, group_sizes, group_starts, spread, values_of

NUMBERS = st.lists(st.integers(0, 20), max_size=60)


@given(NUMBERS)
def test_groups_of_equal_elements(numbers: list[int]) -> None:
    """Where each begins, how many it has, and each element once."""
    ordered = np.array(sorted(numbers), dtype=np.uint32)
    groups = [list(group) for _, group in groupby(sorted(numbers))]
    starts = group_starts(ordered)
    assert group_sizes(starts, len(ordered)).tolist() == list(map(len, groups))
    assert ordered[starts].tolist() == [group[0] for group in groups]
    assert distinct(np.array(numbers, dtype=np.uint32)).tolist() == sorted(set(numbers))


@given(st.lists(st.tuples(st.integers(0, 99), st.integers(0, 5)), max_size=20))
def test_ranges_become_rows(ranges: list[tuple[int, int]]) -> None:
    """One range behind the other; empty ones give none."""
    starts = np.array([start for start, _ in ranges], dtype=np.int64)
    sizes = np.array([size for _, size in ranges], dtype=np.uint32)
    assert spread(starts, sizes).tolist() == [row for start, size in ranges for row in range(start, start + size)]


@given(st.dictionaries(st.integers(0, 20), st.integers(1, 255), min_size=1), NUMBERS)
def test_values_by_key(values: dict[int, int], wanted: list[int]) -> None:
    """0 for a key that has none."""
    keys = np.array(sorted(values), dtype=np.uint16)
    held = np.array([values[key] for key in sorted(values)], dtype=np.uint8)
    found = values_of(np.array(wanted, dtype=np.int64), keys, held)
    assert found.tolist() == [values.get(key, 0) for key in wanted]


@given(st.lists(st.integers(0, 9), max_size=30), st.integers(1, 12))
def test_stretches_of_groups_are_bounded(sizes: list[int], most: int) -> None:
    """Every group once, in order; a stretch is larger only where one group is."""
    starts = np.cumsum([0, *sizes])
    stretches = list(blocks(starts, most))
    assert [group for first, last in stretches for group in range(first, last)] == list(range(len(sizes)))
    assert all(last - first == 1 or sum(sizes[first:last]) <= most for first, last in stretches)
