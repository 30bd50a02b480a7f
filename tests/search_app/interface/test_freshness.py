"""Who has an answer is told by 304 that it has not changed, until it may have."""

import os
from collections.abc import Callable, Mapping
from pathlib import Path
from time import sleep

import pytest
from flask.testing import FlaskClient

from indexer.config import DataFolder
from indexer.model import Entry
from search_app import create_app
from search_app.web.api.described.routes import ROUTES

FIXED = [
    "/api/v1/search?q=工会",
    "/api/v1/entries?q=工会&size=3",
    "/api/v1/entry/S2001-611002-1",
    "/api/v1/entry/?id=S2001-611002-1",
    "/api/v1/suggest?q=工",
    "/api/v1/facet/year?q=工会",
    "/api/v1/trend?q=工会",
    "/api/v1/trend?q=工会&format=csv",
    "/api/v1/concordance?q=工会&format=jsonl",
    "/api/v1/concordance?q=工会",
    "/api/v1/volumes",
    "/api/v1/contributors",
]
MADE_OF_MORE = ["/api/v1/holdings", "/api/v1/openapi.json", "/api/v1/export?q=工会&format=ris"]


def test_every_route_is_among_those_tried() -> None:
    """None that is described is left out."""
    tried = {address.removeprefix("/api/v1").partition("?")[0] for address in FIXED + MADE_OF_MORE}
    described = {route.path.format(id="S2001-611002-1", field="year") for route in ROUTES}
    assert described <= tried


@pytest.mark.parametrize("address", FIXED + MADE_OF_MORE)
def test_what_is_there_already_is_not_sent_again(client: FlaskClient, address: str) -> None:
    """By its tag, alone or among others; with the same headers and nothing behind them; also for HEAD."""
    first = client.get(address)
    tag = first.headers["ETag"]
    assert (first.status_code, first.headers["Cache-Control"]) == (200, "no-cache")
    for sent in (tag, f'"other", {tag}', tag.removeprefix("W/")):
        for ask in (client.get, client.head):
            again = ask(address, headers={"If-None-Match": sent})
            assert (again.status_code, again.data, again.headers["ETag"]) == (304, b"", tag)
            assert again.headers["Vary"] == first.headers["Vary"] == "Accept-Language, Cookie"
    assert client.get(address, headers={"If-None-Match": '"other"'}).data == first.data


@pytest.mark.parametrize("address", FIXED)
def test_what_has_not_changed_since_is_not_sent_again(client: FlaskClient, address: str) -> None:
    """By the time that it was given with; not by a later one, which is of another archive; a tag goes before it."""
    since = given(client, address)["Last-Modified"]
    assert client.get(address, headers={"If-Modified-Since": since}).status_code == 304
    for sent in (
        {"If-Modified-Since": "Fri, 01 Jan 2100 00:00:00 GMT"},
        {"If-Modified-Since": "x"},
        {"If-Modified-Since": since, "If-None-Match": '"other"'},
    ):
        assert client.get(address, headers=sent).status_code == 200


@pytest.mark.parametrize(
    "date",
    [
        "Sun, 29 Nov 2026 99999999999:00:00 GMT",
        "Sun, 29 Nov 99999999999999 00:00:00 GMT",
        "Sun, 29 Nov 2026 00:00:00 +99999999999999999",
        "Mon, 01 Jan 0001 00:00:00 +2359",
        "99 Foo 2026",
    ],
)
def test_dates_of_no_calendar_count_for_nothing(client: FlaskClient, date: str) -> None:
    """RFC 9110, 13.1.3: the answer is given as if nothing had been asked."""
    for address in ("/api/v1/search?q=工会", "/api/v1/openapi.json", "/api/v1/holdings", "/static/icon.svg"):
        for name in ("If-Modified-Since", "If-Unmodified-Since", "If-Range"):
            answer = client.get(address, headers={name: date})
            assert answer.status_code == 200
            answer.close()


