"""A build in the cluster publishes a whole generation or none, whatever others do to the cluster meanwhile."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from random import Random
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest
from asking import random_request
from kept import archives, indexes, remove_archives
from scanning import ScanningSearcher

from indexer.errors import IndexFailure
from indexer.model import Entry
from indexer.search.factory import generations, open_builder, open_searcher, published_generation, roll_back
from indexer.search.opensearch import questions
from indexer.search.opensearch.asking import facets
from indexer.search.query.tree import SearchRequest

pytestmark = pytest.mark.cluster
Make = Callable[..., Entry]
URL = "NIANJIAN_OPENSEARCH_URL"


@pytest.fixture
def urls(cluster_settings: dict[str, str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[str]:
    """Keep what a test indexes in the cluster, and remove it in the end."""
    for name, value in cluster_settings.items():
        monkeypatch.setenv(name, value)
    yield cluster_settings[URL]
    remove_archives(archives(tmp_path), cluster_settings[URL])


def build(data: Path, entries: list[Entry], progress: Callable[[str, int, int], None] = lambda *_: None) -> str:
    """Build a generation of some entries; give its name."""
    with open_builder(data, progress) as builder:
        for entry in entries:
            builder.add(entry)
    return published_generation(data)


@contextmanager
def refusing(urls: str, method: str) -> Iterator[str]:
    """Give the address of a proxy before the cluster that refuses one method as a node does that has too much to do."""
    target = urls.split()[0]

    class Proxy(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def _pass(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            if self.command == method:
                status, given = (
                    429,
                    b'{"error":{"type":"circuit_breaking_exception","reason":"Data too large"},"status":429}',
                )
            else:
                named = {"Content-Type": self.headers.get("Content-Type") or "application/json"}
                asked = Request(target + self.path, body or None, named, method=self.command)
                try:
                    with urlopen(asked, timeout=60) as answer:
                        status, given = answer.status, answer.read()
                except HTTPError as error:
                    status, given = error.code, error.read()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(given)))
            self.end_headers()
            self.wfile.write(given)

        do_GET = do_POST = do_PUT = do_DELETE = _pass  # noqa: N815

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Proxy)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def test_generation_stays_published_though_older_ones_cannot_be_removed(
    urls: str, monkeypatch: pytest.MonkeyPatch, make_entry: Make, tmp_path: Path
) -> None:
    """They are removed after the next build."""
    for number in range(2):
        build(tmp_path, [make_entry(body=f"第{number}次")])
    with refusing(urls, "DELETE") as proxy:
        monkeypatch.setenv(URL, proxy)
        name = build(tmp_path, [make_entry(body="第三次")])
        with open_searcher(tmp_path) as searcher:
            assert (searcher.generation, len(searcher)) == (name, 1)
    monkeypatch.setenv(URL, urls)
    assert len(indexes(archives(tmp_path), urls)) == 6
    assert build(tmp_path, [make_entry(body="第四次")]) > name
    assert len(indexes(archives(tmp_path), urls)) == 4


def test_index_that_somebody_removes_while_it_is_filled_is_not_made_again(
    urls: str, make_entry: Make, tmp_path: Path
) -> None:
    """As a second machine would that builds under the same name; what answered before goes on answering."""
    before = build(tmp_path, [make_entry(body="从前")])

    def meanwhile(stage: str, done: int, _: int) -> None:
        if stage == "index" and done == 1:
            kept = archives(tmp_path)
            begun = [each for each in indexes(kept, urls) if before not in each]
            with urlopen(Request(f"{urls.split()[0]}/{','.join(begun)}", method="DELETE"), timeout=30):
                pass

    many = [make_entry(f"2002-{at}-1", body="如今" * 2000) for at in range(1200)]
    with pytest.raises(IndexFailure) as raised:
        build(tmp_path, many, meanwhile)
    assert raised.value.code == "cluster-build-removed"
    assert [each for each in indexes(archives(tmp_path), urls) if before not in each] == []
    assert published_generation(tmp_path) == before


def test_entry_that_the_cluster_does_not_take_is_named(urls: str, make_entry: Make, tmp_path: Path) -> None:
    """And nothing is published without it."""
    before = build(tmp_path, [make_entry(body="从前")])
    with pytest.raises(IndexFailure, match=r"rejected 1 entries, the first of them odd: .*section"):
        build(tmp_path, [make_entry("2002-1-1"), make_entry("odd", section="栏" * 12_000)])
    assert published_generation(tmp_path) == before
    assert {each.rpartition("-gen-")[2].removesuffix("-aside") for each in indexes(archives(tmp_path), urls)} == {
        before.removeprefix("gen-")
    }


def test_generation_that_is_taken_back_answers_and_the_other_is_in_reserve(
    urls: str, make_entry: Make, tmp_path: Path
) -> None:
    """There and back; a build after it is published as any other."""
    names = [build(tmp_path, [make_entry(body=text)]) for text in ("一次", "两次")]
    assert roll_back(tmp_path).generation == names[0]
    with open_searcher(tmp_path) as searcher:
        assert (searcher.generation, next(searcher.entries(SearchRequest())).body) == (names[0], "一次")
    assert roll_back(tmp_path).generation == names[1]
    assert build(tmp_path, [make_entry(body="三次")]) > names[1]
    assert [entry.body for entry in generations(tmp_path).stored()] == ["三次"]


def test_facets_of_more_values_than_are_given_at_once_are_whole(
    urls: str, monkeypatch: pytest.MonkeyPatch, expected: tuple[Entry, ...], tmp_path: Path, rng: Random
) -> None:
    """Here five at once; a cluster gives some thousands."""
    build(tmp_path, list(expected))
    for module in (questions, facets):
        monkeypatch.setattr(module, "GROUPS", 5)
    scan = ScanningSearcher(expected)
    with open_searcher(tmp_path) as searcher:
        assert searcher.volumes() == scan.volumes()
        for _ in range(15):
            text, asked = random_request(expected, rng)
            assert searcher.search(asked).facets == scan.search(asked).facets, text
