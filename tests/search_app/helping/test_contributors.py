"""Who is who is followed everywhere, at once, without another index; and what is printed stays as it is."""

import html
import json
import logging
from pathlib import Path
from random import Random

import pytest
from flask.testing import FlaskClient
from forked import nianjian

from indexer.config import DataFolder
from indexer.model import Entry
from indexer.search.factory import open_builder, open_searcher
from indexer.search.fields import FILTERS
from search_app import create_app
from search_app.shown.browsing.registered import OFFICES, OTHER, register

MERGED = '[[person]]\nname = "葛芳"\nforms = ["方舟", "甘雨"]\n'


@pytest.fixture
def data(tmp_path: Path, expected: tuple[Entry, ...]) -> DataFolder:
    """A folder with an index of the sample archive that may be changed."""
    with open_builder(tmp_path) as builder:
        for each in expected:
            builder.add(each)
    return DataFolder(tmp_path)


@pytest.fixture
def app(data: DataFolder) -> FlaskClient:
    """The app over it."""
    return create_app(data.root).test_client()


def authors(app: FlaskClient, **args: str) -> dict[str, int]:
    """Give the facet of authors, every value of which is looked up: its count are its hits."""
    counts = {}
    for value in app.get("/api/v1/search", query_string=args).json["facets"]["author"]["values"]:
        if value["excluded"]:
            continue
        counts[value["value"]] = value["count"]
        found = app.get("/api/v1/search", query_string={**args, "author": value["value"], "size": "100"}).json
        assert found["total"] == value["count"], value
        assert all(value["value"] in hit["persons"] for hit in found["hits"])
    return counts


@pytest.mark.usefixtures("every_engine")
def test_merging_is_followed_everywhere_and_undone_by_undoing_the_file(
    app: FlaskClient, data: DataFolder, expected: tuple[Entry, ...]
) -> None:
    """Facet, filter, page, suggestion, JSON; nothing printed changes, and an entry of two forms counts once."""
    before = authors(app)
    printed = [app.get(f"/api/v1/entry/{each.id}").json["authors"] for each in expected]
    both = {each.id for each in expected if {"葛芳", "方舟", "甘雨"} & set(each.authors)}
    data.contributors.write_text(MERGED, "utf-8")
    after = authors(app)
    assert after["葛芳"] == len(both) == 9
    assert {"方舟", "甘雨"}.isdisjoint(after)
    for name in ("葛芳", "方舟", "甘雨"):
        found = app.get(f"/api/v1/search?author={name}&size=100").json
        assert {hit["id"] for hit in found["hits"]} == both, name
        assert [value["value"] for value in found["facets"]["author"]["values"] if value["selected"]] == ["葛芳"]
    page = html.unescape(app.get("/author/葛芳").text)
    assert "署名 9 篇" in page
    assert "印作“甘雨”4 篇、“方舟”3 篇、“葛芳”2 篇" in page
    moved = app.get("/author/方舟")
    assert (moved.status_code, moved.location) == (302, "/author/%E8%91%9B%E8%8A%B3")
    names = [(each["text"], each["count"]) for each in app.get("/api/v1/suggest?q=方舟").json["suggestions"]]
    assert names[0] == ("葛芳", 9)
    hit = app.get("/api/v1/search?author=葛芳&size=100").json["hits"]
    assert all("葛芳" in each["persons"] and not {"方舟", "甘雨"} & set(each["persons"]) for each in hit)
    assert {"葛芳", "方舟", "甘雨"} <= {name for each in hit for name in each["authors"]}
    assert [app.get(f"/api/v1/entry/{each.id}").json["authors"] for each in expected] == printed
    assert app.get("/healthz").json["status"] == "ok"
    data.contributors.unlink()
    assert authors(app) == before
    assert app.get("/author/方舟").status_code == 200


@pytest.mark.usefixtures("every_engine")
def test_two_persons_of_one_name_are_told_apart(
    app: FlaskClient, data: DataFolder, expected: tuple[Entry, ...]
) -> None:
    """By section and years; the others keep the printed name."""
    mine = [each for each in expected if "龚志远" in each.authors]
    section = mine[0].section
    hers = {each.id for each in mine if each.section == section}
    assert 0 < len(hers) < len(mine)
    data.contributors.write_text(
        f'[[person]]\nname = "龚志远（{section}）"\nforms = ["龚志远"]\nsections = ["{section}"]\n', "utf-8"
    )
    authors(app)
    totals = [app.get(f"/api/v1/search?author={name}").json["total"] for name in (f"龚志远（{section}）", "龚志远")]
    assert totals == [len(hers), len(mine) - len(hers)]
    for each in app.get(f"/api/v1/search?author=龚志远（{section}）&size=100").json["hits"]:
        assert each["id"] in hers
    texts = [each["text"] for each in app.get("/api/v1/suggest?q=龚志").json["suggestions"]]
    assert {f"龚志远（{section}）", "龚志远"} <= set(texts)
    assert app.get(f"/author/龚志远（{section}）").status_code == 200


