"""Sequences of values that repeat."""

from hypothesis import given
from hypothesis import strategies as st

from indexer.search.repeated import Repeated


@given(st.lists(st.text(max_size=2)))
def test_values_stand_where_they_were_put(values: list[str]) -> None:
    """Each is kept once; its rank is how many others are less."""
    kept = Repeated(values)
    assert list(kept) == values
    assert [kept[at] for at in range(len(kept))] == values
    assert kept.values == list(dict.fromkeys(values))
    assert [kept.values[number] for number in kept.numbers().tolist()] == values
    assert kept.ranks().tolist() == [sorted(set(values)).index(value) for value in values]
