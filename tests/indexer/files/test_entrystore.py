"""`entries.jsonl` comes back as written; a broken line is named."""

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.errors import StoreError
from indexer.files.durable import replacing
from indexer.files.entrystore import read_entries, read_problems, write_entries
from indexer.model import Entry, Problem

TEXT = st.text(st.characters(exclude_categories=("Cs",)))


WORDS = st.text(st.characters(categories=("L", "Nd")), min_size=1, max_size=9)
ENTRIES = st.builds(
    Entry,
    id=WORDS,
    volume=TEXT,
    year=st.integers(0, 9999),
    section=TEXT,
    heading=TEXT,
    title=TEXT,
    authors=st.lists(TEXT.filter(bool)).map(tuple),
    signature=TEXT,
    body=TEXT,
    captions=st.lists(TEXT).map(tuple),
    url=TEXT.map("http://a.example/".__add__),
    position=st.integers(0, 2**31 - 1),
    order=st.integers(0, 2**31 - 1),
)


@given(st.lists(ENTRIES, unique_by=lambda entry: entry.id))
def test_entries_come_back(tmp_path_factory: pytest.TempPathFactory, entries: list[Entry]) -> None:
    """Every value survives, line separators inside texts too."""
    file = tmp_path_factory.mktemp("store") / "entries.jsonl"
    write_entries(file, entries)
    assert list(read_entries(file)) == entries


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("{", "not JSON"),
        ("[]", "not an entry"),
        ('{"id": "x"}', "not an entry"),
        ('{"year": "2001"}', "year must be a int"),
        ('{"authors": [1]}', "authors must hold strings"),
        ('{"authors": [""]}', "name is empty"),
        ('{"year": 10000}', "year 10000"),
        ('{"id": "a/b"}', "id 'a/b'"),
        ('{"order": -1}', "order -1"),
        ('{"order": null}', "order must be a int"),
        ('{"place": 1}', "not an entry"),
        ('{"url": ""}', "url is empty"),
        ('{"body": "\\ud800"}', "surrogate"),
    ],
)
def test_broken_line_is_named(tmp_path: Path, make_entry: Callable[..., Entry], line: str, said: str) -> None:
    """File, line number and what is wrong."""
    import json

    file = tmp_path / "entries.jsonl"
    write_entries(file, [make_entry()])
    good = file.read_text("utf-8")
    broken = (
        json.dumps(json.loads(good) | json.loads(line)) if line.startswith('{"') and line != '{"id": "x"}' else line
    )
    file.write_text(good + broken + "\n", "utf-8")
    with pytest.raises(StoreError, match=f"line 2: .*{said}"):
        list(read_entries(file))


def test_entries_of_an_older_version_are_read(tmp_path: Path, make_entry: Callable[..., Entry]) -> None:
    """They have no `order`: the place of their pages is unknown."""
    file = tmp_path / "entries.jsonl"
    write_entries(file, [make_entry()])
    old = file.read_text("utf-8").replace(', "order": 0', "")
    assert "order" not in old
    file.write_text(old, "utf-8")
    assert list(read_entries(file)) == [make_entry()]


def test_failed_write_keeps_the_old_file(tmp_path: Path) -> None:
    """A reader sees the old file or the new one."""
    file = tmp_path / "x"
    file.write_text("old")
    with pytest.raises(RuntimeError), replacing(file) as opened:
        opened.write(b"new")
        raise RuntimeError
    assert (file.read_text(), [path.name for path in tmp_path.iterdir()]) == ("old", ["x"])


def test_problems_of_an_older_version_are_read(tmp_path: Path) -> None:
    """They had code and explanation in one text."""
    path = tmp_path / "problems.jsonl"
    path.write_text(
        '{"url": "u", "where": "w", "what": "no-rule: 无"}\n{"url": "u", "where": "w", "what": "no-text"}\n', "utf-8"
    )
    assert list(read_problems(path)) == [Problem("u", "w", "no-rule", ("无",)), Problem("u", "w", "no-text", ())]
