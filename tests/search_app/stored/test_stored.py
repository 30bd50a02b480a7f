"""The stored page and what belongs to it, as scripts and browsers ask for them."""

import re
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from urllib.parse import quote

import pytest
from flask.testing import FlaskClient

from indexer.config import MAX_PAGE_BYTES, DataFolder
from indexer.manifest import Manifest
from indexer.model import Page
from indexer.stages.deciding import forget_page
from indexer.stages.importing import page_store
from indexer.stages.preview.matching import bare
from indexer.store.held import Held
from search_app import create_app
from search_app.shown.addresses import stored_url
from search_app.web.policy import BYTES, REPLAYED, WITH_FRAME

URL = "http://nianjian.cangpu.example/node6000/node6001/node6104/userobject1ai610401.html"
SECOND = "http://nianjian.cangpu.example/node6000/node6002/node6215/userobject1ai621501_2.html"
ANY = "/page/20300101000000"
DAYS = [datetime(2006, 5, day, 12, tzinfo=UTC) for day in (1, 3, 9)]


@pytest.fixture
def several(tmp_path: Path, keep: Callable[..., DataFolder]) -> DataFolder:
    """An archive of one page, captured three times, twice with the same bytes; no index."""
    bodies = (b"<p>one</p>", b"<p>one</p>", b"<p>two</p>")
    return keep(tmp_path, *(Page(URL, at, 200, "text/html", body) for at, body in zip(DAYS, bodies, strict=True)))


def asked(url: str, way: str = "", moment: str = ANY) -> str:
    """Give an address as people write it."""
    return f"{moment}{way}?url={quote(url, safe='')}"


def test_time_between_captures_leads_to_the_nearest(several: DataFolder) -> None:
    """Of the page, its frame and its bytes alike; of an earlier and a later one as near, to the earlier."""
    client = create_app(several.root).test_client()
    found = {}
    for at in (DAYS[0] - timedelta(days=9), DAYS[0] + timedelta(days=1), DAYS[1] + timedelta(days=4), DAYS[2]):
        for way in ("", "frame", "raw"):
            answer = client.get(stored_url(at, URL, way))
            found[at, way] = answer.status_code, answer.headers.get("Location")
    nearest = [DAYS[0], DAYS[0], DAYS[2]]
    times = [DAYS[0] - timedelta(days=9), DAYS[0] + timedelta(days=1), DAYS[1] + timedelta(days=4)]
    ways = ("", "frame", "raw")
    led = {(a, w): (302, stored_url(b, URL, w)) for a, b in zip(times, nearest, strict=True) for w in ways}
    assert found == led | {(DAYS[2], way): (200, None) for way in ways}


def test_each_capture_shows_what_it_brought(several: DataFolder) -> None:
    """Also one whose record only says that nothing had changed; the others are a link away."""
    client = create_app(several.root).test_client()
    assert [client.get(stored_url(at, URL, "raw")).data for at in DAYS] == [b"<p>one</p>"] * 2 + [b"<p>two</p>"]
    page = client.get(stored_url(DAYS[1], URL)).text
    links = [f'"{stored_url(at, URL)}"' in page for at in DAYS]
    assert links == [True, False, True]
    assert "采集过 3 次" in page


def test_page_says_where_it_is_kept(client: FlaskClient, sample: DataFolder, manifest: Manifest) -> None:
    """URL, time, source, encodings, file, offset, length, digest; and its entries, each a link."""
    page = client.get(asked(URL), follow_redirects=True)
    with page_store(sample, manifest).ledger() as ledger:
        held = page_store(sample, manifest).latest(ledger, URL)
    assert isinstance(held, Held)
    capture, body = held.capture, held.page.body
    facts = [URL, f"{capture.fetched_at:%Y-%m-%d %H:%M:%S}", "自称 gb2312", "按 gb18030 读取", capture.file]
    facts += [f"偏移 {capture.offset}，{len(body)} 字节", sha256(body).hexdigest()]
    facts += [f'href="/entry/S2001-610401-{n}"' for n in (1, 2, 3, 4)]
    assert [each for each in facts if each not in page.text] == []
    assert page.headers["Content-Security-Policy"] == WITH_FRAME


