"""Pages speak their reader's language, and say of what is not in it which language it is in."""

import re
from collections.abc import Callable
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sentences import CHINESE
from spoken_in import Heard, foreign

from indexer.config import DataFolder
from indexer.manifest import Manifest
from indexer.model import Entry
from search_app import create_app
from search_app.words.language import ENGLISH, LANGUAGES, SIMPLIFIED, TRADITIONAL

CHARACTERS = re.compile(CHINESE.pattern.replace("“”", ""))
"""Chinese characters and punctuation; quotation marks are English, too."""
RUN = re.compile(f"(?:{CHARACTERS.pattern})+")
STORED = "/page/20260101000000?url=http%3A%2F%2Fnianjian.cangpu.example%2Fnode6000%2Fnode6001%2Fnode6110%2Fuserobject1ai611002.html"
PAGES = (
    "/",
    "/?q=集体合同",
    "/?q=集体合同&sort=book",
    "/?q=集体合同 餐饮&explain=1",
    "/?q=深入开展",
    "/?q=职工&size=20&page=2",
    "/?q=职工&page=99",
    "/?q=集体合同&page=7",
    "/?q=职工&year=2002&year=2003&not.section=统计资料&author=秦守业",
    "/?q=职工&find.author=秦&section=特载",
    "/?year=2002",
    "/?q=高炉大修",
    "/?q=高炉大修&nearest_page=2",
    "/?q=高炉大修&year=2002",
    '/?q="没有这样的一句话"',
    "/?q=齉齉",
    "/?q=齉齉&year=2002",
    '/?q="未闭合 (船厂 NEAR/200 港口 标题:',
    "/?q=工会&year=20x&size=7&sort=zz&author=无此人&section=特载&not.section=特载",
    "/concordance?q=集体合同",
    "/concordance?q=集体合同&page=99",
    "/concordance?q=",
    "/trend",
    "/trend?q=集体合同",
    "/trend?q=集体合同&q=职工&q=教育&measure=found&year=2002",
    "/trend?q=a&q=b&q=c&q=d&q=e&q=f&q=g&q=h",
    "/entry/S2001-611002-1",
    "/entry/S2001-611002-1?q=集体合同",
    "/entry/S2001-611002-1?q=集体合同&at=1",
    "/entry/S2001-611002-1?q=没有&at=3",
    "/entry/S2003-631501-1",
    "/entry/S2004-641501-1",
    "/entry/S2002-621601-1",
    "/entry/none",
    STORED,
    "/page/123?url=http://a.example/",
    "/page/20260101000000",
    "/page/20260101000000?url=http://a.example/",
    "/page/20260101000000/part?url=http://a.example/a.gif",
    "/export?q=集体合同&not.year=2002&size=x",
    "/export?q=齉齉",
    "/export?year=2002",
    "/export",
    "/export?id=S2001-611002-1&id=none",
    "/export?q=1&format=docx",
    "/cite?id=S2001-611002-1&id=S2001-610202-1&id=none&q=集体合同",
    "/cite",
    "/receipt?q=集体合同&year=2002",
    "/receipt?q=深人 -热线&not.year=2002",
    '/receipt?q="没有这样的一句话"',
    "/receipt?q=职工 NEAR/5 互助",
    "/receipt?year=2002",
    "/receipt",
    "/receipt?q=1&total=7",
    "/volume/S2002",
    "/volume/S2002?open=all",
    "/volume/none",
    "/volume/S2001/特载",
    "/volume/S2001/无此栏目",
    "/contributors",
    "/contributors?letter=Q",
    "/contributors?q=qin",
    "/contributors?q=无此人",
    "/author/秦守业",
    "/author/无此人",
    "/holdings",
    "/holdings/S2002",
    *(f"/holdings/S2004/{name}" for name in ("linked", "held", "unlisted", "missing", "problems", "lost", "waiting")),
    "/holdings/S2002/problems",
    "/holdings/S2003/problems?section=信息与信访",
    "/holdings/none",
    "/holdings/S2002/none",
    "/facet/section?q=职工&not.section=特载&section=大事记",
    "/facet/author?prefix=秦",
    "/facet/year",
    "/facet/yearbook?prefix=无",
    "/about",
    "/api",
    "/nowhere",
)
"""Every page type, each with what it may say."""


@pytest.fixture(scope="module")
def app(sample: DataFolder) -> Flask:
    """The web app over the sample archive."""
    return create_app(sample.root)


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A reader of it, who has not chosen anything yet."""
    return app.test_client()


@pytest.fixture
def read(client: FlaskClient) -> Callable[..., str]:
    """Give the page at an address, in the language that the reader's browser asks for."""

    def page(address: str, language: str = ENGLISH) -> str:
        return client.get(address, headers={"Accept-Language": language}, follow_redirects=True).text

    return page


@pytest.fixture(scope="session")
def archive(expected: tuple[Entry, ...], manifest: Manifest) -> str:
    """All text of the sample archive, and of what is known of its volumes."""
    parts = [
        "\n".join((e.yearbook, e.section, e.heading, e.title, e.body, e.signature, *e.authors, *e.captions))
        for e in expected
    ]
    parts += [f"{each.title} {each.short} {each.editor}" for each in manifest.volumes]
    return "\n".join(parts)


