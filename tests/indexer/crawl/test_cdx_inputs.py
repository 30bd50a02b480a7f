"""A web archive's list, row by row: inputs and answers by somebody who had not seen the code."""

from collections import Counter
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from cdx_inputs import BROKEN, HOSTS, PREFIX, ROWS, UNTIL, Row, answer_pywb, answer_wayback

from indexer.config import DataFolder
from indexer.crawl.asking import Answer
from indexer.crawl.cdx import ArchiveCapture, Wish, choose, list_captures
from indexer.crawl.policy import Manners
from indexer.crawl.webarchive import TAKEN
from indexer.errors import FetchError
from indexer.manifest import Manifest, Site
from indexer.model import Skipped, Volume
from indexer.stages.archived import import_web_archive
from indexer.stages.importing import page_store
from indexer.urls import Spellings

VOLUME = Volume("C", "沧浦年鉴 2005", 2005, 2004, "沧浦年鉴", "p", "l", "eastday-cms", (PREFIX,), (PREFIX,), HOSTS)
WISH = Wish(PREFIX, "http://arc.example/cdx", "http://arc.example/web/", UNTIL, spellings=Spellings([VOLUME]))
REASONS = {
    "not-html": "not HTML",
    "status": "status ",
    "elsewhere": "not below",
    "no-time": "a row whose time is none",
    "repeated": "listed twice",
    "no-url": "a row without a URL",
    "after-until": "captured later than wanted",
}


def outcome_of(why: str) -> str:
    """Give the word that stands for a reason."""
    return next(word for word, begins in REASONS.items() if why.startswith(begins))


def listed(body: bytes) -> tuple[list[tuple[ArchiveCapture, ...]], list[Skipped]]:
    """Choose from one answer of a CDX service."""
    return choose(list_captures(WISH, lambda url: Answer(200, {}, b"1" if "showNum" in url else body)), WISH)


@pytest.mark.parametrize("answer", [answer_wayback, answer_pywb])
def test_every_row_is_a_page_once_or_is_counted_by_reason(answer) -> None:  # type: ignore[no-untyped-def]
    """93 rows in all the spellings; where two answers are as good, ours is the second for those named."""
    second = {"mime-unknown-word", "status-word", "time-year-only", "time-17-digits"}
    rows = [Row(each.name, each.cdx, each.also if each.name in second else each.outcome, each.page) for each in ROWS]
    chosen, left_out = listed(answer(rows))
    wanted = Counter(each.outcome for each in rows if each.outcome != "page")
    assert [WISH.spellings.key(captures[0].url) for captures in chosen] == sorted(
        each.page for each in rows if each.outcome == "page"
    )
    same = Counter(same=sum(len(captures) - 1 for captures in chosen))
    assert Counter(outcome_of(each.why) for each in left_out) + same == wanted


READ = {
    "cut-off-lines": (2, 1),
    "empty": (0, 0),
    "empty-table": (0, 0),
    "head-only": (0, 0),
    "broken-line-in-middle": (3, 1),
    "blank-lines": (3, 0),
    "line-of-other-type": (2, 3),
    "bad-utf8-line": (2, 1),
    "head-row-other-order": (3, 0),
    "head-row-extra-field": (3, 0),
    "row-too-short": (3, 1),
    "row-too-long": (3, 1),
    "numbers": (1, 0),
    "nested": (1, 1),
    "object": (0, 1),
    "deep-line": (2, 1),
    "bom": (3, 0),
}
"""Broken answers that give something: pages, and rows that are named as lost; the others are refused."""


@pytest.mark.parametrize(("name", "body"), [(name, body) for name, body, _ in BROKEN], ids=[row[0] for row in BROKEN])
def test_broken_list_is_read_as_far_as_it_goes_and_named(name: str, body: bytes) -> None:
    """What cannot be read is counted, or the whole is refused in one line."""
    if name not in READ:
        with pytest.raises(FetchError, match=r"^[^\n]+$"):
            listed(body)
        return
    chosen, left_out = listed(body)
    assert (len(chosen), sum(each.lost for each in left_out)) == READ[name]


class _Archive(BaseHTTPRequestHandler):
    """A web archive: its list, and a page for every capture but those of one; below /bare/, for none."""

    def log_message(self, format: str, *args: object) -> None:
        """Keep quiet."""

    def do_GET(self) -> None:
        """Answer."""
        gone = "m/5.html" in self.path or self.path.startswith("/bare/")
        body = f"<html><p>{self.path}".encode()
        if self.path.startswith("/cdx"):
            body = b"1" if "showNum" in self.path else answer_wayback(ROWS)
        self.send_response(404 if gone else 200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


def test_import_stores_every_page_once_and_names_what_the_archive_does_not_give(tmp_path: Path, serving) -> None:  # type: ignore[no-untyped-def]
    """From the list above; run again, it asks only for what is missing."""
    site = ThreadingHTTPServer(("127.0.0.1", 0), _Archive)
    address = f"http://127.0.0.1:{site.server_address[1]}"
    wish = Wish(PREFIX, f"{address}/cdx", f"{address}/web/", UNTIL)
    manifest = Manifest((Site("c", "沧浦", (VOLUME,), False, "", 0.0, 1.0, False, {}),))
    data = DataFolder(tmp_path)
    with serving(site):
        first, second = (import_web_archive(data, manifest, wish, Manners("mailto:a@b.example", 0.0)) for _ in range(2))
    unsure = {"mime-unknown-word", "status-word", "time-year-only", "time-17-digits"}
    wanted = {each.page for each in ROWS if each.outcome == "page" and each.name not in unsure}
    missing = {PREFIX + "m/5.html"}
    assert {page for page, _ in page_store(data, manifest).latest_digests()} == wanted - missing
    assert (first.added, second.added) == (len(wanted) - 1, 0)
    assert [each.why for each in first.skipped if "archive answers" in each.why] == ["the archive answers 404"]
    assert sum(each.why == TAKEN for each in first.skipped) == sum(each.outcome == "same" for each in ROWS)
    assert first.has_losses


def test_archive_that_gives_no_page_is_nothing_done(tmp_path: Path, serving) -> None:  # type: ignore[no-untyped-def]
    """One line, with what it says."""
    site = ThreadingHTTPServer(("127.0.0.1", 0), _Archive)
    address = f"http://127.0.0.1:{site.server_address[1]}"
    wish = Wish(PREFIX, f"{address}/cdx", f"{address}/bare/", UNTIL)
    manifest = Manifest((Site("c", "沧浦", (VOLUME,), False, "", 0.0, 1.0, False, {}),))
    with (
        serving(site),
        pytest.raises(FetchError, match=r"^[^\n]+ gave no page below [^\n]+ rows: the archive answers 404"),
    ):
        import_web_archive(DataFolder(tmp_path), manifest, wish, Manners("mailto:a@b.example", 0.0))
