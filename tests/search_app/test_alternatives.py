"""Other names of what was searched are offered with true counts, and never applied."""

import json

import pytest
from click.testing import CliRunner
from flask.testing import FlaskClient

from indexer.config import DataFolder
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
    assert all("“工资”" not in reason for hit in found["hits"] for reason in hit["reasons"])
    assert any("“工资”" in reason for hit in found["nearest"] for reason in hit["reasons"])
    assert "相近的条目" in client.get("/?q=高炉大修").text
    assert client.get("/api/v1/search?q=工会").json["nearest"] == []
    assert client.get('/api/v1/search?q="地铁施工"').json["nearest"] == []


def test_question_without_a_match_gives_what_comes_nearest(client: FlaskClient) -> None:
    """With a note; facets count it as they count matches."""
    answer = client.get("/api/v1/search?q=工会怎样帮助下岗女工重新找到工作").json
    assert any("没有一篇含有全部词语" in note for note in answer["notes"])
    for value in answer["facets"]["year"]:
        after = client.get(
            "/api/v1/search", query_string={"q": "工会怎样帮助下岗女工重新找到工作", "year": value["value"]}
        ).json
        assert after["total"] == value["count"]


def test_marks_of_what_comes_nearest_are_words_that_say_something(client: FlaskClient) -> None:
    """The particle that every sentence has is looked for, but not shown as a reason, nor counted."""
    answer = client.get("/api/v1/search?q=工会是怎样帮助下岗女工的，了不起的工作").json
    assert any("没有一篇含有全部词语" in note for note in answer["notes"])
    for hit in answer["hits"]:
        marked = [span["text"] for span in hit["snippet"] if span["marked"]]
        assert marked
        assert not {"的", "是", "了"} & set(marked)
        assert all("“的”" not in reason for reason in hit["reasons"])
    whole = client.get("/api/v1/search?q=女工+的").json
    assert any(span == {"text": "的", "marked": True} for hit in whole["hits"] for span in hit["snippet"])


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
