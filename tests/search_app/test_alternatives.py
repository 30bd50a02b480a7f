"""Other names of what was searched are offered with true counts, and never applied."""

import html
import json
import re

import pytest
from click.testing import CliRunner
from flask.testing import FlaskClient

from indexer.config import DataFolder
from indexer.model import Entry
from indexer.search.query.synonyms import also
from indexer.text.wordlists import synonyms
from search_app.cli import cli


@pytest.mark.parametrize(
    ("typed", "others"),
    [
        ("职代会 提案", ("职工代表大会 提案",)),
        ("“职工代表大会”", ("“职代会”",)),
        ("市总", ("市总工会", "上海市总工会")),
        ("全市总产值", ()),
        ("安全总监", ()),
        ("-职代会", ()),
        ("", ()),
    ],
)
def test_other_names_of(typed: str, others: tuple[str, ...]) -> None:
    """Longest names first, at the seams of words, with what else was typed left as it is."""
    assert also(typed) == others


def test_offered_searches_find_what_they_say(client: FlaskClient) -> None:
    """In the JSON and on the page, under the same filters."""
    for query in ("职代会", "劳模 年份:2002"):
        answer = client.get("/api/v1/search", query_string={"q": query, "section": "民主管理"}).json
        for other in answer["also"]:
            again = client.get("/api/v1/search", query_string={"q": other["query"], "section": "民主管理"}).json
            assert again["total"] == other["total"] > 0
    assert client.get("/api/v1/search?q=职代会").json["also"] == [{"query": "职工代表大会", "total": 8}]
    assert "也可检索" in client.get("/?q=职代会").text
    assert "也可检索" not in client.get("/?q=台风").text


def test_nearest_entries_follow_few_hits_and_are_told_apart(client: FlaskClient) -> None:
    """They lack a word; a page of many hits has none."""
    answer = client.get("/api/v1/search?q=高炉大修").json
    hits = {hit["id"] for hit in answer["hits"]}
    assert 0 < answer["total"] < 5
    assert answer["nearest"]
    assert not hits & {hit["id"] for hit in answer["nearest"]}
    assert all(hit["reasons"] for hit in answer["nearest"])
    found = client.get("/api/v1/search?q=工资集体协商").json
    assert 0 < found["total"] < 5
    assert all("“工资”" not in reason["text"] for hit in found["hits"] for reason in hit["reasons"])
    assert any("“工资”" in reason["text"] for hit in found["nearest"] for reason in hit["reasons"])
    assert "相近条目" in client.get("/?q=高炉大修").text
    assert client.get("/api/v1/search?q=工会").json["nearest"] == []
    assert client.get('/api/v1/search?q="地铁施工"').json["nearest"] == []


@pytest.mark.usefixtures("chinese")
@pytest.mark.parametrize(
    ("query", "has", "lacks"),
    [
        ("再就业 集体合同 船厂", ["再就业"], ["集体合同", "船厂"]),
        ("工会怎样帮助下岗女工重新找到工作", ["工会", "帮助", "下岗女工", "工作"], ["重新", "找到"]),
        ("量子 船厂 芯片", ["船厂"], ["量子", "芯片"]),
    ],
)
def test_where_no_entry_matches_no_number_speaks_of_one(
    client: FlaskClient, sample: DataFolder, query: str, has: list[str], lacks: list[str]
) -> None:
    """What comes near stands apart, with the words it has and lacks: JSON, page and command line alike."""
    answer = client.get("/api/v1/search", query_string={"q": query}).json
    assert (answer["total"], answer["occurrences"], answer["hits"], answer["notes"]) == (0, 0, [], [])
    assert not any(facet["values"] for facet in answer["facets"].values())
    assert (answer["nearest"][0]["has"], answer["nearest"][0]["lacks"]) == (has, lacks)
    page = client.get("/", query_string={"q": query}).text
    assert "<h1><b>0</b> 篇" in page
    assert "没有一篇含全部词语" in page
    assert f"含：{'、'.join(has)}；缺：{'、'.join(lacks)}" in page
    said = CliRunner().invoke(cli, ["--data", str(sample.root), "search", query]).output
    assert said.startswith("0 篇\n")
    assert f"含：{'、'.join(has)}；缺：{'、'.join(lacks)}" in said