@pytest.mark.parametrize("address", PAGES)
def test_english_pages_mark_all_that_is_chinese(read: Callable[..., str], archive: str, address: str) -> None:
    """Text by its language; attributes cannot be marked, and hold no Chinese but the archive's and what was asked."""
    page = read(address)
    assert '<html lang="en">' in page
    assert list(foreign(page, CHARACTERS)) == []
    known = archive + "".join("".join(values) for values in parse_qs(urlsplit(address).query).values()) + address
    heard = [run for _, value in Heard(page).attributes for run in RUN.findall(value)]
    assert [run for run in heard if run not in known] == []


@pytest.mark.parametrize("address", PAGES)
def test_english_sentences_are_whole(read: Callable[..., str], address: str) -> None:
    """One thing is not called several, sentences are parted by a space, and no mark of punctuation stands twice."""
    seen = Heard(read(address)).seen
    assert re.findall(r"(?<![\d,.])1 (?:entries|places|pages|volumes|names|sections|characters)\b", seen) == []
    assert re.findall(r"[a-z”)][.;:,][A-Z]\w*|\w+ [.,;:)]\s", seen) == []
    assert re.findall(r"[.,;:] ?[.,;:] ", seen) == []


def test_a_planted_text_is_found() -> None:
    """Outside what is marked as Chinese, also behind an element that nobody closed; and one that is marked is not."""
    page = '<html lang="en"><p>a<li lang="zh-Hans">甲<b>乙</b></p>丙 b<p lang="en">“c”</p><span title="丁">d'
    assert list(foreign(page, CHARACTERS)) == ["丙 b"]
    assert Heard(page).attributes == [("title", "丁")]
    assert Heard("<p>1 <b>entries</b>, x<p>y.<a>Z</a>").seen.split("\n") == ["", "1 entries, x", "y.Z"]


@pytest.mark.parametrize(
    ("asked", "language", "said"),
    [
        ("en-GB,en;q=0.9", ENGLISH, "Yearbook search"),
        ("zh-CN", SIMPLIFIED, "年鉴检索"),
        ("zh-TW,zh;q=0.9,en;q=0.8", TRADITIONAL, "年鑑檢索"),
        ("fr", ENGLISH, "Yearbook search"),
        ("fr, zh-HK;q=0.5", TRADITIONAL, "年鑑檢索"),
        ("", SIMPLIFIED, "年鉴检索"),
    ],
)
def test_pages_speak_the_browsers_language(client: FlaskClient, asked: str, language: str, said: str) -> None:
    """And say so, also to caches."""
    answer = client.get("/about", headers={"Accept-Language": asked})
    assert f" · {said}</title>" in answer.text
    assert f'<html lang="{language}">' in answer.text
    assert answer.headers["Content-Language"] == language
    assert {"Accept-Language", "Cookie"} <= set(answer.vary)


@pytest.mark.parametrize("address", ["/?q=职工&year=2002", "/entry/S2001-611002-1?q=集体合同&at=1", "/trend?q=职工"])
def test_a_choice_of_language_is_remembered_and_in_no_link(client: FlaskClient, address: str) -> None:
    """It wins over the browser's language; only the links that choose one name one."""
    english = {"Accept-Language": "en"}
    chosen = client.get(f"{address}&lang={TRADITIONAL}", headers=english)
    assert chosen.status_code == 303
    assert parse_qs(urlsplit(chosen.headers["Location"]).query) == parse_qs(urlsplit(address).query)
    answer = client.get(chosen.headers["Location"], headers=english)
    assert answer.headers["Content-Language"] == TRADITIONAL
    named = re.findall(r'<a href="[^"]*[?;]lang=[^"]*" lang="([^"]*)"', answer.text)
    assert named == [each for each in LANGUAGES if each != TRADITIONAL]
    assert len(re.findall(r"\blang=[a-z]", answer.text)) == len(named)


def test_an_unknown_language_is_not_chosen(client: FlaskClient) -> None:
    """The address is answered as if it named none."""
    answer = client.get("/?lang=fr", headers={"Accept-Language": "en"})
    assert (answer.status_code, answer.headers["Content-Language"], "Set-Cookie" in answer.headers) == (
        200,
        ENGLISH,
        False,
    )


def test_texts_of_the_interfaces_speak_the_language_asked_for(client: FlaskClient) -> None:
    """Notes and reasons beside their codes, and problems; codes and the archive's own text are the same in all."""
    said = {}
    for language in LANGUAGES:
        asked = {"Accept-Language": language}
        answer = client.get("/api/v1/search?q=深入 (开展", headers=asked)
        problem = client.get("/api/v1/entry/none", headers=asked)
        assert answer.headers["Content-Language"] == problem.headers["Content-Language"] == language
        found = answer.json or {}
        said[language] = [each["text"] for each in found["notes"]] + [
            each["text"] for each in found["hits"][0]["reasons"]
        ]
        said[language].append((problem.json or {})["title"])
    assert [bool(RUN.sub("", text)) for text in said[ENGLISH]] == [True] * len(said[ENGLISH])
    assert "A parenthesis is not closed; it was closed at the end" in said[ENGLISH]
    assert "括号未闭合，已在末尾补上" in said[SIMPLIFIED]
    assert "括號未閉合，已在末尾補上" in said[TRADITIONAL]
    assert [said[language][-1] for language in LANGUAGES] == ["没有找到", "沒有找到", "Not found"]
    assert len(set(map(len, said.values()))) == 1


def test_whoever_has_no_index_reads_so_in_their_language(tmp_path: Path) -> None:
    """Before anything is built."""
    answer = create_app(tmp_path).test_client().get("/", headers={"Accept-Language": "en"})
    assert answer.status_code == 503
    assert "There is no index yet" in answer.text
    assert list(foreign(answer.text, CHARACTERS)) == []
