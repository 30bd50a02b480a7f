"""Whatever cannot be answered is a problem document; other sites' scripts may read answers and problems alike."""

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

Faults = Callable[[object, str], list[str]]


@pytest.mark.parametrize(
    ("address", "status", "code"),
    [
        ("/api/v1/none", 404, "not-found"),
        ("/api/v2/search", 404, "not-found"),
        ("/api/v1/entry/none", 404, "no-such-entry"),
        ("/api/v1/facet/title", 404, "no-such-facet"),
        ("/api/v1/search?size=0", 400, "wrong-arguments"),
        ("/api/v1/entries?size=501", 400, "wrong-arguments"),
        ("/api/v1/entries?cursor=x", 400, "wrong-arguments"),
        ("/api/v1/concordance?format=x", 400, "wrong-arguments"),
        ("/api/v1/trend", 400, "wrong-arguments"),
        ("/api/v1/contributors?page=0", 400, "wrong-arguments"),
    ],
)
def test_errors_say_what_a_script_needs(
    client: FlaskClient, faults: Faults, address: str, status: int, code: str
) -> None:
    """A code that stays, in every language; of wrong arguments, which."""
    for language in ("zh", "en"):
        answer = client.get(address, headers={"Accept-Language": language})
        assert (answer.status_code, answer.mimetype) == (status, "application/problem+json")
        assert faults(answer.json, "Problem") == []
        assert (answer.json["status"], answer.json["code"]) == (status, code)
        assert bool(answer.json.get("errors")) == (code == "wrong-arguments")
        assert answer.headers["Access-Control-Allow-Origin"] == "*"


def test_every_wrong_argument_is_named(client: FlaskClient) -> None:
    """With its value, and what it may be."""
    answer = client.get("/api/v1/search?page=x&size=1000&year=20x&sort=y").json
    assert {wrong["name"]: wrong["code"] for wrong in answer["errors"]} == {
        "year": "no-year",
        "sort": "no-sort",
        "page": "no-number",
        "size": "no-number",
    }
    (size,) = (wrong for wrong in answer["errors"] if wrong["name"] == "size")
    assert (size["value"], size["least"], size["most"]) == ("1000", 1, 100)
    many = client.get("/api/v1/trend?" + "&".join(f"q={each}" for each in range(7))).json["errors"]
    assert [(wrong["code"], wrong["name"], wrong["limit"]) for wrong in many] == [("too-many-searches", "q", 6)]


@pytest.mark.parametrize("route", ["export?q=工会&", "concordance?q=工会&", "trend?q=工会&"])
def test_of_an_argument_that_counts_once_the_last_value_does(client: FlaskClient, route: str) -> None:
    """As the description says; what is wrong with it is said once."""
    assert client.get(f"/api/v1/{route}format=x&format=csv").mimetype == "text/csv"
    (wrong,) = client.get(f"/api/v1/{route}format=csv&format=x").json["errors"]
    assert (wrong["code"], wrong["name"], wrong["value"]) == ("no-format", "format", "x")


def test_format_given_twice_counts_as_given_last(client: FlaskClient) -> None:
    """As all arguments do, and as on the page; one that there is not is named once."""
    for path in ("/api/v1/export", "/export"):
        assert client.get(f"{path}?q=三方会议&format=csv&format=ris").text.startswith("TY  - CHAP")
        assert client.get(f"{path}?q=三方会议&format=docx&format=ris").status_code == 200
    (wrong,) = client.get("/api/v1/export?format=csv&format=docx").json["errors"]
    assert (wrong["code"], wrong["name"], wrong["value"]) == ("no-format", "format", "docx")


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "TRACE"])
def test_other_methods_are_refused_with_those_that_there_are(client: FlaskClient, faults: Faults, method: str) -> None:
    """405, and `Allow`."""
    answer = client.open("/api/v1/search", method=method)
    assert (answer.status_code, answer.json["code"], faults(answer.json, "Problem")) == (405, "method-not-allowed", [])
    assert {"GET", "HEAD", "OPTIONS"} <= set(answer.headers["Allow"].split(", "))


def test_other_sites_may_read_what_is_below_the_interface_and_no_more(client: FlaskClient) -> None:
    """Answers, 304 and errors; no page; never with cookies."""
    tag = client.get("/api/v1/volumes").headers["ETag"]
    for address, headers in (
        ("/api/v1/volumes", {}),
        ("/api/v1/volumes", {"If-None-Match": tag}),
        ("/api/v1/openapi.json", {}),
        ("/api/v1/trend?q=工会&format=csv", {}),
    ):
        answer = client.get(address, headers={"Origin": "https://example.org", **headers})
        assert answer.headers["Access-Control-Allow-Origin"] == "*"
        assert {"ETag", "Last-Modified"} <= set(answer.headers["Access-Control-Expose-Headers"].split(", "))
        assert "Access-Control-Allow-Credentials" not in answer.headers
    for address in ("/", "/api", "/about", "/healthz", "/none"):
        answer = client.get(address, headers={"Origin": "https://example.org"})
        assert [name for name, _ in answer.headers if name.startswith("Access-Control")] == []


def test_browsers_are_told_in_advance_what_may_be_asked(client: FlaskClient) -> None:
    """A preflight: reading alone, with the headers that say what is there already."""
    sent = {
        "Origin": "https://example.org",
        "Access-Control-Request-Method": "GET",
        "Access-Control-Request-Headers": "if-none-match",
    }
    answer = client.options("/api/v1/search", headers=sent)
    assert answer.status_code == 200
    assert answer.headers["Access-Control-Allow-Methods"] == "GET, HEAD, OPTIONS"
    assert "If-None-Match" in answer.headers["Access-Control-Allow-Headers"]
    assert int(answer.headers["Access-Control-Max-Age"]) > 0