def test_further_entries_that_come_near_are_a_link_away(client: FlaskClient, sample: DataFolder) -> None:
    """No entry comes twice; past the last there is none, and that is no error."""
    query = "量子 船厂 芯片"
    seen: list[str] = []
    for number in range(1, 12):
        answer = client.get("/api/v1/search", query_string={"q": query, "size": 5, "nearest_page": number}).json
        page = client.get("/", query_string={"q": query, "size": 5, "nearest_page": number}).text
        assert (f"nearest_page={number + 1}" in page) == answer["nearest_more"]
        seen += [hit["id"] for hit in answer["nearest"]]
        if not answer["nearest_more"]:
            break
    assert len(seen) == len(set(seen)) > 5
    past = client.get("/api/v1/search", query_string={"q": query, "nearest_page": 99}).json
    assert (past["nearest"], past["nearest_more"], len(past["notes"])) == ([], False, 1)
    told = ["--data", str(sample.root), "search", query, "--size", "5", "--nearest-page", "2", "--json"]
    found = json.loads(CliRunner().invoke(cli, told).output)
    assert [hit["id"] for hit in found["nearest"]] == seen[5:10]


def test_marks_of_what_comes_nearest_are_words_that_say_something(client: FlaskClient) -> None:
    """The particle that every sentence has is looked for, but not shown as a reason, nor counted."""
    answer = client.get("/api/v1/search?q=工会是怎样帮助下岗女工的，了不起的工作").json
    assert answer["nearest"]
    for hit in answer["nearest"]:
        marked = [span["text"] for span in hit["snippet"] if span["marked"]]
        assert marked
        assert not {"的", "是", "了"} & set(marked)
        assert all("“的”" not in reason["text"] for reason in hit["reasons"])
    whole = client.get("/api/v1/search?q=女工+的").json
    assert any(span == {"text": "的", "marked": True} for hit in whole["hits"] for span in hit["snippet"])


@pytest.mark.usefixtures("chinese")
def test_scores_are_explained_where_that_is_asked(client: FlaskClient, sample: DataFolder) -> None:
    """Parts add up; API, page and command line say the same."""
    answer = client.get("/api/v1/search?q=深入+职工&explain=1").json
    for hit in (*answer["hits"], *answer["nearest"]):
        assert round(sum(part["score"] for part in hit["explain"]), 3) == pytest.approx(hit["score"], abs=0.002)
    assert "explain" not in client.get("/api/v1/search?q=深入").json["hits"][0]
    page = client.get("/?q=职工&explain=1").text
    assert "得分明细" in page
    assert '<input type="hidden" name="explain" value="1">' in page, "a filter keeps what is asked for"
    said = CliRunner().invoke(cli, ["--data", str(sample.root), "search", "职工", "--size", "1", "--explain"]).output
    assert "合计" in said
    found = CliRunner().invoke(
        cli, ["--data", str(sample.root), "search", "职工", "--size", "1", "--explain", "--json"]
    )
    assert json.loads(found.output)["hits"][0]["explain"]


def test_synonym_sets_lie_apart() -> None:
    """No term stands in two of them."""
    terms = [term for group in synonyms() for term in group]
    assert len(terms) == len(set(terms))


@pytest.mark.usefixtures("chinese")
def test_how_a_run_was_read_is_said_with_a_way_to_the_exact_search(client: FlaskClient, sample: DataFolder) -> None:
    """Under the filters that are chosen, too; the number is what the link finds."""
    answer = client.get("/api/v1/search?q=沧浦港务局").json
    assert answer["readings"] == [{"run": "沧浦港务局", "words": ["沧浦", "港务局"], "whole": 2}]
    assert answer["total"] == 7
    page = client.get("/?q=沧浦港务局").text
    (link,) = re.findall(r'<a href="([^"]*)">只看这 2 篇</a>', page)
    assert "<h1><b>2</b> 篇" in client.get(html.unescape(link)).text
    assert client.get('/api/v1/search?q="沧浦港务局"').json["readings"] == []
    year = client.get("/api/v1/search?q=沧浦港务局&year=2001").json
    exact = client.get('/api/v1/search?q="沧浦港务局"&year=2001').json
    assert year["readings"][0]["whole"] == exact["total"]
    said = CliRunner().invoke(cli, ["--data", str(sample.root), "search", "沧浦港务局"]).output
    assert "按“沧浦”“港务局”查找，其中 2 篇原样含有“沧浦港务局”" in said


def test_exact_search_without_hits_says_what_was_compared(client: FlaskClient, expected: tuple[Entry, ...]) -> None:
    """All entries, character by character; under a filter only some are asked for, which is not said of all."""
    assert f"已与全部 <b>{len(expected)} 篇</b>原文逐字比对" in client.get('/?q="没有这样一串"').text
    assert "与原文逐字核对，一字不差" in client.get('/?q="三方会议"').text
    limited = client.get('/?q="三方会议"&year=1999').text
    assert ("逐字比对" in limited, "在所选的条件下" in limited) == (False, True)
