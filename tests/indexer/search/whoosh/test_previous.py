"""What stands in an index folder is a generation or refused; the one before a damaged one answers, and says so."""

import json
import os
import random
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from indexer.config import DataFolder
from indexer.errors import IndexFailure, IndexMissing, StaleIndex
from indexer.files.entrystore import write_entries
from indexer.files.forgotten import Decision, decide
from indexer.model import Entry
from indexer.search.factory import open_builder, open_generation, open_searcher, open_stored, published_generation
from indexer.search.query.tree import SearchRequest
from indexer.stages.pipeline import index_entries

Publish = Callable[..., Path]
Make = Callable[..., Entry]
ODD_MANIFESTS = {
    "empty": b"",
    "a list": b"[]",
    "a number": b"5",
    "a string": b'"gen"',
    "null": b"null",
    "nested": b"[" * 100_000,
    "nested inside": b'{"created": ' + b'{"a":' * 100_000,
    "byte order mark": b"\xef\xbb\xbf{}",
    "NUL": b"\0" * 100,
    "not UTF-8": b'{"created": "\xff"}',
    "half a surrogate": b'{"created": "\\ud800"}',
    "larger than any": b" " * (1 << 20) + b"{}",
}
ODD_VALUES = {
    "entries as string": {"entries": "1"},
    "other number of entries": {"entries": 7},
    "no time": {"created": "yesterday"},
    "no files": {"files": {}},
    "files a list": {"files": ["text.npy"]},
    "file leads out": {"files": {"../CURRENT": "0" * 64}},
    "file absolute": {"files": {"/etc/passwd": "0" * 64}},
    "file with NUL": {"files": {"a\0b": "0" * 64}},
    "digest a number": {"files": {"text.npy": 5}},
    "digest is none": {"files": {"text.npy": "x"}},
    "fingerprint a list": {"fingerprint": ["facets"]},
    "fingerprint of fewer parts": {"fingerprint": {}},
    "one key more": {"more": 1},
    "control characters": {"fingerprint": {"\x1b[2J\n": "0"}},
}


@pytest.mark.parametrize("content", ODD_MANIFESTS.values(), ids=ODD_MANIFESTS)
def test_whatever_a_manifest_holds_is_refused_by_name(
    tmp_path: Path, publish: Publish, make_entry: Make, content: bytes
) -> None:
    """In one line, with the command that mends it."""
    manifest = publish([make_entry()]) / "manifest.json"
    manifest.write_bytes(content)
    with pytest.raises(
        StaleIndex, match=r"^index \S+ has no readable manifest \([^\n]*\); [^\n]*nianjian index"
    ) as found:
        open_searcher(tmp_path)
    assert str(found.value).isprintable()
    with pytest.raises(StaleIndex):
        open_stored(tmp_path, of_any_version=True)


@pytest.mark.parametrize("values", ODD_VALUES.values(), ids=ODD_VALUES)
def test_manifest_of_other_keys_or_values_is_refused_by_name(
    tmp_path: Path, publish: Publish, make_entry: Make, values: dict[str, object]
) -> None:
    """No file outside of the generation is looked at."""
    manifest = publish([make_entry()]) / "manifest.json"
    manifest.write_text(json.dumps(json.loads(manifest.read_bytes()) | values), "utf-8")
    with pytest.raises(StaleIndex, match="nianjian index") as found:
        open_searcher(tmp_path)
    assert str(found.value).isprintable()


@pytest.mark.parametrize("key", ["created", "entries", "fingerprint", "files"])
def test_manifest_without_a_key_is_refused(tmp_path: Path, publish: Publish, make_entry: Make, key: str) -> None:
    """Whichever it is."""
    manifest = publish([make_entry()]) / "manifest.json"
    values = json.loads(manifest.read_bytes())
    del values[key]
    manifest.write_text(json.dumps(values), "utf-8")
    with pytest.raises(StaleIndex, match=f"{key}.*nianjian index"):
        open_searcher(tmp_path)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="os.mkfifo is not there: no pipe can be made")
