"""What a generation's arrays are written and read by."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.errors import IndexFailure
from indexer.model import Entry
from indexer.search.cache import BoundedCache
from indexer.search.factory import open_builder, published_generation
from indexer.search.whoosh import builder
from indexer.search.whoosh.answering.ranking import best
from indexer.search.whoosh.building.room import Room
from indexer.search.whoosh.files import merging, npy
from indexer.search.whoosh.files.merging import Runs
from indexer.search.whoosh.strings import indexwriter
from indexer.search.whoosh.strings.alphabet import Numbering
from indexer.search.whoosh.strings.indexwriter import Held
from indexer.search.whoosh.words import wordwriter
from indexer.text.fold import code_points


@given(
    st.lists(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 99)), max_size=20), max_size=5),
    st.integers(0, 500),
    st.integers(1, 40),
    st.integers(1, 30),
)
def test_runs_merge_into_one_sorted_list(
    given: list[list[tuple[int, int]]], in_memory: int, gathered: int, most: int
) -> None:
    """By key, and within a key in the order the rows came; from memory and from disk."""
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setattr(merging, "_GATHERED", gathered)
        merged = Runs(Path(folder), "x", in_memory)
        for rows in given:
            ordered = sorted(rows, key=lambda row: row[0])
            keys = np.array([key for key, _ in ordered], dtype=np.uint32)
            unique, counts = np.unique(keys, return_counts=True)
            merged.add(unique, counts.astype(np.uint32), [np.array([value for _, value in ordered], dtype=np.int64)])
        keys, starts, blocks = merged.merged(most)
        output = [(block.first, block.starts.tolist(), block.columns[0].tolist()) for block in blocks]
        ordered = sorted((row for rows in given for row in rows), key=lambda row: row[0])
        assert keys.tolist() == sorted({key for key, _ in ordered})
        assert starts.tolist() == [sum(row[0] < key for row in ordered) for key in [*keys.tolist(), 10**9]]
        assert [value for _, _, values in output for value in values] == [value for _, value in ordered]
        for first, begins, values in output:
            assert len(values) <= most or len(begins) == 2
            assert begins == (starts[first : first + len(begins)] - starts[first]).tolist()
        assert list(Path(folder).iterdir()) == []


def test_appended_array_is_an_ordinary_npy_file(tmp_path: Path) -> None:
    """Its length is written at the end."""
    with npy.Appender(tmp_path, "text") as writer:
        for _ in range(3):
            writer.add(np.arange(70_000) % 65_536)
    assert np.load(tmp_path / "text.npy").shape == (210_000,)
    assert np.load(tmp_path / "text.npy")[-1] == 69_999 % 65_536


@pytest.mark.skipif(not hasattr(os, "posix_fallocate"), reason="posix_fallocate is not there: room cannot be taken")
def test_room_of_an_array_is_taken_before_it_is_filled(tmp_path: Path) -> None:
    """A full disk is an error then, and not the end of the process when a map is written to."""
    array = npy.create(tmp_path, "x", np.uint32, 1_000_000)
    assert (tmp_path / "x.npy").stat().st_blocks * 512 >= 4_000_000
    array[:] = 7
    assert np.load(tmp_path / "x.npy").sum() == 7_000_000


def test_cache_forgets_what_was_used_longest_ago() -> None:
    """And does not let one value drive out all others."""
    cache: BoundedCache[str] = BoundedCache(8 * 2048)
    for number in range(8):
        cache.put(number, str(number), 1024)
    assert cache.get(0) == "0"
    cache.put(8, "8", 1024)
    assert (cache.get(0), cache.get(1), cache.get(8)) == ("0", None, "8")
    cache.put("large", "x", 1025)
    assert cache.get("large") is None


def test_cache_counts_what_keeping_nothing_costs() -> None:
    """A string that is found nowhere takes room too."""
    cache: BoundedCache[str] = BoundedCache(100_000)
    for number in range(1000):
        cache.put(number, "", 0)
    assert cache.get(0) is None
    assert cache.get(999) == ""


def test_any_number_of_threads_writes_the_same_bytes(
    tmp_path: Path, expected: tuple[Entry, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same files; only their random names and dates differ."""
    written = []
    for name, threads in (("one", 1), ("many", 7)):
        monkeypatch.setattr(builder, "_THREADS", threads)
        monkeypatch.setattr(builder, "_CHUNK", range(3, 20))
        monkeypatch.setattr(indexwriter, "_SORTED_AT_ONCE", 5_000)
        with open_builder(tmp_path / name) as build:
            for entry in expected:
                build.add(entry)
        folder = tmp_path / name / "index" / published_generation(tmp_path / name)
        files = {path.suffix if path.name.startswith("MAIN") else path.name: path for path in folder.iterdir()}
        written.append(
            {kind: path.read_bytes() for kind, path in files.items() if not kind.endswith((".toc", "manifest.json"))}
        )
    assert written[0].keys() == written[1].keys()
    assert [kind for kind in written[0] if written[0][kind] != written[1][kind]] == []