def test_every_visible_character_is_somewhere(client: FlaskClient) -> None:
    """In the pieces beside the frame: navigation, text and footer."""
    text = bare(client.get(asked(URL), follow_redirects=True).text)
    for each in (
        "工会年鉴",
        "2005年年鉴",
        "当前位置：",
        "首页",
        "［首例工会代表诉讼集体合同案调解结案］",
        "唐一帆",
        "【关闭窗口】",
    ):
        assert each in text
    assert "copyright2002cangpu.exampleALLRightsReserved." in text


def test_text_that_runs_over_two_pages_is_put_together(client: FlaskClient) -> None:
    """From either page; an entry's second half stands beside the same entry."""
    first = client.get(asked(SECOND.replace("_2", "")), follow_redirects=True).text
    second = client.get(asked(SECOND), follow_redirects=True).text
    for page in (first, second):
        assert "条目的文字连着几页" in page
        assert re.findall("第 1 条(（续）)?　<code>S2002-621501-1", page) == ["", "（续）"]
    rows = [page[page.index('<ol class="facing">') : page.index("</main>")] for page in (first, second)]
    assert rows[0] == rows[1]


def test_bytes_are_sent_to_be_saved(client: FlaskClient, root: Path) -> None:
    """Exactly as captured, as nothing that a browser opens."""
    raw = client.get(asked(URL, "/raw"), follow_redirects=True)
    corpus = root / "corpus/2001/pages"
    assert raw.data == (corpus / URL.removeprefix("http://")).read_bytes()
    assert raw.content_type == "application/octet-stream"
    assert raw.headers["Content-Disposition"].startswith("attachment; ")
    assert (raw.headers["X-Content-Type-Options"], raw.headers["Content-Security-Policy"]) == ("nosniff", BYTES)


def test_frame_has_its_own_policy(asking: FlaskClient, way_to: Callable[..., str]) -> None:
    """Sandboxed, without scripts, requests or forms, and shown inside our own pages alone."""
    frame = asking.get(way_to("scripts.html", "frame"))
    assert frame.headers["Content-Security-Policy"] == REPLAYED
    assert REPLAYED.split("; ") == [
        "default-src 'none'",
        "img-src 'self'",
        "style-src 'self' 'unsafe-inline'",
        "sandbox",
        "form-action 'none'",
        "base-uri 'none'",
        "frame-ancestors 'self'",
    ]
    assert (frame.headers["X-Content-Type-Options"], frame.headers["Referrer-Policy"]) == ("nosniff", "no-referrer")


def test_parts_are_what_they_are_and_nothing_else(asking: FlaskClient, way_to: Callable[..., str]) -> None:
    """Pictures that can hold no script, whatever they are called; style sheets that ask for held parts alone."""
    found = {}
    for name in ("held.gif", "held.css", "held.svg", "false.gif", "none.gif", "scripts.html"):
        answer = asking.get(way_to(name, "part"))
        found[name] = answer.status_code, answer.content_type if answer.status_code == 200 else ""
        assert answer.status_code == 404 or answer.headers["Content-Security-Policy"] == BYTES
    missing = dict.fromkeys(("held.svg", "false.gif", "none.gif", "scripts.html"), (404, ""))
    assert found == {"held.gif": (200, "image/gif"), "held.css": (200, "text/css; charset=utf-8")} | missing
    style = asking.get(way_to("held.css", "part")).text
    assert style == (
        f'@x-removed "gb2312"; @import url("{way_to("more.css", "part")}") ;  \n'
        f'p::after {{ content: url("{way_to("held.gif", "part")}") }} p {{ background: none; color: green }}  '
    )


def test_any_spelling_of_the_host_is_the_same_page(client: FlaskClient) -> None:
    """And of the URL, as the archive knows them."""
    page = client.get(asked(URL), follow_redirects=True)
    for other in (URL.replace("http://nian", "HTTP://NIAN"), f"{URL}#top", URL.replace(".example/", ".example:80/")):
        answer = client.get(asked(other), follow_redirects=True)
        assert (answer.status_code, URL in answer.text) == (200, True)
    assert page.status_code == 200


