"""What is doubtful about an entry is said where it is read."""

from collections.abc import Callable

from flask.testing import FlaskClient

from indexer.config import DataFolder
from indexer.files.reviewed import Review, add_review
from indexer.model import Entry
from indexer.parse.problems import Code, problem
from search_app import create_app
from search_app.shown.doubted import doubts_about


def test_a_page_that_goes_on_elsewhere_says_that_the_text_may_not_be_whole(client: FlaskClient) -> None:
    """Its last entry, not the others."""
    assert "下页未收，文字可能不全" in client.get("/entry/S2004-641501-1").text
    assert "下页未收" not in client.get("/entry/S2001-611002-1").text


def test_characters_that_cannot_be_told_are_named_and_counted(client: FlaskClient, expected: tuple[Entry, ...]) -> None:
    """Each stands apart, with a title that says what it is."""
    damaged = [entry for entry in expected if "\ufffd" in entry.body]
    assert damaged
    for entry in damaged:
        page = client.get(f"/entry/{entry.id}").text
        assert f"原文有 {entry.body.count(chr(0xFFFD))} 个字无法辨认" in page
        assert page.count('<span class="lost" title="原文此字无法辨认">') >= 1


def test_a_doubtful_signature_is_said_of_its_entry_alone(client: FlaskClient, expected: tuple[Entry, ...]) -> None:
    """Where its text stands; the page's other entries are not suspected."""
    on_page = [entry for entry in expected if entry.url.endswith("userobject1ai621601.html")]
    told = [entry.id for entry in on_page if "由谁署名不能确定" in client.get(f"/entry/{entry.id}").text]
    assert len(told) == 1
    assert "(褚立人)" in next(entry for entry in on_page if entry.id == told[0]).body


def test_what_people_have_ticked_off_is_no_longer_said(tmp_path, sample: DataFolder) -> None:  # type: ignore[no-untyped-def]
    """From the next page on, without a restart; a file that cannot be read is passed over."""
    import shutil

    data = DataFolder(tmp_path / "data")
    shutil.copytree(sample.root, data.root)
    client = create_app(data.root).test_client()
    entry = client.get("/api/v1/entry/S2004-641501-1").json
    assert "下页未收" in client.get("/entry/S2004-641501-1").text
    add_review(data.reviewed, Review(entry["url"], Code.NEXT_MISSING, "seen"))
    assert "下页未收" not in client.get("/entry/S2004-641501-1").text
    data.problems.write_text("{", "utf-8")
    assert client.get("/entry/S2004-641501-1").status_code == 200


def test_a_problem_whose_place_is_in_no_text_concerns_the_whole_page(make_entry: Callable[..., Entry]) -> None:
    """One whose place is in another entry's text does not concern this one; an unknown code is not said."""
    here, other = make_entry("1", body="甲乙丙"), make_entry("2", body="丁戊己")
    about = [
        problem(here.url, Code.FEW, "page", 3, "概况"),
        problem(here.url, Code.BRACKET_INSIDE, "丁 戊", "丁 戊"),
        problem(here.url, Code.NO_RULE, "frame"),
    ]
    assert len(doubts_about(here, [here, other], about)) == 1
    assert len(doubts_about(other, [here, other], about)) == 2
