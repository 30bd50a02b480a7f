"""An old citation leads on: to what an id has become, to what it meant, or to a word that it is gone."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from indexer.config import DataFolder
from indexer.files.entrystore import write_entries
from indexer.files.forgotten import Decision, decide
from indexer.manifest import Manifest
from indexer.model import Entry
from indexer.stages.pipeline import index_entries
from search_app.web.app import create_app

PAGE = "http://a.example/1.html"
LONG = "市总工会举办职工书画展，展出作品三百余件，观众达五千人次，反响热烈。"
OTHER = "船厂工会与行政签订集体合同，覆盖全厂职工，工资增长写入条款。"


@pytest.fixture
def data(tmp_path: Path, make_entry: Callable[..., Entry]) -> DataFolder:
    """An archive whose page was once cut into three entries, and is cut otherwise now."""
    data = DataFolder(tmp_path)
    first = make_entry("P-1-1", title="书画展", body=LONG, url=PAGE, position=1)
    second = make_entry("P-1-2", title="集体合同", body=OTHER, url=PAGE, position=2)
    third = make_entry("P-1-3", title="零星", body="几句零星的话，后来没有了。", url=PAGE, position=3)
    fourth = make_entry("P-2-1", title="别页", body="另一页的事。", url="http://a.example/2.html")
    write_entries(data.entries, [first, second, third, fourth])
    index_entries(data)
    new = replace(first, title="概况", body="全市工会概况，另起一篇。")
    write_entries(data.entries, [new, replace(first, id="P-1-4", position=4), fourth])
    index_entries(data)
    return data


@pytest.fixture
def client(data: DataFolder, manifest: Manifest) -> FlaskClient:
    """Ask it."""
    return create_app(data.root, manifest).test_client()


def test_entry_page_says_what_its_id_meant_before(client: FlaskClient) -> None:
    """With the day, the title, and a link to what that is now."""
    page = client.get("/entry/P-1-1").text
    assert "此编号至 " in page
    assert '指《书画展》，现为 <a href="/entry/P-1-4">P-1-4</a>' in page
    assert "此编号至" not in client.get("/entry/P-1-4").text


@pytest.mark.parametrize("path", ["/entry/{}", "/api/v1/entry/{}"])
def test_vanished_id_is_led_on_or_said_to_be_gone(
    data: DataFolder, client: FlaskClient, make_entry: Callable[..., Entry], path: str
) -> None:
    """A redirect where the text stands elsewhere, 410 with the last title where it does not, 404 for what never was."""
    gone = client.get(path.format("P-1-3"))
    assert (gone.status_code, "它原指《零星》" in gone.text) == (410, True)
    assert client.get(path.format("P-9-9")).status_code == 404
    write_entries(data.entries, [make_entry("P-3-1", title="书画展", body=LONG, url=PAGE)])
    index_entries(data)
    moved = client.get(path.format("P-1-4"))
    assert (moved.status_code, moved.headers["Location"]) == (302, path.format("P-3-1"))
    also = client.get(path.format("P-1-1") + "?q=书画")
    assert (also.status_code, "概况" in also.text) == (410, True), "what it meant last is gone"


def test_query_goes_along_when_an_id_is_led_on(
    data: DataFolder, client: FlaskClient, make_entry: Callable[..., Entry]
) -> None:
    """The marks of the search are shown there."""
    write_entries(data.entries, [make_entry("P-3-1", title="书画展", body=LONG, url=PAGE)])
    index_entries(data)
    assert client.get("/entry/P-1-4?q=x y").headers["Location"] == "/entry/P-3-1?q=x+y"


def test_forgotten_page_is_gone_without_its_title(data: DataFolder, client: FlaskClient) -> None:
    """At once, and after the next index too; nothing of it is told."""
    for step in range(2):
        decide(data.forgotten, Decision(PAGE, "2026-11-28T00:00:00+00:00", ""))
        for name in ("P-1-1", "P-1-4", "P-1-2", "P-1-3"):
            answer = client.get(f"/entry/{name}")
            assert (answer.status_code, "书画展" in answer.text, "零星" in answer.text) == (410, False, False), (
                step,
                name,
            )
        assert client.get("/api/v1/search?q=书画展").json["total"] == 0  # type: ignore[index]
        assert "书画展" not in client.get("/volume/2002").text
        assert client.get("/healthz").json["entries"] == 1  # type: ignore[index]
        index_entries(data)
    decide(data.forgotten, Decision(PAGE, "2026-11-28T00:00:01+00:00", "", undo=True))
    index_entries(data)
    assert client.get("/entry/P-1-4").status_code == 200
    assert "此编号至" not in client.get("/entry/P-1-4").text


def test_text_that_comes_back_is_no_other_meaning(
    data: DataFolder, client: FlaskClient, make_entry: Callable[..., Entry]
) -> None:
    """A rule that is taken back leaves no notice on the entry."""
    old = [
        make_entry("P-1-1", title="书画展", body=LONG, url=PAGE, position=1),
        make_entry("P-1-2", title="集体合同", body=OTHER, url=PAGE, position=2),
    ]
    write_entries(data.entries, old)
    index_entries(data)
    page = client.get("/entry/P-1-1").text
    assert "书画展" in page
    assert "指《书画展》" not in page
    assert "指《概况》" in page
    assert client.get("/entry/P-1-2").status_code == 200
    assert "此编号至" not in client.get("/entry/P-1-2").text


def test_address_that_is_no_web_page_is_shown_and_not_linked(
    tmp_path: Path, manifest: Manifest, make_entry: Callable[..., Entry]
) -> None:
    """A record may have any scheme: none is made something to click on."""
    data = DataFolder(tmp_path)
    write_entries(data.entries, [make_entry("P-1-1", url="javascript:alert(1)")])
    index_entries(data)
    page = create_app(data.root, manifest).test_client().get("/entry/P-1-1").text
    assert "javascript:alert(1)" in page
    assert 'href="javascript' not in page
