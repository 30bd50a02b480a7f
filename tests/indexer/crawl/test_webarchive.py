"""A web archive's list is read in both styles, and the best capture of each URL taken."""

import json
from urllib.parse import parse_qs, urlsplit

import pytest

from indexer.crawl.cdx import Answer, ArchiveCapture, LeftOut, Wish, choose, list_captures, replay_of
from indexer.crawl.webarchive import fetch_best
from indexer.errors import ConfigError, FetchError
from indexer.warc.records import Fetched

WISH = Wish("http://a.example/n/", "http://arc.example/cdx/search/cdx", "http://arc.example/web/")
ROWS = [
    ["20060101000000", "http://a.example/n/1.html", "200", "text/html"],
    ["20070101000000", "http://a.example/n/1.html", "200", "text/html"],
    ["20070101000000", "http://a.example/n/1.html", "200", "text/html"],
    ["20080101000000", "http://a.example/n/1.html", "404", "text/html"],
    ["20060601000000", "http://a.example/n/2.gif", "200", "image/gif"],
    ["20060601000000", "http://b.example/n/3.html", "200", "text/html"],
    ["2006", "http://a.example/n/4.html", "200", "text/html"],
]
FIRST, SECOND = (ArchiveCapture(ROWS[at][1], ROWS[at][0]) for at in (0, 1))


def wayback(url: str) -> Answer:
    """Answer as the Wayback Machine does, in two pages."""
    query = parse_qs(urlsplit(url).query)
    if "showNumPages" in query:
        return Answer(200, {}, b"2\n")
    half = ROWS[:3] if query["page"] == ["0"] else ROWS[2:]
    return Answer(200, {}, json.dumps([["timestamp", "original", "statuscode", "mimetype"], *half]).encode())


def pywb(url: str) -> Answer:
    """Answer as pywb does: one object a line, the last one broken off."""
    if "showNumPages" in url:
        return Answer(200, {}, b'{"pages": 1, "pageSize": 10, "blocks": 1}')
    lines = [json.dumps({"timestamp": t, "url": u, "status": s, "mime": m}) for t, u, s, m in ROWS]
    return Answer(200, {}, ("\n".join(lines) + '\n{"timestamp": "2009').encode())


@pytest.mark.parametrize("archive", [wayback, pywb])
def test_both_styles_give_each_good_capture_once(archive) -> None:  # type: ignore[no-untyped-def]
    """Other hosts, other kinds, errors, odd times and repetitions are left out, each for its reason."""
    found = list(list_captures(WISH, archive))
    assert [each for each in found if isinstance(each, ArchiveCapture)] == [FIRST, SECOND]
    reasons = {each.why.split(";")[0] for each in found if isinstance(each, LeftOut)}
    assert reasons >= {"listed twice", "status 404", "not HTML (image/gif)", "a row whose time is none"}


@pytest.mark.parametrize(
    ("until", "at", "best"),
    [("", "", SECOND), ("2006", "", FIRST), ("20070101", "", SECOND), ("", "200603", FIRST), ("", "2009", SECOND)],
)
def test_latest_before_or_nearest_capture_is_the_best(until: str, at: str, best: ArchiveCapture) -> None:
    """As the options say."""
    wish = Wish(WISH.prefix, WISH.cdx, WISH.replay, until, at)
    ((first, *_),), _ = choose([FIRST, SECOND], wish)
    assert first == best


def test_capture_is_fetched_raw_with_its_own_time() -> None:
    """`id_` in the address; time and way are kept."""
    asked: list[str] = []

    def get(url: str) -> Answer:
        asked.append(url)
        return Answer(200, {"content-type": "text/html"}, b"<p>x")

    fetched = fetch_best([FIRST], WISH, get)
    assert isinstance(fetched, Fetched)
    assert asked == ["http://arc.example/web/20060101000000id_/http://a.example/n/1.html"]
    assert (fetched.page.fetched_at.year, fetched.source) == (2006, f"web archive {asked[0]}")
    address = "http://arc.example/web/20060101000000id_/http://a.example/n/1.html"
    missing = LeftOut(address, "the archive answers 404", lost=True)
    assert fetch_best([FIRST], WISH, lambda _: Answer(404, {}, b"")) == missing


def test_next_capture_is_tried_where_the_archive_does_not_give_the_best() -> None:
    """Or where the best turns out to be no page, which the list had left open."""
    unsure = ArchiveCapture(SECOND.url, SECOND.timestamp, sure=False)

    def get(url: str) -> Answer:
        return Answer(200, {}, b"GIF89a") if SECOND.timestamp in url else Answer(200, {}, b"<p>x")

    fetched = fetch_best([unsure, FIRST], WISH, get)
    assert isinstance(fetched, Fetched)
    assert fetched.page.fetched_at.year == 2006
    assert fetch_best([unsure], WISH, get) == LeftOut(
        f"{WISH.replay}{SECOND.timestamp}id_/{SECOND.url}", "not HTML, as its bytes say"
    )


def test_list_that_breaks_off_is_an_error_that_says_to_go_on() -> None:
    """A Wayback array without its end."""
    with pytest.raises(FetchError, match="run the same command again"):
        list(list_captures(WISH, lambda url: Answer(200, {}, b"1" if "showNum" in url else b'[["timestamp"],["20')))


def test_replay_address_is_told_from_the_list_s() -> None:
    """For the two kinds known."""
    assert replay_of("https://web.archive.org/cdx/search/cdx") == "https://web.archive.org/web/"
    assert replay_of("http://127.0.0.1:8080/coll/cdx") == "http://127.0.0.1:8080/coll/"
    with pytest.raises(ConfigError, match="--replay"):
        replay_of("http://a.example/list")