@pytest.mark.parametrize("name", ["manifest.json", "text.npy", "CURRENT"])
@pytest.mark.parametrize("kind", ["pipe", "link", "folder"])
def test_what_is_no_plain_file_is_refused_and_not_waited_for(
    tmp_path: Path, publish: Publish, make_entry: Make, name: str, kind: str
) -> None:
    """A pipe never ends, a link leads elsewhere."""
    folder = publish([make_entry()])
    file = folder.parent / name if name == "CURRENT" else folder / name
    content = file.read_bytes()
    file.unlink()
    if kind == "pipe":
        os.mkfifo(file)
    elif kind == "link":
        (tmp_path / "elsewhere").write_bytes(content)
        file.symlink_to(tmp_path / "elsewhere")
    else:
        file.mkdir()
    if name == "CURRENT":
        assert [type(error) for error in open_generation(tmp_path).refused] == [StaleIndex]
    else:
        with pytest.raises(StaleIndex, match=f"(?s)({name}|manifest).*nianjian index"):
            open_searcher(tmp_path)


@pytest.mark.parametrize(
    "content",
    [b"", b"..", b"../x", b"/etc", b"a\0b", b"gen-1\ngen-2", b"\xff\xfe", b"gen-20260101T000000000000/..", b"x" * 500],
)
def test_whatever_current_holds_names_a_generation_or_is_refused(
    tmp_path: Path, publish: Publish, make_entry: Make, content: bytes
) -> None:
    """The newest one that was finished answers; nothing outside the folder is looked at."""
    folder = publish([make_entry()])
    (folder.parent / "CURRENT").write_bytes(content)
    opened = open_generation(tmp_path)
    (error,) = opened.refused
    assert (opened.whole.generation, "CURRENT" in str(error), str(error).isprintable()) == (folder.name, True, True)
    with pytest.raises(StaleIndex, match="CURRENT"):
        open_stored(tmp_path)


def test_endless_current_is_not_read_whole(tmp_path: Path, publish: Publish, make_entry: Make) -> None:
    """A gigabyte of it takes no memory."""
    folder = publish([make_entry()])
    with (folder.parent / "CURRENT").open("wb") as file:
        file.truncate(1 << 30)
    assert open_generation(tmp_path).is_degraded


def test_generation_before_answers_for_a_damaged_one_and_says_so(
    tmp_path: Path, publish: Publish, make_entry: Make, caplog: pytest.LogCaptureFixture
) -> None:
    """What is compared with other data is the published one alone; the next build mends all."""
    old, new = publish([make_entry("a")]), publish([make_entry("a"), make_entry("b")])
    (new / "text.npy").write_bytes(b"x")
    opened = open_generation(tmp_path)
    assert (opened.whole.generation, len(opened.whole), opened.is_degraded) == (old.name, 1, True)
    assert str(new / "text.npy") in str(opened.refused[0])
    assert len(open_searcher(tmp_path)) == 1
    assert f"answering from {old.name}: index file {new / 'text.npy'} is damaged" in caplog.text
    with pytest.raises(StaleIndex, match=r"text\.npy"):
        open_stored(tmp_path)
    third = publish([make_entry("a"), make_entry("c")])
    assert open_generation(tmp_path).refused == ()
    # The damaged one would be of no use: the whole one before it stays.
    assert sorted(path.name for path in third.parent.glob("gen-*")) == [old.name, third.name]


def test_no_generation_whole_names_the_published_one(tmp_path: Path, publish: Publish, make_entry: Make) -> None:
    """That is the one to mend."""
    old, new = publish([make_entry("a")]), publish([make_entry("b")])
    (old / "ids.npy").unlink()
    (new / "text.npy").unlink()
    with pytest.raises(StaleIndex, match=f"{new.name}.*text"):
        open_searcher(tmp_path)


