"""A generation is published whole or not at all, and refused when it is damaged."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from indexer.config import DataFolder
from indexer.errors import IndexLocked, IndexMissing, StaleIndex
from indexer.files.durable import locked
from indexer.files.entrystore import write_entries
from indexer.model import Entry
from indexer.search.factory import open_builder, open_searcher, published_generation
from indexer.search.query.tree import Match, SearchRequest


def build(folder: Path, *entries: Entry) -> str:
    """Publish a generation; give its name."""
    with open_builder(folder) as builder:
        for entry in entries:
            builder.add(entry)
    return published_generation(folder)


def test_nothing_published_says_how_to_build(tmp_path: Path) -> None:
    """A missing index names the command."""
    with pytest.raises(IndexMissing, match="nianjian build"):
        open_searcher(tmp_path)


def test_open_searcher_keeps_answering_from_its_generation(tmp_path: Path, make_entry: Callable[..., Entry]) -> None:
    """A new build changes nothing under an open one, and the one before stays on disk."""
    first = build(tmp_path, make_entry("a"))
    old = open_searcher(tmp_path)
    names = [first, *(build(tmp_path, make_entry("a"), make_entry(f"b{n}")) for n in range(3))]
    assert (len(old), old.count(SearchRequest(Match("正文")))) == (1, 1)
    assert len(open_searcher(tmp_path)) == 2
    assert sorted(path.name for path in (tmp_path / "index").glob("gen-*")) == names[-2:]


def test_failed_build_leaves_what_was_published(tmp_path: Path, make_entry: Callable[..., Entry]) -> None:
    """An exception in the block removes the half-built folder."""
    name = build(tmp_path, make_entry())
    with pytest.raises(RuntimeError), open_builder(tmp_path) as builder:
        builder.add(make_entry("b"))
        raise RuntimeError
    assert published_generation(tmp_path) == name
    assert [path.name for path in (tmp_path / "index").glob("gen-*")] == [name]


def test_any_changed_byte_is_refused_by_name(tmp_path: Path, make_entry: Callable[..., Entry]) -> None:
    """One flipped bit in any file is seen when the index is opened."""
    folder = tmp_path / "index" / build(tmp_path, make_entry())
    for file in sorted(folder.iterdir()):
        good = file.read_bytes()
        if not good or file.name == "manifest.json":
            continue
        file.write_bytes(bytes([good[0] ^ 1]) + good[1:])
        with pytest.raises(StaleIndex, match=f"{file.name}.*nianjian index"):
            open_searcher(tmp_path)
        file.write_bytes(good)
    next(folder.glob("*.trm")).unlink()
    with pytest.raises(StaleIndex, match="cannot be read"):
        open_searcher(tmp_path)


def test_other_version_is_refused(tmp_path: Path, make_entry: Callable[..., Entry]) -> None:
    """An index whose schema or analyzer differs is not read."""
    manifest = tmp_path / "index" / build(tmp_path, make_entry()) / "manifest.json"
    manifest.write_text(json.dumps(json.loads(manifest.read_text()) | {"fingerprint": "0"}))
    with pytest.raises(StaleIndex, match="another version"):
        open_searcher(tmp_path)
    manifest.write_text("{")
    with pytest.raises(StaleIndex, match="manifest"):
        open_searcher(tmp_path)


def test_second_build_is_refused_at_once(tmp_path: Path) -> None:
    """Two builds never write together."""
    with locked(DataFolder(tmp_path).index), pytest.raises(IndexLocked), open_builder(tmp_path):
        pass


def test_same_entries_in_any_order_answer_alike(
    tmp_path: Path, expected: tuple[Entry, ...], sample: DataFolder
) -> None:
    """Hits, order, scores and facets are equal."""
    build(tmp_path, *reversed(expected))
    request = SearchRequest(Match("职工代表"), size=50)
    assert open_searcher(tmp_path).search(request) == open_searcher(sample.root).search(request)


def test_full_disk_while_building_names_the_folder(tmp_path: Path, expected: tuple[Entry, ...]) -> None:
    """One clear line, nothing half built, and the lock is free again."""
    script = (
        "import resource, sys\n"
        "from pathlib import Path\n"
        "from indexer.errors import ConfigError\n"
        "from indexer.stages.pipeline import index_entries\n"
        "from indexer.config import DataFolder\n"
        "import signal; signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))\n"
        "try:\n"
        "    index_entries(DataFolder(Path(sys.argv[1])))\n"
        "except ConfigError as error:\n"
        "    print(error)\n"
    )
    write_entries(DataFolder(tmp_path).entries, expected)
    done = subprocess.run([sys.executable, "-c", script, str(tmp_path)], capture_output=True, text=True, check=True)
    assert "cannot write" in done.stdout
    assert list((tmp_path / "index").glob("gen-*")) == []
    build(tmp_path, *expected[:2])


def test_unguarded_script_builds(tmp_path: Path) -> None:
    """The work is done in threads: no process runs the script again."""
    script = tmp_path / "unguarded.py"
    script.write_text(
        "import sys\n"
        "from pathlib import Path\n"
        "from indexer.model import Entry\n"
        "from indexer.search.factory import open_builder\n"
        "with open_builder(Path(sys.argv[1])) as build:\n"
        "    for at in range(900):\n"
        "        build.add(Entry(str(at), 'v', 2001, '', '', 'x', (), '', 'x', (), 'http://x', 1))\n"
        "print('once')\n"
    )
    done = subprocess.run(
        [sys.executable, str(script), str(tmp_path / "data")], check=True, capture_output=True, text=True
    )
    assert done.stdout == "once\n"
    assert len(open_searcher(tmp_path / "data")) == 900


def test_build_that_cannot_begin_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No folder and no lock, where the system gives no thread."""

    def no_thread(self: object) -> None:
        raise RuntimeError("can't start new thread")

    with monkeypatch.context() as patch:
        patch.setattr("threading.Thread.start", no_thread)
        with pytest.raises(RuntimeError), open_builder(tmp_path):
            pass
    assert list((tmp_path / "index").glob("gen-*")) == []
    build(tmp_path)