@pytest.mark.parametrize("way", ["", "/frame", "/raw", "/part"])
def test_what_is_not_there_is_said(client: FlaskClient, way: str) -> None:
    """A page that was never captured, a time that is none, no URL: a page that says so, and leads on."""
    odd = [asked(f"{URL}x", way), asked(URL, way, "/page/2006"), asked(URL, way, "/page/20060231000000")]
    odd += [f"{ANY}{way}", asked("a b", way), asked("", way), asked("javascript:alert(1)", way)]
    for path in odd:
        answer = client.get(path)
        assert (path, answer.status_code, 'href="/"' in answer.text) == (path, 404, True)
    said = client.get(asked("http://a.example/<script>"))
    assert "&lt;script&gt;" in said.text


def test_forgotten_page_is_gone(several: DataFolder, manifest: Manifest) -> None:
    """Page, frame and bytes: 410."""
    forget_page(several, manifest, URL, "wish", undo=False)
    client = create_app(several.root).test_client()
    found = {way: client.get(stored_url(DAYS[0], URL, way)).status_code for way in ("", "frame", "raw", "part")}
    assert found == {"": 410, "frame": 410, "raw": 410, "part": 404}


def test_damaged_record_is_named(several: DataFolder) -> None:
    """With file and offset, and the times of the other captures, which are still shown."""
    file = next(several.warc.glob("*.warc.gz"))
    client = create_app(several.root).test_client()
    with page_store(several).ledger() as ledger:
        captures = page_store(several).page_captures(ledger, URL)
    body = bytearray(file.read_bytes())
    body[captures[2].offset + 20 : captures[2].offset + 60] = bytes(40)
    file.write_bytes(bytes(body))
    lost = client.get(stored_url(DAYS[2], URL))
    assert lost.status_code == 404
    assert f"{file.name}，偏移 {captures[2].offset}。同一网页还采集于 2006-05-01 12:00:00、2006-05-03" in lost.text
    assert client.get(stored_url(DAYS[0], URL)).status_code == 200


def test_archive_without_pages_or_manifest_says_so(tmp_path: Path, several: DataFolder) -> None:
    """There may be entries that were made elsewhere; the manifest may be garbled for now."""
    bare_archive = create_app(tmp_path / "none").test_client().get(asked(URL))
    assert (bare_archive.status_code, "没有存档的网页" in bare_archive.text) == (404, True)
    several.manifest.write_text("[[", "utf-8")
    lost = create_app(several.root).test_client().get(stored_url(DAYS[0], URL))
    assert (lost.status_code, "年鉴清单现在读不出" in lost.text) == (503, True)


def test_page_that_cannot_be_shown_is_still_there(tmp_path: Path, keep: Callable[..., DataFolder]) -> None:
    """Larger than any, or in no known encoding: the page says so, and gives the bytes."""
    bodies = {
        "large": b"x" * (MAX_PAGE_BYTES + 1),
        "tags": b"<b>" * 200_000,
        "odd": b"<p>" + bytes(range(128, 256)) * 9,
    }
    pages = {name: Page(f"http://a.example/{name}", DAYS[0], 200, "text/html", body) for name, body in bodies.items()}
    client = create_app(keep(tmp_path, *pages.values()).root).test_client()
    for name, page in pages.items():
        answer = client.get(stored_url(DAYS[0], page.url))
        assert (answer.status_code, "<iframe" in answer.text, "不能显示" in answer.text) == (200, False, True), name
        assert client.get(stored_url(DAYS[0], page.url, "frame")).status_code == 404
        assert client.get(stored_url(DAYS[0], page.url, "raw")).data == page.body


def test_large_pages_answer_soon(tmp_path: Path, keep: Callable[..., DataFolder]) -> None:
    """1 MB of a table, as the frame and as the page, which leaves the comparison out and says so."""
    row = "<tr><td width=160><p><font color=#990000>市总工会</font>组织职工代表视察工地、车间和冷库，检查防暑降温</p></td></tr>\n"
    body = f"<table>{row * 9000}</table>".encode("gb18030")
    assert len(body) > 1_000_000
    page = Page("http://a.example/large", DAYS[0], 200, "text/html", body)
    client = create_app(keep(tmp_path, page).root).test_client()
    begun = time.process_time()
    answers = [client.get(stored_url(DAYS[0], page.url, way)) for way in ("", "frame")]
    assert time.process_time() - begun < 5, "1.1 s on the machine where it was measured"
    assert [each.status_code for each in answers] == [200, 200]
    assert "这一页很大，没有逐段对照" in answers[0].text
    assert answers[1].text.count("<td") == 9000
