"""The description of the interface is one, describes all of it, and its examples are answered as it says."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from openapi_spec_validator import validate

from indexer.model import Entry
from indexer.search.query.tree import MAX_SIZE, SORTS
from search_app import create_app
from search_app.shown.exporting.formats import FORMATS
from search_app.shown.links import MAX_VALUES
from search_app.web.api import RULES
from search_app.web.api.described.routes import JSON, ROUTES

Document = dict[str, Any]
Faults = Callable[[object, str], list[str]]


@pytest.mark.parametrize("language", ["zh-Hans", "zh-Hant", "en"])
def test_document_is_openapi(client: FlaskClient, language: str) -> None:
    """In every language, by a judge that is not ours; it says the same in each, but for the words."""
    answer = client.get("/api/v1/openapi.json", headers={"Accept-Language": language})
    validate(answer.json)
    assert (answer.json["openapi"], answer.headers["Content-Language"]) == ("3.1.0", language)
    assert _without_words(answer.json) == _without_words(client.get("/api/v1/openapi.json").json)
    if language == "en":
        assert answer.json["paths"]["/search"]["get"]["summary"] == "Search"


def _without_words(part: Any) -> Any:
    if isinstance(part, dict):
        return {
            name: _without_words(each) for name, each in part.items() if name not in ("description", "summary", "title")
        }
    return list(map(_without_words, part)) if isinstance(part, list) else part


def test_every_route_is_described(sample_app: Flask, document: Document) -> None:
    """And none that there is not; but for the description itself."""
    rules = {rule.replace("<entry_id>", "{id}").replace("<", "{").replace(">", "}") for rule in RULES}
    assert set(document["paths"]) == rules - {"/openapi.json"}
    answered = {rule.rule for rule in sample_app.url_map.iter_rules() if rule.rule.startswith("/api/")}
    assert answered == {f"/api/v1{rule}" for rule in RULES}


def test_limits_are_those_that_are_checked(client: FlaskClient, document: Document) -> None:
    """The greatest and least number of each argument are taken, one more and one less refused, naming it."""
    checked = 0
    for path, item in document["paths"].items():
        needed = {"q": "工会"} if path == "/trend" else {}
        address = f"/api/v1{path}".replace("{field}", "year")
        for each in item["get"]["parameters"]:
            schema = each["schema"]
            if "minimum" not in schema:
                continue
            for number, status in (
                (schema["minimum"], 200),
                (schema["maximum"], 200),
                (schema["minimum"] - 1, 400),
                (schema["maximum"] + 1, 400),
            ):
                answer = client.get(address, query_string=needed | {each["name"]: number})
                assert (path, each["name"], number, answer.status_code) == (path, each["name"], number, status)
                if status == 400:
                    assert [wrong["name"] for wrong in answer.json["errors"]] == [each["name"]]
                checked += 1
    assert checked >= 40
    search = {each["name"]: each["schema"] for each in document["paths"]["/search"]["get"]["parameters"]}
    assert (search["size"]["maximum"], search["sort"]["enum"]) == (MAX_SIZE, list(SORTS))
    assert search["not.author"]["maxItems"] == MAX_VALUES
    many = client.get("/api/v1/search", query_string={"author": [str(each) for each in range(MAX_VALUES + 1)]})
    assert [(wrong["code"], wrong["name"]) for wrong in many.json["errors"]] == [("too-many-values", "author")]


def _form_of(kind: str) -> str:
    """Give the name of a format by its media type."""
    return next((name for name, form in FORMATS.items() if form.mimetype == kind), kind.rpartition("/")[2])


@pytest.mark.parametrize("path", [route.path for route in ROUTES])
def test_every_example_is_answered_as_described(
    client: FlaskClient, document: Document, faults: Faults, path: str
) -> None:
    """By what the document gives as examples, in every form; each finds something."""
    operation = document["paths"][path]["get"]
    given = {each["name"]: each["example"] for each in operation["parameters"] if "example" in each}
    in_path = {name: given.pop(name) for name in list(given) if f"{{{name}}}" in path}
    for kind, media in operation["responses"]["200"]["content"].items():
        form = {} if kind == JSON else {"format": _form_of(kind)}
        answer = client.get(f"/api/v1{path}".format(**in_path), query_string=given | form)
        assert (answer.status_code, answer.mimetype) == (200, kind)
        if kind == JSON:
            assert faults(answer.json, media["schema"]["$ref"].rpartition("/")[2]) == []
            assert any(answer.json[name] for name in answer.json if isinstance(answer.json[name], list))
        else:
            assert len(answer.text.splitlines()) > 1


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("/search?q=缩短船抬周期&explain=1", "Search"),
        ("/search?q=深入 (开展&explain=1&year=2002&not.section=特载&author=无此人", "Search"),
        ('/search?q="没有这样的一句话"', "Search"),
        ("/search?q=职代会&page=99", "Search"),
        ("/entries?q=职工&year=2002&yearbook=无此年鉴", "Entries"),
        ("/facet/author?q=职工&not.author=邵国梁&prefix=邵", "FacetValues"),
        ("/suggest?q=", "Suggestions"),
        ("/trend?q=zzz", "Trends"),
        ("/contributors?prefix=zzz", "Contributors"),
        ("/concordance?q=", "Concordance"),
    ],
)
def test_odd_answers_are_as_described(client: FlaskClient, faults: Faults, address: str, name: str) -> None:
    """Near entries, a ladder, scores, notes, nothing at all."""
    answer = client.get(f"/api/v1{address}")
    assert (answer.status_code, faults(answer.json, name)) == (200, [])


@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_page_shows_every_route_with_an_example_that_works(client: FlaskClient, language: str) -> None:
    """In the reader's language, linked from the help, and saying where the document is."""
    page = client.get("/api", headers={"Accept-Language": language}).text
    assert 'rel="service-desc" type="application/json" href="/api/v1/openapi.json"' in page
    assert 'rel="service-doc" href="/api"' in client.get("/about").text
    examples = [part.partition('"')[0].replace("&amp;", "&") for part in page.split('class="try" href="')[1:]]
    assert len(examples) == len(ROUTES)
    for route, example in zip(ROUTES, examples, strict=True):
        assert f"GET /api/v1{route.path}</code>" in page
        assert (example, client.get(example).status_code) == (example, 200)


def test_description_needs_no_archive(tmp_path: Path) -> None:
    """Where nothing is indexed yet, the page and the document are there, and the rest says what to do."""
    client = create_app(tmp_path).test_client()
    validate(client.get("/api/v1/openapi.json").json)
    assert client.get("/api").status_code == 200
    answer = client.get("/api/v1/volumes")
    assert (answer.status_code, answer.json["code"], answer.json["remedy"]) == (503, "no-index", "nianjian build")


def test_whole_addresses_have_the_public_one(
    publish: Callable[..., None], make_entry: Callable[..., Entry], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In the document, in what is typed, and in links."""
    publish([make_entry(title="集体合同"), make_entry("2002-1-2", title="集体合同")])
    monkeypatch.setenv("NIANJIAN_PUBLIC_URL", "https://example.org/a")
    client = create_app(tmp_path).test_client()
    assert client.get("/api/v1/openapi.json").json["servers"] == [{"url": "https://example.org/a/api/v1"}]
    page = client.get("/api").text
    assert "curl https://example.org/a/api/v1/entry/2002-1-1<" in page
    assert 'href="/a/api/v1/entry/2002-1-1"' in page