def test_commands_merge_and_split_and_the_app_follows(app: FlaskClient, data: DataFolder) -> None:
    """Searches on the command line, too."""
    before = authors(app)
    assert nianjian("--data", data.root, "contributor", "merge", "葛芳", "方舟").returncode == 0
    assert authors(app)["葛芳"] == 5
    found = json.loads(nianjian("--data", data.root, "search", "--author", "方舟", "--json").stdout)
    assert found["total"] == 5
    assert nianjian("--data", data.root, "contributor", "split", "葛芳", "方舟").returncode == 0
    assert authors(app) == before
    assert app.get("/healthz").json["status"] == "ok"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[[person]\n", "not TOML"),
        ('[[person]]\nname = "葛芳"\nforms = ["方舟"]\n[[person]]\nname = "方舟"\nforms = ["葛芳"]\n', "方舟"),
        ('[[person]]\nname = "葛芳"\nforms = ["查无此人"]\n', "查无此人"),
        ('[[person]]\nname = "葛芳"\nform = ["方舟"]\n', "forms"),
    ],
)
def test_bad_file_is_said_and_the_last_good_state_stays(
    app: FlaskClient, data: DataFolder, text: str, said: str, caplog: pytest.LogCaptureFixture
) -> None:
    """One line in the log, `/healthz` says so without naming folders; mended, all is well."""
    data.contributors.write_text(MERGED, "utf-8")
    good = authors(app)
    with caplog.at_level(logging.ERROR):
        data.contributors.write_text(text, "utf-8")
        assert authors(app) == good
        assert app.get("/healthz").json == {
            "status": "degraded",
            "generation": app.get("/healthz").json["generation"],
            "entries": 289,
            "contributors": "refused",
            "remedy": "nianjian contributor list",
        }
    (line,) = [each.getMessage() for each in caplog.records]
    assert said in line
    assert "\n" not in line
    told = nianjian("--data", data.root, "search", "工会", "--json")
    assert (told.returncode, len(told.stderr.splitlines()), said in told.stderr) == (1, 1, True)
    assert json.loads(told.stdout)["total"] > 0
    data.contributors.write_text(MERGED.replace("甘雨", "向荣"), "utf-8")
    assert app.get("/healthz").json["status"] == "ok"
    assert authors(app) != good


@pytest.mark.usefixtures("every_engine")
def test_name_that_is_no_longer_printed_leaves_the_other_decisions(
    data: DataFolder, expected: tuple[Entry, ...]
) -> None:
    """After another index: a server that starts then follows what it can, and says what it cannot."""
    data.contributors.write_text('[[person]]\nname = "葛芳"\nforms = ["方舟", "查无此人"]\n', "utf-8")
    app = create_app(data.root).test_client()
    assert authors(app)["葛芳"] == 5
    assert app.get("/healthz").json["contributors"] == "refused"
    assert open_searcher(data.root).count is not None


def test_facets_are_true_whatever_is_decided(data: DataFolder, expected: tuple[Entry, ...], rng: Random) -> None:
    """Under random filters, the author among them."""
    names = sorted({name for each in expected for name in each.authors})
    rng.shuffle(names)
    data.contributors.write_text(
        "".join(f'[[person]]\nname = "{names[at]}"\nforms = ["{names[at + 1]}"]\n' for at in range(0, 20, 2)), "utf-8"
    )
    app = create_app(data.root).test_client()
    assert app.get("/healthz").json["status"] == "ok"
    for _ in range(10):
        field = rng.choice(FILTERS)
        everything = app.get("/api/v1/search?size=1").json["facets"].get(field) or {"values": [{"value": "S2002"}]}
        authors(app, **{rng.choice(("", "not.")) + field: rng.choice(everything["values"])["value"]})


@pytest.mark.usefixtures("every_engine")
def test_register_is_by_pinyin_with_offices_apart(data: DataFolder, app: FlaskClient) -> None:
    """Surnames as they are read; search by character and by pinyin."""
    groups = register(open_searcher(data.root))
    letters = [each.letter for each in groups]
    assert letters == sorted(letters, key=lambda each: ({OTHER: 1, OFFICES: 2}.get(each, 0), each))
    by_letter = {each.letter: [one.value for one in each.contributors] for each in groups}
    assert "欧阳晴" in by_letter["O"]
    assert "车建国" in by_letter["C"]
    assert "章㛃" in by_letter["Z"]
    assert "沧浦纺织工会" in by_letter[OFFICES]
    assert sum(map(len, by_letter.values())) == 74
    page = html.unescape(app.get("/contributors").text)
    assert "74 个姓名" in page
    assert '<a href="/author/%E7%AB%A0%E3%9B%83">章㛃</a>' in page
    found = html.unescape(app.get("/contributors?q=zhangjie").text)
    assert "章㛃" in found
    assert found.count('value="zhangjie"') == 1, "in its own box, not in that of the search"
    assert "葛芳" not in found
    assert "没有姓名与“鱻”相近的撰稿人" in html.unescape(app.get("/contributors?q=鱻").text)
