"""Entries that wait on disk, and the orders they are put into."""

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from indexer.model import Entry
from indexer.search.order import printed_order, tie_break
from indexer.search.whoosh.building import spool
from indexer.search.whoosh.building.spool import EntrySpool
from indexer.search.whoosh.files.recordfile import decode_record, encode_record

NAMES = st.lists(st.from_regex(r"\A[AB0-9-]{1,6}\Z"), unique=True, max_size=30)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(names=NAMES, chosen=st.randoms(use_true_random=False), at_once=st.integers(1, 40))
def test_both_orders_are_those_of_entries(
    tmp_path: Path, make_entry: Callable[..., Entry], names: list[str], chosen: object, at_once: int
) -> None:
    """Whatever comes first, however many are ordered at once; records come back as they were."""
    pick = chosen.choice  # type: ignore[attr-defined]
    entries = [
        make_entry(
            name,
            year=pick((0, 2001, 2002)),
            order=pick((0, 1, 2)),
            position=pick((1, 2)),
            url=pick(("http://a/1", "http://a/2")),
            yearbook=pick(("", "甲")),
        )
        for name in names
    ]
    with pytest.MonkeyPatch.context() as patch, EntrySpool(tmp_path / "spool") as kept:
        patch.setattr(spool, "_ORDERED_AT_ONCE", at_once)
        for entry in entries:
            assert entry.id not in kept
            kept.add(entry, encode_record(entry))
        order = kept.ordered()
        found = list(map(decode_record, kept.records(order.tolist())))
        assert found == sorted(entries, key=lambda each: tie_break(each.year, each.id))
        assert kept.sizes(order).tolist() == [len(encode_record(entry)) for entry in found]
        assert kept.ids(order) == [entry.id.encode() for entry in found]
        places = kept.book(order).tolist()
        assert [entry for _, entry in sorted(zip(places, found, strict=True))] == sorted(found, key=printed_order)
        assert len(kept) == len(entries)
        assert all(entry.id in kept for entry in entries)
