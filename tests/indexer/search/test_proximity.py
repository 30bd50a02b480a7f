"""Which places stand near one another does not depend on where they lie or on what is far away."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from indexer.search.query.proximity import taking_part

GROUPS = st.lists(st.lists(st.integers(0, 60), min_size=1, max_size=12, unique=True), min_size=2, max_size=4)


@given(GROUPS, st.lists(st.integers(1, 3), min_size=4, max_size=4), st.integers(0, 9), st.integers(1, 3))
def test_places_far_along_are_judged_like_the_first(
    groups: list[list[int]], lengths: list[int], distance: int, stretches: int
) -> None:
    """Also where the stretches that are looked at together meet."""
    starts = [np.array(sorted(group), dtype=np.int64) for group in groups]
    near = taking_part(starts, lengths[: len(starts)], distance)
    shift = stretches * (1 << 18) - 30
    # Something at the very beginning, so that the stretches begin there.
    moved = [np.concatenate(([0], each + shift)) for each in starts]
    again = taking_part(moved, lengths[: len(starts)], distance)
    assert [each[1:].tolist() for each in again] == [each.tolist() for each in near]


@given(GROUPS, st.lists(st.integers(1, 3), min_size=4, max_size=4), st.integers(0, 9))
def test_common_strings_far_from_the_rarest_change_nothing(
    groups: list[list[int]], lengths: list[int], distance: int
) -> None:
    """Only what is around the rarest string's places is looked at."""
    starts = [np.array(sorted(group), dtype=np.int64) + 5000 for group in groups]
    near = taking_part(starts, lengths[: len(starts)], distance)
    crowd = np.arange(10_000, 40_000)
    crowded = [starts[0], *(np.concatenate((np.arange(0, 3000), each, crowd)) for each in starts[1:])]
    again = taking_part(crowded, lengths[: len(starts)], distance)
    kept = [again[0], *(each[3000:-30_000] for each in again[1:])]
    assert [each.tolist() for each in kept] == [each.tolist() for each in near]
    assert not any(each[:3000].any() or each[-30_000:].any() for each in again[1:])
