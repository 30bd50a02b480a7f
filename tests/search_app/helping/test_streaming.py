"""A hundred thousand lines of a concordance are streamed in the memory of a page."""

import json
import sys
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from pathlib import Path

import pytest
from werkzeug.test import TestResponse

from indexer.model import Entry
from search_app import create_app

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="reads the memory of a process in /proc")
LINES, EACH = 100_000, 50
"""Occurrences in all, and in each entry."""
ROOM = 20 << 20
"""Bytes that the process may grow by."""


def held() -> int:
    """Give the bytes of the process in memory that it shares with no file."""
    resident, shared = map(int, Path("/proc/self/statm").read_text().split()[1:3])
    return (resident - shared) * 4096


def lines_of(answer: TestResponse) -> Iterator[str]:
    """Read an answer line by line as it comes."""
    left = ""
    for block in answer.iter_encoded():
        *lines, left = (left + block.decode()).split("\n")
        yield from lines
    assert not left


@pytest.mark.slow
@pytest.mark.parametrize("sort", ["relevance", "left", "right", "year-desc"])
def test_lines_are_streamed_in_constant_memory(
    tmp_path: Path,
    publish: Callable[[Iterable[Entry]], None],
    make_entry: Callable[..., Entry],
    sort: str,
) -> None:
    """As many as there are occurrences, whatever their order."""
    texts = ("".join(f"第{number}条{at}号工会办事。" for at in range(EACH)) for number in range(LINES // EACH))
    publish(make_entry(f"2001-{at}-1", body=text, url=f"http://a/{at}") for at, text in enumerate(texts))
    client = create_app(tmp_path).test_client()
    path = f"/api/v1/concordance?q=工会&sort={sort}"
    assert client.get(f"{path}&size=1").json["total"] == LINES
    for warm in ("csv", "jsonl"):  # caches and tables are filled
        answer = client.get(f"{path}&format={warm}", buffered=False)
        assert sum(1 for _ in islice(lines_of(answer), 20_000)) == 20_000
        answer.close()
    before = most = held()
    count = 0
    answer = client.get(f"{path}&format=jsonl", buffered=False)
    for at, line in enumerate(lines_of(answer)):
        count += 1
        if at % 5000 == 0:
            most = max(most, held())
            assert json.loads(line)["node"] == "工会"
    assert count == LINES
    assert most - before < ROOM


def test_readers_who_do_not_read_stop_nobody_else(
    tmp_path: Path, publish: Callable[[Iterable[Entry]], None], make_entry: Callable[..., Entry]
) -> None:
    """Two long answers go out at a time; a third is refused for now, short ones and pages are answered."""
    publish(make_entry(f"2001-{at}-1", body="工会办事。" * 500, url=f"http://a/{at}") for at in range(20))
    client = create_app(tmp_path).test_client()
    path = "/api/v1/concordance?q=工会&format="
    waiting = [client.get(path + kind, buffered=False) for kind in ("csv", "jsonl")]
    refused = client.get(path + "csv")
    assert (refused.status_code, refused.mimetype) == (503, "application/problem+json")
    assert int(refused.headers["Retry-After"]) > 0
    assert client.get("/api/v1/concordance?q=工会&year=1999&format=csv").status_code == 200
    assert client.get("/?q=工会").status_code == 200
    for answer in waiting:
        answer.close()
    assert client.get(path + "jsonl").text.count("\n") == 10_000
