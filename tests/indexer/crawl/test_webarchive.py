"""A web archive's list is read in both styles, and the best capture of each URL taken."""

import json
from urllib.parse import parse_qs, urlsplit

import pytest

from indexer.crawl.asking import Answer, Get
from indexer.crawl.cdx import ArchiveCapture, Wish, choose, list_captures, replay_of
from indexer.crawl.webarchive import TAKEN, Tried, fetch_best
from indexer.errors import ConfigError, FetchError
from indexer.model import Skipped

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
    reasons = {each.why.split(";")[0] for each in found if isinstance(each, Skipped)}
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

    (page, left_out) = _tried([FIRST], get)
    assert asked == ["http://arc.example/web/20060101000000id_/http://a.example/n/1.html"]
    assert (page, left_out) == (("2006", f"web archive {asked[0]}", b"<p>x"), [])
    assert _tried([FIRST], lambda _: Answer(404, {}, b"")) == (None, [(FIRST.name, "the archive answers 404", True)])


def _tried(
    captures: list[ArchiveCapture], get: Get
) -> tuple[tuple[str, str, bytes] | None, list[tuple[str, str, bool]]]:
    """Give year, source and bytes of the page that captures give, and what is left out."""
    tried = fetch_best(captures, WISH, get)
    page = tried.page and (f"{tried.page.page.fetched_at:%Y}", tried.page.source, tried.page.page.body)
    return page, [(each.name, each.why, each.lost) for each in tried.left_out]


GOOD = Answer(200, {}, b"<p>x")
UNSURE = ArchiveCapture(SECOND.url, SECOND.timestamp, sure=False)


@pytest.mark.parametrize(
    ("best", "answer", "why"),
    [
        (SECOND, Answer(404, {}, b""), "the archive answers 404"),
        (SECOND, Answer(0, {}, b"", fault="it breaks off after 3 of 9 bytes"), "it breaks off after 3 of 9 bytes"),
        (SECOND, Answer(200, {}, b" \n"), "its body is empty"),
        (SECOND, Answer(200, {"content-type": "image/png"}, b"\x89PNG"), "not HTML, as the archive gives it"),
        (UNSURE, Answer(200, {}, b"GIF89a"), "not HTML, as the archive gives it"),
        (SECOND, Answer(200, {"content-encoding": "gzip"}, b"\x1f\x8bx"), "gzip body breaks off"),
        (
            SECOND,
            Answer(200, {}, b"<p>y", "http://arc.example/web/20070101000000id_/http://a.example/n/other.html"),
            "the archive leads on to http://arc.example/web/20070101000000id_/http://a.example/n/other.html, "
            "which is no capture of it",
        ),
    ],
)
def test_next_capture_is_tried_where_the_best_is_not_to_be_had(best: ArchiveCapture, answer: Answer, why: str) -> None:
    """Whatever is wrong with it: then nothing is lost; alone, it is, unless the list had left open what it is."""

    def get(url: str) -> Answer:
        return answer if SECOND.timestamp in url else GOOD

    page, left_out = _tried([best, FIRST], get)
    assert page is not None
    assert (page[0], page[2]) == ("2006", b"<p>x")
    assert [(name, said == why, lost) for name, said, lost in left_out] == [(best.name, True, False)]
    assert [lost for _, _, lost in _tried([best], get)[1]] == [best.sure]


def test_captures_behind_the_one_that_is_taken_are_not_asked_for() -> None:
    """They are named all the same."""
    assert _tried([SECOND, FIRST], lambda _: GOOD)[1] == [(FIRST.name, TAKEN, False)]


def test_archive_that_does_not_answer_is_asked_no_more_about_a_page() -> None:
    """What was not asked for is not called another that is taken."""

    def get(url: str) -> Answer:
        raise FetchError("the archive does not answer")

    assert fetch_best([SECOND, FIRST], WISH, get) == Tried(
        None,
        (
            Skipped(SECOND.name, "the archive does not answer", lost=True),
            Skipped(FIRST.name, "not asked for: the archive does not answer"),
        ),
        answered=False,
    )


def test_capture_of_another_time_that_the_archive_leads_to_has_its_own_time() -> None:
    """Wayback leads on to the nearest it has; where that came from is written down."""
    led = "http://arc.example/web/20051231235959id_/http://a.example/n/1.html"
    page, _ = _tried([FIRST], lambda _: Answer(200, {}, b"<p>x", led))
    assert page == ("2005", f"web archive {WISH.replay}{FIRST.timestamp}id_/{FIRST.url} → {led}", b"<p>x")


@pytest.mark.parametrize(("said", "pages"), [(b"0", 0), (b'{"pages": 0}', 0), (b'{"pages": 1e400}', 1), (b"x", 1)])
def test_number_of_pages_is_read_one_way(said: bytes, pages: int) -> None:
    """As a number, or pywb's object; what is neither is one page."""
    asked: list[str] = []

    def get(url: str) -> Answer:
        asked.append(url)
        return Answer(200, {}, said if "showNum" in url else b"[]")

    assert list(list_captures(WISH, get)) == []
    assert len(asked) == 1 + pages


def test_list_of_more_pages_than_any_is_refused() -> None:
    """It would be asked for without end."""
    with pytest.raises(FetchError, match="999999999 pages; give a longer URL-PREFIX"):
        list(list_captures(WISH, lambda _: Answer(200, {}, b"999999999")))


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