def test_another_public_address_is_another_version(sample: DataFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    """Answers have addresses in them."""
    tags = []
    for public in ("", "https://a.example/x", "https://b.example/x", "http://b.example/x"):
        monkeypatch.setenv("NIANJIAN_PUBLIC_URL", public)
        client = create_app(sample.root).test_client()
        tags.append([client.get(each).headers["ETag"] for each in ("/api/v1/volumes", "/api/v1/export?q=信访")])
    assert len({each for both in tags for each in both}) == 8


def test_tag_is_of_one_address_and_language(client: FlaskClient) -> None:
    """Another query, and the same one in other words, are other answers."""
    tag = client.get("/api/v1/search?q=工会").headers["ETag"]
    for address, language in (("/api/v1/search?q=工会&page=2", "zh"), ("/api/v1/search?q=工会", "en")):
        other = client.get(address, headers={"If-None-Match": tag, "Accept-Language": language})
        assert (other.status_code, other.headers["ETag"] != tag) == (200, True)


@pytest.mark.parametrize("sent", [{"If-None-Match": "*"}, {"If-Modified-Since": "Sun, 29 Nov 2026 00:00:00 GMT"}])
def test_conditions_do_not_count_where_there_is_no_answer(client: FlaskClient, sent: dict[str, str]) -> None:
    """Wrong arguments and unknown ids stay errors (RFC 9110, 13.2.1), and have no tag."""
    for address, status in (
        ("/api/v1/search?size=0", 400),
        ("/api/v1/entry/none", 404),
        ("/api/v1/none", 404),
        ("/api/v1/export?id=none", 400),
    ):
        answer = client.get(address, headers=sent)
        assert (answer.status_code, "ETag" in answer.headers) == (status, False)
    assert client.get("/api/v1/search?q=工会", headers={"If-None-Match": "*"}).status_code == 304


def given(client: FlaskClient, address: str = "/api/v1/search?q=正文") -> Mapping[str, str]:
    """Wait until an answer says when it changed, which is not known within that second; give its headers."""
    while "Last-Modified" not in (headers := client.get(address).headers):
        sleep(0.05)
    return headers


def statuses(client: FlaskClient, sent: Mapping[str, str]) -> list[int]:
    """Ask again with what was given, by tag and by time."""
    conditions = {"If-None-Match": sent["ETag"]}, {"If-Modified-Since": sent["Last-Modified"]}
    return [client.get("/api/v1/search?q=正文", headers=each).status_code for each in conditions]


def test_whatever_may_change_an_answer_changes_its_version(
    archive: FlaskClient,
    hide: Callable[..., None],
    publish: Callable[..., None],
    make_entry: Callable[..., Entry],
    tmp_path: Path,
) -> None:
    """A page hidden, a decision about authors, what a manifest says, a new generation."""
    data = DataFolder(tmp_path)
    tags = [archive.get("/api/v1/search?q=正文").headers["ETag"]]
    for change in (
        lambda: hide("http://example.org/1.html"),
        lambda: data.contributors.write_text('[[person]]\nname = "乙"\nforms = ["甲"]\n', "utf-8"),
        lambda: data.manifest.write_text(MANIFEST, "utf-8"),
        lambda: data.manifest.write_text(MANIFEST.replace("某工会年鉴", "某市工会年鉴"), "utf-8"),
        lambda: publish([make_entry()]),
    ):
        before = archive.get("/api/v1/search?q=正文", headers={"If-None-Match": tags[-1]})
        assert before.status_code == 304
        change()
        after = archive.get("/api/v1/search?q=正文", headers={"If-None-Match": tags[-1]})
        assert after.status_code == 200
        tags.append(after.headers["ETag"])
    assert len(set(tags)) == 6


def test_exports_under_another_address_are_another_version(sample: DataFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    """They name entries by it."""
    address, tags = "/api/v1/export?q=工会&format=ris", set()
    for url in ("", "https://a.example", "https://b.example"):
        monkeypatch.setenv("NIANJIAN_PUBLIC_URL", url)
        tags.add(create_app(sample.root).test_client().get(address).headers["ETag"])
    assert len(tags) == 3


def test_time_of_change_is_never_that_of_another_answer(
    archive: FlaskClient, hide: Callable[..., None], tmp_path: Path
) -> None:
    """Also where a file of decisions is gone again, or is put back with the time that it had."""
    data = DataFolder(tmp_path)
    text = '[[person]]\nname = "乙"\nforms = ["甲"]\n'
    data.contributors.write_text(text, "utf-8")
    os.utime(data.contributors, (1, 1))
    for change in (
        data.contributors.unlink,
        lambda: data.contributors.write_text(text, "utf-8") and os.utime(data.contributors, (1, 1)),
        lambda: hide("http://example.org/1.html"),
    ):
        before = given(archive)
        assert statuses(archive, before) == [304, 304]
        change()
        assert statuses(archive, before) == [200, 200]


def test_what_changes_nothing_leaves_the_version(
    archive: FlaskClient, hide: Callable[..., None], tmp_path: Path
) -> None:
    """A file that is touched, or put back as it was; another process, too, says the same."""
    data = DataFolder(tmp_path)
    text = '[[person]]\nname = "乙"\nforms = ["甲"]\n'
    tag = archive.get("/api/v1/volumes").headers["ETag"]
    data.contributors.write_text(text, "utf-8")
    other = archive.get("/api/v1/volumes").headers["ETag"]
    assert other != tag
    os.utime(data.contributors, (1, 1))
    assert archive.get("/api/v1/volumes").headers["ETag"] == other
    data.contributors.write_text("", "utf-8")
    assert archive.get("/api/v1/volumes").headers["ETag"] == tag
    hide("http://example.org/1.html")
    assert archive.get("/api/v1/volumes").headers["ETag"] != tag
    hide("http://example.org/1.html", undo=True)
    assert archive.get("/api/v1/volumes").headers["ETag"] == tag


MANIFEST = """\
[[site]]
id = "local"
title = "某工会年鉴"
publisher = "p"
licence = "CC0-1.0"
layout = "eastday-cms"
[[site.volume]]
id = "2002"
year = 2002
scope = ["http://example.org/"]
seeds = ["http://example.org/"]
"""