def test_bytes_do_not_depend_on_pythons_hashes(tmp_path: Path) -> None:
    """Two processes with other seeds write the same files."""
    script = (
        "import sys\n"
        "from pathlib import Path\n"
        "from indexer.model import Entry\n"
        "from indexer.search.factory import open_builder\n"
        "with open_builder(Path(sys.argv[1])) as build:\n"
        "    build.add(Entry('a', 'v', 2001, '', '', 'x', ('甲', '乙'), '', '𠮷祥𪜈𫝆章㛃𬜯', (), 'http://x', 1))\n"
    )
    written = []
    for seed in ("1", "2"):
        folder = tmp_path / seed
        subprocess.run(
            [sys.executable, "-c", script, str(folder)], check=True, env=os.environ | {"PYTHONHASHSEED": seed}
        )
        (generation,) = (folder / "index").glob("gen-*")
        written.append({path.name: path.read_bytes() for path in generation.glob("*.npy")})
    assert written[0] == written[1]


@pytest.mark.parametrize(("entries", "size"), [(0, 1), (1, 10), (7, 1), (1000, 10), (2000, 3000)])
def test_chunks_are_bounded_in_entries_and_bytes(monkeypatch: pytest.MonkeyPatch, entries: int, size: int) -> None:
    """All entries in order; one entry may be larger by itself."""
    monkeypatch.setattr(builder, "_CHUNK_SIZE", size * 400)
    sizes = 300 + 3 * np.arange(entries) % 150
    chunks = list(builder._chunks(sizes))
    assert [at for start, end in chunks for at in range(start, end)] == list(range(entries))
    for start, end in chunks:
        assert end - start <= builder._CHUNK[-1]
        assert end - start == 1 or sizes[start:end].sum() <= size * 400


def test_merging_on_disk_gives_what_merging_in_memory_does(
    tmp_path: Path, expected: tuple[Entry, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    """An archive that outgrows the memory set is merged in a file."""
    written = []
    monkeypatch.setattr(merging, "_GATHERED", 3_000)
    for name, most, at_once in (("memory", 1 << 26, 1 << 20), ("disk", 10_000, 1_000), ("all on disk", 0, 7)):
        monkeypatch.setattr(indexwriter, "_PACKED_AT_ONCE", at_once)
        monkeypatch.setattr(wordwriter, "_MERGED_AT_ONCE", at_once)
        with open_builder(tmp_path / name) as build:
            assert isinstance(build, builder.WhooshBuilder)
            build._room = Room(most, Held(most, 5_000))
            for entry in expected[:40]:
                build.add(entry)
        folder = tmp_path / name / "index" / published_generation(tmp_path / name)
        (postings,) = folder.glob("*.pst")
        files = [
            folder / f"{name}.npy" for name in ("grams", "holders", "bodies", "bodies-ends", "outside", "outside-ends")
        ]
        written.append([file.read_bytes() for file in (*files, postings)])
        assert not list(folder.glob("*.run"))
    assert written[0] == written[1] == written[2]


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")))
def test_characters_are_numbered_and_named_again(text: str) -> None:
    """Beyond U+FFFF too."""
    numbering = Numbering(char for char in text if char > "\uffff")
    numbers = numbering.encode(code_points(text))
    assert numbering.decode(numbers) == text
    assert numbers.tolist() == [numbering.number(char) for char in text]
    assert numbering.number("\U0010fffd") == 0 or "\U0010fffd" in text
    assert numbering.number("\ud800") == 0


def test_too_many_different_characters_are_a_clear_error(tmp_path: Path, make_entry) -> None:  # type: ignore[no-untyped-def]
    """Nothing is published then."""
    body = "".join(map(chr, range(0x20000, 0x20000 + 2049)))
    with pytest.raises(IndexFailure, match="different characters"), open_builder(tmp_path) as build:
        build.add(make_entry("a", body=body))
    assert list((tmp_path / "index").glob("gen-*")) == []


@given(
    st.lists(st.integers(0, 12), max_size=300),
    st.integers(0, 40),
    st.integers(0, 15),
    st.integers(1, 40),
)
def test_best_are_those_of_a_stable_sort(points: list[int], first: int, count: int, times: int) -> None:
    """Also where many tie with the last one, and where few of many are wanted."""
    array = np.array(points * times, dtype=np.int64)
    assert best(array, first, count).tolist() == np.argsort(-array, kind="stable")[first : first + count].tolist()
