"""What the archive consists of is listed as it is: values of facets, volumes, contributors, holdings."""

import json
from collections import Counter
from pathlib import Path

import pytest
from click.testing import CliRunner
from flask.testing import FlaskClient

from indexer.config import DataFolder
from indexer.manifest import Manifest
from indexer.model import Entry
from indexer.search.fields import FILTERS, filter_values
from search_app import create_app
from search_app.cli import cli


@pytest.mark.parametrize("field", FILTERS)
def test_facet_lists_all_values_with_the_counts_that_a_click_gives(
    client: FlaskClient, expected: tuple[Entry, ...], field: str
) -> None:
    """Of everything, as counted by hand; under a search, each as searching for it counts."""
    counted = Counter(value for each in expected for value in filter_values(each)[field])
    found = client.get(f"/api/v1/facet/{field}?limit=10000").json
    assert {each["value"]: each["count"] for each in found["values"]} == counted
    assert (found["field"], found["more"], found["query"]) == (field, 0, "")
    under = client.get(f"/api/v1/facet/{field}?q=职工&limit=5").json
    assert len(under["values"]) <= 5
    for each in under["values"]:
        clicked = client.get("/api/v1/search", query_string={"q": "职工", field: each["value"], "size": 1}).json
        assert clicked["total"] == each["count"]


def test_facet_lists_values_that_begin_so_and_says_what_a_filter_leaves(client: FlaskClient) -> None:
    """The prefix as typed; a yearbook that there is not is noted; chosen values are always listed."""
    found = client.get("/api/v1/facet/section?q=工会&prefix=大事&yearbook=无&section=特载").json
    assert [note["code"] for note in found["notes"]] == ["unknown-value"]
    begun = client.get("/api/v1/facet/section?prefix=大事&section=特载").json["values"]
    assert {(each["value"], each["selected"]) for each in begun} == {("大事记", False), ("特载", True)}


def test_volumes_say_what_the_manifest_says(
    client: FlaskClient, expected: tuple[Entry, ...], manifest: Manifest
) -> None:
    """In order, with the entries of each; the address leads to its contents."""
    listed = client.get("/api/v1/volumes").json["volumes"]
    assert {each["id"]: each["entries"] for each in listed} == Counter(each.volume for each in expected)
    assert [(each["yearbook"], each["year"]) for each in listed] == sorted(
        (each["yearbook"], each["year"]) for each in listed
    )
    known = {each.id: each for each in manifest.volumes}
    for each in listed:
        told = known[each["id"]]
        assert (each["title"], each["covers_year"], each["publisher"]) == (told.title, told.covers_year, told.publisher)
        assert client.get(each["url"]).status_code == 200


def test_contributors_are_all_who_signed_page_by_page(client: FlaskClient, expected: tuple[Entry, ...]) -> None:
    """Each once, with how much they signed, the most first; by the beginning of a name; past the end, nobody."""
    counted = Counter(name for each in expected for name in each.authors)
    walked, page = [], 1
    while shown := client.get(f"/api/v1/contributors?size=7&page={page}").json["contributors"]:
        walked, page = walked + shown, page + 1
    assert Counter({each["name"]: each["count"] for each in walked}) == counted
    assert len(walked) == len(counted) == client.get("/api/v1/contributors").json["total"]
    assert [each["count"] for each in walked] == sorted((each["count"] for each in walked), reverse=True)
    begun = client.get("/api/v1/contributors?prefix=秦").json
    assert {each["name"] for each in begun["contributors"]} == {name for name in counted if name.startswith("秦")}
    assert client.get(walked[0]["url"]).status_code == 200


def test_contributors_are_persons(archive: FlaskClient, tmp_path: Path) -> None:
    """As people have decided, within a second."""
    assert archive.get("/api/v1/contributors").json["contributors"][0]["name"] == "甲"
    DataFolder(tmp_path).contributors.write_text('[[person]]\nname = "乙"\nforms = ["甲"]\n', "utf-8")
    (person,) = archive.get("/api/v1/contributors").json["contributors"]
    assert (person["name"], person["count"]) == ("乙", 9)


def test_holdings_are_those_of_status(client: FlaskClient, sample: DataFolder) -> None:
    """The same keys and numbers as `nianjian status --json`."""
    told = CliRunner().invoke(cli, ["--data", str(sample.root), "status", "--json"])
    assert client.get("/api/v1/holdings").json["volumes"] == json.loads(told.output)["holdings"]


def test_holdings_say_when_they_are_not_known(archive: FlaskClient, tmp_path: Path) -> None:
    """Without a manifest that can be read: a problem, and searches go on."""
    DataFolder(tmp_path).manifest.write_text("[[", "utf-8")
    client = create_app(tmp_path).test_client()
    answer = client.get("/api/v1/holdings")
    assert (answer.status_code, answer.json["code"]) == (503, "no-manifest")
    assert client.get("/api/v1/volumes").json["volumes"][0]["covers_year"] == 0
