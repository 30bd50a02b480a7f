"""Garbage in a file of JSON lines is one clear line: which file, which line, what is wrong, what to do."""

import json
import os
import re
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest
from forked import nianjian

from indexer.config import DataFolder
from indexer.errors import StoreError
from indexer.files import jsonlines
from indexer.files.entrystore import read_entries, read_problems, read_reports, write_entries
from indexer.files.forgotten import read_decisions
from indexer.files.ids import read_meanings
from indexer.model import Entry
from indexer.search.factory import published_generation
from indexer.stages.pipeline import index_entries

Read = Callable[[Path], Iterable[object]]
GOOD = {
    "entries": {
        "id": "P-1-1",
        "volume": "2002",
        "year": 2002,
        "section": "",
        "heading": "",
        "title": "题",
        "authors": [],
        "signature": "",
        "body": "文",
        "captions": [],
        "url": "http://a.example/1",
        "position": 1,
    },
    "problems": {"url": "http://a.example/1", "where": "", "code": "no-rule", "values": ["无"]},
    "pages": {
        "url": "http://a.example/1",
        "volume": "2002",
        "section": "",
        "heading": "",
        "kind": "entries",
        "encoding": "utf-8",
        "entries": 1,
        "problems": 0,
        "links": [["题", "http://a.example/2"]],
    },
    "ids": {
        "id": "P-1-1",
        "at": "2026-11-28T00:00:00+00:00",
        "page": "http://a.example/1",
        "title": "",
        "sha256": None,
    },
    "forgotten": {"url": "http://a.example/1", "at": "2026-11-28T00:00:00+00:00", "reason": "", "also": ["http://b/"]},
}
READERS: dict[str, Read] = {
    "entries": read_entries,
    "problems": read_problems,
    "pages": read_reports,
    "ids": read_meanings,
    "forgotten": read_decisions,
}
GARBAGE = {
    "nested": b"[" * 100_000,
    "nested inside": b'{"id": ' + b'{"a":' * 100_000,
    "digits": b'{"year": ' + b"9" * 5_000 + b"}",
    "digits after the point": b'{"year": 0.' + b"9" * 5_000 + b"}",
    "exponent": b'{"year": 1e99999}',
    "half a surrogate pair": b'{"id": "\\ud800"}',
    "other half": b'{"id": "\\udc00x"}',
    "surrogate in UTF-8": b'{"id": "\xed\xa0\x80"}',
    "NUL": b"\0",
    "NUL inside": b'{"id": "a\0b"}',
    "not UTF-8": b'{"id": "\xff"}',
    "GB 18030": '{"id": "工会"}'.encode("gb18030"),
    "UTF-16": '{"id": "a"}'.encode("utf-16"),
    "byte order mark": b"\xef\xbb\xbf{}",
    "an array": b"[]",
    "a string": b'"x"',
    "null": b"null",
    "a number": b"5",
    "cut": b'{"id": "a',
    "no keys": b"{}",
    "NaN": b'{"year": NaN}',
    "terminal codes": b'{"\x1b[2J": 1}',
    "terminal codes as escapes": b'{"\\u001b[2J\\n": 1}',
}


@pytest.mark.parametrize("kind", READERS)
def test_good_lines_are_read_and_blank_ones_passed_over(tmp_path: Path, kind: str) -> None:
    """With either line end, too."""
    file = tmp_path / f"{kind}.jsonl"
    line = json.dumps(GOOD[kind]).encode()
    file.write_bytes(b"\n" + line + b"\r\n  \n" + line + b"\n")
    assert len(list(READERS[kind](file))) == 2


@pytest.mark.parametrize("kind", READERS)
@pytest.mark.parametrize("garbage", GARBAGE.values(), ids=GARBAGE)
def test_garbage_is_named_by_file_and_line(tmp_path: Path, kind: str, garbage: bytes) -> None:
    """And said in one line that a terminal prints and no more, with what to do."""
    file = tmp_path / f"{kind}.jsonl"
    line = json.dumps(GOOD[kind]).encode()
    file.write_bytes(line + b"\n" + garbage + b"\n" + line + b"\n")
    with pytest.raises(StoreError) as found:
        list(READERS[kind](file))
    said = str(found.value)
    assert said.startswith(f"{file}, line 2: ")
    assert said.isprintable()
    assert len(said) < 700
    assert re.search(r"; .*(mend|make it anew|run)", said)


@pytest.mark.parametrize("kind", READERS)
def test_other_keys_and_types_are_named(tmp_path: Path, kind: str) -> None:
    """Each key in turn has a value of another type, or is missing; one is there that should not be."""
    file = tmp_path / f"{kind}.jsonl"
    optional = {"also"}
    wrong = [GOOD[kind] | {key: [{}]} for key in GOOD[kind]]
    wrong += [
        {name: value for name, value in GOOD[kind].items() if name != key} for key in GOOD[kind].keys() - optional
    ]
    for record in (*wrong, GOOD[kind] | {"more": 1}):
        file.write_text(json.dumps(record) + "\n", "utf-8")
        with pytest.raises(StoreError, match="line 1: "):
            list(READERS[kind](file))


@pytest.mark.parametrize("kind", READERS)
def test_line_that_is_longer_than_any_page_is_not_held(
    tmp_path: Path, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is named as soon as that is known."""
    monkeypatch.setattr(jsonlines, "_LONGEST", 5_000)
    file = tmp_path / f"{kind}.jsonl"
    with file.open("wb") as opened:
        opened.write(json.dumps(GOOD[kind]).encode() + b"\n")
        opened.truncate(200 << 20)
    with pytest.raises(StoreError, match=r"line 2: longer than 5,000 bytes"):
        list(READERS[kind](file))


@pytest.mark.parametrize("kind", READERS)
def test_folder_in_the_place_of_a_file_is_named(tmp_path: Path, kind: str) -> None:
    """No traceback for what the system says."""
    with pytest.raises(StoreError, match="cannot read"):
        list(READERS[kind](tmp_path))


@pytest.mark.parametrize("garbage", ["nested", "digits"])
def test_index_of_garbage_says_one_line_and_leaves_the_old_index(
    tmp_path: Path, make_entry: Callable[..., Entry], garbage: str
) -> None:
    """Exit code 2: nothing was done."""
    data = DataFolder(tmp_path / "data")
    write_entries(data.entries, [make_entry()])
    index_entries(data)
    before = {path: path.read_bytes() for path in data.root.rglob("*") if path.is_file()}
    file = tmp_path / "garbage.jsonl"
    file.write_bytes(data.entries.read_bytes() + GARBAGE[garbage] + b"\n")
    done = nianjian("--data", data.root, "index", "--entries", file)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith(f"nianjian: {file}, line 2: not JSON that can be read (")
    assert len(done.stderr.splitlines()) == 1
    assert {path: path.read_bytes() for path in data.root.rglob("*") if path.is_file()} == before
    assert published_generation(data.root)


def test_pipe_in_place_of_a_file_is_one_line_and_waits_for_nobody(tmp_path: Path) -> None:
    """Nothing may ever be written into it."""
    path = tmp_path / "forgotten.jsonl"
    os.mkfifo(path)
    with pytest.raises(StoreError, match="no plain file; put a readable file in its place"):
        list(read_decisions(path))


def test_link_to_a_file_is_read(tmp_path: Path) -> None:
    """People keep their decisions elsewhere."""
    (tmp_path / "elsewhere").write_text("", "utf-8")
    (tmp_path / "forgotten.jsonl").symlink_to("elsewhere")
    assert list(read_decisions(tmp_path / "forgotten.jsonl")) == []