@pytest.mark.skipif(os.name != "posix", reason="kills a process as POSIX does")
def test_killed_build_keeps_nothing_out(tmp_path: Path, expected: tuple[Entry, ...]) -> None:
    """The next build can begin at once."""
    script = (
        "import sys, time\n"
        "from pathlib import Path\n"
        "from indexer.model import Entry\n"
        "from indexer.search.factory import open_builder\n"
        "with open_builder(Path(sys.argv[1])) as build:\n"
        "    build.add(Entry('a', 'v', 2001, '', '', 'x', (), '', 'x', (), 'http://x', 1))\n"
        "    print('building', flush=True)\n"
        "    time.sleep(60)\n"
    )
    process = subprocess.Popen([sys.executable, "-c", script, str(tmp_path)], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert process.stdout.readline() == "building\n"
    process.kill()
    process.wait()
    process.stdout.close()
    build(tmp_path, *expected[:2])


def test_first_reader_waits_for_nothing_to_be_loaded(sample: DataFolder) -> None:
    """Whatever a search needs is there when the archive is open: no search imports a module."""
    script = (
        "import sys\n"
        "from pathlib import Path\n"
        "from indexer.search.factory import open_searcher\n"
        "from indexer.search.query.grammar import parse\n"
        "from indexer.search.query.tree import Filter, SearchRequest\n"
        "searcher = open_searcher(Path(sys.argv[1]))\n"
        "before = set(sys.modules)\n"
        "for text in ('深入', '\"三方会议\"', '工会怎样帮助下岗女工重新找到工作', '职工 NEAR/5 互助', '人 或 -末', '\"集体*合同\"'):\n"
        "    for filters in ((), (Filter('year', ('2002',)),), (Filter('section', ('民主管理',)), Filter('author', ('无',)))):\n"
        "        for sort in ('relevance', 'year-asc'):\n"
        "            searcher.search(SearchRequest(parse(text)[0], filters, sort, explain=True))\n"
        "print(sorted(set(sys.modules) - before))\n"
    )
    done = subprocess.run([sys.executable, "-c", script, str(sample.root)], check=True, capture_output=True, text=True)
    assert done.stdout == "[]\n"


def test_generations_stay_when_the_name_of_the_current_one_is_lost(
    tmp_path: Path, make_entry: Callable[..., Entry]
) -> None:
    """The newest sealed one may be what was published."""
    names = [build(tmp_path, make_entry("a")), build(tmp_path, make_entry("b"))]
    (tmp_path / "index" / "CURRENT").write_bytes(b"\xff")
    names.append(build(tmp_path, make_entry("c")))
    assert sorted(path.name for path in (tmp_path / "index").glob("gen-*")) == names[1:]
