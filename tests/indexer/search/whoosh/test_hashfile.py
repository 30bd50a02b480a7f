"""The hash file of terms, judged by Whoosh's own reader."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from whoosh.filedb.filestore import RamStorage
from whoosh.filedb.filetables import OrderedHashReader

from indexer.search.whoosh.words.hashfile import BulkHashWriter

VALUE = np.dtype([("a", "<u4"), ("b", "<u2")])


def read_back(keys: list[bytes]) -> OrderedHashReader:
    """Write keys, each with its place among them, and open what was written."""
    storage = RamStorage()
    writer = BulkHashWriter(storage.create_file("x"))
    values = np.zeros(len(keys), dtype=VALUE)
    values["a"] = np.arange(len(keys))
    writer.extras["more"] = "kept"
    writer.add_all(keys, values)
    writer.close()
    return OrderedHashReader.open(storage, "x")


@given(st.sets(st.binary(min_size=1, max_size=6)), st.binary(min_size=1, max_size=6))
def test_whooshs_reader_finds_every_key(keys: set[bytes], other: bytes) -> None:
    """In order, one by one, from any key on; and none that was not written."""
    ordered = sorted(keys)
    reader = read_back(ordered)
    values = [np.array([(at, 0)], dtype=VALUE).tobytes() for at in range(len(ordered))]
    assert list(reader.items()) == list(zip(ordered, values, strict=True))
    assert [reader[key] for key in ordered] == values
    assert reader.get(other) == dict(zip(ordered, values, strict=True)).get(other)
    assert list(reader.keys_from(other)) == [key for key in ordered if key >= other]
    assert reader.extras["more"] == "kept"


def test_crowded_tables_are_read_too() -> None:
    """Thousands of keys: some find no room behind their slot and go on at the table's beginning."""
    keys = sorted(str(number).encode() for number in range(20_000))
    reader = read_back(keys)
    assert all(int.from_bytes(reader[key][:4], "little") == at for at, key in enumerate(keys))
    assert [reader.get(str(number).encode()) for number in range(20_000, 20_500)] == [None] * 500
