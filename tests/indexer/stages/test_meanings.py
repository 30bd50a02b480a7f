"""What an id has meant is never lost, whatever parsing makes of a page later."""

import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.config import DataFolder
from indexer.errors import StoreError
from indexer.files.entrystore import write_entries
from indexer.files.ids import (
    Change,
    Meaning,
    follow,
    likeness,
    pages_of,
    read_changes,
    read_meanings,
    read_times,
    text_hash,
    write_meanings,
)
from indexer.model import Entry
from indexer.stages.naming import changed_meanings
from indexer.stages.pipeline import index_entries

Make = Callable[..., Entry]
PAGE = "http://a.example/1.html"
NOW = datetime(2026, 11, 28, tzinfo=UTC)
LONG = "市总工会举办职工书画展，展出作品三百余件，观众达五千人次，反响热烈。"
OTHER = "船厂工会与行政签订集体合同，覆盖全厂职工，工资增长写入条款。"


class Indexed:
    """The index before, as far as names need it."""

    created = "2026-01-01T00:00:00+00:00"

    def __init__(self, entries: Sequence[Entry]) -> None:
        self.entries = {entry.id: entry for entry in entries}

    def __iter__(self):  # type: ignore[no-untyped-def]
        return iter(self.entries.values())

    def get(self, entry_id: str) -> Entry | None:
        return self.entries.get(entry_id)


def changes(known: list[Meaning], before: Sequence[Entry] | None, after: Sequence[Entry]) -> list[Meaning]:
    """Give the lines that a new index adds."""
    held = None if before is None else Indexed(before)
    return list(changed_meanings(known, held, lambda: iter(after), frozenset(), NOW))


@pytest.fixture
def two(make_entry: Make) -> list[Entry]:
    """A page of two entries."""
    first = make_entry("P-1-1", title="书画展", body=LONG, url=PAGE, position=1)
    return [first, make_entry("P-1-2", title="集体合同", body=OTHER, url=PAGE, position=2)]


def test_first_index_notes_every_id(two: list[Entry]) -> None:
    """With page, title and hash."""
    found = changes([], None, two)
    assert found == [Meaning(each.id, "2026-11-28T00:00:00+00:00", PAGE, each.title, text_hash(each)) for each in two]
    assert changes(found, two, two) == []


def test_page_cut_otherwise_says_what_each_id_has_become(two: list[Entry], make_entry: Make) -> None:
    """An entry before the others moves them on: each old text is found under its new id."""
    known = changes([], None, two)
    new = make_entry("P-1-1", title="概况", body="全市工会概况。", url=PAGE, position=1)
    after = [new, replace(two[0], id="P-1-2", position=2), replace(two[1], id="P-1-3", position=3)]
    found = changes(known, two, after)
    assert [each.id for each in found] == ["P-1-3", "P-1-1", "P-1-2"]
    moved = [each for each in found if isinstance(each, Change)]
    assert [(each.id, each.was, each.title, each.became) for each in moved] == [
        ("P-1-1", "书画展", "概况", "P-1-2"),
        ("P-1-2", "集体合同", "书画展", "P-1-3"),
    ]


def test_text_read_a_little_otherwise_stays_itself(two: list[Entry]) -> None:
    """Likeness of nine tenths; with less it is gone."""
    known = changes([], None, two)
    (little,) = changes(known, two, [replace(two[0], body=LONG + "（王刚）"), two[1]])
    assert (little.id, little.became) == ("P-1-1", "P-1-1")  # type: ignore[attr-defined]
    (much,) = changes(known, two, [replace(two[0], body=LONG[:12]), two[1]])
    assert (much.id, much.became) == ("P-1-1", None)  # type: ignore[attr-defined]


def test_vanished_id_says_where_its_text_stands_or_that_it_is_gone(two: list[Entry]) -> None:
    """Joined texts are found where most of one stands; what no entry has is null."""
    known = changes([], None, two)
    (joined,) = changes(known, two, [replace(two[0], id="P-1-9"), *two[1:]])[1:]
    assert (joined.id, joined.sha256, joined.became) == ("P-1-1", None, "P-1-9")  # type: ignore[attr-defined]
    (gone,) = changes(known, two, two[:1])
    assert (gone.id, gone.sha256, gone.became) == ("P-1-2", None, None)  # type: ignore[attr-defined]


def test_without_the_index_before_equal_hashes_alone_decide(two: list[Entry]) -> None:
    """A text that is only like it is not recognized then."""
    known = changes([], None, two)
    same = changes(known, None, [replace(two[0], id="P-1-9"), two[1]])
    assert same[-1].became == "P-1-9"  # type: ignore[attr-defined]
    like = changes(known, None, [replace(two[0], id="P-1-9", body=LONG + "。"), two[1]])
    assert like[-1].became is None  # type: ignore[attr-defined]


