"""Everything found is walked through by a cursor: nothing is lost, nothing comes twice, and what cannot go on says so."""

from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.config import DataFolder
from indexer.model import Entry
from indexer.search.factory import open_searcher
from indexer.search.fields import FILTERS
from indexer.search.query.tree import SORTS
from search_app.shown.links import SearchState, to_args
from search_app.web.api.cursors import Cursor, CursorError, read_cursor

QUERIES = (
    "",
    "工会",
    "职工 合同",
    '"集体合同"',
    "深入",
    "信访 -热线",
    "船厂 或 港口",
    "zzz",
    "标题:艺术节",
    "缩短船抬周期",
)
VALUES = {
    "yearbook": ("沧浦工会年鉴（样本）", "-"),
    "volume": ("S2001", "S2003", "none"),
    "year": ("2001", "2002", "2005"),
    "section": ("大事记", "特载", "信息与信访"),
    "author": ("邵国梁", "苏雅琴", "无此人"),
}
STATES = st.builds(
    lambda text, sort, chosen: _with(SearchState(text).sorted_by(sort), chosen),
    st.sampled_from(QUERIES),
    st.sampled_from(SORTS),
    st.lists(st.tuples(st.sampled_from(FILTERS), st.integers(0, 2), st.booleans()), max_size=2),
)


def _with(state: SearchState, chosen: list[tuple[str, int, bool]]) -> SearchState:
    for field, at, exclude in chosen:
        state = state.with_values(field, (VALUES[field][at % len(VALUES[field])],), exclude=exclude)
    return state


def walk(client: FlaskClient, state: SearchState, sizes: Iterator[int]) -> Iterator[dict[str, object]]:
    """Ask for part after part, of other sizes, and give each."""
    cursor: str | None = ""
    while cursor is not None:
        args = [*to_args(state), ("size", str(next(sizes))), ("cursor", cursor)]
        answer = client.get("/api/v1/entries", query_string=args)
        assert answer.status_code == 200
        yield answer.json
        cursor = answer.json["next"]


