"""What is kept of pages as written is never seen: a page is what an app that has shown no other one makes of it."""

import html
import re
from pathlib import Path
from random import Random
from typing import NamedTuple

import pytest
from flask.testing import FlaskClient

from indexer.config import DataFolder
from indexer.files.forgotten import Decision, decide
from indexer.model import Entry
from indexer.search.factory import open_builder
from indexer.urls import page_key
from search_app import create_app
from search_app.web.reader.keeping import Kept


class Asked(NamedTuple):
    """A request for a page."""

    args: str
    language: str = "zh-Hans"
    view: str = "full"

    def of(self, client: FlaskClient) -> bytes:
        """Return the page; every time with this reader's choices."""
        client.set_cookie("view", self.view)
        return client.get(f"/?{self.args}", headers={"Accept-Language": self.language}).data


QUERY = "q=工会 职工&size=5"
ASKED = (
    Asked(QUERY),
    Asked(QUERY, "zh-Hant"),
    Asked(QUERY, "en"),
    Asked(QUERY, view="compact"),
    Asked(f"{QUERY}&page=2"),
    Asked(f"{QUERY}&sort=book"),
    Asked(f"{QUERY}&explain=1"),
    Asked(f"{QUERY}&year=2002"),
    Asked(f"{QUERY}&not.year=2002"),
    Asked(f"{QUERY}&find.author=工"),
    Asked(f"{QUERY}&find.author=张"),
    Asked(f"{QUERY}&other=1"),
    Asked('q="工会" 职工&size=5'),
    Asked('q="没有 这一句话 工会"'),
    Asked('q="没有 这一句话 工会"&nearest_page=2'),
    Asked("q=没有 这一句话 工会"),
    Asked("q=工会 职工&size=100"),
    Asked("q=工会 职工&size=100&sort=book"),
    Asked("year=2002&size=5"),
)


def test_page_is_the_same_whatever_was_asked_for_before(sample: DataFolder, client: FlaskClient, rng: Random) -> None:
    """In any order, language and way of showing, the first time and again."""
    right = {asked: asked.of(create_app(sample.root).test_client()) for asked in ASKED}
    assert len(set(right.values())) == len(ASKED)
    for _ in range(3):
        for asked in rng.sample(ASKED, len(ASKED)):
            assert asked.of(client) == right[asked], asked


@pytest.fixture
def data(tmp_path: Path, expected: tuple[Entry, ...]) -> DataFolder:
    """A folder with an index of the sample archive that may be changed."""
    _publish(tmp_path, expected)
    return DataFolder(tmp_path)


def _publish(folder: Path, entries: tuple[Entry, ...]) -> None:
    with open_builder(folder) as builder:
        for each in entries:
            builder.add(each)


def test_page_asked_for_again_shows_what_has_changed_meanwhile(data: DataFolder, expected: tuple[Entry, ...]) -> None:
    """Who is who, what is hidden, what the index has: each time it is what a new app shows."""
    client, asked = create_app(data.root).test_client(), Asked("author=甘雨&size=50")

    def page() -> str:
        again = {asked.of(client), asked.of(client), asked.of(create_app(data.root).test_client())}
        assert len(again) == 1
        return html.unescape(again.pop().decode())

    mine = [each for each in expected if "甘雨" in each.authors]
    before = page()
    assert [each.id in before for each in mine] == [True] * len(mine)

    data.contributors.write_text('[[person]]\nname = "葛芳"\nforms = ["甘雨"]\n', "utf-8")
    assert 'title="葛芳"' in page()
    data.contributors.unlink()
    assert page() == before

    hidden = page_key(mine[0].url)
    decide(data.forgotten, Decision(hidden, "2026-11-28T00:00:00+00:00", ""))
    assert mine[0].id not in page()
    decide(data.forgotten, Decision(hidden, "2026-11-28T00:00:01+00:00", "", undo=True))
    assert page() == before

    _publish(data.root, tuple(each for each in expected if each.id != mine[-1].id))
    after = page()
    assert mine[-1].id not in after
    assert _numbers(after) == _numbers(before)[:-1]


def _numbers(page: str) -> list[str]:
    return re.findall(r'<li id="n(\d+)"', page)


def test_pieces_are_written_once_and_large_ones_each_time() -> None:
    """What takes much of the room is not kept: it would drive out too many others."""
    kept, written = Kept(), []

    def write(text: str) -> dict[str, str]:
        written.append(len(text))
        return {"piece": text}

    for size in (10, 1 << 20):
        for _ in range(2):
            assert kept.pieces(size, lambda size=size: write("工" * size))["piece"] == ("工" * size).encode()  # type: ignore[misc]
    assert written == [10, 1 << 20, 1 << 20]
