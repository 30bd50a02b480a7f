"""Arithmetic of sorted arrays, as sets have it."""

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.search import sortedarrays
from indexer.search.sortedarrays import held

_NUMBERS = st.lists(st.integers(0, 60), max_size=30).map(sorted)
_TYPES = st.sampled_from([np.int32, np.uint32, np.int64])


@pytest.mark.parametrize("looked_up", [0, 13, 10**9], ids=["looked up", "as it is", "marked"])
@given(_NUMBERS, _NUMBERS, _TYPES, _TYPES)
def test_held_says_of_each_whether_it_is_among_others(
    looked_up: int, wanted: Sequence[int], others: Sequence[int], one: type, other: type
) -> None:
    """Looked up or marked, of any number type, repeated or not, and where nothing is there."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sortedarrays, "_LOOKED_UP", looked_up)
        found = held(np.array(wanted, dtype=one), np.array(others, dtype=other))
    assert found.dtype == np.bool_
    assert found.tolist() == [number in others for number in wanted]
