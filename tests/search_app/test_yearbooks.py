"""An archive of several yearbooks keeps them apart: on every page, in JSON and on a terminal."""

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from urllib.parse import unquote

import pytest
from browser import Browser
from click.testing import CliRunner
from flask.testing import FlaskClient

from indexer.config import DataFolder
from indexer.manifest import Manifest, load_manifest
from indexer.model import Entry
from indexer.search.fields import value_of
from indexer.search.shown.results import VolumeCount
from indexer.stages.pipeline import index_entries
from search_app import create_app
from search_app.cli import cli
from search_app.shown.naming import Names

CANGPU, QINGWAN = "沧浦工会年鉴（样本）", "青湾教育年鉴（样本）"


@pytest.mark.usefixtures("chinese")
def test_hits_name_their_yearbook_and_volume(client: FlaskClient, sample: DataFolder) -> None:
    """By the manifest's short name, and years with the year whose events they record."""
    page = client.get("/?q=沧浦港务局").text
    assert "<cite>沧浦 2002 卷</cite>" in page
    assert "2002 卷（记 2001 年）" in page
    assert "<cite>青湾 2020 卷</cite>" in client.get("/?q=学校").text
    said = CliRunner().invoke(cli, ["--data", str(sample.root), "search", "沧浦港务局", "--size", "1"]).output
    assert "沧浦 2002 卷" in said
    (hit,) = client.get("/api/v1/search?q=沧浦港务局&size=1").json["hits"]
    assert (hit["yearbook"], hit["volume"]) == (CANGPU, "S2002")


def test_yearbooks_are_chosen_left_out_and_counted(client: FlaskClient, sample: DataFolder) -> None:
    """A facet as any other; JSON and terminal alike."""
    values = client.get("/api/v1/search").json["facets"]["yearbook"]["values"]
    counts = {each["value"]: each["count"] for each in values}
    assert counts == {CANGPU: 269, QINGWAN: 20}
    for query, total in (({"yearbook": QINGWAN}, 20), ({"not.yearbook": QINGWAN}, 269), ({"volume": "S2002"}, 59)):
        assert client.get("/api/v1/search", query_string=query).json["total"] == total
        options = [f"--{name.replace('.', '-')}" if at == 0 else name for pair in query.items()
                   for at, name in enumerate(pair)]  # fmt: skip
        said = CliRunner().invoke(cli, ["--data", str(sample.root), "search", "", *options, "--json"]).output
        assert json.loads(said)["total"] == total
    assert "青湾教育年鉴（样本）" in client.get("/?q=学校").text


def test_filters_that_leave_nothing_are_noted(client: FlaskClient) -> None:
    """No error, nothing found, and what is wrong by name; what is unknown and left out is no matter."""
    for query, code in (
        ({"yearbook": "上海年鉴"}, "unknown-value"),
        ({"volume": "X" * 300}, "unknown-value"),
        ({"year": "2003", "not.year": "2003"}, "chosen-and-excluded"),
    ):
        answer = client.get("/api/v1/search", query_string=query).json
        assert (answer["total"], [note["code"] for note in answer["notes"]]) == (0, [code])
        assert max(len(str(value)) for value in answer["notes"][0].values()) < 60
        assert answer["notes"][0]["text"] in client.get("/", query_string=query).text
    both = client.get("/facet/year?year=2003&not.year=2003").text
    assert "既选中又除去" in both
    assert client.get("/api/v1/search?not.volume=XX").json["notes"] == []


def test_the_shelf_and_other_years_are_of_one_yearbook(
    browse: Callable[[list[Entry]], Browser], make_entry: Callable[..., Entry]
) -> None:
    """Two yearbooks of the same years, sections and contributors."""
    entries = [
        make_entry(f"{book}{year}-1-1", yearbook=f"{name}年鉴", volume=f"{book}{year}", year=year, authors=["王刚"])
        for book, name in (("A", "甲"), ("B", "乙"))
        for year in (2001, 2002)
    ]
    browser = browse(entries)
    front = browser.get("/").text
    assert front.index("乙年鉴</h3>") < front.index("/volume/B2001") < front.index("甲年鉴</h3>")
    assert browser.linked("/volume/A2001", "volume") == {("甲年鉴", "A2002")}
    assert browser.linked("/volume/A2001", "entry") == {("A2001-1-1",)}
    assert browser.linked("/volume/A2001/信息与信访", "entry") == {("A2001-1-1",)}
    author = browser.get("/author/王刚").text
    assert [author.count(f"{name}年鉴 {year} 卷") for name in "甲乙" for year in (2001, 2002)] == [1] * 4
    assert "yearbook" in browser.get("/?q=正文").text