def test_walks_give_all_that_is_found_in_its_order(sample: DataFolder, sample_app: Flask) -> None:
    """Whole entries, of random searches, in parts of random sizes, as the searcher gives them; the total is theirs."""
    client = sample_app.test_client()
    searcher = open_searcher(sample.root)

    @settings(max_examples=60, deadline=None)
    @given(state=STATES, size=st.integers(1, 500), more=st.integers(0, 40))
    def check(state: SearchState, size: int, more: int) -> None:
        found = list(searcher.entries(state.request()[0]))
        size = max(size, len(found) // 12)
        sizes = (min(500, size + more * at) for at in range(100))
        parts = list(walk(client, state, sizes))
        walked = [each for part in parts for each in part["entries"]]  # type: ignore[attr-defined]
        whole = [each.to_record() | {"persons": list(dict.fromkeys(searcher.persons(each)))} for each in found]
        assert walked == whole
        assert {part["total"] for part in parts} == {len(found)}
        assert all(part["entries"] for part in parts[1:])

    check()


def test_cursors_are_safe_in_addresses(client: FlaskClient) -> None:
    """Letters, digits, hyphens and underscores, and not many."""
    cursor = client.get("/api/v1/entries?q=工会&size=1").json["next"]
    assert cursor.replace("-", "").replace("_", "").isalnum()
    assert cursor.isascii()
    assert len(cursor) < 200


@given(st.text(max_size=40), st.integers(0, 400), st.sampled_from("aZ09-_= é"))
def test_damaged_cursors_are_told(text: str, at: int, other: str) -> None:
    """Any text that is none; one in which any character is another, which is gone on with, or cut short."""
    cursor = str(Cursor.beginning("gen-1", "f" * 18, SearchState("工会")).moved(7))
    assert read_cursor(cursor).first == 7
    place = at % len(cursor)
    for wrong in {text, cursor[:place], cursor + other, cursor[:place] + other + cursor[place + 1 :]} - {cursor}:
        with pytest.raises(CursorError):
            read_cursor(wrong)


@pytest.mark.parametrize("by", [-1, -(10**6), -(10**30)])
def test_cursors_before_the_beginning_are_told(by: int) -> None:
    """Nobody was given one; made by hand it would count from the end."""
    with pytest.raises(CursorError):
        read_cursor(str(Cursor.beginning("gen-1", "f" * 18, SearchState("工会")).moved(by)))


def test_cursors_of_something_else_are_refused(client: FlaskClient) -> None:
    """A damaged one, and one of another query, filter or order, by code; another size is no other search."""
    cursor = client.get("/api/v1/entries?q=工会&size=1&year=2002").json["next"]
    for args, code in (
        ({"q": "工会", "year": "2002", "cursor": cursor[:-1]}, "cursor-damaged"),
        ({"q": "职工", "year": "2002", "cursor": cursor}, "cursor-of-another-search"),
        ({"q": "工会", "year": "2003", "cursor": cursor}, "cursor-of-another-search"),
        ({"q": "工会", "not.year": "2002", "cursor": cursor}, "cursor-of-another-search"),
        ({"q": "工会", "year": "2002", "sort": "book", "cursor": cursor}, "cursor-of-another-search"),
    ):
        answer = client.get("/api/v1/entries", query_string=args)
        assert (answer.status_code, answer.mimetype) == (400, "application/problem+json")
        assert [(wrong["code"], wrong["name"]) for wrong in answer.json["errors"]] == [(code, "cursor")]
    twice = client.get("/api/v1/entries", query_string={"q": "工会", "year": "2002", "cursor": ["x", cursor]})
    assert twice.status_code == 200
    on = client.get("/api/v1/entries", query_string={"q": "工会", "year": "2002", "size": "9", "cursor": cursor})
    assert (on.status_code, len(on.json["entries"])) == (200, 9)


def test_cursor_of_another_generation_says_how_to_go_on(
    archive: FlaskClient, publish: Callable[..., None], make_entry: Callable[..., Entry]
) -> None:
    """410, with the generation that answers now and the address that begins again."""
    first = archive.get("/api/v1/entries?q=正文&size=4&sort=book").json
    publish([make_entry(f"2003-{at}-1") for at in range(3)])
    answer = archive.get("/api/v1/entries", query_string={"q": "正文", "sort": "book", "cursor": first["next"]})
    assert (answer.status_code, answer.mimetype, answer.json["code"]) == (
        410,
        "application/problem+json",
        "cursor-outdated",
    )
    assert first["generation"] in answer.json["detail"]
    again = archive.get(answer.json["again"]).json
    assert again["generation"] == answer.json["generation"] != first["generation"]
    assert (again["query"], len(again["entries"])) == ("正文", 3)
    assert "sort=book" in urlsplit(answer.json["again"]).query


def test_cursor_from_before_a_decision_is_refused(
    archive: FlaskClient, hide: Callable[..., None], tmp_path: Path
) -> None:
    """A page hidden between two parts would shift places, so that an entry would be lost; undone, the walk goes on."""
    data = DataFolder(tmp_path)
    asked = {"q": "正文", "sort": "book"}
    cursor = archive.get("/api/v1/entries", query_string=asked | {"size": "4"}).json["next"]
    hide("http://example.org/1.html")
    hidden = archive.get("/api/v1/entries", query_string=asked | {"cursor": cursor})
    assert (hidden.status_code, hidden.json["code"]) == (410, "cursor-outdated")
    assert archive.get(hidden.json["again"]).json["total"] == 8
    hide("http://example.org/1.html", undo=True)
    rest = archive.get("/api/v1/entries", query_string=asked | {"cursor": cursor})
    assert (rest.status_code, len(rest.json["entries"]), rest.json["next"]) == (200, 5, None)
    data.contributors.write_text('[[person]]\nname = "乙"\nforms = ["甲"]\n', "utf-8")
    assert archive.get("/api/v1/entries", query_string=asked | {"cursor": cursor}).status_code == 410