@pytest.mark.parametrize("lost", ["CURRENT", "the generation it names"])
def test_newest_generation_answers_where_the_published_one_is_not_there(
    tmp_path: Path, publish: Publish, make_entry: Make, lost: str
) -> None:
    """A folder without any generation holds no index."""
    folder = publish([make_entry()])
    current = folder.parent / "CURRENT"
    if lost == "CURRENT":
        current.unlink()
    else:
        current.write_text("gen-00260101T000000000000\n")
    assert (open_generation(tmp_path).whole.generation, open_generation(tmp_path).is_degraded) == (folder.name, True)
    (folder / "manifest.json").unlink()
    with pytest.raises(IndexMissing if lost == "CURRENT" else StaleIndex):
        open_searcher(tmp_path)


def test_newer_generation_that_was_never_published_does_not_answer(
    tmp_path: Path, publish: Publish, make_entry: Make
) -> None:
    """A build that was killed before it published, or one that was taken back."""
    old, new = publish([make_entry("a")]), publish([make_entry("b")])
    (new.parent / "CURRENT").write_text(old.name + "\n")
    assert open_generation(tmp_path).whole.generation == old.name
    (old / "text.npy").unlink()
    with pytest.raises(StaleIndex, match=r"text\.npy"):
        open_searcher(tmp_path)


def test_generation_is_named_later_than_all_before_it(tmp_path: Path, publish: Publish, make_entry: Make) -> None:
    """Whatever the clock says: which one comes before another is read from the names."""
    folder = publish([make_entry("a")])
    ahead = folder.rename(folder.parent / "gen-20990101T000000000000")
    (ahead.parent / "CURRENT").write_text(ahead.name)
    assert publish([make_entry("b")]).name == "gen-20990101T000000000001"
    (ahead.parent / "gen-99991231T235959999999").mkdir()
    assert len(open_searcher(publish([make_entry("c")]).parents[1])) == 1


def test_forgotten_pages_are_not_shown_by_the_generation_before(
    tmp_path: Path, publish: Publish, make_entry: Make
) -> None:
    """Pages forgotten since it was made, and those that go on in them: its own time counts, not the published one's."""
    page, beside, other = (f"http://a.example/{name}" for name in ("1", "2", "3"))
    entries = [make_entry(f"P-{at}-1", url=url) for at, url in enumerate((page, beside, other))]
    publish(entries)
    at = datetime.now(UTC)
    decide(DataFolder(tmp_path).forgotten, Decision(page, at.isoformat(timespec="microseconds"), "", also=(beside,)))
    new = publish(entries[1:])
    assert {entry.url for entry in open_searcher(tmp_path).entries(SearchRequest())} == {beside, other}
    (new / "text.npy").unlink()
    assert {entry.url for entry in open_searcher(tmp_path).entries(SearchRequest())} == {other}


def test_decision_made_while_an_index_is_built_counts_for_it(tmp_path: Path, make_entry: Make) -> None:
    """The time of an index is that at which its build began."""
    page, beside = "http://a.example/1", "http://a.example/2"
    with open_builder(tmp_path) as builder:
        builder.add(make_entry("P-1-1", url=beside))
        at = datetime.now(UTC).isoformat(timespec="microseconds")
        decide(DataFolder(tmp_path).forgotten, Decision(page, at, "", also=(beside,)))
    assert len(open_searcher(tmp_path)) == 0


def test_leftovers_go_at_the_start_of_a_build(tmp_path: Path, publish: Publish, make_entry: Make) -> None:
    """The published generation and the finished one before it stay; what is not ours stays too."""
    names = [publish([make_entry(name)]).name for name in "ab"]
    index = tmp_path / "index"
    unfinished, newer = index / "gen-20000101T000000000000", index / "gen-29990101T000000000000"
    for folder in (unfinished, newer):
        folder.mkdir()
        (folder / "words-0-0.run.npy").write_bytes(b"x" * 1000)
    (newer / "manifest.json").write_text("{}")
    (index / "CURRENT.part").write_text("gen-")
    (index / "gen-file").write_text("x")
    (index / "gen-link").symlink_to(tmp_path)
    (index / "notes.txt").write_text("mine")
    with pytest.raises(RuntimeError), open_builder(tmp_path):
        building = {path.name for path in index.iterdir()} - {"CURRENT", ".lock", "notes.txt", *names}
        assert len(building) == 1
        raise RuntimeError
    assert {path.name for path in index.iterdir()} - {".lock"} == {"CURRENT", "notes.txt", *names}