def test_volumes_of_one_id_are_told_apart_by_their_yearbook(
    browse: Callable[[list[Entry]], Browser], make_entry: Callable[..., Entry]
) -> None:
    """As entries have them that were made elsewhere, where a volume is called by its year."""
    entries = [
        make_entry(f"{book}-1", yearbook=f"{book}城年鉴", volume="2001", year=2001, title=f"{book}城概况")
        for book in ("甲", "乙")
    ]
    browser = browse(entries)
    for book, other in ("甲乙", "乙甲"):
        (page,) = [each for each in browser.open("/")[1].links if value_of(f"{book}城年鉴") in unquote(each)]
        text = browser.get(page).text
        assert (f"{book}城概况" in text, f"{other}城概况" in text) == (True, False)
        assert f"{book}城年鉴 2001目录" in text
        answer = browser.get(f"/api/v1/search?q=正文&yearbook={book}城年鉴").json
        assert (answer["total"], answer["notes"]) == (1, [])
    assert 'name="yearbook"' in browser.get("/?q=正文").text


def test_entries_of_an_older_file_get_their_yearbook_from_the_manifest(sample: DataFolder, tmp_path: Path) -> None:
    """What an index of an older version asks for is `nianjian index`, and that is enough."""
    data = DataFolder(tmp_path)
    records = [json.loads(line) for line in sample.entries.read_text("utf-8").splitlines()]
    older = [json.dumps({key: record[key] for key in record if key != "yearbook"}) for record in records]
    data.entries.write_text("\n".join(older), "utf-8")
    data.pages.write_bytes(sample.pages.read_bytes())  # it was parsed
    index_entries(data)
    values = create_app(tmp_path).test_client().get("/api/v1/search").json["facets"]["yearbook"]["values"]
    assert {each["value"]: each["count"] for each in values} == {CANGPU: 269, QINGWAN: 20}


def test_a_value_chosen_and_excluded_outlives_the_form(client: FlaskClient) -> None:
    """Nothing is found before and after."""
    browser = Browser(client.application)
    page = browser.open("/?q=职工&year=2001&not.year=2001")[1]
    chosen = browser.about(page.sent(1))[2]
    assert chosen == frozenset({("year", "2001")})
    assert "既选中又除去" in browser.get(page.sent(1)).text


def test_an_archive_of_one_yearbook_does_not_name_it(
    browse: Callable[[list[Entry]], Browser], make_entry: Callable[..., Entry]
) -> None:
    """Neither beside hits nor as a facet; entries of older files, which do not say it, are of one."""
    page = browse([make_entry("2001-1-1", volume="V1"), make_entry("2002-1-1", volume="V2")]).get("/?q=正文").text
    assert "<cite>2002 卷</cite>" in page
    assert 'name="yearbook"' not in page


def test_a_filter_without_boxes_outlives_the_form(
    browse: Callable[[list[Entry]], Browser], make_entry: Callable[..., Entry]
) -> None:
    """A volume, and the yearbook where there is but one."""
    browser = browse([make_entry("a", volume="V"), make_entry("b", volume="W")])
    page = browser.open("/?q=正文&volume=V&yearbook=-")[1]
    assert browser.about(page.sent(1))[2] == frozenset({("volume", "V"), ("yearbook", "-")})


def test_years_of_which_volumes_disagree_are_named_alone() -> None:
    """As are volumes that the manifest does not describe, or that no manifest can be read for."""
    manifest = load_manifest()
    site = next(each for each in manifest.sites if each.id == "sample")
    odd = replace(site, volumes=tuple(replace(each, id=f"O{each.id}", covers_year=1999) for each in site.volumes))
    counts = (VolumeCount(CANGPU, "S2002", 2002, 1), VolumeCount("", "OS2002", 2002, 1))
    assert Names(manifest, counts[:1]).year(2002) == "2002 卷（记 2001 年）"
    assert Names(Manifest((*manifest.sites, odd)), counts).year(2002) == "2002 卷"
    lost = Names(None, counts)
    assert (lost.year(2002), lost.year(0), lost.title("S2002", "")) == ("2002 卷", "年份不详", "S2002 年鉴")