def test_archive_without_the_file_begins_with_what_its_index_meant(two: list[Entry]) -> None:
    """Then what has changed since."""
    found = changes([], two, [replace(two[0], body=OTHER * 2), two[1]])
    assert [(each.id, each.at[:4], isinstance(each, Change)) for each in found] == [
        ("P-1-1", "2026", False),
        ("P-1-2", "2026", False),
        ("P-1-1", "2026", True),
    ]


def test_index_appends_to_the_file_and_an_entries_file_from_elsewhere_does_not(
    tmp_path: Path, two: list[Entry], make_entry: Make
) -> None:
    """Lines are only added; a second index of the same entries adds none."""
    data = DataFolder(tmp_path)
    write_entries(data.entries, two)
    index_entries(data)
    first = data.ids.read_bytes()
    assert [json.loads(line)["id"] for line in first.splitlines()] == ["P-1-1", "P-1-2"]
    index_entries(data)
    write_entries(tmp_path / "other.jsonl", [make_entry("X-1-1")])
    index_entries(data, tmp_path / "other.jsonl")
    assert data.ids.read_bytes() == first
    index_entries(data)
    assert data.ids.read_bytes() == first
    write_entries(data.entries, [two[1]])
    index_entries(data)
    assert data.ids.read_bytes().startswith(first)
    assert [(each.was, each.became) for each in read_changes(data.ids)["P-1-1"]] == [("书画展", None)]


def test_meanings_are_followed_through_all_changes() -> None:
    """A text that moved twice is found where it stands today; a ring ends."""

    def change(name: str, at: str, became: str | None) -> Change:
        return Change(name, at, PAGE, "", None, "题", "h", became)

    first = change("a", "2026-01", "b")
    table = {"a": [first], "b": [change("b", "2026-02", "c")], "c": [change("c", "2025-12", None)]}
    assert follow(table, first) == "c"
    ring = {"a": [first, change("a", "2026-03", "b")], "b": [change("b", "2026-02", "a"), change("b", "2026-04", "a")]}
    assert follow(ring, first) in ("a", "b")


def test_unfinished_last_line_is_passed_over_and_broken_ones_are_named(tmp_path: Path) -> None:
    """A kill while appending harms nothing; a damaged line is said with its number."""
    file = tmp_path / "ids.jsonl"
    good = json.dumps({"id": "a", "at": "t", "page": PAGE, "title": "题", "sha256": "h"})
    file.write_text(good + "\n" + good[:20], "utf-8")
    assert [each.id for each in read_meanings(file)] == ["a"]
    file.write_text(good + "\n{}\n" + good + "\n", "utf-8")
    with pytest.raises(StoreError, match="line 2"):
        list(read_meanings(file))


@given(st.text(max_size=40), st.text(max_size=40))
def test_likeness_is_one_for_equals_and_the_same_both_ways(one: str, other: str) -> None:
    """And lies between 0 and 1."""
    assert likeness(one, one) == 1.0
    assert likeness(one, other) == likeness(other, one)
    assert 0 <= likeness(one, other) <= 1


def test_times_are_of_what_ids_mean_now(tmp_path: Path, two: list[Entry]) -> None:
    """The last line of an id counts; one that means nothing any more has none, nor one whose time is none."""
    path = tmp_path / "ids.jsonl"
    assert read_times(path) == {}
    first, second = (text_hash(each) for each in two)
    early, late = "2026-01-01T00:00:00+00:00", "2026-11-28T00:00:00Z"
    write_meanings(path, [Meaning(name, early, PAGE, "题", first) for name in ("a", "b", "c", "d")])
    write_meanings(path, [Change("b", late, PAGE, "题", second, "题", first, "b")])
    write_meanings(path, [Change("c", late, PAGE, "", None, "题", first, None)])
    write_meanings(path, [Change("d", "yesterday", PAGE, "题", second, "题", first, "d")])
    assert read_times(path) == {"a": datetime.fromisoformat(early), "b": NOW}
    write_meanings(path, [Meaning("c", "2026-11-28", PAGE, "题", first)])
    assert read_times(path)["c"] == NOW, "without a zone it is UTC"


def test_pages_of_many_ids_are_read_at_once(tmp_path: Path) -> None:
    """The last page of each, whatever its id and whatever titles say; ids that never were have none."""
    path, at = tmp_path / "ids.jsonl", "2026-01-01T00:00:00+00:00"
    titles = {"a": "题", "编号": '他说 {"id": "b", "at"}', "c": "题"}
    write_meanings(path, [Meaning(name, at, f"http://a.example/{name}", title, "0") for name, title in titles.items()])
    write_meanings(path, [Change("c", at, "http://a.example/later", "", None, "题", "0", None)])
    assert pages_of(path, ["a", "b", "c", "编号", 'd"'] + [str(each) for each in range(500)]) == {
        "a": "http://a.example/a",
        "编号": "http://a.example/编号",
        "c": "http://a.example/later",
    }
    assert pages_of(tmp_path / "none", ["a"]) == {}