@pytest.mark.skipif(os.name != "posix", reason="kills a process as POSIX does")
@pytest.mark.parametrize("kills", [3, pytest.param(30, marks=pytest.mark.slow)])
def test_killed_builds_leave_nothing_and_always_an_answer(
    tmp_path: Path, publish: Publish, expected: tuple[Entry, ...], kills: int, rng: random.Random
) -> None:
    """However often, and at any moment: what the last one left goes when the next one begins."""
    data = DataFolder(tmp_path)
    publish(expected[:5])
    write_entries(data.entries, sorted(expected, key=lambda entry: entry.id))
    code = (
        "import sys\n"
        "from pathlib import Path\n"
        "from indexer.config import DataFolder\n"
        "from indexer.stages.pipeline import index_entries\n"
        "print('ready', flush=True)\n"
        "while True:\n"
        "    index_entries(DataFolder(Path(sys.argv[1])))\n"
    )
    for number in range(kills):
        process = subprocess.Popen([sys.executable, "-c", code, str(tmp_path)], stdout=subprocess.PIPE)
        assert process.stdout is not None
        process.stdout.readline()
        time.sleep(rng.uniform(0, 1.5))
        process.kill()
        process.wait()
        process.stdout.close()
        opened = open_generation(tmp_path)
        assert (len(opened.whole) in (5, len(expected)), opened.refused) == (True, ()), f"kill {number}"
    generations = list(data.index.glob("gen-*"))
    assert len(generations) <= 3, "the published one, the one before it, and what the last kill left"
    with pytest.raises(RuntimeError), open_builder(tmp_path):
        assert published_generation(tmp_path) in {path.name for path in generations}
        raise RuntimeError
    left = list(data.index.glob("gen-*"))
    assert all((folder / "manifest.json").exists() for folder in left)
    index_entries(data)  # takes away what a build that was killed after publishing had still to take away
    assert len(list(data.index.glob("gen-*"))) == 2


def test_decision_long_ago_changes_nothing(tmp_path: Path, publish: Publish, make_entry: Make) -> None:
    """Pages that went on in a forgotten one are shown again once they were indexed without it."""
    long_ago = (datetime.now(UTC) - timedelta(days=1)).isoformat(timespec="microseconds")
    decide(DataFolder(tmp_path).forgotten, Decision("http://a.example/1", long_ago, "", also=("http://a.example/2",)))
    publish([make_entry("P-2-1", url="http://a.example/2")])
    assert len(open_searcher(tmp_path)) == 1


def test_every_refusal_is_a_failure_of_the_index(tmp_path: Path) -> None:
    """An index folder that is a file is a missing one."""
    DataFolder(tmp_path).index.write_text("x")
    with pytest.raises(IndexFailure):
        open_searcher(tmp_path)


def test_failed_build_leaves_what_answers_where_the_published_name_leads_nowhere(
    tmp_path: Path, publish: Publish, make_entry: Make
) -> None:
    """Of two finished ones, the newer damaged, the older answers; before the build, and after."""
    publish([make_entry()])
    publish([make_entry()])
    index = DataFolder(tmp_path).index
    (index / published_generation(tmp_path) / "text.npy").write_bytes(b"x")
    (index / "CURRENT").write_text("gen-20991231T000000000000\n", "ascii")
    before = open_generation(tmp_path).whole.generation
    with pytest.raises(ZeroDivisionError), open_builder(tmp_path):
        raise ZeroDivisionError
    assert open_generation(tmp_path).whole.generation == before
