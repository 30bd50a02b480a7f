"""The JSON interface keeps its promise."""

import re

import pytest
from flask.testing import FlaskClient

from indexer.model import Entry
from indexer.search.order import printed_order


def test_search_has_the_promised_keys(client: FlaskClient) -> None:
    """Names, nesting and types."""
    answer = client.get("/api/v1/search?q=工会&year=2003&year=2004&size=3").json
    assert list(answer) == [
        "query",
        "generation",
        "readings",
        "total",
        "occurrences",
        "page",
        "size",
        "hits",
        "nearest",
        "nearest_page",
        "nearest_more",
        "ladder",
        "facets",
        "notes",
        "also",
    ]
    assert (answer["query"], answer["page"], answer["size"], len(answer["hits"])) == ("工会", 1, 3, 3)
    assert list(answer["hits"][0]) == [
        "id",
        "yearbook",
        "volume",
        "year",
        "section",
        "heading",
        "title",
        "authors",
        "persons",
        "url",
        "score",
        "snippet",
        "reasons",
    ]
    assert list(answer["hits"][0]["snippet"][0]) == ["text", "marked"]
    assert list(answer["facets"]) == ["yearbook", "year", "section", "author"]
    assert answer["facets"]["year"].keys() == {"values", "more"}
    assert answer["facets"]["year"]["values"][0].keys() == {"value", "count", "selected", "excluded"}


def test_hits_stand_as_printed_where_that_is_asked_for(client: FlaskClient, expected: tuple[Entry, ...]) -> None:
    """For JSON and web page alike, which offers it; the page of contents follows the book, too."""
    order = {entry.id: at for at, entry in enumerate(sorted(expected, key=printed_order))}
    asked = "?q=职工&year=2002&year=2003&size=50&sort=book"
    hits = [hit["id"] for hit in client.get(f"/api/v1/search{asked}").json["hits"]]
    assert len(hits) > 20
    assert hits == sorted(hits, key=order.__getitem__)
    page = client.get(f"/{asked}").text
    assert re.findall(r'<h3><a href="/entry/([^?"]+)', page) == hits
    assert ">书中顺序</b>" in page
    sections: dict[str, list[str]] = {}
    for entry in sorted((each for each in expected if each.volume == "S2003"), key=printed_order):
        sections.setdefault(entry.section, []).append(entry.id)
    listed = re.findall(r'href="/entry/([^?"]+)', client.get("/volume/S2003").text)
    assert listed == [name for names in sections.values() for name in names]


def test_clicking_a_facet_gives_its_count(client: FlaskClient) -> None:
    """For each value of each facet."""
    facets = client.get("/api/v1/search?q=职工").json["facets"]
    for field, facet in facets.items():
        for value in facet["values"]:
            after = client.get("/api/v1/search", query_string={"q": "职工", field: value["value"]}).json
            assert after["total"] == value["count"]


def test_entry_has_the_keys_of_the_entries_file(client: FlaskClient, expected: tuple[Entry, ...]) -> None:
    """The whole record."""
    for address in (f"/api/v1/entry/{expected[0].id}", f"/api/v1/entry/?id={expected[0].id}"):
        assert client.get(address).json == expected[0].to_record() | {"persons": list(expected[0].authors)}


def test_empty_arguments_are_no_filters(client: FlaskClient) -> None:
    """The address as README prints it, filled in at one place only."""
    full = client.get("/api/v1/search?q=职工&year=&section=&author=&sort=&page=&size=").json
    assert full == client.get("/api/v1/search?q=职工").json
    assert full["total"] > 0


def test_operators_without_words_ask_for_nothing(client: FlaskClient) -> None:
    """And say so."""
    answer = client.get("/api/v1/search?q=或").json
    assert (answer["total"], answer["notes"]) == (0, [{"code": "nothing-asked", "text": "没有可检索的词语"}])


def test_odd_query_is_answered_with_notes(client: FlaskClient) -> None:
    """User text is never an error."""
    answer = client.get("/api/v1/search", query_string={"q": '"工会'})
    assert (answer.status_code, len(answer.json["notes"])) == (200, 1)


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("/api/v1/search?page=0", 400),
        ("/api/v1/search?size=9999", 400),
        ("/api/v1/search?sort=x", 400),
        ("/api/v1/search?year=20x", 400),
        ("/api/v1/entry/x", 404),
        ("/api/v1/x", 404),
    ],
)
def test_errors_are_problem_documents(client: FlaskClient, path: str, code: int) -> None:
    """RFC 9457, with what to do."""
    response = client.get(path)
    assert (response.status_code, response.mimetype) == (code, "application/problem+json")
    assert (response.json["status"], bool(response.json["detail"])) == (code, True)
    posted = client.post("/api/v1/search")
    assert (posted.status_code, "GET" in posted.headers["Allow"]) == (405, True)
